// SPDX-License-Identifier: Apache-2.0
#include "contracts/ledger_document.hpp"

namespace atlas::contracts {

namespace ledger = finance::ledger;

LedgerAccount to_document(const ledger::Account& account) {
    return {.id = account.id,
            .name = account.name,
            .type = account.type,
            .currency = std::string(account.currency.code()),
            .institution = account.institution,
            .number_masked = account.number_masked,
            .number_hash = account.number_hash,
            .opened = account.opened,
            .closed = account.closed};
}

Result<ledger::Account> from_document(const LedgerAccount& value) {
    ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(value.currency, "/currency"));
    return ledger::Account{.id = value.id,
                           .name = value.name,
                           .type = value.type,
                           .currency = currency,
                           .institution = value.institution,
                           .number_masked = value.number_masked,
                           .number_hash = value.number_hash,
                           .opened = value.opened,
                           .closed = value.closed};
}

LedgerTransaction to_document(const ledger::Transaction& transaction) {
    LedgerTransaction value{.id = transaction.id,
                            .account_id = transaction.account_id,
                            .date = transaction.date,
                            .posted_date = transaction.posted_date,
                            .amount = to_value(transaction.amount),
                            .original_amount = {},
                            .description = transaction.description,
                            .merchant = transaction.merchant,
                            .status = transaction.status,
                            .splits = {},
                            .transfer_id = transaction.transfer_id,
                            .filed = {transaction.filed.source, transaction.filed.confidence,
                                      transaction.filed.reviewed},
                            .source = {transaction.source.import_id, transaction.source.file,
                                       transaction.source.line, transaction.source.column},
                            .bank_id = transaction.bank_id,
                            .fingerprint = transaction.fingerprint,
                            .occurrence = transaction.occurrence,
                            .title = transaction.remarks.title,
                            .chosen_merchant = transaction.remarks.merchant,
                            .note = transaction.remarks.note,
                            .refund_of = transaction.remarks.refund_of,
                            .bank_category = transaction.bank_category};
    if (transaction.original_amount.has_value()) {
        value.original_amount = to_value(*transaction.original_amount);
    }
    for (const ledger::Split& split : transaction.splits) {
        value.splits.push_back({split.category, to_value(split.amount), split.note, split.tags});
    }
    return value;
}

Result<ledger::Transaction> from_document(const LedgerTransaction& value) {
    ledger::Transaction read{
        .id = value.id,
        .account_id = value.account_id,
        .date = value.date,
        .posted_date = value.posted_date,
        .amount = to_money(value.amount),
        .original_amount = {},
        .description = value.description,
        .merchant = value.merchant,
        .status = value.status,
        .splits = {},
        .transfer_id = value.transfer_id,
        .filed = {value.filed.source, value.filed.confidence, value.filed.reviewed},
        .source = {value.source.import_id, value.source.file, value.source.line,
                   value.source.column},
        .bank_id = value.bank_id,
        .fingerprint = value.fingerprint,
        .occurrence = value.occurrence,
        .remarks = {.title = value.title,
                    .merchant = value.chosen_merchant,
                    .note = value.note,
                    .refund_of = value.refund_of},
        .bank_category = value.bank_category};
    if (value.original_amount.has_value()) {
        read.original_amount = to_money(*value.original_amount);
    }
    for (const SplitValue& split : value.splits) {
        read.splits.push_back({split.category, to_money(split.amount), split.note, split.tags});
    }
    if (!is_balanced(read)) {
        return invalid_argument("/splits", "they do not sum to the amount");
    }
    return read;
}

}  // namespace atlas::contracts
