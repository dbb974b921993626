// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/removal_stream.hpp"

#include <unordered_map>

#include "contracts/events.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

using finance::ledger::SourcePlace;
using finance::ledger::Transaction;

std::optional<ports::StreamedChange> removal_of(const Transaction& transaction) {
    return ports::StreamedChange{
        .event = transaction_event(contracts::kTransactionRemoved, transaction),
        .removed = transaction.id};
}

}  // namespace

Leavers leavers_of(ImportId import) {
    ports::TransactionQuery query;
    query.import_id = import;
    return {.queries = {std::move(query)}, .disowned = import};
}

Transaction inherited(const Leaver& leaver) {
    Transaction after = leaver.transaction;
    after.source = *leaver.heir;
    return after;
}

LeaverPages::LeaverPages(ports::LedgerStore& store, HouseholdId household, Leavers leavers)
    : store_(store),
      household_(household),
      leavers_(std::move(leavers)) {
    for (ports::TransactionQuery& query : leavers_.queries) {
        query.limit = ports::kTransactionsPageMax;
    }
}

Result<const Leaver*> LeaverPages::next() {
    while (at_ == page_.size()) {
        if (query_ == leavers_.queries.size()) {
            return nullptr;
        }
        ATLAS_TRY(read_page());
    }
    return &page_[at_++];
}

Result<void> LeaverPages::read_page() {
    ports::TransactionQuery& query = leavers_.queries[query_];
    ATLAS_TRY_ASSIGN(ports::TransactionPage page, store_.transactions(household_, query));
    std::unordered_map<TransactionId, SourcePlace> heirs;
    if (leavers_.disowned.has_value()) {
        std::vector<TransactionId> ids;
        for (const Transaction& transaction : page.items) {
            ids.push_back(transaction.id);
        }
        ATLAS_TRY_ASSIGN(auto tellings, store_.tellings(household_, ids));
        for (ports::Telling& telling : tellings) {
            if (telling.place.import_id != *leavers_.disowned) {
                heirs.try_emplace(telling.transaction, std::move(telling.place));
            }
        }
    }
    page_.clear();
    at_ = 0;
    for (Transaction& transaction : page.items) {
        const auto heir = heirs.find(transaction.id);
        page_.push_back(
            {.transaction = std::move(transaction),
             .heir = heir == heirs.end() ? std::nullopt : std::optional(std::move(heir->second))});
    }
    query.cursor = std::move(page.next_cursor);
    query_ += query.cursor.empty() ? 1U : 0U;
    return {};
}

RemovalStream::RemovalStream(ports::LedgerStore& store, HouseholdId household, Removal removal)
    : store_(store),
      household_(household),
      removal_(std::move(removal)) {}

Result<void> RemovalStream::rewind() {
    leaving_.emplace(store_, household_, removal_.leavers);
    if (removal_.inherited > 0) {
        inherits_.emplace(store_, household_, removal_.leavers);
    }
    besides_ = 0;
    after_ = 0;
    return {};
}

Result<const Leaver*> RemovalStream::next_leaver(bool has_heir) {
    auto& pages = has_heir ? inherits_ : leaving_;
    while (pages.has_value()) {
        ATLAS_TRY_ASSIGN(const Leaver* const leaver, pages->next());
        if (leaver == nullptr) {
            pages.reset();
        } else if (leaver->heir.has_value() == has_heir &&
                   !removal_.apart.contains(leaver->transaction.id)) {
            return leaver;
        }
    }
    return nullptr;
}

Result<std::optional<ports::StreamedChange>> RemovalStream::next() {
    ATLAS_TRY_ASSIGN(const Leaver* const leaver, next_leaver(false));
    if (leaver != nullptr) {
        return removal_of(leaver->transaction);
    }
    if (besides_ < removal_.besides.size()) {
        return removal_of(removal_.besides[besides_++]);
    }
    ATLAS_TRY_ASSIGN(const Leaver* const stays, next_leaver(true));
    if (stays != nullptr) {
        Transaction after = inherited(*stays);
        return std::optional(ports::StreamedChange{
            .event = transaction_changed(stays->transaction, after), .replaced = std::move(after)});
    }
    if (after_ < removal_.after.size()) {
        return std::optional(ports::StreamedChange{.event = removal_.after[after_++]});
    }
    return std::optional<ports::StreamedChange>();
}

}  // namespace atlas::roles::finance_engine
