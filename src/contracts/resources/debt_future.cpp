// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/debt_future.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> debt_future_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_rate_forecast.info};
    return kRoutes;
}

}  // namespace atlas::contracts
