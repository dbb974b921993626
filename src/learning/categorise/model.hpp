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
    full_text,     ///< Numbers included.
    day,           ///< Kept free: the day of the month told nothing.
    exact_amount,  ///< Direction and the very amount.
    bare_amount,   ///< The very amount where the text says nothing.
    bare_band,     ///< Direction and size where the text says nothing.
};
inline constexpr std::size_t kEvidenceKinds = 14;

/// How evidence is weighed: hyper-parameters, the same for everybody.
struct Fusion {
    float text_scale = 0.5F;
    float prior_scale = 0.625F;
    float unlisted_mix = 0.3F;  ///< How far an unknown name is judged by what unlisted shops sell.
    float amount_weight = 0.45F;  ///< Of how usual the amount is, without memory.
    std::array<float, 5> match_bonus = {4.0F, 2.4F, 1.5F, 2.0F, 2.0F};  ///< By MatchQuality.
    float common_word_factor = 0.6F;
    float off_region_factor = 0.35F;
    float code_bonus = 10.2F;     ///< Of the MCC's category.
    float code_top_bonus = 1.6F;  ///< Of its neighbours under the same top.
    float habit_alpha = 28.9F;    ///< Examples the shipped model's meaning weighs.
    float prior_alpha = 26.2F;    ///< Examples the general prior weighs against the user's own.
    float prior_mix = 0.0895F;    ///< Share of a category that only habit speaks for.
    std::array<float, kEvidenceKinds> weights = {0.365F, 0.26F,  0.3F,  0.138F, 0.768F,
                                                 0.221F, 0.117F, 0.0F,  0.3F,   0.48F,
                                                 0.0F,   0.228F, 1.23F, 0.3F};
    std::array<float, kEvidenceKinds> betas = {5.12F, 3.04F, 1.35F, 0.919F, 2.0F,  1.08F, 2.0F,
                                               2.0F,  10.0F, 2.09F, 2.0F,   3.89F, 2.0F,  1.47F};
    float evidence_cap = 8.16F;   ///< Summed log-odds of a category, at most.
    float merchant_alpha = 3.2F;  ///< Examples that everything below weighs.
    float text_alpha = 0.391F;
    float rank_decay = 0.273F;        ///< Of an example for each newer one.
    float opposite_weight = 0.0732F;  ///< Of an example with money the other way.
    float amount_scale = 6.25F;       ///< Quarter-octaves at which an example counts half.
    /// A top the user files under as such gives its share to its leaves while it is no likelier
    /// than this many times the likeliest of them.
    float parent_yield = 2.0F;
    float round_weight = 0.8F;  ///< Of how round the amount is, without memory.
};

/// Of larger amounts about one in twelve is one digit and zeros, where nobody wrote down another.
inline constexpr float kRoundShare = 0.08F;
inline constexpr float kRoundShareMin = 0.01F;
inline constexpr float kRoundShareMax = 0.8F;

struct Model {
    Taxonomy taxonomy;
    std::uint64_t taxonomy_print = 0;
    Knowledge knowledge;
    text::LinearModel words;
    std::vector<float> log_prior_out;       ///< By leaf, money out.
    std::vector<float> log_prior_in;        ///< By leaf, money in.
    std::vector<float> log_prior_unlisted;  ///< By leaf, money out at a name nobody listed.
    std::vector<float> amount_centre;       ///< By leaf: ln of the usual amount in dollars.
    std::vector<float> amount_spread;       ///< By leaf, in ln; 0: any amount is usual.
    /// By leaf: of larger amounts, the share of one digit and zeros; empty in an older artefact.
    std::vector<float> amount_round;
    std::vector<float> prior_out;  ///< e to the logs above.
    std::vector<float> prior_in;
    std::vector<float> amount_precision;         ///< 1 / spread, 0 where any amount is usual.
    std::vector<float> amount_log_precision;     ///< Its logarithm, 0 there too.
    std::vector<float> amount_log_round;         ///< What one digit and zeros say for a leaf.
    std::vector<float> amount_log_odd;           ///< What three digits or more say for it.
    std::vector<CategoryIndex> code_categories;  ///< By MCC, kNoCategory where unknown.
    Fusion fusion;
    Thresholds thresholds;
    calibration::Calibration leaf_calibration;
    calibration::Calibration top_calibration;
    calibration::Calibration cold_leaf_calibration;  ///< Where memory has nothing to say.
    calibration::Calibration cold_top_calibration;

    /// Fills what follows from the rest.
    void derive();

    std::string encode() const;
    /// Errors: data_loss, unsupported.
    static Result<Model> decode(std::string_view bytes);
    std::size_t footprint() const;
};

}  // namespace atlas::learning::categorise
