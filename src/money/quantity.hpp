// SPDX-License-Identifier: Apache-2.0
// Quantities and unit prices: fixed decimals of int64 × 10^-9, not money. Shares, coins, litres
// and index units are a Quantity; what one of them costs is a UnitPrice. Only their product,
// rounded by a named rule, is Money (decision 7).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "money/currency.hpp"
#include "money/money.hpp"
#include "money/rounding.hpp"

namespace atlas::money {

/// An exact number of units of something, to 10^-9; up to about 9.2 thousand million units.
class Quantity {
public:
    static Quantity zero() { return Quantity(0); }
    static Quantity from_billionths(std::int64_t billionths) { return Quantity(billionths); }
    /// Reads a plain decimal, "0.00012345". Errors: invalid_argument for any other text, more than
    /// 9 decimals (never rounded), and beyond the range.
    static Result<Quantity> parse(std::string_view text);

    std::int64_t billionths() const { return billionths_; }
    bool is_zero() const { return billionths_ == 0; }
    bool is_negative() const { return billionths_ < 0; }
    /// For statistics and optimisation only.
    double as_double() const { return static_cast<double>(billionths_) * 1e-9; }

    /// Overflow stops the program; figures from outside go through checked_add.
    Quantity operator-() const;
    Quantity& operator+=(Quantity other);
    Quantity& operator-=(Quantity other);
    friend Quantity operator+(Quantity left, Quantity right) { return left += right; }
    friend Quantity operator-(Quantity left, Quantity right) { return left -= right; }

    /// this × numerator / denominator, rounded once; a 3-for-2 split is scaled(3, 2, …).
    /// denominator > 0. Errors: invalid_argument beyond the range.
    Result<Quantity> scaled(std::int64_t numerator, std::int64_t denominator,
                            Rounding rounding) const;

    friend auto operator<=>(const Quantity&, const Quantity&) = default;

private:
    explicit Quantity(std::int64_t billionths) : billionths_(billionths) {}
    std::int64_t billionths_;
};

/// What one unit costs, to 10^-9 of the currency's major unit.
class UnitPrice {
public:
    static UnitPrice from_billionths(std::int64_t billionths, Currency currency) {
        return UnitPrice(billionths, currency);
    }
    /// Reads a plain decimal, "187.4325". Errors: invalid_argument for any other text, more than 9
    /// decimals (never rounded), and beyond the range.
    static Result<UnitPrice> parse(std::string_view text, Currency currency);

    std::int64_t billionths() const { return billionths_; }
    Currency currency() const { return currency_; }
    /// For statistics and optimisation only.
    double as_double() const { return static_cast<double>(billionths_) * 1e-9; }

    friend bool operator==(const UnitPrice&, const UnitPrice&) = default;

private:
    UnitPrice(std::int64_t billionths, Currency currency)
        : billionths_(billionths),
          currency_(currency) {}
    std::int64_t billionths_;
    Currency currency_;
};

/// Errors: invalid_argument on overflow.
Result<Quantity> checked_add(Quantity left, Quantity right);

/// price × quantity, computed in 128 bits and rounded once to the currency's minor unit.
/// Errors: invalid_argument when the amount leaves the range of int64 minor units.
Result<Money> value_of(Quantity quantity, UnitPrice price, Rounding rounding);

/// total / quantity: the average cost of one unit, rounded once to 10^-9.
/// Errors: invalid_argument when the quantity is zero or the price leaves the range.
Result<UnitPrice> price_of_one(Money total, Quantity quantity, Rounding rounding);

/// Shortest decimal: "1.5".
std::string to_decimal(Quantity quantity);
std::string to_decimal(UnitPrice price);

}  // namespace atlas::money
