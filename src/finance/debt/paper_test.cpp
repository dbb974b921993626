// SPDX-License-Identifier: Apache-2.0
// Goal: on loans that charge for being repaid early the bound is true, and close where it can be.
// Method: households after the paper (testing/paper_household.hpp), every order of four debts; the
// share within 1 % that the proof tells.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/testing/paper_household.hpp"

namespace atlas::finance::debt {
namespace {

TEST(PaperHouseholds, BoundsAreTrueAndClose) {
    int within = 0;
    double gaps = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(seed);
        const Problem problem =
            Problem::create(testing::PaperGenerator(seed).make({4, 120})).value();
        const auto plan = find_optimal(problem, Objective::cost, 1'000).value();
        within += plan.gap <= 0.01 ? 1 : 0;
        gaps += plan.gap;
        std::vector<std::uint16_t> order(problem.loans.size());
        std::iota(order.begin(), order.end(), std::uint16_t{0});
        do {
            const auto other = simulate(problem, fixed_order(order), Spending::whole_budget);
            ASSERT_TRUE(other.has_value());
            ASSERT_LE(*plan.cost_bound, other->cost());
            ASSERT_LE(plan.outcome.cost(), other->cost());
        } while (std::ranges::next_permutation(order).found);
    }
    EXPECT_GE(within, 93);
    EXPECT_LT(gaps, 0.5) << "of a hundred";
    std::printf("within 1 %%: %d of 100, mean gap %.5f\n", within, gaps / 100);
}

}  // namespace
}  // namespace atlas::finance::debt
