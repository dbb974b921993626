// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/rate_forecast.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace rates = learning::rates;

constexpr std::string_view kSource =
    "Federal Reserve Board, H.15 and G.19 (public domain); Freddie Mac, Primary Mortgage Market "
    "Survey, for the mortgage.";
constexpr std::array<double, 3> kUsualQuantiles{0.1, 0.5, 0.9};
constexpr int kQuarter = 3;
constexpr int kPathMonths = 60;

// The contract's words stand in the order of the model's.
static_assert(rates::kProducts[static_cast<std::size_t>(contracts::RateProduct::personal_24m)] ==
              "personal_24m");

/// Percent to a contractual rate, in hundredths of a percent, as rates are published.
money::AnnualRate to_rate(double percent) {
    const auto billionths = std::llround(percent * 100.0) * 100'000;
    return money::AnnualRate::from_billionths(
               std::clamp<std::int64_t>(billionths, 0, money::AnnualRate::kBillionthsMax))
        .value();
}

Result<std::vector<double>> read_quantiles(const contracts::RateForecastValue& value) {
    if (value.quantiles.empty()) {
        return std::vector<double>(kUsualQuantiles.begin(), kUsualQuantiles.end());
    }
    std::vector<double> levels;
    for (std::size_t i = 0; i < value.quantiles.size(); ++i) {
        const double level = value.quantiles[i].value;
        if (!(level >= rates::kLevels.front() && level <= rates::kLevels.back())) {
            return invalid_argument(format("/quantiles/{}", i),
                                    format("{} is not between {} and {}", level,
                                           rates::kLevels.front(), rates::kLevels.back()));
        }
        levels.push_back(level);
    }
    return levels;
}

std::string_view name_of(rates::Method method) {
    return method == rates::Method::pass_through ? "pass_through" : "random_walk";
}

Result<rates::RateModel> fit_tables(const RateTables& tables, std::uint64_t seed) {
    std::array<rates::Series, kRateFiles.size()> read;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        auto series = rates::read_series(tables[i]);
        if (!series.has_value()) {
            return fail(series.error().code, format("{}: {}", kRateFiles[i], series.error().place),
                        series.error().message);
        }
        read[i] = *std::move(series);
    }
    return rates::fit({rates::joined(read[0], read[1]), read[2], read[3],
                       rates::joined(read[4], read[5]), read[6], read[7]},
                      {.seed = seed});
}

std::string json_of(const rates::Figures& figures) {
    return format(
        "{{\"forecasts\":{},\"loss\":{:.4f},\"loss_random_walk\":{:.4f},"
        "\"difference_90\":[{:.4f},{:.4f}],\"coverage_80\":{:.3f},"
        "\"coverage_80_random_walk\":{:.3f}}}",
        figures.forecasts, figures.loss, figures.loss_walk, figures.difference_low,
        figures.difference_high, figures.coverage, figures.coverage_walk);
}

}  // namespace

const rates::RateModel& shipped_rate_model() {
    static const rates::RateModel model = [] {
        auto decoded = rates::decode(shipped_model("rates"));
        ATLAS_CHECK(decoded.has_value());
        return std::move(*decoded);
    }();
    return model;
}

