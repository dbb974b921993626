// SPDX-License-Identifier: Apache-2.0
// Business days by rule: no table of years to run out of.
#pragma once

#include <cstdint>

#include "base/date.hpp"

namespace atlas::money {

enum class Calendar : std::uint8_t {
    weekends_only,
    /// Holidays of 5 U.S.C. 6103 as in force since 1971; one on a Saturday is kept on the Friday
    /// before, on a Sunday on the Monday after (Executive Order 11582).
    us_federal,
    /// The same days for the Federal Reserve Banks, which stay open on the Friday before a
    /// holiday on a Saturday: what decides when a bank transfer settles.
    us_federal_reserve,
    /// The euro payment system T2 (TARGET), from 2000 on and 1999: its six closing days.
    target,
};

/// Where a date that is no business day moves.
enum class DayConvention : std::uint8_t {
    unadjusted,
    following,           ///< To the next business day.
    modified_following,  ///< The same, unless that is in the next month: then the one before.
    preceding,           ///< To the last business day before.
    modified_preceding,  ///< The same, unless that is in the month before: then the next.
};

/// A holiday as observed, weekends not counted. Source: see Calendar; test
/// Calendar.AgreesWithThePrintedList….
bool is_holiday(Calendar calendar, Date date);
bool is_business_day(Calendar calendar, Date date);

/// Cost: a few days looked at.
Date adjust(Date date, DayConvention convention, Calendar calendar);

/// The `count`-th business day after `date` (before it when negative); `date` itself when 0.
Date add_business_days(Date date, int count, Calendar calendar);

/// Easter Sunday of the Gregorian calendar.
/// Source: "anonymous" computus, Nature 1876; J. Meeus, Astronomical Algorithms, chapter 8.
Date easter_sunday(int year);

}  // namespace atlas::money
