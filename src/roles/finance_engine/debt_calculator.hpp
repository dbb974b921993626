// SPDX-License-Identifier: Apache-2.0
// The handler of `debt-plan`: from contract values to finance/debt and back. Pure.
#pragma once

#include <string>

#include "base/result.hpp"
#include "contracts/resources/debt.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::roles::finance_engine {

/// Errors: invalid_argument with a JSON pointer, infeasible; as finance::debt::plan_payoff.
Result<contracts::DebtPlanAnswer> plan_debts(const contracts::DebtPlanValue& value);

/// One debt of a request; pointer: where it stands there. Errors: invalid_argument.
Result<finance::debt::Debt> read_debt(const contracts::DebtValue& value, money::Currency currency,
                                      const std::string& pointer);

}  // namespace atlas::roles::finance_engine
