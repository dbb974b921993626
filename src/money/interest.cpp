// SPDX-License-Identifier: Apache-2.0
// Compounding by the day is done twice at most. First in fixed point with an error bound: if every
// value within the bound rounds to the same minor unit, that is the answer. Otherwise, about once
// in a thousand million times, as a quotient of whole numbers of a thousand bits.
#include "money/interest.hpp"

#include <array>
#include <optional>

#include "base/format.hpp"
#include "money/exact.hpp"

namespace atlas::money {
namespace {

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t kBillion = 1'000'000'000;
constexpr std::int64_t kDaysPerYear = 365;

/// One day's factor is above / below.
constexpr std::int64_t kDayBelow = kDaysPerYear * static_cast<std::int64_t>(kBillion);

// Fixed point with 60 fraction bits: growth below 8 leaves 63-bit factors, whose products fit.
constexpr int kFractionBits = 60;
constexpr Wide kOne = Wide{1} << kFractionBits;
constexpr Wide kGrowthMax = Wide{8} << kFractionBits;
constexpr std::uint64_t kFastBalanceMax = std::uint64_t{1} << 60;

Sign sign_of(bool negative) {
    return negative ? Sign::minus : Sign::plus;
}

/// Growth minus one, within [low, low + slack] × 2^-60.
struct Growth {
    Wide low;
    Wide slack;
};

/// Nothing when the growth does not fit the fixed point. rate > 0.
std::optional<Growth> fast_growth(AnnualRate rate, int days) {
    const Wide day = (static_cast<Wide>(rate.billionths()) << kFractionBits) / Wide{kDayBelow};
    Wide grown = kOne;
    Wide slack = 0;
    for (int i = 0; i < days; ++i) {
        // `day` is short by less than one unit, `grown` by at most slack, and the product is
        // truncated: (grown + slack) × (1 + day + 1 unit) bounds what it should be. The four
        // terms it adds are each rounded up by one unit.
        slack += (slack * day >> kFractionBits) + (grown >> kFractionBits) + 4;
        grown += grown * day >> kFractionBits;
        if (grown + slack >= kGrowthMax) {
            return std::nullopt;
        }
    }
    return Growth{grown - kOne, slack};
}

/// The answer where every value within the bound rounds to it.
std::optional<std::int64_t> fast_interest(std::uint64_t balance, AnnualRate rate, int days) {
    if (balance > kFastBalanceMax || rate.billionths() <= 0) {
        return std::nullopt;
    }
    const auto growth = fast_growth(rate, days);
    if (!growth) {
        return std::nullopt;
    }
    const auto unit = static_cast<Int128>(kOne);
    const auto low = static_cast<Int128>(balance * growth->low);
    const auto high = static_cast<Int128>(balance * (growth->low + growth->slack));
    const Int128 rounded = divide(low, unit, Rounding::half_up);
    // Strictly inside (rounded − 1/2, rounded + 1/2): no tie, so half to even is half up.
    const bool is_sure = rounded * unit - unit / 2 < low && high < rounded * unit + unit / 2;
    return is_sure ? std::optional(static_cast<std::int64_t>(rounded)) : std::nullopt;
}

/// The quotient of whole numbers; nothing beyond the range.
std::optional<std::int64_t> exact_interest(Money balance, AnnualRate rate, int days) {
    if (rate.billionths() == 0) {
        return 0;
    }
    const bool shrinks = rate.billionths() < 0;
    const auto day_above = static_cast<std::uint64_t>(kDayBelow + rate.billionths());
    const Natural above = Natural::power(day_above, days);
    const Natural below = Natural::power(static_cast<std::uint64_t>(kDayBelow), days);
    Natural difference = shrinks ? below : above;
    difference -= shrinks ? above : below;
    difference *= magnitude(balance.minor());
    return round_quotient(sign_of(shrinks != balance.is_negative()), difference, below,
                          Rounding::half_to_even);
}

Unexpected beyond(Money balance, AnnualRate rate) {
    return invalid_argument({}, format("interest on {} at {} is beyond the largest amount",
                                       to_string(balance), to_decimal(rate)));
}

}  // namespace

Money monthly_interest(Money balance, AnnualRate rate) {
    // At most 10/12 of the balance (AnnualRate's limit), so it cannot overflow.
    return balance
        .scaled(rate.billionths(), 12 * static_cast<std::int64_t>(kBillion), Rounding::half_to_even)
        .value();
}

Result<Money> simple_interest(Money balance, AnnualRate rate, YearFraction years) {
    ATLAS_CHECK(years.denominator > 0);
    const bool negative =
        balance.is_negative() != ((rate.billionths() < 0) != (years.numerator < 0));
    const std::array above{magnitude(balance.minor()), magnitude(rate.billionths()),
                           magnitude(years.numerator)};
    const std::array below{kBillion, static_cast<std::uint64_t>(years.denominator)};
    const auto minor = round_ratio(sign_of(negative), above, below, Rounding::half_to_even);
    if (!minor) {
        return beyond(balance, rate);
    }
    return Money::from_minor(*minor, balance.currency());
}

Result<Money> daily_compound_interest(Money balance, AnnualRate rate, int days) {
    if (days < 0 || days > kCompoundingDaysMax) {
        return invalid_argument(
            {}, format("{} days of interest; 0 to {} accepted", days, kCompoundingDaysMax));
    }
    if (const auto size = fast_interest(magnitude(balance.minor()), rate, days)) {
        return Money::from_minor(balance.is_negative() ? -*size : *size, balance.currency());
    }
    const auto minor = exact_interest(balance, rate, days);
    if (!minor) {
        return beyond(balance, rate);
    }
    return Money::from_minor(*minor, balance.currency());
}

}  // namespace atlas::money
