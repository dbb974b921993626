// SPDX-License-Identifier: Apache-2.0
// Goal: on somebody else's credit data our trees are no worse than the best baseline known there,
// by a paired interval. Method: the same five folds for boosted trees and for a logistic regression
// with an indicator for each code of a missing value; the rows drawn again 1,000 times. The data
// may not ship: ATLAS_HELOC names the table (RiskPerformance first, 23 columns, −7, −8 and −9 are
// codes), else the test is skipped aloud.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>

#include "base/random.hpp"
#include "learning/trees/boosting.hpp"

namespace atlas::learning::trees {
namespace {

constexpr int kFolds = 5;
constexpr std::size_t kResamples = 1000;

struct Labelled {
    Table table;
    std::vector<double> is_bad;
};

Labelled read(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    Labelled data;
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::string cell;
        std::getline(cells, cell, ',');
        data.is_bad.push_back(cell == "Bad" || cell == "1" ? 1.0 : 0.0);
        std::size_t columns = 0;
        while (std::getline(cells, cell, ',')) {
            data.table.values.push_back(std::strtod(cell.c_str(), nullptr));
            ++columns;
        }
        data.table.columns = columns;
    }
    return data;
}

/// Each column standardised where it is told, and three indicators of its codes.
Table spread_codes(const Table& table) {
    Table wide{.columns = 1 + 4 * table.columns, .values = {}};
    std::vector<double> mean(table.columns);
    std::vector<double> deviation(table.columns);
    for (std::size_t c = 0; c < table.columns; ++c) {
        double count = 0;
        double sum = 0;
        double squares = 0;
        for (std::size_t r = 0; r < table.rows(); ++r) {
            const double x = table.row(r)[c];
            if (x > -6.5) {
                count += 1;
                sum += x;
                squares += x * x;
            }
        }
        mean[c] = sum / count;
        deviation[c] = std::sqrt(std::max(1e-12, squares / count - mean[c] * mean[c]));
    }
    for (std::size_t r = 0; r < table.rows(); ++r) {
        wide.values.push_back(1.0);
        for (std::size_t c = 0; c < table.columns; ++c) {
            const double x = table.row(r)[c];
            wide.values.push_back(x > -6.5 ? (x - mean[c]) / deviation[c] : 0.0);
            for (const double code : {-7.0, -8.0, -9.0}) {
                wide.values.push_back(x == code ? 1.0 : 0.0);
            }
        }
    }
    return wide;
}

/// Newton's method with a ridge of 1, by Cholesky.
std::vector<double> fit_logistic(const Table& table, std::span<const std::size_t> rows,
                                 std::span<const double> targets) {
    const std::size_t n = table.columns;
    std::vector<double> weights(n, 0.0);
    for (int step = 0; step < 12; ++step) {
        std::vector<double> hessian(n * n, 0.0);
        std::vector<double> slope(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            hessian[i * n + i] = 1.0;
            slope[i] = -weights[i];
        }
        for (const std::size_t r : rows) {
            const auto x = table.row(r);
            const double p =
                probability_of(std::inner_product(x.begin(), x.end(), weights.begin(), 0.0));
            for (std::size_t i = 0; i < n; ++i) {
                slope[i] += (targets[r] - p) * x[i];
                for (std::size_t j = 0; x[i] != 0.0 && j <= i; ++j) {
                    hessian[i * n + j] += p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for (std::size_t i = 0; i < n; ++i) {  // L Lᵀ in the lower triangle.
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = hessian[i * n + j];
                for (std::size_t k = 0; k < j; ++k) {
                    sum -= hessian[i * n + k] * hessian[j * n + k];
                }
                hessian[i * n + j] = i == j ? std::sqrt(sum) : sum / hessian[j * n + j];
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                slope[i] -= hessian[i * n + k] * slope[k];
            }
            slope[i] /= hessian[i * n + i];
        }
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t k = i + 1; k < n; ++k) {
                slope[i] -= hessian[k * n + i] * slope[k];
            }
            slope[i] /= hessian[i * n + i];
            weights[i] += slope[i];
        }
    }
    return weights;
}

/// Share of pairs in order, ties half; of the rows drawn.
double auc(std::span<const double> scores, std::span<const double> labels,
           std::vector<std::size_t> rows) {
    std::sort(rows.begin(), rows.end(),
              [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    double bad = 0;
    double good = 0;
    double ordered = 0;
    for (std::size_t i = 0; i < rows.size();) {
        double bad_here = 0;
        double good_here = 0;
        std::size_t k = i;
        for (; k < rows.size() && scores[rows[k]] == scores[rows[i]]; ++k) {
            (labels[rows[k]] > 0.5 ? bad_here : good_here) += 1;
        }
        ordered += bad_here * (good + 0.5 * good_here);
        bad += bad_here;
        good += good_here;
        i = k;
    }
    return ordered / (bad * good);
}

/// Noise wants shallow trees in which single columns count little; what depends on several columns
/// at once wants deep ones.
const std::array<BoostingOptions, 3> kShapes{{{.loss = Loss::logistic,
                                               .rounds = 300,
                                               .learning_rate = 0.03,
                                               .row_share = 0.7,
                                               .columns_a_tree = 0.3,
                                               .grow = {.depth_max = 3, .leaf_weight_min = 30}},
                                              {.loss = Loss::logistic,
                                               .rounds = 400,
                                               .learning_rate = 0.03,
                                               .row_share = 0.7,
                                               .columns_a_tree = 0.5,
                                               .grow = {.depth_max = 5, .leaf_weight_min = 5}},
                                              {.loss = Loss::logistic,
                                               .rounds = 400,
                                               .learning_rate = 0.05,
                                               .row_share = 0.7,
                                               .columns_a_tree = 0.5,
                                               .grow = {.depth_max = 8, .leaf_weight_min = 1}}}};

/// Log-odds of all rows by an ensemble trained on some.
std::vector<double> score_by(BoostingOptions options, std::uint64_t seed, const Labelled& data,
                             std::span<const std::size_t> rows) {
    Table table{.columns = data.table.columns, .values = {}};
    std::vector<double> targets;
    for (const std::size_t r : rows) {
        const auto x = data.table.row(r);
        table.values.insert(table.values.end(), x.begin(), x.end());
        targets.push_back(data.is_bad[r]);
    }
    options.seed = seed;
    const Ensemble model = boost(table, targets, {}, options).value();
    std::vector<double> scores;
    for (std::size_t r = 0; r < data.table.rows(); ++r) {
        scores.push_back(predict(model, data.table.row(r)));
    }
    return scores;
}

/// Mean log-odds of three ensembles that drew other rows and columns, of the shape that does best
/// on a fifth of `rows`: no other row is looked at.
std::vector<double> score_by_trees(const Labelled& data, std::span<const std::size_t> rows) {
    std::vector<std::size_t> inner;
    std::vector<std::size_t> judge;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        (i % kFolds == 0 ? judge : inner).push_back(rows[i]);
    }
    const BoostingOptions* shape = nullptr;
    double best = 0.0;
    for (const BoostingOptions& each : kShapes) {
        const double area = auc(score_by(each, 1, data, inner), data.is_bad, judge);
        if (shape == nullptr || area > best) {
            shape = &each;
            best = area;
        }
    }
    constexpr int kEnsembles = 3;
    std::vector<double> scores(data.table.rows());
    for (std::uint64_t seed = 1; seed <= kEnsembles; ++seed) {
        const auto told = score_by(*shape, seed, data, rows);
        for (std::size_t r = 0; r < scores.size(); ++r) {
            scores[r] += told[r] / kEnsembles;
        }
    }
    return scores;
}

std::vector<std::uint64_t> draw_folds(std::size_t count, Random& random) {
    std::vector<std::uint64_t> fold;
    for (std::size_t i = 0; i < count; ++i) {
        fold.push_back(random.below(kFolds));
    }
    return fold;
}

std::vector<std::size_t> rows_outside(std::span<const std::uint64_t> fold, std::uint64_t k) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < fold.size(); ++i) {
        if (fold[i] != k) {
            rows.push_back(i);
        }
    }
    return rows;
}

