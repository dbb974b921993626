// SPDX-License-Identifier: Apache-2.0
// Goal: the gradient is how the bound moves, and climbing along it only raises what stays true.
// Method: small differences of the bound itself at seeded prices, with every way of deciding the
// promotions; plans of the branch, as in optimal_test.cpp; two households on which single stretches
// had stopped at 1.3 %.
#include "finance/debt/lower_bound.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt {
namespace {

using testing::HouseholdGenerator;
using testing::Kind;

std::vector<Deferral> any_branch(const Problem& problem, Random& random) {
    std::vector<Deferral> branch;
    for (std::size_t i = 0; i < problem.loans.size(); ++i) {
        const bool is_decided = problem.loans[i].is_deferred && problem.loans[i].promo_months > 0;
        branch.push_back(is_decided ? static_cast<Deferral>(random.below(3)) : Deferral::undecided);
    }
    return branch;
}

TEST(LowerBoundDeadlines, NeedTheBudgetsUpToThem) {
    // 1,000.00 a month for three months, and 3,000.00 or 3,000.01 to clear by then.
    const auto is_feasible = [](std::vector<std::int64_t> balances) {
        PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                            .monthly_budget = testing::cents(100'000),
                            .debts = {}};
        for (const std::int64_t balance : balances) {
            request.debts.push_back(
                {.id = std::string(1, static_cast<char>('a' + request.debts.size())),
                 .balance = testing::cents(balance),
                 .apr = testing::basis_points(2'400),
                 .minimum = {.fixed = testing::cents(100)},
                 .promo = Promo{testing::basis_points(0), Date::create(2027, 3, 1).value(),
                                PromoKind::deferred}});
        }
        const Problem problem = Problem::create(request).value();
        EXPECT_EQ(problem.loans.front().promo_months, 3);
        const std::vector<Deferral> cleared(balances.size(), Deferral::cleared);
        const std::vector<Deferral> kept(balances.size(), Deferral::kept);
        EXPECT_TRUE(LowerBound(problem, kept).is_feasible());
        return LowerBound(problem, cleared).is_feasible();
    };
    EXPECT_TRUE(is_feasible({300'000}));
    EXPECT_FALSE(is_feasible({300'001}));
    EXPECT_TRUE(is_feasible({200'000, 100'000}));
    EXPECT_FALSE(is_feasible({200'000, 100'001}));
    EXPECT_FALSE(is_feasible({100'001, 200'000}));
}

TEST(LowerBoundDeadlines, AnEarlierOneIsHeldAgainstItsOwnMonths) {
    // Two months of 1,000.00 for 2,500.00; the other has time. In either order.
    for (const std::size_t early : {std::size_t{0}, std::size_t{1}}) {
        PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                            .monthly_budget = testing::cents(100'000),
                            .debts = {}};
        for (std::size_t i = 0; i < 2; ++i) {
            request.debts.push_back(
                {.id = i == 0 ? "a" : "b",
                 .balance = testing::cents(i == early ? 250'000 : 10'000),
                 .apr = testing::basis_points(2'400),
                 .minimum = {.fixed = testing::cents(100)},
                 .promo = Promo{testing::basis_points(0),
                                Date::create(2027, i == early ? 2 : 8, 1).value(),
                                PromoKind::deferred}});
        }
        const Problem problem = Problem::create(request).value();
        const std::vector<Deferral> cleared(2, Deferral::cleared);
        EXPECT_FALSE(LowerBound(problem, cleared).is_feasible()) << early;
    }
}

TEST(LowerBoundGradient, IsHowTheBoundMoves) {
    int months = 0;
    int agreeing = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(seed);
        HouseholdGenerator generator(seed);
        const auto request =
            seed % 2 == 0 ? generator.published(4) : generator.make(Kind::features, 4);
        const Problem problem = Problem::create(request).value();
        Random random(seed);
        const LowerBound bound(problem, any_branch(problem, random));
        std::vector<double> prices;
        double price = 1.0;
        for (int month = 0; month < 40; ++month) {
            price *= 1.0 + 0.03 * random.uniform();
            prices.insert(prices.begin(), price);
        }
        const std::vector<double> slopes = bound.gradient(prices);
        ASSERT_EQ(slopes.size(), prices.size());
        for (std::size_t t = 0; t < prices.size(); ++t) {
            constexpr double kStep = 1e-6;
            std::vector<double> more = prices;
            std::vector<double> less = prices;
            more[t] += kStep;
            less[t] -= kStep;
            const double moved = (bound.cost_bound(more) - bound.cost_bound(less)) / (2.0 * kStep);
            const double scale = static_cast<double>(problem.budget(static_cast<int>(t) + 1)) + 1e3;
            ++months;
            agreeing += std::abs(moved - slopes[t]) < 1e-3 * scale ? 1 : 0;
        }
    }
    // Where a choice turns within the step there is no one slope.
    EXPECT_GT(agreeing, months * 99 / 100) << months;
}

TEST(LowerBoundGradient, CountsTheLateFeeOfAMissedMonth) {
    const PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                              .monthly_budget = testing::cents(60'000),
                              .debts = {{.id = "a",
                                         .balance = testing::cents(500'000),
                                         .apr = testing::basis_points(2'000),
                                         .minimum = {.fixed = testing::cents(10'000)},
                                         .late_fee = testing::cents(4'000),
                                         .missed_months = {3}}}};
    const Problem problem = Problem::create(request).value();
    const LowerBound bound(problem, std::vector{Deferral::undecided});
    // Money now is dear, so the debt is kept through the missed month.
    std::vector<double> prices;
    for (int month = 1; month <= 12; ++month) {
        prices.push_back(2.0 - 0.08 * month);
    }
    const std::vector<double> slopes = bound.gradient(prices);
    for (std::size_t t = 0; t < prices.size(); ++t) {
        std::vector<double> more = prices;
        more[t] += 1e-6;
        EXPECT_NEAR((bound.cost_bound(more) - bound.cost_bound(prices)) / 1e-6, slopes[t], 10.0)
            << "month " << t + 1;
    }
}

TEST(LowerBoundGradient, ClimbingRaisesTheBoundAndKeepsItBelowThePlan) {
    double raised = 0.0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(seed);
        HouseholdGenerator generator(seed);
        const auto request =
            seed % 2 == 0 ? generator.published(4) : generator.make(Kind::features, 4);
        const Problem problem = Problem::create(request).value();
        std::vector<std::int32_t> marginal;
        const auto outcome =
            simulate(problem, avalanche(), Spending::whole_budget, Record{.marginal = &marginal});
        if (!outcome.has_value()) {
            continue;
        }
        std::vector<Deferral> branch;
        for (std::size_t i = 0; i < problem.loans.size(); ++i) {
            const Loan& loan = problem.loans[i];
            branch.push_back(!loan.is_deferred ? Deferral::undecided
                             : outcome->loans[i].closed_month <= loan.promo_months
                                 ? Deferral::cleared
                                 : Deferral::kept);
        }
        const LowerBound bound(problem, branch);
        std::vector<double> prices = bound.prices_of(marginal);
        const double before = bound.cost_bound(prices);
        const double cost = static_cast<double>(outcome->cost());
        const double after = bound.climb(prices, cost, 150);
        EXPECT_GE(after, before);
        EXPECT_EQ(after, bound.cost_bound(prices));
        EXPECT_LE(after, cost + 1e-6);
        EXPECT_GE(*std::ranges::min_element(prices), 1.0);
        raised += after > before + 1.0 ? 1.0 : 0.0;
        std::vector<double> none = prices;
        EXPECT_EQ(bound.climb(none, cost, 0), after);
        EXPECT_EQ(none, prices);
    }
    EXPECT_GT(raised, 50.0);
}

TEST(LowerBoundGradient, RaisesTheAnswersBoundWhereSingleStretchesStop) {
    for (const std::uint64_t seed : {37U, 184U}) {
        const auto request = HouseholdGenerator(seed).published(4);
        const Problem problem = Problem::create(request).value();
        const auto plan = find_optimal(problem, Objective::cost, 1000).value();
        EXPECT_LT(plan.gap, 0.003) << seed;
    }
}

}  // namespace
}  // namespace atlas::finance::debt
