// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/debts.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> debts_routes() {
    static constexpr const RouteInfo* kRoutes[] = {
        &list_debts.info,  &get_debt.info,        &create_debt.info,    &put_debt.info,
        &delete_debt.info, &get_debt_advice.info, &ask_debt_advice.info};
    return kRoutes;
}

}  // namespace atlas::contracts
