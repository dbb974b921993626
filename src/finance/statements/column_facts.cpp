// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/column_facts.hpp"

#include <algorithm>

#include "finance/statements/amount_text.hpp"
#include "finance/statements/csv_headers.hpp"
#include "finance/statements/date_text.hpp"

namespace atlas::finance::statements {

bool is_date(const std::string& cell) {
    return possible_orders(cell) != 0;
}

bool is_header(const std::vector<std::string>& row) {
    bool date = false;
    bool amount = false;
    for (const std::string& cell : row) {
        const ColumnRole role = role_named(cell);
        date = date || role == ColumnRole::date || role == ColumnRole::value_date ||
               role == ColumnRole::initiated_date;
        amount = amount || role == ColumnRole::amount || role == ColumnRole::debit ||
                 role == ColumnRole::credit;
    }
    return date && amount && std::ranges::none_of(row, is_date);
}

void ColumnFacts::add(const std::string& cell) {
    if (cell.empty()) {
        return;
    }
    ++filled;
    numbered += cell.find_first_of("0123456789") != std::string::npos ? 1U : 0U;
    if (is_date(cell)) {
        ++dates;
    } else if (looks_like_amount(cell)) {
        ++amounts;
        const bool negative = cell.find('-') != std::string::npos || cell.starts_with('(') ||
                              cell.starts_with("\xE2\x88\x92");
        negatives += negative ? 1U : 0U;
        marked += cell.find_first_of(".,") != std::string::npos ? 1U : 0U;
    } else {
        letters += cell.size();
    }
    directions += direction_named(cell).has_value() ? 1U : 0U;
    currencies += currency_cell(cell).has_value() ? 1U : 0U;
}

bool ColumnFacts::fits(ColumnRole role) const {
    switch (role) {
        case ColumnRole::date:
        case ColumnRole::value_date:
        case ColumnRole::initiated_date: return half(dates);
        case ColumnRole::amount:
        case ColumnRole::debit:
        case ColumnRole::credit:
        case ColumnRole::fee:
        case ColumnRole::balance:
        case ColumnRole::original_amount: return half(amounts);
        case ColumnRole::direction: return half(directions);
        case ColumnRole::currency:
        case ColumnRole::original_currency: return half(currencies);
        // Numbers and codes are no party.
        case ColumnRole::payee: return filled == 0 || letters > 0;
        default: return true;
    }
}

bool has_text(const std::vector<ColumnFacts>& facts, const std::vector<ColumnRole>& roles) {
    for (std::size_t c = 0; c < facts.size(); ++c) {
        const bool names_it = roles[c] == ColumnRole::description ||
                              roles[c] == ColumnRole::payee || roles[c] == ColumnRole::memo;
        if (names_it && facts[c].letters > 0) {
            return true;
        }
    }
    return false;
}

std::size_t longest_text(const std::vector<ColumnFacts>& facts,
                         const std::vector<ColumnRole>& roles) {
    std::size_t best = facts.size();
    for (std::size_t c = 0; c < facts.size(); ++c) {
        const bool open = roles[c] == ColumnRole::ignored || roles[c] == ColumnRole::kind;
        if (open && facts[c].letters > 0 &&
            (best == facts.size() || facts[c].letters > facts[best].letters)) {
            best = c;
        }
    }
    return best;
}

}  // namespace atlas::finance::statements
