// SPDX-License-Identifier: Apache-2.0
// Every division of money names how it rounds. There is no default.
#pragma once

#include <cstdint>

namespace atlas::money {

enum class Rounding : std::uint8_t {
    half_to_even,  ///< "Banker's": interest, the convention of the calculators.
    half_up,       ///< Half away from zero: tax forms, most invoices.
    toward_zero,   ///< Truncate.
    floor,         ///< Toward minus infinity.
    ceiling,       ///< Toward plus infinity: a payment that must suffice.
};

__extension__ using Int128 = __int128;

/// numerator / denominator in whole units. denominator > 0, checked.
Int128 divide(Int128 numerator, Int128 denominator, Rounding rounding);

/// 10 to the power 0..18, checked.
std::int64_t power_of_ten(int exponent);

}  // namespace atlas::money
