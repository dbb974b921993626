// SPDX-License-Identifier: Apache-2.0
// Goal: terms inferred from an account's lines are those the lines were made with, and the fan of
// balances holds what it says. Method: by hand, round trips on seeded accounts, laws.
#include "finance/debt/infer_terms.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "finance/debt/fan.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt {
namespace {

using testing::basis_points;
using testing::cents;
using testing::HouseholdGenerator;

Date day(int year, int month, int number = 1) {
    return Date::create(year, month, number).value();
}

TEST(InferRate, OneYearsCardByHand) {
    // 1,000.00 owed for 31 days and 1,020.00 for 30: 20.38 is 24 % of 31,000 dollar-days / 365.
    const std::vector<AccountLine> lines{{day(2026, 7, 1), -98'000, false},
                                         {day(2026, 7, 1), -2'000, true},
                                         {day(2026, 8, 1), -2'038, true},
                                         {day(2026, 8, 1), 38, false}};
    const auto estimate = infer_rate(lines, day(2026, 8, 15)).value();
    EXPECT_EQ(estimate.apr, basis_points(2'400));
    EXPECT_EQ(estimate.postings, 1);
    EXPECT_FALSE(infer_rate(lines, day(2027, 12)).has_value());  // Too old to say anything.
}

TEST(InferRate, FindsTheRateOfSeededAccounts) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const double apr = static_cast<double>(random.between(200, 3'200)) / 1e4;
        std::vector<AccountLine> lines{{day(2026, 1), -random.between(80'000, 900'000), false}};
        double owed = static_cast<double>(-lines[0].amount_minor);
        double owed_days = 0.0;
        for (Date date = day(2026, 1).plus_days(1); date <= day(2026, 10);
             date = date.plus_days(1)) {
            owed_days += owed;
            const auto post = [&](std::int64_t amount, bool is_interest) {
                lines.push_back({date, amount, is_interest});
                owed -= static_cast<double>(amount);
            };
            if (date == date.first_of_month()) {
                post(-std::llround(owed_days * apr / 365.0), true);
                owed_days = 0.0;
            }
            if (random.chance(0.2)) {
                post(-random.between(100, 9'000), false);
            }
            if (date.parts().day == 20) {
                post(random.between(2'000, 20'000), false);
            }
        }
        const auto estimate = infer_rate(lines, day(2026, 10, 5)).value();
        EXPECT_EQ(estimate.postings, 8);  // The first has nothing before it.
        EXPECT_NEAR(estimate.apr.as_double(), apr, 2e-4);
        EXPECT_LE(estimate.lowest, estimate.apr);
        EXPECT_GE(estimate.highest, estimate.apr);
    }
}

TEST(InferRate, SaysNothingWithoutInterest) {
    EXPECT_FALSE(infer_rate({}, day(2026, 8)).has_value());
    const std::vector<AccountLine> spending{{day(2026, 7), -98'000, false}};
    EXPECT_FALSE(infer_rate(spending, day(2026, 8)).has_value());
    // Interest given back, and interest on next to nothing.
    const std::vector<AccountLine> odd{
        {day(2026, 5), -900, true}, {day(2026, 6), 10, true}, {day(2026, 7), -20, true}};
    EXPECT_FALSE(infer_rate(odd, day(2026, 8)).has_value());
}

TEST(InferPayment, IsTheMedianOfMonths) {
    const std::vector<AccountLine> lines{
        {day(2026, 1, 9), 99'900, false},  // Too long ago.
        {day(2026, 5, 9), 20'000, false},  {day(2026, 6, 9), 10'000, false},
        {day(2026, 6, 20), 5'000, false},  {day(2026, 7, 9), 90'000, false},
        {day(2026, 7, 10), -7'000, false}, {day(2026, 8, 9), 1'000, false}};  // Not over yet.
    EXPECT_EQ(infer_payment(lines, day(2026, 8, 15), NewCharges::ignored), 20'000);
    EXPECT_FALSE(infer_payment({}, day(2026, 8, 15), NewCharges::ignored).has_value());
}

TEST(InferPayment, ACardThatIsClearedPaysForItsPurchases) {
    const std::vector<AccountLine> lines{{day(2026, 6, 2), -50'000, false},
                                         {day(2026, 6, 9), 60'000, false},
                                         {day(2026, 7, 2), -90'000, false},
                                         {day(2026, 7, 3), -1'000, true},
                                         {day(2026, 7, 9), 20'000, false}};
    EXPECT_EQ(infer_payment(lines, day(2026, 8, 15), NewCharges::ignored), 20'000);
    EXPECT_EQ(infer_payment(lines, day(2026, 8, 15), NewCharges::netted), 0);
    const std::vector<AccountLine> repaying{lines[0], lines[1], lines[3], lines[4]};
    EXPECT_EQ(infer_payment(repaying, day(2026, 8, 15), NewCharges::netted), 10'000);
}

TEST(BalanceFan, HoldsThePlanBetweenItsEnds) {
    int fans = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(seed);
        PlanRequest request = HouseholdGenerator(seed).published(3);
        request.strategy = Strategy::avalanche;
        const auto plan = plan_payoff(request);
        const auto fan =
            balance_fan(request, {.record = {.months = 20, .kept = 10}, .seed = seed, .paths = 60});
        if (!plan.has_value()) {
            continue;
        }
        ++fans;
        ASSERT_TRUE(fan.has_value());
        ASSERT_GE(fan->size(), static_cast<std::size_t>(plan->months));
        std::vector<std::int64_t> owed(fan->size());
        for (const Installment& row : plan->schedule) {
            owed[static_cast<std::size_t>(row.month - 1)] += row.balance.minor();
        }
        for (std::size_t i = 0; i < fan->size(); ++i) {
            const FanMonth& month = (*fan)[i];
            EXPECT_EQ(month.month, static_cast<int>(i) + 1);
            EXPECT_LE(month.low, month.middle);
            EXPECT_LE(month.middle, month.high);
            // Rounding aside, paying less often never leaves less owed.
            EXPECT_GE(month.low.minor() + static_cast<std::int64_t>(plan->schedule.size()),
                      owed[i]);
        }
    }
    EXPECT_GT(fans, 15);
}

TEST(BalanceFan, AnUnbrokenRecordIsThePlanAndTheSeedRepeats) {
    PlanRequest request = HouseholdGenerator(5).published(3);
    request.strategy = Strategy::avalanche;
    const auto plan = plan_payoff(request).value();
    const auto sure =
        balance_fan(request, {.record = {.months = 1'000'000'000, .kept = 1'000'000'000}}).value();
    ASSERT_EQ(sure.size(), static_cast<std::size_t>(plan.months));
    EXPECT_EQ(sure.front().low, sure.front().high);
    std::int64_t owed = 0;
    for (const Installment& row : plan.schedule) {
        owed += row.month == 1 ? row.balance.minor() : 0;
    }
    EXPECT_EQ(sure.front().middle, cents(owed));
    const FanRequest asked{.record = {.months = 4, .kept = 2}, .seed = 9, .paths = 50};
    const auto first = balance_fan(request, asked).value();
    const auto second = balance_fan(request, asked).value();
    ASSERT_EQ(first.size(), second.size());
    EXPECT_EQ(first[3].high, second[3].high);
    EXPECT_GT(first[3].high, first[3].low);
}

TEST(BalanceFan, OneFutureInTenIsAboveItsHighEnd) {
    // 15 of 100 futures skip the first extra payment: more than one in ten, fewer than half.
    PlanRequest request{.start = day(2026, 12),
                        .monthly_budget = cents(50'000),
                        .debts = {{.id = "a",
                                   .balance = cents(300'000),
                                   .apr = basis_points(0),
                                   .minimum = {.fixed = cents(10'000)}}}};
    const auto fan =
        balance_fan(request, {.record = {.months = 1'000, .kept = 850}, .seed = 1, .paths = 1'000})
            .value();
    EXPECT_EQ(fan[0].low, cents(250'000));
    EXPECT_EQ(fan[0].middle, cents(250'000));
    EXPECT_EQ(fan[0].high, cents(290'000));
}

TEST(BalanceFan, OnePathIsAFanWithoutWidth) {
    const PlanRequest request = HouseholdGenerator(5).published(3);
    const auto fan = balance_fan(request, {.record = {}, .paths = 1});
    ASSERT_TRUE(fan.has_value());
    EXPECT_EQ(fan->front().low, fan->front().high);
}

TEST(BalanceFan, RefusesNoPaths) {
    const PlanRequest request = HouseholdGenerator(5).published(3);
    EXPECT_EQ(balance_fan(request, {.record = {}, .paths = 0}).error().place, "/paths");
    EXPECT_EQ(balance_fan(request, {.record = {}, .paths = kFanPathsMax + 1}).error().place,
              "/paths");
}

}  // namespace
}  // namespace atlas::finance::debt
