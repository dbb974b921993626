// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/boosting.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/format.hpp"
#include "learning/trees/check_training.hpp"

namespace atlas::learning::trees {
namespace {

constexpr double kSecondMin = 1e-12;

Gradient gradient_of(Loss loss, double answer, double target, double weight) {
    if (loss == Loss::squared) {
        return {weight * (answer - target), weight};
    }
    const double p = probability_of(answer);
    return {weight * (p - target), weight * std::max(p * (1 - p), kSecondMin)};
}

double loss_of(Loss loss, double answer, double target) {
    if (loss == Loss::squared) {
        return (answer - target) * (answer - target);
    }
    // log(1 + e^x) - t x, without overflow.
    return std::max(answer, 0.0) + std::log1p(std::exp(-std::abs(answer))) - target * answer;
}

double base_of(Loss loss, std::span<const double> targets, std::span<const double> weights) {
    double sum = 0;
    double weight = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const double w = weights.empty() ? 1 : weights[i];
        sum += w * targets[i];
        weight += w;
    }
    const double mean = sum / weight;
    if (loss == Loss::squared) {
        return mean;
    }
    const double p = std::clamp(mean, 1e-6, 1 - 1e-6);
    return std::log(p / (1 - p));
}

/// The columns a tree may not use hold one step: there is nothing to split.
BinnedTable with_some_columns(const BinnedTable& table, double share, Random& random) {
    const std::size_t count = table.steps.size();
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto kept = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count)));
    for (std::size_t i = 0; i < kept; ++i) {
        std::swap(order[i], order[i + random.below(count - i)]);
    }
    BinnedTable some = table;
    for (std::size_t i = kept; i < count; ++i) {
        some.edges[order[i]].assign(1, 0.0);
        std::fill(some.steps[order[i]].begin(), some.steps[order[i]].end(), std::uint8_t{0});
    }
    return some;
}

/// Follows the loss on rows that are not trained on.
class Watcher {
public:
    Watcher(const Watch& watch, Loss loss, double base)
        : watch_(watch),
          loss_(loss),
          answers_(watch.table.rows(), base) {}

    /// Takes in a tree; false when it is time to stop.
    bool see(const Tree& tree, int round) {
        double sum = 0;
        for (std::size_t i = 0; i < answers_.size(); ++i) {
            answers_[i] += predict(tree, watch_.table.row(i));
            sum += loss_of(loss_, answers_[i], watch_.targets[i]);
        }
        if (sum < best_loss_) {
            best_loss_ = sum;
            best_round_ = round;
        }
        return round - best_round_ < watch_.patience;
    }
    std::size_t best_trees() const { return static_cast<std::size_t>(best_round_) + 1; }

private:
    const Watch& watch_;
    Loss loss_;
    std::vector<double> answers_;
    double best_loss_ = std::numeric_limits<double>::infinity();
    int best_round_ = 0;
};

}  // namespace

double probability_of(double log_odds) {
    return 1 / (1 + std::exp(-log_odds));
}

Result<Ensemble> boost(const Table& table, std::span<const double> targets,
                       std::span<const double> weights, const BoostingOptions& options,
                       const std::optional<Watch>& watch) {
    ATLAS_TRY(check_training(table, targets, weights, options.grow));
    if (options.rounds < 1 || !(options.learning_rate > 0) || !(options.row_share > 0) ||
        options.row_share > 1 || !(options.columns_a_tree > 0) || options.columns_a_tree > 1) {
        return invalid_argument("options", "rounds, learning rate and shares are above 0");
    }
    if (options.loss == Loss::logistic &&
        std::ranges::any_of(targets, [](double t) { return t < 0 || t > 1; })) {
        return invalid_argument("targets", "a target of the logistic loss is not in 0 to 1");
    }
    Random random(options.seed);
    const BinnedTable binned = bin(table);
    Ensemble ensemble{table.columns, base_of(options.loss, targets, weights), {}};
    std::vector<double> answers(targets.size(), ensemble.base);
    std::vector<Gradient> gradients(targets.size());
    std::optional<Watcher> watcher;
    if (watch) {
        watcher.emplace(*watch, options.loss, ensemble.base);
    }
    for (int round = 0; round < options.rounds; ++round) {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            gradients[i] =
                gradient_of(options.loss, answers[i], targets[i], weights.empty() ? 1 : weights[i]);
        }
        std::vector<std::uint32_t> rows;
        for (std::uint32_t i = 0; i < targets.size(); ++i) {
            if (options.row_share >= 1 || random.uniform() < options.row_share) {
                rows.push_back(i);
            }
        }
        Tree tree = options.columns_a_tree < 1
                        ? grow(with_some_columns(binned, options.columns_a_tree, random), gradients,
                               rows, options.grow, random)
                        : grow(binned, gradients, rows, options.grow, random);
        for (Node& node : tree) {
            node.value *= options.learning_rate;
        }
        for (std::size_t i = 0; i < targets.size(); ++i) {
            answers[i] += predict(tree, table.row(i));
        }
        const bool goes_on = !watcher || watcher->see(tree, round);
        ensemble.trees.push_back(std::move(tree));
        if (!goes_on) {
            break;
        }
    }
    if (watcher) {
        ensemble.trees.resize(watcher->best_trees());
    }
    return ensemble;
}

}  // namespace atlas::learning::trees
