// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/cascade.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>

#include <fmt/format.h>

#include "base/format.hpp"
#include "learning/categorise/decision.hpp"
#include "learning/categorise/evidence.hpp"
#include "learning/categorise/model.hpp"

namespace atlas::learning::categorise {
namespace {

/// Whether the text is the merchant's name, and not a text in which it occurs or a word of
/// everyday: "Stock market" is no K-Market.
bool names_merchant(const Knowledge::Found& known) {
    return known.is_found && known.match.quality != MatchQuality::inside &&
           !known.match.is_common_word;
}

std::string display_of(const Model& model, const Gathered& gathered) {
    if (names_merchant(gathered.known)) {
        return std::string(model.knowledge.display(gathered.known.match.entry));
    }
    return finance::merchants::title_case(gathered.text.merchant());
}

std::string key_text_of(const Model& model, const Gathered& gathered) {
    if (names_merchant(gathered.known)) {
        return std::string(model.knowledge.key(gathered.known.match.entry));
    }
    return gathered.text.merchant();
}

/// Reasons are most of what an answer costs beyond its decision: one allocation each.
std::string join(std::initializer_list<std::string_view> pieces) {
    std::size_t size = 0;
    for (const std::string_view piece : pieces) {
        size += piece.size();
    }
    std::string text;
    text.reserve(size);
    for (const std::string_view piece : pieces) {
        text += piece;
    }
    return text;
}

void add_memory_reason(const Decision& decision, Filing& filing) {
    const auto add = [&](Reason::Kind kind, const MemoryVote& vote, std::string_view what) {
        if (vote.agreeing > 0) {
            const fmt::format_int agreeing(vote.agreeing);
            const fmt::format_int seen(vote.seen);
            filing.reasons.push_back({kind, join({what,
                                                  " before: ",
                                                  {agreeing.data(), agreeing.size()},
                                                  " of the last ",
                                                  {seen.data(), seen.size()},
                                                  " were filed so"})});
        } else if (vote.seen > 0 && !filing.is_filed()) {
            filing.reasons.push_back(
                {kind, format("{} before, but its last {} were not filed alike", what, vote.seen)});
        }
    };
    add(Reason::Kind::same_text, decision.text_vote, "the same text");
    add(Reason::Kind::same_merchant, decision.merchant_vote, "the same merchant");
    if (decision.similar_log_odds > 0.5F) {
        filing.reasons.push_back({Reason::Kind::similar, "words or amounts like ones filed so"});
    }
}

/// What points at another top than the one filed under explains nothing to a tired reader; where
/// nothing was filed, all of it is told.
bool speaks_for(const Model& model, const Filing& filing, CategoryIndex category) {
    return !filing.is_filed() ||
           top_of(filing.category) == model.taxonomy.id(model.taxonomy.top(category));
}

/// Something one buys, and not a branch in which money moves both ways.
bool is_spending(const Filing& filing) {
    constexpr std::string_view kBothWays[] = {"income",     "transfer",  "debt",   "bank",
                                              "government", "insurance", "giving", "other"};
    return std::ranges::find(kBothWays, top_of(filing.category)) == std::end(kBothWays);
}

void add_model_reasons(const Model& model, const Gathered& gathered, const Decision& decision,
                       Filing& filing) {
    if (gathered.code_category != kNoCategory &&
        speaks_for(model, filing, gathered.code_category)) {
        filing.reasons.push_back(
            {Reason::Kind::merchant_code,
             join({"its ", gathered.is_code_banks ? "bank's category" : "merchant code",
                   " stands for ", model.taxonomy.id(gathered.code_category)})});
    }
    if (gathered.known.is_found) {
        const KnownMerchant& merchant = model.knowledge.entry(gathered.known.match.entry);
        const std::string_view category = model.taxonomy.id(merchant.categories[0]);
        if (!speaks_for(model, filing, merchant.categories[0])) {
            // Filed otherwise, so it is no reason.
        } else if (gathered.known.match.is_common_word) {
            const std::string_view word = model.knowledge.key(gathered.known.match.entry);
            filing.reasons.push_back(
                {Reason::Kind::words, join({"\"", word, "\" is a word of ", category})});
        } else {
            filing.reasons.push_back({Reason::Kind::known_merchant,
                                      join({model.knowledge.display(gathered.known.match.entry),
                                            " is known as ", category})});
        }
    }
    if (decision.known_features > 0 && !filing.is_filed()) {
        filing.reasons.push_back({Reason::Kind::abstained, "the evidence is not sure enough"});
    } else if (decision.known_features > 0 && filing.source == Source::model) {
        filing.reasons.push_back({Reason::Kind::words, "its words speak of it"});
    }
    if (gathered.text.says_nothing()) {
        filing.reasons.push_back({Reason::Kind::abstained, "the text names nobody and nothing"});
    }
    if (gathered.amount_step == 0) {
        filing.reasons.push_back({Reason::Kind::amount, "no amount: filed by the text alone"});
    } else if (gathered.amount_step > 0) {
        filing.reasons.push_back(
            {Reason::Kind::amount, is_spending(filing)
                                       ? "money came back: filed where the purchase goes"
                                       : "money came in"});
    }
}

/// Four digits: more of a probability is noise.
double rounded(float confidence) {
    return std::round(static_cast<double>(confidence) * 1e4) / 1e4;
}

Filing file_by_rule(const RuleHit& rule, const Model& model, const Gathered& gathered) {
    Filing filing;
    filing.category = std::string(rule.category);
    filing.confidence = 1;
    filing.source = Source::rule;
    filing.merchant = display_of(model, gathered);
    filing.merchant_key = key_text_of(model, gathered);
    filing.reasons.push_back({Reason::Kind::rule, format("your rule \"{}\"", rule.rule)});
    return filing;
}

}  // namespace

std::string_view name_of(Source source) {
    switch (source) {
        case Source::none: return "none";
        case Source::rule: return "rule";
        case Source::memory: return "memory";
        case Source::merchant: return "merchant";
        case Source::model: return "model";
    }
    return "none";
}

std::string_view name_of(Reason::Kind kind) {
    constexpr std::string_view kNames[] = {
        "rule",           "same_text", "same_merchant", "similar", "habit",    "merchant_code",
        "known_merchant", "words",     "structure",     "amount",  "abstained"};
    return kNames[static_cast<std::size_t>(kind)];
}

Cascade::Cascade(std::unique_ptr<Model> model) : model_(std::move(model)) {}
Cascade::Cascade(Cascade&&) noexcept = default;
Cascade& Cascade::operator=(Cascade&&) noexcept = default;
Cascade::~Cascade() = default;

Result<Cascade> Cascade::load(std::string_view model_bin) {
    ATLAS_TRY_ASSIGN(Model model, Model::decode(model_bin));
    return Cascade(std::make_unique<Model>(std::move(model)));
}

Cascade Cascade::of(Model model) {
    return Cascade(std::make_unique<Model>(std::move(model)));
}

Cascade Cascade::weighed_by(const Fusion& fusion) const {
    Model copy = *model_;
    copy.fusion = fusion;
    return of(std::move(copy));
}

Filing Cascade::file(const CategoriseInput& input, const Memory& memory,
                     const RuleHit* rule) const {
    Gathered gathered;
    gather_keys(*model_, input, gathered);
    if (rule != nullptr) {
        return file_by_rule(*rule, *model_, gathered);
    }
    const MemoryState& state = memory.state();
    const Decision decision = decide(*model_, input, gathered, state);
    Filing filing;
    filing.reasons.reserve(4);
    filing.alternatives.reserve(decision.alternative_count);
    filing.category = std::string(state.id(model_->taxonomy, decision.category));
    filing.confidence = rounded(decision.confidence);
    filing.source = decision.source;
    filing.merchant = display_of(*model_, gathered);
    filing.merchant_key = key_text_of(*model_, gathered);
    for (std::size_t i = 0; i < decision.alternative_count; ++i) {
        filing.alternatives.push_back(
            {std::string(state.id(model_->taxonomy, decision.alternatives[i].category)),
             rounded(decision.alternatives[i].confidence)});
    }
    add_memory_reason(decision, filing);
    add_model_reasons(*model_, gathered, decision, filing);
    return filing;
}

namespace {

/// Everything that an example of `input` is counted by, the model's own opinion included.
void gather_example(const Model& model, const CategoriseInput& input, Gathered& out) {
    gather(model, input, out);
    std::vector<float> leaves(model.taxonomy.leaves().size());
    judge_without_memory(model, out, leaves);
    const auto best = std::ranges::max_element(leaves) - leaves.begin();
    out.small[out.small_count] =
        opinion_feature(model.taxonomy.leaves()[static_cast<std::size_t>(best)]);
    out.kinds[out.small_count++] = Evidence::model_category;
}

/// A label that is a parent cannot tell whether the leaf was right.
Claim claim_of(const Decision& decided, std::string_view best, std::string_view best_top,
               std::string_view category) {
    return Claim({.leaf = {.confidence = decided.leaf_claim,
                           .is_counted = is_leaf_id(category) && is_leaf_id(best),
                           .is_right = best == category},
                  .top = {.confidence = decided.top_claim,
                          .is_counted = true,
                          .is_right = best_top == top_of(category)},
                  .is_cold = decided.is_cold});
}

bool teaches(std::string_view category) {
    return !category.empty() && category != "other.unknown";
}

}  // namespace

void Cascade::learn(Memory& memory, const CategoriseInput& input, std::string_view category,
                    LookedAt looked_at) const {
    if (looked_at == LookedAt::nothing || !teaches(category)) {
        learn_claimed(memory, input, category, Claim());
        return;
    }
    Gathered gathered;
    gather_keys(*model_, input, gathered);
    const Decision decided = decide(*model_, input, gathered, memory.state());
    if (looked_at == LookedAt::every_row || is_question(*model_, memory.state(), decided)) {
        learn(memory, input, category, decided);
    } else {
        learn_claimed(memory, input, category, Claim());
    }
}

void Cascade::learn(Memory& memory, const CategoriseInput& input, std::string_view category,
                    const Decision& decided) const {
    const MemoryState& state = memory.state();
    const Taxonomy& tree = model_->taxonomy;
    learn_claimed(memory, input, category,
                  claim_of(decided, state.id(tree, decided.best), state.id(tree, decided.best_top),
                           category));
}

void Cascade::learn_claimed(Memory& memory, const CategoriseInput& input, std::string_view category,
                            Claim claim) const {
    if (!teaches(category)) {
        return;
    }
    MemoryState& state = memory.state();
    if (state.taxonomy_print == 0) {
        state.taxonomy_print = model_->taxonomy_print;
    }
    Gathered gathered;
    gather_example(*model_, input, gathered);
    state.learn(gathered.keys(), state.intern(model_->taxonomy, category), claim);
}

bool Cascade::forget(Memory& memory, const CategoriseInput& input,
                     std::string_view category) const {
    MemoryState& state = memory.state();
    const CategoryIndex index = state.find(model_->taxonomy, category);
    if (index == kNoCategory) {
        return false;
    }
    Gathered gathered;
    gather_example(*model_, input, gathered);
    return state.forget(gathered.keys(), index);
}

Cascade::MerchantName Cascade::merchant_of(std::string_view description) const {
    Gathered gathered;
    CategoriseInput input;
    input.description = description;
    gather_keys(*model_, input, gathered);
    return {key_text_of(*model_, gathered), display_of(*model_, gathered)};
}

bool Cascade::fits(const Memory& memory) const {
    const std::uint64_t print = memory.state().taxonomy_print;
    return print == 0 || print == model_->taxonomy_print;
}

const Thresholds& Cascade::thresholds() const {
    return model_->thresholds;
}

void Cascade::set_thresholds(Thresholds thresholds) {
    model_->thresholds = thresholds;
}

void Cascade::set_fusion(const Fusion& fusion) {
    model_->fusion = fusion;
}

}  // namespace atlas::learning::categorise
