// SPDX-License-Identifier: Apache-2.0
#include "contracts/money_value.hpp"

namespace atlas::contracts {
namespace {

Unexpected at(std::string_view pointer, Error error) {
    error.place = std::string(pointer);
    return Unexpected(std::move(error));
}

}  // namespace

MoneyValue to_value(money::Money amount) {
    return {to_decimal(amount), std::string(amount.currency().code())};
}

money::Money to_money(const MoneyValue& value) {
    const auto currency = money::Currency::parse(value.currency);
    ATLAS_CHECK(currency.has_value());
    return money::Money::parse(value.amount, *currency).value();
}

Result<money::Money> read_amount(const DecimalText& amount, money::Currency currency,
                                 std::string_view pointer) {
    auto parsed = money::Money::parse(amount.text, currency);
    if (!parsed.has_value()) {
        return at(pointer, std::move(parsed).error());
    }
    return parsed;
}

Result<money::Currency> read_currency(std::string_view code, std::string_view pointer) {
    auto parsed = money::Currency::parse(code);
    if (!parsed.has_value()) {
        return at(pointer, std::move(parsed).error());
    }
    return parsed;
}

Result<void> Description<MoneyValue>::check(const MoneyValue& value) {
    ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(value.currency, "/currency"));
    ATLAS_TRY(read_amount({value.amount}, currency, "/amount"));
    return {};
}

}  // namespace atlas::contracts
