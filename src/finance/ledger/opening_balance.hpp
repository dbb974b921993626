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

/// A bank's balance at the end of a day.
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

/// The opening after older entries were added before it: moved to the day before the first of
/// them and reduced by their sum, so that every later balance stays as it was. Unchanged when
/// none of `added` is dated on its day or before. Errors: as open_account.
Result<Transaction> step_back(const Transaction& opening, std::span<const Transaction> added);

/// The reverse, when entries are taken out: those older than all that `remain` (sorted by date, the
/// opening itself left out) fold back into it. Errors: as open_account.
Result<Transaction> step_forward(const Transaction& opening, std::span<const Transaction> removed,
                                 std::optional<Date> first_remaining);

}  // namespace atlas::finance::ledger
