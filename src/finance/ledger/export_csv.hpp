// SPDX-License-Identifier: Apache-2.0
// The ledger as one CSV file that spreadsheets and our own reader both take: RFC 4180, a header
// whose names the reader knows, ISO dates, points for decimals.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "finance/ledger/journal.hpp"

namespace atlas::finance::ledger {

/// The header line, with its CRLF. The reader takes a file that begins with it by its own mapping,
/// without guessing.
std::string csv_header();

/// One line a transaction, in the order given. A text that a spreadsheet would calculate (it begins
/// with = + - @, a tab or a carriage return, after any apostrophes) gets an apostrophe in front;
/// the reader takes it off again. Amounts are bare numbers.
/// Errors: invalid_argument for a transaction of an account that is not given.
/// Cost: linear in the transactions.
/// Source: RFC 4180; OWASP, "CSV injection".
Result<std::string> csv_lines(const JournalQuestion& page);

/// A text as a cell: on one line, guarded, and in quotes where it has to be.
std::string csv_cell(std::string_view text);

}  // namespace atlas::finance::ledger
