// SPDX-License-Identifier: Apache-2.0
// Estimates a FICO-like score from what a household knows: boosted trees that imitate a smoother
// teacher, monotone where they must be, and a conformal interval whose width follows what is known.
// An estimate, never a consumer report.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "learning/calibration/calibration.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::credit {

/// One input of the model.
struct Feature {
    std::string_view name;  ///< As in the contract.
    double low;             ///< Accepted range, both ends included.
    double high;
    int direction;  ///< +1: more never lowers the score; -1: more never raises it; 0: free.
};
inline constexpr std::array<Feature, 8> kFeatures{{
    {"annual_income", 0, 1e9, 1},
    {"debt_to_income", 0, 10, -1},
    {"oldest_account_months", 0, 1200, 1},
    {"revolving_balance", 0, 1e9, 0},
    {"revolving_utilisation", 0, 10, -1},
    {"inquiries_6m", 0, 1000, -1},
    {"delinquencies_2y", 0, 1000, -1},
    {"public_records", 0, 1000, -1},
}};
inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kScoreMin = 300;
inline constexpr double kScoreMax = 850;
inline constexpr double kCoverage = 0.9;  ///< Of the interval.

/// In the order of kFeatures; kUnknown where it is not told.
using Household = std::array<double, kFeatures.size()>;

struct Example {
    Household household{};
    double score = 0;
    bool has_defaulted = false;
};

/// Margins differ by how much is told: all, all but one or two, three to five, fewer.
inline constexpr std::size_t kMarginGroups = 4;

struct ScoreModel {
    trees::Ensemble score;
    trees::Ensemble spread;  ///< Of the typical distance between estimate and score.
    std::array<double, kMarginGroups> margins{};  ///< Spreads that cover kCoverage, by group.
    trees::Ensemble risk;                         ///< Log-odds of default.
    calibration::Calibration risk_map;
};

struct Estimate {
    double score = 0;
    double low = 0;  ///< Interval that covers kCoverage of households like those trained on.
    double high = 0;
    double baseline = 0;                             ///< The estimate when nothing is told.
    std::array<double, kFeatures.size()> effects{};  ///< baseline + their sum is the score.
    double default_risk = 0;                         ///< Probability, among funded borrowers.
};

/// Cost: about 1 ms. A score beyond kScoreMin and kScoreMax is cut, with the effects scaled to it.
Estimate estimate(const ScoreModel& model, const Household& household);

struct TrainOptions {
    std::uint64_t seed = 1;
    int rounds = 400;
    int risk_rounds = 200;
    int folds = 5;
    int masked_copies = 3;  ///< Of each example, with some of its features hidden.
};

/// Each example is also shown with features hidden at random, so that what is not told says
/// nothing. Margins come from estimates of models that have not seen the example (CV+).
/// The score's trees learn from a teacher, see lessons.hpp.
/// Errors: invalid_argument (fewer than 200 examples; a score outside 300 to 850; a feature that is
/// not told; more than 20,000 examples).
/// Cost: some 22 s for 7,000 examples, 200 MB.
/// Source of the interval: Barber, Candès, Ramdas and Tibshirani, "Predictive inference with the
/// jackknife+", 2021; of its scaling: Lei et al., "Distribution-free predictive inference", 2018.
Result<ScoreModel> train(std::span<const Example> examples, const TrainOptions& options);

std::string encode(const ScoreModel& model);
/// Errors: data_loss; unsupported for a newer container.
Result<ScoreModel> decode(std::string_view bytes);

/// The name FICO gives a score: "poor" below 580, "fair" below 670, "good" below 740, "very good"
/// below 800, "exceptional". Source: FICO, "What's in my FICO scores".
std::string_view band_of(double score);

/// Figures on examples that the model has not seen.
struct Figures {
    std::size_t rows = 0;
    double mean_absolute_error = 0;
    double within_20 = 0;
    double within_40 = 0;
    double coverage = 0;    ///< Share within its interval.
    double mean_width = 0;  ///< Of the intervals, points.
    double risk_auc = 0;
    double risk_calibration_error = 0;
};
Figures evaluate(const ScoreModel& model, std::span<const Example> examples);

/// Rows of a LendingClub table (columns log.annual.inc, dti, days.with.cr.line, revol.bal,
/// revol.util, inq.last.6mths, delinq.2yrs, pub.rec, fico, not.fully.paid; others are not looked
/// at: rate and instalment were set from the score).
/// Errors: invalid_argument naming the column, or the line.
Result<std::vector<Example>> read_lendingclub(std::string_view csv);

}  // namespace atlas::learning::credit
