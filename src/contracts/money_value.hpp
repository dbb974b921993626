// SPDX-License-Identifier: Apache-2.0
// Money in REST: {"amount":"-12.30","currency":"USD"}. Checked when read, so that a handler never
// meets an amount its currency cannot hold.
#pragma once

#include <string>

#include "contracts/codec/type_info.hpp"
#include "money/money.hpp"

namespace atlas::contracts {

struct MoneyValue {
    std::string amount;
    std::string currency;

    friend bool operator==(const MoneyValue&, const MoneyValue&) = default;
};

MoneyValue to_value(money::Money amount);
/// `value` has been read by the codec, or made by to_value(); checked.
money::Money to_money(const MoneyValue& value);

/// Reads a calculator's decimal in its currency. Errors: invalid_argument at `pointer`.
Result<money::Money> read_amount(const DecimalText& amount, money::Currency currency,
                                 std::string_view pointer);
/// Errors: invalid_argument at `pointer`.
Result<money::Currency> read_currency(std::string_view code, std::string_view pointer);

template <>
struct Description<MoneyValue> {
    static constexpr std::string_view name = "Money";
    static constexpr std::string_view doc = "An exact amount of one currency.";
    static constexpr auto fields = std::array{
        field<&MoneyValue::amount>("amount", "Decimal with at most the currency's decimals.")
            .at_most(40),
        field<&MoneyValue::currency>("currency", "ISO 4217 code.").at_most(3),
    };
    static Result<void> check(const MoneyValue& value);
};

}  // namespace atlas::contracts
