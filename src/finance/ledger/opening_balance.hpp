// SPDX-License-Identifier: Apache-2.0
// What an account held before the first statement the ledger has seen. Statements tell balances,
// not beginnings: the opening is what makes the ledger agree with the bank's closing balance, and
// it steps back in time, by the same rule, when older statements arrive later.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "finance/ledger/transaction.hpp"

namespace atlas::finance::ledger {

/// Category of an opening balance: neither income nor spending, and no part of any total of them.
inline constexpr std::string_view kOpeningCategory = "equity.opening";

/// True for kOpeningCategory and whatever else is no flow.
bool is_equity(std::string_view category);

TransactionId opening_id(HouseholdId household, AccountId account);

/// A bank's balance at the end of a day. An opening remembers the day of the one it was derived
/// from as its posted_date: whatever comes to light on or before it was in that balance.
struct StatementBalance {
    money::Money amount;
    Date date;
};

/// The opening of an account that has none yet: dated the day before the first of `entries`, of
/// the amount that makes balance(date) agree with the statement. Nothing when there are no
/// entries, or the statement's balance is dated before the last of them (what lies between would
/// be a guess).
/// Errors: invalid_argument beyond the range of Money.
Result<std::optional<Transaction>> open_account(HouseholdId household, AccountId account,
                                                std::span<const Transaction> entries,
                                                const StatementBalance& balance);

/// The opening after entries were added: reduced by those up to the day of the bank's balance, so
/// that the ledger still agrees with it, and dated before the first. Errors: as open_account.
Result<Transaction> step_back(const Transaction& opening, std::span<const Transaction> added);

/// The reverse, when entries are taken out: those up to the day of the bank's balance fold back
/// into it. `first_remaining` is the first day still booked. Errors: as open_account.
Result<Transaction> step_forward(const Transaction& opening, std::span<const Transaction> removed,
                                 std::optional<Date> first_remaining);

}  // namespace atlas::finance::ledger
