// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "learning/credit/score_model.hpp"
#include "learning/credit/spread.hpp"
#include "learning/explain/tree_shap.hpp"
#include "learning/trees/boosting.hpp"

namespace atlas::learning::credit {
namespace {

/// Area under the ROC curve by ranks, ties counted half (Mann and Whitney 1947).
double area_under_curve(std::span<const double> scores, std::span<const bool> positives) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    double rank_sum = 0;
    double count = 0;
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        while (end < order.size() && scores[order[end]] == scores[order[first]]) {
            ++end;
        }
        const double rank = static_cast<double>(first + end + 1) / 2;
        for (; first < end; ++first) {
            rank_sum += positives[order[first]] ? rank : 0;
            count += positives[order[first]] ? 1 : 0;
        }
    }
    const double others = static_cast<double>(scores.size()) - count;
    return count > 0 && others > 0 ? (rank_sum - count * (count + 1) / 2) / (count * others) : 0.5;
}

}  // namespace

Estimate estimate(const ScoreModel& model, const Household& household) {
    const explain::Attribution told = explain::tree_shap(model.score, household);
    const double raw = std::accumulate(told.effects.begin(), told.effects.end(), told.expected);
    Estimate estimate;
    estimate.score = std::clamp(raw, kScoreMin, kScoreMax);
    estimate.baseline = told.expected;
    const double scale =
        raw == estimate.score ? 1 : (estimate.score - told.expected) / (raw - told.expected);
    for (std::size_t i = 0; i < told.effects.size(); ++i) {
        estimate.effects[i] = told.effects[i] * scale;
    }
    const double half = model.margins[margin_group(household)] * spread_of(model.spread, household);
    estimate.low = std::max(kScoreMin, estimate.score - half);
    estimate.high = std::min(kScoreMax, estimate.score + half);
    estimate.default_risk =
        model.risk_map(trees::probability_of(trees::predict(model.risk, household)));
    return estimate;
}

std::string_view band_of(double score) {
    if (score < 580) {
        return "poor";
    }
    if (score < 670) {
        return "fair";
    }
    if (score < 740) {
        return "good";
    }
    return score < 800 ? "very good" : "exceptional";
}

Figures evaluate(const ScoreModel& model, std::span<const Example> examples) {
    Figures figures;
    figures.rows = examples.size();
    const auto count = static_cast<double>(std::max<std::size_t>(examples.size(), 1));
    std::vector<double> risks;
    std::vector<calibration::Outcome> outcomes;
    const auto positives = std::make_unique<bool[]>(examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const Estimate told = estimate(model, examples[i].household);
        const double error = std::abs(told.score - examples[i].score);
        figures.mean_absolute_error += error / count;
        figures.within_20 += error <= 20 ? 1 / count : 0;
        figures.within_40 += error <= 40 ? 1 / count : 0;
        const bool is_covered = examples[i].score >= told.low && examples[i].score <= told.high;
        figures.coverage += is_covered ? 1 / count : 0;
        figures.mean_width += (told.high - told.low) / count;
        risks.push_back(told.default_risk);
        outcomes.push_back({told.default_risk, examples[i].has_defaulted});
        positives[i] = examples[i].has_defaulted;
    }
    figures.risk_auc = area_under_curve(risks, {positives.get(), examples.size()});
    figures.risk_calibration_error = calibration::expected_calibration_error(outcomes);
    return figures;
}

}  // namespace atlas::learning::credit
