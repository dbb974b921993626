// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/assignment.hpp"

#include <algorithm>
#include <limits>

namespace atlas::finance::ledger {
namespace {

/// Square costs 1..n (0 is the root of the search): -gain, and 0 for leaving a row alone.
class Solver {
public:
    explicit Solver(const std::vector<std::vector<double>>& gain)
        : gain_(gain),
          size_(std::max(gain.size(), gain.empty() ? 0 : gain.front().size())),
          row_price_(size_ + 1, 0.0),
          column_price_(size_ + 1, 0.0),
          row_of_column_(size_ + 1, 0),
          way_(size_ + 1, 0) {}

    Assignment run() {
        for (std::size_t row = 1; row <= size_; ++row) {
            augment(row);
        }
        Assignment out{.column_of_row = {}, .total = 0.0};
        out.column_of_row.resize(gain_.size());
        for (std::size_t column = 1; column <= size_; ++column) {
            const std::size_t row = row_of_column_[column];
            if (cost(row, column) < 0.0) {
                out.column_of_row[row - 1] = column - 1;
                out.total -= cost(row, column);
            }
        }
        return out;
    }

private:
    double cost(std::size_t row, std::size_t column) const {
        const bool real = row <= gain_.size() && column <= gain_.front().size();
        return real ? -std::max(0.0, gain_[row - 1][column - 1]) : 0.0;
    }

    /// Finds the cheapest way to give `row` a column, moving others along it.
    void augment(std::size_t row) {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        std::vector<double> reach(size_ + 1, kInfinity);
        std::vector<bool> done(size_ + 1, false);
        row_of_column_[0] = row;
        std::size_t column = 0;
        do {
            done[column] = true;
            const std::size_t here = row_of_column_[column];
            double step = kInfinity;
            std::size_t next = 0;
            for (std::size_t j = 1; j <= size_; ++j) {
                if (done[j]) {
                    continue;
                }
                const double reduced = cost(here, j) - row_price_[here] - column_price_[j];
                if (reduced < reach[j]) {
                    reach[j] = reduced;
                    way_[j] = column;
                }
                if (reach[j] < step) {
                    step = reach[j];
                    next = j;
                }
            }
            for (std::size_t j = 0; j <= size_; ++j) {
                if (done[j]) {
                    row_price_[row_of_column_[j]] += step;
                    column_price_[j] -= step;
                } else {
                    reach[j] -= step;
                }
            }
            column = next;
        } while (row_of_column_[column] != 0);
        while (column != 0) {
            row_of_column_[column] = row_of_column_[way_[column]];
            column = way_[column];
        }
    }

    const std::vector<std::vector<double>>& gain_;
    std::size_t size_;
    std::vector<double> row_price_;
    std::vector<double> column_price_;
    std::vector<std::size_t> row_of_column_;
    std::vector<std::size_t> way_;
};

}  // namespace

Assignment best_assignment(const std::vector<std::vector<double>>& gain) {
    return gain.empty() || gain.front().empty()
               ? Assignment{.column_of_row = std::vector<std::optional<std::size_t>>(gain.size()),
                            .total = 0.0}
               : Solver(gain).run();
}

}  // namespace atlas::finance::ledger
