// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/credit_score.hpp"

#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/resources/credit_score.hpp"
#include "roles/score_inputs.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles::ml {
namespace {

namespace credit = learning::credit;
using contracts::CreditScoreAnswer;
using contracts::CreditScoreValue;

constexpr std::string_view kDisclaimer =
    "An estimate from what you entered, not a consumer report and not a lender's score. It was "
    "learned from borrowers who were given a loan, so low scores are estimated too high.";
constexpr std::string_view kRiskOf = "borrowers of a three-year personal loan, 2007 to 2010";

Result<CreditScoreAnswer> answer(const CreditScoreValue& value, const ports::CallContext&) {
    ATLAS_TRY_ASSIGN(const credit::Household household, read_household(score_inputs(value), ""));
    const credit::Estimate told = credit::estimate(shipped_score_model(), household);
    CreditScoreAnswer answer{.score = told.score,
                             .interval = {told.low, told.high},
                             .coverage = credit::kCoverage,
                             .band = std::string(credit::band_of(told.score)),
                             .baseline = told.baseline,
                             .reasons = {},
                             .default_risk = {told.default_risk, std::string(kRiskOf)},
                             .unused = {},
                             .model = shipped_model_name("credit_score"),
                             .disclaimer = std::string(kDisclaimer)};
    for (std::size_t i = 0; i < told.effects.size(); ++i) {
        answer.reasons.push_back({std::string(credit::kFeatures[i].name), told.effects[i]});
    }
    std::stable_sort(
        answer.reasons.begin(), answer.reasons.end(),
        [](const auto& a, const auto& b) { return std::abs(a.effect) > std::abs(b.effect); });
    if (value.accounts_open.has_value()) {
        answer.unused.emplace_back("accounts_open");
    }
    return answer;
}

std::string json_of(const credit::Figures& figures) {
    return format(
        "{{\"rows\":{},\"mean_absolute_error\":{:.3f},\"within_20\":{:.4f},\"within_40\":{:.4f},"
        "\"interval_coverage\":{:.4f},\"interval_width\":{:.2f},\"default_auc\":{:.4f},"
        "\"default_calibration_error\":{:.4f}}}",
        figures.rows, figures.mean_absolute_error, figures.within_20, figures.within_40,
        figures.coverage, figures.mean_width, figures.risk_auc, figures.risk_calibration_error);
}

std::string feature_list() {
    std::string list;
    for (const credit::Feature& feature : credit::kFeatures) {
        list += list.empty() ? "\"" : ",\"";
        list += feature.name;
        list += "\"";
    }
    return list;
}

}  // namespace

void bind_credit_score(serving::HandlerTable& table) {
    table.handle(contracts::calculate_credit_score, &answer);
}

Result<TrainedScoreModel> train_credit_score(std::string_view csv, std::uint64_t seed,
                                             std::string_view version) {
    ATLAS_TRY_ASSIGN(const std::vector<credit::Example> examples, credit::read_lendingclub(csv));
    ATLAS_TRY_ASSIGN(const credit::ScoreModel model, credit::train(examples, {.seed = seed}));
    TrainedScoreModel trained;
    trained.model_bin = credit::encode(model);
    trained.manifest_json = format(
        "{{\n  \"name\": \"credit_score\",\n  \"version\": \"{}\",\n  \"model_sha256\": \"{}\",\n"
        "  \"features\": [{}],\n  \"data\": [{{\"name\": \"LendingClub loans 2007-2010\", "
        "\"rows\": {}, \"sha256\": \"{}\", \"licence\": \"published by the lender for "
        "analysis\"}}],"
        "\n  \"seed\": {}\n}}\n",
        version, to_hex(sha256(trained.model_bin)), feature_list(), examples.size(),
        to_hex(sha256(csv)), seed);
    return trained;
}

Result<std::string> evaluate_credit_score(std::string_view model_bin, std::string_view csv) {
    ATLAS_TRY_ASSIGN(const credit::ScoreModel model, credit::decode(model_bin));
    ATLAS_TRY_ASSIGN(const std::vector<credit::Example> examples, credit::read_lendingclub(csv));
    return json_of(credit::evaluate(model, examples)) + "\n";
}

}  // namespace atlas::roles::ml
