// SPDX-License-Identifier: Apache-2.0
// The planner against the slow oracle on a range of seeds: shared by the fast and the slow test.
#pragma once

#include <gtest/gtest.h>

#include "finance/debt/plan.hpp"
#include "finance/debt/testing/random_household.hpp"
#include "finance/debt/testing/slow_household.hpp"

namespace atlas::finance::debt::testing {

/// Every row's balance, every total, and every refusal agree; money is conserved in each row.
inline void check_against_oracle(const PlanRequest& request, int& payable) {
    const auto plan = plan_payoff(request);
    SlowHousehold slow(request);
    const auto months = slow.run();
    ASSERT_EQ(plan.has_value(), months.has_value())
        << (plan.has_value() ? "only the oracle refuses" : to_string(plan.error()));
    if (!plan.has_value()) {
        EXPECT_EQ(plan.error().code, ErrorCode::infeasible);
        return;
    }
    ++payable;
    EXPECT_EQ(plan->months, *months);
    EXPECT_EQ(plan->total_interest.minor(), slow.total(Posting::Kind::interest));
    EXPECT_EQ(plan->total_fees.minor(), slow.total(Posting::Kind::fee));
    EXPECT_EQ(plan->total_paid.minor(), -slow.total(Posting::Kind::payment));
    EXPECT_EQ(plan->total_paid.minor(), slow.total(Posting::Kind::opening) +
                                            plan->total_interest.minor() +
                                            plan->total_fees.minor());
    std::vector<money::Money> before;
    for (const Debt& debt : request.debts) {
        before.push_back(debt.balance);
    }
    for (const Installment& row : plan->schedule) {
        ASSERT_EQ(row.balance, before[row.debt] + row.interest + row.fees - row.paid);
        before[row.debt] = row.balance;
        ASSERT_EQ(row.balance.minor(), slow.balance(row.debt, row.month))
            << "debt " << row.debt << ", month " << row.month;
    }
}

/// Seeds first..last; kinds and strategies in turn.
inline void check_seeds(std::uint64_t first, std::uint64_t last) {
    int payable = 0;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        SCOPED_TRACE(seed);  // Replay with this one number.
        constexpr Strategy kStrategies[] = {Strategy::avalanche, Strategy::snowball,
                                            Strategy::minimum};
        PlanRequest request =
            HouseholdGenerator(seed).make(static_cast<Kind>(seed % 4), seed % 50 == 0 ? 12 : 5);
        request.strategy = kStrategies[seed % 3];
        check_against_oracle(request, payable);
        if (::testing::Test::HasFailure()) {
            return;
        }
    }
    EXPECT_GT(payable, static_cast<int>((last - first + 1) / 2))
        << "the generator makes too few payable households to prove anything";
}

}  // namespace atlas::finance::debt::testing
