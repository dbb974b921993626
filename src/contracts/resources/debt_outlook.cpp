// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/debt_outlook.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> debt_outlook_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_emergency_fund.info,
                                                   &calculate_surplus_split.info,
                                                   &calculate_payment_days.info};
    return kRoutes;
}

}  // namespace atlas::contracts
