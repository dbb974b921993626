// SPDX-License-Identifier: Apache-2.0
// Exact quotients of long products: conversion through two rates, interest compounded day by day
// and level payments leave 128 bits, and must still be rounded once, correctly.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "money/rounding.hpp"

namespace atlas::money {

/// A whole number >= 0 of any length. Only what exact rounding needs.
class Natural {
public:
    explicit Natural(std::uint64_t value = 0);

    bool is_zero() const { return limbs_.empty(); }
    std::size_t bits() const;

    /// Cost: linear in the length.
    Natural& operator*=(std::uint64_t factor);
    /// this >= other, checked.
    Natural& operator-=(const Natural& other);

    static Natural power(std::uint64_t base, int exponent);

    friend bool operator==(const Natural&, const Natural&) = default;
    friend std::strong_ordering operator<=>(const Natural& left, const Natural& right);

private:
    std::vector<std::uint64_t> limbs_;  ///< Least significant first, no leading zero.
};

enum class Sign : std::uint8_t { plus, minus };

/// ± above / below, rounded once; below > 0, checked. Nothing when it leaves the range of int64.
/// Cost: 64 products of the length of `below`.
std::optional<std::int64_t> round_quotient(Sign sign, const Natural& above, const Natural& below,
                                           Rounding rounding);

/// ± (product of `above`) / (product of `below`), rounded once; no factor below is 0, checked.
/// Nothing when it leaves the range of int64. Cost: one 128-bit division while the products fit.
std::optional<std::int64_t> round_ratio(Sign sign, std::span<const std::uint64_t> above,
                                        std::span<const std::uint64_t> below, Rounding rounding);

/// |value|, also of the smallest int64.
constexpr std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

}  // namespace atlas::money
