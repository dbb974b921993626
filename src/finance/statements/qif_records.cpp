// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/qif_records.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "finance/statements/fold.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

std::string_view QifRecord::first(char code) const {
    const auto found = std::ranges::find(lines, code, &QifLine::code);
    return found == lines.end() ? std::string_view{} : found->value;
}

QifRecords::QifRecords(std::string_view text)
    : text_(text),
      line_end_(text.find('\n') == std::string_view::npos ? '\r' : '\n') {}

std::string_view QifRecords::line() {
    const std::size_t end = std::min(text_.find(line_end_, at_), text_.size());
    std::string_view found = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    while (!found.empty() && static_cast<unsigned char>(found.back()) <= 0x20) {
        found.remove_suffix(1);
    }
    return found;
}

std::optional<QifRecord> QifRecords::next() {
    QifRecord record;
    while (at_ < text_.size()) {
        const std::size_t begin = at_;
        std::string_view found = line();
        while (!found.empty() && static_cast<unsigned char>(found.front()) <= 0x20) {
            found.remove_prefix(1);
        }
        if (found.empty()) {
            continue;
        }
        if (found.front() == '!') {
            if (!record.lines.empty()) {
                at_ = begin;  // The record before lacks its end.
                break;
            }
            const std::string word = fold_text(found.substr(0, 16));
            in_accounts_ = word.starts_with("account");
            if (word.starts_with("type ")) {
                record.kind = QifRecord::Kind::heading;
                record.heading = found.substr(found.find(':') + 1);
                record.offset = begin;
                return record;
            }
            continue;  // Options of the program that wrote it.
        }
        if (found.front() == '^') {
            if (!record.lines.empty()) {
                break;
            }
            continue;
        }
        if (record.lines.empty()) {
            record.offset = static_cast<std::size_t>(found.data() - text_.data());
        }
        if (record.lines.size() < kQifLinesMax) {
            record.lines.push_back({found.front(), found.substr(1, kFieldBytesMax)});
        }
        const char last = text_.back();
        record.is_torn = at_ == text_.size() && last != '\n' && last != '\r';
    }
    if (record.lines.empty()) {
        return std::nullopt;
    }
    record.kind = in_accounts_ ? QifRecord::Kind::account : QifRecord::Kind::entry;
    return record;
}

std::string qif_date_text(std::string_view utf8) {
    std::string out;
    for (const char c : utf8) {
        if (c != ' ') {
            out += c;
        }
    }
    // An apostrophe sets off a year of this century.
    const std::size_t mark = out.find('\'');
    if (mark == std::string::npos) {
        return out;
    }
    std::string year = out.substr(mark + 1);
    if (year.size() == 1 || year.size() == 2) {
        year = format("20{}{}", year.size() == 1 ? "0" : "", year);
    }
    return out.substr(0, mark) + "/" + year;
}

}  // namespace atlas::finance::statements
