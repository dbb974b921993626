// SPDX-License-Identifier: Apache-2.0
// Solves a linear program some of whose columns must be whole. The library behind it is Cbc
// (branch and cut on Clp).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "optim/linear_program.hpp"

namespace atlas::optim {

struct MixedProgram {
    LinearProgram relaxation;
    std::vector<std::int32_t> whole;  ///< Columns whose value must be a whole number.
};

struct MixedLimits {
    int nodes_max = 100'000;
    double gap = 1e-9;  ///< Relative; the search ends when plan and bound are this close.
    std::optional<double> cutoff = {};  ///< Only cheaper solutions are looked for.
};

struct MixedSolution {
    std::vector<double> x;
    double objective = 0.0;  ///< Recomputed from x.
    double bound = 0.0;      ///< No solution costs less.
    bool is_proven = false;  ///< The search ended by itself.
    std::int64_t nodes = 0;
};

/// Errors: invalid_argument  as LinearProgram::check; a column that is not there
///         infeasible        no solution (below the cutoff), or no least cost
///         exhausted         nodes_max was not enough to find any
///         internal          the solver gave up, or its answer breaks a row, bound or wholeness by
///                            more than 1e-5
Result<MixedSolution> solve_mixed(const MixedProgram& program, const MixedLimits& limits = {});

}  // namespace atlas::optim
