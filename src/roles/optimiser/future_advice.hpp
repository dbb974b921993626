// SPDX-License-Identifier: Apache-2.0
// What an advice says of the time ahead: the way that holds up when rates move, offers of the
// market worth asking for, and the credit score by month.
#pragma once

#include <vector>

#include "contracts/resources/debts.hpp"
#include "finance/debt/debt.hpp"
#include "roles/optimiser/household_outlook.hpp"
#include "roles/optimiser/known_debts.hpp"

namespace atlas::roles::optimiser {

/// What the plan stands on.
struct PlannedDebts {
    const finance::debt::PlanRequest& request;  ///< Of the strategy written out.
    const std::vector<KnownDebt>& debts;        ///< In its order.
};

/// Fills smart_avalanche, refinance_alerts and score of the answer; its schedule is there already.
/// Errors: invalid_argument below /credit; those of finance/debt.
Result<void> add_future(const PlannedDebts& planned, const HouseholdView& view,
                        const contracts::AskDebtAdvice& request,
                        contracts::DebtAdviceValue& answer);

}  // namespace atlas::roles::optimiser
