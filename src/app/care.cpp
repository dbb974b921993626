// SPDX-License-Identifier: Apache-2.0
// `atlas audit verify`: is the chain of hashes whole?
#include <cstdio>
#include <filesystem>

#include "app/commands.hpp"
#include "app/house.hpp"
#include "base/format.hpp"

namespace atlas::app {
namespace {

Result<ports::AuditCheckpoint> verify(const std::string& data) {
    if (!std::filesystem::exists(data + "/audit.db")) {
        return not_found(format("there is no audit log in {}", data));
    }
    ATLAS_TRY_ASSIGN(const auto house, House::open(data));
    return house->audit().verify();
}

}  // namespace

int run_audit_verify(const std::string& data) {
    const auto checkpoint = verify(data);
    if (!checkpoint.has_value()) {
        return report(checkpoint.error());
    }
    std::printf("%lld entries, head %s\n", static_cast<long long>(checkpoint->entries),
                to_hex(checkpoint->head).c_str());
    return 0;
}

}  // namespace atlas::app
