// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/lots.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> lots_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_lots.info};
    return kRoutes;
}

}  // namespace atlas::contracts
