// SPDX-License-Identifier: Apache-2.0
// What share of a month's budget minimums must claim, whatever was paid before. A mixed-integer
// program with one binary a loan; obligations, penalties, fees for lateness and deferred interest
// of the months before are left out, which can only make it smaller, so it is true of every plan.
#pragma once

#include <cstdint>

#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {

/// Largest loans × months that is handed to the solver; beyond it the bound is 0.
inline constexpr std::size_t kStrainSizeMax = 4'000;

/// Month 1 is exact; a later one allows for rounding to cents. 0 where nothing can be said.
/// Cost: the first month O(loans); a later one a linear program of three rows a loan and month.
double strain_bound(const Problem& problem, int month);

/// The same in whole minor units: what minimums claim in `month` at least.
std::int64_t minimums_bound(const Problem& problem, int month);

}  // namespace atlas::finance::debt
