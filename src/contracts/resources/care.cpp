// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/care.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> care_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&verify_audit.info, &create_backup.info};
    return kRoutes;
}

}  // namespace atlas::contracts
