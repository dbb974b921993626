// SPDX-License-Identifier: Apache-2.0
// Statements of a file that follow on one another: sheets, days, months. Taken as one, two equal
// movements in them stay two; taken apart, the second would look like a repetition of the first.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// True where `next` begins with the balance `before` ended with, in the same account.
bool follows_on(const Statement& before, const Statement& next);

/// too_large where a file has kStatementsMax statements and another one begins.
Result<void> require_another(const StatementFile& file);

/// Adds all of `next` to `all`; the closing and available balances are then its.
void append_statement(Statement& all, Statement&& next);

/// The movements of a statement added up while they are read.
struct EntrySum {
    std::optional<money::Money> sum{};
    std::optional<Date> last_day{};
    bool is_in_range = true;

    void add(const StatementEntry& entry);
};

/// Of a complete register with an opening balance: sets the closing one to it and all movements.
/// With refused entries, and where the sum leaves the range, nothing is set.
void sum_up(Statement& statement, const EntrySum& movements);

}  // namespace atlas::finance::statements
