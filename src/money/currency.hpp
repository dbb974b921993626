// SPDX-License-Identifier: Apache-2.0
// ISO 4217 currencies and their minor units. Metals, funds and test codes are not money here;
// crypto is a commodity (Quantity), never a Currency.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace atlas::money {

/// Two bytes: an index into the ISO table. Cheap to copy and compare.
class Currency {
public:
    /// Three capital letters of ISO 4217. Errors: invalid_argument for anything else.
    static Result<Currency> parse(std::string_view code);

    std::string_view code() const;
    /// Digits after the decimal point: 2 for USD, 0 for JPY, 3 for KWD.
    int decimals() const;

    friend bool operator==(Currency, Currency) = default;
    friend auto operator<=>(Currency left, Currency right) { return left.code() <=> right.code(); }

private:
    explicit constexpr Currency(std::uint16_t index) : index_(index) {}
    std::uint16_t index_;
};

/// All codes in alphabetical order.
std::span<const std::string_view> currency_codes();

}  // namespace atlas::money
