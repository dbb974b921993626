// SPDX-License-Identifier: Apache-2.0
// Goal: interest, day counts and business days to the last cent and day. Method: printed examples
// (ISDA 1998 memo, OPM and ECB holiday lists); interest against exact long division done the slow
// way; laws on seeded random input; every error.
#include "money/interest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "base/random.hpp"
#include "money/calendar.hpp"
#include "money/exact.hpp"

namespace atlas::money {
namespace {

Currency usd() {
    return *Currency::parse("USD");
}

Money dollars(std::string_view text) {
    return *Money::parse(text, usd());
}

AnnualRate rate(std::string_view text) {
    return *AnnualRate::parse(text);
}

Date day(std::string_view text) {
    return *Date::parse(text);
}

TEST(Interest, ByTheMonthIsATwelfthHalfToEven) {
    EXPECT_EQ(monthly_interest(dollars("1000"), rate("0.2399")), dollars("19.99"));
    EXPECT_EQ(monthly_interest(dollars("1000"), rate("0.12")), dollars("10"));
    EXPECT_EQ(monthly_interest(dollars("0.50"), rate("0.12")), dollars("0.00"));  // 0.005: even.
    EXPECT_EQ(monthly_interest(dollars("1.50"), rate("0.12")), dollars("0.02"));
    EXPECT_EQ(monthly_interest(dollars("-1.50"), rate("0.12")), dollars("-0.02"));
    EXPECT_EQ(monthly_interest(dollars("100"), rate("0")), dollars("0"));
    const Money most = Money::from_minor(std::numeric_limits<std::int64_t>::max(), usd());
    EXPECT_EQ(monthly_interest(most, rate("10")).minor(), 7686143364045646506);  // × 10 / 12.
}

TEST(Interest, SimpleFollowsTheDayCount) {
    const auto years = year_fraction(day("2026-01-01"), day("2026-07-01"), DayCount::act_360);
    EXPECT_EQ(simple_interest(dollars("10000"), rate("0.05"), years).value(), dollars("251.39"));
    EXPECT_EQ(simple_interest(dollars("-10000"), rate("0.05"), years).value(), dollars("-251.39"));
    const auto back = year_fraction(day("2026-07-01"), day("2026-01-01"), DayCount::act_360);
    EXPECT_EQ(simple_interest(dollars("10000"), rate("0.05"), back).value(), dollars("-251.39"));
    EXPECT_EQ(simple_interest(dollars("10000"), rate("-0.05"), back).value(), dollars("251.39"));
    const Money most = Money::from_minor(std::numeric_limits<std::int64_t>::max(), usd());
    EXPECT_EQ(simple_interest(most, rate("10"), {2, 1}).error().code, ErrorCode::invalid_argument);
}

/// Always the long road, whatever the size.
std::int64_t exact_slowly(std::int64_t minor, std::int64_t billionths, int days) {
    const std::uint64_t day_below = 365'000'000'000ULL;
    Natural above = Natural::power(day_below + static_cast<std::uint64_t>(billionths), days);
    const Natural below = Natural::power(day_below, days);
    above -= below;
    above *= magnitude(minor);
    return round_quotient(minor < 0 ? Sign::minus : Sign::plus, above, below,
                          Rounding::half_to_even)
        .value();
}

TEST(Interest, ByTheDayAgreesWithTheExactQuotient) {
    Random random(25);
    for (int round = 0; round < 3'000; ++round) {
        const std::int64_t minor =
            static_cast<std::int64_t>(random.next() >> (4 + random.below(58))) *
            (random.chance(0.3) ? -1 : 1);
        const std::int64_t billionths = random.between(0, 10'000'000'000) >> random.below(20);
        const int days = static_cast<int>(random.between(0, random.chance(0.1) ? 400 : 31));
        const auto answer = daily_compound_interest(Money::from_minor(minor, usd()),
                                                    *AnnualRate::from_billionths(billionths), days);
        if (!answer) {
            ASSERT_GT(static_cast<double>(std::abs(minor)) *
                          std::pow(1 + static_cast<double>(billionths) / 365e9, days),
                      9e18);
            continue;
        }
        ASSERT_EQ(answer->minor(), exact_slowly(minor, billionths, days))
            << "seed 25, round " << round << ": " << minor << " at " << billionths << " e-9, "
            << days << " days";
    }
}

TEST(Interest, ByTheDayKnowsItsCorners) {
    const auto interest = [](const char* amount, const char* at, int days) {
        return daily_compound_interest(dollars(amount), rate(at), days);
    };
    EXPECT_EQ(interest("1000", "0.2399", 31).value(), dollars("20.58"));  // By hand: 20.5775.
    EXPECT_EQ(interest("1000", "0.2399", 0).value(), dollars("0"));
    EXPECT_EQ(interest("1000", "0", 31).value(), dollars("0"));
    EXPECT_EQ(interest("0", "0.2399", 31).value(), dollars("0"));
    // 365 days at 0.365: a thousandth a day. 50.00 × 0.001 = 0.05; 5.00 × 0.001 = 0.005: even.
    EXPECT_EQ(interest("50", "0.365", 1).value(), dollars("0.05"));
    EXPECT_EQ(interest("5", "0.365", 1).value(), dollars("0.00"));
    EXPECT_EQ(interest("15", "0.365", 1).value(), dollars("0.02"));
    EXPECT_EQ(interest("-15", "0.365", 1).value(), dollars("-0.02"));
    EXPECT_EQ(interest("1000", "-0.365", 2).value(), dollars("-2.00"));  // 0.999² − 1.
    EXPECT_EQ(interest("1", "0.01", -1).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(interest("1", "0.01", 3661).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(interest("90000000000000000", "10", 3660).error().code, ErrorCode::invalid_argument);
}

TEST(DayCount, AgreesWithTheIsdaMemoOf1998) {
    // "EMU and Market Conventions: Recent Developments", the actual/actual (ISDA) column.
    const struct {
        const char* from;
        const char* to;
        double years;
    } printed[] = {
        {"2003-11-01", "2004-05-01", 0.497724380567}, {"1999-02-01", "1999-07-01", 0.410958904110},
        {"1999-07-01", "2000-07-01", 1.001377348600}, {"2002-08-15", "2003-07-15", 0.915068493151},
        {"2003-07-15", "2004-01-15", 0.504004790778}, {"1999-07-30", "2000-01-30", 0.503892506924},
        {"2000-01-30", "2000-06-30", 0.415300546448}};
    for (const auto& row : printed) {
        EXPECT_NEAR(year_fraction(day(row.from), day(row.to), DayCount::act_act_isda).as_double(),
                    row.years, 5e-12);
    }
}

TEST(DayCount, ThirtyDayMonthsAsPrinted) {
    // 30E/360 and 30/360 US side by side; rows without a February end as in ISDA's examples for
    // 30/360 (2006 Definitions), the others by SIFMA's February rule.
    const struct {
        const char* from;
        const char* to;
        int us;
        int european;
    } rows[] = {{"2006-08-20", "2007-02-20", 180, 180}, {"2007-02-20", "2007-08-20", 180, 180},
                {"2006-08-31", "2007-02-28", 178, 178}, {"2007-02-28", "2007-08-31", 180, 182},
                {"2007-08-31", "2008-02-29", 179, 179}, {"2008-02-29", "2008-08-31", 180, 181},
                {"2007-02-28", "2008-02-29", 360, 361}, {"2006-02-28", "2007-02-28", 360, 360},
                {"2006-01-31", "2006-02-28", 28, 28},   {"2006-08-15", "2006-08-31", 16, 15},
                {"2006-09-30", "2006-10-31", 30, 30},   {"2008-02-28", "2008-03-30", 32, 32}};
    for (const auto& row : rows) {
        EXPECT_EQ(days_between(day(row.from), day(row.to), DayCount::thirty_360_us), row.us)
            << row.from << " " << row.to;
        EXPECT_EQ(days_between(day(row.from), day(row.to), DayCount::thirty_e_360), row.european)
            << row.from << " " << row.to;
    }
}

TEST(DayCount, KeepsItsLaws) {
    Random random(26);
    const DayCount all[] = {DayCount::act_365_fixed, DayCount::act_360, DayCount::act_act_isda,
                            DayCount::thirty_360_us, DayCount::thirty_e_360};
    for (int round = 0; round < 3'000; ++round) {
        const auto draw = [&] {
            return Date::from_days(static_cast<int>(random.between(0, 30'000)));
        };
        const Date a = draw();
        const Date b = draw();
        const Date c = draw();
        for (const DayCount convention : all) {
            const auto there = year_fraction(a, b, convention);
            const auto back = year_fraction(b, a, convention);
            ASSERT_EQ(there.numerator, -back.numerator) << "seed 26, round " << round;
            ASSERT_EQ(there.denominator, back.denominator);
            ASSERT_NEAR(there.as_double(), (b - a) / 365.25, 0.02 * std::abs(b - a) / 365 + 0.02);
        }
        ASSERT_EQ(year_fraction(a, b, DayCount::act_365_fixed).numerator, b - a);
        ASSERT_EQ(year_fraction(a, b, DayCount::act_360).denominator, 360);
        // Actual days add up.
        const auto isda = [](Date from, Date to) {
            return year_fraction(from, to, DayCount::act_act_isda).numerator;
        };
        ASSERT_EQ(isda(a, b) + isda(b, c), isda(a, c)) << "seed 26, round " << round;
    }
}

std::set<std::string> holidays(Calendar calendar, int year) {
    std::set<std::string> found;
    for (Date at = *Date::create(year, 1, 1); at.parts().year == year; at = at.plus_days(1)) {
        if (at.weekday() < 5 && is_holiday(calendar, at)) {
            found.insert(to_string(at).substr(5));
        }
    }
    return found;
}

using Days = std::set<std::string>;

TEST(Calendar, AgreesWithThePrintedListOfFederalHolidays) {
    // U.S. Office of Personnel Management, federal holidays.
    EXPECT_EQ(holidays(Calendar::us_federal, 2021),
              (Days{"01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11",
                    "11-25", "12-24", "12-31"}));
    EXPECT_EQ(holidays(Calendar::us_federal, 2023),
              (Days{"01-02", "01-16", "02-20", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10",
                    "11-23", "12-25"}));
    EXPECT_EQ(holidays(Calendar::us_federal, 2026),
              (Days{"01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11",
                    "11-26", "12-25"}));
    // The law of its time: Veterans Day on a Monday in October, no Juneteenth, no King Day.
    EXPECT_EQ(
        holidays(Calendar::us_federal, 1975),
        (Days{"01-01", "02-17", "05-26", "07-04", "09-01", "10-13", "10-27", "11-27", "12-25"}));
    // The Federal Reserve stays open on the Friday.
    EXPECT_EQ(
        holidays(Calendar::us_federal_reserve, 2021),
        (Days{"01-01", "01-18", "02-15", "05-31", "07-05", "09-06", "10-11", "11-11", "11-25"}));
}

TEST(Calendar, AgreesWithThePrintedListOfTargetClosingDays) {
    // European Central Bank: TARGET closing days.
    EXPECT_EQ(holidays(Calendar::target, 2024),
              (Days{"01-01", "03-29", "04-01", "05-01", "12-25", "12-26"}));
    EXPECT_EQ(holidays(Calendar::target, 2026),
              (Days{"01-01", "04-03", "04-06", "05-01", "12-25"}));
    EXPECT_EQ(holidays(Calendar::target, 1999), (Days{"01-01", "12-31"}));
    EXPECT_EQ(holidays(Calendar::target, 2001),
              (Days{"01-01", "04-13", "04-16", "05-01", "12-25", "12-26", "12-31"}));
    EXPECT_TRUE(holidays(Calendar::weekends_only, 2024).empty());
}

TEST(Calendar, EasterAgreesWithGauss) {
    EXPECT_EQ(easter_sunday(2026), day("2026-04-05"));
    EXPECT_EQ(easter_sunday(1961), day("1961-04-02"));
    EXPECT_EQ(easter_sunday(1818), day("1818-03-22"));  // The earliest there is.
    EXPECT_EQ(easter_sunday(1943), day("1943-04-25"));  // The latest.
    for (int year = 1900; year <= 2099; ++year) {       // Gauss 1800, constants M = 24, N = 5.
        const int d = (19 * (year % 19) + 24) % 30;
        const int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
        int offset = d + e;
        if ((d == 29 && e == 6) || (d == 28 && e == 6 && year % 19 > 10)) {
            offset -= 7;
        }
        ASSERT_EQ(easter_sunday(year), Date::create(year, 3, 22)->plus_days(offset)) << year;
    }
}

TEST(Calendar, MovesDatesByConvention) {
    const auto moved = [](const char* date, DayConvention convention) {
        return to_string(adjust(day(date), convention, Calendar::target));
    };
    EXPECT_EQ(moved("2026-01-31", DayConvention::unadjusted), "2026-01-31");
    EXPECT_EQ(moved("2026-01-31", DayConvention::following), "2026-02-02");
    EXPECT_EQ(moved("2026-01-31", DayConvention::modified_following), "2026-01-30");
    EXPECT_EQ(moved("2026-04-03", DayConvention::modified_following), "2026-04-07");  // Easter.
    EXPECT_EQ(moved("2026-04-05", DayConvention::preceding), "2026-04-02");
    EXPECT_EQ(moved("2026-03-01", DayConvention::preceding), "2026-02-27");
    EXPECT_EQ(moved("2026-03-01", DayConvention::modified_preceding), "2026-03-02");
    EXPECT_EQ(moved("2026-01-28", DayConvention::following), "2026-01-28");
}

TEST(Calendar, CountsBusinessDays) {
    const auto added = [](const char* date, int count) {
        return to_string(add_business_days(day(date), count, Calendar::us_federal));
    };
    EXPECT_EQ(added("2026-07-02", 1), "2026-07-06");  // Friday the 3rd is kept, then a weekend.
    EXPECT_EQ(added("2026-07-06", -1), "2026-07-02");
    EXPECT_EQ(added("2026-07-04", 0), "2026-07-04");
    EXPECT_EQ(added("2026-11-20", 5), "2026-11-30");  // Thanksgiving between.
    Random random(27);
    for (int round = 0; round < 2'000; ++round) {
        const Date start = adjust(Date::from_days(static_cast<int>(random.between(3'000, 30'000))),
                                  DayConvention::following, Calendar::us_federal);
        const int count = static_cast<int>(random.between(-60, 60));
        const Date there = add_business_days(start, count, Calendar::us_federal);
        ASSERT_EQ(add_business_days(there, -count, Calendar::us_federal), start)
            << "seed 27, round " << round;
        ASSERT_TRUE(is_business_day(Calendar::us_federal, there));
    }
}

}  // namespace
}  // namespace atlas::money
