// SPDX-License-Identifier: Apache-2.0
// The transactions that leave with an import, read page by page while the ledger store removes
// them, and those that stay because another file tells of them too: an undo of millions is held
// nowhere.
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

/// Whose transactions: of each query all pages, in their order.
struct Leavers {
    std::vector<ports::TransactionQuery> queries;
    /// Of what another file tells too, that file is the heir. Nothing where none has one.
    std::optional<ImportId> disowned;
};

/// The transactions of an import.
Leavers leavers_of(ImportId import);

struct Leaver {
    finance::ledger::Transaction transaction;
    std::optional<finance::ledger::SourcePlace> heir;  ///< The first who tells of it besides.
};

/// A page of them at a time.
class LeaverPages {
public:
    /// Borrows the store.
    LeaverPages(ports::LedgerStore& store, HouseholdId household, Leavers leavers);

    /// Valid until the next call; nullptr at the end. Errors: the store's.
    Result<const Leaver*> next();

private:
    Result<void> read_page();

    ports::LedgerStore& store_;
    HouseholdId household_;
    Leavers leavers_;
    std::size_t query_ = 0;
    std::vector<Leaver> page_;
    std::size_t at_ = 0;
};

/// Its heir's from now on.
finance::ledger::Transaction inherited(const Leaver& leaver);

/// What leaves or is inherited, but some, what leaves besides, and what is said after all that.
struct Removal {
    Leavers leavers;
    std::unordered_set<TransactionId> apart;  ///< Of them: settled by the change, or in `besides`.
    std::vector<finance::ledger::Transaction> besides{};
    std::vector<ports::OutboxEvent> after{};
    std::int64_t count = 0;      ///< Transactions that leave, `besides` included.
    std::int64_t inherited = 0;  ///< Transactions that do not, without those apart.
};

/// In order of pages, then `besides`, then what is inherited, then `after`. Each transaction's
/// event is made as it is read.
class RemovalStream final : public ports::ChangeStream {
public:
    /// Borrows the store.
    RemovalStream(ports::LedgerStore& store, HouseholdId household, Removal removal);

    Result<void> rewind() override;
    Result<std::optional<ports::StreamedChange>> next() override;
    std::int64_t events() const override {
        return removal_.count + removal_.inherited +
               static_cast<std::int64_t>(removal_.after.size());
    }

private:
    /// The next one that has an heir, or that has none; nullptr at the end of the pages.
    Result<const Leaver*> next_leaver(bool has_heir);

    ports::LedgerStore& store_;
    HouseholdId household_;
    Removal removal_;
    std::optional<LeaverPages> leaving_;   ///< Nothing once read to the end.
    std::optional<LeaverPages> inherits_;  ///< Likewise.
    std::size_t besides_ = 0;
    std::size_t after_ = 0;
};

}  // namespace atlas::roles::finance_engine
