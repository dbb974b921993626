// SPDX-License-Identifier: Apache-2.0
#include "money/calendar.hpp"

namespace atlas::money {
namespace {

constexpr int kSaturday = 5;
constexpr int kMonday = 0;
constexpr int kThursday = 3;
constexpr int kFriday = 4;

bool is_weekend(Date date) {
    return date.weekday() >= kSaturday;
}

/// True when `at` is the `nth` (1 to 4) such weekday of its month.
bool is_nth(const Date::Parts& at, int weekday, int wanted, int nth) {
    return weekday == wanted && (at.day - 1) / 7 + 1 == nth;
}

/// A holiday that is a date, before it moves off the weekend.
bool is_fixed_us_holiday(const Date::Parts& at) {
    return (at.month == 1 && at.day == 1) ||                      // New Year's Day.
           (at.month == 6 && at.day == 19 && at.year >= 2021) ||  // Juneteenth.
           (at.month == 7 && at.day == 4) ||                      // Independence Day.
           (at.month == 11 && at.day == 11 && (at.year < 1971 || at.year > 1977)) ||  // Veterans.
           (at.month == 12 && at.day == 25);  // Christmas Day.
}

/// A holiday that is a weekday, and so never moves.
bool is_weekday_us_holiday(const Date::Parts& at, int weekday) {
    switch (at.month) {
        case 1: return at.year >= 1986 && is_nth(at, weekday, kMonday, 3);  // M. L. King.
        case 2: return is_nth(at, weekday, kMonday, 3);                     // Washington.
        case 5: return weekday == kMonday && at.day > 24;                   // Memorial Day: last.
        case 9: return is_nth(at, weekday, kMonday, 1);                     // Labor Day.
        case 10:
            return is_nth(at, weekday, kMonday, 2) ||  // Columbus Day.
                   (at.year >= 1971 && at.year <= 1977 && is_nth(at, weekday, kMonday, 4));
        case 11: return is_nth(at, weekday, kThursday, 4);  // Thanksgiving.
        default: return false;
    }
}

bool is_us_holiday(Date date, bool moves_to_friday) {
    const int weekday = date.weekday();
    const bool fixed_here = is_fixed_us_holiday(date.parts());
    if (weekday >= kSaturday) {
        return false;  // Observed elsewhere, or not at all.
    }
    const bool from_sunday = weekday == kMonday && is_fixed_us_holiday(date.plus_days(-1).parts());
    const bool from_saturday =
        moves_to_friday && weekday == kFriday && is_fixed_us_holiday(date.plus_days(1).parts());
    return fixed_here || from_sunday || from_saturday ||
           is_weekday_us_holiday(date.parts(), weekday);
}

/// Source: European Central Bank, long-term calendar for TARGET closing days, 14 December 2000.
bool is_target_holiday(Date date) {
    const Date::Parts at = date.parts();
    if ((at.month == 1 && at.day == 1) || (at.month == 12 && at.day == 25)) {
        return true;
    }
    if (at.month == 12 && at.day == 31) {
        return at.year == 1999 || at.year == 2001;
    }
    if (at.year < 2000) {
        return false;
    }
    const std::int32_t after_easter = date - easter_sunday(at.year);
    return (at.month == 5 && at.day == 1) || (at.month == 12 && at.day == 26) ||
           after_easter == -2 || after_easter == 1;
}

Date roll(Date date, int step, Calendar calendar) {
    while (!is_business_day(calendar, date)) {
        date = date.plus_days(step);
    }
    return date;
}

/// Rolls by `step`, or the other way when that would leave the month.
Date roll_within_month(Date date, int step, Calendar calendar) {
    const Date rolled = roll(date, step, calendar);
    return rolled.parts().month == date.parts().month ? rolled : roll(date, -step, calendar);
}

}  // namespace

Date easter_sunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month_and_day = h + l - 7 * m + 114;
    return Date::create(year, month_and_day / 31, month_and_day % 31 + 1).value();
}

bool is_holiday(Calendar calendar, Date date) {
    switch (calendar) {
        case Calendar::weekends_only: return false;
        case Calendar::us_federal: return is_us_holiday(date, true);
        case Calendar::us_federal_reserve: return is_us_holiday(date, false);
        case Calendar::target: return is_target_holiday(date);
    }
    return false;
}

bool is_business_day(Calendar calendar, Date date) {
    return !is_weekend(date) && !is_holiday(calendar, date);
}

Date adjust(Date date, DayConvention convention, Calendar calendar) {
    switch (convention) {
        case DayConvention::unadjusted: break;
        case DayConvention::following: return roll(date, 1, calendar);
        case DayConvention::modified_following: return roll_within_month(date, 1, calendar);
        case DayConvention::preceding: return roll(date, -1, calendar);
        case DayConvention::modified_preceding: return roll_within_month(date, -1, calendar);
    }
    return date;
}

Date add_business_days(Date date, int count, Calendar calendar) {
    const int step = count < 0 ? -1 : 1;
    for (int left = count; left != 0; left -= step) {
        date = roll(date.plus_days(step), step, calendar);
    }
    return date;
}

}  // namespace atlas::money
