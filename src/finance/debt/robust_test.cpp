// SPDX-License-Identifier: Apache-2.0
// Goal: the smart avalanche weighs every candidate over every path of rates. Method: a household by
// hand in which rates cross; the same costs from plan_payoff run one by one; laws on seeded ones.
#include "finance/debt/robust.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt {
namespace {

money::Money dollars(std::int64_t minor) {
    return money::Money::from_minor(minor, money::Currency::parse("USD").value());
}
money::AnnualRate rate(std::int64_t billionths) {
    return money::AnnualRate::from_billionths(billionths).value();
}

/// A fixed loan at 15 % and a variable card at 14 %.
PlanRequest crossing() {
    const auto debt = [](std::string id, std::int64_t apr) {
        return Debt{.id = std::move(id),
                    .balance = dollars(500'000),
                    .apr = rate(apr),
                    .minimum = {.fixed = dollars(5'000)}};
    };
    return {.start = Date::parse("2026-01-01").value(),
            .monthly_budget = dollars(40'000),
            .debts = {debt("loan", 150'000'000), debt("card", 140'000'000)}};
}

const RobustCandidate& find(const RobustChoice& choice, const std::string& name) {
    return *std::find_if(choice.candidates.begin(), choice.candidates.end(),
                         [&](const RobustCandidate& each) { return each.name == name; });
}

TEST(Robust, ScenariosThatDoNotMoveAreThePlanItself) {
    const auto choice =
        *choose_robust({.plan = crossing(), .is_variable = {false, true}, .scenarios = {{}, {}}});
    PlanRequest plain = crossing();
    plain.strategy = Strategy::avalanche;
    const PayoffPlan plan = *plan_payoff(plain);
    EXPECT_EQ(find(choice, "avalanche").mean, plan.total_interest + plan.total_fees);
    EXPECT_EQ(find(choice, "avalanche").worst, plan.total_interest + plan.total_fees);
    EXPECT_EQ(choice.price, dollars(0));
    EXPECT_EQ(choice.scenarios, 2U);
}

TEST(Robust, CostsAreThoseOfPlansRunOneByOne) {
    const std::vector<RateScenario> scenarios{{{3, 0.02}, {12, 0.08}}, {{6, -0.03}}, {{1, 0.3}}};
    RobustRequest request{
        .plan = crossing(), .is_variable = {false, true}, .scenarios = scenarios, .tail = 0.3};
    const auto choice = *choose_robust(request);
    std::vector<std::int64_t> costs;
    for (const RateScenario& scenario : scenarios) {
        PlanRequest plan = crossing();
        for (const RateMove& move : scenario) {
            plan.debts[1].rate_path.push_back(
                {plan.start.plus_months(move.month),
                 rate(140'000'000 + static_cast<std::int64_t>(std::llround(move.change * 1e9)))});
        }
        const PayoffPlan made = *plan_payoff(plan);
        costs.push_back((made.total_interest + made.total_fees).minor());
    }
    const RobustCandidate& avalanche = find(choice, "avalanche");
    const std::int64_t worst = *std::max_element(costs.begin(), costs.end());
    EXPECT_EQ(avalanche.worst.minor(), worst);
    EXPECT_EQ(avalanche.tail.minor(), worst);  // The worst three tenths of three are one.
    request.tail = 0.5;                        // And the worst half of three are two.
    const std::int64_t best = *std::min_element(costs.begin(), costs.end());
    EXPECT_NEAR(static_cast<double>(find(*choose_robust(request), "avalanche").tail.minor()),
                static_cast<double>(costs[0] + costs[1] + costs[2] - best) / 2.0, 0.51);
    EXPECT_NEAR(static_cast<double>(avalanche.mean.minor()),
                static_cast<double>(costs[0] + costs[1] + costs[2]) / 3.0, 0.51);
}

TEST(Robust, ADebtThatDoesNotMoveKeepsItsRateAndOwnStepsStay) {
    PlanRequest plan = crossing();
    plan.debts[1].rate_path = {{Date::parse("2026-07-01").value(), rate(200'000'000)}};
    const auto fixed =
        *choose_robust({.plan = plan, .is_variable = {false, false}, .scenarios = {{{1, 0.5}}}});
    EXPECT_EQ(find(fixed, "avalanche").mean.minor(),
              (plan_payoff(plan)->total_interest + plan_payoff(plan)->total_fees).minor());
    const auto moving =
        *choose_robust({.plan = plan, .is_variable = {false, true}, .scenarios = {{{1, 0.01}}}});
    PlanRequest moved = plan;
    moved.debts[1].rate_path = {{Date::parse("2026-02-01").value(), rate(150'000'000)},
                                {Date::parse("2026-07-01").value(), rate(210'000'000)}};
    EXPECT_EQ(find(moving, "avalanche").mean.minor(), plan_payoff(moved)->total_interest.minor());
}

TEST(Robust, TheOrderThatForeseesIsTriedAndTheChoiceIsWeighed) {
    const auto choice = *choose_robust({.plan = crossing(),
                                        .is_variable = {false, true},
                                        .scenarios = {{{1, 0.1}}, {{1, -0.05}}}});
    EXPECT_EQ(find(choice, "order:1,0").name, "order:1,0");
    EXPECT_EQ(find(choice, "order:0,1").name, "order:0,1");
    EXPECT_GE(choice.price.minor(), 0);
    EXPECT_GE(choice.saved.minor(), 0);
    // Following the rates as they come is as good as either order in the scenario it suits.
    EXPECT_LE(find(choice, "avalanche").worst, find(choice, "order:0,1").worst);
}

TEST(Robust, AsManyScenariosAsItSays) {
    RobustRequest request{.plan = crossing(), .is_variable = {false, true}, .scenarios = {}};
    request.plan.time_limit_ms = 1;
    request.scenarios.assign(kScenariosMax, {{1, 0.01}});
    const auto most = choose_robust(request);
    ASSERT_TRUE(most.has_value());
    EXPECT_EQ(most->scenarios, kScenariosMax);
    request.scenarios.push_back({});
    EXPECT_EQ(choose_robust(request).error().place, "/scenarios");
}

TEST(Robust, LawsOnSeededHouseholds) {
    Random random(41);
    for (int i = 0; i < 40; ++i) {
        RobustRequest request{.plan = testing::HouseholdGenerator(random.next()).published(4),
                              .is_variable = {},
                              .scenarios = {},
                              .tail = 0.25};
        for (std::size_t k = 0; k < request.plan.debts.size(); ++k) {
            request.is_variable.push_back(random.chance(0.5));
        }
        for (int k = 0; k < 8; ++k) {
            request.scenarios.push_back(
                {{3, random.uniform() * 0.08 - 0.03}, {12, random.uniform() * 0.15 - 0.05}});
        }
        request.plan.time_limit_ms = 5;
        const auto choice = choose_robust(request);
        if (!choice.has_value()) {
            EXPECT_EQ(choice.error().code, ErrorCode::infeasible);
            continue;
        }
        const auto weigh = [](const RobustCandidate& one) {
            return 0.5 * static_cast<double>(one.mean.minor()) +
                   0.5 * static_cast<double>(one.tail.minor());
        };
        for (const RobustCandidate& one : choice->candidates) {
            EXPECT_LE(one.mean, one.tail) << i;
            EXPECT_LE(one.tail, one.worst) << i;
            EXPECT_LE(weigh(choice->candidates.front()), weigh(one) + 1.0) << i;
            EXPECT_GE(one.mean + choice->price, choice->candidates.front().mean) << i;
        }
        EXPECT_GE(choice->price.minor(), 0);
        EXPECT_GE(choice->saved + dollars(1), choice->price) << "caution that buys nothing";
    }
}

TEST(Robust, RefusesByPlace) {
    const auto place = [](RobustRequest request) { return choose_robust(request).error().place; };
    RobustRequest fine{.plan = crossing(), .is_variable = {false, true}, .scenarios = {{}}};
    RobustRequest wrong = fine;
    wrong.scenarios.clear();
    EXPECT_EQ(place(wrong), "/scenarios");
    wrong.scenarios.resize(1001);
    EXPECT_EQ(place(wrong), "/scenarios");
    wrong.scenarios = {{{3, 0.1}, {2, 0.1}}};
    EXPECT_EQ(place(wrong), "/scenarios");
    wrong.scenarios = {{{0, 0.1}}};
    EXPECT_EQ(place(wrong), "/scenarios");
    wrong = fine;
    wrong.is_variable = {true};
    EXPECT_EQ(place(wrong), "/is_variable");
    wrong = fine;
    wrong.tail = 1.5;
    EXPECT_EQ(place(wrong), "/tail");
    wrong = fine;
    wrong.plan.monthly_budget = dollars(1);
    EXPECT_EQ(choose_robust(wrong).error().code, ErrorCode::infeasible);
}

}  // namespace
}  // namespace atlas::finance::debt
