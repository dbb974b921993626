// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/knowledge.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <set>

#include "base/little_endian.hpp"

namespace atlas::learning::categorise {
namespace {

using finance::merchants::hash_of;
using finance::merchants::MerchantText;
using finance::merchants::RunningHash;
using finance::merchants::Word;
using finance::merchants::WordKind;

constexpr std::size_t kSpanWordsMax = 4;
constexpr std::size_t kStartsMax = 4;
constexpr std::size_t kShortKey = 3;   // Shorter keys have to be the whole description.
constexpr std::size_t kCutKeyMin = 8;  // Letters that are enough to finish a cut-off name.
constexpr std::size_t kSkeletonMin = 5;
constexpr std::size_t kStartBits = 1U << 18;  // For 29,000 names: one in ten says so wrongly.

struct Region {
    std::string_view currency;
    std::string_view countries;
};
constexpr Region kRegions[] = {
    {"USD", "us pr ec pa sv"},
    {"EUR", "de fr es it nl be at ie pt fi gr lu sk si ee lv lt cy mt hr mc ad bg"},
    {"GBP", "gb gg je im"},
    {"INR", "in"},
    {"RUB", "ru by"},
    {"CAD", "ca"},
    {"AUD", "au"},
    {"BRL", "br"},
    {"MXN", "mx"},
    {"PLN", "pl"},
    {"CHF", "ch li"},
    {"SEK", "se"},
    {"NOK", "no"},
    {"DKK", "dk"},
    {"CZK", "cz"},
    {"HUF", "hu"},
    {"RON", "ro"},
    {"TRY", "tr"},
    {"UAH", "ua"},
    {"JPY", "jp"},
    {"CNY", "cn"},
    {"KRW", "kr"},
    {"SGD", "sg"},
    {"MYR", "my"},
    {"THB", "th"},
    {"IDR", "id"},
    {"PHP", "ph"},
    {"VND", "vn"},
    {"ZAR", "za"},
    {"NZD", "nz"}};

/// The words of a name run together, and where each starts and ends.
struct Compact {
    char text[512];
    std::size_t size = 0;
    std::size_t ends[MerchantText::kWordsMax];
    bool is_numbered[MerchantText::kWordsMax];  ///< A number follows, or nothing: "REI #26".
    std::size_t count = 0;

