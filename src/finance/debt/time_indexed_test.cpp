// SPDX-License-Identifier: Apache-2.0
// Goal: a general solver on a model of its own agrees with `optimal` and with its bound. Method:
// seeded households that end within a year or so, as time-indexed mixed-integer programs, solved
// to the end by optim/solve_mixed.
#include <gtest/gtest.h>

#include <cstdio>

#include "finance/debt/optimal.hpp"
#include "finance/debt/testing/random_household.hpp"
#include "finance/debt/testing/time_indexed.hpp"

namespace atlas::finance::debt {
namespace {

using testing::HouseholdGenerator;
using testing::TimeIndexed;

/// Debts of any kind, with a budget that ends them soon.
PlanRequest short_household(std::uint64_t seed) {
    HouseholdGenerator generator(seed);
    PlanRequest request =
        seed % 2 == 0 ? generator.published(3) : generator.make(testing::Kind::features, 3);
    request.extra.clear();
    request.budget_path.clear();
    std::int64_t owed = 0;
    for (Debt& debt : request.debts) {
        debt.missed_months.clear();
        owed += debt.balance.minor();
        if (debt.promo.has_value()) {  // Inside the plan, where it matters.
            debt.promo->until = request.start.plus_months(2 + static_cast<int>(seed % 5));
        }
        if (debt.prepayment_penalty.billionths() > 0) {
            debt.minimum.percent = {};
            debt.minimum.interest = MinimumInterest::included;
        }
    }
    request.monthly_budget =
        std::max(request.monthly_budget, testing::cents(owed / (4 + static_cast<int>(seed % 5))));
    return request;
}

TEST(TimeIndexed, AGeneralSolverAgreesWithThePlanAndItsBound) {
    int solved = 0;
    int equal = 0;
    double excess = 0.0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        const Problem problem = Problem::create(short_household(seed)).value();
        const auto plan = find_optimal(problem, Objective::cost, 200);
        if (!plan.has_value() || plan->outcome.months > 12 || !TimeIndexed::covers(problem)) {
            continue;
        }
        const TimeIndexed model(problem, plan->outcome.months + 2);
        const auto exact = optim::solve_mixed(model.program(), {.nodes_max = 20'000});
        ASSERT_TRUE(exact.has_value()) << to_string(exact.error());
        ++solved;
        const double least = TimeIndexed::to_minor(exact->bound);
        const double found = TimeIndexed::to_minor(exact->objective);
        const auto cost = static_cast<double>(plan->outcome.cost());
        // Half a unit a rounding, two or three roundings a loan and month, and the solver's own.
        const double slack =
            2.0 * static_cast<double>(plan->outcome.loan_months) + 1e-6 * std::abs(found) + 2.0;
        EXPECT_GE(cost, least - slack);
        EXPECT_LE(static_cast<double>(*plan->cost_bound), found + slack);
        equal += cost <= found + slack ? 1 : 0;
        excess += found > 0.0 ? std::max(0.0, (cost - found) / found) : 0.0;
    }
    RecordProperty("solved", solved);
    RecordProperty("equal", equal);
    std::printf("%d households, %d plans as good as the solver's, mean excess %.3f %%\n", solved,
                equal, 100.0 * excess / solved);
    EXPECT_GE(solved, 25);
    EXPECT_GE(equal * 10, solved * 8);
}

}  // namespace
}  // namespace atlas::finance::debt
