// SPDX-License-Identifier: Apache-2.0
// Goal: a schedule exact to the cent. Method: printed payments; the level payment against the
// annuity formula in long double and against tvm; laws of the schedule on seeded random loans;
// every error.
#include "finance/interest/amortise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "finance/interest/tvm.hpp"
#include "money/interest.hpp"

namespace atlas::finance::interest {
namespace {

using money::AnnualRate;
using money::Money;

money::Currency usd() {
    return *money::Currency::parse("USD");
}

Money dollars(std::string_view text) {
    return *Money::parse(text, usd());
}

AmortiseRequest loan(std::string_view principal, std::string_view apr, int term) {
    return {dollars(principal), *AnnualRate::parse(apr), term, Money::zero(usd()), {}};
}

TEST(Amortise, AgreesWithPrintedPayments) {
    // Excel's PMT (10,000 at 8 % over 10 months), the HP-12C's mortgage, and a textbook's 200,000.
    EXPECT_EQ(amortise(loan("10000", "0.08", 10))->payment, dollars("1037.03"));
    EXPECT_EQ(amortise(loan("43400", "0.1425", 348))->payment, dollars("523.99"));
    EXPECT_EQ(amortise(loan("200000", "0.06", 360))->payment, dollars("1199.10"));
    EXPECT_EQ(amortise(loan("100000", "0.06", 360))->payment, dollars("599.55"));
}

TEST(Amortise, AgreesWithAScheduleByHand) {
    // 1000 at 12 % in 3 months: 340.02 a month (340.0221).
    const auto plan = amortise(loan("1000", "0.12", 3)).value();
    ASSERT_EQ(plan.schedule.size(), 3U);
    const char* interest[] = {"10.00", "6.70", "3.37"};
    const char* balance[] = {"669.98", "336.66", "0"};
    const char* payment[] = {"340.02", "340.02", "340.03"};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(plan.schedule[i].interest, dollars(interest[i]));
        EXPECT_EQ(plan.schedule[i].balance, dollars(balance[i]));
        EXPECT_EQ(plan.schedule[i].payment, dollars(payment[i]));
    }
    EXPECT_EQ(plan.total_interest, dollars("20.07"));
    EXPECT_EQ(plan.total_paid, dollars("1020.07"));
}

TEST(Amortise, LevelPaymentAgreesWithTheFormulaInLongDouble) {
    Random random(51);
    for (int round = 0; round < 1000; ++round) {
        const auto minor = random.between(1, 100'000'000);
        const auto rate = *AnnualRate::from_billionths(random.between(1, 2'000'000'000));
        const int term = static_cast<int>(random.between(1, 600));
        const long double r = static_cast<long double>(rate.billionths()) / 12e9L;
        const long double exact =
            static_cast<long double>(minor) * r / -std::expm1(-term * std::log1p(r));
        const auto level = level_payment(Money::from_minor(minor, usd()), rate, term);
        ASSERT_LE(std::fabs(static_cast<long double>(level.value().minor()) - exact), 0.5000001L)
            << "seed 51, round " << round;
        const auto solved =
            tvm({usd(), term, static_cast<double>(r), Money::from_minor(minor, usd()), std::nullopt,
                 Money::zero(usd()), PaymentTiming::end});
        ASSERT_NEAR(solved.value().value * 100, static_cast<double>(-exact), 1e-6)
            << "seed 51, round " << round;
    }
}

TEST(Amortise, RepaysThePrincipalExactly) {
    Random random(52);
    for (int round = 0; round < 1000; ++round) {
        const Money principal = Money::from_minor(random.between(1, 50'000'000), usd());
        const auto rate = *AnnualRate::from_billionths(random.between(0, 1'000'000'000));
        AmortiseRequest request{
            principal,
            rate,
            static_cast<int>(random.between(1, 480)),
            Money::from_minor(random.chance(0.5) ? 0 : random.between(0, 100'000), usd()),
            {}};
        if (random.chance(0.5)) {
            request.extras.push_back({static_cast<int>(random.between(1, request.term_months)),
                                      Money::from_minor(random.between(0, 9'000'000), usd())});
        }
        const auto plan = amortise(request).value();
        Money repaid = Money::zero(usd());
        Money interest = Money::zero(usd());
        Money before = principal;
        for (const auto& row : plan.schedule) {
            ASSERT_EQ(row.interest, monthly_interest(before, rate));
            ASSERT_EQ(row.balance, before + row.interest - row.payment - row.extra);
            ASSERT_EQ(row.principal, row.payment - row.interest);
            if (&row != &plan.schedule.back()) {
                ASSERT_EQ(row.payment, plan.payment) << "seed 52, round " << round;
            }
            repaid += row.principal + row.extra;
            interest += row.interest;
            before = row.balance;
        }
        ASSERT_TRUE(before.is_zero()) << "seed 52, round " << round;
        ASSERT_EQ(repaid, principal) << "seed 52, round " << round;
        ASSERT_EQ(interest, plan.total_interest);
        ASSERT_EQ(plan.total_paid, principal + interest);
        ASSERT_LE(plan.schedule.size(), static_cast<std::size_t>(request.term_months));
    }
}

TEST(Amortise, ExtrasShortenTheTerm) {
    auto request = loan("200000", "0.06", 360);
    const auto plain = amortise(request).value();
    request.extra_monthly = dollars("100");
    const auto faster = amortise(request).value();
    // 1299.10 a month: n = −ln(1 − 200000 × 0.005 / 1299.10) / ln 1.005 = 294.8.
    EXPECT_EQ(faster.schedule.size(), 295U);
    EXPECT_EQ(faster.payment, plain.payment);
    EXPECT_LT(faster.total_interest, plain.total_interest);
    request.extra_monthly = Money::zero(usd());
    request.extras = {{2, dollars("500000")}};
    const auto cleared = amortise(request).value();
    EXPECT_EQ(cleared.schedule.size(), 2U);
    EXPECT_EQ(
        cleared.schedule[1].extra + cleared.schedule[1].principal + cleared.schedule[0].principal,
        dollars("200000"));
}

TEST(Amortise, FreeCreditIsDividedEvenly) {
    const auto plan = amortise(loan("100", "0", 3)).value();
    EXPECT_EQ(plan.payment, dollars("33.33"));
    EXPECT_EQ(plan.schedule[2].payment, dollars("33.34"));
    EXPECT_TRUE(plan.total_interest.is_zero());
}

TEST(Amortise, RefusesWrongInput) {
    const auto place = [](const AmortiseRequest& request) {
        const auto plan = amortise(request);
        EXPECT_TRUE(plan || plan.error().code == ErrorCode::invalid_argument);
        return plan ? std::string("accepted") : plan.error().place;
    };
    EXPECT_EQ(place(loan("0", "0.06", 12)), "/principal");
    EXPECT_EQ(place(loan("-1", "0.06", 12)), "/principal");
    EXPECT_EQ(place(loan("10000000000000.01", "0.06", 12)), "/principal");
    EXPECT_EQ(place(loan("10000000000000", "10", 1200)), "accepted");
    EXPECT_EQ(place(loan("1000", "-0.01", 12)), "/apr");
    EXPECT_EQ(place(loan("1000", "0.06", 0)), "/term_months");
    EXPECT_EQ(place(loan("1000", "0.06", 1201)), "/term_months");
    auto request = loan("1000", "0.06", 12);
    request.extra_monthly = dollars("-1");
    EXPECT_EQ(place(request), "/extra_monthly");
    request.extra_monthly = *Money::parse("1", *money::Currency::parse("EUR"));
    EXPECT_EQ(place(request), "/extra_monthly");
    request.extra_monthly = dollars("0");
    request.extras = {{1, dollars("1")}, {13, dollars("1")}};
    EXPECT_EQ(place(request), "/extras/1/month");
    request.extras[1] = {0, dollars("1")};
    EXPECT_EQ(place(request), "/extras/1/month");
    request.extras[1] = {2, dollars("-1")};
    EXPECT_EQ(place(request), "/extras/1/amount");
}

}  // namespace
}  // namespace atlas::finance::interest
