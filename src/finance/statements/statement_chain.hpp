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

/// The booked movements of a statement added up while they are read.
struct EntrySum {
    std::optional<money::Money> sum{};
    std::optional<Date> last_day{};
    SourcePosition last_place{};  ///< Of the last one.
    bool is_in_range = true;      ///< And of one currency.

    void add(const StatementEntry& entry);
};

/// Of a complete register with an opening balance: sets the closing one to it and all movements.
/// With refused entries, and where the sum leaves the range, nothing is set.
void sum_up(Statement& statement, const EntrySum& movements);

/// What a statement's own balances and movements leave unexplained: the closing balance minus the
/// opening one and all movements. Zero where they agree; nothing where one of them is not known.
std::optional<money::Money> unexplained(const Statement& statement, const EntrySum& movements);

/// Says so in a note, at the last movement: the file is no whole statement, and nobody but its
/// bank has the rest.
void note_unexplained(Statement& statement, const EntrySum& movements);

}  // namespace atlas::finance::statements
