// SPDX-License-Identifier: Apache-2.0
// One LedgerChange, written inside a transaction that the caller has begun and will commit.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "base/clock.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// What can be told without reading the store.
/// Errors: invalid_argument (unbalanced splits, state changed without an event).
Result<void> check_change(const ports::LedgerChange& change);

/// What a change came to.
struct Written {
    ports::Sequence before = 0;
    ports::Sequence after = 0;
    std::vector<std::int64_t> rows;  ///< Of `transactions`, added, replaced or removed.
};

/// Writes `change`, which check_change has accepted.
/// Errors: conflict and invalid_argument as LedgerStore::apply says, and the store's own; then the
/// caller rolls back, because some of it may be written.
/// Cost: about 7 µs a transaction with its event.
Result<Written> write_change(adapters::sqlite::Database& database, HouseholdId household,
                             const ports::LedgerChange& change, Timestamp recorded_at);

}  // namespace atlas::adapters::ledger_store::sqlite
