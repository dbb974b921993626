// SPDX-License-Identifier: Apache-2.0
// A file that comes again is known by what it said the first time: while all of its entries can
// have a transaction that some file has printed just so, none of them is new, however the guesses
// about days and texts have fallen meanwhile.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "finance/ledger/deduplicate.hpp"
#include "finance/ledger/match_item.hpp"

namespace atlas::finance::ledger {

/// Transactions looked at for one entry at most.
inline constexpr std::size_t kExchangesTriedMax = 4096;

struct PrintedBefore {
    const std::vector<Item>& entries;
    const std::vector<Item>& known;
    std::span<const ToldPrint> told;
    std::function<bool(std::size_t entry)> is_open;
    std::function<bool(std::size_t entry, std::size_t known)> may_be;
    /// Makes each the other's partner, in `entries` and `known`.
    std::function<void(std::size_t entry, std::size_t known)> match;
};

/// Gives each open entry a transaction printed as it is, where there is a free one or one whose
/// entry can have another, whose entry can have another, and so on to a free one: the shortest way.
/// Nothing where `told` is empty: then no file has been known by another's words.
/// Source: C. Berge, "Two theorems in graph theory", 1957 (augmenting paths).
/// Cost: linear, and kExchangesTriedMax looks for an entry that stays open.
void match_printed_before(const PrintedBefore& question);

}  // namespace atlas::finance::ledger
