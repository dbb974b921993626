// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/imports.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> imports_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&create_import.info, &list_imports.info,
                                                   &get_import.info, &commit_import.info,
                                                   &undo_import.info};
    return kRoutes;
}

}  // namespace atlas::contracts
