// SPDX-License-Identifier: Apache-2.0
#include "roles/score_inputs.hpp"

#include <utility>

#include "base/check.hpp"
#include "base/format.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles {

namespace credit = learning::credit;

const credit::ScoreModel& shipped_score_model() {
    static const credit::ScoreModel model = [] {
        auto decoded = credit::decode(shipped_model("credit_score"));
        ATLAS_CHECK(decoded.has_value());
        return std::move(*decoded);
    }();
    return model;
}

ScoreInputs score_inputs(const contracts::CreditScoreValue& value) {
    return {value.annual_income,     value.debt_to_income,        value.oldest_account_months,
            value.revolving_balance, value.revolving_utilisation, value.inquiries_6m,
            value.delinquencies_2y,  value.public_records};
}

Result<credit::Household> read_household(const ScoreInputs& told, std::string_view place) {
    credit::Household household{};
    for (std::size_t i = 0; i < told.size(); ++i) {
        const credit::Feature& feature = credit::kFeatures[i];
        household[i] = told[i].has_value() ? told[i]->value : credit::kUnknown;
        if (told[i].has_value() && !(household[i] >= feature.low && household[i] <= feature.high)) {
            const bool is_share = feature.high == 10;
            return invalid_argument(
                format("{}/{}", place, feature.name),
                format("{} is not between {} and {}{}", household[i], feature.low, feature.high,
                       is_share ? "; 35 % is written 0.35" : ""));
        }
    }
    return household;
}

}  // namespace atlas::roles
