// SPDX-License-Identifier: Apache-2.0
// Goal: linear programs are solved, and the certificate tells right from wrong. Method: small ones
// by hand, vertex enumeration on seeded ones, duality as a law, the Netlib files where they are.
#include "optim/solve_linear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/random.hpp"
#include "optim/testing/read_mps.hpp"

namespace atlas::optim {
namespace {

/// Minimise −3x − 5y with x <= 4, 2y <= 12, 3x + 2y <= 18: −36 at (2, 6). Source: Hillier and
/// Lieberman, Introduction to Operations Research, the Wyndor Glass example.
LinearProgram wyndor() {
    LinearProgram program;
    for (const double high : {4.0, 12.0, 18.0}) {
        program.add_row({-kInfinity, high});
    }
    program.add_column(-3.0, {0.0, kInfinity}, std::vector<Entry>{{0, 1.0}, {2, 3.0}});
    program.add_column(-5.0, {0.0, kInfinity}, std::vector<Entry>{{1, 2.0}, {2, 2.0}});
    return program;
}

TEST(SolveLinear, AgreesWithThePrintedExample) {
    const auto solution = solve_linear(wyndor()).value();
    EXPECT_NEAR(solution.certificate.primal_objective, -36.0, 1e-9);
    EXPECT_NEAR(solution.certificate.dual_objective, -36.0, 1e-9);
    EXPECT_NEAR(solution.x[0], 2.0, 1e-9);
    EXPECT_NEAR(solution.x[1], 6.0, 1e-9);
    // The book's shadow prices: 0, 3/2 and 1.
    EXPECT_NEAR(solution.duals[0], 0.0, 1e-9);
    EXPECT_NEAR(solution.duals[1], -1.5, 1e-9);
    EXPECT_NEAR(solution.duals[2], -1.0, 1e-9);
}

TEST(SolveLinear, CarriesTheConstant) {
    auto program = wyndor();
    program.constant = 100.0;
    EXPECT_NEAR(solve_linear(program).value().certificate.primal_objective, 64.0, 1e-9);
}

TEST(Certificate, FindsEachKindOfWrong) {
    const auto program = wyndor();
    const std::vector<double> x{2.0, 6.0};
    const std::vector<double> duals{0.0, -1.5, -1.0};
    EXPECT_TRUE(certify(program, x, duals).holds(1e-9));
    EXPECT_FALSE(certify(program, std::vector<double>{2.0, 6.1}, duals).holds(1e-3));   // A row.
    EXPECT_FALSE(certify(program, std::vector<double>{-0.1, 6.0}, duals).holds(1e-3));  // A bound.
    EXPECT_FALSE(certify(program, std::vector<double>{2.0, 5.9}, duals).holds(1e-3));   // Not best.
    // A dual of the wrong sign is no bound at all.
    const auto wrong = certify(program, x, std::vector<double>{0.5, -1.5, -1.0});
    EXPECT_GT(wrong.dual_residual, 0.0);
    EXPECT_EQ(wrong.dual_objective, -kInfinity);
    // Any duals of the right sign give a true bound.
    EXPECT_LE(certify(program, x, std::vector<double>{-3.0, -3.0, -1.0}).dual_objective, -36.0);
}

TEST(SolveLinear, RefusesWhatHasNoAnswer) {
    auto contradiction = wyndor();
    contradiction.bounds[0].low = 5.0;
    EXPECT_EQ(solve_linear(contradiction).error().code, ErrorCode::infeasible);
    LinearProgram endless;
    endless.add_row({0.0, kInfinity});
    endless.add_column(-1.0, {0.0, kInfinity}, std::vector<Entry>{{0, 1.0}});
    const auto refused = solve_linear(endless);
    EXPECT_EQ(refused.error().code, ErrorCode::infeasible);
    EXPECT_NE(refused.error().message.find("unbounded"), std::string::npos);
}

TEST(SolveLinear, RefusesBrokenPrograms) {
    const auto expect_refused = [](const LinearProgram& bad) {
        EXPECT_EQ(solve_linear(bad).error().code, ErrorCode::invalid_argument);
    };
    auto bad = wyndor();
    bad.entry_row[0] = 7;
    expect_refused(bad);
    bad = wyndor();
    bad.entry_row[1] = bad.entry_row[0];
    expect_refused(bad);
    bad = wyndor();
    bad.cost[0] = std::nan("");
    expect_refused(bad);
    bad = wyndor();
    bad.cost.pop_back();
    expect_refused(bad);
    bad = wyndor();
    bad.bounds[1] = {2.0, 1.0};
    expect_refused(bad);
    bad = wyndor();
    bad.rows[1] = {kInfinity, kInfinity};
    expect_refused(bad);
    bad = wyndor();
    bad.entry_value[0] = kInfinity;
    expect_refused(bad);
}

TEST(SolveLinear, SaysWhenIterationsAreNotEnough) {
    Random random(5);
    LinearProgram program;
    for (int i = 0; i < 60; ++i) {
        program.add_row({1.0, 100.0});
    }
    for (int j = 0; j < 80; ++j) {
        std::vector<Entry> entries;
        for (std::int32_t i = 0; i < 60; ++i) {
            entries.push_back({i, random.uniform()});
        }
        program.add_column(random.uniform(), {0.0, 10.0}, entries);
    }
    EXPECT_EQ(solve_linear(program, {.iterations_max = 1}).error().code, ErrorCode::exhausted);
}

/// Two columns in a box with three rows: every vertex is a crossing of two lines.
double best_vertex(const LinearProgram& program) {
    struct Side {
        double a, b, c;
    };
    std::vector<Side> sides{{1, 0, program.bounds[0].low},
                            {1, 0, program.bounds[0].high},
                            {0, 1, program.bounds[1].low},
                            {0, 1, program.bounds[1].high}};
    const std::size_t rows = program.row_count();
    for (std::size_t i = 0; i < rows; ++i) {
        sides.push_back(
            {program.entry_value[i], program.entry_value[rows + i], program.rows[i].high});
    }
    double best = kInfinity;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double det = sides[i].a * sides[j].b - sides[i].b * sides[j].a;
            if (std::abs(det) < 1e-9) {
                continue;
            }
            const std::vector<double> x{(sides[i].c * sides[j].b - sides[i].b * sides[j].c) / det,
                                        (sides[i].a * sides[j].c - sides[i].c * sides[j].a) / det};
            const std::vector<double> none(rows);
            if (certify(program, x, none).primal_residual < 1e-7) {
                best = std::min(best, program.cost[0] * x[0] + program.cost[1] * x[1]);
            }
        }
    }
    return best;
}

