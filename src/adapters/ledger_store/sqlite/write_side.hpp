// SPDX-License-Identifier: Apache-2.0
// What a LedgerChange carries beside accounts and transactions: who else tells of them, what files
// say of an account, rejected transfer pairs, the edit it is, its line for the audit log.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "base/clock.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Writes inside the transaction of the change, after the transactions are in.
class SideWriter {
public:
    SideWriter(adapters::sqlite::Database& database, HouseholdId household, Timestamp recorded_at)
        : database_(database),
          household_(household),
          recorded_at_(recorded_at) {}

    /// Errors: conflict (a telling of a transaction that does not exist, a dropped record that is
    ///         not there), exhausted (kKeptRecordsMax), the store's own.
    Result<void> write(const ports::LedgerChange& change) const;
    /// Errors: conflict (a transaction that does not exist).
    Result<void> tell(const std::vector<ports::Telling>& told) const;
    /// What is told of transactions that go. Errors: the store's own.
    Result<void> forget_removed(const std::vector<TransactionId>& removed) const;

private:
    Result<void> untell(ImportId import) const;
    Result<void> write_statements(const std::vector<ports::ToldStatement>& statements) const;
    Result<void> write_pairs(const ports::LedgerChange& change) const;
    Result<void> write_kept(const ports::LedgerChange& change) const;
    Result<void> write_edits(const std::vector<ports::EditRecord>& edits) const;

    adapters::sqlite::Database& database_;
    HouseholdId household_;
    Timestamp recorded_at_;
};

}  // namespace atlas::adapters::ledger_store::sqlite
