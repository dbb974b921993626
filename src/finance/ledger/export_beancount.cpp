// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/export_beancount.hpp"

#include <set>

#include "base/check.hpp"
#include "base/format.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// One level of an account name.
std::string level_of(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_letter(c) || is_digit(c)) {
            out += c;
        } else if (!out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-') {
        out.pop_back();
    }
    if (out.empty()) {
        return "Unnamed";
    }
    if (out.front() >= 'a' && out.front() <= 'z') {
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    }
    return out;
}

std::string name_in_levels(std::string_view account) {
    std::string out;
    while (true) {
        const std::size_t end = account.find(':');
        out += level_of(account.substr(0, end));
        if (end == std::string_view::npos) {
            return out;
        }
        out += ':';
        account.remove_prefix(end + 1);
    }
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

BeancountNames beancount_names(const JournalNames& names) {
    BeancountNames out;
    std::set<std::string> taken;
    for (const std::string& account : names.accounts) {
        const std::string base = name_in_levels(account);
        // "equity" alone is no account there: a name has two levels at least.
        const std::string whole = base.find(':') == std::string::npos ? base + ":Other" : base;
        std::string name = whole;
        for (int n = 2; !taken.insert(name).second; ++n) {
            name = format("{}-{}", whole, n);
        }
        out.emplace(account, name);
    }
    return out;
}

std::string beancount_head(const JournalNames& names, const BeancountNames& accounts) {
    std::string out = "option \"title\" \"Atlas\"\n";
    if (!names.first.has_value()) {
        return out;
    }
    for (const money::Currency currency : names.currencies) {
        out += format("option \"operating_currency\" \"{}\"\n", currency.code());
    }
    out += '\n';
    for (const auto& [account, name] : accounts) {
        out += format("{} open {}\n", to_string(*names.first), name);
        out += format("  atlas-name: {}\n", quoted(account));
    }
    return out;
}

std::string beancount_entries(std::span<const JournalEntry> entries,
                              const BeancountNames& accounts) {
    std::string out;
    for (const JournalEntry& entry : entries) {
        const bool pending = entry.status == TransactionStatus::pending;
        out += "\n" + to_string(entry.date) + (pending ? " ! " : " * ") +
               quoted(entry.description) + "\n";
        out += "  atlas-id: \"" + entry.code + "\"\n";
        for (const Posting& posting : entry.postings) {
            const auto name = accounts.find(posting.account);
            ATLAS_CHECK(name != accounts.end());
            out += "  " + name->second + "  " + to_decimal(posting.amount) + " ";
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
