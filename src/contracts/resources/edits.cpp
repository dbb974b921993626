// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/edits.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> edits_routes() {
    static constexpr const RouteInfo* kRoutes[] = {
        &edit_transaction.info, &bulk_edit.info,  &add_transaction.info, &delete_transaction.info,
        &list_refunds.info,     &list_edits.info, &undo_edit.info};
    return kRoutes;
}

}  // namespace atlas::contracts
