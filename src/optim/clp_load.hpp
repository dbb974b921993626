// SPDX-License-Identifier: Apache-2.0
// A linear program in Clp's form: shared by the two solvers, seen by nobody else.
#pragma once

#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <vector>

#include "optim/linear_program.hpp"

namespace atlas::optim::detail {

/// What Clp takes for an open end.
inline constexpr double kClpInfinity = 1e30;

inline double to_clp(double bound) {
    return std::clamp(bound, -kClpInfinity, kClpInfinity);
}

struct ClpForm {
    CoinPackedMatrix matrix;
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> row_low;
    std::vector<double> row_high;

    explicit ClpForm(const LinearProgram& program) {
        std::vector<CoinBigIndex> starts;
        for (const std::int64_t start : program.column_start) {
            starts.push_back(static_cast<CoinBigIndex>(start));
        }
        matrix = CoinPackedMatrix(
            true, static_cast<int>(program.row_count()), static_cast<int>(program.column_count()),
            static_cast<CoinBigIndex>(program.entry_row.size()), program.entry_value.data(),
            program.entry_row.data(), starts.data(), nullptr);
        for (const Interval& range : program.bounds) {
            low.push_back(to_clp(range.low));
            high.push_back(to_clp(range.high));
        }
        for (const Interval& range : program.rows) {
            row_low.push_back(to_clp(range.low));
            row_high.push_back(to_clp(range.high));
        }
    }
};

}  // namespace atlas::optim::detail
