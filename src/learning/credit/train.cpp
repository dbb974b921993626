// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>

#include "base/format.hpp"
#include "base/random.hpp"
#include "learning/credit/lessons.hpp"
#include "learning/credit/score_model.hpp"
#include "learning/credit/spread.hpp"
#include "learning/trees/boosting.hpp"

namespace atlas::learning::credit {
namespace {

constexpr std::size_t kExamplesMin = 200;
constexpr int kNoFold = -1;

std::vector<int> directions(int sign) {
    std::vector<int> all;
    for (const Feature& feature : kFeatures) {
        all.push_back(sign * feature.direction);
    }
    return all;
}

trees::BoostingOptions score_options(const TrainOptions& options) {
    trees::BoostingOptions boosting{
        .rounds = options.rounds, .learning_rate = 0.1, .row_share = 0.7, .seed = options.seed};
    boosting.grow = {.depth_max = 6,
                     .leaf_weight_min = 10,
                     .shrinkage = 1,
                     .columns_a_split = 0.6,
                     .monotone = directions(1)};
    return boosting;
}

trees::BoostingOptions spread_options(const TrainOptions& options) {
    trees::BoostingOptions boosting{.rounds = options.rounds / 4,
                                    .learning_rate = 0.05,
                                    .row_share = 0.7,
                                    .seed = options.seed + 1};
    boosting.grow = {.depth_max = 4, .leaf_weight_min = 100, .shrinkage = 20};
    return boosting;
}

trees::BoostingOptions risk_options(const TrainOptions& options) {
    trees::BoostingOptions boosting{.loss = trees::Loss::logistic,
                                    .rounds = options.risk_rounds,
                                    .learning_rate = 0.03,
                                    .row_share = 0.7,
                                    .seed = options.seed + 2};
    boosting.grow = {.depth_max = 3,
                     .leaf_weight_min = 20,
                     .shrinkage = 10,
                     .columns_a_split = 0.5,
                     .monotone = directions(-1)};
    return boosting;
}

/// A model of the rows outside `fold` (of all when it is -1).
using Fit = std::function<Result<trees::Ensemble>(int fold)>;

/// `rows`, `targets` and `folds` are to outlive it.
Fit fit_of(const Rows& rows, std::span<const double> targets, std::span<const int> folds,
           const trees::BoostingOptions& options) {
    return [&rows, targets, folds, options](int fold) {
        Rows kept;
        std::vector<double> kept_targets;
        for (std::size_t row = 0; row < rows.example.size(); ++row) {
            if (folds[rows.example[row]] != fold) {
                kept.add(rows.household(row), rows.example[row], rows.weights[row]);
                kept_targets.push_back(targets[row]);
            }
        }
        return trees::boost(kept.table, kept_targets, kept.weights, options);
    };
}

/// What models that have not seen a row's example say of the row.
Result<std::vector<double>> unseen_answers(const Rows& rows, std::span<const int> folds,
                                           int fold_count, const Fit& fit) {
    std::vector<double> answers(rows.example.size());
    for (int fold = 0; fold < fold_count; ++fold) {
        ATLAS_TRY_ASSIGN(const trees::Ensemble model, fit(fold));
        for (std::size_t row = 0; row < rows.example.size(); ++row) {
            if (folds[rows.example[row]] == fold) {
                answers[row] = trees::predict(model, rows.table.row(row));
            }
        }
    }
    return answers;
}

/// The share kCoverage of the scaled distances in each group, counted as split conformal does.
std::array<double, kMarginGroups> margins_of(const Rows& rows, std::span<const double> distances,
                                             std::span<const double> spreads) {
    std::array<std::vector<double>, kMarginGroups> scaled;
    for (std::size_t row = 0; row < distances.size(); ++row) {
        scaled[margin_group(rows.household(row))].push_back(distances[row] /
                                                            std::max(kSpreadMin, spreads[row]));
    }
    std::array<double, kMarginGroups> margins{};
    for (std::size_t group = 0; group < kMarginGroups; ++group) {
        auto& values = scaled[group];
        std::sort(values.begin(), values.end());
        const auto rank =
            static_cast<std::size_t>(std::ceil(kCoverage * static_cast<double>(values.size() + 1)));
        margins[group] = values.empty() ? 0 : values[std::min(rank, values.size()) - 1];
    }
    return margins;
}

Result<void> check_examples(std::span<const Example> examples) {
    if (examples.size() < kExamplesMin) {
        return invalid_argument(
            "data", format("{} examples; at least {} are needed", examples.size(), kExamplesMin));
    }
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (!(examples[i].score >= kScoreMin && examples[i].score <= kScoreMax)) {
            return invalid_argument("data", format("example {} has the score {}; {} to {} exist",
                                                   i + 1, examples[i].score, kScoreMin, kScoreMax));
        }
        if (std::ranges::any_of(examples[i].household,
                                [](double value) { return !std::isfinite(value); })) {
            return invalid_argument("data", format("example {} has a feature not told", i + 1));
        }
    }
    return {};
}

}  // namespace

Result<ScoreModel> train(std::span<const Example> examples, const TrainOptions& options) {
    ATLAS_TRY(check_examples(examples));
    const Rows rows = with_hidden_features(examples, options);
    Random random(options.seed + 3);
    std::vector<int> folds;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        folds.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(options.folds))));
    }
    std::vector<double> scores;
    std::vector<double> defaults;
    for (const std::size_t example : rows.example) {
        scores.push_back(examples[example].score);
        defaults.push_back(examples[example].has_defaulted ? 1 : 0);
    }
    const Fit fit_score = [&](int fold) -> Result<trees::Ensemble> {
        ATLAS_TRY_ASSIGN(const Lessons lessons,
                         prepare_lessons(examples, rows, folds, fold, options));
        return trees::boost(lessons.table, lessons.targets, lessons.weights,
                            score_options(options));
    };
    ScoreModel model;
    ATLAS_TRY_ASSIGN(model.score, fit_score(kNoFold));
    ATLAS_TRY_ASSIGN(std::vector<double> distances,
                     unseen_answers(rows, folds, options.folds, fit_score));
    for (std::size_t row = 0; row < distances.size(); ++row) {
        distances[row] = std::abs(distances[row] - scores[row]);
    }
    const Fit fit_spread = fit_of(rows, distances, folds, spread_options(options));
    ATLAS_TRY_ASSIGN(model.spread, fit_spread(kNoFold));
    ATLAS_TRY_ASSIGN(const std::vector<double> spreads,
                     unseen_answers(rows, folds, options.folds, fit_spread));
    model.margins = margins_of(rows, distances, spreads);

    const Fit fit_risk = fit_of(rows, defaults, folds, risk_options(options));
    ATLAS_TRY_ASSIGN(model.risk, fit_risk(kNoFold));
    ATLAS_TRY_ASSIGN(const std::vector<double> risks,
                     unseen_answers(rows, folds, options.folds, fit_risk));
    std::vector<calibration::Outcome> outcomes;
    for (std::size_t row = 0; row < risks.size(); ++row) {
        outcomes.push_back({trees::probability_of(risks[row]), defaults[row] > 0.5});
    }
    model.risk_map = calibration::Calibration::fit(std::move(outcomes), 500);
    return model;
}

}  // namespace atlas::learning::credit
