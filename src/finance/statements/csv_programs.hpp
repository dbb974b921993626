// SPDX-License-Identifier: Apache-2.0
// Files of programs that keep books, which say less than a bank's: GnuCash prints both sides of a
// movement as rows, HomeBank no names of columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "finance/statements/csv_mapping.hpp"

namespace atlas::finance::statements {

/// Where GnuCash's export of transactions keeps what its two sides are told by.
struct GnuCashColumns {
    std::size_t account = 0;  ///< The full name: "Assets:Checking".
    std::size_t amount = 0;   ///< In the account's commodity.
    std::size_t value = 0;    ///< In the transaction's currency.
};

/// By the names in the first line; nothing for any other file.
std::optional<GnuCashColumns> gnucash_columns(std::string_view text);

/// True for an account of income, expenses or equity, in the languages that GnuCash sets up books
/// in: a category of the movement, no account of the household.
bool is_category_account(std::string_view full_name);

/// The columns of HomeBank's export, which has no header: date; number of a way to pay; number or
/// info; payee; memo; amount; category; tags. Empty where a row is none of it. Rows: with data.
std::vector<ColumnRole> homebank_columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace atlas::finance::statements
