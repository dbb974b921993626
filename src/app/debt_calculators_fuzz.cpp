// SPDX-License-Identifier: Apache-2.0
// Whatever is asked of the calculators of debts: no crash, an answer that reads back as itself, or
// a refusal with a reason. The first byte says which one; effort is cut, not the request.
#include <algorithm>
#include <cstdint>

#include "base/check.hpp"
#include "contracts/codec/json.hpp"
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
    namespace engine = atlas::roles::finance_engine;
    namespace optimiser = atlas::roles::optimiser;
    switch (data[0] % 6) {
        case 0: ask(json, &engine::plan_debts); break;
        case 1: ask(json, &engine::compare_refinancing); break;
        case 2: ask(json, &optimiser::size_emergency_fund); break;
        case 3: ask(json, &optimiser::split_surplus); break;
        case 4: ask(json, &optimiser::fit_days); break;
        default: ask(json, &optimiser::forecast_rate); break;
    }
    return 0;
}