Result<contracts::RateForecastAnswer> forecast_rate(const contracts::RateForecastValue& value) {
    ATLAS_TRY_ASSIGN(const std::vector<double> levels, read_quantiles(value));
    const rates::ProductFit* product =
        shipped_rate_model().find(rates::kProducts[static_cast<std::size_t>(value.product)]);
    ATLAS_CHECK(product != nullptr);
    const money::AnnualRate published = to_rate(product->last.rate);
    contracts::RateForecastAnswer answer{
        .product = value.product,
        .rate = value.rate.value_or(published),
        .published = format("{:04}-{:02}", product->last.month / 12, product->last.month % 12 + 1),
        .published_rate = published,
        .quantiles = levels,
        .months = {},
        .measured = {},
        .model = shipped_model_name("rates"),
        .source = std::string(kSource)};
    if (answer.rate < money::AnnualRate::zero()) {
        return invalid_argument("/rate", "a rate below zero");
    }
    for (int month = 1; month <= static_cast<int>(value.months); ++month) {
        contracts::RateMonthValue row{.month = month, .rates = {}};
        for (const double level : levels) {
            const double change = rates::change_at(*product, month, level) / 100.0;
            row.rates.push_back(std::max(0.0, answer.rate.as_double() + change));
        }
        answer.months.push_back(std::move(row));
    }
    for (std::size_t h = 0; h < rates::kHorizons.size(); ++h) {
        const rates::HorizonFit& fit = product->horizons[h];
        answer.measured.push_back(
            {.months = rates::kHorizons[h],
             .method = std::string(name_of(fit.method)),
             .loss = fit.held_out.loss,
             .loss_random_walk = fit.held_out.loss_walk,
             .difference_interval = {fit.held_out.difference_low, fit.held_out.difference_high},
             .coverage = fit.held_out.coverage,
             .coverage_random_walk = fit.held_out.coverage_walk,
             .forecasts = fit.held_out.forecasts});
    }
    return answer;
}

std::vector<finance::debt::RateScenario> rate_scenarios(std::string_view product, int count) {
    const rates::ProductFit* fit = shipped_rate_model().find(product);
    ATLAS_CHECK(fit != nullptr);
    ATLAS_CHECK(count > 0);
    std::vector<finance::debt::RateScenario> scenarios;
    for (int path = 0; path < count; ++path) {
        // Midpoints of equal shares: each path stands for 1 / count of what may come.
        const double level = (path + 0.5) / count;
        finance::debt::RateScenario scenario;
        for (int month = kQuarter; month <= kPathMonths; month += kQuarter) {
            scenario.push_back({month, rates::change_at(*fit, month, level) / 100.0});
        }
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

Result<TrainedRateModel> train_rates(const RateTables& tables, std::uint64_t seed,
                                     std::string_view version) {
    ATLAS_TRY_ASSIGN(const rates::RateModel model, fit_tables(tables, seed));
    TrainedRateModel trained;
    trained.model_bin = rates::encode(model);
    std::string data;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const bool is_mortgage = kRateFiles[i].starts_with("MORTG");
        data += format("{}\n    {{\"name\": \"{}\", \"sha256\": \"{}\", \"licence\": \"{}\"}}",
                       i == 0 ? "" : ",", kRateFiles[i], to_hex(sha256(tables[i])),
                       is_mortgage ? "Freddie Mac PMMS, with attribution"
                                   : "Federal Reserve Board, public domain");
    }
    trained.manifest_json = format(
        "{{\n  \"name\": \"rates\",\n  \"version\": \"{}\",\n  \"model_sha256\": \"{}\",\n"
        "  \"data\": [{}\n  ],\n  \"seed\": {}\n}}\n",
        version, to_hex(sha256(trained.model_bin)), data, seed);
    return trained;
}

Result<std::string> evaluate_rates(const RateTables& tables) {
    ATLAS_TRY_ASSIGN(const rates::RateModel model, fit_tables(tables, 1));
    std::string text = "{";
    for (const rates::ProductFit& product : model.products) {
        text += format("{}\n\"{}\":{{", text.size() == 1 ? "" : ",", product.product);
        for (std::size_t h = 0; h < product.horizons.size(); ++h) {
            const rates::HorizonFit& fit = product.horizons[h];
            text += format(
                "{}\n  \"{}\":{{\"method\":\"{}\",\"pass_through_when_chosen\":{},\n"
                "    \"pass_through_held_out\":{},\n    \"held_out\":{}}}",
                h == 0 ? "" : ",", rates::kHorizons[h], name_of(fit.method), json_of(fit.chosen_on),
                json_of(fit.tried), json_of(fit.held_out));
        }
        text += "}";
    }
    return text + "\n}\n";
}

}  // namespace atlas::roles::optimiser
