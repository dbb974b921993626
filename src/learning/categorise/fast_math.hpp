// SPDX-License-Identifier: Apache-2.0
// exp, ln(1 + x) and tanh as short polynomials: the same bits everywhere, several at a time, and
// finer than evidence is weighed. Within 1e-5 and 1e-3 of the exact ones (fast_math_test.cpp).
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>

namespace atlas::learning::categorise {

/// ln(1 + x) for x ≥ 0, absolute error below 1e-3.
inline float log_of_one_plus(float x) {
    const float y = 1 + x;
    const auto bits = std::bit_cast<std::uint32_t>(y);
    const auto exponent = static_cast<float>(static_cast<int>(bits >> 23U) - 127);
    const float m = std::bit_cast<float>((bits & 0x007FFFFFU) | 0x3F800000U);
    // Chebyshev fit of log2 on [1, 2).
    const float log2_m =
        -2.153620718F + m * (3.047884161F + m * (-1.051875031F + m * 0.1582487046F));
    return 0.69314718F * (exponent + log2_m);
}

inline constexpr float kExpMax = 80;

/// e^x where x lies within ±kExpMax.
inline float exp_of_bounded(float x) {
    const float scaled = x * 1.44269504F;
    // Truncation towards zero after a shift above it: floor, without a branch.
    const auto whole = static_cast<std::int32_t>(scaled + 128.0F) - 128;
    const float part = scaled - static_cast<float>(whole);
    // Taylor of 2^part around a half, so that [0, 1) lies within a half of it.
    const float t = (part - 0.5F) * 0.69314718F;
    const float near =
        1 + t * (1 + t * (0.5F + t * (0.16666667F + t * (0.041666667F + t * 0.0083333333F))));
    const float scale = std::bit_cast<float>(static_cast<std::uint32_t>(whole + 127) << 23U);
    return 1.41421356F * near * scale;
}

/// e^x, relative error below 1e-5; what lies outside ±kExpMax counts as ±kExpMax.
inline float exp_of(float x) {
    return exp_of_bounded(std::clamp(x, -kExpMax, kExpMax));
}

/// The same for each. Bounded first and apart: with the bounds in one loop with the rest, g++ 12
/// takes them one at a time.
inline void exp_of_each(std::span<float> values) {
    for (float& value : values) {
        value = std::min(std::max(value, -kExpMax), kExpMax);
    }
    for (float& value : values) {
        value = exp_of_bounded(value);
    }
}

/// tanh of x ≥ 0, absolute error below 1e-5.
inline float tanh_of(float x) {
    return 1 - 2 / (exp_of(2 * x) + 1);
}

}  // namespace atlas::learning::categorise
