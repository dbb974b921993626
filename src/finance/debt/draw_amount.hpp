// SPDX-License-Identifier: Apache-2.0
// An uncertain amount of money, for futures that are drawn.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/random.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::finance::debt {

/// Lognormal with this mean (minor units) and volatility (deviation over mean), rounded to the
/// minor unit. A path that a draw would take out of the range of amounts stops at its end.
inline std::int64_t draw_amount(std::int64_t mean, double volatility, Random& random) {
    if (volatility == 0.0) {
        return mean;
    }
    const double variance = std::log1p(volatility * volatility);
    const double drawn = static_cast<double>(mean) *
                         std::exp(std::sqrt(variance) * random.normal() - 0.5 * variance);
    constexpr double kEnd = static_cast<double>(kAmountMinorMax);
    return std::llround(std::clamp(drawn, -kEnd, kEnd));
}

}  // namespace atlas::finance::debt
