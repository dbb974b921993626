// SPDX-License-Identifier: Apache-2.0
// Goal: the laws of household_test.cpp on a thousand seeds, and on other spans of time.
#include <gtest/gtest.h>

#include "base/format.hpp"
#include "sim/household/household.hpp"
#include "sim/household/household_laws.hpp"

namespace atlas::sim::household {
namespace {

TEST(HouseholdSlow, LawsHoldForAThousandSeeds) {
    for (std::uint64_t seed = 1000; seed < 2000; ++seed) {
        SCOPED_TRACE(format("seed {}", seed));
        const Date last =
            Date::create(2019, 1, 17).value().plus_days(static_cast<std::int32_t>(seed % 3000));
        const Household household =
            generate({.seed = seed * 7919, .last_day = last, .months = 60}).value();
        expect_conserved(household);
        expect_possible(household);
        expect_tied(household);
        expect_filed(household);
    }
}

TEST(HouseholdSlow, SpendingHasTheShapeOfTheSurvey) {
    expect_shape_of_survey(5000, 1000);
}

}  // namespace
}  // namespace atlas::sim::household
