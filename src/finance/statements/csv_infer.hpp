// SPDX-License-Identifier: Apache-2.0
// Works out how a CSV file is to be read: from its column names, from what its cells can be, and
// from what its rows prove together.
#pragma once

#include "base/result.hpp"
#include "finance/statements/csv_mapping.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Errors: invalid_argument when no column can be the date, or none the amount.
/// Cost: linear: a sample decides the roles, one pass the order of dates and the decimal mark.
Result<CsvReading> infer_csv(const SourceText& source, const ReadOptions& options);

}  // namespace atlas::finance::statements
