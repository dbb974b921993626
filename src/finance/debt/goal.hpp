// SPDX-License-Identifier: Apache-2.0
// What a search makes least: how an objective scores a plan, and what a mix of them is worth in
// money, exact to the minor unit.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>

#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/problem.hpp"
#include "finance/debt/simulator.hpp"

namespace atlas::finance::debt {

/// Least is best.
using Score = std::tuple<double, double, std::int64_t>;

struct Goal {
    Objective objective = Objective::cost;
    std::int64_t month = 0;   ///< Mix::month, minor units.
    std::int64_t strain = 0;  ///< Mix::strain, minor units a percentage point.

    /// Errors: invalid_argument  Objective::mix without a mix, or a mix without it (/mix);
    ///                           a weight that check_amount refuses (/mix/month, /mix/strain)
    static Result<Goal> create(const PlanRequest& request);

    Score score_of(const Problem& problem, const Outcome& outcome) const;

    /// Cost + month × months + strain × percentage points of strain_worst.
    std::int64_t value_of(const Problem& problem, const Outcome& outcome) const;

    /// What it is worth that minimums claim so much in `month`. Half to even, once.
    std::int64_t worth_of(std::int64_t minimums, const Problem& problem, int in_month) const;
};

/// The best of the plans met, as a goal sees it.
struct Leader {
    Goal goal;
    Policy policy = {};
    std::optional<Outcome> outcome = {};

    /// Keeps the plan when it is the best so far. Returns whether it is.
    bool offer(const Problem& problem, const Policy& other, const Outcome& its_outcome);
};

}  // namespace atlas::finance::debt
