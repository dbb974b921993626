// SPDX-License-Identifier: Apache-2.0
// The records of a QIF text as views: headings, accounts, and entries of one-letter lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atlas::finance::statements {

/// Lines of one record beyond this many are read over.
inline constexpr std::size_t kQifLinesMax = 4096;

struct QifLine {
    char code = ' ';
    std::string_view value{};
};

struct QifRecord {
    enum class Kind : std::uint8_t {
        heading,  ///< "!Type:…"
        account,  ///< A record behind "!Account".
        entry,
    };
    Kind kind = Kind::entry;
    std::string_view heading{};  ///< Behind "!Type:".
    std::vector<QifLine> lines{};
    std::size_t offset = 0;
    bool is_torn = false;  ///< The file ends in the middle of its last line.

    /// The first value of a code before any split, or nothing.
    std::string_view first(char code) const;
};

class QifRecords {
public:
    explicit QifRecords(std::string_view text);

    /// The next record; nothing at the end. Cost: linear over all calls.
    std::optional<QifRecord> next();

private:
    std::string_view line();

    std::string_view text_;
    char line_end_;
    std::size_t at_ = 0;
    bool in_accounts_ = false;
};

/// A date of QIF as other programs write it: "1/ 2' 4" is "1/2/2004".
std::string qif_date_text(std::string_view utf8);

}  // namespace atlas::finance::statements
