// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/refinance.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> refinance_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_refinance.info};
    return kRoutes;
}

}  // namespace atlas::contracts
