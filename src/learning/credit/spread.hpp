// SPDX-License-Identifier: Apache-2.0
// How wide an interval has to be, shared by training and estimating.
#pragma once

#include <algorithm>
#include <cmath>

#include "learning/credit/score_model.hpp"

namespace atlas::learning::credit {

inline constexpr double kSpreadMin = 4;  ///< Points; a spread near nothing would divide by it.

/// Index into ScoreModel::margins.
inline std::size_t margin_group(const Household& household) {
    const auto unknown = std::count_if(household.begin(), household.end(),
                                       [](double value) { return std::isnan(value); });
    return unknown == 0 ? 0 : unknown <= 2 ? 1 : unknown <= 5 ? 2 : 3;
}

inline double spread_of(const trees::Ensemble& spread, const Household& household) {
    return std::max(kSpreadMin, trees::predict(spread, household));
}

}  // namespace atlas::learning::credit
