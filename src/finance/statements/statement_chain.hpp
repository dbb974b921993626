// SPDX-License-Identifier: Apache-2.0
// Statements of a file that follow on one another: sheets, days, months. Taken as one, two equal
// movements in them stay two; taken apart, the second would look like a repetition of the first.
#pragma once

#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// True where `next` begins with the balance `before` ended with, in the same account.
bool follows_on(const Statement& before, const Statement& next);

/// Adds all of `next` to `all`; the closing and available balances are then its.
void append_statement(Statement& all, Statement&& next);

/// Of a complete register with an opening balance: sets the closing one to it and all movements.
/// With refused entries, and where the sum leaves the range, nothing is set.
void sum_up(Statement& statement);

/// Clears the bank id of every entry that shares it with another one of the statement: a statement
/// lists each movement once, so such a reference names a batch, or nothing. Cost: linear.
void drop_repeated_ids(Statement& statement);

}  // namespace atlas::finance::statements
