// SPDX-License-Identifier: Apache-2.0
// What an account's own lines say of its terms where nobody gave them: the rate from the interest
// that was posted and the balances it was posted on, the payment from what was paid. Inferred, and
// to be labelled so.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/date.hpp"
#include "money/rate.hpp"

namespace atlas::finance::debt {

/// One line of a card or loan account, signed as there: money owed is negative.
struct AccountLine {
    Date date;
    std::int64_t amount_minor = 0;
    bool is_interest = false;
};

struct RateEstimate {
    money::AnnualRate apr;  ///< Median over the postings, to a hundredth of a percent.
    money::AnnualRate lowest;
    money::AnnualRate highest;
    int postings = 0;
};

/// lines: all of the account, by date. Each posting of interest is set against the daily balances
/// since the one before; the first has none and is not used, nor one on less than 10.00 owed.
/// Nothing without a usable posting in the last 400 days before `today`.
std::optional<RateEstimate> infer_rate(std::span<const AccountLine> lines, Date today);

/// Whether what was newly charged in a month is taken off what was paid in it: a card that is
/// cleared every month pays for its purchases, not for a debt.
enum class NewCharges : std::uint8_t { ignored, netted };

/// Median of what was paid in each of the six calendar months before `today`'s that had a payment,
/// minor units; netted, never below zero. Nothing when none had.
std::optional<std::int64_t> infer_payment(std::span<const AccountLine> lines, Date today,
                                          NewCharges charges);

}  // namespace atlas::finance::debt
