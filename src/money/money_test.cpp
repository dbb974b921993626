// SPDX-License-Identifier: Apache-2.0
// Goal: amounts are read, written, added and divided exactly or refused. Method: tables of texts;
// round trips on seeded random amounts; each Rounding against repeated subtraction and long-form
// digits; the decimals of ISO 4217 as printed.
#include "money/money.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <sstream>

#include "base/random.hpp"
#include "money/decimal.hpp"
#include "money/probability.hpp"
#include "money/rate.hpp"

namespace atlas::money {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

Currency currency(std::string_view code) {
    return *Currency::parse(code);
}

TEST(Currency, DecimalsAreThoseOfIso4217) {
    // ISO 4217 list one, column "minor unit", by value; withdrawn codes as last published. Those
    // the euro replaced count cents, as statements printed them.
    const std::map<int, std::string> printed{
        {0, "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"},
        {2,
         "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP "
         "BYN BZD CAD CDF CHF CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR "
         "FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS "
         "KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL LVL MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR "
         "MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD "
         "RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT "
         "TOP TRY TTD TWD TZS UAH USD UYU UZS VED VEF VES WST XCD XCG YER ZAR ZMK ZMW ZWG ZWL "
         "ATS BEF CYP DEM ESP FIM FRF GRD IEP ITL LUF MTL NLG PTE SIT SKK"},
        {3, "BHD IQD JOD KWD LYD OMR TND"},
        {4, "CLF UYW"}};
    std::size_t count = 0;
    for (const auto& [decimals, codes] : printed) {
        std::istringstream words(codes);
        for (std::string code; words >> code; ++count) {
            const auto parsed = Currency::parse(code);
            ASSERT_TRUE(parsed.has_value()) << code;
            EXPECT_EQ(parsed->decimals(), decimals) << code;
            EXPECT_EQ(parsed->code(), code);
        }
    }
    EXPECT_EQ(count, currency_codes().size());
}

TEST(Currency, RefusesOtherCodes) {
    for (const char* code : {"", "usd", "US", "USDT", "XXX", "XAU", "BTC", "ZZZ", "AAA", " USD"}) {
        EXPECT_EQ(Currency::parse(code).error().code, ErrorCode::invalid_argument) << code;
    }
}

TEST(Money, ReadsPlainDecimals) {
    const std::map<std::string, std::int64_t> texts{{"-12.30", -1230},
                                                    {"1234", 123400},
                                                    {"+0.5", 50},
                                                    {".5", 50},
                                                    {"0", 0},
                                                    {"-0", 0},
                                                    {"12.300000", 1230},
                                                    {"00012.3", 1230},
                                                    {"92233720368547758.07", kMax},
                                                    {"-92233720368547758.08", kMin}};
    for (const auto& [text, minor] : texts) {
        const auto amount = Money::parse(text, currency("USD"));
        ASSERT_TRUE(amount.has_value()) << text;
        EXPECT_EQ(amount->minor(), minor) << text;
    }
    EXPECT_EQ(Money::parse("1234", currency("JPY"))->minor(), 1234);
    EXPECT_EQ(Money::parse("1.234", currency("KWD"))->minor(), 1234);
    EXPECT_EQ(to_string(*Money::parse("-0.05", currency("USD"))), "-0.05 USD");
    EXPECT_EQ(to_decimal(*Money::parse("7", currency("KWD"))), "7.000");
    EXPECT_EQ(to_decimal(*Money::parse("7", currency("JPY"))), "7");
}

TEST(Money, RefusesOtherText) {
    for (const char* text : {"",
                             "-",
                             "+",
                             ".",
                             "1.",
                             "-.",
                             "1e3",
                             "1,000",
                             " 1",
                             "1 ",
                             "--1",
                             "+-1",
                             "1.2.3",
                             "0x1",
                             "NaN",
                             "1.234",
                             "0.001",
                             "92233720368547758.08",
                             "-92233720368547758.09",
                             "999999999999999999999999",
                             "１"}) {
        const auto amount = Money::parse(text, currency("USD"));
        ASSERT_FALSE(amount.has_value()) << text;
        EXPECT_EQ(amount.error().code, ErrorCode::invalid_argument);
    }
    EXPECT_FALSE(Money::parse("1.5", currency("JPY")).has_value());
}

TEST(Money, WritingAndReadingGivesTheSameAmount) {
    Random random(11);
    const auto codes = currency_codes();
    for (int round = 0; round < 20'000; ++round) {
        const auto unit = currency(codes[random.below(codes.size())]);
        const auto minor = static_cast<std::int64_t>(random.next()) >> random.below(64);
        const Money amount = Money::from_minor(minor, unit);
        ASSERT_EQ(Money::parse(to_decimal(amount), unit)->minor(), minor) << "seed 11, " << round;
    }
    for (const std::int64_t minor : {kMin, kMax, std::int64_t{0}, std::int64_t{-1}}) {
        const Money amount = Money::from_minor(minor, currency("USD"));
        EXPECT_EQ(Money::parse(to_decimal(amount), currency("USD")).value(), amount);
    }
}

TEST(Money, AddingKeepsTheLawsOfWholeNumbers) {
    Random random(12);
    for (int round = 0; round < 5'000; ++round) {
        const auto draw = [&] {
            return Money::from_minor(random.between(-(kMax / 4), kMax / 4), currency("EUR"));
        };
        const Money a = draw();
        const Money b = draw();
        const Money c = draw();
        ASSERT_EQ((a + b) + c, a + (b + c));
        ASSERT_EQ(a + b, b + a);
        ASSERT_EQ(a - b, -(b - a));
        ASSERT_EQ(a < b, (b - a).is_positive());
        ASSERT_EQ(checked_add(a, b).value(), a + b);
        ASSERT_EQ(abs(a), a.is_negative() ? -a : a);
    }
}

TEST(Money, RefusesOverflowAndMixedCurrencies) {
    const Money most = Money::from_minor(kMax, currency("USD"));
    const Money one = Money::from_minor(1, currency("USD"));
    EXPECT_EQ(checked_add(most, one).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(checked_add(one, Money::zero(currency("EUR"))).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(most.scaled(2, 1, Rounding::floor).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(most.scaled(-kMax, 1, Rounding::floor).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(most.scaled(kMax, kMax, Rounding::floor).value(), most);
}

TEST(MoneyDeathTest, StopsOnWhatTheProgramMayNotDo) {
    const Money most = Money::from_minor(kMax, currency("USD"));
    const Money least = Money::from_minor(kMin, currency("USD"));
    const Money one = Money::from_minor(1, currency("USD"));
    const Money euro = Money::from_minor(1, currency("EUR"));
    EXPECT_DEATH(most + one, "check failed");
    EXPECT_DEATH(least - one, "check failed");
    EXPECT_DEATH(-least, "check failed");
    EXPECT_DEATH(one + euro, "check failed");
    EXPECT_DEATH(static_cast<void>(one == euro), "check failed");
    EXPECT_DEATH(static_cast<void>(one < euro), "check failed");
    EXPECT_DEATH(static_cast<void>(divide(1, 0, Rounding::floor)), "check failed");
    EXPECT_DEATH(static_cast<void>(power_of_ten(19)), "check failed");
}

/// Whole and rest by counting up, the rounding rule in words; small numbers only.
std::int64_t divide_slowly(std::int64_t numerator, std::int64_t denominator, Rounding rounding) {
    const bool negative = numerator < 0;
    const std::int64_t size = negative ? -numerator : numerator;
    std::int64_t below = 0;  // Toward zero.
    while ((below + 1) * denominator <= size) {
        ++below;
    }
    const std::int64_t twice_rest = 2 * (size - below * denominator);
    if (twice_rest == 0) {
        return negative ? -below : below;
    }
    const std::int64_t toward = negative ? -below : below;
    const std::int64_t away = negative ? -(below + 1) : below + 1;
    switch (rounding) {
        case Rounding::toward_zero: return toward;
        case Rounding::floor: return std::min(toward, away);
        case Rounding::ceiling: return std::max(toward, away);
        case Rounding::half_up: return twice_rest < denominator ? toward : away;
        case Rounding::half_to_even: break;
    }
    if (twice_rest == denominator) {
        return toward % 2 == 0 ? toward : away;
    }
    return twice_rest < denominator ? toward : away;
}

constexpr Rounding kRoundings[] = {Rounding::half_to_even, Rounding::half_up, Rounding::toward_zero,
                                   Rounding::floor, Rounding::ceiling};

TEST(Rounding, AgreesWithCountingUp) {
    for (const Rounding rounding : kRoundings) {
        for (std::int64_t denominator = 1; denominator <= 24; ++denominator) {
            for (std::int64_t numerator = -200; numerator <= 200; ++numerator) {
                ASSERT_EQ(static_cast<std::int64_t>(divide(numerator, denominator, rounding)),
                          divide_slowly(numerator, denominator, rounding))
                    << numerator << "/" << denominator << " rounding "
                    << static_cast<int>(rounding);
            }
        }
    }
}

TEST(Rounding, HoldsAtTheEndsOf128Bits) {
    const Int128 most = ~(Int128{1} << 127);
    EXPECT_TRUE(divide(most, most, Rounding::half_up) == 1);
    EXPECT_TRUE(divide(most - 1, most, Rounding::half_up) == 1);
    EXPECT_TRUE(divide(-most, most, Rounding::floor) == -1);
    EXPECT_TRUE(divide(most / 2, most, Rounding::half_to_even) == 0);
    EXPECT_TRUE(divide(most / 2 + 1, most, Rounding::half_to_even) == 1);
}

TEST(AnnualRate, ReadsAndWritesFractions) {
    EXPECT_EQ(AnnualRate::parse("0.2399")->billionths(), 239'900'000);
    EXPECT_EQ(to_decimal(*AnnualRate::parse("0.2399")), "0.2399");
    EXPECT_EQ(to_decimal(*AnnualRate::parse("10")), "10");
    EXPECT_EQ(to_decimal(*AnnualRate::parse("-1")), "-1");
    EXPECT_DOUBLE_EQ(AnnualRate::parse("0.05")->as_double(), 0.05);
    for (const char* text : {"", "5%", "10.000000001", "-1.000000001", "0.1234567891", "24.99"}) {
        EXPECT_EQ(AnnualRate::parse(text).error().code, ErrorCode::invalid_argument) << text;
    }
    Random random(13);
    for (int round = 0; round < 5'000; ++round) {
        const auto rate =
            *AnnualRate::from_billionths(random.between(-1'000'000'000, 10'000'000'000));
        ASSERT_EQ(AnnualRate::parse(to_decimal(rate)).value(), rate) << "seed 13, round " << round;
    }
}

TEST(Decimal, WritesShortAndFull) {
    EXPECT_EQ(format_decimal(-5, 3), "-0.005");
    EXPECT_EQ(format_decimal_short(1'500, 3), "1.5");
    EXPECT_EQ(format_decimal_short(100, 0), "100");
    EXPECT_EQ(format_decimal_short(-2'000, 3), "-2");
    EXPECT_EQ(format_decimal(kMin, 18), "-9.223372036854775808");
    EXPECT_EQ(scan_decimal("-9.223372036854775808", 18).scaled, kMin);
}

TEST(Probability, LiesBetweenZeroAndOne) {
    EXPECT_DOUBLE_EQ(Probability::create(0.25)->complement().as_double(), 0.75);
    EXPECT_TRUE(Probability::create(0).has_value());
    EXPECT_TRUE(Probability::create(1).has_value());
    for (const double value : {-1e-9, 1.0000001, std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_EQ(Probability::create(value).error().code, ErrorCode::invalid_argument);
    }
}

}  // namespace
}  // namespace atlas::money
