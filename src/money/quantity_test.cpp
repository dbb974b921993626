// SPDX-License-Identifier: Apache-2.0
// Goal: quantities, prices and conversions are exact and rounded once. Method: examples by hand;
// long-form decimal arithmetic on digit strings as the slow method; laws on seeded random input;
// every error.
#include "money/quantity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/random.hpp"
#include "money/exact.hpp"
#include "money/fx_table.hpp"

namespace atlas::money {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr Rounding kRoundings[] = {Rounding::half_to_even, Rounding::half_up, Rounding::toward_zero,
                                   Rounding::floor, Rounding::ceiling};

Currency currency(std::string_view code) {
    return *Currency::parse(code);
}

Money money(std::string_view text, std::string_view code = "USD") {
    return *Money::parse(text, currency(code));
}

Date day(std::string_view text) {
    return *Date::parse(text);
}

/// Decimal digits, least significant first: school arithmetic, nothing shared with the code tested.
using Digits = std::vector<int>;

Digits times(const Digits& left, std::uint64_t right) {
    Digits factor;
    for (; right > 0; right /= 10) {
        factor.push_back(static_cast<int>(right % 10));
    }
    Digits product(left.size() + factor.size() + 1, 0);
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t j = 0; j < factor.size(); ++j) {
            product[i + j] += left[i] * factor[j];
        }
        for (std::size_t k = 0; k + 1 < product.size(); ++k) {
            product[k + 1] += product[k] / 10;
            product[k] %= 10;
        }
    }
    while (!product.empty() && product.back() == 0) {
        product.pop_back();
    }
    return product;
}

