// SPDX-License-Identifier: Apache-2.0
// The CSV that Atlas itself writes, known by its header: read by its own mapping, nothing guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "finance/statements/csv_mapping.hpp"

namespace atlas::finance::statements {

/// The header line without its line end.
std::string_view own_csv_header();

/// How a file that begins with that header (UTF-8) is read; nothing for any other.
std::optional<CsvReading> own_csv_reading(std::string_view text);

/// True for a text that a spreadsheet would calculate: = + - @, a tab or a carriage return, after
/// any apostrophes.
bool would_be_calculated(std::string_view text);

/// Takes off the apostrophe that a careful program has put before such a text.
std::string unguarded(std::string text);

}  // namespace atlas::finance::statements
