// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/calculators.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> calculators_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_tvm.info, &calculate_amortise.info,
                                                   &calculate_apr.info, &calculate_xirr.info,
                                                   &calculate_npv.info};
    return kRoutes;
}

}  // namespace atlas::contracts
