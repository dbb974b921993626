// SPDX-License-Identifier: Apache-2.0
// What a person's change makes of one transaction, and which changes do not fit it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "contracts/resources/edits.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::roles::finance_engine {

/// Errors: invalid_argument at the field (unknown category, empty or repeated tag, an unknown word
/// in `clear`, a field both set and cleared, nothing to change).
Result<void> check_change(const contracts::TransactionChange& change,
                          const std::function<Result<bool>(std::string_view)>& is_category);

/// The transaction after `change`, which check_change has accepted; refund_of is taken as it is.
/// A category or splits given are the person's: certain, and reviewed.
/// Errors: conflict (category or splits of a transfer's leg or an opening balance: what they mean
///         is fixed until they are taken apart), invalid_argument (splits that do not sum to the
///         amount, of another currency, or of nothing).
Result<finance::ledger::Transaction> changed(const finance::ledger::Transaction& before,
                                             const contracts::TransactionChange& change);

/// Splits as given, checked against the amount. Errors: invalid_argument at "/change/splits…".
Result<std::vector<finance::ledger::Split>> read_splits(
    const std::vector<contracts::SplitValue>& values, money::Money amount);

}  // namespace atlas::roles::finance_engine
