// SPDX-License-Identifier: Apache-2.0
// The one door to all formats: which one a file is, by its content, and its statements.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Of a file that is read whole before it gives its first entry, at most, because memory is a
/// multiple of it: CAMT, MT940 and QIF, and any format in UTF-16. The others come by windows.
inline constexpr std::size_t kWholeInputBytesMax = std::size_t{128} << 20;

/// Names the format of a file by its content; the name only helps the message.
/// Errors: invalid_argument for an empty file and what is no statement (PDF, ZIP, XLSX, HTML).
Result<Format> recognise(std::string_view bytes, std::string_view file_name);

/// Recognises and reads a file. `bytes` need not outlive the call.
/// Errors: too_large over kInputBytesMax, or kWholeInputBytesMax; invalid_argument where
/// recognise() or the format's
///         reader finds nothing to read, with the file name as place.
/// Cost: linear in the bytes; memory a small multiple of them, of CSV and OFX with a sink of a
///       window.
Result<StatementFile> read_statements(std::string_view bytes, std::string_view file_name,
                                      const ReadOptions& options);

}  // namespace atlas::finance::statements