    std::string_view span(std::size_t first, std::size_t last) const {
        const std::size_t from = first == 0 ? 0 : ends[first - 1];
        return {text + from, ends[last] - from};
    }
    std::string_view whole() const { return {text, size}; }
    /// A name of two or three letters counts where its store number follows: "REI #26".
    bool is_short_name(std::size_t first, std::size_t last) const {
        return first == 0 && last == 0 && size_of_span(0) >= 2 && is_numbered[0];
    }
    std::size_t size_of_span(std::size_t last) const { return ends[last]; }
};

/// `name`: as content, without what banks print around it, and with single letters in front as one
/// word ("H-E-B", "B & Q").
enum class Take : std::uint8_t { content, everything, name };

/// How many words in front are single letters.
std::ptrdiff_t initials_of(const MerchantText& text) {
    const auto words = text.words();
    return std::ranges::find_if(words, [](const Word& word) { return word.latin_size != 1; }) -
           words.begin();
}

void make_compact(const MerchantText& text, Take take, Compact& out) {
    out.size = 0;
    out.count = 0;
    const std::ptrdiff_t initials = take == Take::name ? initials_of(text) : 0;
    for (const Word& word : text.words()) {
        const bool is_initial = initials >= 2 && &word - text.words().data() < initials;
        const bool is_frame = take == Take::name && word.is_frame;
        const bool is_content =
            is_initial ||
            (!is_frame && (word.kind == WordKind::word || word.kind == WordKind::place));
        if (!is_content && take != Take::everything) {
            if (out.count > 0 && word.kind == WordKind::number) {
                out.is_numbered[out.count - 1] = true;
            }
            continue;
        }
        const std::string_view latin = text.latin_of(word);
        if (out.size + latin.size() > sizeof out.text) {
            return;
        }
        std::memcpy(out.text + out.size, latin.data(), latin.size());
        out.size += latin.size();
        if (is_initial && out.count == 1) {
            out.ends[0] = out.size;
            continue;
        }
        out.is_numbered[out.count] = false;
        out.ends[out.count++] = out.size;
    }
}

bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/// First letter, then consonants without repeats. 0 when too short to mean anything.
std::uint64_t skeleton_of(std::string_view compact) {
    char bones[64];
    std::size_t size = 0;
    for (std::size_t i = 0; i < compact.size() && size < sizeof bones; ++i) {
        const char c = compact[i];
        if (i > 0 && (is_vowel(c) || bones[size - 1] == c)) {
            continue;
        }
        bones[size++] = c;
    }
    return size < kSkeletonMin ? 0 : hash_of({bones, size}, 7);
}

/// What a name is looked up by: its content words, else all of them.
std::string key_of(std::string_view name) {
    MerchantText text;
    text.read(name);
    Compact compact;
    make_compact(text, Take::content, compact);
    if (compact.size < 2) {
        make_compact(text, Take::everything, compact);
    }
    return std::string(compact.whole());
}

/// The letter in front of a name of one more word; 0: it is no such name, or its key has it.
char initial_of(std::string_view name, std::string_view key) {
    // Most names are told apart without reading them: a letter, then no letter.
    const std::size_t letter = name.empty() || static_cast<unsigned char>(name[0]) < 0x80 ? 1 : 2;
    const auto is_ascii_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    if (name.size() <= letter + 1 || is_ascii_letter(name[letter]) ||
        static_cast<unsigned char>(name[letter]) >= 0x80) {
        return 0;
    }
    MerchantText text;
    text.read(name);
    const auto words = text.words();
    const bool is_one = words.size() == 2 && words[0].latin_size == 1;
    return is_one && text.latin_of(words[1]) == key ? text.latin_of(words[0]).front() : '\0';
}

struct Draft {
    std::string display;
    float display_weight = -1;
    std::map<CategoryIndex, float> weights;
    std::uint32_t regions = 0;
};

KnownMerchant settle(const Draft& draft) {
    std::vector<std::pair<float, CategoryIndex>> ranked;
    float total = 0;
    for (const auto& [category, weight] : draft.weights) {
        ranked.emplace_back(-weight, category);
        total += weight;
    }
    std::ranges::sort(ranked);
    KnownMerchant entry;
    entry.regions = draft.regions;
    for (const auto& [weight, category] : ranked) {
        if (entry.category_count < KnownMerchant::kCategoriesMax) {
            entry.categories[entry.category_count] = category;
            entry.shares[entry.category_count++] = -weight / total;
        }
    }
    return entry;
}

}  // namespace

std::uint32_t region_of_currency(std::string_view currency) {
    for (std::size_t i = 0; i < std::size(kRegions); ++i) {
        if (kRegions[i].currency == currency) {
            return 2U << i;
        }
    }
    return 0;
}

std::uint32_t region_of_country(std::string_view country) {
    if (country == "001") {
        return 1;
    }
    for (std::size_t i = 0; i < std::size(kRegions); ++i) {
        if (kRegions[i].countries.find(country) != std::string_view::npos) {
            return 2U << i;
        }
    }
    return 0;
}

Knowledge Knowledge::create(std::span<const Name> names, std::span<const std::string> common) {
    std::map<std::string, Draft> drafts;
    for (const Name& name : names) {
        std::string key = key_of(name.name);
        if (key.size() < 2) {
            continue;
        }
        Draft& draft = drafts[std::move(key)];
        if (name.weight > draft.display_weight) {
            draft.display = name.name;
            draft.display_weight = name.weight;
        }
        draft.weights[name.category] += name.weight;
        draft.regions |= name.regions;
    }
    std::set<std::string> common_keys;
    for (const std::string& word : common) {
        common_keys.insert(key_of(word));
    }
    Knowledge knowledge;
    for (const auto& [key, draft] : drafts) {
        KnownMerchant entry = settle(draft);
        entry.is_common_word = common_keys.contains(key) ? 1 : 0;
        knowledge.entries_.push_back(entry);
        knowledge.keys_ += key;
        knowledge.key_ends_.push_back(static_cast<std::uint32_t>(knowledge.keys_.size()));
        knowledge.displays_ += draft.display;
        knowledge.display_ends_.push_back(static_cast<std::uint32_t>(knowledge.displays_.size()));
    }
    knowledge.index();
    return knowledge;
}

std::string_view Knowledge::key(std::uint32_t index) const {
    const std::uint32_t from = index == 0 ? 0 : key_ends_[index - 1];
    return std::string_view(keys_).substr(from, key_ends_[index] - from);
}

std::string_view Knowledge::display(std::uint32_t index) const {
    const std::uint32_t from = index == 0 ? 0 : display_ends_[index - 1];
    return std::string_view(displays_).substr(from, display_ends_[index] - from);
}

void Knowledge::index() {
    const std::size_t room = std::bit_ceil(std::max<std::size_t>(entries_.size() * 2, 16));
    slots_.assign(room, Slot{});
    skeletons_.assign(room, Slot{});
    const auto slot_for = [room](std::vector<Slot>& slots, std::uint64_t hash) -> Slot& {
        const auto tag = static_cast<std::uint32_t>(hash >> 32);
        std::size_t at = hash & (room - 1);
        while (slots[at].entry != kNone && slots[at].tag != tag) {
            at = (at + 1) & (room - 1);
        }
        slots[at].tag = tag;
        return slots[at];
    };
    starts_.assign(kStartBits / 64, 0);
    initials_.clear();
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        initials_.push_back(initial_of(display(i), key(i)));
        if (key(i).size() >= kCutKeyMin) {
            const std::uint64_t bit = hash_of(key(i).substr(0, kCutKeyMin)) % kStartBits;
            starts_[bit / 64] |= std::uint64_t{1} << (bit % 64);
        }
        slot_for(slots_, hash_of(key(i))).entry = i;
        if (const std::uint64_t bones = skeleton_of(key(i)); bones != 0) {
            Slot& slot = slot_for(skeletons_, bones);
            // Names that share their consonants have to agree, else none of them is meant.
            const bool agrees = slot.entry == kNone ||
                                (slot.entry < entries_.size() &&
                                 entries_[slot.entry].categories[0] == entries_[i].categories[0]);
            slot.entry = agrees ? i : kAmbiguous;
        }
    }
}

