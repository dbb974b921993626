// SPDX-License-Identifier: Apache-2.0
// A linear classifier over hashed features: a dictionary of the features it knows, and for each a
// row of one signed byte a class. What it does not know adds nothing, so that a string of strange
// words stays at the bias.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace atlas::learning::text {

class LinearModel {
public:
    /// Classes are padded to a multiple of 16, so that a row is whole vectors.
    static constexpr std::size_t kClassesMax = 112;
    /// Of a description; what comes after is not looked at. FeatureList::kMax is no more.
    static constexpr std::size_t kFeaturesMax = 160;

    LinearModel() = default;

    /// `rows`: features in rising order, each with `class_count` weights.
    struct Row {
        std::uint64_t feature = 0;
        std::vector<float> weights;
    };
    static LinearModel create(std::size_t class_count, std::span<const float> bias,
                              std::span<const Row> rows);

    std::size_t class_count() const { return class_count_; }
    std::size_t row_count() const { return features_.size(); }

    struct Score {
        std::size_t known = 0;  ///< Features that the dictionary holds.
    };
    /// Sums the rows of `features` into `out` (class_count numbers), bias included.
    Score score(std::span<const std::uint64_t> features, std::span<float> out) const;
    /// The same, one look-up and one number at a time: the reference the fast one is tested
    /// against.
    Score score_slowly(std::span<const std::uint64_t> features, std::span<float> out) const;

    /// Little-endian; read back by decode. Errors: data_loss when the bytes do not fit together.
    std::string encode() const;
    static Result<LinearModel> decode(std::string_view bytes);

    std::size_t footprint() const;

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::uint32_t find(std::uint64_t feature) const;
    void index();

    std::size_t class_count_ = 0;
    std::size_t stride_ = 0;
    float scale_ = 1;  ///< What one step of a weight is worth.
    std::vector<float> bias_;
    std::vector<std::uint64_t> features_;  ///< Rising; row i's feature.
    std::vector<std::int8_t> weights_;     ///< row_count × stride.
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t row = kNone;
    };
    std::vector<Slot> slots_;
};

}  // namespace atlas::learning::text
