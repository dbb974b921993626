// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/features.hpp"


namespace atlas::contracts {

std::span<const RouteInfo* const> features_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&get_features.info, &get_feature_catalogue.info,
                                                   &get_feature_quality.info,
                                                   &calculate_features.info};
    return kRoutes;
}

}  // namespace atlas::contracts
