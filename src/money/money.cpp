// SPDX-License-Identifier: Apache-2.0
#include "money/money.hpp"

#include <limits>

#include "base/format.hpp"
#include "money/decimal.hpp"

namespace atlas::money {

Result<Money> Money::parse(std::string_view text, Currency currency) {
    const DecimalText decimal = scan_decimal(text, currency.decimals());
    switch (decimal.problem) {
        case DecimalProblem::none: return Money(decimal.scaled, currency);
        case DecimalProblem::malformed:
            return invalid_argument(
                {}, format("\"{}\" is not a decimal amount like -12.30", text.substr(0, 40)));
        case DecimalProblem::too_many_decimals:
            return invalid_argument(
                {}, format("\"{}\" has more than the {} decimals of {}", text.substr(0, 40),
                           currency.decimals(), currency.code()));
        case DecimalProblem::out_of_range: break;
    }
    return invalid_argument({}, format("\"{}\" is beyond the largest amount of {}",
                                       text.substr(0, 40), currency.code()));
}

void Money::require_same_currency(Money other) const {
    ATLAS_CHECK(currency_ == other.currency_);
}

Money Money::operator-() const {
    ATLAS_CHECK(minor_ != std::numeric_limits<std::int64_t>::min());
    return Money(-minor_, currency_);
}

Money& Money::operator+=(Money other) {
    require_same_currency(other);
    ATLAS_CHECK(!__builtin_add_overflow(minor_, other.minor_, &minor_));
    return *this;
}

Money& Money::operator-=(Money other) {
    require_same_currency(other);
    ATLAS_CHECK(!__builtin_sub_overflow(minor_, other.minor_, &minor_));
    return *this;
}

Result<Money> Money::scaled(std::int64_t numerator, std::int64_t denominator,
                            Rounding rounding) const {
    const Int128 result = divide(Int128{minor_} * numerator, denominator, rounding);
    if (result > std::numeric_limits<std::int64_t>::max() ||
        result < std::numeric_limits<std::int64_t>::min()) {
        return invalid_argument({}, format("{} × {} / {} is beyond the largest amount",
                                           to_string(*this), numerator, denominator));
    }
    return Money(static_cast<std::int64_t>(result), currency_);
}

Result<Money> checked_add(Money left, Money right) {
    if (left.currency() != right.currency()) {
        return invalid_argument({}, format("{} and {} are different currencies",
                                           left.currency().code(), right.currency().code()));
    }
    std::int64_t sum = 0;
    if (__builtin_add_overflow(left.minor(), right.minor(), &sum)) {
        return invalid_argument({}, format("{} plus {} is beyond the largest amount",
                                           to_string(left), to_string(right)));
    }
    return Money::from_minor(sum, left.currency());
}

Money abs(Money amount) {
    return amount.is_negative() ? -amount : amount;
}

std::string to_decimal(Money amount) {
    return format_decimal(amount.minor(), amount.currency().decimals());
}

std::string to_string(Money amount) {
    return format("{} {}", to_decimal(amount), amount.currency().code());
}

}  // namespace atlas::money
