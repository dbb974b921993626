// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/goal.hpp"

#include "money/rounding.hpp"

namespace atlas::finance::debt {
namespace {

constexpr std::int64_t kPoints = 100;  ///< Percentage points of a whole budget.

}  // namespace

Result<Goal> Goal::create(const PlanRequest& request) {
    Goal goal{.objective = request.objective};
    if (request.mix.has_value() != (request.objective == Objective::mix)) {
        return invalid_argument("/mix", request.mix.has_value()
                                            ? "weights are for the objective mix only"
                                            : "the objective mix needs its weights");
    }
    if (request.mix.has_value()) {
        const money::Currency currency = request.monthly_budget.currency();
        ATLAS_TRY_ASSIGN(goal.month, check_amount(request.mix->month, currency, "/mix/month"));
        ATLAS_TRY_ASSIGN(goal.strain, check_amount(request.mix->strain, currency, "/mix/strain"));
    }
    return goal;
}

Score Goal::score_of(const Problem& problem, const Outcome& outcome) const {
    switch (objective) {
        case Objective::date: return {static_cast<double>(outcome.months), 0.0, outcome.cost()};
        case Objective::strain: return {outcome.strain_worst, outcome.strain_total, outcome.cost()};
        case Objective::mix: return {0.0, 0.0, value_of(problem, outcome)};
        case Objective::cost: break;
    }
    return {0.0, 0.0, outcome.cost()};
}

std::int64_t Goal::value_of(const Problem& problem, const Outcome& outcome) const {
    return outcome.cost() + month * outcome.months +
           worth_of(outcome.strain_minimums, problem, outcome.strain_month);
}

std::int64_t Goal::worth_of(std::int64_t minimums, const Problem& problem, int in_month) const {
    if (in_month == 0 || problem.budget(in_month) <= 0) {
        return 0;  // No month asks for anything.
    }
    const auto worth = money::Int128{strain} * kPoints * minimums;
    return static_cast<std::int64_t>(
        money::divide(worth, problem.budget(in_month), money::Rounding::half_to_even));
}

bool Leader::offer(const Problem& problem, const Policy& other, const Outcome& its_outcome) {
    if (outcome.has_value() &&
        goal.score_of(problem, its_outcome) >= goal.score_of(problem, *outcome)) {
        return false;
    }
    policy = other;
    outcome = its_outcome;
    return true;
}

}  // namespace atlas::finance::debt
