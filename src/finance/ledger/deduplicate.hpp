// SPDX-License-Identifier: Apache-2.0
// Which entries of a statement the ledger already has. Bank ids count only within the account and
// only where they behave like ids; else an occurrence-aware fingerprint decides, so two equal
// coffees of a day stay two, and overlapping exports, another format of the same account, a date
// shifted by a time zone, or a pending purchase that is now booked stay one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "finance/ledger/transaction.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::ledger {

enum class EntryVerdict : std::uint8_t {
    added,      ///< Not in the ledger: a new transaction.
    duplicate,  ///< In the ledger, and nothing changes.
    booked,     ///< A pending transaction of the ledger is now posted: update it, keep its id.
};
std::string_view name_of(EntryVerdict verdict);

struct EntryDecision {
    EntryVerdict verdict = EntryVerdict::added;
    TransactionId id;  ///< Of the new transaction, or of the one in the ledger.
    /// Index into the existing transactions; empty for `added`, and for a repetition inside the
    /// file of an entry that is itself `added`.
    std::optional<std::size_t> existing;
    std::string fingerprint;      ///< Of the entry as printed.
    std::int64_t occurrence = 0;  ///< For `added`: among equal fingerprints of the account.
    std::string reason;           ///< For the person: why.
};

/// How another file has printed a transaction of the ledger, where that is not as the ledger has
/// it.
struct ToldPrint {
    std::size_t existing = 0;  ///< Index into the existing transactions.
    std::string fingerprint;   ///< EntryDecision::fingerprint of the entry that was it.
};

/// What to look at. `existing` are all transactions of the account from kDuplicateDaysMax days
/// before the first entry to as many after the last, in any order; the spans outlive the call.
struct DuplicateQuestion {
    HouseholdId household;
    AccountId account;
    std::span<const Transaction> existing;
    std::span<const statements::StatementEntry> entries;
    /// First and last day of the file, where `entries` are only a part of it.
    std::optional<std::pair<Date, Date>> covered{};
    /// Ids that stand for something else, besides those of `existing`; may be empty.
    std::function<bool(TransactionId)> is_taken{};
    /// So that a file that comes again is known by what it said the first time; in any order.
    std::span<const ToldPrint> told{};
};

/// How far apart the same movement may stand in two files, in days (a pending purchase that is
/// booked late). The caller loads this much around a file.
inline constexpr std::int32_t kDuplicateDaysMax = 14;

/// One decision for each entry, in their order. The same question has the same answer always, and
/// ids depend on the content alone: importing again after an undo gives the same ids.
/// Cost: O((n + m) log(n + m)) for n entries and m transactions; a day with thousands of equal
///       amounts looks at 64 candidates an entry.
std::vector<EntryDecision> deduplicate(const DuplicateQuestion& question);

/// The transaction an `added` entry becomes: unfiled, one split of its whole amount.
Transaction make_transaction(const statements::StatementEntry& entry, const EntryDecision& decision,
                             AccountId account, SourcePlace source);

/// The pending transaction as booked: dates, amount, text, bank id and fingerprint are the entry's;
/// id, category and whatever a person did are kept. Splits of a
/// changed amount: one split takes the new amount; of several the last takes the difference.
Transaction book_pending(const Transaction& pending, const statements::StatementEntry& entry,
                         const EntryDecision& decision);

}  // namespace atlas::finance::ledger
