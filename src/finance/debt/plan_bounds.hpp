// SPDX-License-Identifier: Apache-2.0
// What no plan can undercut, put in the objective's own terms beside the plan that was found. A
// mix weighs its objectives' bounds: each is true of every plan, so their sum is too.
#pragma once

#include <span>

#include "finance/debt/goal.hpp"
#include "finance/debt/optimal.hpp"
#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {

struct KnownBounds {
    double cost = 0.0;                   ///< No plan has less interest and fees.
    std::span<const int> strain_months;  ///< Months worth asking strain_bound about; 0 is none.
};

/// The plan without its policy, figures of its search left out.
/// Cost: that of strain_bound for each of strain_months, where the goal looks at strain.
OptimalPlan with_bounds(const Problem& problem, const Goal& goal, const Outcome& outcome,
                        const KnownBounds& known);

}  // namespace atlas::finance::debt
