// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/balances.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> balances_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&get_balances.info, &get_account_report.info,
                                                   &get_worth.info, &add_account.info,
                                                   &edit_account.info};
    return kRoutes;
}

}  // namespace atlas::contracts
