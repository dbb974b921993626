// SPDX-License-Identifier: Apache-2.0
// CSV of any bank: reads it by a mapping, or infers one and says what the file leaves open.
#pragma once

#include "base/result.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// A CSV whose rows name more accounts (of a currency each) is refused: each is held in memory.
inline constexpr std::size_t kCsvAccountsMax = 1000;

/// True where most lines have the same number (two or more) of fields under some delimiter.
bool looks_like_csv(std::string_view head);

/// Reads the file by `options.mapping`, or else by an inferred one, which comes back with its
/// ambiguities in StatementFile::csv. One statement for each account and currency the rows name.
/// A row that cannot be read is rejected with its line and column; lines before the header and
/// after the last row of data that hold no movement are notes.
/// Errors: too_large over kCsvAccountsMax, with line and column; invalid_argument when no mapping
///         fits (no column of dates, none of amounts), or the explicit one does not name a date and
///         an amount.
/// Cost: linear in time; memory for the entries and one record.
Result<StatementFile> read_csv(SourceText& source, const ReadOptions& options);

}  // namespace atlas::finance::statements
