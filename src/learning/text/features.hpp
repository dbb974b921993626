// SPDX-License-Identifier: Apache-2.0
// Hashed features of a description: its words, their stems, pairs of words, letter n-grams. All
// over the Latin form of the words, so that a shop is the same in two scripts; numbers say nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "finance/merchants/merchant_text.hpp"

namespace atlas::learning::text {

/// A list of fixed room; what does not fit is left out, the same way every time.
class FeatureList {
public:
    static constexpr std::size_t kMax = 160;

    void clear() { count_ = 0; }
    void add(std::uint64_t feature) {
        if (count_ < kMax) {
            features_[count_++] = feature;
        }
    }
    std::span<const std::uint64_t> features() const { return {features_.data(), count_}; }

private:
    std::array<std::uint64_t, kMax> features_;
    std::size_t count_ = 0;
};

/// Seeds of the kinds of feature; part of the artefact's format, never renumbered.
enum class FeatureKind : std::uint8_t { word = 1, pair = 2, stem = 3, ngram = 4, shape = 5 };

/// Replaces what is in `out`. Cost: about 20 ns a letter.
void extract_features(const finance::merchants::MerchantText& text, FeatureList& out);

/// The feature of one whole word, as extract_features makes it.
std::uint64_t word_feature(std::uint64_t word_hash);

}  // namespace atlas::learning::text
