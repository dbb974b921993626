// SPDX-License-Identifier: Apache-2.0
// What banks say an account held, as events of the ledger.
#pragma once

#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

/// Adds an event for each closing balance that the change's statements tell and that the ledger was
/// not told before: the same file again changes nothing. Errors: those of LedgerStore::statements.
Result<void> add_stated_balances(ports::LedgerStore& ledger, HouseholdId household,
                                 ports::LedgerChange& change);

}  // namespace atlas::roles::finance_engine
