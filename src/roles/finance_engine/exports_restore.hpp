// SPDX-License-Identifier: Apache-2.0
// A JSON export on its way back: into an empty ledger, all of it or nothing.
#pragma once

#include <string_view>

#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {

/// True when the file begins as our own JSON export does.
bool is_ledger_document(std::string_view content);

/// The change that makes an empty ledger the exported one: same ids, same accounts, transactions,
/// links, history of imports.
/// Errors: conflict when the ledger has accounts; invalid_argument with a JSON pointer: broken
///         JSON, a newer version, ids that occur twice or are unknown, a currency that is not the
///         account's, splits that do not sum.
/// Cost: linear; memory a small multiple of the document.
Result<PlannedImport> plan_restore(ports::LedgerStore& store, HouseholdId household,
                                   const ImportQuestion& question);

/// The change that takes a restored ledger out again, whole.
/// Errors: conflict when transactions have come since that are not of the document.
Result<ports::LedgerChange> plan_restore_undo(ports::LedgerStore& store, HouseholdId household,
                                              const ports::ImportRecord& record);

}  // namespace atlas::roles::finance_engine
