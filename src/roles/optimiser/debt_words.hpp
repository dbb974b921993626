// SPDX-License-Identifier: Apache-2.0
// The sentences of an advice on debts. Every figure in them is one of the answer's.
#pragma once

#include <string>

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

}  // namespace atlas::roles::optimiser
