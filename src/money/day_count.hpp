// SPDX-License-Identifier: Apache-2.0
// What part of a year lies between two dates, as an exact fraction. The convention is always
// named: the same half year is 0.4959, 0.5 or 0.5028 years.
#pragma once

#include <cstdint>

#include "base/date.hpp"

namespace atlas::money {

enum class DayCount : std::uint8_t {
    act_365_fixed,  ///< Actual days / 365: sterling, xirr, card interest by the day.
    act_360,        ///< Actual days / 360: money market.
    act_act_isda,   ///< Days in ordinary years / 365 + days in leap years / 366.
    thirty_360_us,  ///< 30/360 with the United States' rules for February: bonds and mortgages.
    thirty_e_360,   ///< 30E/360, Eurobond basis: each 31st becomes the 30th, February as it is.
};

/// numerator / denominator years; negative when the dates are in reverse. Not reduced.
struct YearFraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;  ///< 360, 365 or 365 × 366.

    double as_double() const {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
};

/// Days from `from` to `to` as `convention` counts them; negative in reverse.
/// Source: ISDA 2006 Definitions, section 4.16; SIFMA Standard Securities Calculation Methods
/// (30/360 US). Pinned by DayCount.AgreesWithTheIsdaMemoOf1998 and DayCount.ThirtyDayMonths….
std::int32_t days_between(Date from, Date to, DayCount convention);

/// Antisymmetric: the fraction from `to` to `from` is minus this one.
/// Source: as days_between; actual/actual: ISDA, "EMU and Market Conventions", 1998.
YearFraction year_fraction(Date from, Date to, DayCount convention);

}  // namespace atlas::money
