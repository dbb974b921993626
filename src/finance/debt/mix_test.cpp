// SPDX-License-Identifier: Apache-2.0
// Goal: objective `mix` makes least what it says, and its bound is true. Method: a trade worked out
// by hand, the limits (no weights are the cost, huge ones the date and the strain), and laws on
// seeded households against every rule, every order, random rankings and the single objectives.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "finance/debt/goal.hpp"
#include "finance/debt/optimal.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/strain_bound.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt {
namespace {

using testing::cents;
using testing::HouseholdGenerator;
using testing::Kind;

constexpr int kTimeLimitMs = 20;
constexpr int kHouseholds = 80;

/// Households whose budget falls after a while: then a later month may be the worst.
PlanRequest household(std::uint64_t seed, int debts_max) {
    auto request = HouseholdGenerator(seed).make(static_cast<Kind>(seed % 3), debts_max);
    if (seed % 2 == 0) {
        request.budget_path = {{request.start.plus_months(3), request.monthly_budget}};
        request.monthly_budget += request.monthly_budget;
    }
    request.strategy = Strategy::optimal;
    request.time_limit_ms = kTimeLimitMs;
    return request;
}

Mix weights(std::int64_t month, std::int64_t strain) {
    return {.month = cents(month), .strain = cents(strain)};
}

/// From the plan's printed figures, in floating point: shares nothing with Goal::value_of.
double value_again(const PlanRequest& request, const PayoffPlan& plan) {
    return static_cast<double>(plan.total_interest.minor() + plan.total_fees.minor()) +
           static_cast<double>(request.mix->month.minor()) * plan.months +
           static_cast<double>(request.mix->strain.minor()) * plan.strain_worst * 100.0;
}

/// 100.00 without interest and 400.00 at 1 % a month, minimums of 30.00 each; 230.00 in month 1
/// and 100.00 in each later one.
PlanRequest two_loans() {
    PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                        .monthly_budget = cents(23'000),
                        .debts = {},
                        .strategy = Strategy::optimal,
                        .budget_path = {{Date::create(2027, 1, 1).value(), cents(10'000)}},
                        .objective = Objective::mix};
    request.debts.push_back({.id = "small",
                             .balance = cents(10'000),
                             .apr = testing::basis_points(0),
                             .minimum = {.fixed = cents(3'000)}});
    request.debts.push_back({.id = "card",
                             .balance = cents(40'000),
                             .apr = testing::basis_points(1'200),
                             .minimum = {.fixed = cents(3'000)}});
    return request;
}

TEST(OptimalMix, TradesInterestForStrainWhereThatIsWorthIt) {
    // Card first: 4.00 + 2.04 + 1.36 + .67 = 8.07, and minimums of 60.00 of 100.00 in month 2.
    // Small first: 4.00 + 2.74 + 1.77 + .79 = 9.30, and 30.00 of 100.00. So 30 points cost 1.23.
    auto request = two_loans();
    request.mix = weights(0, 4);
    const auto cheap = plan_payoff(request).value();
    EXPECT_EQ(cheap.total_interest, cents(807));
    EXPECT_DOUBLE_EQ(cheap.strain_worst, 0.6);
    EXPECT_EQ(cheap.optimality->mix_value, cents(807 + 60 * 4));
    request.mix = weights(1'000, 5);
    const auto calm = plan_payoff(request).value();
    EXPECT_EQ(calm.total_interest, cents(930));
    EXPECT_DOUBLE_EQ(calm.strain_worst, 0.3);
    EXPECT_EQ(calm.months, 4);
    EXPECT_EQ(calm.optimality->mix_value, cents(930 + 4 * 1'000 + 30 * 5));
    // 530.00 cannot be paid in fewer months: the bound lacks at most the interest and the strain.
    EXPECT_EQ(calm.optimality->months_bound, 4);
    EXPECT_GE(calm.optimality->mix_bound, cents(807 + 4 * 1'000));
    EXPECT_LE(calm.optimality->mix_bound, calm.optimality->mix_value);
}

/// 100.00 at 1 % a month and 100.00 from a friend who is away in month 2; 101.00 a month. What is
/// left of month 2 once the card is paid is not carried over.
PlanRequest card_and_friend() {
    PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                        .monthly_budget = cents(10'100),
                        .debts = {},
                        .strategy = Strategy::optimal,
                        .objective = Objective::mix};
    for (const std::string_view id : {"card", "friend"}) {
        request.debts.push_back({.id = std::string(id),
                                 .balance = cents(10'000),
                                 .apr = testing::basis_points(id == "card" ? 1'200 : 0),
                                 .minimum = {.fixed = cents(0)}});
    }
    request.debts[1].missed_months = {2};
    return request;
}

TEST(OptimalMix, TradesInterestForAMonthWhereThatIsWorthIt) {
    // Card first: 1.00, and the friend waits until month 3. Friend first, the card gets 1.00 and is
    // 100.00: 1.00 once more, and month 2 is the last. So the month costs 1.00.
    auto request = card_and_friend();
    request.mix = weights(99, 0);
    const auto cheap = plan_payoff(request).value();
    EXPECT_EQ(cheap.months, 3);
    EXPECT_EQ(cheap.optimality->mix_value, cents(100 + 3 * 99));
    request.mix = weights(101, 0);
    const auto soon = plan_payoff(request).value();
    EXPECT_EQ(soon.months, 2);
    EXPECT_EQ(soon.total_interest, cents(200));
    EXPECT_EQ(soon.optimality->mix_value, cents(200 + 2 * 101));
    request.mix = weights(kAmountMinorMax, 0);
    EXPECT_EQ(plan_payoff(request)->months, 2);
}

TEST(OptimalMix, StrainIsWorthAWholeMinorUnitHalfToEven) {
    const Problem problem = Problem::create(two_loans()).value();
    const Goal goal{.objective = Objective::mix, .month = 0, .strain = 1};
    // Of 100.00 in month 2: 2.50, 3.50 and 3.51 percentage points.
    EXPECT_EQ(goal.worth_of(250, problem, 2), 2);
    EXPECT_EQ(goal.worth_of(350, problem, 2), 4);
    EXPECT_EQ(goal.worth_of(351, problem, 2), 4);
    EXPECT_EQ(goal.worth_of(0, problem, 0), 0);
    const Goal dear{.objective = Objective::mix, .month = 0, .strain = kAmountMinorMax};
    EXPECT_EQ(dear.worth_of(10'000, problem, 2), 100 * kAmountMinorMax);
}

TEST(OptimalMix, WithoutWeightsIsTheCost) {
    int solved = 0;
    for (std::uint64_t seed = 1; seed <= kHouseholds; ++seed) {
        SCOPED_TRACE(seed);
        auto request = household(seed, 6);
        const auto cost = plan_payoff(request);
        request.objective = Objective::mix;
        request.mix = weights(0, 0);
        const auto mix = plan_payoff(request);
        ASSERT_EQ(mix.has_value(), cost.has_value());
        if (!cost.has_value()) {
            EXPECT_EQ(mix.error().message, cost.error().message);
            continue;
        }
        ++solved;
        ASSERT_EQ(mix->schedule.size(), cost->schedule.size());
        for (std::size_t i = 0; i < cost->schedule.size(); ++i) {
            ASSERT_EQ(mix->schedule[i].paid, cost->schedule[i].paid);
        }
        EXPECT_EQ(mix->optimality->cost_bound, cost->optimality->cost_bound);
        EXPECT_EQ(mix->optimality->mix_bound, cost->optimality->cost_bound);
        EXPECT_EQ(mix->optimality->mix_value, cost->total_interest + cost->total_fees);
        EXPECT_EQ(mix->optimality->gap, cost->optimality->gap);
        EXPECT_EQ(mix->optimality->is_proven, cost->optimality->is_proven);
        EXPECT_FALSE(mix->optimality->months_bound.has_value());
        EXPECT_FALSE(mix->optimality->strain_bound.has_value());
    }
    EXPECT_GT(solved, kHouseholds / 2);
}

TEST(OptimalMix, ReachesWhatEachObjectiveReachesAlone) {
    int earlier = 0;
    int calmer = 0;
    for (std::uint64_t seed = 1; seed <= kHouseholds / 2; ++seed) {
        SCOPED_TRACE(seed);
        auto request = household(seed, 4);
        const auto made = Problem::create(request);
        if (!made.has_value()) {
            continue;
        }
        const auto cost = find_optimal(*made, Objective::cost, kTimeLimitMs);
        if (!cost.has_value()) {
            continue;
        }
        const auto date = find_optimal(*made, Objective::date, kTimeLimitMs).value();
        const Goal soon{.objective = Objective::mix, .month = kAmountMinorMax};
        const auto first = find_optimal(*made, soon, kTimeLimitMs).value();
        EXPECT_LE(first.outcome.months, date.outcome.months);
        EXPECT_FALSE(first.strain_bound.has_value());
        earlier += first.outcome.months < cost->outcome.months ? 1 : 0;
        const auto strain = find_optimal(*made, Objective::strain, kTimeLimitMs).value();
        const Goal calm{.objective = Objective::mix, .strain = kAmountMinorMax};
        const auto least = find_optimal(*made, calm, kTimeLimitMs).value();
        EXPECT_LE(least.outcome.strain_worst, strain.outcome.strain_worst);
        EXPECT_FALSE(least.months_bound.has_value());
        calmer += least.outcome.strain_worst < cost->outcome.strain_worst ? 1 : 0;
        const Goal between{.objective = Objective::mix, .month = 5'000, .strain = 200};
        const auto mix = find_optimal(*made, between, kTimeLimitMs).value();
        for (const OptimalPlan* single : {&*cost, &date, &strain}) {
            EXPECT_LE(*mix.mix_value, between.value_of(*made, single->outcome));
        }
    }
    std::printf("mix: %d earlier, %d calmer than the cheapest\n", earlier, calmer);
    EXPECT_GT(calmer, 3);
}

/// A new ranking each month.
Policy restless(std::uint64_t seed) {
    return [random = Random(seed)](const MonthView&, std::vector<Turn>& turns) mutable {
        for (std::size_t i = turns.size(); i > 1; --i) {
            std::swap(turns[i - 1], turns[random.below(i)]);
        }
    };
}

std::optional<std::int64_t> value_by(const Problem& problem, const Goal& goal,
                                     const Policy& policy) {
    const auto outcome = simulate(problem, policy, Spending::whole_budget);
    return outcome.has_value() ? std::optional(goal.value_of(problem, *outcome)) : std::nullopt;
}

TEST(OptimalMix, IsNoWorseThanAnyRuleAndItsBoundIsBelowEveryPlan) {
    int solved = 0;
    int near = 0;
    int better = 0;
    for (std::uint64_t seed = 1; seed <= kHouseholds; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto request = household(seed, 3);
        const auto made = Problem::create(request);
        if (!made.has_value()) {
            continue;
        }
        const Problem& problem = *made;
        const Goal goal{.objective = Objective::mix,
                        .month = random.between(0, 20'000),
                        .strain = random.between(0, 2'000)};
        const auto plan = find_optimal(problem, goal, kTimeLimitMs);
        if (!plan.has_value()) {
            continue;
        }
        ++solved;
        const std::int64_t value = *plan->mix_value;
        EXPECT_EQ(value, goal.value_of(problem, plan->outcome));
        EXPECT_EQ(value_by(problem, goal, plan->policy), value);
        ASSERT_LE(*plan->mix_bound, value);
        EXPECT_GE(*plan->mix_bound, *plan->cost_bound);
        EXPECT_NEAR(plan->gap * static_cast<double>(value),
                    static_cast<double>(value - *plan->mix_bound), 1e-6);
        near += plan->gap <= 0.01 ? 1 : 0;
        for (const Policy& rule :
             {avalanche(), snowball(), hybrid(kWeightUnit / 4), hybrid(kWeightUnit / 2),
              hybrid(kWeightUnit / 4 * 3), cash_flow_index(), utilisation_first()}) {
            EXPECT_LE(value, value_by(problem, goal, rule).value_or(value));
        }
        std::vector<std::uint16_t> order(problem.loans.size());
        std::iota(order.begin(), order.end(), std::uint16_t{0});
        do {
            const auto other = value_by(problem, goal, fixed_order(order));
            ASSERT_LE(*plan->mix_bound, other.value_or(value));
        } while (std::ranges::next_permutation(order).found);
        for (std::uint64_t i = 0; i < 20; ++i) {
            const auto other = value_by(problem, goal, restless(seed * 1000 + i));
            ASSERT_LE(*plan->mix_bound, other.value_or(value));
        }
        const auto cheapest = find_optimal(problem, Objective::cost, kTimeLimitMs).value();
        const std::int64_t its_value = goal.value_of(problem, cheapest.outcome);
        EXPECT_LE(value, its_value);
        better += value < its_value ? 1 : 0;
    }
    std::printf("mix: %d of %d within 1 %%, %d better than the cheapest\n", near, solved, better);
    EXPECT_GT(solved, kHouseholds / 2);
    EXPECT_GT(near * 10, solved * 7);
    EXPECT_GT(better, 2);
}

TEST(OptimalMix, PrintsTheValueOfItsOwnFigures) {
    int solved = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        auto request = household(seed, 5);
        request.objective = Objective::mix;
        request.mix = weights(static_cast<std::int64_t>(seed * 37), static_cast<int>(seed * 11));
        const auto plan = plan_payoff(request);
        if (!plan.has_value()) {
            continue;
        }
        ++solved;
        const Optimality& optimality = *plan->optimality;
        EXPECT_NEAR(static_cast<double>(optimality.mix_value->minor()), value_again(request, *plan),
                    0.501);
        const double parts =
            static_cast<double>(optimality.cost_bound->minor()) +
            static_cast<double>(request.mix->month.minor()) * *optimality.months_bound +
            static_cast<double>(request.mix->strain.minor()) * *optimality.strain_bound * 100.0;
        EXPECT_NEAR(static_cast<double>(optimality.mix_bound->minor()), parts, 0.501);
    }
    EXPECT_GT(solved, 30);
}

TEST(OptimalMix, KeepsToTheEffortOfOneSearch) {
    constexpr int kLimitMs = 10;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        const auto request = HouseholdGenerator(seed).published(12);
        const Problem problem = Problem::create(request).value();
        const Goal goal{.objective = Objective::mix, .month = 5'000, .strain = 200};
        const auto plan = find_optimal(problem, goal, kLimitMs).value();
        EXPECT_LE(plan.loan_months * 10, 11 * kLimitMs * kLoanMonthsPerMs);
    }
}

TEST(OptimalMix, LeastMinimumsAreThoseOfTheStrainBound) {
    const Problem problem = Problem::create(two_loans()).value();
    EXPECT_EQ(minimums_bound(problem, 1), 6'000);
    // Only the small one can be closed in month 1.
    EXPECT_LE(minimums_bound(problem, 2), 3'000);
    EXPECT_GE(minimums_bound(problem, 2), 2'980);
}

TEST(PlanMix, RefusesWhatItsWeightsCannotBe) {
    const auto refused_at = [](const PlanRequest& request) {
        const auto plan = plan_payoff(request);
        EXPECT_EQ(plan.error().code, ErrorCode::invalid_argument);
        return plan.error().place;
    };
    auto request = two_loans();
    EXPECT_EQ(refused_at(request), "/mix");
    request.mix = weights(-1, 0);
    EXPECT_EQ(refused_at(request), "/mix/month");
    request.mix = weights(0, -1);
    EXPECT_EQ(refused_at(request), "/mix/strain");
    request.mix = weights(kAmountMinorMax + 1, 0);
    EXPECT_EQ(refused_at(request), "/mix/month");
    request.mix = weights(0, kAmountMinorMax + 1);
    EXPECT_EQ(refused_at(request), "/mix/strain");
    request.mix = weights(1, 1);
    request.mix->strain = money::Money::zero(money::Currency::parse("EUR").value());
    EXPECT_EQ(refused_at(request), "/mix/strain");
    request.mix = weights(1, 1);
    for (const Objective other : {Objective::cost, Objective::date, Objective::strain}) {
        request.objective = other;
        EXPECT_EQ(refused_at(request), "/mix");
    }
    request.objective = Objective::mix;
    request.strategy = Strategy::avalanche;  // Weighs nothing, but is read.
    EXPECT_TRUE(plan_payoff(request).has_value());
    request.mix.reset();
    EXPECT_EQ(refused_at(request), "/mix");
}

TEST(PlanMix, PlansAtTheLargestWeights) {
    auto request = two_loans();
    request.mix = weights(kAmountMinorMax, kAmountMinorMax);
    const auto plan = plan_payoff(request).value();
    EXPECT_EQ(plan.optimality->mix_value, cents(930 + 34 * kAmountMinorMax));
}

}  // namespace
}  // namespace atlas::finance::debt
