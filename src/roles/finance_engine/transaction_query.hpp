// SPDX-License-Identifier: Apache-2.0
// The conditions of a list, from the contract's words to the ledger store's.
#pragma once

#include "contracts/resources/edits.hpp"
#include "contracts/resources/transactions.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

contracts::TransactionFilter filter_of(const contracts::ListTransactions& request);

/// Without order, limit and cursor. Errors: invalid_argument for an amount that is no plain decimal
/// with at most six decimals, or has a sign.
Result<ports::TransactionQuery> query_of(const contracts::TransactionFilter& filter);

}  // namespace atlas::roles::finance_engine
