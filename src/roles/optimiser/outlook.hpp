// SPDX-License-Identifier: Apache-2.0
// The calculators of the household ahead: emergency fund, split of a surplus, payment days. The
// advice on debts asks them the same questions with the household's own figures.
#pragma once

#include "base/result.hpp"
#include "contracts/resources/debt_outlook.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::optimiser {

/// Errors: invalid_argument with a JSON pointer.
Result<contracts::EmergencyFundAnswer> size_emergency_fund(
    const contracts::EmergencyFundValue& value);
Result<contracts::SurplusSplitAnswer> split_surplus(const contracts::SurplusSplitValue& value);
Result<contracts::PaymentDaysAnswer> fit_days(const contracts::PaymentDaysValue& value);

/// Binds these and rate-forecast. They need no stores.
void bind_debt_calculators(serving::HandlerTable& table);

}  // namespace atlas::roles::optimiser