bool less(const Digits& a, const Digits& b) {
    return a.size() != b.size()
               ? a.size() < b.size()
               : std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

Digits product_of(std::span<const std::uint64_t> factors) {
    Digits product{1};
    for (const std::uint64_t factor : factors) {
        product = times(product, factor);
    }
    return product;
}

/// True when `quotient` is above / below rounded so: checked by its definition, on digits.
bool is_rounded(std::uint64_t quotient, const Digits& above, const Digits& below, bool away) {
    // toward zero: q·b <= a < (q+1)·b; away: (q−1)·b < a <= q·b.
    if (away) {
        return !less(times(below, quotient), above) &&
               (quotient == 0 || less(times(below, quotient - 1), above));
    }
    return !less(above, times(below, quotient)) && less(above, times(below, quotient + 1));
}

TEST(Exact, RatiosAgreeWithSchoolArithmeticOnDigits) {
    Random random(21);
    int answered = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::vector<std::uint64_t> above;
        std::vector<std::uint64_t> below;
        const auto count = random.between(1, 5);
        for (std::int64_t k = 0; k < count; ++k) {
            above.push_back(random.next() >> random.below(64));
            below.push_back((random.next() >> random.below(64)) | 1);
        }
        const Digits a = product_of(above);
        const Digits b = product_of(below);
        for (const Sign sign : {Sign::plus, Sign::minus}) {
            const auto zero = round_ratio(sign, above, below, Rounding::toward_zero);
            if (!zero) {
                ASSERT_FALSE(less(a, times(b, std::uint64_t{1} << 63))) << "seed 21, " << round;
                continue;
            }
            ++answered;
            ASSERT_TRUE(is_rounded(magnitude(*zero), a, b, false)) << "seed 21, round " << round;
            const auto away = round_ratio(sign, above, below,
                                          sign == Sign::plus ? Rounding::ceiling : Rounding::floor);
            if (away) {
                ASSERT_TRUE(is_rounded(magnitude(*away), a, b, true)) << "seed 21, round " << round;
            }
            ASSERT_EQ(round_ratio(sign, above, below,
                                  sign == Sign::plus ? Rounding::floor : Rounding::ceiling),
                      zero);
            // Half: compare 2a with (2q + 1)b.
            if (magnitude(*zero) < (std::uint64_t{1} << 62)) {
                const Digits twice = times(a, 2);
                const Digits half = times(b, 2 * magnitude(*zero) + 1);
                const auto up = round_ratio(sign, above, below, Rounding::half_up);
                ASSERT_EQ(magnitude(*up), magnitude(*zero) + (less(twice, half) ? 0 : 1));
            }
        }
    }
    ASSERT_GT(answered, 1'000);
}

TEST(Exact, LongAndShortRoadsAgreeOnTiesToo) {
    Random random(22);
    for (int round = 0; round < 3'000; ++round) {
        const std::array<std::uint64_t, 1> above{random.below(1'000)};
        const std::array<std::uint64_t, 1> below{2 + 2 * random.below(10)};
        for (const Rounding rounding : kRoundings) {
            for (const Sign sign : {Sign::plus, Sign::minus}) {
                ASSERT_EQ(round_quotient(sign, Natural(above[0]), Natural(below[0]), rounding),
                          round_ratio(sign, above, below, rounding))
                    << above[0] << "/" << below[0];
            }
        }
    }
}

TEST(Exact, KnowsTheEndsOfTheRange) {
    const Natural one(1);
    const Natural edge(std::uint64_t{1} << 63);
    EXPECT_EQ(round_quotient(Sign::minus, edge, one, Rounding::floor), kMin);
    EXPECT_EQ(round_quotient(Sign::plus, edge, one, Rounding::floor), std::nullopt);
    Natural all(~std::uint64_t{0});
    all *= 2;
    EXPECT_EQ(round_quotient(Sign::plus, all, one, Rounding::floor), std::nullopt);
    EXPECT_EQ(round_quotient(Sign::plus, all, Natural(4), Rounding::floor), kMax);
    EXPECT_EQ(round_quotient(Sign::plus, all, Natural(4), Rounding::ceiling), std::nullopt);
    EXPECT_EQ(round_quotient(Sign::plus, Natural(0), one, Rounding::ceiling), 0);
    EXPECT_TRUE(Natural::power(7, 0) == Natural(1));
    EXPECT_EQ(Natural::power(2, 200).bits(), 201U);
    Natural power = Natural::power(2, 200);
    power -= Natural(1);
    EXPECT_EQ(power.bits(), 200U);
    EXPECT_TRUE(power < Natural::power(2, 200));
}

TEST(Quantity, ReadsAndWrites) {
    EXPECT_EQ(Quantity::parse("0.00012345")->billionths(), 123'450);
    EXPECT_EQ(to_decimal(*Quantity::parse("-1.50")), "-1.5");
    EXPECT_EQ(to_decimal(*UnitPrice::parse("187.4325", currency("USD"))), "187.4325");
    for (const char* text : {"", "x", "1.", "0.1234567891", "9223372036.854775808", "1e9"}) {
        EXPECT_EQ(Quantity::parse(text).error().code, ErrorCode::invalid_argument) << text;
        EXPECT_EQ(UnitPrice::parse(text, currency("USD")).error().code, ErrorCode::invalid_argument)
            << text;
    }
    Random random(23);
    for (int round = 0; round < 5'000; ++round) {
        const auto any =
            Quantity::from_billionths(static_cast<std::int64_t>(random.next()) >> random.below(64));
        ASSERT_EQ(Quantity::parse(to_decimal(any)).value(), any) << "seed 23, round " << round;
    }
}

TEST(Quantity, TimesAPriceIsMoney) {
    const auto value = [](const char* quantity, const char* price, const char* code, Rounding r) {
        return to_string(
            value_of(*Quantity::parse(quantity), *UnitPrice::parse(price, currency(code)), r)
                .value());
    };
    EXPECT_EQ(value("3", "187.4325", "USD", Rounding::half_to_even), "562.30 USD");
    EXPECT_EQ(value("0.5", "0.01", "USD", Rounding::half_to_even), "0.00 USD");
    EXPECT_EQ(value("0.5", "0.01", "USD", Rounding::half_up), "0.01 USD");
    EXPECT_EQ(value("-0.5", "0.01", "USD", Rounding::half_up), "-0.01 USD");
    EXPECT_EQ(value("1.5", "0.01", "USD", Rounding::half_to_even), "0.02 USD");
    EXPECT_EQ(value("2.5", "3", "JPY", Rounding::ceiling), "8 JPY");
    EXPECT_EQ(value("2.5", "3.0001", "KWD", Rounding::floor), "7.500 KWD");
    EXPECT_EQ(value_of(Quantity::from_billionths(kMax),
                       UnitPrice::from_billionths(kMax, currency("USD")), Rounding::floor)
                  .error()
                  .code,
              ErrorCode::invalid_argument);
}

TEST(Quantity, PriceOfOneUndoesTheProduct) {
    Random random(24);
    for (int round = 0; round < 5'000; ++round) {
        const auto price =
            UnitPrice::from_billionths(random.between(1, 1'000) * 10'000'000, currency("USD"));
        const auto quantity = Quantity::from_billionths(
            random.between(1, 1'000'000) * 1'000'000'000 * (random.chance(0.5) ? 1 : -1));
        const auto total = value_of(quantity, price, Rounding::half_up).value();
        ASSERT_EQ(price_of_one(total, quantity, Rounding::half_up).value(), price)
            << "seed 24, round " << round;
    }
    EXPECT_EQ(to_decimal(price_of_one(money("10"), *Quantity::parse("3"), Rounding::floor).value()),
              "3.333333333");
    EXPECT_EQ(
        to_decimal(price_of_one(money("10"), *Quantity::parse("-3"), Rounding::floor).value()),
        "-3.333333334");
    const auto four = *Quantity::parse("4");
    EXPECT_EQ(to_decimal(price_of_one(money("10", "JPY"), four, Rounding::floor).value()), "2.5");
    EXPECT_EQ(to_decimal(price_of_one(money("10", "KWD"), four, Rounding::floor).value()), "2.5");
    EXPECT_EQ(price_of_one(money("10"), Quantity::zero(), Rounding::floor).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(
        price_of_one(money("100000"), Quantity::from_billionths(1), Rounding::floor).error().code,
        ErrorCode::invalid_argument);
}

TEST(Quantity, AddsAndSplits) {
    const auto one = *Quantity::parse("1.5");
    EXPECT_EQ(to_decimal(one + one - *Quantity::parse("0.5")), "2.5");
    EXPECT_EQ(to_decimal(-one), "-1.5");
    EXPECT_EQ(to_decimal(one.scaled(3, 2, Rounding::floor).value()), "2.25");
    const auto most = Quantity::from_billionths(kMax);
    EXPECT_EQ(checked_add(most, one).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(checked_add(one, one).value(), *Quantity::parse("3"));
    EXPECT_EQ(most.scaled(2, 1, Rounding::floor).error().code, ErrorCode::invalid_argument);
}

TEST(QuantityDeathTest, OverflowStops) {
    const auto most = Quantity::from_billionths(kMax);
    EXPECT_DEATH(most + most, "check failed");
    EXPECT_DEATH(-most - most, "check failed");
    EXPECT_DEATH(-Quantity::from_billionths(kMin), "check failed");
}

FxTable table() {
    FxTable rates;
    const auto add = [&](const char* base, const char* quote, const char* date, const char* rate) {
        EXPECT_TRUE(rates.add({currency(base), currency(quote), day(date), *FxRate::parse(rate)}));
    };
    add("EUR", "USD", "2026-03-02", "1.08");
    add("EUR", "USD", "2026-03-06", "1.1");
    add("EUR", "JPY", "2026-03-04", "163.25");
    add("EUR", "KWD", "2026-03-04", "0.333333333");
    return rates;
}

TEST(FxTable, UsesTheLastRateOfSevenDaysAndSaysItsDate) {
    const FxTable rates = table();
    const auto convert = [&](const char* date) {
        return rates.convert(money("100", "EUR"), {currency("USD")}, day(date),
                             Rounding::half_to_even);
    };
    EXPECT_EQ(convert("2026-03-02")->amount, money("108"));
    EXPECT_EQ(convert("2026-03-05")->amount, money("108"));
    EXPECT_EQ(convert("2026-03-05")->rate_date, day("2026-03-02"));
    EXPECT_EQ(convert("2026-03-06")->amount, money("110"));
    EXPECT_EQ(convert("2026-03-13")->rate_date, day("2026-03-06"));
    EXPECT_EQ(convert("2026-03-14").error().code, ErrorCode::not_found);
    EXPECT_EQ(convert("2026-03-01").error().code, ErrorCode::not_found);  // Never a later rate.
    EXPECT_NE(convert("2026-03-14").error().message.find("EUR to USD on 2026-03-14"),
              std::string::npos);
}

TEST(FxTable, ConvertsBothWaysAndRoundsOnce) {
    const FxTable rates = table();
    const auto convert = [&](Money amount, FxPath path, Rounding rounding) {
        return rates.convert(amount, path, day("2026-03-06"), rounding);
    };
    EXPECT_EQ(convert(money("100"), {currency("EUR")}, Rounding::half_to_even)->amount,
              money("90.91", "EUR"));
    EXPECT_EQ(convert(money("-100"), {currency("EUR")}, Rounding::floor)->amount,
              money("-90.91", "EUR"));
    EXPECT_EQ(convert(money("10", "EUR"), {currency("JPY")}, Rounding::half_to_even)->amount,
              money("1632", "JPY"));
    EXPECT_EQ(convert(money("5", "USD"), {currency("USD")}, Rounding::floor)->amount, money("5"));
    EXPECT_EQ(convert(money("5", "USD"), {currency("USD")}, Rounding::floor)->rate_date,
              day("2026-03-06"));
    // Through the euro only when stated: 0.01 USD is 0.00909… EUR, 1.484… JPY; rounding each leg
    // would give 0.01 EUR and 2 JPY.
    EXPECT_EQ(convert(money("0.01"), {currency("JPY")}, Rounding::half_up).error().code,
              ErrorCode::not_found);
    const auto crossed =
        convert(money("0.01"), {currency("JPY"), currency("EUR")}, Rounding::half_up);
    EXPECT_EQ(crossed->amount, money("1", "JPY"));
    EXPECT_EQ(crossed->rate_date, day("2026-03-04"));  // The older of the two.
    EXPECT_EQ(convert(money("1"), {currency("EUR"), currency("EUR")}, Rounding::floor)->amount,
              money("0.90", "EUR"));
    EXPECT_EQ(convert(money("1", "EUR"), {currency("KWD")}, Rounding::ceiling)->amount,
              money("0.334", "KWD"));
}

TEST(FxTable, LargeAmountsAreExactOrRefused) {
    FxTable rates;
    EXPECT_TRUE(rates.add(
        {currency("EUR"), currency("USD"), day("2026-01-01"), *FxRate::from_billionths(kMax)}));
    EXPECT_TRUE(rates.add(
        {currency("JPY"), currency("EUR"), day("2026-01-01"), *FxRate::from_billionths(1)}));
    const auto on = day("2026-01-01");
    // kMax JPY × 10^-9 × 9.2e9 = 9.2 × kMax: beyond; a tenth of it: 2^126 / 10^18 exactly.
    EXPECT_EQ(rates
                  .convert(Money::from_minor(kMax, currency("JPY")),
                           {currency("USD"), currency("EUR")}, on, Rounding::floor)
                  .error()
                  .code,
              ErrorCode::invalid_argument);
    const auto converted = rates.convert(Money::from_minor(kMax / 1'000, currency("JPY")),
                                         {currency("USD"), currency("EUR")}, on, Rounding::floor);
    const auto minor =
        static_cast<std::int64_t>(Int128{kMax / 1'000} * kMax / 1'000'000'000 / 10'000'000);
    EXPECT_EQ(converted->amount.minor(), minor);
}

TEST(FxTable, RefusesWrongRates) {
    FxTable rates = table();
    const auto rate = *FxRate::parse("1");
    EXPECT_EQ(rates.add({currency("EUR"), currency("EUR"), day("2026-01-01"), rate}).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(rates.add({currency("USD"), currency("EUR"), day("2026-01-01"), rate}).error().code,
              ErrorCode::invalid_argument);
    for (const char* text : {"0", "-1", "", "abc", "1.0000000001"}) {
        EXPECT_EQ(FxRate::parse(text).error().code, ErrorCode::invalid_argument) << text;
    }
    // A rate given again replaces the first.
    EXPECT_TRUE(rates.add({currency("EUR"), currency("USD"), day("2026-03-06"), rate}));
    EXPECT_EQ(
        rates.convert(money("1", "EUR"), {currency("USD")}, day("2026-03-06"), Rounding::floor)
            ->amount,
        money("1"));
}

}  // namespace
}  // namespace atlas::money
