// SPDX-License-Identifier: Apache-2.0
// Whatever is asked of the calculators of debts: no crash, an answer that reads back as itself, or
// a refusal with a reason. The first byte says which one; effort is cut, not the request. What text
// hardly comes upon, a plan for a mix of objectives, is asked for in two ways more: of whatever
// plan the text asks for, and of households and weights made from the bytes, where the laws must
// hold.
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/check.hpp"
#include "contracts/codec/json.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/testing/random_household.hpp"
#include "roles/finance_engine/debt_calculator.hpp"
#include "roles/finance_engine/refinance_calculator.hpp"
#include "roles/optimiser/outlook.hpp"
#include "roles/optimiser/rate_forecast.hpp"

namespace {

using namespace atlas::contracts;  // NOLINT: one file, one purpose.

constexpr std::int64_t kPathsMax = 120;
constexpr std::size_t kDebtsMax = 6;

template <class Answer>
void hold(const atlas::Result<Answer>& answer) {
    if (!answer.has_value()) {
        ATLAS_CHECK(!answer.error().message.empty());
        ATLAS_CHECK(answer.error().code != atlas::ErrorCode::internal);
        return;
    }
    const std::string once = encode(*answer);
    const auto again = decode<Answer>(once);
    ATLAS_CHECK(again.has_value());
    ATLAS_CHECK(encode(*again) == once);
}

void cut(DebtPlanValue& value) {
    value.time_limit_ms = 1;
    value.debts.resize(std::min(value.debts.size(), kDebtsMax));
}
void cut(RefinanceValue& value) {
    value.debts.resize(std::min(value.debts.size(), kDebtsMax));
    value.offers.resize(std::min<std::size_t>(value.offers.size(), 2));
}
void cut(EmergencyFundValue& value) {
    value.paths = std::min(value.paths, kPathsMax);
}
void cut(SurplusSplitValue& value) {
    cut(value.buffer);
}
void cut(PaymentDaysValue& value) {
    value.paths = std::min<std::int64_t>(value.paths, 100);
    value.flows.resize(std::min<std::size_t>(value.flows.size(), 3));
}
void cut(RateForecastValue&) {}

template <class Request, class Answer>
void ask(std::string_view json, atlas::Result<Answer> (*calculator)(const Request&)) {
    auto request = decode<Request>(json);
    if (request.has_value()) {
        cut(*request);
        hold(calculator(*request));
    }
}

void ask_for_a_mix(std::string_view json) {
    auto request = decode<DebtPlanValue>(json);
    if (request.has_value()) {
        cut(*request);
        request->strategy = DebtStrategy::optimal;
        request->objective = DebtObjective::mix;
        if (!request->mix.has_value()) {
            request->mix = DebtMixValue{DecimalText{"10"}, DecimalText{"2"}};
        }
        hold(atlas::roles::finance_engine::plan_debts(*request));
    }
}

/// Three numbers from the bytes: who owes, and what a month and a point of strain are worth.
struct Drawn {
    std::uint32_t seed = 0;
    std::uint32_t month = 0;
    std::uint32_t strain = 0;
};

/// No plan is below its bound, and no rule of thumb below the plan.
void hold_a_mix(std::string_view bytes) {
    namespace debt = atlas::finance::debt;
    Drawn drawn;
    std::memcpy(&drawn, bytes.data(), std::min(bytes.size(), sizeof(drawn)));
    const auto kind = static_cast<debt::testing::Kind>(drawn.seed % 4);
    auto request = debt::testing::HouseholdGenerator(drawn.seed).make(kind, kDebtsMax);
    request.strategy = debt::Strategy::optimal;
    request.objective = debt::Objective::mix;
    request.time_limit_ms = 1;
    request.mix = {debt::testing::cents(drawn.month), debt::testing::cents(drawn.strain)};
    const auto plan = debt::plan_payoff(request);
    if (!plan.has_value()) {
        ATLAS_CHECK(plan.error().code != atlas::ErrorCode::internal);
        return;
    }
    ATLAS_CHECK(plan->optimality.has_value());
    ATLAS_CHECK(plan->optimality->mix_value.has_value());
    ATLAS_CHECK(*plan->optimality->mix_bound <= *plan->optimality->mix_value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
    namespace engine = atlas::roles::finance_engine;
    namespace optimiser = atlas::roles::optimiser;
    switch (data[0] % 8) {
        case 0: ask(json, &engine::plan_debts); break;
        case 1: ask(json, &engine::compare_refinancing); break;
        case 2: ask(json, &optimiser::size_emergency_fund); break;
        case 3: ask(json, &optimiser::split_surplus); break;
        case 4: ask(json, &optimiser::fit_days); break;
        case 5: ask_for_a_mix(json); break;
        case 6: hold_a_mix(json); break;
        default: ask(json, &optimiser::forecast_rate); break;
    }
    return 0;
}
