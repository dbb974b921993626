// SPDX-License-Identifier: Apache-2.0
#include "money/rounding.hpp"

#include <array>

#include "base/check.hpp"

namespace atlas::money {

Int128 divide(Int128 numerator, Int128 denominator, Rounding rounding) {
    ATLAS_CHECK(denominator > 0);
    Int128 quotient = numerator / denominator;  // Truncated.
    const Int128 remainder = numerator % denominator;
    if (remainder == 0) {
        return quotient;
    }
    const bool negative = numerator < 0;
    const Int128 away = negative ? -1 : 1;
    const Int128 magnitude = negative ? -remainder : remainder;
    const Int128 rest = denominator - magnitude;  // Compared without doubling: cannot overflow.
    switch (rounding) {
        case Rounding::toward_zero: break;
        case Rounding::floor: quotient += negative ? -1 : 0; break;
        case Rounding::ceiling: quotient += negative ? 0 : 1; break;
        case Rounding::half_up: quotient += magnitude >= rest ? away : 0; break;
        case Rounding::half_to_even:
            if (magnitude > rest || (magnitude == rest && quotient % 2 != 0)) {
                quotient += away;
            }
            break;
    }
    return quotient;
}

std::int64_t power_of_ten(int exponent) {
    static constexpr auto kPowers = [] {
        std::array<std::int64_t, 19> powers{};
        std::int64_t power = 1;
        for (std::size_t i = 0; i < powers.size(); ++i) {
            powers[i] = power;
            power = i + 1 < powers.size() ? power * 10 : power;
        }
        return powers;
    }();
    ATLAS_CHECK(exponent >= 0);
    ATLAS_CHECK(exponent <= 18);
    return kPowers[static_cast<std::size_t>(exponent)];
}

}  // namespace atlas::money
