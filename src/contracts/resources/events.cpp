// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/events.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> events_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&ingest_events.info, &list_events.info,
                                                   &stream_events.info};
    return kRoutes;
}

}  // namespace atlas::contracts
