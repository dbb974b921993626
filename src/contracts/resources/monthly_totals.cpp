// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/monthly_totals.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> monthly_totals_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&get_monthly_totals.info};
    return kRoutes;
}

}  // namespace atlas::contracts
