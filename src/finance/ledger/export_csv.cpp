// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/export_csv.hpp"

#include <unordered_map>

#include "base/format.hpp"
#include "finance/statements/csv_own.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

/// Categories, and labels of any kind, of all splits.
template <class Part>
std::string joined(const Transaction& transaction, Part part) {
    std::string out;
    for (const Split& split : transaction.splits) {
        const std::string text = part(split);
        if (!text.empty()) {
            out += out.empty() ? "" : "; ";
            out += text;
        }
    }
    return out;
}

std::string categories_of(const Transaction& transaction) {
    if (transaction.splits.size() == 1) {
        return transaction.splits.front().category;
    }
    return joined(transaction, [](const Split& split) {
        return split.category + " " + to_decimal(split.amount);
    });
}

std::string tags_of(const Transaction& transaction) {
    return joined(transaction, [](const Split& split) {
        std::string tags;
        for (const std::string& tag : split.tags) {
            tags += tags.empty() ? "" : " ";
            tags += tag;
        }
        return tags;
    });
}

std::string notes_of(const Transaction& transaction) {
    std::string notes = transaction.remarks.note.value_or("");
    for (const Split& split : transaction.splits) {
        if (split.note.has_value()) {
            notes += notes.empty() ? "" : "; ";
            notes += *split.note;
        }
    }
    return notes;
}

}  // namespace

std::string csv_header() {
    return std::string(statements::own_csv_header()) + "\r\n";
}

std::string csv_cell(std::string_view text) {
    const std::string clean =
        statements::collapse_spaces(statements::to_utf8(text, statements::Encoding::utf8));
    const bool guarded = statements::would_be_calculated(clean);
    const bool plain = clean.find_first_of(",\"") == std::string::npos;
    if (plain) {
        return guarded ? "'" + clean : clean;
    }
    std::string out = guarded ? "\"'" : "\"";
    for (const char c : clean) {
        out += c;
        if (c == '"') {
            out += c;
        }
    }
    return out + "\"";
}

Result<std::string> csv_lines(const JournalQuestion& page) {
    std::unordered_map<AccountId, std::string> names;
    for (const Account& account : page.accounts) {
        names.emplace(account.id, csv_cell(account.name));
    }
    std::string out;
    for (const Transaction& transaction : page.transactions) {
        const auto account = names.find(transaction.account_id);
        if (account == names.end()) {
            return invalid_argument({}, format("account {} is not among those given",
                                               to_string(transaction.account_id)));
        }
        const auto cell = [&](std::string_view text) {
            out += ',';
            out += text;
        };
        const auto& original = transaction.original_amount;
        out += to_string(transaction.date);
        cell(transaction.posted_date.has_value() ? to_string(*transaction.posted_date) : "");
        cell(account->second);
        cell(csv_cell(transaction.description));
        cell(to_decimal(transaction.amount));
        cell(transaction.amount.currency().code());
        cell(original.has_value() ? to_decimal(*original) : "");
        cell(original.has_value() ? original->currency().code() : "");
        cell(csv_cell(transaction.merchant.value_or("")));
        cell(name_of(transaction.status));
        cell(csv_cell(transaction.bank_id.value_or("")));
        cell(csv_cell(categories_of(transaction)));
        cell(csv_cell(tags_of(transaction)));
        cell(csv_cell(notes_of(transaction)));
        cell(transaction.transfer_id.has_value() ? to_string(*transaction.transfer_id) : "");
        cell(to_string(transaction.id));
        out += "\r\n";
    }
    return out;
}

}  // namespace atlas::finance::ledger
