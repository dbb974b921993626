// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/match_item.hpp"

#include <algorithm>

#include "finance/ledger/identity.hpp"
#include "finance/ledger/text_similarity.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::ledger {

using statements::StatementEntry;

std::string shape_of(std::string_view id) {
    std::string shape(id);
    std::ranges::transform(shape, shape.begin(), [](char c) {
        const bool digit = c >= '0' && c <= '9';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return digit ? '9' : letter ? 'a' : c;
    });
    return shape;
}

Item item_of(const StatementEntry& entry) {
    return {.date = entry.date,
            .posted = entry.posted,
            .initiated = entry.initiated,
            .amount = key_of(entry.amount),
            .pending = entry.pending,
            .bank_id = entry.bank_id,
            .text = statements::fold_text(entry.description),
            .other = statements::fold_text(entry.payee + " " + entry.memo),
            .fingerprint = fingerprint_of(entry.date, entry.amount, entry.description)};
}

Item item_of(const Transaction& transaction) {
    return {.date = transaction.date,
            .posted = transaction.posted_date,
            .initiated = std::nullopt,
            .amount = key_of(transaction.amount),
            .pending = transaction.status == TransactionStatus::pending,
            .bank_id = transaction.bank_id.has_value() ? std::string_view(*transaction.bank_id)
                                                       : std::string_view{},
            .text = statements::fold_text(transaction.description),
            .other = statements::fold_text(transaction.merchant.value_or("")),
            .fingerprint = transaction.fingerprint};
}

double similarity(const Item& entry, const Item& known) {
    double best = text_similarity(entry.text, known.text);
    for (const std::string_view own :
         {std::string_view(entry.text), std::string_view(entry.other)}) {
        for (const std::string_view its :
             {std::string_view(known.text), std::string_view(known.other)}) {
            best = std::max(best, own.empty() || its.empty() ? 0.0 : text_similarity(own, its));
        }
    }
    return best;
}

}  // namespace atlas::finance::ledger
