// SPDX-License-Identifier: Apache-2.0
#include "learning/calibration/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace atlas::learning::calibration {

double expected_calibration_error(std::span<const Outcome> outcomes, std::size_t bins) {
    ATLAS_CHECK(bins > 0);
    struct Bin {
        double claimed = 0;
        double right = 0;
    };
    std::vector<Bin> table(bins);
    for (const Outcome& outcome : outcomes) {
        const double place = std::clamp(outcome.confidence, 0.0, 1.0) * static_cast<double>(bins);
        Bin& bin = table[std::min(static_cast<std::size_t>(place), bins - 1)];
        bin.claimed += outcome.confidence;
        bin.right += outcome.is_right ? 1.0 : 0.0;
    }
    double sum = 0;
    for (const Bin& bin : table) {
        sum += std::abs(bin.claimed - bin.right);
    }
    return outcomes.empty() ? 0 : sum / static_cast<double>(outcomes.size());
}

Interval wilson(std::size_t successes, std::size_t trials, double z) {
    ATLAS_CHECK(successes <= trials);
    if (trials == 0) {
        return {};
    }
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double centre = share + z * z / (2 * n);
    const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {std::max(0.0, (centre - half) / scale), std::min(1.0, (centre + half) / scale)};
}

Result<Calibration> Calibration::create(std::vector<Knot> knots) {
    for (std::size_t i = 0; i < knots.size(); ++i) {
        const Knot& knot = knots[i];
        const bool is_inside =
            knot.score >= 0 && knot.score <= 1 && knot.probability >= 0 && knot.probability <= 1;
        const bool rises = i == 0 || (knots[i - 1].score < knot.score &&
                                      knots[i - 1].probability <= knot.probability);
        if (!is_inside || !rises) {
            return invalid_argument({}, "a calibration's knots have to rise within 0 and 1");
        }
    }
    Calibration calibration;
    calibration.knots_ = std::move(knots);
    return calibration;
}

Calibration Calibration::fit(std::vector<Outcome> outcomes, std::size_t bin_min) {
    ATLAS_CHECK(bin_min > 0);
    std::ranges::sort(outcomes, {}, &Outcome::confidence);
    struct Block {
        double score = 0;
        double right = 0;
        double count = 0;
        double share() const { return right / count; }
    };
    std::vector<Block> blocks;
    for (std::size_t from = 0; from < outcomes.size();) {
        std::size_t to = std::min(from + bin_min, outcomes.size());
        if (outcomes.size() - to < bin_min) {
            to = outcomes.size();
        }
        Block block;
        for (std::size_t i = from; i < to; ++i) {
            block.score += outcomes[i].confidence;
            block.right += outcomes[i].is_right ? 1 : 0;
            block.count += 1;
        }
        blocks.push_back(block);
        while (blocks.size() > 1 && blocks[blocks.size() - 2].share() >= blocks.back().share()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().score += last.score;
            blocks.back().right += last.right;
            blocks.back().count += last.count;
        }
        from = to;
    }
    Calibration calibration;
    for (const Block& block : blocks) {
        const double score = block.score / block.count;
        if (calibration.knots_.empty() || calibration.knots_.back().score < score) {
            calibration.knots_.push_back({score, block.share()});
        }
    }
    return calibration;
}

double Calibration::operator()(double score) const {
    if (knots_.empty()) {
        return score;
    }
    if (score <= knots_.front().score) {
        return knots_.front().score > 0 ? knots_.front().probability * score / knots_.front().score
                                        : knots_.front().probability;
    }
    if (score >= knots_.back().score) {
        const Knot& last = knots_.back();
        return last.score < 1 ? last.probability + (1 - last.probability) * 0.5 *
                                                       (score - last.score) / (1 - last.score)
                              : last.probability;
    }
    const auto above = std::ranges::upper_bound(knots_, score, {}, &Knot::score);
    const Knot& high = *above;
    const Knot& low = *(above - 1);
    const double share = (score - low.score) / (high.score - low.score);
    return low.probability + share * (high.probability - low.probability);
}

}  // namespace atlas::learning::calibration
