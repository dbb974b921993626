// SPDX-License-Identifier: Apache-2.0
// Schoolbook arithmetic on 64-bit limbs. The quotient is one word, so it is found by bisection on
// products and comparisons; there is no long division to get wrong.
#include "money/exact.hpp"

#include <bit>
#include <limits>

#include "base/check.hpp"

namespace atlas::money {
namespace {

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t kMagnitudeMax = std::uint64_t{1} << 63;

Natural multiplied(const Natural& value, std::uint64_t factor) {
    Natural product = value;
    product *= factor;
    return product;
}

/// Product of `factors` when it fits 126 bits, so that divide() can take it.
std::optional<Int128> short_product(std::span<const std::uint64_t> factors) {
    Wide product = 1;
    for (const std::uint64_t factor : factors) {
        if (__builtin_mul_overflow(product, Wide{factor}, &product)) {
            return std::nullopt;
        }
    }
    return product >> 126 == 0 ? std::optional(static_cast<Int128>(product)) : std::nullopt;
}

Natural long_product(std::span<const std::uint64_t> factors) {
    Natural product(1);
    for (const std::uint64_t factor : factors) {
        product *= factor;
    }
    return product;
}

/// True when a magnitude quotient + a fraction (compared with 1/2) is rounded away from zero.
bool rounds_away(Sign sign, std::strong_ordering fraction_to_half, bool is_odd, Rounding rounding) {
    switch (rounding) {
        case Rounding::toward_zero: return false;
        case Rounding::floor: return sign == Sign::minus;
        case Rounding::ceiling: return sign == Sign::plus;
        case Rounding::half_up: return fraction_to_half >= 0;
        case Rounding::half_to_even:
            return fraction_to_half > 0 || (fraction_to_half == 0 && is_odd);
    }
    return false;
}

std::optional<std::int64_t> with_sign(Sign sign, std::uint64_t size) {
    if (size > kMagnitudeMax || (size == kMagnitudeMax && sign == Sign::plus)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(sign == Sign::minus ? 0 - size : size);
}

}  // namespace

Natural::Natural(std::uint64_t value) {
    if (value != 0) {
        limbs_.push_back(value);
    }
}

std::size_t Natural::bits() const {
    return limbs_.empty()
               ? 0
               : 64 * limbs_.size() - static_cast<std::size_t>(std::countl_zero(limbs_.back()));
}

Natural& Natural::operator*=(std::uint64_t factor) {
    if (factor == 0) {
        limbs_.clear();
        return *this;
    }
    std::uint64_t carry = 0;
    for (std::uint64_t& limb : limbs_) {
        const Wide product = Wide{limb} * factor + carry;
        limb = static_cast<std::uint64_t>(product);
        carry = static_cast<std::uint64_t>(product >> 64);
    }
    if (carry != 0) {
        limbs_.push_back(carry);
    }
    return *this;
}

Natural& Natural::operator-=(const Natural& other) {
    ATLAS_CHECK(*this >= other);
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
        const Wide taken = Wide{i < other.limbs_.size() ? other.limbs_[i] : 0} + borrow;
        borrow = Wide{limbs_[i]} < taken ? 1 : 0;
        limbs_[i] -= static_cast<std::uint64_t>(taken);
    }
    while (!limbs_.empty() && limbs_.back() == 0) {
        limbs_.pop_back();
    }
    return *this;
}

Natural Natural::power(std::uint64_t base, int exponent) {
    ATLAS_CHECK(exponent >= 0);
    Natural result(1);
    for (int i = 0; i < exponent; ++i) {
        result *= base;
    }
    return result;
}

std::strong_ordering operator<=>(const Natural& left, const Natural& right) {
    if (left.limbs_.size() != right.limbs_.size()) {
        return left.limbs_.size() <=> right.limbs_.size();
    }
    for (std::size_t i = left.limbs_.size(); i-- > 0;) {
        if (left.limbs_[i] != right.limbs_[i]) {
            return left.limbs_[i] <=> right.limbs_[i];
        }
    }
    return std::strong_ordering::equal;
}

std::optional<std::int64_t> round_quotient(Sign sign, const Natural& above, const Natural& below,
                                           Rounding rounding) {
    ATLAS_CHECK(!below.is_zero());
    if (above.bits() > below.bits() + 64) {
        return std::nullopt;  // The quotient is at least 2^64.
    }
    // The largest quotient with quotient × below <= above, from the highest bit down.
    std::uint64_t quotient = 0;
    for (int bit = 63; bit >= 0; --bit) {
        const std::uint64_t candidate = quotient | (std::uint64_t{1} << bit);
        if (multiplied(below, candidate) <= above) {
            quotient = candidate;
        }
    }
    Natural rest = above;
    rest -= multiplied(below, quotient);
    if (rest >= below) {
        return std::nullopt;  // 64 bits did not suffice.
    }
    if (!rest.is_zero()) {
        const auto fraction_to_half = multiplied(rest, 2) <=> below;
        if (rounds_away(sign, fraction_to_half, quotient % 2 != 0, rounding)) {
            if (quotient == std::numeric_limits<std::uint64_t>::max()) {
                return std::nullopt;
            }
            ++quotient;
        }
    }
    return with_sign(sign, quotient);
}

std::optional<std::int64_t> round_ratio(Sign sign, std::span<const std::uint64_t> above,
                                        std::span<const std::uint64_t> below, Rounding rounding) {
    const auto numerator = short_product(above);
    const auto denominator = short_product(below);
    if (!numerator || !denominator) {
        return round_quotient(sign, long_product(above), long_product(below), rounding);
    }
    const Int128 quotient =
        divide(sign == Sign::minus ? -*numerator : *numerator, *denominator, rounding);
    if (quotient > std::numeric_limits<std::int64_t>::max() ||
        quotient < std::numeric_limits<std::int64_t>::min()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(quotient);
}

}  // namespace atlas::money
