// SPDX-License-Identifier: Apache-2.0
// What the score's trees learn from: the examples as a smooth teacher sees them, people mixed from
// several examples, and copies with features hidden.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "learning/credit/score_model.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::credit {

/// Examples and copies of them with features hidden; a copy belongs to its example's fold.
struct Rows {
    trees::Table table{kFeatures.size(), {}};
    std::vector<std::size_t> example;  ///< Of each row.
    std::vector<double> weights;       ///< 1 of an example; its copies have 1 together.

    void add(const Household& household, std::size_t of, double weight);
    Household household(std::size_t row) const;
};

Rows with_hidden_features(std::span<const Example> examples, const TrainOptions& options);

struct Lessons {
    trees::Table table{kFeatures.size(), {}};
    std::vector<double> targets;
    std::vector<double> weights;
};

/// Lessons from the rows whose example is outside `fold` (all when it is -1). Support vectors learn
/// the scores themselves, by their absolute error; their answers are the targets. They are smooth,
/// which steps learnt from 7,000 noisy scores are not, but neither monotone nor quick to explain:
/// trees that imitate them are.
/// Errors: as SupportVectors::fit.
/// Source: L. Breiman and N. Shang, "Born again trees", 1996; C. Bucilă, R. Caruana and
/// A. Niculescu-Mizil, "Model compression", KDD 2006 (the mixed people: its MUNGE, without
/// neighbours).
Result<Lessons> prepare_lessons(std::span<const Example> examples, const Rows& rows,
                                std::span<const int> folds, int fold, const TrainOptions& options);

}  // namespace atlas::learning::credit
