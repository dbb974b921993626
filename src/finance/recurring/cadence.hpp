// SPDX-License-Identifier: Apache-2.0
// How often something comes, and how far a date lies from where a cadence expects it. Months have
// no fixed length and pay moves off weekends, so a gap is counted in periods of the calendar, and
// what is left over is the residual in days.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/date.hpp"

namespace atlas::finance::recurring {

enum class Cadence : std::uint8_t {
    weekly,
    biweekly,
    four_weekly,
    semi_monthly,  ///< Twice a month: the 1st and the 15th, the 15th and the last.
    monthly,
    two_monthly,
    quarterly,
    half_yearly,
    yearly,
};
inline constexpr std::array kCadences{
    Cadence::weekly,       Cadence::biweekly,    Cadence::four_weekly,
    Cadence::semi_monthly, Cadence::monthly,     Cadence::two_monthly,
    Cadence::quarterly,    Cadence::half_yearly, Cadence::yearly};

std::string_view name_of(Cadence cadence);

/// What a cadence tolerates and asks for.
struct CadenceTraits {
    int days = 0;               ///< A period in days; 0 where months count.
    int months = 0;             ///< A period in months; 0 where days count.
    double period_days = 0.0;   ///< Mean length.
    int residual_days_max = 0;  ///< Farther from the expected day is another payment.
    double jitter_days = 0.0;   ///< Scale of the Laplace law of residuals.
    int missed_max = 0;         ///< Periods in a row that may stay empty and still be a pause.
    std::size_t occurrences_min = 0;  ///< Fewer are no series, whatever they look like.
};
const CadenceTraits& traits_of(Cadence cadence);

/// A date taken apart once, because gaps are asked for millions of times.
struct Day {
    std::int32_t days = 0;    ///< Since 1970-01-01.
    std::int32_t month = 0;   ///< year × 12 + month − 1.
    std::int8_t day = 1;      ///< Of the month.
    std::int8_t length = 31;  ///< Days in the month.
};
Day take_apart(Date date);

/// From an earlier date to a later one: whole periods (at least 1) and the days left over.
struct Gap {
    int periods = 0;
    int residual_days = 0;
};

/// Nothing when the residual is beyond the cadence's, or more periods went by than a pause has.
/// Cost: a few nanoseconds.
std::optional<Gap> measure_gap(const Day& from, const Day& to, Cadence cadence);

/// Natural logarithm of the chance of a residual under the cadence's Laplace law.
double log_chance_of_residual(Cadence cadence, int residual_days);

}  // namespace atlas::finance::recurring
