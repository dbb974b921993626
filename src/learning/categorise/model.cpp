// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/model.hpp"

#include <algorithm>
#include <cmath>

#include "base/little_endian.hpp"
#include "finance/merchants/merchant_text.hpp"
#include "learning/artefact/sections.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr std::size_t kCodes = 10'000;

constexpr float kTwoDigitShare = 0.13F;  // Of larger amounts, whatever they are for.

/// Everything of Fusion in a fixed order; the section is as long as this list.
template <class FusionLike, class Visit>
void for_each_number(FusionLike& fusion, Visit visit) {
    visit(fusion.text_scale);
    visit(fusion.prior_scale);
    visit(fusion.unlisted_mix);
    visit(fusion.amount_weight);
    for (auto& bonus : fusion.match_bonus) {
        visit(bonus);
    }
    visit(fusion.common_word_factor);
    visit(fusion.off_region_factor);
    visit(fusion.code_bonus);
    visit(fusion.code_top_bonus);
    visit(fusion.habit_alpha);
    visit(fusion.prior_alpha);
    visit(fusion.prior_mix);
    for (auto& weight : fusion.weights) {
        visit(weight);
    }
    for (auto& beta : fusion.betas) {
        visit(beta);
    }
    visit(fusion.evidence_cap);
    visit(fusion.merchant_alpha);
    visit(fusion.text_alpha);
    visit(fusion.rank_decay);
    visit(fusion.opposite_weight);
    visit(fusion.amount_scale);
    visit(fusion.parent_yield);
    visit(fusion.round_weight);
}

std::string encode_calibration(const calibration::Calibration& calibration) {
    ByteWriter out;
    std::vector<double> numbers;
    for (const auto& knot : calibration.knots()) {
        numbers.insert(numbers.end(), {knot.score, knot.probability});
    }
    out.array(numbers);
    return out.take();
}

Result<calibration::Calibration> decode_calibration(std::string_view bytes) {
    ByteReader in(bytes);
    const auto numbers = in.array<double>();
    ATLAS_TRY(in.finish());
    std::vector<calibration::Calibration::Knot> knots;
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
        knots.push_back({numbers[i], numbers[i + 1]});
    }
    auto calibration = calibration::Calibration::create(std::move(knots));
    if (!calibration.has_value()) {
        return fail(ErrorCode::data_loss, {}, calibration.error().message);
    }
    return calibration;
}

Result<void> require(bool fits) {
    if (!fits) {
        return fail(ErrorCode::data_loss, {}, "the categoriser's parts do not fit together");
    }
    return {};
}

std::string encode_numbers(const Model& model) {
    std::vector<float> numbers;
    for_each_number(model.fusion, [&](float value) { numbers.push_back(value); });
    ByteWriter out;
    out.array(numbers);
    out.number(model.thresholds.leaf);
    out.number(model.thresholds.parent);
    out.number(model.thresholds.cold_leaf);
    out.number(model.thresholds.cold_parent);
    return out.take();
}

Result<void> decode_numbers(std::string_view bytes, Model& model) {
    ByteReader in(bytes);
    const auto numbers = in.array<float>();
    model.thresholds.leaf = in.number<double>();
    model.thresholds.parent = in.number<double>();
    model.thresholds.cold_leaf = in.number<double>();
    model.thresholds.cold_parent = in.number<double>();
    ATLAS_TRY(in.finish());
    std::size_t at = 0;
    for_each_number(model.fusion, [&](float& value) {
        value = at < numbers.size() ? numbers[at] : value;
        ++at;
    });
    const auto is_finite = [](float value) { return std::isfinite(value); };
    // An artefact of before the last number was thought of has one less.
    const bool fits = numbers.size() == at || numbers.size() + 1 == at;
    return require(fits && std::ranges::all_of(numbers, is_finite));
}

/// How round amounts are; left empty where an older artefact does not say.
Result<void> decode_round(const artefact::Sections& sections, Model& model) {
    const auto bytes = sections.find("round");
    if (!bytes.has_value()) {
        return {};
    }
    ByteReader in(*bytes);
    model.amount_round = in.array<float>();
    ATLAS_TRY(in.finish());
    const auto is_share = [](float share) {
        return share >= kRoundShareMin && share <= kRoundShareMax;
    };
    return require(model.amount_round.size() == model.taxonomy.leaves().size() &&
                   std::ranges::all_of(model.amount_round, is_share));
}

}  // namespace

void Model::derive() {
    const auto to_shares = [](const std::vector<float>& logs) {
        std::vector<float> shares;
        for (const float log : logs) {
            shares.push_back(std::exp(log));
        }
        return shares;
    };
    prior_out = to_shares(log_prior_out);
    prior_in = to_shares(log_prior_in);
    amount_precision.clear();
    amount_log_precision.clear();
    for (const float spread : amount_spread) {
        amount_precision.push_back(spread > 0 ? 1 / spread : 0.0F);
        amount_log_precision.push_back(spread > 0 ? -std::log(spread) : 0.0F);
    }
    amount_log_round.clear();
    amount_log_odd.clear();
    constexpr float kOddShare = 1 - kTwoDigitShare;
    for (const float share : amount_round) {
        amount_log_round.push_back(std::log(share / kRoundShare));
        amount_log_odd.push_back(std::log((kOddShare - share) / (kOddShare - kRoundShare)));
    }
}

