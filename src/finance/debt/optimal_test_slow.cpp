// SPDX-License-Identifier: Apache-2.0
// Goal: where the avalanche is provably best, `optimal` finds nothing better and nothing worse, in
// thousands of cases. Method: seeded plain households; optimal_test.cpp has the first thousand and
// what "provably" asks for.
#include <gtest/gtest.h>

#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt {
namespace {

TEST(OptimalSlow, AgreesWithTheAvalancheInThousandsOfCases) {
    int solved = 0;
    for (std::uint64_t seed = 1'001; seed <= 6'000; ++seed) {
        SCOPED_TRACE(seed);
        const auto request = testing::HouseholdGenerator(seed).make(testing::Kind::plain, 6);
        const Problem problem = Problem::create(request).value();
        const auto outcome = simulate(problem, avalanche(), Spending::whole_budget);
        if (!outcome.has_value()) {
            continue;
        }
        ++solved;
        const auto plan = find_optimal(problem, Objective::cost, 2).value();
        EXPECT_LE(plan.outcome.cost(), outcome->cost());
        // Up to one unit a loan and month of rounding.
        EXPECT_GE(plan.outcome.cost() + outcome->loan_months, outcome->cost());
        EXPECT_LE(*plan.cost_bound, outcome->cost());
    }
    EXPECT_GT(solved, 3'000);
    RecordProperty("solved", solved);
}

}  // namespace
}  // namespace atlas::finance::debt
