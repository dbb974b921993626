// SPDX-License-Identifier: Apache-2.0
// Goal: mixed-integer programs are solved to a true bound. Method: knapsacks against every subset,
// small general ones against enumeration of the whole columns, each error.
#include "optim/solve_mixed.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "optim/solve_linear.hpp"

namespace atlas::optim {
namespace {

MixedProgram knapsack(std::uint64_t seed, int items) {
    Random random(seed);
    MixedProgram program;
    program.relaxation.add_row({-kInfinity, static_cast<double>(items) * 20.0});
    for (int j = 0; j < items; ++j) {
        const Entry weight{0, static_cast<double>(random.between(5, 100))};
        program.whole.push_back(program.relaxation.add_column(
            -static_cast<double>(random.between(5, 100)), {0.0, 1.0}, std::span(&weight, 1)));
    }
    return program;
}

TEST(SolveMixed, AgreesWithEverySubsetOfAKnapsack) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        const MixedProgram program = knapsack(seed, 12);
        const LinearProgram& linear = program.relaxation;
        double best = 0.0;
        for (unsigned subset = 0; subset < 1U << 12; ++subset) {
            double weight = 0.0;
            double cost = 0.0;
            for (std::size_t j = 0; j < 12; ++j) {
                if ((subset >> j & 1U) != 0) {
                    weight += linear.entry_value[j];
                    cost += linear.cost[j];
                }
            }
            best = weight <= linear.rows[0].high ? std::min(best, cost) : best;
        }
        const auto solution = solve_mixed(program).value();
        EXPECT_TRUE(solution.is_proven);
        EXPECT_NEAR(solution.objective, best, 1e-6);
        EXPECT_NEAR(solution.bound, best, 1e-4);
        EXPECT_LE(solve_linear(linear).value().certificate.primal_objective, best + 1e-9);
    }
}

/// Two whole columns of 0..6, one free column, two rows: the whole ones are enumerated.
TEST(SolveMixed, AgreesWithEnumerationOfTheWholeColumns) {
    int solved = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        MixedProgram program;
        for (int i = 0; i < 2; ++i) {
            program.relaxation.add_row({-kInfinity, static_cast<double>(random.between(-20, 40))});
        }
        for (int j = 0; j < 3; ++j) {
            const std::vector<Entry> entries{{0, static_cast<double>(random.between(-9, 9))},
                                             {1, static_cast<double>(random.between(-9, 9))}};
            const auto column = program.relaxation.add_column(
                static_cast<double>(random.between(-9, 9)), {0.0, 6.0}, entries);
            if (j < 2) {
                program.whole.push_back(column);
            }
        }
        double best = kInfinity;
        for (int a = 0; a <= 6; ++a) {
            for (int b = 0; b <= 6; ++b) {
                LinearProgram fixed = program.relaxation;
                fixed.bounds[0] = {static_cast<double>(a), static_cast<double>(a)};
                fixed.bounds[1] = {static_cast<double>(b), static_cast<double>(b)};
                const auto solution = solve_linear(fixed);
                if (solution.has_value()) {
                    best = std::min(best, solution->certificate.primal_objective);
                }
            }
        }
        const auto solution = solve_mixed(program);
        ASSERT_EQ(solution.has_value(), std::isfinite(best));
        if (solution.has_value()) {
            ++solved;
            EXPECT_NEAR(solution->objective, best, 1e-5);
            EXPECT_LE(solution->bound, best + 1e-5);
        }
    }
    EXPECT_GT(solved, 40);
}

TEST(SolveMixed, LooksOnlyBelowTheCutoff) {
    const MixedProgram program = knapsack(3, 12);
    const double best = solve_mixed(program).value().objective;
    EXPECT_NEAR(solve_mixed(program, {.cutoff = best + 5.0}).value().objective, best, 1e-6);
    EXPECT_EQ(solve_mixed(program, {.cutoff = best - 5.0}).error().code, ErrorCode::infeasible);
}

TEST(SolveMixed, FewNodesGiveABoundAllTheSame) {
    const MixedProgram program = knapsack(9, 60);
    const auto full = solve_mixed(program).value();
    const auto cut = solve_mixed(program, {.nodes_max = 1});
    if (cut.has_value()) {
        EXPECT_LE(cut->bound, full.objective + 1e-6);
        EXPECT_GE(cut->objective, full.objective - 1e-6);
    } else {
        EXPECT_EQ(cut.error().code, ErrorCode::exhausted);
    }
}

TEST(SolveMixed, RefusesWhatHasNoAnswer) {
    MixedProgram between;  // 0.2 <= x <= 0.8, whole.
    between.relaxation.add_row({-kInfinity, kInfinity});
    const Entry one{0, 1.0};
    between.whole = {between.relaxation.add_column(1.0, {0.2, 0.8}, std::span(&one, 1))};
    EXPECT_EQ(solve_mixed(between).error().code, ErrorCode::infeasible);
    auto both = knapsack(1, 3);  // Each row can be kept, both cannot.
    both.relaxation.rows[0] = {1'000.0, kInfinity};
    EXPECT_EQ(solve_mixed(both).error().code, ErrorCode::infeasible);
    MixedProgram absent = knapsack(1, 3);
    absent.whole.push_back(3);
    EXPECT_EQ(solve_mixed(absent).error().code, ErrorCode::invalid_argument);
    absent.whole.back() = -1;
    EXPECT_EQ(solve_mixed(absent).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace atlas::optim
