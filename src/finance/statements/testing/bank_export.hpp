// SPDX-License-Identifier: Apache-2.0
// A bank's export as a person sees it in a test: its text in the bank's encoding with CR LF, and
// what the reader made of it as lines that can be read beside it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "finance/statements/double_byte.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements::bank_export {

/// UTF-8 with its mark.
inline constexpr std::optional<Encoding> kMarkedUtf8 = std::nullopt;

/// The character's bytes in an encoding that is not Unicode's; empty where it has none.
inline std::string bytes_of(std::string_view character, Encoding encoding) {
    static std::map<Encoding, std::map<std::string, std::string, std::less<>>> all;
    auto& known = all[encoding];
    if (known.empty()) {
        const unsigned last = is_double_byte(encoding) ? 0xFF : 0x20;
        for (unsigned lead = 0x80; lead < 0x100; ++lead) {
            for (unsigned trail = 0x20; trail <= last; ++trail) {
                std::string bytes{static_cast<char>(lead)};
                known.try_emplace(to_utf8(bytes, encoding), bytes);
                bytes += static_cast<char>(trail);
                known.try_emplace(to_utf8(bytes, encoding), bytes);
            }
        }
    }
    const auto found = known.find(character);
    return found == known.end() ? std::string() : found->second;
}

/// UTF-8 in another encoding, or kMarkedUtf8; CR LF at line ends.
inline std::string written(std::string_view utf8, std::optional<Encoding> encoding) {
    std::string out = encoding.has_value() ? "" : "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < utf8.size();) {
        std::size_t size = 1;
        while (i + size < utf8.size() &&
               (static_cast<unsigned char>(utf8[i + size]) & 0xC0U) == 0x80U) {
            ++size;
        }
        const std::string_view character = utf8.substr(i, size);
        i += size;
        if (character == "\n") {
            out += "\r\n";
        } else if (size == 1 || encoding.value_or(Encoding::utf8) == Encoding::utf8) {
            out += character;
        } else {
            const std::string bytes = bytes_of(character, *encoding);
            EXPECT_FALSE(bytes.empty()) << character;
            out += bytes;
        }
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
inline void check(std::string_view text, std::string_view wanted,
                  std::optional<Encoding> encoding = Encoding::utf8,
                  std::string_view currency = "CHF") {
    const ReadOptions options{.currency = *money::Currency::parse(currency), .mapping = {}};
    std::string whole(text.substr(1));
    for (std::size_t at = 0; (at = whole.find("\\\n", at)) != std::string::npos;) {
        whole.erase(at, 2);
    }
    const auto file = read_statements(written(whole, encoding), "export.csv", options);
    EXPECT_EQ(file.has_value() ? shown(*file) : to_string(file.error()), wanted);
}

}  // namespace atlas::finance::statements::bank_export
