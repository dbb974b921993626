// SPDX-License-Identifier: Apache-2.0
// Entries of a statement as transactions: the second half of deduplicate.hpp.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "finance/ledger/deduplicate.hpp"

namespace atlas::finance::ledger {

using statements::StatementEntry;

namespace {

/// What the file itself says of the purpose, kept as a note: its words are not our categories.
std::optional<std::string> hint(const std::string& category, const std::string& memo) {
    std::string note = category;
    note += note.empty() || memo.empty() ? "" : " — ";
    note += memo;
    return note.empty() ? std::nullopt : std::optional(std::move(note));
}

std::vector<Split> splits_of(const StatementEntry& entry) {
    std::vector<Split> splits;
    for (const statements::EntrySplit& part : entry.splits) {
        splits.push_back({.category = std::string(kUnknownCategory),
                          .amount = part.amount,
                          .note = hint(part.category, part.memo),
                          .tags = entry.tags});
    }
    if (splits.empty()) {
        splits.push_back({.category = std::string(kUnknownCategory),
                          .amount = entry.amount,
                          .note = hint(entry.category, {}),
                          .tags = entry.tags});
    }
    return splits;
}

}  // namespace

std::string_view name_of(EntryVerdict verdict) {
    constexpr std::array<std::string_view, 3> kNames = {"added", "duplicate", "booked"};
    return kNames[static_cast<std::size_t>(verdict)];
}

Transaction make_transaction(const StatementEntry& entry, const EntryDecision& decision,
                             AccountId account, SourcePlace source) {
    return {.id = decision.id,
            .account_id = account,
            .date = entry.date,
            .posted_date = entry.posted,
            .amount = entry.amount,
            .original_amount = entry.original,
            .description = entry.description,
            .merchant = std::nullopt,
            .status = entry.pending ? TransactionStatus::pending : TransactionStatus::posted,
            .splits = splits_of(entry),
            .transfer_id = std::nullopt,
            .filed = {},
            .source = std::move(source),
            .bank_id = entry.bank_id.empty() ? std::nullopt : std::optional(entry.bank_id),
            .fingerprint = decision.fingerprint,
            .occurrence = decision.occurrence,
            .bank_category =
                entry.bank_category.empty() ? std::nullopt : std::optional(entry.bank_category)};
}

Transaction book_pending(const Transaction& pending, const StatementEntry& entry,
                         const EntryDecision& decision) {
    Transaction booked = pending;
    booked.status = TransactionStatus::posted;
    booked.date = entry.date;
    booked.posted_date = entry.posted;
    booked.description = entry.description;
    booked.fingerprint = decision.fingerprint;
    if (!entry.bank_id.empty()) {
        booked.bank_id = entry.bank_id;
    }
    if (!entry.bank_category.empty()) {
        booked.bank_category = entry.bank_category;
    }
    if (entry.original.has_value()) {
        booked.original_amount = entry.original;
    }
    if (entry.amount.currency() == pending.amount.currency() && !booked.splits.empty()) {
        const auto difference = money::checked_add(entry.amount, -pending.amount);
        Split& last = booked.splits.back();
        const auto changed = difference.has_value() ? money::checked_add(last.amount, *difference)
                                                    : Result<money::Money>(entry.amount);
        booked.amount = entry.amount;
        last.amount = changed.has_value() ? *changed : entry.amount;
    }
    return booked;
}

}  // namespace atlas::finance::ledger
