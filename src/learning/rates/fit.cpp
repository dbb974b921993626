// SPDX-License-Identifier: Apache-2.0
// Fitting, choosing and judging: every forecast is made from the months before its origin alone.
#include <algorithm>
#include <cmath>
#include <map>

#include "base/format.hpp"
#include "base/random.hpp"
#include "learning/rates/rate_model.hpp"

namespace atlas::learning::rates {
namespace {

constexpr std::size_t kObservationsMin = 60;
constexpr std::size_t kPairsMin = 24;
constexpr int kQuarter = 3;
constexpr int kResamples = 400;
constexpr std::size_t kBlock = 8;  ///< Forecasts, one a quarter: two years.

using Weights = std::array<double, 3>;
using Quantiles = std::array<double, kLevels.size()>;
using Months = std::map<int, double>;

/// What was known at a month, and what came.
struct Pair {
    int month = 0;
    Weights known{};
    double change = 0.0;
};

Quantiles quantiles_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    Quantiles found{};
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
        // Linear between order statistics: Hyndman and Fan 1996, type 7.
        const double at = kLevels[i] * static_cast<double>(values.size() - 1);
        const auto low = static_cast<std::size_t>(at);
        const std::size_t high = std::min(low + 1, values.size() - 1);
        found[i] = values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
    }
    return found;
}

double loss_of(const Quantiles& told, double came) {
    double sum = 0.0;
    for (std::size_t i = 0; i < told.size(); ++i) {
        const double error = came - told[i];
        sum += std::max(kLevels[i] * error, (kLevels[i] - 1.0) * error);
    }
    return sum / static_cast<double>(told.size());
}

bool covers(const Quantiles& told, double came) {
    return told[1] <= came && came <= told[kLevels.size() - 2];  // 0.1 to 0.9.
}

