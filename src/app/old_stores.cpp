// SPDX-License-Identifier: Apache-2.0
#include "app/old_stores.hpp"

#include <filesystem>
#include <system_error>

namespace atlas::app {

Result<void> refuse_old_stores(const std::string& folder) {
    const std::string path = folder + "/debts.db";
    std::error_code code;
    if (std::filesystem::exists(path, code)) {
        return fail(ErrorCode::conflict, path,
                    "an earlier version kept debts in this file and this one does not read it. "
                    "Move it out of the folder and keep it, start again, and give the debts anew "
                    "(POST /api/v1/debts, or the page of debts); nothing was changed");
    }
    return {};
}

}  // namespace atlas::app
