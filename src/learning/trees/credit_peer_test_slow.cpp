// SPDX-License-Identifier: Apache-2.0
// Goal: on somebody else's credit data our models of default are no worse than the best baseline
// known there, by a paired interval. Method: boosted trees of several shapes, a ridge logistic
// regression with and without steps, and mixtures of the two; which one is told by rows inside the
// training folds alone. The same five folds for a plain logistic regression; the rows drawn again
// 1,000 times. The data may not ship: ATLAS_HELOC names the table (RiskPerformance first, 23
// columns, −7, −8 and −9 are codes), else the test is skipped aloud.
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

bool is_code(double x) {
    return x == -7.0 || x == -8.0 || x == -9.0;
}

/// A form of logistic regression.
struct LinearForm {
    double ridge;
    std::size_t steps;  ///< Quantiles above which an indicator is set, besides the value itself.
};
constexpr LinearForm kPlain{1.0, 0};

Table by_row(const std::vector<std::vector<double>>& columns) {
    Table table{.columns = columns.size(), .values = {}};
    for (std::size_t r = 0; r < columns.front().size(); ++r) {
        for (const auto& column : columns) {
            table.values.push_back(column[r]);
        }
    }
    return table;
}

/// Each column standardised where it is told, an indicator of what is missing and of each code,
/// and steps; all of it learnt from `rows`, and each standardised again so that one ridge fits all.
Table spread(const Table& table, std::span<const std::size_t> rows, std::size_t steps) {
    std::vector<std::vector<double>> wide{std::vector<double>(table.rows(), 1.0)};
    const auto add = [&](auto value_of) {
        std::vector<double> column(table.rows());
        double sum = 0;
        double squares = 0;
        for (std::size_t r = 0; r < column.size(); ++r) {
            column[r] = value_of(r);
        }
        for (const std::size_t r : rows) {
            sum += column[r];
            squares += column[r] * column[r];
        }
        const auto count = static_cast<double>(rows.size());
        const double deviation =
            std::sqrt(std::max(0.0, squares / count - sum * sum / count / count));
        if (deviation < 1e-9) {
            return;  // Nothing to learn from.
        }
        for (double& x : column) {
            x = (x - sum / count) / deviation;
        }
        wide.push_back(std::move(column));
    };
    for (std::size_t c = 0; c < table.columns; ++c) {
        double least = 0;
        for (const std::size_t r : rows) {
            least = std::min(least, table.row(r)[c]);
        }
        // Only where nothing lies below them are −7, −8 and −9 codes and not amounts.
        const bool has_codes = is_code(least);
        const auto is_told = [&](double x) { return !std::isnan(x) && !(has_codes && is_code(x)); };
        std::vector<double> told;
        for (const std::size_t r : rows) {
            if (is_told(table.row(r)[c])) {
                told.push_back(table.row(r)[c]);
            }
        }
        if (told.empty()) {
            continue;
        }
        std::sort(told.begin(), told.end());
        const double mean =
            std::accumulate(told.begin(), told.end(), 0.0) / static_cast<double>(told.size());
        add([&](std::size_t r) {
            const double x = table.row(r)[c];
            return is_told(x) ? x : mean;
        });
        add([&](std::size_t r) { return std::isnan(table.row(r)[c]) ? 1.0 : 0.0; });
        for (const double code : {-7.0, -8.0, -9.0}) {
            add([&](std::size_t r) { return has_codes && table.row(r)[c] == code ? 1.0 : 0.0; });
        }
        double before = told.front() - 1;
        for (std::size_t k = 1; k < steps; ++k) {
            const double edge = told[k * told.size() / steps];
            if (edge > before) {
                add([&](std::size_t r) {
                    const double x = table.row(r)[c];
                    return is_told(x) && x > edge ? 1.0 : 0.0;
                });
                before = edge;
            }
        }
    }
    return by_row(wide);
}

/// Solves A x = b for a positive definite A, its lower triangle given row by row, by Cholesky.
std::vector<double> solve(std::vector<double> a, std::vector<double> b) {
    const std::size_t n = b.size();
    for (std::size_t i = 0; i < n; ++i) {  // L Lᵀ in the lower triangle.
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i * n + j];
            for (std::size_t k = 0; k < j; ++k) {
                sum -= a[i * n + k] * a[j * n + k];
            }
            a[i * n + j] = i == j ? std::sqrt(sum) : sum / a[j * n + j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            b[i] -= a[i * n + k] * b[k];
        }
        b[i] /= a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) {
            b[i] -= a[k * n + i] * b[k];
        }
        b[i] /= a[i * n + i];
    }
    return b;
}

