// SPDX-License-Identifier: Apache-2.0
// Dated conversion between currencies. A missing day uses the last rate of the 7 days before and
// says its date; nothing younger than the day asked for is ever used, and a third currency only
// when the caller names it (decision 8).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/date.hpp"
#include "base/result.hpp"
#include "money/currency.hpp"
#include "money/money.hpp"
#include "money/rounding.hpp"

namespace atlas::money {

/// Units of one currency for one unit of another, to 10^-9, above zero.
class FxRate {
public:
    /// Reads a plain decimal, "1.0837". Errors: invalid_argument for any other text, more than 9
    /// decimals, zero or less, and beyond the range.
    static Result<FxRate> parse(std::string_view text);
    /// Errors: invalid_argument for zero or less.
    static Result<FxRate> from_billionths(std::int64_t billionths);

    std::int64_t billionths() const { return billionths_; }
    friend auto operator<=>(const FxRate&, const FxRate&) = default;

private:
    explicit FxRate(std::int64_t billionths) : billionths_(billionths) {}
    std::int64_t billionths_;
};

/// 1 `base` = `rate` `quote` on `date`.
struct FxQuote {
    Currency base;
    Currency quote;
    Date date;
    FxRate rate;
};

/// To which currency, and through which other one where there is no direct rate.
struct FxPath {
    Currency to;
    std::optional<Currency> via = std::nullopt;
};

/// An amount in another currency, and the date of the oldest rate it stands on.
struct Conversion {
    Money amount;
    Date rate_date;
};

class FxTable {
public:
    /// A rate answers for its own day and the 7 days after it.
    static constexpr std::int32_t kRateAgeDaysMax = 7;

    /// Keeps one rate per pair and day, the last one added. A pair may be quoted either way round;
    /// a quote is divided by where it is needed the other way, never inverted and stored.
    /// Errors: invalid_argument when both currencies are the same, or when the pair is already
    /// quoted the other way round.
    Result<void> add(const FxQuote& quote);

    /// The amount in `path.to` by the last rate on or before `on`, at most 7 days old; rounded once
    /// to the minor unit of `path.to`, also through a third currency. The same currency is returned
    /// as it is, dated `on`. `path.via` is used only when it is neither of the two.
    /// Errors: not_found when a rate is missing (the message names pair and day);
    /// invalid_argument when the result leaves the range of int64 minor units.
    /// Cost: O(log of the days held).
    Result<Conversion> convert(Money amount, FxPath path, Date on, Rounding rounding) const;

private:
    struct Step {
        std::uint64_t above;
        std::uint64_t below;
        Date date;
    };
    using Days = std::map<Date, FxRate>;

    Result<Step> find_step(Currency from, Currency to, Date on) const;

    std::map<std::pair<Currency, Currency>, Days> pairs_;  ///< By base and quote.
};

}  // namespace atlas::money
