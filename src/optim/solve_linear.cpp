// SPDX-License-Identifier: Apache-2.0
#include "optim/solve_linear.hpp"

#include <ClpSimplex.hpp>
#include <ClpSolve.hpp>
#include <CoinError.hpp>
#include <cmath>

#include "base/format.hpp"
#include "optim/clp_load.hpp"

namespace atlas::optim {
namespace {

constexpr double kCertificateTolerance = 1e-5;

Result<LinearSolution> read_solution(const LinearProgram& program, const ClpSimplex& model) {
    switch (model.status()) {
        case 0: break;
        case 1: return fail(ErrorCode::infeasible, {}, "no values keep all rows and bounds");
        case 2:
            return fail(ErrorCode::infeasible, {}, "the cost has no least value: it is unbounded");
        case 3: return fail(ErrorCode::exhausted, {}, "the iterations were not enough");
        default: return internal(format("Clp gave up with status {}", model.status()));
    }
    LinearSolution solution;
    const double* x = model.primalColumnSolution();
    const double* duals = model.dualRowSolution();
    solution.x.assign(x, x + program.column_count());
    solution.duals.assign(duals, duals + program.row_count());
    solution.iterations = model.numberIterations();
    solution.certificate = certify(program, solution.x, solution.duals);
    if (!solution.certificate.holds(kCertificateTolerance)) {
        return internal(format("Clp's answer is {} from feasible, {} from dual feasible, gap {}",
                               solution.certificate.primal_residual,
                               solution.certificate.dual_residual, solution.certificate.gap));
    }
    return solution;
}

}  // namespace

Result<LinearSolution> solve_linear(const LinearProgram& program, LinearLimits limits) {
    ATLAS_TRY(program.check());
    try {
        ClpSimplex model;
        model.setLogLevel(0);
        const detail::ClpForm form(program);
        model.loadProblem(form.matrix, form.low.data(), form.high.data(), program.cost.data(),
                          form.row_low.data(), form.row_high.data());
        model.setMaximumIterations(limits.iterations_max);
        ClpSolve how;
        how.setSolveType(ClpSolve::useDual);
        how.setPresolveType(ClpSolve::presolveOn);
        model.initialSolve(how);
        if (model.status() != 0 && model.status() != 3) {
            // Presolve says "infeasible or unbounded"; the primal simplex on the whole says which.
            model.allSlackBasis(true);
            model.primal();
        }
        return read_solution(program, model);
    } catch (const CoinError& error) {
        return internal(format("Clp: {} in {}", error.message(), error.methodName()));
    }
}

}  // namespace atlas::optim
