// SPDX-License-Identifier: Apache-2.0
// Products of two int64 fit 126 bits, so one 128-bit division is the whole arithmetic.
#include "money/quantity.hpp"

#include <limits>
#include <optional>

#include "base/format.hpp"
#include "money/decimal.hpp"

namespace atlas::money {
namespace {

constexpr int kDecimals = 9;
constexpr std::int64_t kBillion = 1'000'000'000;

Result<std::int64_t> parse_billionths(std::string_view text, std::string_view what) {
    const DecimalText decimal = scan_decimal(text, kDecimals);
    switch (decimal.problem) {
        case DecimalProblem::none: return decimal.scaled;
        case DecimalProblem::malformed:
            return invalid_argument(
                {}, format("\"{}\" is not a {} like 12.5", text.substr(0, 40), what));
        case DecimalProblem::too_many_decimals:
            return invalid_argument({}, format("{} \"{}\" has more than {} decimals", what,
                                               text.substr(0, 40), kDecimals));
        case DecimalProblem::out_of_range: break;
    }
    return invalid_argument({}, format("{} \"{}\" is beyond {}", what, text.substr(0, 40),
                                       std::numeric_limits<std::int64_t>::max() / kBillion));
}

std::optional<std::int64_t> narrow(Int128 value) {
    if (value > std::numeric_limits<std::int64_t>::max() ||
        value < std::numeric_limits<std::int64_t>::min()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace

Result<Quantity> Quantity::parse(std::string_view text) {
    return parse_billionths(text, "quantity").transform(Quantity::from_billionths);
}

Result<UnitPrice> UnitPrice::parse(std::string_view text, Currency currency) {
    return parse_billionths(text, "price").transform([&](std::int64_t billionths) {
        return UnitPrice(billionths, currency);
    });
}

Quantity Quantity::operator-() const {
    ATLAS_CHECK(billionths_ != std::numeric_limits<std::int64_t>::min());
    return Quantity(-billionths_);
}

Quantity& Quantity::operator+=(Quantity other) {
    ATLAS_CHECK(!__builtin_add_overflow(billionths_, other.billionths_, &billionths_));
    return *this;
}

Quantity& Quantity::operator-=(Quantity other) {
    ATLAS_CHECK(!__builtin_sub_overflow(billionths_, other.billionths_, &billionths_));
    return *this;
}

Result<Quantity> Quantity::scaled(std::int64_t numerator, std::int64_t denominator,
                                  Rounding rounding) const {
    const auto result = narrow(divide(Int128{billionths_} * numerator, denominator, rounding));
    if (!result) {
        return invalid_argument({}, format("{} × {} / {} is beyond the largest quantity",
                                           to_decimal(*this), numerator, denominator));
    }
    return Quantity(*result);
}

Result<Quantity> checked_add(Quantity left, Quantity right) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(left.billionths(), right.billionths(), &sum)) {
        return invalid_argument({}, format("{} plus {} is beyond the largest quantity",
                                           to_decimal(left), to_decimal(right)));
    }
    return Quantity::from_billionths(sum);
}

Result<Money> value_of(Quantity quantity, UnitPrice price, Rounding rounding) {
    // 10^-18 of the major unit; dividing by 10^(18 - decimals) leaves minor units.
    const Int128 product = Int128{quantity.billionths()} * price.billionths();
    const std::int64_t per_minor = power_of_ten(2 * kDecimals - price.currency().decimals());
    const auto minor = narrow(divide(product, per_minor, rounding));
    if (!minor) {
        return invalid_argument(
            {}, format("{} at {} {} is beyond the largest amount", to_decimal(quantity),
                       to_decimal(price), price.currency().code()));
    }
    return Money::from_minor(*minor, price.currency());
}

Result<UnitPrice> price_of_one(Money total, Quantity quantity, Rounding rounding) {
    if (quantity.is_zero()) {
        return invalid_argument(
            {}, format("{} for a quantity of 0 has no price of one", to_string(total)));
    }
    const Int128 scale = Int128{power_of_ten(2 * kDecimals - total.currency().decimals())};
    const Int128 numerator = Int128{total.minor()} * scale;
    const bool negative = quantity.is_negative();
    const auto price = narrow(divide(
        negative ? -numerator : numerator,
        negative ? -Int128{quantity.billionths()} : Int128{quantity.billionths()}, rounding));
    if (!price) {
        return invalid_argument({}, format("{} for {} is beyond the largest price",
                                           to_string(total), to_decimal(quantity)));
    }
    return UnitPrice::from_billionths(*price, total.currency());
}

std::string to_decimal(Quantity quantity) {
    return format_decimal_short(quantity.billionths(), kDecimals);
}

std::string to_decimal(UnitPrice price) {
    return format_decimal_short(price.billionths(), kDecimals);
}

}  // namespace atlas::money