std::uint32_t Knowledge::look_up(const std::vector<Slot>& slots, std::uint64_t hash) const {
    const std::size_t mask = slots.size() - 1;
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    for (std::size_t at = hash & mask; slots[at].entry != kNone; at = (at + 1) & mask) {
        if (slots[at].tag == tag) {
            return slots[at].entry < entries_.size() ? slots[at].entry : kNone;
        }
    }
    return kNone;
}

bool Knowledge::may_start(std::string_view letters) const {
    const std::uint64_t bit = hash_of(letters.substr(0, kCutKeyMin)) % kStartBits;
    return (starts_[bit / 64] >> (bit % 64) & 1U) != 0;
}

bool Knowledge::has_initial(std::uint32_t entry, const MerchantText& text) const {
    const auto words = text.words();
    for (std::size_t i = 0; initials_[entry] != 0 && i + 1 < words.size(); ++i) {
        if (words[i].latin_size == 1 && text.latin_of(words[i]).front() == initials_[entry] &&
            text.latin_of(words[i + 1]) == key(entry)) {
            return true;
        }
    }
    return false;
}

bool Knowledge::is_meant(std::uint32_t entry, const MerchantText& text) const {
    return initials_[entry] == 0 || entries_[entry].is_common_word != 0 || has_initial(entry, text);
}

