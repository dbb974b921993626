// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/statement_chain.hpp"

#include <algorithm>
#include <iterator>

#include "base/format.hpp"

namespace atlas::finance::statements {

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
    last_day = last_day.has_value() ? std::max(*last_day, entry.date) : entry.date;
    if (!sum.has_value()) {
        sum = entry.amount;
        return;
    }
    const auto next = money::checked_add(*sum, entry.amount);
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
        const auto sum = money::checked_add(closing.amount, *movements.sum);
        if (!sum.has_value()) {
            return;
        }
        closing = {.amount = *sum, .date = std::max(*closing.date, *movements.last_day)};
    }
    statement.closing_balance = closing;
}

}  // namespace atlas::finance::statements
