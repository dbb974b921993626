// SPDX-License-Identifier: Apache-2.0
// QIF, the text format of Quicken and of many programs since: one letter a line, "^" ends a record.
// It names neither its currency nor the order of its dates; the whole file decides the order, and a
// file that does not is a question for a person.
// Source: "QIF file format", Intuit, as in Quicken 2005 for Windows, help topic "QIF
// specification".
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

bool looks_like_qif(std::string_view head);

/// Reads bank, card, cash, asset and liability registers; of investments each record is refused,
/// lists of categories, securities and prices are read over. Categories ("Food:Groceries", a
/// transfer's "[Savings]"), splits and classes are kept as hints. A Quicken "Opening Balance" is
/// the opening balance, not a movement, and with it the sum of the register is the closing one.
/// Open questions (order of dates, decimal mark) come back in StatementFile::csv, and an explicit
/// mapping's date_order and decimal_mark answer them.
/// Errors: invalid_argument where no register is found. Cost: linear.
Result<StatementFile> read_qif(SourceText& source, const ReadOptions& options);

}  // namespace atlas::finance::statements
