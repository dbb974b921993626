// SPDX-License-Identifier: Apache-2.0
// Trains a LinearModel: multinomial logistic regression by stochastic gradient steps with AdaGrad,
// in a shuffled order that a seed decides. The same examples and seed give the same model.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learning/text/linear_model.hpp"

namespace atlas::learning::text {

/// A description with what it should be: shares over classes that sum to 1.
struct TrainingExample {
    std::vector<std::uint64_t> features;
    struct Target {
        std::uint16_t class_index = 0;
        float share = 1;
    };
    std::vector<Target> targets;
    float weight = 1;
};

struct TrainingOptions {
    std::size_t class_count = 0;
    std::size_t rows_max = 32'000;  ///< Features kept: those seen most.
    std::uint32_t count_min = 2;    ///< Features seen less often are dropped.
    int epochs = 6;
    float rate = 0.3F;
    float decay = 1e-4F;  ///< Towards zero, a step.
    std::uint64_t seed = 1;
    /// Features that count as seen `preference` times more when rows are chosen: words somebody
    /// wrote down because they tell.
    std::span<const std::uint64_t> preferred = {};
    float preference = 0;
};

/// Cost: epochs × features × classes; about 3 s for 100,000 examples of 60 features.
LinearModel train_linear(std::span<const TrainingExample> examples, const TrainingOptions& options);

}  // namespace atlas::learning::text
