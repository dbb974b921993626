// SPDX-License-Identifier: Apache-2.0
// The categoriser's artefact, decoded: the tree, the merchants, the words, the merchant codes, how
// often what is bought, and the few numbers that weigh evidence. Nobody's purchases are in it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "learning/calibration/calibration.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/knowledge.hpp"
#include "learning/categorise/taxonomy.hpp"
#include "learning/text/linear_model.hpp"

namespace atlas::learning::categorise {

/// Kinds of small evidence that memory counts; part of the format, never renumbered.
enum class Evidence : std::uint8_t {
    word,        ///< A word of the description.
    pair,        ///< Two that follow each other.
    stem,        ///< The first five letters of a longer word.
    first_word,  ///< The first content word: often the merchant alone.
    merchant_code,
    amount,          ///< Direction and size.
    known_category,  ///< What the knowledge base says of the merchant.
    model_category,  ///< What the model would say without memory.
    account,
    full_text,  ///< Numbers included.
    day,        ///< Kept free: the day of the month told nothing.
};
inline constexpr std::size_t kEvidenceKinds = 11;

/// How evidence is weighed: hyper-parameters, the same for everybody.
struct Fusion {
    float text_scale = 0.45F;
    float prior_scale = 1.0F;
    std::array<float, 5> match_bonus = {4.5F, 2.5F, 0.5F, 3.0F, 3.0F};  ///< By MatchQuality.
    float common_word_factor = 0.2F;
    float off_region_factor = 0.2F;
    float code_bonus = 8.0F;      ///< Of the MCC's category.
    float code_top_bonus = 1.5F;  ///< Of its neighbours under the same top.
    float habit_alpha = 8.0F;     ///< Examples the shipped model's meaning weighs.
    float prior_alpha = 30.0F;    ///< Examples the general prior weighs against the user's own.
    float prior_mix = 0.05F;      ///< Share of a category that only habit speaks for.
    std::array<float, kEvidenceKinds> weights = {0.3F, 0.4F, 0.5F, 0.5F, 1.2F, 0.5F,
                                                 0.1F, 0.0F, 0.3F, 0.3F, 0.0F};
    std::array<float, kEvidenceKinds> betas = {2.5F, 0.5F, 1.2F,  1.0F, 1.0F, 5.0F,
                                               0.8F, 2.0F, 10.0F, 1.2F, 10.0F};
    float evidence_cap = 6.0F;    ///< Summed log-odds of a category, at most.
    float merchant_alpha = 2.5F;  ///< Examples that everything below weighs.
    float text_alpha = 0.5F;
    float rank_decay = 0.6F;       ///< Of an example for each newer one.
    float opposite_weight = 0.1F;  ///< Of an example with money the other way.
    float amount_scale = 24.0F;    ///< Quarter-octaves at which an example counts half.
};

struct Model {
    Taxonomy taxonomy;
    std::uint64_t taxonomy_print = 0;
    Knowledge knowledge;
    text::LinearModel words;
    std::vector<float> log_prior_out;            ///< By leaf, money out.
    std::vector<float> log_prior_in;             ///< By leaf, money in.
    std::vector<CategoryIndex> code_categories;  ///< By MCC, kNoCategory where unknown.
    Fusion fusion;
    Thresholds thresholds;
    calibration::Calibration leaf_calibration;
    calibration::Calibration top_calibration;
    calibration::Calibration cold_leaf_calibration;  ///< Where memory has nothing to say.
    calibration::Calibration cold_top_calibration;

    std::string encode() const;
    /// Errors: data_loss, unsupported.
    static Result<Model> decode(std::string_view bytes);
    std::size_t footprint() const;
};

}  // namespace atlas::learning::categorise
