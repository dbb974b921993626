// SPDX-License-Identifier: Apache-2.0
// How good a pair of primal and dual solutions is, recomputed from the problem: nothing a solver
// says is taken on trust. By weak duality the dual objective, less what its sign errors could
// give away, is below every feasible cost.
#pragma once

#include <span>

#include "optim/linear_program.hpp"

namespace atlas::optim {

struct Certificate {
    double primal_objective = 0.0;
    /// Sum of the best value of each row's dual and each column's reduced cost over its range,
    /// −infinity where a wrong sign meets an open end. A true lower bound whatever the duals.
    double dual_objective = 0.0;
    double primal_residual = 0.0;  ///< Largest violation of a row or bound, relative to 1 + size.
    double dual_residual = 0.0;    ///< Largest wrong sign of a dual, relative to 1 + size of costs.
    double gap = 0.0;              ///< |primal − dual| / (1 + |primal|), wrong signs left out.

    bool holds(double tolerance) const {
        return primal_residual <= tolerance && dual_residual <= tolerance && gap <= tolerance;
    }
};

/// x: a value for each column; duals: one for each row, the change of the cost with its bound.
/// Cost: O(entries).
Certificate certify(const LinearProgram& program, std::span<const double> x,
                    std::span<const double> duals);

}  // namespace atlas::optim
