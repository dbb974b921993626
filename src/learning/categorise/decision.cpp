// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/decision.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text_hash.hpp"
#include "learning/categorise/fast_math.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr std::size_t kPlainTexts = 3;
constexpr std::size_t kPlainMerchants = 5;

/// The latest examples under one key, newest first, each with what it counts.
struct Votes {
    std::array<CategoryIndex, kVotesMax> categories;
    std::array<float, kVotesMax> weights;
    std::uint32_t count = 0;

    template <class Predicate>
    std::uint32_t agreeing(Predicate agrees) const {
        std::uint32_t sum = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            sum += agrees(categories[i]) ? 1U : 0U;
        }
        return sum;
    }
};

/// Lists of one number a category, side by side; on the stack as long as nobody has hundreds.
class Lists {
public:
    static constexpr std::size_t kLists = 4;
    static constexpr std::size_t kInsideMax = 160;
    explicit Lists(std::size_t count) : count_(count) {
        if (count > kInsideMax) {
            more_.resize(kLists * count);
        }
    }
    /// Each at its first use holds anything at all.
    std::span<float> list(std::size_t index) {
        float* const first = more_.empty() ? inside_.data() : more_.data();
        return {first + index * count_, count_};
    }

private:
    std::size_t count_;
    std::array<float, kLists * kInsideMax> inside_;
    std::vector<float> more_;
};

/// Logarithms of counts over what was expected, several at a time.
class Lifts {
public:
    void clear() { size_ = 0; }
    bool is_full() const { return size_ == kMax; }
    void add(CategoryIndex category, std::uint32_t count, float expected) {
        categories_[size_] = category;
        counts_[size_] = static_cast<float>(count);
        expected_[size_++] = expected;
    }
    /// In the order they came.
    void add_to(std::span<float> log_odds, float weight) {
        for (std::size_t i = 0; i < size_; ++i) {
            counts_[i] = weight * log_of_one_plus(counts_[i] / expected_[i]);
        }
        for (std::size_t i = 0; i < size_; ++i) {
            log_odds[categories_[i]] += counts_[i];
        }
        clear();
    }

private:
    static constexpr std::size_t kMax = 128;
    std::size_t size_ = 0;
    std::array<CategoryIndex, kMax> categories_;
    std::array<float, kMax> counts_;
    std::array<float, kMax> expected_;
};

/// The categories of the default tree and the user's own, as one dense list.
class Weighing {
public:
    Weighing(const Model& model, Gathered& gathered, const MemoryState& memory)
        : model_(model),
          gathered_(gathered),
          memory_(memory),
          count_(memory.category_count(model.taxonomy)),
          lists_(count_) {}

    Decision decide(const CategoriseInput& input) {
        Decision decision;
        memory_.by_text.prefetch(gathered_.text_key);
        memory_.by_merchant.prefetch(gathered_.merchant_key);
        if (is_plain_repeat(decision)) {
            settle(decision, model_.taxonomy.unknown());
            return decision;
        }
        gather_evidence(input, gathered_);
        for (std::size_t i = 0; i < gathered_.small_count; ++i) {
            memory_.tallies.prefetch(gathered_.small[i]);
        }
        p_ = lists_.list(0);
        room_ = lists_.list(1);
        votes_ = lists_.list(2);
        judge(decision);
        if (!memory_.records.empty()) {
            apply_habit();
            apply_small_evidence();
            collect(memory_.by_merchant, gathered_.merchant_key);
            decision.merchant_vote = blend(model_.fusion.merchant_alpha);
            merchant_votes_ = chosen_votes_;
            collect(memory_.by_text, gathered_.text_key);
            decision.text_vote = blend(model_.fusion.text_alpha);
        }
        choose(decision);
        return decision;
    }

private:
    /// The very text, or else the merchant, was filed the same way each time, and often enough that
    /// nothing below could turn it: the common case, answered without asking anything else.
    bool is_plain_repeat(Decision& decision) {
        collect(memory_.by_text, gathered_.text_key);
        if (is_pure(kPlainTexts)) {
            decision.text_vote = settle_repeat(decision, model_.fusion.text_alpha);
            chosen_votes_ = latest_;
            return true;
        }
        if (latest_.count > 0) {
            return false;
        }
        collect(memory_.by_merchant, gathered_.merchant_key);
        if (is_pure(kPlainMerchants)) {
            decision.merchant_vote = settle_repeat(decision, model_.fusion.merchant_alpha);
            merchant_votes_ = latest_;
            return true;
        }
        return false;
    }

