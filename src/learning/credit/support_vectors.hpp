// SPDX-License-Identifier: Apache-2.0
// Support vector regression: a smooth function of a few columns that cares for the absolute error
// and not for the squared one. Slow to ask; the score's trees learn from it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::credit {

struct SupportVectorOptions {
    double steepness = 0.05;  ///< γ of the kernel exp(−γ·|a−b|²); columns are standardised.
    double weight_max = 30;   ///< C: how far one row may pull.
    double tolerance = 10;    ///< ε: an error as small as this costs nothing.
    int passes_max = 200;
    std::uint64_t seed = 1;  ///< Of the order in which rows are looked at.
};

class SupportVectors {
public:
    /// Rows × rows × 4 bytes of memory while it fits.
    /// Shapes: as many targets as rows. Errors: invalid_argument (shapes, no rows, more than
    /// kSupportRowsMax, a value or a target that is not finite).
    /// Cost: passes × rows², some 0.5 s for 7,000 rows.
    /// Source: V. Vapnik, "The nature of statistical learning theory", 1995, chapter 6; the dual
    /// coordinate by coordinate: C.-H. Ho and C.-J. Lin, "Large-scale linear support vector
    /// regression", JMLR 13, 2012, here with a kernel; the constant as a kernel of its own.
    static Result<SupportVectors> fit(const trees::Table& table, std::span<const double> targets,
                                      const SupportVectorOptions& options);

    /// Shapes: as many values as the table had columns. Cost: vectors × columns.
    double predict(std::span<const double> row) const;

    std::size_t count() const { return weights_.size(); }

private:
    std::vector<double> standardised(std::span<const double> row) const;

    double steepness_ = 0;
    double middle_ = 0;  ///< Of the targets.
    double constant_ = 0;
    std::vector<double> means_;
    std::vector<double> scales_;
    std::vector<double> vectors_;  ///< Rows with a weight, standardised, one after the other.
    std::vector<double> weights_;
};

inline constexpr std::size_t kSupportRowsMax = 20'000;

}  // namespace atlas::learning::credit
