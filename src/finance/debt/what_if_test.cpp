// SPDX-License-Identifier: Apache-2.0
// Goal: what-ifs and the front of wins say what plans on the changed household would. Method: by
// hand, against plan_payoff on a request changed by the test, laws on seeded households, errors.
#include "finance/debt/what_if.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "finance/debt/plan.hpp"
#include "finance/debt/testing/random_household.hpp"
#include "finance/debt/wins.hpp"

namespace atlas::finance::debt {
namespace {

using testing::basis_points;
using testing::cents;
using testing::HouseholdGenerator;
using testing::Kind;

PlanRequest two_debts() {
    PlanRequest request{
        .start = Date::create(2026, 12, 1).value(), .monthly_budget = cents(25'000), .debts = {}};
    request.debts.push_back({.id = "card",
                             .balance = cents(100'000),
                             .apr = basis_points(2'400),
                             .minimum = {.fixed = cents(2'500)}});
    request.debts.push_back({.id = "loan",
                             .balance = cents(50'000),
                             .apr = basis_points(600),
                             .minimum = {.fixed = cents(2'500)}});
    return request;
}

std::int64_t cost_of(const PlanRequest& request) {
    const auto plan = plan_payoff(request).value();
    return (plan.total_interest + plan.total_fees).minor();
}

TEST(WhatIf, AWindfallByHand) {
    // One loan of 1,000.00 at 1 % a month, 400.00 each: 10.00 + 6.10 + 2.16. With 610.00 more in
    // the first month nothing is left after it.
    PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                        .monthly_budget = cents(40'000),
                        .debts = {{.id = "loan",
                                   .balance = cents(100'000),
                                   .apr = basis_points(1'200),
                                   .minimum = {.fixed = cents(5'000)}}}};
    const auto what_if = WhatIf::create(request).value();
    const auto effect = what_if.apply(Windfall{request.start, cents(61'000)}).value();
    EXPECT_EQ(effect.cost, cents(1'000));
    EXPECT_EQ(effect.cost_change, cents(-826));
    EXPECT_EQ(effect.months, 1);
    EXPECT_EQ(effect.months_change, -2);
    EXPECT_EQ(effect.debt_free_date, Date::create(2027, 1, 1).value());
}

TEST(WhatIf, ARiseOfOneRateLeavesTheOthers) {
    const auto what_if = WhatIf::create(two_debts()).value();
    for (const std::size_t raised : {0U, 1U}) {
        PlanRequest changed = two_debts();
        changed.debts[raised].apr =
            basis_points(changed.debts[raised].apr.billionths() / 100'000 + 500);
        const auto effect = what_if.apply(RateRise{raised, basis_points(500)}).value();
        EXPECT_EQ(effect.cost.minor(), cost_of(changed)) << raised;
    }
}

TEST(WhatIf, AgreesWithPlansOnTheChangedRequest) {
    int compared = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(seed);
        PlanRequest request = HouseholdGenerator(seed).make(static_cast<Kind>(seed % 3), 5);
        const auto what_if = WhatIf::create(request);
        if (!what_if.has_value()) {
            continue;
        }
        const std::int64_t before = cost_of(request);
        const auto check = [&](const Change& change, const PlanRequest& changed) {
            const auto effect = what_if->apply(change);
            const auto plan = plan_payoff(changed);
            ASSERT_EQ(effect->refusal.has_value(), !plan.has_value());
            if (plan.has_value()) {
                ++compared;
                EXPECT_EQ(effect->cost, plan->total_interest + plan->total_fees);
                EXPECT_EQ(effect->cost_change.minor(), effect->cost.minor() - before);
                EXPECT_EQ(effect->months, plan->months);
            }
        };
        PlanRequest more = request;
        more.monthly_budget += cents(100);
        for (BudgetChange& step : more.budget_path) {
            step.amount += cents(100);
        }
        check(MoreEachMonth{cents(100)}, more);
        PlanRequest windfall = request;
        windfall.extra.push_back({request.start.plus_days(40), cents(12'345)});
        check(Windfall{request.start.plus_days(40), cents(12'345)}, windfall);
        PlanRequest missed = request;
        missed.debts[0].missed_months.push_back(2);
        check(MissedPayment{0, 2}, missed);
        PlanRequest dearer = request;
        for (Debt& debt : dearer.debts) {
            debt.apr =
                money::AnnualRate::from_billionths(debt.apr.billionths() + 5'000'000).value();
            for (RateChange& step : debt.rate_path) {
                step.apr =
                    money::AnnualRate::from_billionths(step.apr.billionths() + 5'000'000).value();
            }
        }
        check(RateRise{{}, basis_points(50)}, dearer);
    }
    EXPECT_GT(compared, 400);
}

TEST(WhatIf, OfTheBestPlanIsNoWorseThanTheAvalanche) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        PlanRequest request = HouseholdGenerator(seed).published(4);
        request.time_limit_ms = 5;
        const auto what_if = WhatIf::create(request);
        if (!what_if.has_value()) {
            continue;
        }
        const auto effect = what_if->apply(MoreEachMonth{cents(5'000)}).value();
        request.strategy = Strategy::avalanche;
        request.monthly_budget += cents(5'000);
        EXPECT_LE(effect.cost.minor(), cost_of(request));
    }
}

TEST(WhatIf, SlopesAgreeWithLargerSteps) {
    const auto what_if = WhatIf::create(two_debts()).value();
    const auto slopes = what_if.slopes().value();
    EXPECT_LT(slopes.per_month, 0.0);
    EXPECT_LT(slopes.per_windfall, 0.0);
    const auto more = what_if.apply(MoreEachMonth{cents(2'000)}).value();
    EXPECT_NEAR(static_cast<double>(more.cost_change.minor()) / 2'000.0, slopes.per_month, 0.05);
    ASSERT_EQ(slopes.per_rate.size(), 2U);
    const auto dearer = what_if.apply(RateRise{0, basis_points(100)}).value();
    EXPECT_NEAR(static_cast<double>(dearer.cost_change.minor()) / 100.0, slopes.per_rate[0], 0.1);
    EXPECT_GT(slopes.per_rate[1], 0.0);
}

TEST(WhatIf, SaysWhenNothingIsLeftToPlan) {
    const auto what_if = WhatIf::create(two_debts()).value();
    const auto effect = what_if.apply(MoreEachMonth{cents(-21'000)}).value();
    ASSERT_TRUE(effect.refusal.has_value());
    EXPECT_EQ(effect.refusal->code, ErrorCode::infeasible);
    EXPECT_TRUE(what_if.apply(MoreEachMonth{cents(-99'000)}).value().refusal.has_value());
}

TEST(WhatIf, RefusesWhatIsNotThere) {
    const auto what_if = WhatIf::create(two_debts()).value();
    const auto place = [&](const Change& change) { return what_if.apply(change).error().place; };
    EXPECT_EQ(place(MissedPayment{2, 1}), "/debt");
    EXPECT_EQ(place(MissedPayment{0, 0}), "/month");
    EXPECT_EQ(place(MissedPayment{0, kPlanMonthsMax + 1}), "/month");
    EXPECT_EQ(place(RateRise{2, basis_points(1)}), "/debt");
    EXPECT_EQ(place(RateRise{0, basis_points(-2'401)}), "/by");
    EXPECT_EQ(place(RateRise{{}, basis_points(99'000)}), "/by");
    EXPECT_EQ(place(Windfall{two_debts().start.plus_days(-1), cents(1)}), "/windfall");
    EXPECT_EQ(place(Windfall{two_debts().start, cents(-1)}), "/windfall");
    EXPECT_EQ(
        place(MoreEachMonth{money::Money::from_minor(1, money::Currency::parse("EUR").value())}),
        "/amount");
}

TEST(Wins, TheFrontOfTwoDebtsByHand) {
    // Avalanche 71.50, snowball 100.54 (plan_test.cpp); the snowball closes the loan first.
    const auto front = weigh_wins(two_debts(), {}).value();
    ASSERT_EQ(front.points.size(), 2U);
    EXPECT_EQ(front.points[0].cost, cents(7'150));
    EXPECT_EQ(front.points[1].cost, cents(10'054));
    EXPECT_EQ(front.points[1].price, cents(2'904));
    EXPECT_EQ(front.points[0].order.front(), 0U);
    EXPECT_EQ(front.points[1].order.front(), 1U);
    EXPECT_LT(front.points[1].first_win, front.points[0].first_win);
    EXPECT_EQ(front.points[1].wins_in_a_year, 2);
    EXPECT_DOUBLE_EQ(front.chance_of_keeping, 0.5);
}

TEST(Wins, WhoAlwaysKeepsToPlansIsSentTheCheapestWay) {
    EXPECT_EQ(weigh_wins(two_debts(), {.months = 100'000, .kept = 100'000}).value().recommended,
              0U);
    // A lost year costs 161 dollars or so here; who never kept a plan is sent to the win.
    const auto front = weigh_wins(two_debts(), {.months = 36, .kept = 0}).value();
    EXPECT_GT(front.relapse_cost, cents(10'000));
    EXPECT_EQ(front.recommended, 1U);
}

TEST(Wins, EveryPointIsEarlierAndDearerThanTheOneBefore) {
    int many = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        PlanRequest request = HouseholdGenerator(seed).published(4 + static_cast<int>(seed % 4));
        request.time_limit_ms = 5;
        const auto front = weigh_wins(request, {.months = 12, .kept = 6});
        if (!front.has_value()) {
            continue;
        }
        many += front->points.size() > 2 ? 1 : 0;
        EXPECT_TRUE(front->points.front().price.is_zero());
        for (std::size_t i = 1; i < front->points.size(); ++i) {
            EXPECT_LT(front->points[i].closing_mean, front->points[i - 1].closing_mean);
            EXPECT_GE(front->points[i].cost, front->points[i - 1].cost);
        }
        request.strategy = Strategy::snowball;  // Nothing beats the front on both counts.
        const auto snowball = plan_payoff(request).value();
        double mean = 0.0;
        for (const Payoff& payoff : snowball.payoff) {
            mean += payoff.month / static_cast<double>(snowball.payoff.size());
        }
        EXPECT_TRUE(std::ranges::any_of(front->points, [&](const WinPoint& point) {
            return point.cost <= snowball.total_interest + snowball.total_fees &&
                   point.closing_mean <= mean + 1e-9;
        }));
    }
    EXPECT_GT(many, 20);
}

TEST(Wins, RefusesARecordThatCannotBe) {
    EXPECT_EQ(weigh_wins(two_debts(), {.months = 1, .kept = 2}).error().place, "/record");
    EXPECT_EQ(weigh_wins(two_debts(), {.months = 1, .kept = -1}).error().place, "/record");
}

}  // namespace
}  // namespace atlas::finance::debt
