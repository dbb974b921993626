// SPDX-License-Identifier: Apache-2.0
// Interest against early wins: closing an account soon helps people persist, and costs interest.
// The front shows what each win costs; the recommended point weighs that price against what it
// would cost to lose heart, by the household's own record of keeping to a plan.
// Sources: docs/theory/debt_payoff.md, "Wins".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "money/money.hpp"

namespace atlas::finance::debt {

/// Months in which the household had a plan, and in which it kept to it. 0 of 0 where nothing is
/// known.
struct PlanRecord {
    int months = 0;
    int kept = 0;

    /// Laplace's rule of succession: (kept + 1) / (months + 2).
    double chance_of_keeping() const {
        return (static_cast<double>(kept) + 1.0) / (static_cast<double>(months) + 2.0);
    }
};

/// One plan of the front.
struct WinPoint {
    std::vector<std::size_t> order;  ///< Debts in the order in which they are closed.
    money::Money cost;               ///< Interest and fees.
    int months = 0;
    int first_win = 0;          ///< Month in which the first account is closed.
    int wins_in_a_year = 0;     ///< Accounts closed by month 12.
    double closing_mean = 0.0;  ///< Mean month of closing: less is earlier.
    money::Money price;         ///< Cost above the cheapest point.
};

struct WinFront {
    std::vector<WinPoint> points;  ///< Cheapest first; each later one closes accounts earlier.
    std::size_t recommended = 0;
    /// What a year of minimums alone, and the cheapest plan from then on, would cost more.
    money::Money relapse_cost;
    double chance_of_keeping = 0.0;
};

/// Candidates are the rules of thumb, 21 weights between snowball and avalanche, the best plan
/// found and, for up to five debts, every order. Recommended is the least
/// price + (1 − chance of keeping) × relapse cost × first win / latest first win on the front.
/// Errors: as plan_payoff; invalid_argument (/record) for a record that kept more than it had.
/// Cost:   some 30 simulations, 150 for five debts, and `optimal` at request.time_limit_ms.
Result<WinFront> weigh_wins(const PlanRequest& request, PlanRecord record);

}  // namespace atlas::finance::debt
