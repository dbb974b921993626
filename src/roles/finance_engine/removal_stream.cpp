// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/removal_stream.hpp"

#include "contracts/events.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

using finance::ledger::Transaction;

std::optional<ports::StreamedChange> removal_of(const Transaction& transaction) {
    return ports::StreamedChange{
        .event = transaction_event(contracts::kTransactionRemoved, transaction),
        .removed = transaction.id};
}

}  // namespace

ImportPages::ImportPages(ports::LedgerStore& store, HouseholdId household, ImportId import)
    : store_(store),
      household_(household) {
    query_.import_id = import;
    query_.limit = ports::kTransactionsPageMax;
}

Result<const Transaction*> ImportPages::next() {
    while (at_ == page_.size()) {
        if (is_last_) {
            return nullptr;
        }
        ATLAS_TRY_ASSIGN(ports::TransactionPage page, store_.transactions(household_, query_));
        page_ = std::move(page.items);
        at_ = 0;
        query_.cursor = std::move(page.next_cursor);
        is_last_ = query_.cursor.empty();
    }
    return &page_[at_++];
}

Result<void> RemovalStream::rewind() {
    pages_.emplace(store_, household_, removal_.import);
    besides_ = 0;
    after_ = 0;
    return {};
}

Result<std::optional<ports::StreamedChange>> RemovalStream::next() {
    while (pages_.has_value()) {
        ATLAS_TRY_ASSIGN(const Transaction* const transaction, pages_->next());
        if (transaction == nullptr) {
            pages_.reset();
        } else if (!removal_.stays.contains(transaction->id)) {
            return removal_of(*transaction);
        }
    }
    if (besides_ < removal_.besides.size()) {
        return removal_of(removal_.besides[besides_++]);
    }
    if (after_ < removal_.after.size()) {
        return std::optional(ports::StreamedChange{.event = removal_.after[after_++]});
    }
    return std::optional<ports::StreamedChange>();
}

}  // namespace atlas::roles::finance_engine
