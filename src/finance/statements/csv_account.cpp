// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_account.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "finance/statements/fold.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kIbanSizeMin = 15;
constexpr std::size_t kIbanSizeMax = 34;
// Folded names that do not tell whose account it is.
constexpr auto kOpenNames = std::to_array<std::string_view>(
    {"iban", "kontonummer", "account number", "account no", "iban kontonummer", "kontonummer iban",
     "numero de compte", "rekeningnummer", "numer rachunku", "numero de cuenta"});

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// True for country, check digits and at least eleven more letters or digits.
bool is_iban(std::string_view text) {
    return text.size() >= kIbanSizeMin && text.size() <= kIbanSizeMax && is_capital(text[0]) &&
           is_capital(text[1]) && is_digit(text[2]) && is_digit(text[3]) &&
           std::ranges::all_of(text.substr(4), [](char c) { return is_capital(c) || is_digit(c); });
}

}  // namespace

std::string iban_in(std::string_view utf8) {
    if (const std::size_t label = utf8.find(':'); label != std::string_view::npos) {
        utf8.remove_prefix(label + 1);
    }
    std::string compact(utf8.substr(0, utf8.find_first_of("/|")));
    std::erase(compact, ' ');
    return is_iban(compact) ? compact : std::string();
}

bool are_ibans(const std::vector<std::string>& cells) {
    const auto is_open = [](const std::string& cell) {
        return !cell.empty() && iban_in(cell).empty();
    };
    return std::ranges::none_of(cells, is_open) &&
           !std::ranges::all_of(cells, [](const std::string& cell) { return cell.empty(); });
}

bool is_account_number(std::string_view text) {
    std::size_t digits = 0;
    std::size_t letters = 0;
    for (const char c : text) {
        const bool letter = is_capital(c) || (c >= 'a' && c <= 'z');
        const bool masks = c == 'X' || c == 'x';
        if (static_cast<unsigned char>(c) >= 0x80U) {
            return false;
        }
        digits += is_digit(c) ? 1U : 0U;
        letters += letter && !masks ? 1U : 0U;
    }
    return digits > 0 && digits >= letters;
}

bool is_other_partys(const NumberColumn& column) {
    if (std::ranges::find(kOpenNames, fold_text(column.name)) == kOpenNames.end()) {
        return false;
    }
    const bool some_lack_it =
        std::ranges::any_of(column.cells, [](const std::string& cell) { return cell.empty(); });
    const std::set<std::string_view> different(column.cells.begin(), column.cells.end());
    const bool varies = different.size() > 1 && different.size() * 2 > column.cells.size();
    return column.own_is_above || some_lack_it || (column.has_payee && varies);
}

}  // namespace atlas::finance::statements
