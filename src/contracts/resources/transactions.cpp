// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/transactions.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> transactions_routes() {
    static constexpr const RouteInfo* kRoutes[] = {&list_transactions.info, &get_transaction.info,
                                                   &file_transaction.info};
    return kRoutes;
}

TransactionValue to_value(const finance::ledger::Transaction& transaction) {
    TransactionValue value{
        .id = transaction.id,
        .account_id = transaction.account_id,
        .date = transaction.date,
        .posted_date = transaction.posted_date,
        .amount = to_value(transaction.amount),
        .original_amount = std::nullopt,
        .description = transaction.description,
        .merchant = transaction.merchant,
        .status = transaction.status,
        .splits = {},
        .transfer_id = transaction.transfer_id,
        .filed = {transaction.filed.source, transaction.filed.confidence,
                  transaction.filed.reviewed},
        .source = {transaction.source.import_id, transaction.source.file, transaction.source.line,
                   transaction.source.column},
        .title = transaction.remarks.title,
        .chosen_merchant = transaction.remarks.merchant,
        .note = transaction.remarks.note,
        .refund_of = transaction.remarks.refund_of,
        .bank_category = transaction.bank_category,
    };
    if (transaction.original_amount.has_value()) {
        value.original_amount = to_value(*transaction.original_amount);
    }
    value.splits.reserve(transaction.splits.size());
    for (const finance::ledger::Split& split : transaction.splits) {
        value.splits.push_back({split.category, to_value(split.amount), split.note, split.tags});
    }
    return value;
}

}  // namespace atlas::contracts
