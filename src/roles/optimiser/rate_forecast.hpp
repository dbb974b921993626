// SPDX-License-Identifier: Apache-2.0
// The rate model inside the program: its calculator, its recipe and its figures.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/resources/debt_future.hpp"
#include "finance/debt/robust.hpp"
#include "learning/rates/rate_model.hpp"

namespace atlas::roles::optimiser {

/// Decoded once. Stops the program when the embedded bytes are damaged: they are ours.
/// Thread-safe.
const learning::rates::RateModel& shipped_rate_model();

/// Errors: invalid_argument (/quantiles/i, a rate outside 0..10 at /rate).
Result<contracts::RateForecastAnswer> forecast_rate(const contracts::RateForecastValue& value);

/// Moves of a product's rate by quarters, `count` paths, each at one quantile throughout: what
/// moves far once is taken to have moved far all the way.
std::vector<finance::debt::RateScenario> rate_scenarios(std::string_view product, int count);

/// The published tables, by name of file, as kRateFiles lists them.
inline constexpr std::array<std::string_view, 8> kRateFiles{
    "FEDFUNDS.csv",     "codex_FEDFUNDS.csv", "MPRIME.csv",         "TERMCBCCALLNS.csv",
    "MORTGAGE30US.csv", "MORTG.csv",          "TERMCBAUTO48NS.csv", "TERMCBPER24NS.csv"};
using RateTables = std::array<std::string, kRateFiles.size()>;

struct TrainedRateModel {
    std::string model_bin;
    std::string manifest_json;
};
/// Errors: those of reading and fitting.
Result<TrainedRateModel> train_rates(const RateTables& tables, std::uint64_t seed,
                                     std::string_view version);
/// Figures on the held-out years as JSON, by the recipe run anew: what decided, and what was
/// measured after. Errors: as train_rates.
Result<std::string> evaluate_rates(const RateTables& tables);

}  // namespace atlas::roles::optimiser
