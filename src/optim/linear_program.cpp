// SPDX-License-Identifier: Apache-2.0
#include "optim/linear_program.hpp"

#include <cmath>

#include "base/format.hpp"

namespace atlas::optim {
namespace {

Result<void> check_range(Interval range, const char* what, std::size_t index) {
    if (std::isnan(range.low) || std::isnan(range.high) || range.low == kInfinity ||
        range.high == -kInfinity || range.low > range.high) {
        return invalid_argument(format("/{}/{}", what, index),
                                format("{} to {} holds nothing", range.low, range.high));
    }
    return {};
}

}  // namespace

std::int32_t LinearProgram::add_row(Interval range) {
    rows.push_back(range);
    return static_cast<std::int32_t>(rows.size() - 1);
}

std::int32_t LinearProgram::add_column(double price, Interval range,
                                       std::span<const Entry> entries) {
    cost.push_back(price);
    bounds.push_back(range);
    for (const Entry& entry : entries) {
        if (entry.value != 0.0) {
            entry_row.push_back(entry.row);
            entry_value.push_back(entry.value);
        }
    }
    column_start.push_back(static_cast<std::int64_t>(entry_row.size()));
    return static_cast<std::int32_t>(cost.size() - 1);
}

Result<void> LinearProgram::check() const {
    if (cost.size() > kProgramSizeMax || rows.size() > kProgramSizeMax ||
        entry_row.size() > kProgramSizeMax) {
        return invalid_argument(
            {}, format("{} columns, {} rows, {} entries; {} at most", cost.size(), rows.size(),
                       entry_row.size(), kProgramSizeMax));
    }
    if (bounds.size() != cost.size() || column_start.size() != cost.size() + 1 ||
        entry_value.size() != entry_row.size() || column_start.front() != 0 ||
        column_start.back() != static_cast<std::int64_t>(entry_row.size())) {
        return invalid_argument({}, "the columns do not fit together");
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ATLAS_TRY(check_range(rows[i], "rows", i));
    }
    std::vector<std::size_t> seen(rows.size(), cost.size());
    for (std::size_t j = 0; j < cost.size(); ++j) {
        ATLAS_TRY(check_range(bounds[j], "bounds", j));
        if (!std::isfinite(cost[j])) {
            return invalid_argument(format("/cost/{}", j), "the cost is not finite");
        }
        if (column_start[j + 1] < column_start[j]) {
            return invalid_argument({}, "the columns do not fit together");
        }
        for (auto k = static_cast<std::size_t>(column_start[j]);
             k < static_cast<std::size_t>(column_start[j + 1]); ++k) {
            const std::int32_t row = entry_row[k];
            if (row < 0 || static_cast<std::size_t>(row) >= rows.size() ||
                seen[static_cast<std::size_t>(row)] == j || !std::isfinite(entry_value[k])) {
                return invalid_argument(format("/columns/{}", j),
                                        format("entry {} in row {} cannot be", k, row));
            }
            seen[static_cast<std::size_t>(row)] = j;
        }
    }
    return {};
}

}  // namespace atlas::optim
