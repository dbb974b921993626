// SPDX-License-Identifier: Apache-2.0
// The rows of a preview: gathered while a plan is made, only when somebody wants to see them all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "contracts/resources/import_rows.hpp"
#include "finance/ledger/deduplicate.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::roles::finance_engine {

class ImportRows {
public:
    void add(const finance::statements::StatementEntry& entry,
             const finance::ledger::EntryDecision& decision, const std::string& account);
    void reject(const finance::statements::Rejected& rejected);
    /// Says on the row of `leg`, if there is one, that it is a transfer with `other`.
    void pair(TransactionId leg, const contracts::ImportPair& other);

    /// All rows in the order of the file.
    std::vector<contracts::ImportRowValue> take();

private:
    std::vector<contracts::ImportRowValue> rows_;
    std::map<TransactionId, std::size_t> row_of_;
};

/// The rows that fit, from `after` on, at most `limit`.
contracts::ImportRowList select_rows(std::vector<contracts::ImportRowValue> rows,
                                     const contracts::ListImportRows& request);

/// The first records of a table as printed.
/// Errors: invalid_argument for an encoding not known, too_large for a head that is none, or where
///         nothing divides the lines into columns.
Result<contracts::TableValue> read_table_head(const contracts::ReadTable& request);

}  // namespace atlas::roles::finance_engine
