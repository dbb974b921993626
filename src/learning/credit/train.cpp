// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "base/random.hpp"
#include "learning/credit/score_model.hpp"
#include "learning/credit/spread.hpp"
#include "learning/trees/boosting.hpp"

namespace atlas::learning::credit {
namespace {

constexpr std::size_t kExamplesMin = 200;

/// Examples and copies of them with features hidden; a copy belongs to its example's fold.
struct Rows {
    trees::Table table{kFeatures.size(), {}};
    std::vector<std::size_t> example;  ///< Of each row.
    std::vector<double> weights;

    void add(const Household& household, std::size_t of, double weight) {
        table.values.insert(table.values.end(), household.begin(), household.end());
        example.push_back(of);
        weights.push_back(weight);
    }
};

Rows with_hidden_features(std::span<const Example> examples, const TrainOptions& options) {
    Random random(options.seed);
    Rows rows;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        rows.add(examples[i].household, i, 1);
        for (int copy = 0; copy < options.masked_copies; ++copy) {
            const double share = random.uniform();
            Household household = examples[i].household;
            for (double& value : household) {
                value = random.chance(share) ? kUnknown : value;
            }
            rows.add(household, i, 1.0 / options.masked_copies);
        }
    }
    return rows;
}

std::vector<int> directions(int sign) {
    std::vector<int> all;
    for (const Feature& feature : kFeatures) {
        all.push_back(sign * feature.direction);
    }
    return all;
}

trees::BoostingOptions score_options(const TrainOptions& options) {
    trees::BoostingOptions boosting{
        .rounds = options.rounds, .learning_rate = 0.03, .row_share = 0.7, .seed = options.seed};
    boosting.grow = {.depth_max = 6,
                     .leaf_weight_min = 30,
                     .shrinkage = 5,
                     .columns_a_split = 0.4,
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

/// Fits on the rows outside `fold` (all when it is -1).
Result<trees::Ensemble> fit(const Rows& rows, std::span<const double> targets,
                            std::span<const int> folds, int fold,
                            const trees::BoostingOptions& options) {
    Rows kept;
    std::vector<double> kept_targets;
    for (std::size_t row = 0; row < rows.example.size(); ++row) {
        if (folds[rows.example[row]] != fold) {
            Household household;
            std::ranges::copy(rows.table.row(row), household.begin());
            kept.add(household, rows.example[row], rows.weights[row]);
            kept_targets.push_back(targets[row]);
        }
    }
    return trees::boost(kept.table, kept_targets, kept.weights, options);
}

/// What models that have not seen a row's example say of the row.
Result<std::vector<double>> unseen_answers(const Rows& rows, std::span<const double> targets,
                                           std::span<const int> folds, const TrainOptions& options,
                                           const trees::BoostingOptions& boosting) {
    std::vector<double> answers(rows.example.size());
    for (int fold = 0; fold < options.folds; ++fold) {
        ATLAS_TRY_ASSIGN(const trees::Ensemble model, fit(rows, targets, folds, fold, boosting));
        for (std::size_t row = 0; row < rows.example.size(); ++row) {
            if (folds[rows.example[row]] == fold) {
                answers[row] = trees::predict(model, rows.table.row(row));
            }
        }
    }
    return answers;
}

Household household_of(const Rows& rows, std::size_t row) {
    Household household;
    std::ranges::copy(rows.table.row(row), household.begin());
    return household;
}

/// The share kCoverage of the scaled distances in each group, counted as split conformal does.
std::array<double, kMarginGroups> margins_of(const Rows& rows, std::span<const double> distances,
                                             std::span<const double> spreads) {
    std::array<std::vector<double>, kMarginGroups> scaled;
    for (std::size_t row = 0; row < distances.size(); ++row) {
        scaled[margin_group(household_of(rows, row))].push_back(distances[row] /
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
    ScoreModel model;
    ATLAS_TRY_ASSIGN(model.score, fit(rows, scores, folds, -1, score_options(options)));
    ATLAS_TRY_ASSIGN(std::vector<double> distances,
                     unseen_answers(rows, scores, folds, options, score_options(options)));
    for (std::size_t row = 0; row < distances.size(); ++row) {
        distances[row] = std::abs(distances[row] - scores[row]);
    }
    ATLAS_TRY_ASSIGN(model.spread, fit(rows, distances, folds, -1, spread_options(options)));
    ATLAS_TRY_ASSIGN(const std::vector<double> spreads,
                     unseen_answers(rows, distances, folds, options, spread_options(options)));
    model.margins = margins_of(rows, distances, spreads);

    ATLAS_TRY_ASSIGN(model.risk, fit(rows, defaults, folds, -1, risk_options(options)));
    ATLAS_TRY_ASSIGN(const std::vector<double> risks,
                     unseen_answers(rows, defaults, folds, options, risk_options(options)));
    std::vector<calibration::Outcome> outcomes;
    for (std::size_t row = 0; row < risks.size(); ++row) {
        outcomes.push_back({trees::probability_of(risks[row]), defaults[row] > 0.5});
    }
    model.risk_map = calibration::Calibration::fit(std::move(outcomes), 500);
    return model;
}

}  // namespace atlas::learning::credit
