// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_programs.hpp"

#include <algorithm>
#include <array>

#include "finance/statements/amount_text.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::statements {
namespace {

constexpr auto kCategoryRoots = std::to_array<std::string_view>({
    "expenses",         "expense",      "income",    "equity",          "imbalance",
    "orphan",           "aufwendungen", "aufwand",   "ertrage",         "ertrag",
    "eigenkapital",     "depenses",     "revenus",   "revenu",          "capitaux",
    "capitaux propres", "gastos",       "ingresos",  "patrimonio",      "uscite",
    "entrate",          "capitale",     "uitgaven",  "kosten",          "inkomsten",
    "eigen vermogen",   "despesas",     "receitas",  "capital proprio", "wydatki",
    "przychody",        "utgifter",     "inkomster", "intakter",
});

bool is_way_to_pay(std::string_view cell) {
    return !cell.empty() && cell.size() <= 2 &&
           std::ranges::all_of(cell, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<GnuCashColumns> gnucash_columns(std::string_view text) {
    const std::string_view first =
        text.substr(0, std::min(text.find_first_of("\r\n"), kFieldBytesMax));
    CsvRecords records(first, guess_delimiter(first, Encoding::utf8), Encoding::utf8);
    std::vector<CsvCell> cells;
    if (!records.next(cells)) {
        return std::nullopt;
    }
    const auto place = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(cells, name, &CsvCell::raw) -
                                        cells.begin());
    };
    const GnuCashColumns found{.account = place("Full Account Name"),
                               .amount = place("Amount Num."),
                               .value = place("Value Num.")};
    const bool all = std::max({found.account, found.amount, found.value}) < cells.size();
    return all ? std::optional(found) : std::nullopt;
}

bool is_category_account(std::string_view full_name) {
    const std::string root = fold_text(full_name.substr(0, full_name.find(':')));
    // "Imbalance-EUR" is what was never filed.
    return std::ranges::find(kCategoryRoots, root) != kCategoryRoots.end() ||
           root.starts_with("imbalance ") || root.starts_with("orphan ");
}

std::vector<ColumnRole> homebank_columns(const std::vector<std::vector<std::string>>& rows) {
    const bool fits = !rows.empty() && std::ranges::all_of(rows, [](const auto& row) {
        return row.size() == 8 && possible_orders(row[0]) != 0 && is_way_to_pay(row[1]) &&
               looks_like_amount(row[5]) && !looks_like_amount(row[3]) &&
               !looks_like_amount(row[6]);
    });
    if (!fits) {
        return {};
    }
    return {ColumnRole::date, ColumnRole::ignored, ColumnRole::check_number, ColumnRole::payee,
            ColumnRole::memo, ColumnRole::amount,  ColumnRole::category,     ColumnRole::tags};
}

}  // namespace atlas::finance::statements
