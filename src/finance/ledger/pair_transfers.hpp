// SPDX-License-Identifier: Apache-2.0
// Finds the two legs of transfers between the household's own accounts: money out here, the same
// money in there, a few days apart. Pairs are chosen together, so that the best set wins and not
// the first fit; where two sets are equally good, nothing is paired.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "finance/ledger/transaction.hpp"

namespace atlas::finance::ledger {

inline constexpr std::int32_t kTransferDaysMax = 5;

/// What one leg was worth in the other's currency that day; empty where nobody knows.
using ExchangeAt =
    std::function<std::optional<money::Money>(money::Money amount, money::Currency to, Date date)>;

/// True for two legs a person has said are not one transfer.
using PairRejected = std::function<bool(const Transaction& out, const Transaction& in)>;

struct TransferPair {
    std::size_t out = 0;      ///< Index of the leg that leaves.
    std::size_t in = 0;       ///< Index of the leg that arrives, on another account.
    double confidence = 0.0;  ///< 0 to 1.
    std::string reason;
};

struct AmbiguousTransfer {
    std::vector<std::size_t> legs;  ///< Could be paired in more than one equally good way.
    std::string reason;
};

struct TransferPairs {
    std::vector<TransferPair> pairs;  ///< By `out`; each index once at most.
    std::vector<AmbiguousTransfer> ambiguous;
};

/// Pairs legs of `transactions` (any order, all accounts; those with a transfer_id, a reviewed
/// filing or of a zero amount are left alone). Legs of one currency have equal and opposite
/// amounts; of two currencies they agree within 4 % by `exchange`, when it is given. A pair that is
/// `rejected` is no candidate, so that its legs may find others.
/// Two pairings that differ only in which of several indistinguishable legs (same account, date,
/// amount, text) they take are one pairing, not an ambiguity.
/// Cost: O(n log n), and O(k^3) for k legs that compete for each other (k is at most 64; more are
///       ambiguous).
TransferPairs pair_transfers(std::span<const Transaction> transactions,
                             const ExchangeAt& exchange = {}, const PairRejected& rejected = {});

}  // namespace atlas::finance::ledger
