// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/opening_balance.hpp"

#include <algorithm>

#include "finance/ledger/identity.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::string_view kKey = "atlas:opening-balance";

void set_amount(Transaction& opening, money::Money amount) {
    opening.amount = amount;
    opening.splits = {{std::string(kOpeningCategory), amount, std::nullopt, {}}};
}

Date first_date(std::span<const Transaction> transactions) {
    return std::ranges::min_element(transactions, {}, &Transaction::date)->date;
}

}  // namespace

bool is_equity(std::string_view category) {
    return category.starts_with("equity.");
}

TransactionId opening_id(HouseholdId household, AccountId account) {
    return transaction_id(household, account, kKey, 0);
}

Result<std::optional<Transaction>> open_account(HouseholdId household, AccountId account,
                                                std::span<const Transaction> entries,
                                                const StatementBalance& balance) {
    if (entries.empty()) {
        return std::optional<Transaction>();
    }
    money::Money before = balance.amount;
    for (const Transaction& entry : entries) {
        if (entry.date > balance.date) {
            return std::optional<Transaction>();
        }
        ATLAS_TRY_ASSIGN(before, checked_add(before, -entry.amount));
    }
    Transaction opening{.id = opening_id(household, account),
                        .account_id = account,
                        .date = first_date(entries).plus_days(-1),
                        .posted_date = balance.date,
                        .amount = before,
                        .original_amount = std::nullopt,
                        .description = "Opening balance",
                        .merchant = std::nullopt,
                        .status = TransactionStatus::posted,
                        .splits = {},
                        .transfer_id = std::nullopt,
                        .filed = {FilingSource::import, 1.0, false},
                        .source = entries.front().source,
                        .bank_id = std::nullopt,
                        .fingerprint = std::string(kKey),
                        .occurrence = 0};
    set_amount(opening, before);
    return std::optional(std::move(opening));
}

Result<Transaction> step_back(const Transaction& opening, std::span<const Transaction> added) {
    Transaction moved = opening;
    money::Money amount = opening.amount;
    const Date known = opening.posted_date.value_or(opening.date);
    for (const Transaction& entry : added) {
        if (entry.date > known) {
            continue;
        }
        ATLAS_TRY_ASSIGN(amount, checked_add(amount, -entry.amount));
        moved.date = std::min(moved.date, entry.date.plus_days(-1));
    }
    set_amount(moved, amount);
    return moved;
}

Result<Transaction> step_forward(const Transaction& opening, std::span<const Transaction> removed,
                                 std::optional<Date> first_remaining) {
    if (!first_remaining.has_value()) {
        return opening;
    }
    Transaction moved = opening;
    money::Money amount = opening.amount;
    const Date known = opening.posted_date.value_or(first_remaining->plus_days(-1));
    for (const Transaction& entry : removed) {
        if (entry.date <= known) {
            ATLAS_TRY_ASSIGN(amount, checked_add(amount, entry.amount));
        }
    }
    moved.date = std::max(opening.date, first_remaining->plus_days(-1));
    set_amount(moved, amount);
    return moved;
}

}  // namespace atlas::finance::ledger
