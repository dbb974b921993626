// SPDX-License-Identifier: Apache-2.0
// Reading the file of an import: what is known beforehand, and what a person has answered for an
// earlier file of the same shape.
#pragma once

#include <vector>

#include "roles/finance_engine/entry_spool.hpp"
#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {

/// Borrowed for the call.
struct ReadingQuestion {
    ports::LedgerStore& store;
    HouseholdId household;
    const ImportQuestion& question;
    const std::vector<ports::AccountBalance>& accounts;  ///< Of the ledger.
};

/// The file without its entries, which go to the spool; where a kept mapping answers what is open,
/// it is read a second time. Errors: those of statements::read_statements and read_mapping.
Result<finance::statements::StatementFile> read_import(const ReadingQuestion& reading,
                                                       EntrySpool& spool);

}  // namespace atlas::roles::finance_engine
