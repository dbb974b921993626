// SPDX-License-Identifier: Apache-2.0
// Goal: Date agrees with the calendar. Method: printed days, and a day-by-day walk over 800 years
// against month lengths counted one by one.
#include "base/date.hpp"

#include <gtest/gtest.h>

namespace atlas {
namespace {

Date day(int year, int month, int day_of_month) {
    return *Date::create(year, month, day_of_month);
}

TEST(Date, WalksEveryDayOfEightHundredYears) {
    Date at = day(1600, 1, 1);
    int weekday = 5;  // 1600-01-01 was a Saturday.
    for (int year = 1600; year < 2400; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (int d = 1; d <= days_in_month(year, month); ++d) {
                ASSERT_EQ(at.parts(), (Date::Parts{year, month, d}));
                ASSERT_EQ(day(year, month, d), at);
                ASSERT_EQ(at.weekday(), weekday) << to_string(at);
                at = at.plus_days(1);
                weekday = (weekday + 1) % 7;
            }
        }
    }
}

TEST(Date, ReadsAndWritesIso8601) {
    EXPECT_EQ(to_string(*Date::parse("2026-11-22")), "2026-11-22");
    EXPECT_EQ(to_string(*Date::parse("0001-01-01")), "0001-01-01");
    EXPECT_EQ(to_string(*Date::parse("9999-12-31")), "9999-12-31");
}

TEST(Date, RefusesWhatIsNoDay) {
    for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01",
                             "2026-1-1", "20261122", "2026-11-2x", "", "2026-11-22T00"}) {
        const auto date = Date::parse(text);
        ASSERT_FALSE(date.has_value()) << text;
        EXPECT_EQ(date.error().code, ErrorCode::invalid_argument);
    }
}

TEST(Date, AddingMonthsClipsToTheLastDay) {
    EXPECT_EQ(day(2026, 1, 31).plus_months(1), day(2026, 2, 28));
    EXPECT_EQ(day(2028, 2, 29).plus_months(12), day(2029, 2, 28));
    EXPECT_EQ(day(2026, 1, 31).plus_months(-2), day(2025, 11, 30));
    EXPECT_EQ(day(2026, 11, 22).first_of_month(), day(2026, 11, 1));
    EXPECT_EQ(day(2028, 2, 3).last_of_month(), day(2028, 2, 29));
}

}  // namespace
}  // namespace atlas
