// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_records.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "finance/statements/double_byte.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kGuessRecordsMax = 200;

std::size_t delimiter_score(std::string_view head, char delimiter, Encoding encoding) {
    CsvRecords records(head, delimiter, encoding);
    std::vector<CsvCell> cells;
    std::map<std::size_t, std::size_t> widths;
    for (std::size_t i = 0; i < kGuessRecordsMax && records.next(cells); ++i) {
        if (cells.size() > 1) {
            ++widths[cells.size()];
        }
    }
    std::size_t best = 0;
    for (const auto& [width, count] : widths) {
        best = std::max(best, count * std::min<std::size_t>(width - 1, 20));
    }
    return best;
}

}  // namespace

CsvRecords::CsvRecords(std::string_view text, char delimiter, Encoding encoding)
    : text_(text),
      delimiter_(delimiter),
      line_end_(text.find('\n') == std::string_view::npos ? '\r' : '\n'),
      encoding_(encoding),
      has_pairs_(is_double_byte(encoding) && delimiter >= '0') {}

bool CsvRecords::next(std::vector<CsvCell>& cells) {
    cells.clear();
    if (at_ >= text_.size()) {
        return false;
    }
    while (true) {
        cells.push_back(cell(cells.size() + 1 >= kCellsMax));
        if (at_ >= text_.size()) {
            return true;
        }
        const char stop = text_[at_++];
        if (stop == line_end_) {
            return true;
        }
    }
}

CsvCell CsvRecords::cell(bool last_allowed) {
    CsvCell out{.raw = {}, .offset = at_, .quoted = false};
    if (!last_allowed && quoted_cell(out)) {
        return out;
    }
    const std::size_t end = plain_end(at_, last_allowed);
    out.raw = text_.substr(at_, end - at_);
    at_ = end;
    if (out.raw.ends_with('\r')) {
        out.raw.remove_suffix(1);
    }
    return out;
}

/// Takes `"…"` with doubled quotes inside, spaces around; anything else stays for plain_end().
bool CsvRecords::quoted_cell(CsvCell& out) {
    std::size_t open = at_;
    while (open < text_.size() && text_[open] == ' ') {
        ++open;
    }
    if (open >= text_.size() || text_[open] != '"') {
        return false;
    }
    const std::string_view window = text_.substr(0, open + kQuotedBytesMax);
    std::size_t close = window.find('"', open + 1);
    while (close != std::string_view::npos && close + 1 < window.size() &&
           window[close + 1] == '"') {
        close = window.find('"', close + 2);
    }
    if (close == std::string_view::npos) {
        return false;
    }
    std::size_t after = close + 1;
    while (after < text_.size() && (text_[after] == ' ' || text_[after] == '\r') &&
           text_[after] != line_end_) {
        ++after;
    }
    if (after < text_.size() && text_[after] != delimiter_ && text_[after] != line_end_) {
        return false;
    }
    out.raw = text_.substr(open + 1, close - open - 1);
    out.quoted = true;
    at_ = after;
    return true;
}

std::size_t CsvRecords::plain_end(std::size_t from, bool to_line_end) const {
    std::size_t end = from;
    while (end < text_.size() && text_[end] != line_end_ &&
           (to_line_end || text_[end] != delimiter_)) {
        end += has_pairs_ ? character_size(end) : 1;
    }
    return std::min(end, text_.size());
}

std::size_t CsvRecords::character_size(std::size_t at) const {
    return double_byte_character(text_, at, encoding_).size;
}

std::string csv_text(const CsvCell& cell, const SourceText& source) {
    std::string_view raw = cell.raw.substr(0, kFieldBytesMax);
    // ="0012": a formula that keeps a spreadsheet from making a number of it.
    constexpr std::string_view kKeepsText = "=\"";
    if (!cell.quoted && raw.size() > kKeepsText.size() && raw.starts_with(kKeepsText) &&
        raw.ends_with('"')) {
        raw.remove_prefix(kKeepsText.size());
        raw.remove_suffix(1);
    }
    if (!cell.quoted || raw.find('"') == std::string_view::npos) {
        return source.clean(raw);
    }
    std::string once;
    once.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        once += raw[i];
        const bool doubled = raw[i] == '"' && i + 1 < raw.size() && raw[i + 1] == '"';
        i += doubled ? 1 : 0;
    }
    return source.clean(once);
}

char guess_delimiter(std::string_view head, Encoding encoding) {
    if (head.starts_with("sep=") && head.size() > 4) {
        return head[4];
    }
    char best = '\0';
    std::size_t best_score = 0;
    for (const char delimiter : {';', '\t', '|', ','}) {
        const std::size_t score = delimiter_score(head, delimiter, encoding);
        if (score > best_score) {
            best_score = score;
            best = delimiter;
        }
    }
    return best;
}

}  // namespace atlas::finance::statements
