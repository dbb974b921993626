// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "learning/categorise/fast_math.hpp"
#include "learning/categorise/movement_codes.hpp"
#include "learning/categorise/plaid_categories.hpp"

namespace atlas::learning::categorise {
namespace {

using finance::merchants::hash_of;
using finance::merchants::join_hashes;
using finance::merchants::MerchantText;
using finance::merchants::Word;
using finance::merchants::WordKind;

constexpr std::size_t kStemLetters = 5;

std::uint64_t seed_of(Evidence kind) {
    return 0xA5A5ULL + static_cast<std::uint64_t>(kind) * 0x9E3779B97F4A7C15ULL;
}

/// The first letters of a word, whole code points.
std::string_view stem_of(std::string_view word) {
    std::size_t at = 0;
    for (std::size_t letters = 0; at < word.size() && letters < kStemLetters; ++letters) {
        ++at;
        while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80) {
            ++at;
        }
    }
    return word.substr(0, at);
}

void gather_words(Gathered& out) {
    const Word* before = nullptr;
    bool is_first = true;
    for (const Word& word : out.text.words()) {
        // What every description may carry says nothing, unless there is nothing else.
        const bool is_filler = word.kind == WordKind::noise || word.kind == WordKind::place;
        if (word.kind == WordKind::number || (is_filler && out.text.content_count() > 0)) {
            continue;
        }
        out.add(Evidence::word, word.hash);
        const std::string_view latin = out.text.latin_of(word);
        const std::string_view stem = stem_of(latin);
        if (stem.size() < latin.size()) {
            out.add(Evidence::stem, hash_of(stem));
        }
        if (before != nullptr) {
            out.add(Evidence::pair, join_hashes(before->hash, word.hash));
        }
        before = &word;
        if (is_first && word.kind == WordKind::word) {
            out.add(Evidence::first_word, word.hash);
            is_first = false;
        }
    }
}

void gather_context(const CategoriseInput& input, Gathered& out) {
    const auto direction = static_cast<std::uint64_t>(out.direction());
    if (out.amount_step != 0) {
        const auto band = static_cast<std::uint64_t>(std::abs(int{out.amount_step}) / 6);
        const auto amount = static_cast<std::uint64_t>(*input.amount_minor);
        out.add(Evidence::amount, direction * 64 + band);
        if (out.text.full_key() == 0) {
            out.add(Evidence::bare_amount, amount);
            out.add(Evidence::bare_band, direction * 64 + band);
        } else {
            out.add(Evidence::exact_amount, amount);
        }
    }
    if (input.mcc.has_value()) {
        out.add(Evidence::merchant_code, static_cast<std::uint64_t>(*input.mcc) + 1);
    }
    if (input.account != AccountKind::unknown) {
        out.add(Evidence::account, static_cast<std::uint64_t>(input.account) * 4 + direction);
    }
    if (!input.bank_category.empty()) {
        out.add(Evidence::merchant_code, hash_of(input.bank_category));
    }
    if (out.text.full_key() != 0) {
        out.add(Evidence::full_text, out.text.full_key());
    }
}

/// Softmax in place.
void normalise(std::span<float> values) {
    const float top = *std::ranges::max_element(values);
    float sum = 0;
    for (float& value : values) {
        value -= top;
    }
    exp_of_each(values);
    for (const float value : values) {
        sum += value;
    }
    const float scale = 1 / sum;
    for (float& value : values) {
        value *= scale;
    }
}

/// Adds `bonus` to a leaf, or to every leaf under a top.
void add_bonus(const Taxonomy& tree, CategoryIndex category, float bonus, std::span<float> leaves) {
    const CategoryIndex own = tree.leaf_class(category);
    if (own != kNoCategory) {
        leaves[own] += bonus;
        return;
    }
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        leaves[i] += tree.top(tree.leaves()[i]) == category ? bonus : 0.0F;
    }
}

void add_known_merchant(const Model& model, const KnowledgeMatch& match, std::span<float> leaves) {
    const KnownMerchant& merchant = model.knowledge.entry(match.entry);
    float bonus = model.fusion.match_bonus[static_cast<std::size_t>(match.quality)];
    if (match.is_common_word) {
        bonus *= model.fusion.common_word_factor;
    }
    if (!match.is_region) {
        bonus *= model.fusion.off_region_factor;
    }
    for (std::size_t i = 0; i < merchant.category_count; ++i) {
        // A category a name is rarely known for gets what its share leaves of the bonus.
        const float share = std::log(std::max(merchant.shares[i], 0.02F));
        add_bonus(model.taxonomy, merchant.categories[i], std::max(bonus + share, 0.0F), leaves);
    }
}

