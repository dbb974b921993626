// SPDX-License-Identifier: Apache-2.0
// From the terms of a debt, as any contract type speaks of them, to the debt of finance/debt.
#pragma once

#include <string>

#include "contracts/money_value.hpp"
#include "contracts/resources/debt.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::contracts {

/// What a type says outside the shared rows, and where.
struct DebtCore {
    money::Money balance;
    money::AnnualRate apr;
    DebtMinimumValue minimum;
    std::string pointer;  ///< Of the debt, JSON pointer.
};

Result<finance::debt::MinimumRule> read_minimum(const DebtMinimumValue& minimum,
                                                money::Currency currency,
                                                const std::string& pointer);

/// The debt without its id and missed months. T has the rows of kDebtConditionRows.
/// Errors: invalid_argument with a pointer, for amounts that the balance's currency does not hold.
template <class T>
Result<finance::debt::Debt> read_debt_terms(const T& value, DebtCore core) {
    namespace debt = finance::debt;
    const money::Currency currency = core.balance.currency();
    const auto read_optional = [&](const std::optional<DecimalText>& amount,
                                   std::string_view field) -> Result<std::optional<money::Money>> {
        if (!amount.has_value()) {
            return std::optional<money::Money>();
        }
        return read_amount(*amount, currency, core.pointer + std::string(field))
            .transform([](money::Money read) { return std::optional<money::Money>(read); });
    };
    ATLAS_TRY_ASSIGN(debt::MinimumRule rule,
                     read_minimum(core.minimum, currency, core.pointer + "/minimum"));
    debt::Debt read{.id = {},
                    .balance = core.balance,
                    .apr = core.apr,
                    .compounding = value.compounding == DebtCompounding::daily
                                       ? debt::Compounding::daily
                                       : debt::Compounding::monthly,
                    .minimum = std::move(rule),
                    .prepayment_penalty = value.prepayment_penalty,
                    .is_secured = value.secured.value_or(false)};
    if (value.promo.has_value()) {
        read.promo =
            debt::Promo{value.promo->apr, value.promo->until,
                        value.promo->deferred ? debt::PromoKind::deferred : debt::PromoKind::plain};
    }
    for (const DebtRateChangeValue& change : value.rate_path) {
        read.rate_path.push_back({change.from, change.apr});
    }
    ATLAS_TRY_ASSIGN(read.credit_limit, read_optional(value.credit_limit, "/credit_limit"));
    ATLAS_TRY_ASSIGN(read.fee_monthly, read_optional(value.fee_monthly, "/fee_monthly"));
    ATLAS_TRY_ASSIGN(read.late_fee, read_optional(value.late_fee, "/late_fee"));
    if (value.due_day.has_value()) {
        read.due_day = static_cast<int>(*value.due_day);
    }
    return read;
}

}  // namespace atlas::contracts
