// SPDX-License-Identifier: Apache-2.0
// Goal: the first month's minimum, which advice, ratios and offers are told by, is the one the
// simulator asks for. Method: each rule by hand; the first row of minimums-only runs on seeded
// households.
#include "finance/debt/problem.hpp"

#include <gtest/gtest.h>

#include "finance/debt/simulator.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt {
namespace {

using testing::basis_points;
using testing::cents;

std::int64_t first_minimum_of(const Debt& debt) {
    const auto problem = Problem::create(
        {.start = Date::create(2026, 12, 1).value(), .monthly_budget = cents(0), .debts = {debt}});
    return problem.value().loans.front().first_minimum();
}

/// 1,000.00 at 24 %: 20.00 of interest in the first month.
Debt card() {
    return {.id = "card",
            .balance = cents(100'000),
            .apr = basis_points(2'400),
            .minimum = {.fixed = cents(2'500)}};
}

TEST(FirstMinimum, IsThatOfItsRule) {
    Debt debt = card();
    EXPECT_EQ(first_minimum_of(debt), 2'500);
    // 3 % of 1,020.00 owed.
    debt.minimum.percent = basis_points(300);
    EXPECT_EQ(first_minimum_of(debt), 3'060);
    // A fee of 10.00 is owed too: 3 % of 1,030.00.
    debt.fee_monthly = cents(1'000);
    EXPECT_EQ(first_minimum_of(debt), 3'090);
    // And the interest on top.
    debt.minimum.interest = MinimumInterest::on_top;
    EXPECT_EQ(first_minimum_of(debt), 5'090);
    // In a promotion without interest: 3 % of 1,010.00.
    debt.promo = Promo{basis_points(0), Date::create(2027, 6, 1).value(), PromoKind::plain};
    EXPECT_EQ(first_minimum_of(debt), 3'030);
}

TEST(FirstMinimum, IsNeverMoreThanWhatIsOwed) {
    Debt debt = card();
    debt.minimum.fixed = cents(500'000);
    EXPECT_EQ(first_minimum_of(debt), 102'000);
    debt.fee_monthly = cents(100);
    EXPECT_EQ(first_minimum_of(debt), 102'100);
}

TEST(FirstMinimum, IsWhatARunOfMinimumsPaysFirst) {
    int seen = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        const PlanRequest request =
            testing::HouseholdGenerator(seed).make(testing::Kind::features, 6);
        const auto problem = Problem::create(request).value();
        std::vector<Row> rows;
        const auto nothing = [](const MonthView&, std::vector<Turn>& turns) { turns.clear(); };
        // A plan that never ends has a first month all the same.
        const auto run = simulate(problem, nothing, Spending::minimums_only, {.rows = &rows});
        EXPECT_TRUE(run.has_value() || run.error().code == ErrorCode::infeasible);
        for (const Row& row : rows) {
            const Loan& loan = problem.loans[row.loan];
            if (row.month == 1 && !loan.misses(1)) {
                EXPECT_EQ(row.paid, loan.first_minimum()) << row.loan;
                ++seen;
            }
        }
    }
    EXPECT_GT(seen, 500);
}

}  // namespace
}  // namespace atlas::finance::debt