Knowledge::Found Knowledge::find_cut(std::string_view compact) const {
    if (compact.size() < kCutKeyMin || !may_start(compact)) {
        return {};
    }
    std::uint32_t low = 0;
    auto high = static_cast<std::uint32_t>(entries_.size());
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (key(middle) < compact) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < entries_.size() && key(low).starts_with(compact) && initials_[low] == 0) {
        return {.is_found = true,
                .match = {.entry = low, .quality = MatchQuality::cut, .words = 1}};
    }
    return {};
}

/// The text that names are looked for in.
struct Knowledge::Spans {
    const MerchantText& text;
    Compact words;
    bool may_be_cut = true;  ///< Nothing of the bank's own words follows: "INTEREST PAYMENT".
    explicit Spans(const MerchantText& whole) : text(whole) {
        make_compact(text, Take::name, words);
        if (words.count == 0) {
            make_compact(text, Take::everything, words);
        }
        for (const Word& word : text.words()) {
            const bool is_content = word.kind == WordKind::word || word.kind == WordKind::place;
            may_be_cut = is_content ? !word.is_frame : may_be_cut;
        }
    }
};

/// The longest span from the earliest word.
Knowledge::Found Knowledge::find_spans(const Spans& spans) const {
    const Compact& words = spans.words;
    std::array<std::uint64_t, kSpanWordsMax> hashes;
    for (std::size_t first = 0; first < std::min(words.count, kStartsMax); ++first) {
        const std::size_t last_max = std::min(first + kSpanWordsMax, words.count);
        RunningHash hash;
        for (std::size_t last = first; last < last_max; ++last) {
            hash.add(words.span(last, last));
            hashes[last - first] = hash.value();
            __builtin_prefetch(slots_.data() + (hash.value() & (slots_.size() - 1)));
        }
        for (std::size_t last = last_max; last-- > first;) {
            const bool is_whole = first == 0 && last + 1 == words.count;
            if (words.span(first, last).size() <= kShortKey && !is_whole &&
                !words.is_short_name(first, last)) {
                continue;
            }
            const std::uint32_t entry = look_up(slots_, hashes[last - first]);
            if (entry != kNone && is_meant(entry, spans.text)) {
                return {.is_found = true,
                        .match = {.entry = entry,
                                  .quality = is_whole     ? MatchQuality::whole
                                             : first == 0 ? MatchQuality::start
                                                          : MatchQuality::inside,
                                  .words = static_cast<std::uint8_t>(last - first + 1)}};
            }
        }
    }
    return {};
}

Knowledge::Found Knowledge::find_skeleton(const Spans& spans) const {
    for (std::size_t last = std::min<std::size_t>(spans.words.count, 3); last-- > 0;) {
        const std::uint64_t bones = skeleton_of(spans.words.span(0, last));
        const std::uint32_t entry = bones == 0 ? kNone : look_up(skeletons_, bones);
        if (entry != kNone && is_meant(entry, spans.text)) {
            return {.is_found = true,
                    .match = {.entry = entry,
                              .quality = MatchQuality::skeleton,
                              .words = static_cast<std::uint8_t>(last + 1)}};
        }
    }
    return {};
}

Knowledge::Found Knowledge::placed(Found best, const MerchantText& text,
                                   std::string_view currency) const {
    if (best.is_found) {
        const KnownMerchant& entry = entries_[best.match.entry];
        const std::uint32_t region = region_of_currency(currency);
        best.match.is_region =
            region == 0 || entry.regions == 0 || (entry.regions & (region | 1U)) != 0;
        best.match.is_common_word =
            entry.is_common_word != 0 && !has_initial(best.match.entry, text);
    }
    return best;
}

