// SPDX-License-Identifier: Apache-2.0
// The best plan found and what no plan can undercut. Rankings are searched (rules of thumb, orders
// by the bound's own prices, exchanges of neighbours), deferred-interest promotions are branched on
// (clear in time, just in time, or let the charge come), and every branch is bounded.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/goal.hpp"
#include "finance/debt/simulator.hpp"

namespace atlas::finance::debt {

/// One millisecond of time_limit_ms buys this many simulated loan-months. Counting work instead of
/// reading a clock makes equal requests give equal answers on a machine of any speed.
inline constexpr std::int64_t kLoanMonthsPerMs = 20'000;

struct OptimalPlan {
    Policy policy;  ///< Simulates to `outcome`.
    Outcome outcome;
    /// Objectives cost and mix: no plan has less interest and fees, minor units.
    std::optional<std::int64_t> cost_bound;
    /// Objective date, and mix where months weigh: no plan takes fewer months.
    std::optional<int> months_bound;
    /// Objective strain, and mix where strain weighs: no plan has a smaller strain_worst.
    std::optional<double> strain_bound;
    /// Objective mix: Goal::value_of the plan, and that no plan has less of it, minor units.
    std::optional<std::int64_t> mix_value;
    std::optional<std::int64_t> mix_bound;
    double gap = 0.0;  ///< (plan − bound) / plan.
    bool is_proven = false;
    std::int64_t best_rule_cost = 0;  ///< Of the rules of thumb, for comparison.
    std::int64_t loan_months = 0;     ///< Work done.
};

/// Never worse than the best of the rules of thumb, as the goal sees them.
/// Errors: the avalanche's, where no plan tried fits the budget.
/// Cost:   at most time_limit_ms × kLoanMonthsPerMs loan-months, and a last simulation.
Result<OptimalPlan> find_optimal(const Problem& problem, const Goal& goal, int time_limit_ms);

/// Of one objective that is no mix.
inline Result<OptimalPlan> find_optimal(const Problem& problem, Objective objective,
                                        int time_limit_ms) {
    return find_optimal(problem, Goal{objective}, time_limit_ms);
}

}  // namespace atlas::finance::debt
