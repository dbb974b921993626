// SPDX-License-Identifier: Apache-2.0
#include "contracts/debt_value.hpp"

namespace atlas::contracts {

Result<finance::debt::MinimumRule> read_minimum(const DebtMinimumValue& minimum,
                                                money::Currency currency,
                                                const std::string& pointer) {
    ATLAS_TRY_ASSIGN(const money::Money fixed,
                     read_amount(minimum.fixed, currency, pointer + "/fixed"));
    finance::debt::MinimumRule rule{.fixed = fixed,
                                    .percent = minimum.percent,
                                    .interest = minimum.plus_interest
                                                    ? finance::debt::MinimumInterest::on_top
                                                    : finance::debt::MinimumInterest::included};
    if (minimum.term_months.has_value()) {
        rule.term_months = static_cast<int>(*minimum.term_months);
    }
    return rule;
}

}  // namespace atlas::contracts
