// SPDX-License-Identifier: Apache-2.0
// Money: an exact amount of one currency, int64 minor units. Amounts of different currencies never
// meet without an FxTable; there is no conversion from or to double here.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "money/currency.hpp"
#include "money/rounding.hpp"

namespace atlas::money {

class Money {
public:
    static Money zero(Currency currency) { return Money(0, currency); }
    static Money from_minor(std::int64_t minor, Currency currency) {
        return Money(minor, currency);
    }
    /// Reads a plain decimal: "-12.30", "1234", "+0.5"; no exponent, no group separators, no
    /// spaces. Errors: invalid_argument for any other text, for more decimals than the currency
    /// has (never rounded), and beyond the range of int64 minor units.
    static Result<Money> parse(std::string_view text, Currency currency);

    std::int64_t minor() const { return minor_; }
    Currency currency() const { return currency_; }
    bool is_zero() const { return minor_ == 0; }
    bool is_negative() const { return minor_ < 0; }
    bool is_positive() const { return minor_ > 0; }

    /// Arithmetic of one currency; another currency or an overflow stops the program. Figures
    /// from outside go through checked_add.
    Money operator-() const;
    Money& operator+=(Money other);
    Money& operator-=(Money other);
    friend Money operator+(Money left, Money right) { return left += right; }
    friend Money operator-(Money left, Money right) { return left -= right; }

    /// this × numerator / denominator, rounded once. denominator > 0.
    /// Errors: invalid_argument when the result leaves the range of int64 minor units.
    Result<Money> scaled(std::int64_t numerator, std::int64_t denominator, Rounding rounding) const;

    /// Compares amounts of one currency; another currency stops the program.
    friend bool operator==(Money left, Money right) { return (left <=> right) == 0; }
    friend std::strong_ordering operator<=>(Money left, Money right) {
        left.require_same_currency(right);
        return left.minor_ <=> right.minor_;
    }

private:
    Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
    void require_same_currency(Money other) const;

    std::int64_t minor_;
    Currency currency_;
};

/// Errors: invalid_argument on different currencies or overflow.
Result<Money> checked_add(Money left, Money right);

Money abs(Money amount);

/// Decimal digits with exactly the currency's decimals: "-12.30". No currency code.
std::string to_decimal(Money amount);
/// "-12.30 USD", for messages.
std::string to_string(Money amount);

}  // namespace atlas::money
