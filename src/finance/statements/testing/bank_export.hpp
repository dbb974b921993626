// SPDX-License-Identifier: Apache-2.0
// A bank's export as a person sees it in a test: its text in an encoding of one byte or of UTF-8
// with CR LF, and what the reader made of it as lines that can be read beside it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements::bank_export {

enum class Written : std::uint8_t { utf8, marked_utf8, windows_1252, windows_1251 };

/// The text in the encoding, with CR LF at the end of its lines.
inline std::string written(std::string_view utf8, Written how) {
    std::string out = how == Written::marked_utf8 ? "\xEF\xBB\xBF" : "";
    const bool one_byte = how == Written::windows_1252 || how == Written::windows_1251;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const unsigned lead = static_cast<unsigned char>(utf8[i]);
        if (!one_byte || lead < 0x80) {
            out += utf8[i] == '\n' ? "\r\n" : std::string(1, utf8[i]);
            continue;
        }
        const auto next = [&] { return static_cast<unsigned char>(utf8[++i]) & 0x3FU; };
        unsigned point = lead < 0xE0 ? (lead & 0x1FU) << 6U : (lead & 0x0FU) << 12U;
        point |= lead < 0xE0 ? next() : next() << 6U;
        point |= lead < 0xE0 ? 0U : next();
        if (point == 0x20AC) {
            point = 0x80;  // The euro sign of Windows-1252.
        } else if (point >= 0x410 && point <= 0x44F) {
            point -= 0x410 - 0xC0;
        } else if (point == 0x451) {
            point = 0xB8;
        }
        EXPECT_LT(point, 0x100U);
        out += static_cast<char>(point);
    }
    return out;
}

/// What was read, one a line: "account day amount text" with "pending", "account opening closing"
/// for balances, "refused line", "? question". Accounts by name or number.
inline std::string shown(const StatementFile& file) {
    std::string out;
    for (const CsvAmbiguity& question : file.csv->ambiguities) {
        out += "? " + question.field + "\n";
    }
    for (const Statement& statement : file.statements) {
        const AccountHints& hints = statement.account;
        const std::string account = hints.name.empty() ? hints.number : hints.name;
        for (const StatementEntry& e : statement.entries) {
            out += (account.empty() ? "-" : account) + " " + to_string(e.date) + " " +
                   to_string(e.amount) + (e.pending ? " pending " : " ") + e.description + "\n";
        }
        for (const Rejected& each : statement.rejected) {
            out += "refused " + std::to_string(each.position.line) + "\n";
        }
    }
    return out;
}

/// `text` begins with a line break; a line of it may go on behind a backslash.
inline void check(std::string_view text, std::string_view wanted, Written how = Written::utf8) {
    const ReadOptions options{.currency = *money::Currency::parse("CHF"), .mapping = {}};
    std::string whole(text.substr(1));
    for (std::size_t at = 0; (at = whole.find("\\\n", at)) != std::string::npos;) {
        whole.erase(at, 2);
    }
    const auto file = read_statements(written(whole, how), "export.csv", options);
    EXPECT_EQ(file.has_value() ? shown(*file) : to_string(file.error()), wanted);
}

}  // namespace atlas::finance::statements::bank_export
