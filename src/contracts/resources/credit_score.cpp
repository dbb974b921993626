// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/credit_score.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> credit_score_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&calculate_credit_score.info};
    return kRoutes;
}

}  // namespace atlas::contracts
