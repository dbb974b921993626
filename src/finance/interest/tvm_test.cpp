// SPDX-License-Identifier: Apache-2.0
// Goal: tvm gives what the HP-12C and Excel print, finds hard rates, and refuses what has no
// answer. Method: printed examples; the equation summed period by period and bisected in long
// double; round trips on seeded random loans; every error.
#include "finance/interest/tvm.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"

namespace atlas::finance::interest {
namespace {

using money::Currency;
using money::Money;

Currency usd() {
    return *Currency::parse("USD");
}

Money dollars(std::string_view text) {
    return *Money::parse(text, usd());
}

struct Inputs {
    std::optional<double> n;
    std::optional<double> rate;
    const char* pv;
    const char* pmt;
    const char* fv;
    PaymentTiming when = PaymentTiming::end;
};

TvmRequest request(const Inputs& in) {
    const auto read = [](const char* text) {
        return text == nullptr ? std::nullopt : std::optional(dollars(text));
    };
    return {usd(), in.n, in.rate, read(in.pv), read(in.pmt), read(in.fv), in.when};
}

struct Printed {
    Inputs in;
    double value;
    double half_last_digit;
};

void expect_printed(const Printed& printed) {
    const auto answer = tvm(request(printed.in));
    ASSERT_TRUE(answer.has_value()) << to_string(answer.error());
    EXPECT_NEAR(answer->value, printed.value, printed.half_last_digit);
}

constexpr auto kBegin = PaymentTiming::begin;

TEST(Tvm, AgreesWithTheHp12cHandbook) {
    const Printed examples[] = {
        {{32, {}, "-6000", "0", "10000"}, 0.0161, 5e-5},
        {{48, 0.15 / 12, nullptr, "-150", "0"}, 5389.72, 5e-3},
        {{29 * 12, 0.1425 / 12, "43400", nullptr, "0"}, -523.99, 5e-3},
        {{60, 0.1425 / 12, "43400", "-523.99", nullptr}, -42652.37, 5e-3},
        {{24, 0.0625 / 12, "0", "-50", nullptr, kBegin}, 1281.34, 5e-3},
    };
    for (const Printed& example : examples) {
        expect_printed(example);
    }
    // The handbook rounds the number of payments up to 328; Excel's fraction is ours.
    const auto n = tvm(request({{}, 0.105 / 12, "35000", "-325", "0"}));
    EXPECT_EQ(std::ceil(n.value().value), 328);
}

TEST(Tvm, AgreesWithExcelsDocumentation) {
    const Printed examples[] = {
        {{10, 0.08 / 12, "10000", nullptr, "0"}, -1037.03, 5e-3},
        {{10, 0.08 / 12, "10000", nullptr, "0", kBegin}, -1030.16, 5e-3},
        {{18 * 12, 0.06 / 12, "0", nullptr, "50000"}, -129.08, 5e-3},
        {{10, 0.06 / 12, "-500", "-200", nullptr, kBegin}, 2581.40, 5e-3},
        {{12, 0.12 / 12, "0", "-1000", nullptr}, 12682.50, 5e-3},
        {{35, 0.11 / 12, "0", "-2000", nullptr, kBegin}, 82846.25, 5e-3},
        {{12, 0.06 / 12, "-1000", "-100", nullptr, kBegin}, 2301.40, 5e-3},
        {{240, 0.08 / 12, nullptr, "500", "0"}, -59777.15, 5e-3},
        {{48, {}, "8000", "-200", "0"}, 0.007701472, 5e-10},
        {{{}, 0.01, "-1000", "-100", "10000", kBegin}, 59.6738657, 5e-8},
        {{{}, 0.01, "-1000", "-100", "10000"}, 60.0821229, 5e-8},
    };
    for (const Printed& example : examples) {
        expect_printed(example);
    }
}

TEST(Tvm, RoundsAnAmountToTheCurrency) {
    const auto answer = tvm(request({10, 0.08 / 12, "10000", nullptr, "0"}));
    EXPECT_EQ(answer.value().amount, dollars("-1037.03"));
    EXPECT_EQ(answer->unknown, TvmUnknown::pmt);
    EXPECT_EQ(tvm(request({1, 0.0, "0.05", nullptr, "-0.00"}))->amount, dollars("-0.05"));
    EXPECT_EQ(tvm(request({2, 0.0, "0.05", nullptr, "0"}))->amount, dollars("-0.02"));  // Even.
    EXPECT_EQ(tvm(request({2, 0.0, "0.07", nullptr, "0"}))->amount, dollars("-0.04"));
}

/// The equation as a sum over periods, independent of the annuity formula.
long double summed(const TvmRequest& r, long double rate) {
    const auto number = [](Money amount) { return static_cast<long double>(amount.minor()) / 100; };
    const long double payment = number(*r.pmt);
    long double sum = number(*r.pv);
    long double discount = 1;
    const int n = static_cast<int>(*r.n);
    for (int k = 1; k <= n; ++k) {
        sum += r.when == kBegin ? payment * discount : 0;
        discount /= 1 + rate;
        sum += r.when == kBegin ? 0 : payment * discount;
    }
    return sum + number(*r.fv) * discount;
}

TEST(Tvm, RateAgreesWithBisectionOfTheSum) {
    Random random(31);
    for (int round = 0; round < 2000; ++round) {
        const int n = static_cast<int>(random.between(1, 480));
        const std::int64_t pv = random.between(1'000, 100'000'000);
        TvmRequest r{usd(),
                     n,
                     std::nullopt,
                     Money::from_minor(pv, usd()),
                     Money::from_minor(-random.between(1, 3 * pv / n + 1), usd()),
                     Money::from_minor(-random.between(0, pv), usd()),
                     random.chance(0.5) ? kBegin : PaymentTiming::end};
        if (r.when == kBegin && *r.pv + *r.pmt <= Money::zero(usd())) {
            continue;  // Nothing is lent.
        }
        long double low = -0.999L;
        long double high = 1e5L;
        if (!(summed(r, low) < 0 && summed(r, high) > 0)) {
            continue;
        }
        for (int step = 0; step < 200; ++step) {
            const long double middle = (low + high) / 2;
            (summed(r, middle) < 0 ? low : high) = middle;
        }
        const auto answer = tvm(r);
        ASSERT_TRUE(answer.has_value()) << "seed 31, round " << round;
        ASSERT_NEAR(answer->value, static_cast<double>(low), 1e-12 * (1 + std::fabs(answer->value)))
            << "seed 31, round " << round;
        ASSERT_FALSE(answer->other_rate.has_value());
    }
}

TEST(Tvm, EachUnknownIsRecoveredFromTheOthers) {
    Random random(32);
    for (int round = 0; round < 2000; ++round) {
        TvmRequest r{usd(),
                     static_cast<double>(random.between(1, 600)),
                     random.uniform() * 0.1 - (random.chance(0.2) ? 0.05 : 0.0),
                     Money::from_minor(random.between(100'000, 50'000'000), usd()),
                     Money::from_minor(-random.between(100, 1'000'000), usd()),
                     std::nullopt,
                     random.chance(0.5) ? kBegin : PaymentTiming::end};
        const auto fv = tvm(r);
        if (!fv) {
            ASSERT_EQ(fv.error().code, ErrorCode::infeasible);
            continue;
        }
        r.fv = fv->amount;
        // Half a cent of the future value, seen from today, is all that rounding may cost.
        const double slack = 0.005 * std::max(1.0, std::pow(1 + *r.rate, -*r.n)) + 1e-9;
        const auto without = [&](auto TvmRequest::*field) {
            TvmRequest open = r;
            (open.*field).reset();
            return tvm(open);
        };
        ASSERT_NEAR(without(&TvmRequest::pv)->value, static_cast<double>(r.pv->minor()) / 100,
                    slack + 1e-9 * static_cast<double>(r.pv->minor()))
            << "seed 32, round " << round;
        ASSERT_NEAR(without(&TvmRequest::pmt)->value, static_cast<double>(r.pmt->minor()) / 100,
                    slack + 1e-9 * static_cast<double>(r.pv->minor()))
            << "seed 32, round " << round;
    }
}

TEST(Tvm, PeriodsAndRateAreRecovered) {
    Random random(33);
    for (int round = 0; round < 2000; ++round) {
        const double n = 1 + random.uniform() * 400;
        const double rate = random.uniform() * 0.03;
        TvmRequest r{usd(),
                     n,
                     rate,
                     Money::from_minor(random.between(10'000'000, 90'000'000), usd()),
                     std::nullopt,
                     Money::zero(usd()),
                     random.chance(0.5) ? kBegin : PaymentTiming::end};
        r.pmt = tvm(r).value().amount;
        // What is found must give the present value back; how far it lies from the number drawn
        // depends on how much the rounded payment says about it.
        const auto present_value = [&](double periods, double per_period) {
            TvmRequest open = r;
            open.n = periods;
            open.rate = per_period;
            open.pv.reset();
            return tvm(open).value().value;
        };
        const double pv = static_cast<double>(r.pv->minor()) / 100;
        r.n.reset();
        const double found_n = tvm(r).value().value;
        ASSERT_NEAR(present_value(found_n, rate), pv, 1e-8 * pv) << "seed 33, round " << round;
        ASSERT_NEAR(found_n, n, 0.01 * n) << "seed 33, round " << round;
        r.n = n;
        r.rate.reset();
        const double found_rate = tvm(r).value().value;
        ASSERT_NEAR(present_value(n, found_rate), pv, 1e-8 * pv) << "seed 33, round " << round;
        ASSERT_NEAR(found_rate, rate, 1e-5) << "seed 33, round " << round;
    }
}

TEST(Tvm, FindsHardRates) {
    // Zero, loss of nearly everything, 12,900 % a period, and a single period.
    EXPECT_NEAR(tvm(request({100, {}, "1000", "-10", "0"})).value().value, 0.0, 1e-15);
    EXPECT_NEAR(tvm(request({1, {}, "-1000", "0", "1"})).value().value, -0.999, 1e-12);
    EXPECT_NEAR(tvm(request({1, {}, "1", "0", "-130"})).value().value, 129, 1e-9);
    EXPECT_NEAR(tvm(request({100'000, {}, "-1", "0", "2"})).value().value,
                std::expm1(std::log(2.0) / 100'000), 1e-18);
    EXPECT_NEAR(tvm(request({360, {}, "1000000", "-0.01", "-1000000"})).value().value, 1e-8, 1e-12);
}

TEST(Tvm, NamesTheSecondRate) {
    // 1000 now, −2150 after one period, +1155 after two: (1.05 × 1.1 = 1.155, 1.05 + 1.1 = 2.15).
    const auto answer = tvm(request({2, {}, "1000", "-2150", "3305"}));
    ASSERT_TRUE(answer.has_value()) << to_string(answer.error());
    EXPECT_NEAR(answer->value, 0.05, 1e-12);
    ASSERT_TRUE(answer->other_rate.has_value());
    EXPECT_NEAR(*answer->other_rate, 0.10, 1e-12);
    // The same at the start of each period: −1150, then … is one change; both signs mirrored too.
    const auto mirrored = tvm(request({2, {}, "-1000", "2150", "-3305"}));
    EXPECT_NEAR(mirrored->value, 0.05, 1e-12);
    EXPECT_NEAR(mirrored->other_rate.value(), 0.10, 1e-12);
}

TEST(Tvm, RefusesWhatHasNoAnswer) {
    const Inputs infeasible_inputs[] = {
        {12, {}, "1000", "100", "0"},      // Nobody pays.
        {2, {}, "1000", "-1900", "3000"},  // 1000, −1900, +1100: never zero.
        {{}, 0.01, "1000", "-5", "0"},     // Less than the interest.
        {{}, 0.0, "1000", "0", "0"},
        {{}, 0.01, "-1000", "-100", "0"},  // Excel: −9.58 periods. We do not go back in time.
        {100'000, 0.5, "1000", "0", nullptr},
    };
    for (const Inputs& in : infeasible_inputs) {
        const auto answer = tvm(request(in));
        ASSERT_FALSE(answer.has_value()) << answer->value;
        EXPECT_EQ(answer.error().code, ErrorCode::infeasible);
    }
}

TEST(Tvm, RefusesWrongInput) {
    const Inputs wrong[] = {
        {12, 0.01, "1000", "-90", "0"},           {{}, {}, "1000", "-90", "0"},
        {0, 0.01, "1000", nullptr, "0"},          {-1, 0.01, "1000", nullptr, "0"},
        {100'001, 0.01, "1000", nullptr, "0"},    {std::nan(""), 0.01, "1000", nullptr, "0"},
        {12, -1, "1000", nullptr, "0"},           {12, 1.1e6, "1000", nullptr, "0"},
        {12, std::nan(""), "1000", nullptr, "0"},
    };
    for (const Inputs& in : wrong) {
        const auto answer = tvm(request(in));
        ASSERT_FALSE(answer.has_value());
        EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument);
    }
    TvmRequest mixed = request({12, 0.01, "1000", nullptr, "0"});
    mixed.fv = *Money::parse("0", *Currency::parse("EUR"));
    EXPECT_EQ(tvm(mixed).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(tvm(mixed).error().place, "/fv");
}

}  // namespace
}  // namespace atlas::finance::interest
