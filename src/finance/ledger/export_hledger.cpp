// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/export_hledger.hpp"

#include <algorithm>

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

}  // namespace

std::string export_hledger(std::span<const JournalEntry> entries) {
    JournalNames names;
    names.add(entries);
    return hledger_head(names) + hledger_entries(entries);
}

std::string hledger_head(const JournalNames& names) {
    std::string out = "decimal-mark .\n";
    for (const money::Currency currency : names.currencies) {
        const auto decimals = static_cast<std::size_t>(currency.decimals());
        out += "commodity 1000." + std::string(decimals, '0') + " ";
        out += currency.code();
        out += '\n';
    }
    for (const std::string& account : names.accounts) {
        out += "account " + account + "\n";
    }
    return out;
}

std::string hledger_entries(std::span<const JournalEntry> entries) {
    std::string out;
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
        if (const auto price = implied_price(entry); price.has_value()) {
            out += "P " + to_string(entry.date) + " ";
            out += price->of.code();
            out += " " + to_decimal(price->price) + " ";
            out += price->price.currency().code();
            out += '\n';
        }
    }
    return out;
}

}  // namespace atlas::finance::ledger
