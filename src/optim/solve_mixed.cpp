// SPDX-License-Identifier: Apache-2.0
#include "optim/solve_mixed.hpp"

#include <CbcModel.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <CoinError.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "optim/certificate.hpp"
#include "optim/clp_load.hpp"

namespace atlas::optim {
namespace {

constexpr double kTolerance = 1e-5;

Result<MixedSolution> read_solution(const MixedProgram& program, const CbcModel& model) {
    if (model.bestSolution() == nullptr) {
        if (model.isProvenInfeasible() || model.isProvenDualInfeasible() ||
            model.isContinuousUnbounded()) {
            return fail(ErrorCode::infeasible, {}, "there is no solution, or no least cost");
        }
        return model.isNodeLimitReached()
                   ? fail(ErrorCode::exhausted, {}, "the nodes were not enough to find a solution")
                   : internal(format("Cbc gave up with status {}", model.status()));
    }
    const LinearProgram& linear = program.relaxation;
    MixedSolution solution;
    const double* x = model.bestSolution();
    solution.x.assign(x, x + linear.column_count());
    const std::vector<double> no_duals(linear.row_count());
    const Certificate primal = certify(linear, solution.x, no_duals);
    double fraction = 0.0;
    for (const std::int32_t column : program.whole) {
        const double value = solution.x[static_cast<std::size_t>(column)];
        fraction = std::max(fraction, std::abs(value - std::round(value)));
    }
    if (primal.primal_residual > kTolerance || fraction > kTolerance) {
        return internal(format("Cbc's answer is {} from feasible, {} from whole",
                               primal.primal_residual, fraction));
    }
    solution.objective = primal.primal_objective;
    solution.is_proven = model.isProvenOptimal();
    solution.bound =
        std::min(model.getBestPossibleObjValue() + linear.constant, solution.objective);
    solution.nodes = model.getNodeCount();
    return solution;
}

void add_cuts(CbcModel& model) {
    CglProbing probing;
    probing.setUsingObjective(1);
    CglGomory gomory;
    CglKnapsackCover cover;
    CglMixedIntegerRounding2 rounding;
    model.addCutGenerator(&probing, -1, "Probing");
    model.addCutGenerator(&gomory, -1, "Gomory");
    model.addCutGenerator(&cover, -1, "Knapsack");
    model.addCutGenerator(&rounding, -1, "MixedIntegerRounding2");
}

}  // namespace

Result<MixedSolution> solve_mixed(const MixedProgram& program, const MixedLimits& limits) {
    const LinearProgram& linear = program.relaxation;
    ATLAS_TRY(linear.check());
    for (const std::int32_t column : program.whole) {
        if (column < 0 || static_cast<std::size_t>(column) >= linear.column_count()) {
            return invalid_argument("/whole", format("there is no column {}", column));
        }
    }
    try {
        OsiClpSolverInterface solver;
        solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
        solver.messageHandler()->setLogLevel(0);
        detail::ClpForm form(linear);
        for (const std::int32_t column : program.whole) {
            // Left to itself Cbc answers 0.2 <= x <= 0.8 with a bound it made up.
            const auto j = static_cast<std::size_t>(column);
            form.low[j] = std::ceil(form.low[j] - kTolerance);
            form.high[j] = std::floor(form.high[j] + kTolerance);
            if (form.low[j] > form.high[j]) {
                return fail(ErrorCode::infeasible, format("/whole/{}", column),
                            format("no whole number between {} and {}", linear.bounds[j].low,
                                   linear.bounds[j].high));
            }
        }
        solver.loadProblem(form.matrix, form.low.data(), form.high.data(), linear.cost.data(),
                           form.row_low.data(), form.row_high.data());
        solver.setInteger(program.whole.data(), static_cast<int>(program.whole.size()));
        CbcModel model(solver);
        model.setLogLevel(0);
        model.messageHandler()->setLogLevel(0);
        model.setMaximumNodes(limits.nodes_max);
        model.setAllowableFractionGap(limits.gap);
        model.setAllowableGap(0.0);
        if (limits.cutoff.has_value()) {
            model.setCutoff(*limits.cutoff - linear.constant);
        }
        add_cuts(model);
        model.initialSolve();
        if (model.solver()->isProvenPrimalInfeasible() ||
            model.solver()->isProvenDualInfeasible()) {
            return fail(ErrorCode::infeasible, {}, "there is no solution, or no least cost");
        }
        model.branchAndBound();
        return read_solution(program, model);
    } catch (const CoinError& error) {
        return internal(format("Cbc: {} in {}", error.message(), error.methodName()));
    }
}

}  // namespace atlas::optim
