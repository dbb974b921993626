// SPDX-License-Identifier: Apache-2.0
// The sentences of an advice on debts, and how amounts and dates stand in them: as the pages write
// them. Every figure in them is one of the answer's.
#pragma once

#include <string>

#include "base/date.hpp"
#include "finance/debt/plan.hpp"
#include "roles/optimiser/known_debts.hpp"

namespace atlas::roles::optimiser {

/// One debt's payment of the first month.
struct FirstPayment {
    std::size_t debt;
    money::Money pay;
    money::Money minimum;
};

/// Why this much goes to this debt.
std::string explain_payment(const std::vector<KnownDebt>& debts, const FirstPayment& payment,
                            const std::vector<FirstPayment>& all,
                            const finance::debt::PayoffPlan& plan);

/// "23.99 %".
std::string to_percent(money::AnnualRate rate);

/// "$1,630.77", "−€12.30" with a minus sign, "CHF 5.00" for a currency without a sign of its own.
std::string say(money::Money amount);
/// "1 March 2029".
std::string say(Date date);
/// "March 2029".
std::string say_month(Date date);
/// "1 month", "30 months".
std::string say_months(int months);

}  // namespace atlas::roles::optimiser
