// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/recurring.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> recurring_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&list_recurring.info, &calculate_recurring.info};
    return kRoutes;
}

}  // namespace atlas::contracts
