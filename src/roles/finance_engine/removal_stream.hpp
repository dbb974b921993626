// SPDX-License-Identifier: Apache-2.0
// The transactions that leave with an import, read page by page while the ledger store removes
// them: an undo of millions is held nowhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "finance/ledger/transaction.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

/// The transactions whose source is an import, a page at a time: the latest day first.
class ImportPages {
public:
    /// Borrows the store.
    ImportPages(ports::LedgerStore& store, HouseholdId household, ImportId import);

    /// Valid until the next call; nullptr at the end. Errors: the store's.
    Result<const finance::ledger::Transaction*> next();

private:
    ports::LedgerStore& store_;
    HouseholdId household_;
    ports::TransactionQuery query_;
    std::vector<finance::ledger::Transaction> page_;
    std::size_t at_ = 0;
    bool is_last_ = false;
};

/// What leaves: all of an import but some, some besides, and what is said after them.
struct Removal {
    ImportId import;
    std::unordered_set<TransactionId> stays;            ///< Of the import.
    std::vector<finance::ledger::Transaction> besides;  ///< Of other imports, or in `stays`.
    std::vector<ports::OutboxEvent> after;
    std::int64_t count = 0;  ///< Transactions, `besides` included.
};

/// In order of pages, then `besides`, then `after`. Each transaction's event is made as it is read.
class RemovalStream final : public ports::ChangeStream {
public:
    /// Borrows the store.
    RemovalStream(ports::LedgerStore& store, HouseholdId household, Removal removal)
        : store_(store),
          household_(household),
          removal_(std::move(removal)) {}

    Result<void> rewind() override;
    Result<std::optional<ports::StreamedChange>> next() override;
    std::int64_t events() const override {
        return removal_.count + static_cast<std::int64_t>(removal_.after.size());
    }

private:
    ports::LedgerStore& store_;
    HouseholdId household_;
    Removal removal_;
    std::optional<ImportPages> pages_;  ///< Nothing once read to the end.
    std::size_t besides_ = 0;
    std::size_t after_ = 0;
};

}  // namespace atlas::roles::finance_engine
