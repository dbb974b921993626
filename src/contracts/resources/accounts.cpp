// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/accounts.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> accounts_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&list_accounts.info};
    return kRoutes;
}

}  // namespace atlas::contracts
