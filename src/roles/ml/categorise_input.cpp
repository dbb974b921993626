// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/categorise_input.hpp"

#include <charconv>

#include "money/currency.hpp"
#include "money/decimal.hpp"

namespace atlas::roles::ml {
namespace {

std::string_view unquoted(std::string_view json) {
    if (json.size() >= 2 && json.front() == '"') {
        json.remove_prefix(1);
        json.remove_suffix(1);
    }
    return json;
}

std::optional<Date> date_of(const contracts::CategoriseLine& line) {
    if (line.date.has_value()) {
        if (auto date = Date::parse(std::string_view(*line.date).substr(0, 10)); date.has_value()) {
            return *date;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> read_amount_loosely(std::string_view text, std::string_view currency) {
    const auto known = money::Currency::parse(currency);
    const int decimals = known.has_value() ? known->decimals() : 2;
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos) {
        text = text.substr(0, point + 1 + static_cast<std::size_t>(decimals));
    }
    if (text.ends_with('.')) {
        text.remove_suffix(1);
    }
    const money::DecimalText read = money::scan_decimal(text, decimals);
    return read.problem == money::DecimalProblem::none ? std::optional(read.scaled) : std::nullopt;
}

std::optional<int> read_merchant_code(std::string_view text) {
    int code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    const bool is_code = error == std::errc() && code > 0 && code < 10'000;
    return is_code ? std::optional(code) : std::nullopt;
}

learning::categorise::CategoriseInput to_input(const contracts::CategoriseLine& line) {
    using learning::categorise::AccountKind;
    const std::string_view currency =
        line.currency.has_value() ? std::string_view(*line.currency) : std::string_view();
    return {
        .description = line.description,
        .amount_minor = line.amount.has_value()
                            ? read_amount_loosely(unquoted(line.amount->text), currency)
                            : std::nullopt,
        .currency = currency,
        .date = date_of(line),
        .mcc = line.mcc.has_value() ? read_merchant_code(unquoted(line.mcc->text)) : std::nullopt,
        .account = line.account_type.has_value() ? static_cast<AccountKind>(*line.account_type)
                                                 : AccountKind::unknown,
        .bank_category = line.plaid_category.has_value() ? std::string_view(*line.plaid_category)
                                                         : std::string_view()};
}

}  // namespace atlas::roles::ml
