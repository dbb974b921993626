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

}  // namespace atlas::adapters::ledger_store::sqlite
