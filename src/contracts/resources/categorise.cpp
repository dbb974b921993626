// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/categorise.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> categorise_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_categorise.info};
    return kRoutes;
}

}  // namespace atlas::contracts
