// SPDX-License-Identifier: Apache-2.0
// Goal: amounts and dates stand in the advice as they stand on the pages. Method: by hand, each
// sign, grouping and currency without decimals; a law on seeded amounts: taking signs and commas
// away gives the plain decimal back.
#include "roles/optimiser/debt_words.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::roles::optimiser {
namespace {

money::Money amount(std::string_view text, std::string_view code) {
    return money::Money::parse(text, money::Currency::parse(code).value()).value();
}

TEST(DebtWords, AnAmountIsSaidAsThePagesWriteIt) {
    EXPECT_EQ(say(amount("630.77", "USD")), "$630.77");
    EXPECT_EQ(say(amount("0.05", "USD")), "$0.05");
    EXPECT_EQ(say(amount("999.99", "USD")), "$999.99");
    EXPECT_EQ(say(amount("1000.00", "USD")), "$1,000.00");
    EXPECT_EQ(say(amount("123456.78", "EUR")), "€123,456.78");
    EXPECT_EQ(say(amount("-1234567.00", "GBP")), "−£1,234,567.00");
    EXPECT_EQ(say(amount("1234567", "JPY")), "¥1,234,567");
    EXPECT_EQ(say(amount("12.30", "CHF")), "CHF 12.30");
    EXPECT_EQ(say(amount("1000.000", "KWD")), "KWD 1,000.000");
}

TEST(DebtWords, CommasAreAllThatIsAddedToTheDigits) {
    Random random(7);
    for (int i = 0; i < 2'000; ++i) {
        const std::int64_t minor = random.between(0, std::int64_t{1} << random.between(1, 62));
        const auto told = money::Money::from_minor(minor, money::Currency::parse("USD").value());
        std::string said = say(told);
        ASSERT_EQ(said.substr(0, 1), "$") << minor;
        for (std::size_t back = 6; back < said.size() - 1; back += 4) {
            ASSERT_EQ(said[said.size() - 1 - back], ',') << said;
        }
        std::erase(said, ',');
        ASSERT_EQ(said.substr(1), to_decimal(told));
    }
}

TEST(DebtWords, ADateIsSaidAsADayAMonthAndAYear) {
    const Date day = Date::create(2029, 3, 1).value();
    EXPECT_EQ(say(day), "1 March 2029");
    EXPECT_EQ(say_month(day), "March 2029");
    EXPECT_EQ(say(Date::create(2026, 12, 31).value()), "31 December 2026");
    EXPECT_EQ(say_month(Date::create(2027, 1, 5).value()), "January 2027");
    EXPECT_EQ(say_months(1), "1 month");
    EXPECT_EQ(say_months(0), "0 months");
    EXPECT_EQ(say_months(30), "30 months");
}

TEST(DebtWords, ARateIsSaidInHundredthsOfAPercent) {
    EXPECT_EQ(to_percent(money::AnnualRate::from_billionths(239'900'000).value()), "23.99 %");
    EXPECT_EQ(to_percent(money::AnnualRate::from_billionths(50'000'000).value()), "5.00 %");
    EXPECT_EQ(to_percent(money::AnnualRate::zero()), "0.00 %");
}

}  // namespace
}  // namespace atlas::roles::optimiser
