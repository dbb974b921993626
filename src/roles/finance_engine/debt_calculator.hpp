// SPDX-License-Identifier: Apache-2.0
// The handler of `debt-plan`: from contract values to finance/debt and back. Pure.
#pragma once

#include "base/result.hpp"
#include "contracts/resources/debt.hpp"

namespace atlas::roles::finance_engine {

/// Errors: invalid_argument with a JSON pointer, infeasible; as finance::debt::plan_payoff.
Result<contracts::DebtPlanAnswer> plan_debts(const contracts::DebtPlanValue& value);

}  // namespace atlas::roles::finance_engine
