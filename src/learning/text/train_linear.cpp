// SPDX-License-Identifier: Apache-2.0
#include "learning/text/train_linear.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/check.hpp"
#include "base/random.hpp"

namespace atlas::learning::text {
namespace {

constexpr std::size_t kRememberEvery = 10'000;  // Examples; after the first epoch.

/// Which features are kept, in rising order, and the row of each.
struct Dictionary {
    std::vector<std::uint64_t> features;
    std::unordered_map<std::uint64_t, std::uint32_t> rows;
};

Dictionary choose_features(std::span<const TrainingExample> examples,
                           const TrainingOptions& options) {
    std::unordered_map<std::uint64_t, float> seen;
    for (const TrainingExample& example : examples) {
        for (const std::uint64_t feature : example.features) {
            seen[feature] += example.weight;
        }
    }
    std::vector<std::pair<float, std::uint64_t>> ranked;
    for (const auto& [feature, count] : seen) {
        if (count >= static_cast<float>(options.count_min)) {
            ranked.emplace_back(-count, feature);
        }
    }
    for (const std::uint64_t feature : options.preferred) {
        if (const auto at = seen.find(feature); at != seen.end()) {
            ranked.emplace_back(-at->second - options.preference, feature);
        }
    }
    std::ranges::sort(ranked);
    Dictionary dictionary;
    std::unordered_set<std::uint64_t> taken;
    for (const auto& [count, feature] : ranked) {
        if (dictionary.features.size() < options.rows_max && taken.insert(feature).second) {
            dictionary.features.push_back(feature);
        }
    }
    std::ranges::sort(dictionary.features);
    for (std::size_t i = 0; i < dictionary.features.size(); ++i) {
        dictionary.rows.emplace(dictionary.features[i], static_cast<std::uint32_t>(i));
    }
    return dictionary;
}

/// The weights while they are learned: rows × classes, the bias last.
class Learner {
public:
    Learner(std::size_t rows, const TrainingOptions& options)
        : options_(options),
          class_count_(options.class_count),
          weights_((rows + 1) * class_count_, 0.0F),
          squares_((rows + 1) * class_count_, 1e-3F),
          bias_row_(static_cast<std::uint32_t>(rows)),
          gradient_(class_count_) {}

    void learn(std::span<const std::uint32_t> rows, const TrainingExample& example) {
        softmax(rows);
        for (float& share : gradient_) {
            share *= example.weight;
        }
        for (const TrainingExample::Target& target : example.targets) {
            gradient_[target.class_index] -= target.share * example.weight;
        }
        // A long description must not learn faster than a short one.
        const float share = 1.0F / std::sqrt(static_cast<float>(rows.size() + 1));
        for (const std::uint32_t row : rows) {
            step(row, share, options_.decay);
        }
        step(bias_row_, share, 0);
    }

    /// Remembers the weights as they are now; the mean of what was remembered wobbles less than
    /// the last step does.
    void remember() {
        sum_.resize(weights_.size(), 0.0F);
        for (std::size_t i = 0; i < sum_.size(); ++i) {
            sum_[i] += weights_[i];
        }
        ++remembered_;
    }
    void settle() {
        if (remembered_ == 0) {
            return;
        }
        for (std::size_t i = 0; i < sum_.size(); ++i) {
            weights_[i] = sum_[i] / static_cast<float>(remembered_);
        }
    }

    std::span<const float> row(std::size_t index) const {
        return std::span(weights_).subspan(index * class_count_, class_count_);
    }
    std::span<const float> bias() const { return row(bias_row_); }

private:
    void softmax(std::span<const std::uint32_t> rows) {
        std::copy_n(weights_.begin() + static_cast<long>(bias_row_ * class_count_), class_count_,
                    gradient_.begin());
        for (const std::uint32_t row : rows) {
            const float* weights = weights_.data() + row * class_count_;
            for (std::size_t c = 0; c < class_count_; ++c) {
                gradient_[c] += weights[c];
            }
        }
        const float top = *std::ranges::max_element(gradient_);
        float sum = 0;
        for (float& value : gradient_) {
            value = std::exp(value - top);
            sum += value;
        }
        for (float& value : gradient_) {
            value /= sum;
        }
    }
    void step(std::uint32_t row, float share, float decay) {
        float* weights = weights_.data() + row * class_count_;
        float* squares = squares_.data() + row * class_count_;
        for (std::size_t c = 0; c < class_count_; ++c) {
            const float g = gradient_[c] * share + decay * weights[c];
            squares[c] += g * g;
            weights[c] -= options_.rate * g / std::sqrt(squares[c]);
        }
    }

    const TrainingOptions& options_;
    std::size_t class_count_;
    std::vector<float> weights_;
    std::vector<float> squares_;
    std::vector<float> sum_;
    std::size_t remembered_ = 0;
    std::uint32_t bias_row_;
    std::vector<float> gradient_;
};

}  // namespace

LinearModel train_linear(std::span<const TrainingExample> examples,
                         const TrainingOptions& options) {
    ATLAS_CHECK(options.class_count > 0 && options.class_count <= LinearModel::kClassesMax);
    const Dictionary dictionary = choose_features(examples, options);
    std::vector<std::vector<std::uint32_t>> rows(examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i) {
        for (const std::uint64_t feature : examples[i].features) {
            if (const auto at = dictionary.rows.find(feature); at != dictionary.rows.end()) {
                rows[i].push_back(at->second);
            }
        }
    }
    Learner learner(dictionary.features.size(), options);
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Random random(options.seed);
    std::size_t seen = 0;
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) {
            std::swap(order[i - 1], order[random.below(i)]);
        }
        for (const std::size_t i : order) {
            learner.learn(rows[i], examples[i]);
            if (epoch > 0 && ++seen % kRememberEvery == 0) {
                learner.remember();
            }
        }
    }
    learner.settle();
    std::vector<LinearModel::Row> table(dictionary.features.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto weights = learner.row(i);
        table[i] = {dictionary.features[i], {weights.begin(), weights.end()}};
    }
    return LinearModel::create(options.class_count, learner.bias(), table);
}

}  // namespace atlas::learning::text
