// SPDX-License-Identifier: Apache-2.0
// A civil date as printed on a statement: no time, no zone. A zone offset never shifts it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas {

/// Days since 1970-01-01 in the proleptic Gregorian calendar, 0001-01-01 to 9999-12-31.
class Date {
public:
    struct Parts {
        int year;
        int month;  ///< 1 to 12.
        int day;    ///< 1 to 31.
        friend bool operator==(const Parts&, const Parts&) = default;
    };

    /// 1970-01-01.
    constexpr Date() = default;

    /// Errors: invalid_argument when there is no such day (2026-02-29) or the year is not 1..9999.
    static Result<Date> create(int year, int month, int day);
    /// Reads exactly YYYY-MM-DD. Errors: invalid_argument.
    static Result<Date> parse(std::string_view text);
    /// The caller vouches for the range; checked.
    static Date from_days(std::int32_t days_since_epoch);

    std::int32_t days_since_epoch() const { return days_; }
    Parts parts() const;
    /// 0 is Monday, 6 is Sunday (ISO 8601 minus one).
    int weekday() const;

    Date plus_days(std::int32_t days) const { return from_days(days_ + days); }
    /// Same day of a later (or earlier) month, clipped to that month's last day.
    Date plus_months(int months) const;
    Date first_of_month() const;
    Date last_of_month() const;

    friend auto operator<=>(const Date&, const Date&) = default;
    friend std::int32_t operator-(Date left, Date right) { return left.days_ - right.days_; }

private:
    std::int32_t days_ = 0;
};

bool is_leap_year(int year);
int days_in_month(int year, int month);
/// YYYY-MM-DD.
std::string to_string(Date date);

}  // namespace atlas
