// SPDX-License-Identifier: Apache-2.0
// The records and cells of a CSV text (RFC 4180 and what programs make of it), as views.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {

/// A quotation that does not end within this many bytes is no quotation.
inline constexpr std::size_t kQuotedBytesMax = std::size_t{64} * 1024;
/// Cells beyond this many of a record stay together in the last one.
inline constexpr std::size_t kCellsMax = 256;

struct CsvCell {
    std::string_view raw;  ///< Without the outer quotes; doubled quotes still doubled.
    std::size_t offset = 0;
    bool quoted = false;
};

class CsvRecords {
public:
    /// `encoding`: that of the text, whose characters of two bytes may have a bar as the second.
    CsvRecords(std::string_view text, char delimiter, Encoding encoding);

    /// Reads the next record into `cells`; false at the end. An empty line is one empty cell.
    /// Cost: linear over all calls.
    bool next(std::vector<CsvCell>& cells);

private:
    CsvCell cell(bool last_allowed);
    bool quoted_cell(CsvCell& out);
    std::size_t plain_end(std::size_t from, bool to_line_end) const;
    std::size_t character_size(std::size_t at) const;

    std::string_view text_;
    char delimiter_;
    char line_end_;
    Encoding encoding_;
    bool has_pairs_;  ///< Of which a second byte may be the delimiter's.
    std::size_t at_ = 0;
};

/// The cell's text: quotes undone, decoded, spaces collapsed; of a longer one the first
/// kFieldBytesMax. Formulas stay text.
std::string csv_text(const CsvCell& cell, const SourceText& source);

/// The delimiter under which the text is most regular, of comma, semicolon, tab and bar; a line
/// "sep=;" decides. 0 where none divides the lines.
char guess_delimiter(std::string_view head, Encoding encoding);

}  // namespace atlas::finance::statements
