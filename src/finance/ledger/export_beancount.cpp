// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/export_beancount.hpp"

#include <unordered_map>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::size_t kHashDigits = 6;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// One level of an account name: its text, and whether two names could share it.
struct Level {
    std::string text;
    bool is_lossy = false;
};

Level level_of(std::string_view text, bool is_word) {
    Level out;
    for (const char c : text) {
        if (is_letter(c) || is_digit(c)) {
            out.text += c;
        } else if (!out.text.empty() && out.text.back() != '-') {
            out.text += '-';
            out.is_lossy = out.is_lossy || c != ' ';
        } else {
            out.is_lossy = true;
        }
    }
    if (!out.text.empty() && out.text.back() == '-') {
        out.text.pop_back();
        out.is_lossy = true;
    }
    if (out.text.empty()) {
        return {"Unnamed", true};
    }
    const bool is_small = out.text.front() >= 'a' && out.text.front() <= 'z';
    out.is_lossy = out.is_lossy || (!is_digit(out.text.front()) && is_small != is_word);
    if (is_small) {
        out.text.front() = static_cast<char>(out.text.front() - 'a' + 'A');
    }
    return out;
}

/// A string in quotes: one line, quotes and backslashes escaped.
std::string quoted(std::string_view text) {
    const std::string clean =
        statements::collapse_spaces(statements::to_utf8(text, statements::Encoding::utf8));
    std::string out = "\"";
    for (const char c : clean) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + "\"";
}

}  // namespace

std::string beancount_account(std::string_view account) {
    if (account == "assets:in-transit") {
        return "Assets:In-transit";
    }
    // assets:bank:NAME, liabilities:card:NAME are what a person called it, all else are words.
    const bool is_own = account.starts_with("assets:") || account.starts_with("liabilities:");
    std::string out;
    bool is_lossy = false;
    std::string_view rest = account;
    for (int depth = 0;; ++depth) {
        const std::size_t end = rest.find(':');
        const Level level = level_of(rest.substr(0, end), !is_own || depth < 2);
        out += level.text;
        is_lossy = is_lossy || level.is_lossy;
        if (end == std::string_view::npos) {
            // A name has two levels at least there.
            out += depth == 0 ? ":Other" : "";
            return is_lossy ? out + "-" + to_hex(sha256(account)).substr(0, kHashDigits) : out;
        }
        out += ':';
        rest.remove_prefix(end + 1);
    }
}

std::string beancount_head(const JournalNames& names) {
    std::string out = "option \"title\" \"Atlas\"\n";
    if (!names.first.has_value()) {
        return out;
    }
    for (const money::Currency currency : names.currencies) {
        out += format("option \"operating_currency\" \"{}\"\n", currency.code());
    }
    out += '\n';
    for (const std::string& account : names.accounts) {
        out += format("{} open {}\n", to_string(*names.first), beancount_account(account));
        out += format("  atlas-name: {}\n", quoted(account));
    }
    return out;
}

std::string beancount_entries(std::span<const JournalEntry> entries) {
    std::unordered_map<std::string, std::string> accounts;
    std::string out;
    for (const JournalEntry& entry : entries) {
        const bool pending = entry.status == TransactionStatus::pending;
        out += "\n" + to_string(entry.date) + (pending ? " ! " : " * ") +
               quoted(entry.description) + "\n";
        out += "  atlas-id: \"" + entry.code + "\"\n";
        for (const Posting& posting : entry.postings) {
            std::string& name = accounts[posting.account];
            if (name.empty()) {
                name = beancount_account(posting.account);
            }
            out += "  " + name + "  " + to_decimal(posting.amount) + " ";
            out += posting.amount.currency().code();
            out += '\n';
        }
        if (const auto price = implied_price(entry); price.has_value()) {
            out += format("{} price {} {} {}\n", to_string(entry.date), price->of.code(),
                          to_decimal(price->price), price->price.currency().code());
        }
    }
    return out;
}

}  // namespace atlas::finance::ledger