    bool is_pure(std::size_t count) const {
        return same_way_ >= count && latest_.agreeing([&](auto own) {
            return own == latest_.categories[0];
        }) == latest_.count;
    }

    /// What the levels below would say is not asked: each repeat makes doubt in it smaller.
    MemoryVote settle_repeat(Decision& decision, float alpha) const {
        const float below = 1 - 0.5F / static_cast<float>(latest_.count + 1);
        decision.best = latest_.categories[0];
        decision.best_score = (total_ + alpha * below) / (total_ + alpha);
        decision.best_top = top_of(decision.best);
        decision.top_score = decision.best_score;
        return {.seen = latest_.count, .agreeing = 0};
    }

    void judge(Decision& decision) {
        const auto& leaves = model_.taxonomy.leaves();
        std::array<float, text::LinearModel::kClassesMax> scores;
        const std::span<float> own(scores.data(), leaves.size());
        decision.known_features = judge_without_memory(model_, gathered_, own);
        std::ranges::fill(p_, 0.0F);
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            p_[leaves[i]] = own[i];
        }
    }

    /// What this user files under what the model would say.
    void apply_habit() {
        const float alpha = model_.fusion.habit_alpha;
        std::ranges::fill(room_, 0.0F);
        for (const CategoryIndex opinion : model_.taxonomy.leaves()) {
            const float share = p_[opinion];
            if (share < 0.01F) {
                room_[opinion] += share;
                continue;
            }
            const std::uint64_t feature = opinion_feature(opinion);
            const Tally* tally = memory_.tallies.find(feature);
            const float total = tally == nullptr ? 0.0F : static_cast<float>(tally->total);
            const float unit = share / (total + alpha);
            room_[opinion] += alpha * unit;
            if (tally != nullptr) {
                memory_.for_each_count(feature, *tally,
                                       [&](CategoryIndex category, std::uint32_t count) {
                                           add(room_, category, static_cast<float>(count) * unit);
                                       });
            }
        }
        std::swap(p_, room_);
    }

    /// How often this user files under each category in this direction, before any text.
    void find_prior() {
        const std::size_t direction = gathered_.direction();
        const auto& used = memory_.used[direction];
        const float alpha = model_.fusion.prior_alpha;
        const float total = static_cast<float>(memory_.used_total[direction]) + alpha;
        std::ranges::fill(room_, alpha * 0.002F / total);
        const auto& leaves = model_.taxonomy.leaves();
        const auto& prior = direction == 2 ? model_.prior_in : model_.prior_out;
        const float scale = alpha / total;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            room_[leaves[i]] += scale * prior[i];
        }
        for (std::size_t c = 0; c < std::min(used.size(), count_); ++c) {
            room_[c] += static_cast<float>(static_cast<std::int32_t>(used[c])) / total;
        }
    }

    void apply_small_evidence() {
        find_prior();
        const Fusion& fusion = model_.fusion;
        similar_ = lists_.list(3);
        std::ranges::fill(similar_, 0.0F);
        Lifts lifts;
        for (std::size_t i = 0; i < gathered_.small_count; ++i) {
            const auto kind = static_cast<std::size_t>(gathered_.kinds[i]);
            const float weight = fusion.weights[kind];
            const Tally* tally = weight > 0 ? memory_.tallies.find(gathered_.small[i]) : nullptr;
            if (tally == nullptr || tally->total == 0) {
                continue;
            }
            const float beta = fusion.betas[kind];
            memory_.for_each_count(gathered_.small[i], *tally,
                                   [&](CategoryIndex category, std::uint32_t count) {
                                       if (category >= count_) {
                                           return;
                                       }
                                       if (lifts.is_full()) {
                                           lifts.add_to(similar_, weight);
                                       }
                                       lifts.add(category, count, room_[category] * beta);
                                   });
            lifts.add_to(similar_, weight);
        }
        mix_in(fusion.prior_mix, fusion.evidence_cap);
    }

    /// What is usual with this user, and what small evidence says, bounded.
    void mix_in(float mix, float cap) {
        // exp(cap * tanh(odds / cap)), a step at a time for all categories.
        for (std::size_t c = 0; c < count_; ++c) {
            votes_[c] = 2 * (similar_[c] / cap);
        }
        exp_of_each(votes_);
        for (float& odds : votes_) {
            odds = cap * (1 - 2 / (odds + 1));
        }
        exp_of_each(votes_);
        float sum = 0;
        for (std::size_t c = 0; c < count_; ++c) {
            const float odds = similar_[c] > 0 ? votes_[c] : 1.0F;
            p_[c] = ((1 - mix) * p_[c] + mix * room_[c]) * odds;
        }
        for (const float value : p_) {
            sum += value;
        }
        for (float& value : p_) {
            value /= sum;
        }
    }

    /// Votes of the latest examples under a key, newer and nearer in amount counting more.
    void collect(const HashTable<Latest>& table, std::uint64_t key) {
        total_ = 0;
        same_way_ = 0;
        latest_.count = 0;
        const Latest* found = key == 0 ? nullptr : table.find(key);
        float rank = 1;
        for (std::uint32_t i = 0; found != nullptr && i < found->count; ++i) {
            const Latest::Vote& vote = found->votes[i];
            if (vote.category >= count_) {
                continue;  // Of bytes that are no memory of this tree's.
            }
            const float weight = rank * nearness(vote.amount_step);
            total_ += weight;
            // Money the other way does not make what came before it old.
            if ((vote.amount_step < 0) == (gathered_.amount_step < 0)) {
                rank *= model_.fusion.rank_decay;
                ++same_way_;
            }
            latest_.weights[latest_.count] = weight;
            latest_.categories[latest_.count++] = vote.category;
        }
    }

    float nearness(std::int16_t step) const {
        const std::int16_t own = gathered_.amount_step;
        if (step == 0 || own == 0) {
            return 1;
        }
        if ((step < 0) != (own < 0)) {
            return model_.fusion.opposite_weight;
        }
        const float distance = static_cast<float>(step - own) / model_.fusion.amount_scale;
        return 1 / (1 + distance * distance);
    }

    /// The level's own examples against everything below, which weighs `alpha` examples.
    MemoryVote blend(float alpha) {
        if (total_ > 0) {
            std::ranges::fill(votes_, 0.0F);
            for (std::uint32_t i = 0; i < latest_.count; ++i) {
                votes_[latest_.categories[i]] += latest_.weights[i];
            }
            const float scale = 1 / (total_ + alpha);
            for (std::size_t c = 0; c < count_; ++c) {
                p_[c] = (votes_[c] + alpha * p_[c]) * scale;
            }
        }
        chosen_votes_ = latest_;
        return {.seen = latest_.count, .agreeing = 0};
    }

    CategoryIndex top_of(std::size_t category) const {
        const std::size_t own = model_.taxonomy.size();
        return category < own ? model_.taxonomy.top(static_cast<CategoryIndex>(category))
                              : memory_.own_tops[category - own];
    }

    /// Somebody who files under a parent now and then has not said which leaf it was: its share
    /// goes to its leaves, unless the parent is what they mostly say here.
    void let_parents_yield() {
        std::ranges::fill(room_, 0.0F);   // Likeliest leaf below each top.
        std::ranges::fill(votes_, 0.0F);  // Sum of the leaves below each top.
        for (std::size_t c = 0; c < count_; ++c) {
            const CategoryIndex top = top_of(c);
            if (top != c && top < count_) {
                room_[top] = std::max(room_[top], p_[c]);
                votes_[top] += p_[c];
            }
        }
        for (std::size_t c = 0; c < count_; ++c) {
            const bool yields =
                top_of(c) == c && p_[c] > 0 && p_[c] <= model_.fusion.parent_yield * room_[c];
            // What each leaf below it gets of its own size.
            votes_[c] = yields ? p_[c] / votes_[c] : 0.0F;
            p_[c] = yields ? 0.0F : p_[c];
        }
        for (std::size_t c = 0; c < count_; ++c) {
            const CategoryIndex top = top_of(c);
            if (top < count_) {
                p_[c] += p_[c] * votes_[top];
            }
        }
    }

    void choose(Decision& decision) {
        const CategoryIndex unknown = model_.taxonomy.unknown();
        const CategoryIndex other = model_.taxonomy.top(unknown);
        let_parents_yield();
        std::ranges::fill(room_, 0.0F);
        for (std::size_t c = 0; c < count_; ++c) {
            const CategoryIndex top = top_of(c);
            add(room_, top, p_[c]);
            const bool is_better = decision.best == kNoCategory || p_[c] > decision.best_score;
            if (c != unknown && c != other && is_better) {
                decision.best = static_cast<CategoryIndex>(c);
                decision.best_score = p_[c];
            }
        }
        for (std::size_t c = 0; c < count_; ++c) {
            if (top_of(c) == c && c != other &&
                (decision.best_top == kNoCategory || room_[c] > decision.top_score)) {
                decision.best_top = static_cast<CategoryIndex>(c);
                decision.top_score = room_[c];
            }
        }
        settle(decision, unknown);
        add_alternatives(decision);
    }

    void settle(Decision& decision, CategoryIndex unknown) const {
        decision.is_cold = decision.text_vote.seen + decision.merchant_vote.seen == 0 &&
                           (similar_.empty() || similar_[decision.best] < 1);
        const auto& leaf_map =
            decision.is_cold ? model_.cold_leaf_calibration : model_.leaf_calibration;
        const auto& top_map =
            decision.is_cold ? model_.cold_top_calibration : model_.top_calibration;
        decision.leaf_claim = leaf_map(static_cast<double>(decision.best_score));
        decision.top_claim = top_map(static_cast<double>(decision.top_score));
        using Level = OwnCalibration::Level;
        const double leaf =
            memory_.calibration.mend(Level::leaf, decision.is_cold, decision.leaf_claim);
        const double top =
            memory_.calibration.mend(Level::top, decision.is_cold, decision.top_claim);
        decision.leaf_confidence = leaf;
        const Thresholds& least = model_.thresholds;
        const double leaf_min = decision.is_cold ? least.cold_leaf : least.leaf;
        const double top_min = decision.is_cold ? least.cold_parent : least.parent;
        const bool is_leaf = decision.best != top_of(decision.best);
        if (is_leaf && leaf >= leaf_min) {
            decision.category = decision.best;
            decision.confidence = static_cast<float>(leaf);
        } else if (top >= top_min) {
            decision.category = decision.best_top;
            decision.confidence = static_cast<float>(top);
        } else {
            decision.category = unknown;
            decision.confidence = p_.empty() ? 0.0F : p_[unknown];
            return;
        }
        name_source(decision);
    }

    void name_source(Decision& decision) const {
        const auto agrees = [&](CategoryIndex category) {
            return category == decision.category || top_of(category) == decision.category;
        };
        decision.text_vote.agreeing = chosen_votes_.agreeing(agrees);
        decision.merchant_vote.agreeing = merchant_votes_.agreeing(agrees);
        decision.similar_log_odds = similar_.empty() ? 0.0F : similar_[decision.best];
        const auto knows = [&](CategoryIndex category) {
            return category != kNoCategory &&
                   (agrees(category) || category == top_of(decision.category));
        };
        const bool is_known =
            gathered_.known.is_found &&
            knows(model_.knowledge.entry(gathered_.known.match.entry).categories[0]);
        if (decision.text_vote.agreeing + decision.merchant_vote.agreeing > 0) {
            decision.source = Source::memory;
        } else if (is_known || knows(gathered_.code_category)) {
            decision.source = Source::merchant;
        } else {
            decision.source = decision.similar_log_odds > 1 ? Source::memory : Source::model;
        }
    }

    /// The likeliest others, in one pass: equal ones in the order of the tree.
    void add_alternatives(Decision& decision) const {
        constexpr float kLeast = 0.01F;
        auto& options = decision.alternatives;
        const CategoryIndex unknown = model_.taxonomy.unknown();
        for (std::size_t c = 0; c < count_; ++c) {
            if (p_[c] < kLeast || p_[c] <= options.back().confidence || c == decision.category ||
                c == unknown) {
                continue;
            }
            std::size_t at = options.size() - 1;
            for (; at > 0 && p_[c] > options[at - 1].confidence; --at) {
                options[at] = options[at - 1];
            }
            options[at] = {static_cast<CategoryIndex>(c), p_[c]};
            decision.alternative_count = std::min(decision.alternative_count + 1, options.size());
        }
    }

    void add(std::span<float> list, CategoryIndex category, float value) const {
        if (category < count_) {
            list[category] += value;
        }
    }

    const Model& model_;
    Gathered& gathered_;
    const MemoryState& memory_;
    std::size_t count_;
    Lists lists_;
    std::span<float> p_;
    std::span<float> room_;
    std::span<float> votes_;
    std::span<float> similar_;  ///< Empty: nothing of the kind was asked.
    Votes latest_;
    Votes chosen_votes_;
    Votes merchant_votes_;
    float total_ = 0;
    std::uint32_t same_way_ = 0;  ///< Of latest_: money in the direction asked for.
};

}  // namespace

Decision decide(const Model& model, const CategoriseInput& input, Gathered& gathered,
                const MemoryState& memory) {
    return Weighing(model, gathered, memory).decide(input);
}

bool is_question(const Model& model, const MemoryState& memory, const Decision& decision) {
    return decision.category == model.taxonomy.unknown() ||
           !is_leaf_id(memory.id(model.taxonomy, decision.category));
}

bool is_checked(std::uint64_t key, double confidence) {
    return mix_bits(key) % (confidence < kSure ? kCheckedEvery : kCheckedEverySure) == 0;
}

}  // namespace atlas::learning::categorise
