// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/export_hledger.hpp"

#include <algorithm>
#include <set>

#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

std::string safe_description(std::string_view text) {
    std::string out =
        statements::collapse_spaces(statements::to_utf8(text, statements::Encoding::utf8));
    std::ranges::replace(out, ';', ',');
    std::ranges::replace(out, '|', '/');
    return out;
}

void append_declarations(std::span<const JournalEntry> entries, std::string& out) {
    std::set<std::string> accounts;
    std::set<money::Currency> currencies;
    for (const JournalEntry& entry : entries) {
        for (const Posting& posting : entry.postings) {
            accounts.insert(posting.account);
            currencies.insert(posting.amount.currency());
        }
    }
    out += "decimal-mark .\n";
    for (const money::Currency currency : currencies) {
        const auto decimals = static_cast<std::size_t>(currency.decimals());
        out += "commodity 1000." + std::string(decimals, '0') + " ";
        out += currency.code();
        out += '\n';
    }
    for (const std::string& account : accounts) {
        out += "account " + account + "\n";
    }
}

}  // namespace

std::string export_hledger(std::span<const JournalEntry> entries) {
    std::string out;
    append_declarations(entries, out);
    for (const JournalEntry& entry : entries) {
        out += '\n';
        out += to_string(entry.date);
        out += entry.status == TransactionStatus::pending ? " ! (" : " * (";
        out += entry.code + ") " + safe_description(entry.description) + "\n";
        for (const Posting& posting : entry.postings) {
            out += "    " + posting.account + "  " + to_decimal(posting.amount) + " ";
            out += posting.amount.currency().code();
            out += '\n';
        }
    }
    return out;
}

}  // namespace atlas::finance::ledger
