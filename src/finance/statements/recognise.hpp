// SPDX-License-Identifier: Apache-2.0
// The one door to all formats: which one a file is, by its content, and its statements.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Names the format of a file by its content; the name only helps the message.
/// Errors: invalid_argument for an empty file and what is no statement (PDF, ZIP, XLSX, HTML).
Result<Format> recognise(std::string_view bytes, std::string_view file_name);

/// Recognises and reads a file. `bytes` need not outlive the call.
/// Errors: too_large over kInputBytesMax or kStatementsMax; invalid_argument where recognise() or
///         the format's reader finds nothing to read, with the file name as place.
/// Cost: linear in the bytes. Memory: with a sink, that of a statement without its entries, of a
///       record, and of UTF-16 the whole text in UTF-8 (Utf16Converter makes it by windows).
Result<StatementFile> read_statements(std::string_view bytes, std::string_view file_name,
                                      const ReadOptions& options);

}  // namespace atlas::finance::statements
