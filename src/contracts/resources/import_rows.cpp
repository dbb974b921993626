// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/import_rows.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> import_rows_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&list_import_rows.info, &read_table.info};
    return kRoutes;
}

}  // namespace atlas::contracts
