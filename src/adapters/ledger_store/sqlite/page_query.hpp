// SPDX-License-Identifier: Apache-2.0
// Turns a TransactionQuery into one SQL statement over the index that already has the order, and
// reads its page.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// The page without as_of. Errors: invalid_argument (limit, cursor), data_loss.
Result<ports::TransactionPage> read_page(adapters::sqlite::Database& database,
                                         HouseholdId household,
                                         const ports::TransactionQuery& query);

}  // namespace atlas::adapters::ledger_store::sqlite
