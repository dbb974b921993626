// SPDX-License-Identifier: Apache-2.0
// Goal: what a plan charges is its rate, by a law that knows nothing of the simulator: the
// actuarial annual percentage rate of Regulation Z, appendix J, solved from the plan's payments
// alone. Method: seeded single debts; with a fee each month the rate must come out above the
// contract's.
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/testing/random_household.hpp"
#include "finance/interest/apr.hpp"

namespace atlas::finance::debt {
namespace {

using testing::basis_points;
using testing::cents;

double actuarial_rate(const PayoffPlan& plan, money::Money advance) {
    interest::AprRequest request{.unit_periods_per_year = 12,
                                 .advances = {{.whole = 0, .fraction = 0, .amount = advance}},
                                 .payments = {}};
    for (const Installment& row : plan.schedule) {
        if (row.paid.minor() > 0) {
            request.payments.push_back({.whole = row.month, .fraction = 0, .amount = row.paid});
        }
    }
    return interest::apr(request).value().apr;
}

/// Half a cent a month, on the least that is owed on average, moves the rate by about as much.
double tolerance(const PayoffPlan& plan, money::Money advance) {
    return 12.0 * 0.5 * 2.0 / static_cast<double>(advance.minor()) * plan.months + 1e-9;
}

TEST(RegulationZ, APlansPaymentsHaveTheDebtsRate) {
    Random random(81);
    for (int i = 0; i < 400; ++i) {
        const auto points = random.between(1, 3'500);
        const money::Money balance = cents(random.between(100'000, 5'000'000));
        const PlanRequest request{
            .start = Date::parse("2026-12-01").value(),
            .monthly_budget = cents(balance.minor() * random.between(4, 60) / 100),
            .debts = {{.id = "d",
                       .balance = balance,
                       .apr = basis_points(points),
                       .minimum = {.fixed = cents(balance.minor() / 100)}}}};
        const PayoffPlan plan = plan_payoff(request).value();
        EXPECT_NEAR(actuarial_rate(plan, balance), static_cast<double>(points) * 1e-4,
                    tolerance(plan, balance))
            << "case " << i;
    }
}

TEST(RegulationZ, AMonthlyFeeIsPartOfTheRateAndADeferredChargeToo) {
    const money::Money balance = cents(500'000);
    PlanRequest request{.start = Date::parse("2026-12-01").value(),
                        .monthly_budget = cents(50'000),
                        .debts = {{.id = "d",
                                   .balance = balance,
                                   .apr = basis_points(1'200),
                                   .minimum = {.fixed = cents(5'000)}}}};
    request.debts[0].fee_monthly = cents(500);
    EXPECT_GT(actuarial_rate(plan_payoff(request).value(), balance), 0.13);
    // Deferred, and not cleared: the charge makes up for what was not charged, exactly.
    request.debts[0].fee_monthly = {};
    request.debts[0].promo =
        Promo{basis_points(0), Date::parse("2027-06-01").value(), PromoKind::deferred};
    const PayoffPlan deferred = plan_payoff(request).value();
    EXPECT_NEAR(actuarial_rate(deferred, balance), 0.12, 2e-4);
    // Cleared in time it costs nothing at all.
    request.monthly_budget = cents(100'000);
    EXPECT_NEAR(actuarial_rate(plan_payoff(request).value(), balance), 0.0, 1e-9);
}

/// Appendix J (c)(1)(i): an advance of 5000 and 24 payments of 230 a month are 9.69 %. The plan
/// that pays 230 a month on such a debt takes as long and costs as much.
TEST(RegulationZ, AppendixJsFirstExampleIsAPlan) {
    const PlanRequest request{.start = Date::parse("1978-01-10").value(),
                              .monthly_budget = cents(23'000),
                              .debts = {{.id = "d",
                                         .balance = cents(500'000),
                                         .apr = basis_points(969),
                                         .minimum = {.fixed = cents(23'000)}}}};
    const PayoffPlan plan = plan_payoff(request).value();
    // Two decimals of the rate are printed: 0.005 % of some 2,600 owed over two years is 0.26.
    EXPECT_NEAR(static_cast<double>(plan.total_paid.minor()), 24.0 * 23'000.0, 30.0);
    EXPECT_EQ(plan.debt_free_date > Date::parse("1979-12-31").value(), true);
    EXPECT_NEAR(actuarial_rate(plan, cents(500'000)), 0.0969, 5e-5);
}

}  // namespace
}  // namespace atlas::finance::debt
