// SPDX-License-Identifier: Apache-2.0
// Turns a TransactionQuery by account, import and date into one SQL statement over the index that
// already has the order, and reads its page. The other conditions are the list index's.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// The page without as_of, of a query that check_query has accepted and that does not need the
/// list index. Errors: invalid_argument (cursor), data_loss.
Result<ports::TransactionPage> read_page(adapters::sqlite::Database& database,
                                         HouseholdId household,
                                         const ports::TransactionQuery& query);

/// True where the days of the accounts tell how many there are and what they sum to: no condition
/// but account and dates, in the order of the store. Then no index of a million rows is needed.
bool is_counted_by_days(const ports::TransactionQuery& query);

/// Fills `total` and `sums`. Cost: the days of the accounts, not their transactions.
Result<void> count_by_days(adapters::sqlite::Database& database, HouseholdId household,
                           const ports::TransactionQuery& query, ports::TransactionPage& page);

}  // namespace atlas::adapters::ledger_store::sqlite
