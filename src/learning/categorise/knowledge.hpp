// SPDX-License-Identifier: Apache-2.0
// The merchant knowledge base: names of shops and services world-wide with the categories they are
// known for. Looked up by the words of a description run together ("7 eleven" = "7-Eleven"), then
// by the start of a name a bank cut off, then by its consonants ("wholefds" = "Whole Foods").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "finance/merchants/merchant_text.hpp"
#include "learning/categorise/taxonomy.hpp"

namespace atlas::learning::categorise {

/// Which currencies a merchant is met in; bit 0 is everywhere.
std::uint32_t region_of_currency(std::string_view currency);
std::uint32_t region_of_country(std::string_view iso_3166);

struct KnownMerchant {
    static constexpr std::size_t kCategoriesMax = 3;
    std::uint32_t regions = 0;
    std::uint8_t category_count = 0;
    std::uint8_t is_common_word = 0;  ///< "Next", "Market": the name alone proves little.
    CategoryIndex categories[kCategoriesMax] = {};
    float shares[kCategoriesMax] = {};  ///< Of 1, falling.
};

enum class MatchQuality : std::uint8_t {
    whole,     ///< Every word of the description.
    start,     ///< Its first words.
    inside,    ///< Words further on.
    cut,       ///< The description is the start of the name.
    skeleton,  ///< Equal consonants.
};

struct KnowledgeMatch {
    std::uint32_t entry = 0;
    MatchQuality quality = MatchQuality::whole;
    std::uint8_t words = 0;
    bool is_region = true;        ///< The currency is one the merchant is met in, or is not known.
    bool is_common_word = false;  ///< The entry's, where no letter in front tells it apart.
};

class Knowledge {
public:
    struct Name {
        std::string name;
        CategoryIndex category = 0;
        std::uint32_t regions = 0;
        float weight = 1;
    };
    /// Names that fold to nothing are dropped; equal ones are joined.
    /// `common`: words that are no merchant's alone.
    static Knowledge create(std::span<const Name> names, std::span<const std::string> common);

    std::size_t size() const { return entries_.size(); }
    const KnownMerchant& entry(std::uint32_t index) const { return entries_[index]; }
    std::string_view display(std::uint32_t index) const;
    std::string_view key(std::uint32_t index) const;

    /// The best match, or none. Cost: at most 20 look-ups, 0.3 µs.
    struct Found {
        bool is_found = false;
        KnowledgeMatch match;
    };
    Found find(const finance::merchants::MerchantText& text, std::string_view currency) const;
    /// By going through all names; the reference for whole, start and inside.
    Found find_slowly(const finance::merchants::MerchantText& text,
                      std::string_view currency) const;

    std::string encode() const;
    static Result<Knowledge> decode(std::string_view bytes);
    std::size_t footprint() const;

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t entry = kNone;
    };
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    static constexpr std::uint32_t kAmbiguous = 0xFFFFFFFE;
    struct Spans;
    std::uint32_t look_up(const std::vector<Slot>& slots, std::uint64_t hash) const;
    void index();
    /// Whether the letter in front of the entry's name stands in front of it in the text.
    bool has_initial(std::uint32_t entry, const finance::merchants::MerchantText& text) const;
    /// "Good" alone is no B.Good; a word of everyday, "market", says what it says without the K.
    bool is_meant(std::uint32_t entry, const finance::merchants::MerchantText& text) const;
    /// What hangs on the entry found, and on where the money was spent.
    Found placed(Found best, const finance::merchants::MerchantText& text,
                 std::string_view currency) const;
    Found find_spans(const Spans& spans) const;
    Found find_cut(std::string_view compact) const;
    Found find_skeleton(const Spans& spans) const;
    /// Whether some key starts with the first letters of these; now and then true of none.
    bool may_start(std::string_view letters) const;

    std::vector<KnownMerchant> entries_;  ///< In the order of their keys.
    std::string keys_;
    std::vector<std::uint32_t> key_ends_;
    std::string displays_;
    std::vector<std::uint32_t> display_ends_;
    /// The letter in front of a name of one more word ("Q-Park"), which its key lacks; 0: none.
    std::vector<char> initials_;
    std::vector<Slot> slots_;
    std::vector<Slot> skeletons_;
    std::vector<std::uint64_t> starts_;  ///< A bit for each way a key starts.
};

}  // namespace atlas::learning::categorise
