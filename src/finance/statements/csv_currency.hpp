// SPDX-License-Identifier: Apache-2.0
// Which currency the amounts of a CSV are in, where no column of its own says it row by row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "finance/statements/csv_mapping.hpp"
#include "money/currency.hpp"

namespace atlas::finance::statements {

/// From "Amount (EUR)", "12.30 EUR", "£5", or a cell of the preamble that is a code or an amount.
/// Rows: a sample from the file's first, its columns by `reading`. Nothing where none says it.
std::optional<money::Currency> stated_currency(const std::vector<std::vector<std::string>>& rows,
                                               const CsvReading& reading);

}  // namespace atlas::finance::statements
