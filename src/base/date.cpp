// SPDX-License-Identifier: Apache-2.0
#include "base/date.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas {
namespace {

constexpr std::int32_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int32_t kLastDay = 2932896;   // 9999-12-31

/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
constexpr std::int32_t days_from_civil(int year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}
static_assert(days_from_civil(1970, 1, 1) == 0);
static_assert(days_from_civil(1, 1, 1) == kFirstDay);
static_assert(days_from_civil(9999, 12, 31) == kLastDay);

/// Reads `text` as decimal digits only; -1 when it holds anything else.
int digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

bool is_leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) {
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    ATLAS_CHECK(month >= 1 && month <= 12);
    return month == 2 && is_leap_year(year) ? 29 : kDays[month - 1];
}

Result<Date> Date::create(int year, int month, int day) {
    if (year < 1 || year > 9999) {
        return invalid_argument({}, format("year {} is not between 1 and 9999", year));
    }
    if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
        return invalid_argument({}, format("there is no {:04}-{:02}-{:02}", year, month, day));
    }
    return from_days(days_from_civil(year, month, day));
}

Result<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return invalid_argument({},
                                format("\"{}\" is not a date like 2026-11-22", text.substr(0, 32)));
    }
    const int year = digits(text.substr(0, 4));
    const int month = digits(text.substr(5, 2));
    const int day = digits(text.substr(8, 2));
    if (year < 0 || month < 0 || day < 0) {
        return invalid_argument({}, format("\"{}\" is not a date like 2026-11-22", text));
    }
    return create(year, month, day);
}

Date Date::from_days(std::int32_t days_since_epoch) {
    ATLAS_CHECK(days_since_epoch >= kFirstDay);
    ATLAS_CHECK(days_since_epoch <= kLastDay);
    Date date;
    date.days_ = days_since_epoch;
    return date;
}

Date::Parts Date::parts() const {
    // Source: Hinnant, civil_from_days.
    const std::int32_t z = days_ + 719468;
    const std::int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    const std::int32_t day_of_era = z - era * 146097;
    const std::int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int32_t shifted = (5 * day_of_year + 2) / 153;
    const int day = day_of_year - (153 * shifted + 2) / 5 + 1;
    const int month = shifted + (shifted < 10 ? 3 : -9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int Date::weekday() const {
    return ((days_ + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday.
}

Date Date::plus_months(int months) const {
    const Parts from = parts();
    const int index = from.year * 12 + from.month - 1 + months;
    const int year = index / 12;
    const int month = index % 12 + 1;
    ATLAS_CHECK(year >= 1 && year <= 9999);
    return from_days(days_from_civil(year, month, std::min(from.day, days_in_month(year, month))));
}

Date Date::first_of_month() const {
    return plus_days(1 - parts().day);
}

Date Date::last_of_month() const {
    const Parts at = parts();
    return plus_days(days_in_month(at.year, at.month) - at.day);
}

std::string to_string(Date date) {
    const Date::Parts at = date.parts();
    return format("{:04}-{:02}-{:02}", at.year, at.month, at.day);
}

}  // namespace atlas