std::string Model::encode() const {
    ByteWriter priors;
    priors.array(log_prior_out);
    priors.array(log_prior_in);
    priors.array(log_prior_unlisted);
    priors.array(amount_centre);
    priors.array(amount_spread);
    ByteWriter round;
    round.array(amount_round);
    ByteWriter codes;
    codes.array(code_categories);
    const std::vector<artefact::Section> sections = {
        {"taxonomy", taxonomy.encode()},
        {"merchants", knowledge.encode()},
        {"words", words.encode()},
        {"priors", priors.take()},
        {"round", round.take()},
        {"codes", codes.take()},
        {"fusion", encode_numbers(*this)},
        {"calibration", encode_calibration(leaf_calibration)},
        {"calibration_top", encode_calibration(top_calibration)},
        {"cold", encode_calibration(cold_leaf_calibration)},
        {"cold_top", encode_calibration(cold_top_calibration)}};
    return artefact::write_sections(sections);
}

Result<Model> Model::decode(std::string_view bytes) {
    ATLAS_TRY_ASSIGN(const auto sections, artefact::Sections::read(bytes));
    Model model;
    ATLAS_TRY_ASSIGN(const std::string_view tree, sections.find("taxonomy"));
    ATLAS_TRY_ASSIGN(model.taxonomy, Taxonomy::decode(tree));
    model.taxonomy_print = finance::merchants::hash_of(tree);
    ATLAS_TRY_ASSIGN(const std::string_view merchants, sections.find("merchants"));
    ATLAS_TRY_ASSIGN(model.knowledge, Knowledge::decode(merchants));
    ATLAS_TRY_ASSIGN(const std::string_view words, sections.find("words"));
    ATLAS_TRY_ASSIGN(model.words, text::LinearModel::decode(words));
    ATLAS_TRY_ASSIGN(const std::string_view priors, sections.find("priors"));
    ByteReader prior(priors);
    model.log_prior_out = prior.array<float>();
    model.log_prior_in = prior.array<float>();
    model.log_prior_unlisted = prior.array<float>();
    model.amount_centre = prior.array<float>();
    model.amount_spread = prior.array<float>();
    ATLAS_TRY(prior.finish());
    ATLAS_TRY(decode_round(sections, model));
    ATLAS_TRY_ASSIGN(const std::string_view codes, sections.find("codes"));
    ByteReader code(codes);
    model.code_categories = code.array<CategoryIndex>();
    ATLAS_TRY(code.finish());
    ATLAS_TRY_ASSIGN(const std::string_view numbers, sections.find("fusion"));
    ATLAS_TRY(decode_numbers(numbers, model));
    ATLAS_TRY_ASSIGN(const std::string_view leaf, sections.find("calibration"));
    ATLAS_TRY_ASSIGN(model.leaf_calibration, decode_calibration(leaf));
    ATLAS_TRY_ASSIGN(const std::string_view top, sections.find("calibration_top"));
    ATLAS_TRY_ASSIGN(model.top_calibration, decode_calibration(top));
    ATLAS_TRY_ASSIGN(const std::string_view cold, sections.find("cold"));
    ATLAS_TRY_ASSIGN(model.cold_leaf_calibration, decode_calibration(cold));
    ATLAS_TRY_ASSIGN(const std::string_view cold_top, sections.find("cold_top"));
    ATLAS_TRY_ASSIGN(model.cold_top_calibration, decode_calibration(cold_top));
    const std::size_t leaves = model.taxonomy.leaves().size();
    const std::size_t ids = model.taxonomy.size();
    ATLAS_TRY(require(model.words.class_count() == leaves));
    ATLAS_TRY(require(model.log_prior_out.size() == leaves && model.log_prior_in.size() == leaves));
    ATLAS_TRY(require(model.log_prior_unlisted.size() == leaves &&
                      model.amount_centre.size() == leaves &&
                      model.amount_spread.size() == leaves));
    model.derive();
    ATLAS_TRY(require(model.code_categories.size() == kCodes));
    for (const CategoryIndex category : model.code_categories) {
        ATLAS_TRY(require(category == kNoCategory || category < ids));
    }
    for (std::uint32_t i = 0; i < model.knowledge.size(); ++i) {
        for (const CategoryIndex category : model.knowledge.entry(i).categories) {
            ATLAS_TRY(require(category < ids));
        }
    }
    return model;
}

std::size_t Model::footprint() const {
    return knowledge.footprint() + words.footprint() +
           code_categories.size() * sizeof(CategoryIndex) +
           (log_prior_in.size() + log_prior_out.size()) * sizeof(float);
}

}  // namespace atlas::learning::categorise
