// SPDX-License-Identifier: Apache-2.0
// Interest on an exact balance at a contractual rate, rounded half to even to the minor unit: the
// convention of every calculator. No double takes part.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "money/day_count.hpp"
#include "money/money.hpp"
#include "money/rate.hpp"

namespace atlas::money {

/// balance × rate / 12, half to even. A negative balance earns negative interest.
/// Cost: one 128-bit division.
Money monthly_interest(Money balance, AnnualRate rate);

/// balance × rate × years, half to even: simple interest by any day count.
/// Errors: invalid_argument when the amount leaves the range of int64 minor units.
Result<Money> simple_interest(Money balance, AnnualRate rate, YearFraction years);

/// Longest span compounded day by day in one call: ten years.
inline constexpr int kCompoundingDaysMax = 3660;

/// balance × ((1 + rate / 365)^days − 1), half to even, the exact rational rounded once.
/// Units: actual days, leap years too (act/365F).
/// Errors: invalid_argument when days is not 0 to 3660, or beyond the range of int64 minor units.
/// Cost: one 128-bit product a day; where that cannot decide the last cent, exact long arithmetic.
Result<Money> daily_compound_interest(Money balance, AnnualRate rate, int days);

}  // namespace atlas::money
