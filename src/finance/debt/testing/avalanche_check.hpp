// SPDX-License-Identifier: Apache-2.0
// `optimal` where the avalanche is provably best, on a range of seeds: shared by the fast and the
// slow test.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>

#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt::testing {

/// Fixed minimums, constant rates, nothing else: nothing better and nothing worse is found than the
/// avalanche, up to one unit a loan and month of rounding, and the snowball is no better.
inline void check_against_avalanche(std::uint64_t seed, int& payable) {
    const auto request = HouseholdGenerator(seed).make(Kind::plain, 6);
    const Problem problem = Problem::create(request).value();
    const auto outcome = simulate(problem, avalanche(), Spending::whole_budget);
    if (!outcome.has_value()) {
        return;
    }
    ++payable;
    const auto plan = find_optimal(problem, Objective::cost, 2).value();
    EXPECT_LE(plan.outcome.cost(), outcome->cost());
    EXPECT_GE(plan.outcome.cost() + outcome->loan_months, outcome->cost());
    EXPECT_LE(*plan.cost_bound, outcome->cost());
    const auto snowballed = simulate(problem, snowball(), Spending::whole_budget);
    ASSERT_TRUE(snowballed.has_value());
    EXPECT_LE(outcome->cost(), snowballed->cost() + outcome->loan_months);
}

}  // namespace atlas::finance::debt::testing
