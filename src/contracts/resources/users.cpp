// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/users.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> users_routes() {
    static constexpr const RouteInfo* kRoutes[] = {
        &list_users.info, &add_user.info, &list_keys.info, &create_key.info, &revoke_key.info};
    return kRoutes;
}

}  // namespace atlas::contracts
