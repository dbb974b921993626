// SPDX-License-Identifier: Apache-2.0
// A step is a fraction of whole numbers, so a path is one product and is rounded once.
#include "money/fx_table.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "money/decimal.hpp"
#include "money/exact.hpp"

namespace atlas::money {
namespace {
constexpr int kDecimals = 9;
constexpr std::uint64_t kBillion = 1'000'000'000;
}  // namespace

Result<FxRate> FxRate::parse(std::string_view text) {
    const DecimalText decimal = scan_decimal(text, kDecimals);
    if (decimal.problem != DecimalProblem::none) {
        return invalid_argument(
            {}, format("\"{}\" is not an exchange rate like 1.0837, of at most {} decimals",
                       text.substr(0, 40), kDecimals));
    }
    return from_billionths(decimal.scaled);
}

Result<FxRate> FxRate::from_billionths(std::int64_t billionths) {
    if (billionths <= 0) {
        return invalid_argument({}, format("exchange rate {} is not above zero",
                                           format_decimal_short(billionths, kDecimals)));
    }
    return FxRate(billionths);
}

Result<void> FxTable::add(const FxQuote& quote) {
    if (quote.base == quote.quote) {
        return invalid_argument({}, format("a rate from {} to itself", quote.base.code()));
    }
    if (pairs_.contains({quote.quote, quote.base})) {
        return invalid_argument(
            {}, format("{}/{} is already quoted as {}/{}", quote.base.code(), quote.quote.code(),
                       quote.quote.code(), quote.base.code()));
    }
    pairs_[{quote.base, quote.quote}].insert_or_assign(quote.date, quote.rate);
    return {};
}

Result<FxTable::Step> FxTable::find_step(Currency from, Currency to, Date on) const {
    const auto direct = pairs_.find({from, to});
    const auto inverse = pairs_.find({to, from});
    const bool is_direct = direct != pairs_.end();
    if (is_direct || inverse != pairs_.end()) {
        const Days& days = is_direct ? direct->second : inverse->second;
        auto after = days.upper_bound(on);
        if (after != days.begin()) {
            const auto& [date, rate] = *--after;
            const auto billionths = static_cast<std::uint64_t>(rate.billionths());
            if (on - date <= kRateAgeDaysMax) {
                return is_direct ? Step{billionths, kBillion, date}
                                 : Step{kBillion, billionths, date};
            }
        }
    }
    return fail(ErrorCode::not_found, {},
                format("no rate from {} to {} on {} or in the {} days before", from.code(),
                       to.code(), to_string(on), kRateAgeDaysMax));
}

Result<Conversion> FxTable::convert(Money amount, FxPath path, Date on, Rounding rounding) const {
    const Currency from = amount.currency();
    if (from == path.to) {
        return Conversion{amount, on};
    }
    const bool goes_via = path.via && *path.via != from && *path.via != path.to;
    ATLAS_TRY_ASSIGN(const Step first, find_step(from, goes_via ? *path.via : path.to, on));
    Step second{1, 1, first.date};
    if (goes_via) {
        ATLAS_TRY_ASSIGN(second, find_step(*path.via, path.to, on));
    }
    const std::array above{magnitude(amount.minor()), first.above, second.above,
                           static_cast<std::uint64_t>(power_of_ten(path.to.decimals()))};
    const std::array below{first.below, second.below,
                           static_cast<std::uint64_t>(power_of_ten(from.decimals()))};
    const auto minor =
        round_ratio(amount.is_negative() ? Sign::minus : Sign::plus, above, below, rounding);
    if (!minor) {
        return invalid_argument(
            {}, format("{} in {} is beyond the largest amount", to_string(amount), path.to.code()));
    }
    return Conversion{Money::from_minor(*minor, path.to), std::min(first.date, second.date)};
}

}  // namespace atlas::money
