// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/session.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> session_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&get_session.info, &stream_updates.info};
    return kRoutes;
}

}  // namespace atlas::contracts
