// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_currency.hpp"

#include <algorithm>
#include <string_view>

#include "finance/statements/amount_text.hpp"
#include "finance/statements/csv_headers.hpp"

namespace atlas::finance::statements {
namespace {

bool is_of_money(ColumnRole role) {
    return role == ColumnRole::amount || role == ColumnRole::debit || role == ColumnRole::credit ||
           role == ColumnRole::balance;
}

/// Yen and yuan share a sign; only yuan are divided.
bool is_divided_yuan(std::string_view cell) {
    const bool has_sign =
        cell.find("¥") != std::string_view::npos || cell.find("￥") != std::string_view::npos;
    const auto read = [&](std::string_view code) {
        return read_amount(cell, {.mark = DecimalMark::point, .words = AmountWords::allowed},
                           *money::Currency::parse(code))
            .has_value();
    };
    return has_sign && read("CNY") && !read("JPY");
}

/// The first that a cell of the column carries.
std::optional<money::Currency> currency_of_cells(const std::vector<std::vector<std::string>>& rows,
                                                 std::size_t first_row, std::size_t column) {
    std::optional<money::Currency> found;
    for (std::size_t r = first_row; r < rows.size(); ++r) {
        if (column >= rows[r].size()) {
            continue;
        }
        if (is_divided_yuan(rows[r][column])) {
            return *money::Currency::parse("CNY");
        }
        if (!found.has_value()) {
            const auto parsed = money::Currency::parse(currency_in(rows[r][column]));
            found = parsed.has_value() ? std::optional(*parsed) : std::nullopt;
        }
    }
    return found;
}

}  // namespace

std::optional<money::Currency> stated_currency(const std::vector<std::vector<std::string>>& rows,
                                               const CsvReading& reading) {
    const auto first_row = static_cast<std::size_t>(reading.mapping.skip_records);
    for (std::size_t c = 0; c < reading.mapping.columns.size(); ++c) {
        if (!is_of_money(reading.mapping.columns[c])) {
            continue;
        }
        if (c < reading.header.size()) {
            if (const auto found = currency_in_header(reading.header[c]); found.has_value()) {
                return found;
            }
        }
        if (const auto found = currency_of_cells(rows, first_row, c); found.has_value()) {
            return found;
        }
    }
    for (std::size_t r = 0; r < std::min(rows.size(), first_row); ++r) {
        for (const std::string& cell : rows[r]) {
            const auto alone = money::Currency::parse(cell);
            const auto amount = money::Currency::parse(currency_in(cell));
            if (alone.has_value() || amount.has_value()) {
                return alone.has_value() ? *alone : *amount;
            }
        }
    }
    return std::nullopt;
}

}  // namespace atlas::finance::statements
