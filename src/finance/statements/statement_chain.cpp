// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/statement_chain.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>

namespace atlas::finance::statements {

bool follows_on(const Statement& before, const Statement& next) {
    return next.account == before.account && next.currency == before.currency &&
           before.closing_balance.has_value() && next.opening_balance.has_value() &&
           before.closing_balance->amount == next.opening_balance->amount;
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

void sum_up(Statement& statement) {
    if (!statement.opening_balance.has_value() || !statement.rejected.empty()) {
        return;
    }
    DatedBalance closing = *statement.opening_balance;
    for (const StatementEntry& entry : statement.entries) {
        const auto sum = money::checked_add(closing.amount, entry.amount);
        if (!sum.has_value()) {
            return;
        }
        closing = {.amount = *sum, .date = std::max(*closing.date, entry.date)};
    }
    statement.closing_balance = closing;
}

void drop_repeated_ids(Statement& statement) {
    std::unordered_map<std::string, std::size_t> uses;
    for (const StatementEntry& entry : statement.entries) {
        ++uses[entry.bank_id];
    }
    for (StatementEntry& entry : statement.entries) {
        if (uses[entry.bank_id] > 1) {
            entry.bank_id.clear();
        }
    }
}

}  // namespace atlas::finance::statements
