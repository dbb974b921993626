// SPDX-License-Identifier: Apache-2.0
// Whose account a number in a CSV names: the file's own, or the other party's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atlas::finance::statements {

/// The IBAN a cell holds, alone or with a label before a colon or a name after a bar or slash
/// ("DE02… / Girokonto"); without its spaces. Empty where there is none.
std::string iban_in(std::string_view utf8);

/// True where there is an IBAN in each of the cells that say anything, and one does.
bool are_ibans(const std::vector<std::string>& cells);

/// Whether a cell of a column of accounts is a number, masked or not, and no name that has digits
/// in it ("Checking (...1234)"): at least half of it is digits. Without spaces.
bool is_account_number(std::string_view text);

/// Cells of a column of account numbers, over the rows looked at.
struct NumberColumn {
    std::string_view name;           ///< Of the column, as printed.
    std::vector<std::string> cells;  ///< One a row with a date and an amount.
    bool own_is_above = false;       ///< The lines above the header name an IBAN.
    bool has_payee = false;          ///< The file has a column of the other party's name.
};

/// Names like "IBAN" and "Kontonummer" do not say whose: it is the other party's where the file
/// names its own above, where rows lack it, or where most rows beside a payee have another.
/// "Auftragskonto" or "Account" is believed.
bool is_other_partys(const NumberColumn& column);

}  // namespace atlas::finance::statements
