// SPDX-License-Identifier: Apache-2.0
// A linear program as a value: minimise cost · x + constant where row_low <= A x <= row_high and
// low <= x <= high. Columns are stored one after the other, as solvers want them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace atlas::optim {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Rows, columns and entries, each.
inline constexpr std::size_t kProgramSizeMax = 5'000'000;

struct Entry {
    std::int32_t row;
    double value;
};

struct Interval {
    double low;
    double high;
};

struct LinearProgram {
    std::vector<double> cost;
    std::vector<Interval> bounds;
    std::vector<Interval> rows;
    std::vector<std::int64_t> column_start{0};  ///< columns + 1 of them.
    std::vector<std::int32_t> entry_row;
    std::vector<double> entry_value;
    double constant = 0.0;

    std::size_t column_count() const { return cost.size(); }
    std::size_t row_count() const { return rows.size(); }

    /// Returns the index. Rows first: a column's entries name them.
    std::int32_t add_row(Interval range);
    std::int32_t add_column(double price, Interval range, std::span<const Entry> entries);

    /// Errors: invalid_argument  sizes that do not fit or exceed kProgramSizeMax, a row that is not
    ///          there or appears twice in a column, a number that is not finite where it must
    ///          be, low above high
    Result<void> check() const;
};

}  // namespace atlas::optim
