// SPDX-License-Identifier: Apache-2.0
// OFX and QFX: 1.x (SGML, closing tags optional) and 2.x (XML), bank, credit-card and investment
// statements, with the headers and the tag soup banks really send.
#pragma once

#include "base/result.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// True where the text is OFX, whatever its header claims.
bool looks_like_ofx(std::string_view head);

/// Reads every statement of the file. What of an entry is missing or unreadable rejects that entry
/// alone; securities trades are rejected by name. <CURRENCY> converts the amount by its rate (half
/// to even) and keeps the printed one as original; <ORIGCURRENCY> restores the original.
/// Errors: invalid_argument when there is no statement in it: the bank's own error message where
///         it sent one, else what the file holds instead.
/// Cost: linear in time; memory for the entries, and about 250 bytes an entry beside them.
/// Source: OFX 1.6, 2.1.1 and 2.2 (ofx.net), sections 3, 5, 11 and 13.
Result<StatementFile> read_ofx(SourceText& source, const ReadOptions& options);

}  // namespace atlas::finance::statements
