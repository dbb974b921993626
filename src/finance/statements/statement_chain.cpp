// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/statement_chain.hpp"

#include <algorithm>
#include <iterator>

#include "base/format.hpp"

namespace atlas::finance::statements {
namespace {

/// Nothing beyond the range, and where a broken file has two currencies.
std::optional<money::Money> add_alike(money::Money a, money::Money b) {
    if (a.currency() != b.currency()) {
        return std::nullopt;
    }
    const auto sum = money::checked_add(a, b);
    return sum.has_value() ? std::optional(*sum) : std::nullopt;
}

}  // namespace

bool follows_on(const Statement& before, const Statement& next) {
    if (next.account != before.account || next.currency != before.currency ||
        !before.closing_balance.has_value() || !next.opening_balance.has_value()) {
        return false;
    }
    // A broken file may state a balance in another currency than its statement's.
    const money::Money closing = before.closing_balance->amount;
    const money::Money opening = next.opening_balance->amount;
    return closing.currency() == opening.currency() && closing == opening;
}

Result<void> require_another(const StatementFile& file) {
    if (file.statements.size() < kStatementsMax) {
        return {};
    }
    return fail(ErrorCode::too_large, {},
                format("the file holds more than {} statements", kStatementsMax));
}

void append_statement(Statement& all, Statement&& next) {
    const auto move_over = [](auto& from, auto& to) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    move_over(next.entries, all.entries);
    move_over(next.rejected, all.rejected);
    move_over(next.notes, all.notes);
    if (next.closing_balance.has_value()) {
        all.closing_balance = next.closing_balance;
        all.available_balance = next.available_balance;
    }
}

void EntrySum::add(const StatementEntry& entry) {
    if (entry.pending) {
        return;
    }
    last_day = last_day.has_value() ? std::max(*last_day, entry.date) : entry.date;
    last_place = entry.position;
    if (!sum.has_value()) {
        sum = entry.amount;
        return;
    }
    const auto next = add_alike(*sum, entry.amount);
    is_in_range = is_in_range && next.has_value();
    sum = next.has_value() ? *next : *sum;
}

void sum_up(Statement& statement, const EntrySum& movements) {
    if (!statement.opening_balance.has_value() || !statement.rejected.empty() ||
        !movements.is_in_range) {
        return;
    }
    DatedBalance closing = *statement.opening_balance;
    if (movements.sum.has_value()) {
        const auto sum = add_alike(closing.amount, *movements.sum);
        if (!sum.has_value()) {
            return;
        }
        closing = {.amount = *sum, .date = std::max(*closing.date, *movements.last_day)};
    }
    statement.closing_balance = closing;
}

std::optional<money::Money> unexplained(const Statement& statement, const EntrySum& movements) {
    const auto& opening = statement.opening_balance;
    const auto& closing = statement.closing_balance;
    if (!opening.has_value() || !closing.has_value() || !movements.is_in_range) {
        return std::nullopt;
    }
    const money::Money nothing = money::Money::zero(opening->amount.currency());
    const auto end = add_alike(opening->amount, movements.sum.value_or(nothing));
    return end.has_value() ? add_alike(closing->amount, -*end) : std::nullopt;
}

void note_unexplained(Statement& statement, const EntrySum& movements) {
    const auto missing = unexplained(statement, movements);
    if (!missing.has_value() || missing->is_zero()) {
        return;
    }
    const money::Money closing = statement.closing_balance->amount;
    statement.notes.push_back(
        {movements.last_place,
         format(
             "the statement opens with {} and closes with {}, where its movements make {}: {} {}",
             to_string(statement.opening_balance->amount), to_string(closing),
             to_string(closing - *missing), to_string(*missing),
             statement.rejected.empty() ? "is missing from the file"
                                        : "is in those refused, or missing from the file")});
}

}  // namespace atlas::finance::statements