/// Newton's method; the first column is the constant and is not held back.
std::vector<double> fit_logistic(const Table& table, std::span<const std::size_t> rows,
                                 std::span<const double> targets, double ridge) {
    constexpr int kStepsMax = 12;
    constexpr double kConstantRidge = 1e-6;
    const std::size_t n = table.columns;
    std::vector<double> weights(n, 0.0);
    for (int step = 0; step < kStepsMax; ++step) {
        std::vector<double> hessian(n * n, 0.0);
        std::vector<double> slope(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const double held = i == 0 ? kConstantRidge : ridge;
            hessian[i * n + i] = held;
            slope[i] = -held * weights[i];
        }
        for (const std::size_t r : rows) {
            const auto x = table.row(r);
            const double p =
                probability_of(std::inner_product(x.begin(), x.end(), weights.begin(), 0.0));
            for (std::size_t i = 0; i < n; ++i) {
                slope[i] += (targets[r] - p) * x[i];
                const double scale = p * (1.0 - p) * x[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    hessian[i * n + j] += scale * x[j];
                }
            }
        }
        double moved = 0;
        const std::vector<double> move = solve(std::move(hessian), std::move(slope));
        for (std::size_t i = 0; i < n; ++i) {
            weights[i] += move[i];
            moved = std::max(moved, std::abs(move[i]));
        }
        if (moved < 1e-6) {
            break;
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
struct Shape {
    int rounds;
    double learning_rate;
    double columns_a_tree;
    int depth;
    double leaf_weight_min;
};
constexpr std::array<Shape, 4> kShapes{{{300, 0.03, 0.3, 2, 30},
                                        {300, 0.03, 0.3, 3, 30},
                                        {400, 0.03, 0.5, 5, 5},
                                        {400, 0.05, 0.5, 8, 1}}};
constexpr std::array<LinearForm, 5> kForms{{{1, 0}, {30, 0}, {100, 0}, {100, 6}, {300, 6}}};
/// Of the linear model's log-odds in the mixture.
constexpr std::array<double, 5> kShares{0.0, 0.25, 0.5, 0.75, 1.0};

/// Log-odds of all rows by an ensemble trained on some.
std::vector<double> score_by(const Shape& shape, std::uint64_t seed, const Labelled& data,
                             std::span<const std::size_t> rows) {
    Table table{.columns = data.table.columns, .values = {}};
    std::vector<double> targets;
    for (const std::size_t r : rows) {
        const auto x = data.table.row(r);
        table.values.insert(table.values.end(), x.begin(), x.end());
        targets.push_back(data.is_bad[r]);
    }
    const BoostingOptions options{
        .loss = Loss::logistic,
        .rounds = shape.rounds,
        .learning_rate = shape.learning_rate,
        .row_share = 0.7,
        .columns_a_tree = shape.columns_a_tree,
        .grow = {.depth_max = shape.depth, .leaf_weight_min = shape.leaf_weight_min},
        .seed = seed};
    const Ensemble model = boost(table, targets, {}, options).value();
    std::vector<double> scores;
    for (std::size_t r = 0; r < data.table.rows(); ++r) {
        scores.push_back(predict(model, data.table.row(r)));
    }
    return scores;
}

/// The same by a logistic regression.
std::vector<double> score_by(const LinearForm& form, const Labelled& data,
                             std::span<const std::size_t> rows) {
    const Table wide = spread(data.table, rows, form.steps);
    const auto weights = fit_logistic(wide, rows, data.is_bad, form.ridge);
    std::vector<double> scores;
    for (std::size_t r = 0; r < wide.rows(); ++r) {
        const auto x = wide.row(r);
        scores.push_back(std::inner_product(x.begin(), x.end(), weights.begin(), 0.0));
    }
    return scores;
}

std::vector<double> mix(std::span<const double> trees, std::span<const double> linear,
                        double share) {
    std::vector<double> scores;
    for (std::size_t r = 0; r < trees.size(); ++r) {
        scores.push_back((1 - share) * trees[r] + share * linear[r]);
    }
    return scores;
}

struct Choice {
    Shape shape = kShapes.front();
    LinearForm form = kForms.front();
    double share = 0;
};

/// What does best on parts of `rows` that it was not trained on; no other row is looked at.
Choice choose(const Labelled& data, std::span<const std::size_t> rows) {
    constexpr std::size_t kParts = 3;
    // Told by whoever was trained without the row.
    const auto told_by = [&](auto score) {
        std::vector<double> told(data.table.rows());
        for (std::size_t part = 0; part < kParts; ++part) {
            std::vector<std::size_t> inner;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (i % kParts != part) {
                    inner.push_back(rows[i]);
                }
            }
            const std::vector<double> scores = score(inner);
            for (std::size_t i = part; i < rows.size(); i += kParts) {
                told[rows[i]] = scores[rows[i]];
            }
        }
        return told;
    };
    const std::vector<std::size_t> judge(rows.begin(), rows.end());
    Choice choice;
    std::vector<double> trees;
    std::vector<double> linear;
    double best = 0;
    for (const Shape& shape : kShapes) {
        auto told = told_by([&](const auto& inner) { return score_by(shape, 1, data, inner); });
        if (const double area = auc(told, data.is_bad, judge); area > best) {
            best = area;
            choice.shape = shape;
            trees = std::move(told);
        }
    }
    best = 0;
    for (const LinearForm& form : kForms) {
        auto told = told_by([&](const auto& inner) { return score_by(form, data, inner); });
        if (const double area = auc(told, data.is_bad, judge); area > best) {
            best = area;
            choice.form = form;
            linear = std::move(told);
        }
    }
    best = 0;
    for (const double share : kShares) {
        if (const double area = auc(mix(trees, linear, share), data.is_bad, judge); area > best) {
            best = area;
            choice.share = share;
        }
    }
    return choice;
}

/// Log-odds of what was chosen: three ensembles that drew other rows and columns, and the linear
/// model, in its share.
std::vector<double> score_by_choice(const Labelled& data, std::span<const std::size_t> rows) {
    const Choice choice = choose(data, rows);
    std::printf("chosen: trees of depth %d, ridge %.0f with %zu steps, linear share %.2f\n",
                choice.shape.depth, choice.form.ridge, choice.form.steps, choice.share);
    constexpr int kEnsembles = 3;
    std::vector<double> trees(data.table.rows());
    for (std::uint64_t seed = 1; seed <= kEnsembles; ++seed) {
        const auto told = score_by(choice.shape, seed, data, rows);
        for (std::size_t r = 0; r < trees.size(); ++r) {
            trees[r] += told[r] / kEnsembles;
        }
    }
    return mix(trees, score_by(choice.form, data, rows), choice.share);
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
        const auto scores = score_by_choice(data, rows_outside(fold, k));
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

TEST(CreditPeer, TheChosenIsNoWorseThanTheLogisticBaselineOnHeloc) {
    const char* path = std::getenv("ATLAS_HELOC");
    if (path == nullptr) {
        GTEST_SKIP() << "ATLAS_HELOC does not name a table";
    }
    const Labelled data = read(path);
    const std::size_t count = data.table.rows();
    ASSERT_GT(count, 1000U);
    Random random(1);
    const auto fold = draw_folds(count, random);
    std::vector<double> chosen(count);
    std::vector<double> logistic(count);
    for (std::uint64_t k = 0; k < kFolds; ++k) {
        const auto rows = rows_outside(fold, k);
        const auto scores = score_by_choice(data, rows);
        const auto plain = score_by(kPlain, data, rows);
        for (std::size_t i = 0; i < count; ++i) {
            if (fold[i] == k) {
                chosen[i] = scores[i];
                logistic[i] = plain[i];
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
        differences.push_back(auc(chosen, data.is_bad, drawn) - auc(logistic, data.is_bad, drawn));
    }
    std::sort(differences.begin(), differences.end());
    const double low = differences[kResamples / 40];
    const double high = differences[kResamples - 1 - kResamples / 40];
    std::printf("HELOC: %zu rows, AUC chosen %.4f, logistic %.4f, difference 95 %% [%.4f, %.4f]\n",
                count, auc(chosen, data.is_bad, all), auc(logistic, data.is_bad, all), low, high);
    EXPECT_GT(auc(logistic, data.is_bad, all), 0.78) << "the baseline is one";
    EXPECT_GE(high, 0.0) << "the baseline is better";
}

}  // namespace
}  // namespace atlas::learning::trees
