// SPDX-License-Identifier: Apache-2.0
// The inside of a Memory: the examples in order, chained by text and by merchant, and how often
// each small piece of evidence (a word, a pair, an amount band) went with each category.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "learning/categorise/hash_table.hpp"
#include "learning/categorise/own_calibration.hpp"
#include "learning/categorise/taxonomy.hpp"

namespace atlas::learning::categorise {

/// One answered transaction, as far as filing the next one needs it.
struct Record {
    std::uint64_t text_key = 0;
    std::uint64_t merchant_key = 0;
    std::uint32_t before_text = 0;      ///< Index + 1 of the record before with this text; 0: none.
    std::uint32_t before_merchant = 0;  ///< The same by merchant.
    CategoryIndex category = kNoCategory;  ///< kNoCategory: taken back.
    std::int16_t amount_step = 0;          ///< amount_step_of.
    std::uint32_t claim = 0;               ///< Claim::bits; 0: nobody looked at what was claimed.
};

/// 0 unknown, 1 money out, 2 money in.
inline std::size_t direction_of(std::int16_t amount_step) {
    return amount_step == 0 ? 0U : amount_step < 0 ? 1U : 2U;
}

/// Quarter-octaves of the amount with its sign; 0 where there is none.
std::int16_t amount_step_of(std::int64_t amount_minor);

/// How many of a key's examples are asked.
inline constexpr std::uint32_t kVotesMax = 12;

/// What the latest examples under a key said, newest first, those taken back left out. It follows
/// from the records; kept beside the key, so that asking costs one cache line.
struct Latest {
    struct Vote {
        CategoryIndex category = kNoCategory;
        std::int16_t amount_step = 0;
    };
    std::uint32_t last = 0;  ///< Index + 1 of the latest record, taken back or not.
    std::uint32_t count = 0;
    std::array<Vote, kVotesMax> votes{};

    /// The oldest gives way where there is no room.
    void add(Vote vote) {
        count = std::min(count + 1, kVotesMax);
        std::copy_backward(votes.begin(), votes.begin() + (count - 1), votes.begin() + count);
        votes[0] = vote;
    }
};

/// How often a feature went with each category.
struct Tally {
    static constexpr std::size_t kInline = 4;
    std::uint32_t total = 0;
    std::array<CategoryIndex, kInline> categories{};
    std::array<std::uint16_t, kInline> counts{};
};

/// What an example is made of: its keys and its small evidence.
struct ExampleKeys {
    std::uint64_t text_key = 0;
    std::uint64_t merchant_key = 0;
    std::int16_t amount_step = 0;
    std::span<const std::uint64_t> features;
};

struct MemoryState {
    static constexpr std::size_t kRecordsMax = 1'000'000;

    /// The number of a category of the user's: the default tree's, else one given here.
    CategoryIndex intern(const Taxonomy& taxonomy, std::string_view category);
    /// kNoCategory when neither knows it.
    CategoryIndex find(const Taxonomy& taxonomy, std::string_view category) const;
    std::string_view id(const Taxonomy& taxonomy, CategoryIndex index) const;
    std::size_t category_count(const Taxonomy& taxonomy) const {
        return taxonomy.size() + own_categories.size();
    }

    void learn(const ExampleKeys& example, CategoryIndex category, Claim claim = {});
    bool forget(const ExampleKeys& example, CategoryIndex category);

    /// Calls visit(category, count) for each category a feature went with.
    template <class Visit>
    void for_each_count(std::uint64_t feature, const Tally& tally, Visit visit) const {
        std::uint32_t seen = 0;
        for (std::size_t i = 0; i < Tally::kInline; ++i) {
            if (tally.counts[i] > 0) {
                visit(tally.categories[i], static_cast<std::uint32_t>(tally.counts[i]));
                seen += tally.counts[i];
            }
        }
        if (seen < tally.total) {
            if (const auto more = overflow.find(feature); more != overflow.end()) {
                for (const auto& [category, count] : more->second) {
                    visit(category, count);
                }
            }
        }
    }

    std::uint64_t taxonomy_print = 0;  ///< Of the tree its numbers are of; 0: nothing learned.
    std::vector<std::string> own_categories;
    std::vector<CategoryIndex> own_tops;  ///< The top of each own category's branch.
    std::vector<Record> records;
    std::uint32_t taken_back = 0;
    OwnCalibration calibration;  ///< What the records' claims say of the shipped calibration.
    /// Records a category has, by direction: unknown, out, in. Short while nobody used a number.
    std::array<std::vector<std::uint32_t>, 3> used;
    std::array<std::uint32_t, 3> used_total{};
    HashTable<Latest> by_text;
    HashTable<Latest> by_merchant;
    HashTable<Tally> tallies;
    /// Counts of a feature's fifth category and on.
    std::unordered_map<std::uint64_t, std::vector<std::pair<CategoryIndex, std::uint32_t>>>
        overflow;

    /// Adds `by` to the use of a category in the direction of an amount.
    void use(CategoryIndex category, std::int16_t amount_step, int by);
    /// Hangs a record under its keys; `number`: its index + 1, above all before it.
    void link(Record& record, std::uint32_t number);

private:
    void count(std::uint64_t feature, CategoryIndex category);
    void uncount(std::uint64_t feature, CategoryIndex category);
    /// Reads the votes of a key's chain again, after one was taken back.
    void ask_again(Latest& latest, std::uint32_t Record::*before) const;
};

}  // namespace atlas::learning::categorise
