// SPDX-License-Identifier: Apache-2.0
#include "learning/text/linear_model.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/check.hpp"
#include "base/little_endian.hpp"

namespace atlas::learning::text {
namespace {

constexpr std::size_t kLanes = 16;

std::uint32_t tag_of(std::uint64_t feature) {
    return static_cast<std::uint32_t>(feature >> 32);
}

}  // namespace

LinearModel LinearModel::create(std::size_t class_count, std::span<const float> bias,
                                std::span<const Row> rows) {
    ATLAS_CHECK(class_count > 0 && class_count <= kClassesMax);
    ATLAS_CHECK(bias.size() == class_count);
    LinearModel model;
    model.class_count_ = class_count;
    model.stride_ = (class_count + kLanes - 1) / kLanes * kLanes;
    model.bias_.assign(bias.begin(), bias.end());
    float largest = 1e-6F;
    for (const Row& row : rows) {
        ATLAS_CHECK(row.weights.size() == class_count);
        for (const float weight : row.weights) {
            largest = std::max(largest, std::abs(weight));
        }
    }
    constexpr float kSteps = 127;
    model.scale_ = largest / kSteps;
    model.weights_.resize(rows.size() * model.stride_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ATLAS_CHECK(i == 0 || rows[i - 1].feature < rows[i].feature);
        model.features_.push_back(rows[i].feature);
        for (std::size_t c = 0; c < class_count; ++c) {
            model.weights_[i * model.stride_ + c] =
                static_cast<std::int8_t>(std::lround(rows[i].weights[c] / model.scale_));
        }
    }
    model.index();
    return model;
}

void LinearModel::index() {
    slots_.assign(std::bit_ceil(std::max<std::size_t>(features_.size() * 2, 16)), Slot{});
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < features_.size(); ++i) {
        std::size_t at = features_[i] & mask;
        while (slots_[at].row != kNone) {
            at = (at + 1) & mask;
        }
        slots_[at] = {tag_of(features_[i]), static_cast<std::uint32_t>(i)};
    }
}

std::uint32_t LinearModel::find(std::uint64_t feature) const {
    const std::size_t mask = slots_.size() - 1;
    const std::uint32_t tag = tag_of(feature);
    for (std::size_t at = feature & mask; slots_[at].row != kNone; at = (at + 1) & mask) {
        if (slots_[at].tag == tag) {
            return slots_[at].row;
        }
    }
    return kNone;
}

LinearModel::Score LinearModel::score(std::span<const std::uint64_t> features,
                                      std::span<float> out) const {
    ATLAS_CHECK(out.size() == class_count_);
    if (slots_.empty()) {
        std::ranges::fill(out, 0.0F);
        return {};
    }
    // At most kFeaturesMax rows of ±127: 16 bits hold 258 of them.
    std::array<std::int16_t, kClassesMax> sums{};
    Score score;
    // Slots, then rows, are asked for ahead of their use: most are not in the cache.
    for (const std::uint64_t feature : features) {
        __builtin_prefetch(slots_.data() + (feature & (slots_.size() - 1)));
    }
    std::array<std::uint32_t, kFeaturesMax> rows;
    for (const std::uint64_t feature : features.first(std::min(features.size(), kFeaturesMax))) {
        const std::uint32_t row = find(feature);
        if (row != kNone) {
            rows[score.known++] = row;
            __builtin_prefetch(weights_.data() + row * stride_);
            __builtin_prefetch(weights_.data() + row * stride_ + 64);
        }
    }
    for (std::size_t i = 0; i < score.known; ++i) {
        const std::int8_t* weights = weights_.data() + rows[i] * stride_;
        for (std::size_t c = 0; c < stride_; ++c) {
            sums[c] = static_cast<std::int16_t>(sums[c] + weights[c]);
        }
    }
    for (std::size_t c = 0; c < class_count_; ++c) {
        out[c] = bias_[c] + scale_ * static_cast<float>(sums[c]);
    }
    return score;
}

LinearModel::Score LinearModel::score_slowly(std::span<const std::uint64_t> features,
                                             std::span<float> out) const {
    std::vector<int> sums(class_count_, 0);
    Score score;
    for (const std::uint64_t feature : features) {
        const auto at = std::ranges::lower_bound(features_, feature);
        if (at == features_.end() || *at != feature) {
            continue;
        }
        ++score.known;
        const auto row = static_cast<std::size_t>(at - features_.begin());
        for (std::size_t c = 0; c < class_count_; ++c) {
            sums[c] += weights_[row * stride_ + c];
        }
    }
    for (std::size_t c = 0; c < class_count_; ++c) {
        out[c] = bias_[c] + scale_ * static_cast<float>(sums[c]);
    }
    return score;
}

std::string LinearModel::encode() const {
    ByteWriter out;
    out.number(static_cast<std::uint32_t>(class_count_));
    out.number(scale_);
    out.array(bias_);
    out.array(features_);
    out.array(weights_);
    return out.take();
}

Result<LinearModel> LinearModel::decode(std::string_view bytes) {
    ByteReader in(bytes);
    LinearModel model;
    model.class_count_ = in.number<std::uint32_t>();
    model.scale_ = in.number<float>();
    model.bias_ = in.array<float>();
    model.features_ = in.array<std::uint64_t>();
    model.weights_ = in.array<std::int8_t>();
    ATLAS_TRY(in.finish());
    model.stride_ = (model.class_count_ + kLanes - 1) / kLanes * kLanes;
    const bool fits = model.class_count_ > 0 && model.class_count_ <= kClassesMax &&
                      model.bias_.size() == model.class_count_ &&
                      model.weights_.size() == model.features_.size() * model.stride_ &&
                      std::isfinite(model.scale_) && std::ranges::is_sorted(model.features_);
    if (!fits) {
        return fail(ErrorCode::data_loss, {}, "the text model's parts do not fit together");
    }
    model.index();
    return model;
}

std::size_t LinearModel::footprint() const {
    return weights_.size() + features_.size() * sizeof(std::uint64_t) +
           slots_.size() * sizeof(Slot) + bias_.size() * sizeof(float);
}

}  // namespace atlas::learning::text
