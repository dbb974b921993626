// SPDX-License-Identifier: Apache-2.0
// Goal: the figures of the score's card, on rows that no model has seen. Method: five folds of the
// lender's table, each model trained as the shipped one is; the same rows again with 40 % of what a
// household could tell left out at random; rows drawn again for the interval of the mean error.
// The rows do not ship: ATLAS_LENDINGCLUB names the table, else the test is skipped aloud.
// ATLAS_CREDIT_SCORES names a file for each row's estimate, for bench/credit/groups.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "learning/credit/score_model.hpp"

namespace atlas::learning::credit {
namespace {

constexpr int kFolds = 5;
constexpr double kHidden = 0.4;
constexpr int kResamples = 1'000;

std::vector<Example> hide_some(std::vector<Example> rows, Random& random) {
    for (Example& row : rows) {
        for (double& value : row.household) {
            value = random.chance(kHidden) ? kUnknown : value;
        }
    }
    return rows;
}

/// Figures of all folds together, weighted by rows.
Figures add(Figures sum, const Figures& part, double share) {
    sum.rows += part.rows;
    sum.mean_absolute_error += share * part.mean_absolute_error;
    sum.within_20 += share * part.within_20;
    sum.within_40 += share * part.within_40;
    sum.coverage += share * part.coverage;
    sum.mean_width += share * part.mean_width;
    sum.risk_auc += share * part.risk_auc;
    sum.risk_calibration_error += share * part.risk_calibration_error;
    return sum;
}

void print(const char* what, const Figures& told) {
    std::printf(
        "%s: mean error %.3f, within 20 %.4f, within 40 %.4f, coverage %.4f, width %.1f, risk AUC "
        "%.4f, its calibration error %.4f\n",
        what, told.mean_absolute_error, told.within_20, told.within_40, told.coverage,
        told.mean_width, told.risk_auc, told.risk_calibration_error);
}

/// A line for each row in the order of the table.
void write_estimates(const std::vector<Example>& rows, const std::vector<Estimate>& estimates) {
    const char* path = std::getenv("ATLAS_CREDIT_SCORES");
    if (path == nullptr) {
        return;
    }
    std::ofstream file(path);
    file << "score,estimate,low,high,defaulted,risk\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        file << rows[i].score << ',' << estimates[i].score << ',' << estimates[i].low << ','
             << estimates[i].high << ',' << rows[i].has_defaulted << ','
             << estimates[i].default_risk << '\n';
    }
    ASSERT_TRUE(file.good());
}

TEST(CreditFolds, TheCardsFiguresHoldOnRowsNotSeen) {
    const char* path = std::getenv("ATLAS_LENDINGCLUB");
    if (path == nullptr) {
        GTEST_SKIP() << "ATLAS_LENDINGCLUB does not name a table";
    }
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto rows = read_lendingclub(text).value();
    ASSERT_GT(rows.size(), 1000U);
    Random random(99);
    std::vector<std::uint64_t> fold;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fold.push_back(random.below(kFolds));
    }
    Figures all;
    Figures hidden;
    std::vector<double> errors;
    std::vector<Estimate> estimates(rows.size());
    for (std::uint64_t k = 0; k < kFolds; ++k) {
        std::vector<Example> seen;
        std::vector<Example> unseen;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            (fold[i] == k ? unseen : seen).push_back(rows[i]);
        }
        const ScoreModel model = train(seen, {.seed = 1}).value();
        const double share = static_cast<double>(unseen.size()) / static_cast<double>(rows.size());
        all = add(all, evaluate(model, unseen), share);
        hidden = add(hidden, evaluate(model, hide_some(unseen, random)), share);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (fold[i] == k) {
                estimates[i] = estimate(model, rows[i].household);
                errors.push_back(std::abs(estimates[i].score - rows[i].score));
            }
        }
    }
    write_estimates(rows, estimates);
    std::vector<double> means;
    for (int i = 0; i < kResamples; ++i) {
        double sum = 0.0;
        for (std::size_t n = 0; n < errors.size(); ++n) {
            sum += errors[random.below(errors.size())];
        }
        means.push_back(sum / static_cast<double>(errors.size()));
    }
    std::sort(means.begin(), means.end());
    const double low = means[kResamples / 40];
    print("all told", all);
    print("40 % hidden", hidden);
    std::printf("mean error 95 %% [%.3f, %.3f]\n", low, means[kResamples - 1 - kResamples / 40]);
    EXPECT_LE(low, 20.0) << "the target lies below the interval";
    EXPECT_LT(all.mean_absolute_error, 20.2) << "boosting without the rate, as published with it";
    EXPECT_GT(all.coverage, 0.88);
    EXPECT_LT(all.coverage, 0.92);
    EXPECT_GT(hidden.coverage, 0.88);
    EXPECT_LT(hidden.coverage, 0.92);
    EXPECT_LE(all.risk_calibration_error, 0.02);
    EXPECT_GT(all.risk_auc, 0.62);
}

}  // namespace
}  // namespace atlas::learning::credit
