// SPDX-License-Identifier: Apache-2.0
// Solves a linear program. The library behind it is Clp (dual simplex with presolve).
#pragma once

#include <vector>

#include "base/result.hpp"
#include "optim/certificate.hpp"
#include "optim/linear_program.hpp"

namespace atlas::optim {

struct LinearSolution {
    std::vector<double> x;
    std::vector<double> duals;  ///< By row: change of the least cost with the row's binding side.
    Certificate certificate;
    int iterations = 0;
};

struct LinearLimits {
    int iterations_max = 1'000'000;
};

/// The least cost. The certificate is computed from the problem, not taken from the solver.
/// Errors: invalid_argument  as LinearProgram::check
///         infeasible        no x keeps all rows and bounds, or the cost has no least value
///         exhausted         iterations_max was not enough
///         internal          the solver gave up, or the certificate does not hold to 1e-5
/// Example: optim/solve_linear_test.cpp.
Result<LinearSolution> solve_linear(const LinearProgram& program, LinearLimits limits = {});

}  // namespace atlas::optim
