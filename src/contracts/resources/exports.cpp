// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/exports.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> exports_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&get_export_piece.info, &get_export.info};
    return kRoutes;
}

}  // namespace atlas::contracts
