// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/debt.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> debt_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_debt_plan.info};
    return kRoutes;
}

}  // namespace atlas::contracts
