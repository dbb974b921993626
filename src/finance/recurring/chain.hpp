// SPDX-License-Identifier: Apache-2.0
// The most convincing series hidden in movements of one payee. Each step from one payment to the
// next carries evidence: how much likelier the date and the amount are if this is a series than if
// the payee is simply visited at this rate. The best chain is found exactly, by dynamic
// programming.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "finance/recurring/cadence.hpp"

namespace atlas::finance::recurring {

/// A movement as the search sees it.
struct Item {
    Day day;
    std::int64_t minor = 0;  ///< Size of the amount, never negative.
    std::uint32_t account = 0;
    std::uint32_t index = 0;  ///< In the caller's list.
};

struct Chain {
    Cadence cadence = Cadence::monthly;
    double evidence = 0.0;             ///< Log-likelihood ratio against chance visits.
    std::vector<std::uint32_t> items;  ///< Positions in the span searched, ascending.
};

/// How alike two amounts are, as evidence: equal ones speak for a series, far ones against it.
double amount_evidence(std::int64_t left_minor, std::int64_t right_minor);

/// Evidence of `to` following `from`; nothing when the cadence does not allow it.
/// `log_rate_daily` is the logarithm of movements a day that chance alone would bring.
std::optional<double> step_evidence(const Item& from, const Item& to, Cadence cadence,
                                    double log_rate_daily);

/// The chain with most evidence; no items where no step has any. Items sorted by day.
/// Cost: items × items within the longest pause of the cadence. Test: against every subset.
Chain best_chain(std::span<const Item> items, Cadence cadence, double log_rate_daily);

}  // namespace atlas::finance::recurring