double dot(const Weights& a, const Weights& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Least squares by Gauss elimination on the normal equations, a breath of ridge on the slopes.
Weights least_squares(std::span<const Pair> pairs) {
    std::array<std::array<double, 4>, 3> system{};
    for (const Pair& pair : pairs) {
        for (std::size_t r = 0; r < 3; ++r) {
            for (std::size_t c = 0; c < 3; ++c) {
                system[r][c] += pair.known[r] * pair.known[c];
            }
            system[r][3] += pair.known[r] * pair.change;
        }
    }
    const double ridge = 1e-3 * static_cast<double>(pairs.size());
    system[1][1] += ridge;
    system[2][2] += ridge;
    for (std::size_t p = 0; p < 3; ++p) {
        for (std::size_t r = p + 1; r < 3; ++r) {
            const double factor = system[r][p] / system[p][p];
            for (std::size_t c = p; c < 4; ++c) {
                system[r][c] -= factor * system[p][c];
            }
        }
    }
    Weights weights{};
    for (std::size_t r = 3; r-- > 0;) {
        double rest = system[r][3];
        for (std::size_t c = r + 1; c < 3; ++c) {
            rest -= system[r][c] * weights[c];
        }
        weights[r] = rest / system[r][r];
    }
    return weights;
}

struct Fitted {
    Weights weights{};
    Quantiles residuals{};
};

Fitted fit_pass_through(std::span<const Pair> pairs) {
    Fitted fitted;
    fitted.weights = least_squares(pairs);
    std::vector<double> rest;
    for (const Pair& pair : pairs) {
        rest.push_back(pair.change - dot(fitted.weights, pair.known));
    }
    fitted.residuals = quantiles_of(std::move(rest));
    return fitted;
}

/// No drift: moves up and down are equally likely.
Fitted fit_walk(std::span<const Pair> pairs) {
    std::vector<double> both;
    for (const Pair& pair : pairs) {
        both.push_back(pair.change);
        both.push_back(-pair.change);
    }
    Fitted fitted;
    fitted.residuals = quantiles_of(std::move(both));
    return fitted;
}

Quantiles told_by(const Fitted& fitted, const Weights& known) {
    Quantiles told = fitted.residuals;
    for (double& value : told) {
        value += dot(fitted.weights, known);
    }
    return told;
}

/// Of the months that have all that is needed.
std::vector<Pair> pairs_of(const Series& series, const Months& policy, int horizon) {
    Months rates;
    for (const Observation& each : series) {
        rates[each.month] = each.rate;
    }
    std::vector<Pair> pairs;
    for (const Observation& each : series) {
        const auto later = rates.find(each.month + horizon);
        const auto now = policy.find(each.month);
        const auto before = policy.find(each.month - kQuarter);
        const auto first = policy.find(each.month - 2 * kQuarter);
        if (later == rates.end() || now == policy.end() || before == policy.end() ||
            first == policy.end()) {
            continue;
        }
        pairs.push_back({each.month,
                         {1.0, now->second - before->second, before->second - first->second},
                         later->second - each.rate});
    }
    return pairs;
}

/// Those whose outcome was known at `origin`, `window` months back at most.
std::span<const Pair> known_at(const std::vector<Pair>& pairs, int origin, int horizon,
                               int window) {
    const auto begin =
        std::lower_bound(pairs.begin(), pairs.end(), origin - window,
                         [](const Pair& pair, int month) { return pair.month < month; });
    const auto end =
        std::upper_bound(begin, pairs.end(), origin - horizon,
                         [](int month, const Pair& pair) { return month < pair.month; });
    return {begin, end};
}

struct Judged {
    std::vector<double> loss;
    std::vector<double> loss_walk;
    int covered = 0;
    int covered_walk = 0;
};

/// Forecasts of one quarter each, of origins from `from` and before `to`.
Judged judge(const std::vector<Pair>& pairs, int horizon, const FitOptions& options, Method method,
             int from, int to) {
    Judged judged;
    for (const Pair& pair : pairs) {
        if (pair.month < from || pair.month >= to || pair.month % kQuarter != 1) {
            continue;
        }
        const auto known = known_at(pairs, pair.month, horizon, options.window_months);
        if (known.size() < kPairsMin) {
            continue;
        }
        const Fitted walk = fit_walk(known);
        const Quantiles by_walk = told_by(walk, pair.known);
        const Quantiles told =
            method == Method::random_walk ? by_walk : told_by(fit_pass_through(known), pair.known);
        judged.loss.push_back(loss_of(told, pair.change));
        judged.loss_walk.push_back(loss_of(by_walk, pair.change));
        judged.covered += covers(told, pair.change) ? 1 : 0;
        judged.covered_walk += covers(by_walk, pair.change) ? 1 : 0;
    }
    return judged;
}

double mean_of(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

Figures figures_of(const Judged& judged, std::uint64_t seed) {
    Figures figures;
    const std::size_t count = judged.loss.size();
    figures.forecasts = static_cast<int>(count);
    if (count == 0) {
        return figures;
    }
    figures.loss = mean_of(judged.loss);
    figures.loss_walk = mean_of(judged.loss_walk);
    figures.coverage = judged.covered / static_cast<double>(count);
    figures.coverage_walk = judged.covered_walk / static_cast<double>(count);
    Random random(seed);
    std::vector<double> means;
    for (int i = 0; i < kResamples; ++i) {
        double sum = 0.0;
        for (std::size_t taken = 0; taken < count;) {
            const std::size_t begin = random.below(count);
            for (std::size_t k = 0; k < kBlock && taken < count; ++k, ++taken) {
                const std::size_t at = (begin + k) % count;  // Circular blocks: Politis 1992.
                sum += judged.loss[at] - judged.loss_walk[at];
            }
        }
        means.push_back(sum / static_cast<double>(count));
    }
    std::sort(means.begin(), means.end());
    figures.difference_low = means[kResamples / 20];
    figures.difference_high = means[kResamples - 1 - kResamples / 20];
    return figures;
}

HorizonFit fit_horizon(const Series& series, const Months& policy, int horizon,
                       const FitOptions& options) {
    const std::vector<Pair> pairs = pairs_of(series, policy, horizon);
    HorizonFit fit;
    fit.chosen_on = figures_of(judge(pairs, horizon, options, Method::pass_through,
                                     options.choose_from, options.hold_out_from - horizon),
                               options.seed);
    // Better by more than luck, and no farther ahead than two quarters of memory can see.
    const bool is_better = horizon <= kPassThroughMonthsMax && fit.chosen_on.forecasts > 0 &&
                           fit.chosen_on.difference_high < 0.0;
    const auto judge_after = [&](Method method) {
        return figures_of(
            judge(pairs, horizon, options, method, options.hold_out_from, options.hold_out_to),
            options.seed);
    };
    fit.tried = judge_after(Method::pass_through);
    // The years held out may only take it back: what does not beat the walk is the walk.
    const bool is_still_better = fit.tried.forecasts > 0 && fit.tried.difference_high < 0.0;
    fit.method = is_better && is_still_better ? Method::pass_through : Method::random_walk;
    fit.held_out =
        fit.method == Method::pass_through ? fit.tried : judge_after(Method::random_walk);
    const int last = series.back().month;
    const auto known = known_at(pairs, last, horizon, options.window_months);
    const Fitted fitted =
        fit.method == Method::pass_through ? fit_pass_through(known) : fit_walk(known);
    fit.weights = fitted.weights;
    fit.residuals = fitted.residuals;
    return fit;
}

}  // namespace

Result<RateModel> fit(const std::array<Series, kProducts.size()>& series,
                      const FitOptions& options) {
    Months policy;
    for (const Observation& each : series[0]) {
        policy[each.month] = each.rate;
    }
    RateModel model;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i].size() < kObservationsMin) {
            return invalid_argument(std::string(kProducts[i]),
                                    format("{} observations; {} at least are needed",
                                           series[i].size(), kObservationsMin));
        }
        ProductFit product{.product = std::string(kProducts[i]),
                           .last = series[i].back(),
                           .policy_moves = {},
                           .horizons = {}};
        const auto rate = [&](int back) {
            const auto found = policy.find(product.last.month - back);
            return found == policy.end() ? policy.rbegin()->second : found->second;
        };
        product.policy_moves = {rate(0) - rate(kQuarter), rate(kQuarter) - rate(2 * kQuarter)};
        for (std::size_t h = 0; h < kHorizons.size(); ++h) {
            if (known_at(pairs_of(series[i], policy, kHorizons[h]), product.last.month,
                         kHorizons[h], options.window_months)
                    .size() < kPairsMin) {
                return invalid_argument(std::string(kProducts[i]),
                                        format("too few changes over {} months", kHorizons[h]));
            }
            product.horizons[h] = fit_horizon(series[i], policy, kHorizons[h], options);
        }
        model.products.push_back(std::move(product));
    }
    return model;
}

}  // namespace atlas::learning::rates
