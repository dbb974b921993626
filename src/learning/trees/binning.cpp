// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/binning.hpp"

#include <algorithm>
#include <limits>

namespace atlas::learning::trees {
namespace {

double midway(double low, double high) {
    const double middle = low + (high - low) / 2;
    return middle > low ? middle : low;
}

/// Edges between neighbouring distinct values of `sorted`.
Edges edges_of(const std::vector<double>& sorted) {
    Edges edges;
    std::vector<double> distinct = sorted;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() <= kStepsMax) {
        for (std::size_t i = 0; i + 1 < distinct.size(); ++i) {
            edges.push_back(midway(distinct[i], distinct[i + 1]));
        }
    } else {
        for (std::size_t step = 1; step < kStepsMax; ++step) {
            const std::size_t at = step * sorted.size() / kStepsMax;
            const auto above = std::upper_bound(sorted.begin(), sorted.end(), sorted[at - 1]);
            if (above == sorted.end()) {
                break;
            }
            const double edge = midway(sorted[at - 1], *above);
            if (edges.empty() || edge > edges.back()) {
                edges.push_back(edge);
            }
        }
    }
    edges.push_back(std::numeric_limits<double>::max());  // Whatever is larger is known, too.
    return edges;
}

}  // namespace

BinnedTable bin(const Table& table) {
    BinnedTable binned;
    binned.rows = table.rows();
    for (std::size_t column = 0; column < table.columns; ++column) {
        std::vector<double> sorted;
        for (std::size_t row = 0; row < binned.rows; ++row) {
            const double x = table.values[row * table.columns + column];
            if (!std::isnan(x)) {
                sorted.push_back(x);
            }
        }
        std::sort(sorted.begin(), sorted.end());
        const Edges edges = edges_of(sorted);
        std::vector<std::uint8_t> steps(binned.rows);
        for (std::size_t row = 0; row < binned.rows; ++row) {
            const double x = table.values[row * table.columns + column];
            const auto step = std::lower_bound(edges.begin(), edges.end(), x) - edges.begin();
            steps[row] = std::isnan(x) ? kMissing : static_cast<std::uint8_t>(step);
        }
        binned.edges.push_back(edges);
        binned.steps.push_back(std::move(steps));
    }
    return binned;
}

}  // namespace atlas::learning::trees