TEST(SolveLinear, AgreesWithTheBestOfAllVertices) {
    int solved = 0;
    for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto draw = [&] { return std::round((random.uniform() - 0.4) * 40.0) / 2.0; };
        LinearProgram program;
        for (int i = 0; i < 3; ++i) {
            program.add_row({-kInfinity, draw()});
        }
        for (int j = 0; j < 2; ++j) {
            std::vector<Entry> entries;
            for (std::int32_t i = 0; i < 3; ++i) {
                const double value = draw();
                entries.push_back({i, value == 0.0 ? 1.0 : value});
            }
            const double low = draw();
            program.add_column(draw(), {low, low + random.uniform() * 10.0}, entries);
        }
        const double best = best_vertex(program);
        const auto solution = solve_linear(program);
        ASSERT_EQ(solution.has_value(), std::isfinite(best));
        if (solution.has_value()) {
            ++solved;
            EXPECT_NEAR(solution->certificate.primal_objective, best, 1e-6);
            EXPECT_LE(solution->certificate.dual_objective, best + 1e-6);
            EXPECT_TRUE(solution->certificate.holds(1e-7));
        }
    }
    EXPECT_GT(solved, 400);
}

/// ATLAS_SHARED names a folder with fin/netlib_lp/*.mps.gz and the optima beside them.
TEST(SolveLinear, AgreesWithTheNetlibOptima) {
    const char* shared = std::getenv("ATLAS_SHARED");
    const std::filesystem::path folder =
        std::filesystem::path(shared == nullptr ? "../shared" : shared) / "data/fin/netlib_lp";
    if (!std::filesystem::is_directory(folder)) {
        GTEST_SKIP() << "no Netlib files: set ATLAS_SHARED to try the solver on them";
    }
    std::ifstream table(folder / "optimal_values_highs.csv");
    std::string line;
    std::getline(table, line);
    int solved = 0;
    while (std::getline(table, line)) {
        const std::string name = line.substr(0, line.find(','));
        const std::size_t at = line.rfind(',', line.rfind(',') - 1);
        const double optimum = std::strtod(line.c_str() + at + 1, nullptr);
        const auto path = folder / (name + ".mps.gz");
        if (!std::filesystem::exists(path)) {
            continue;
        }
        SCOPED_TRACE(name);
        const auto solution = solve_linear(testing::read_mps(path).value());
        if (!solution.has_value()) {
            ADD_FAILURE() << to_string(solution.error());
            continue;
        }
        ++solved;
        EXPECT_NEAR(solution->certificate.primal_objective, optimum,
                    1e-6 * std::max(1.0, std::abs(optimum)));
        EXPECT_TRUE(solution->certificate.holds(1e-6))
            << solution->certificate.primal_residual << " " << solution->certificate.dual_residual
            << " " << solution->certificate.gap;
    }
    EXPECT_GT(solved, 30);
}

}  // namespace
}  // namespace atlas::optim