/// How usual the amount is for each leaf: Student's t with three degrees of freedom over its
/// logarithm, so that an unusual amount never rules anything out.
void add_amount(const Model& model, float log_dollars, std::span<float> leaves) {
    if (!std::isfinite(log_dollars)) {
        return;
    }
    const float once = model.fusion.amount_weight;
    const float weight = 2 * once;
    const std::span<const float> centre = model.amount_centre;
    const std::span<const float> precision = model.amount_precision;
    const std::span<const float> log_precision = model.amount_log_precision;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const float z = (log_dollars - centre[i]) * precision[i];
        leaves[i] -= weight * log_of_one_plus(z * z * (1.0F / 3)) - once * log_precision[i];
    }
}

/// People choose round sums when they send, save or give money; prices seldom are. Only of amounts
/// large enough to be chosen: nothing at 5 dollars of local buying power, all of it from 25 on.
void add_roundness(const Model& model, const Gathered& gathered, std::span<float> leaves) {
    constexpr float kFrom = 1.6094F;  // ln 5.
    const float size = gathered.log_dollars;
    const bool tells = gathered.digits == Digits::one || gathered.digits == Digits::more;
    if (model.amount_log_round.empty() || !tells || !std::isfinite(size) || size <= kFrom) {
        return;
    }
    const float weight = model.fusion.round_weight * std::min(size / kFrom - 1, 1.0F);
    const std::span<const float> logs =
        gathered.digits == Digits::one ? model.amount_log_round : model.amount_log_odd;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        leaves[i] += weight * logs[i];
    }
}

void add_code(const Model& model, CategoryIndex category, std::span<float> leaves) {
    const Taxonomy& tree = model.taxonomy;
    add_bonus(tree, category, model.fusion.code_bonus, leaves);
    add_bonus(tree, tree.top(category), model.fusion.code_top_bonus, leaves);
}

}  // namespace

Digits digits_of(std::int64_t amount_minor) {
    if (amount_minor == 0) {
        return Digits::none;
    }
    std::int64_t rest = amount_minor;
    while (rest % 10 == 0) {
        rest /= 10;
    }
    const bool is_one = rest > -10 && rest < 10;
    const bool is_two = rest > -100 && rest < 100;
    return is_one ? Digits::one : is_two ? Digits::two : Digits::more;
}

void Gathered::add(Evidence kind, std::uint64_t hash) {
    if (small_count < kSmallMax) {
        kinds[small_count] = kind;
        small[small_count++] = join_hashes(seed_of(kind), hash);
    }
}

namespace {

/// Local buying power of a US dollar, roughly: World Bank's purchasing power parities of 2021,
/// rounded. Only the size of an amount hangs on it.
struct BuyingPower {
    std::string_view currency;
    float per_dollar;
    float minor_units;
};
constexpr BuyingPower kBuyingPower[] = {
    {"USD", 1, 100},    {"EUR", 0.7F, 100},  {"GBP", 0.7F, 100},  {"INR", 23, 100},
    {"RUB", 27, 100},   {"CAD", 1.25F, 100}, {"AUD", 1.45F, 100}, {"BRL", 2.5F, 100},
    {"MXN", 10, 100},   {"PLN", 1.8F, 100},  {"CHF", 1.1F, 100},  {"SEK", 9, 100},
    {"NOK", 10, 100},   {"DKK", 6.6F, 100},  {"CZK", 13, 100},    {"HUF", 155, 100},
    {"RON", 1.7F, 100}, {"TRY", 2.8F, 100},  {"UAH", 9, 100},     {"JPY", 100, 1},
    {"CNY", 4.2F, 100}, {"KRW", 850, 1},     {"SGD", 0.85F, 100}, {"MYR", 1.6F, 100},
    {"THB", 12, 100},   {"IDR", 4800, 100},  {"PHP", 19, 100},    {"VND", 7400, 1},
    {"ZAR", 7, 100},    {"NZD", 1.45F, 100}};

}  // namespace