Knowledge::Found Knowledge::find(const MerchantText& text, std::string_view currency) const {
    if (entries_.empty()) {
        return {};
    }
    const Spans spans(text);
    Found best = find_spans(spans);
    if (!best.is_found && spans.may_be_cut) {
        best = find_cut(spans.words.whole());
    }
    if (!best.is_found) {
        best = find_skeleton(spans);
    }
    return placed(best, text, currency);
}

Knowledge::Found Knowledge::find_slowly(const MerchantText& text, std::string_view currency) const {
    Compact compact;
    make_compact(text, Take::name, compact);
    if (compact.count == 0) {
        make_compact(text, Take::everything, compact);
    }
    Found best;
    std::size_t best_first = 0;
    std::size_t best_words = 0;
    for (std::uint32_t entry = 0; entry < entries_.size(); ++entry) {
        for (std::size_t first = 0; first < std::min(compact.count, kStartsMax); ++first) {
            for (std::size_t last = first; last < compact.count && last < first + kSpanWordsMax;
                 ++last) {
                const bool is_whole = first == 0 && last + 1 == compact.count;
                const std::string_view span = compact.span(first, last);
                const bool is_better = !best.is_found || first < best_first ||
                                       (first == best_first && last - first + 1 > best_words);
                const bool is_too_short =
                    span.size() <= kShortKey && !is_whole && !compact.is_short_name(first, last);
                if (span != key(entry) || !is_better || is_too_short || !is_meant(entry, text)) {
                    continue;
                }
                best_first = first;
                best_words = last - first + 1;
                best = {.is_found = true,
                        .match = {.entry = entry,
                                  .quality = is_whole     ? MatchQuality::whole
                                             : first == 0 ? MatchQuality::start
                                                          : MatchQuality::inside,
                                  .words = static_cast<std::uint8_t>(best_words)}};
            }
        }
    }
    return placed(best, text, currency);
}

std::string Knowledge::encode() const {
    ByteWriter out;
    out.array(entries_);
    out.text(keys_);
    out.array(key_ends_);
    out.text(displays_);
    out.array(display_ends_);
    return out.take();
}

Result<Knowledge> Knowledge::decode(std::string_view bytes) {
    ByteReader in(bytes);
    Knowledge knowledge;
    knowledge.entries_ = in.array<KnownMerchant>();
    knowledge.keys_ = in.text();
    knowledge.key_ends_ = in.array<std::uint32_t>();
    knowledge.displays_ = in.text();
    knowledge.display_ends_ = in.array<std::uint32_t>();
    ATLAS_TRY(in.finish());
    const std::size_t count = knowledge.entries_.size();
    const auto ends_fit = [count](const std::vector<std::uint32_t>& ends, std::size_t size) {
        return ends.size() == count && std::ranges::is_sorted(ends) &&
               (count == 0 || ends.back() == size);
    };
    const bool fits = ends_fit(knowledge.key_ends_, knowledge.keys_.size()) &&
                      ends_fit(knowledge.display_ends_, knowledge.displays_.size()) &&
                      std::ranges::all_of(knowledge.entries_, [](const KnownMerchant& entry) {
                          return entry.category_count > 0 &&
                                 entry.category_count <= KnownMerchant::kCategoriesMax;
                      });
    if (!fits) {
        return fail(ErrorCode::data_loss, {}, "the merchants' parts do not fit together");
    }
    knowledge.index();
    return knowledge;
}

std::size_t Knowledge::footprint() const {
    return entries_.size() * sizeof(KnownMerchant) + keys_.size() + displays_.size() +
           (key_ends_.size() + display_ends_.size()) * sizeof(std::uint32_t) +
           (slots_.size() + skeletons_.size()) * sizeof(Slot) +
           starts_.size() * sizeof(std::uint64_t);
}

}  // namespace atlas::learning::categorise