/// For bench/credit/peer.py, which trains its peers on the same folds.
TEST(CreditPeer, ScoresATableByFold) {
    const char* path = std::getenv("ATLAS_CREDIT_TABLE");
    const char* out = std::getenv("ATLAS_CREDIT_SCORES");
    if (path == nullptr || out == nullptr) {
        GTEST_SKIP() << "ATLAS_CREDIT_TABLE and ATLAS_CREDIT_SCORES do not name files";
    }
    const Labelled data = read(path);
    ASSERT_GT(data.table.rows(), 1000U);
    Random random(1);
    const auto fold = draw_folds(data.table.rows(), random);
    std::vector<double> told(data.table.rows());
    for (std::uint64_t k = 0; k < kFolds; ++k) {
        const auto scores = score_by_trees(data, rows_outside(fold, k));
        for (std::size_t i = 0; i < told.size(); ++i) {
            told[i] = fold[i] == k ? scores[i] : told[i];
        }
    }
    std::ofstream file(out);
    file << "fold,score\n";
    for (std::size_t i = 0; i < told.size(); ++i) {
        file << fold[i] << ',' << told[i] << '\n';
    }
    ASSERT_TRUE(file.good());
}

TEST(CreditPeer, TreesAreNoWorseThanTheLogisticBaselineOnHeloc) {
    const char* path = std::getenv("ATLAS_HELOC");
    if (path == nullptr) {
        GTEST_SKIP() << "ATLAS_HELOC does not name a table";
    }
    const Labelled data = read(path);
    const std::size_t count = data.table.rows();
    ASSERT_GT(count, 1000U);
    const Table wide = spread_codes(data.table);
    Random random(1);
    const auto fold = draw_folds(count, random);
    std::vector<double> trees(count);
    std::vector<double> logistic(count);
    for (std::uint64_t k = 0; k < kFolds; ++k) {
        const auto rows = rows_outside(fold, k);
        const auto scores = score_by_trees(data, rows);
        const auto weights = fit_logistic(wide, rows, data.is_bad);
        for (std::size_t i = 0; i < count; ++i) {
            if (fold[i] == k) {
                trees[i] = scores[i];
                const auto x = wide.row(i);
                logistic[i] = std::inner_product(x.begin(), x.end(), weights.begin(), 0.0);
            }
        }
    }
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<double> differences;
    for (std::size_t i = 0; i < kResamples; ++i) {
        std::vector<std::size_t> drawn;
        for (std::size_t k = 0; k < count; ++k) {
            drawn.push_back(random.below(count));
        }
        differences.push_back(auc(trees, data.is_bad, drawn) - auc(logistic, data.is_bad, drawn));
    }
    std::sort(differences.begin(), differences.end());
    const double low = differences[kResamples / 40];
    const double high = differences[kResamples - 1 - kResamples / 40];
    std::printf("HELOC: %zu rows, AUC trees %.4f, logistic %.4f, difference 95 %% [%.4f, %.4f]\n",
                count, auc(trees, data.is_bad, all), auc(logistic, data.is_bad, all), low, high);
    EXPECT_GT(auc(logistic, data.is_bad, all), 0.78) << "the baseline is one";
    EXPECT_GE(high, 0.0) << "trees are worse than the baseline";
}

}  // namespace
}  // namespace atlas::learning::trees
