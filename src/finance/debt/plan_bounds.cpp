// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/plan_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "finance/debt/strain_bound.hpp"

namespace atlas::finance::debt {
namespace {

/// A strain is a share of a budget: closer than this is the same.
constexpr double kStrainProven = 1e-9;

/// Least months in which the budgets cover the balances and the least cost.
int least_months(const Problem& problem, double cost_bound) {
    double needed = std::max(0.0, cost_bound);
    for (const Loan& loan : problem.loans) {
        needed += static_cast<double>(loan.balance);
    }
    double paid = 0.0;
    for (int month = 1; month <= kPlanMonthsMax; ++month) {
        paid += static_cast<double>(problem.budget(month));
        if (paid * (1.0 + 1e-9) >= needed) {
            return month;
        }
    }
    return kPlanMonthsMax;
}

/// Any month bounds the worst one: the first, which nothing can change, and the plans' own.
std::vector<int> months_to_ask(std::span<const int> strain_months) {
    std::vector<int> months(strain_months.begin(), strain_months.end());
    months.push_back(1);
    std::ranges::sort(months);
    months.erase(std::unique(months.begin(), months.end()), months.end());
    std::erase(months, 0);
    return months;
}

void bound_cost(const Outcome& outcome, double bound, OptimalPlan& plan) {
    const auto cost = static_cast<double>(outcome.cost());
    // The cost is a whole number of minor units: the bound may be rounded up.
    const double whole = std::min(std::ceil(bound - 1e-6), cost);
    plan.cost_bound = static_cast<std::int64_t>(whole);
    plan.gap = cost > 0.0 ? (cost - whole) / cost : 0.0;
    plan.is_proven = cost - whole <= static_cast<double>(outcome.loan_months);
}

void bound_months(const Problem& problem, const Outcome& outcome, double bound, OptimalPlan& plan) {
    plan.months_bound = std::min(least_months(problem, bound), outcome.months);
    plan.gap = static_cast<double>(outcome.months - *plan.months_bound) /
               static_cast<double>(outcome.months);
    plan.is_proven = *plan.months_bound == outcome.months;
}

void bound_strain(const Problem& problem, const Outcome& outcome, std::span<const int> months,
                  OptimalPlan& plan) {
    double strain = 0.0;
    for (const int month : months) {
        strain = std::max(strain, strain_bound(problem, month));
    }
    plan.strain_bound = std::min(strain, outcome.strain_worst);
    plan.gap = outcome.strain_worst > 0.0 ? 1.0 - *plan.strain_bound / outcome.strain_worst : 0.0;
    plan.is_proven = plan.gap <= kStrainProven;
}

double share(std::int64_t minimums, std::int64_t budget) {
    return budget > 0 ? static_cast<double>(minimums) / static_cast<double>(budget) : 0.0;
}

/// Each part's bound, weighted. Rounded as the value is, so it stays below it.
void bound_mix(const Problem& problem, const Goal& goal, const Outcome& outcome,
               const KnownBounds& known, OptimalPlan& plan) {
    bound_cost(outcome, known.cost, plan);
    std::int64_t bound = *plan.cost_bound;
    if (goal.month > 0) {
        bound_months(problem, outcome, known.cost, plan);
        bound += goal.month * *plan.months_bound;
    }
    if (goal.strain > 0) {
        double strain = 0.0;
        std::int64_t worth = 0;
        for (const int month : months_to_ask(known.strain_months)) {
            const std::int64_t least = minimums_bound(problem, month);
            worth = std::max(worth, goal.worth_of(least, problem, month));
            strain = std::max(strain, share(least, problem.budget(month)));
        }
        plan.strain_bound = std::min(strain, outcome.strain_worst);
        bound += worth;
    }
    plan.mix_value = goal.value_of(problem, outcome);
    plan.mix_bound = std::min(bound, *plan.mix_value);
    const auto value = static_cast<double>(*plan.mix_value);
    const auto over = *plan.mix_value - *plan.mix_bound;
    plan.gap = value > 0.0 ? static_cast<double>(over) / value : 0.0;
    plan.is_proven = over <= outcome.loan_months;
}

}  // namespace

OptimalPlan with_bounds(const Problem& problem, const Goal& goal, const Outcome& outcome,
                        const KnownBounds& known) {
    OptimalPlan plan;
    plan.outcome = outcome;
    switch (goal.objective) {
        case Objective::cost: bound_cost(outcome, known.cost, plan); break;
        case Objective::date: bound_months(problem, outcome, known.cost, plan); break;
        case Objective::strain:
            bound_strain(problem, outcome, months_to_ask(known.strain_months), plan);
            break;
        case Objective::mix: bound_mix(problem, goal, outcome, known, plan); break;
    }
    return plan;
}

}  // namespace atlas::finance::debt
