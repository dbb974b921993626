// SPDX-License-Identifier: Apache-2.0
// Entries of a statement as transactions: the second half of deduplicate.hpp.
#include <utility>

#include "finance/ledger/deduplicate.hpp"

namespace atlas::finance::ledger {

using statements::StatementEntry;

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
            .splits = {{.category = std::string(kUnknownCategory),
                        .amount = entry.amount,
                        .note = std::nullopt,
                        .tags = {}}},
            .transfer_id = std::nullopt,
            .filed = {},
            .source = std::move(source),
            .bank_id = entry.bank_id.empty() ? std::nullopt : std::optional(entry.bank_id),
            .fingerprint = decision.fingerprint,
            .occurrence = decision.occurrence};
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
