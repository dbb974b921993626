// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/transfers.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> transfers_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&list_transfers.info,   &pair_transfer.info,
                                                   &confirm_transfer.info, &reject_transfer.info,
                                                   &unpair_transfer.info,  &list_counterparts.info};
    return kRoutes;
}

}  // namespace atlas::contracts
