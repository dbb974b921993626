// SPDX-License-Identifier: Apache-2.0
// Rates on debts some months ahead, as quantiles of how far they move. For each product and horizon
// one of two methods: a random walk, or the pass-through of the policy rate's last two quarters
// where that lost less by more than luck on the years kept for the choice. Rates are percentages.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace atlas::learning::rates {

/// "fed_funds" is the policy rate.
inline constexpr std::array<std::string_view, 6> kProducts{
    "fed_funds", "prime", "credit_card", "mortgage_30y", "auto_48m", "personal_24m"};
inline constexpr std::array<int, 4> kHorizons{3, 6, 12, 24};  ///< Months.
inline constexpr std::array<double, 9> kLevels{0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95};
/// Farther ahead it is the random walk without a contest.
inline constexpr int kPassThroughMonthsMax = 12;
/// Further ahead nothing is said.
inline constexpr int kMonthsMax = 120;

/// Months since year 0.
constexpr int month_index(int year, int month) {
    return year * 12 + month - 1;
}

struct Observation {
    int month = 0;
    double rate = 0.0;
};
/// Ascending by month, at most one a month; months may be missing.
using Series = std::vector<Observation>;

/// A table with a header and rows "YYYY-MM-DD,rate"; several in a month are averaged, rows without
/// a number ("NA", nothing) are left out. Errors: invalid_argument with the line.
Result<Series> read_series(std::string_view csv);
/// Months of `first`, then those of `second` that it has not.
Series joined(const Series& first, const Series& second);

enum class Method : std::uint8_t { random_walk, pass_through };

/// Mean quantile loss over kLevels and share of rates within the 80 % interval.
struct Figures {
    int forecasts = 0;
    double loss = 0.0;
    double loss_walk = 0.0;
    double coverage = 0.0;
    double coverage_walk = 0.0;
    double difference_low = 0.0;  ///< 90 % interval of loss − loss_walk, two-year blocks.
    double difference_high = 0.0;
};

struct HorizonFit {
    Method method = Method::random_walk;
    /// Change = weights · {1, policy's last quarter, the quarter before} + a draw of the residuals.
    std::array<double, 3> weights{};
    std::array<double, kLevels.size()> residuals{};  ///< Quantiles.
    Figures chosen_on;                               ///< Of the pass-through, years of the choice.
    Figures tried;                                   ///< Of the pass-through, years after.
    Figures held_out;                                ///< Of the method shipped, the same years.
};

struct ProductFit {
    std::string product;
    Observation last;
    std::array<double, 2> policy_moves{};  ///< Up to the last observation.
    std::array<HorizonFit, kHorizons.size()> horizons{};
};

struct RateModel {
    std::vector<ProductFit> products;

    const ProductFit* find(std::string_view product) const;
};

struct FitOptions {
    int window_months = 240;                   ///< Of the past a fit looks at.
    int choose_from = month_index(1995, 1);    ///< First origin of the choice.
    int hold_out_from = month_index(2011, 1);  ///< First origin held out.
    int hold_out_to = month_index(9999, 1);
    std::uint64_t seed = 1;
};

/// series: by kProducts; the first is the policy rate. Every forecast stands on months before its
/// origin alone. The pass-through is shipped where its 90 % interval shows a gain over the walk on
/// the years of the choice and on those held out after; else the walk. Errors: invalid_argument (a
/// product with fewer than 60 observations). Cost: about 0.3 s.
Result<RateModel> fit(const std::array<Series, kProducts.size()>& series,
                      const FitOptions& options);

/// Quantile of the change `months` after the last observation, percentage points: between horizons
/// and levels a straight line; before the first from zero, after the last the spread grows with the
/// root of time. level is cut to the outermost of kLevels.
double change_at(const ProductFit& product, int months, double level);

std::string encode(const RateModel& model);
/// Errors: data_loss; unsupported for a newer container.
Result<RateModel> decode(std::string_view bytes);

}  // namespace atlas::learning::rates