float log_dollars_of(const CategoriseInput& input) {
    if (input.amount_minor.has_value() && *input.amount_minor != 0) {
        for (const BuyingPower& power : kBuyingPower) {
            if (power.currency == input.currency) {
                const double size = std::abs(static_cast<double>(*input.amount_minor));
                return std::log(static_cast<float>(size) / (power.minor_units * power.per_dollar));
            }
        }
    }
    return std::numeric_limits<float>::quiet_NaN();
}

std::uint64_t opinion_feature(CategoryIndex category) {
    return join_hashes(seed_of(Evidence::model_category), category + 1ULL);
}

void gather_keys(const Model& model, const CategoriseInput& input, Gathered& out) {
    out.small_count = 0;
    out.text.read(input.description);
    out.amount_step =
        input.amount_minor.has_value() ? amount_step_of(*input.amount_minor) : std::int16_t{0};
    out.known = model.knowledge.find(out.text, input.currency);
    out.text_key = out.text.text_key();
    out.merchant_key = out.text.merchant_key();
    if (out.known.is_found) {
        const KnowledgeMatch& match = out.known.match;
        const KnownMerchant& merchant = model.knowledge.entry(match.entry);
        if (match.quality != MatchQuality::inside && !match.is_common_word) {
            out.merchant_key = hash_of(model.knowledge.key(match.entry), 3);
        }
        out.known_category = merchant.categories[0];
    }
    out.code_category = kNoCategory;
    if (input.mcc.has_value() && *input.mcc >= 0 &&
        static_cast<std::size_t>(*input.mcc) < model.code_categories.size()) {
        out.code_category = model.code_categories[static_cast<std::size_t>(*input.mcc)];
    }
    out.is_code_banks = false;
    if (out.code_category == kNoCategory && !input.bank_category.empty()) {
        auto category = category_of_plaid(input.bank_category);
        if (!category.has_value()) {
            category = category_of_movement(input.bank_category,
                                            out.amount_step > 0 ? MoneyGoes::in : MoneyGoes::out);
        }
        if (category.has_value()) {
            out.code_category = model.taxonomy.find(*category);
            out.is_code_banks = out.code_category != kNoCategory;
        }
    }
}

void gather_evidence(const CategoriseInput& input, Gathered& out) {
    out.small_count = 0;
    out.log_dollars = log_dollars_of(input);
    out.digits = digits_of(input.amount_minor.value_or(0));
    if (out.known.is_found) {
        out.add(Evidence::known_category, out.known_category + 1ULL);
    }
    gather_words(out);
    gather_context(input, out);
}

void gather(const Model& model, const CategoriseInput& input, Gathered& out) {
    gather_keys(model, input, out);
    gather_evidence(input, out);
}

std::size_t judge_without_memory(const Model& model, const Gathered& gathered,
                                 std::span<float> leaves) {
    text::FeatureList features;
    text::extract_features(gathered.text, features);
    const std::size_t known = model.words.score(features.features(), leaves).known;
    const std::size_t direction = gathered.direction();
    const bool is_listed = gathered.known.is_found || gathered.code_category != kNoCategory;
    const float unlisted = is_listed ? 0.0F : model.fusion.unlisted_mix;
    std::array<float, text::LinearModel::kClassesMax> prior;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        prior[i] = (1 - unlisted) * model.log_prior_out[i] + unlisted * model.log_prior_unlisted[i];
    }
    for (std::size_t i = 0; i < leaves.size() && direction != 1; ++i) {
        const float in = model.log_prior_in[i];
        prior[i] = direction == 2 ? in : std::max(prior[i], in - 1.5F);
    }
    const float text_scale = model.fusion.text_scale;
    const float prior_scale = model.fusion.prior_scale;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        leaves[i] = leaves[i] * text_scale + prior[i] * prior_scale;
    }
    add_amount(model, gathered.log_dollars, leaves);
    add_roundness(model, gathered, leaves);
    if (gathered.known.is_found) {
        add_known_merchant(model, gathered.known.match, leaves);
    }
    if (gathered.code_category != kNoCategory) {
        add_code(model, gathered.code_category, leaves);
    }
    normalise(leaves);
    return known;
}

}  // namespace atlas::learning::categorise
