// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/memory.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "base/crc32c.hpp"
#include "base/format.hpp"
#include "base/little_endian.hpp"
#include "learning/categorise/memory_state.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr std::uint32_t kMagic = 0x4D544C41;  // "ALTM"
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kOwnCategoriesMax = 2000;

}  // namespace

std::int16_t amount_step_of(std::int64_t amount_minor) {
    if (amount_minor == 0) {
        return 0;
    }
    const double size = std::abs(static_cast<double>(amount_minor));
    const auto step = static_cast<int>(std::lround(4.0 * std::log2(size + 1.0))) + 1;
    return static_cast<std::int16_t>(amount_minor < 0 ? -step : step);
}

CategoryIndex MemoryState::find(const Taxonomy& taxonomy, std::string_view category) const {
    if (const CategoryIndex known = taxonomy.find(category); known != kNoCategory) {
        return known;
    }
    const auto own = std::ranges::find(own_categories, category);
    return own == own_categories.end()
               ? kNoCategory
               : static_cast<CategoryIndex>(taxonomy.size() +
                                            static_cast<std::size_t>(own - own_categories.begin()));
}

CategoryIndex MemoryState::intern(const Taxonomy& taxonomy, std::string_view category) {
    const CategoryIndex known = find(taxonomy, category);
    if (known != kNoCategory || own_categories.size() >= kOwnCategoriesMax) {
        return known;
    }
    const std::string_view top_id = top_of(category);
    const CategoryIndex top = top_id == category ? kNoCategory : intern(taxonomy, top_id);
    own_categories.emplace_back(category);
    const auto index = static_cast<CategoryIndex>(taxonomy.size() + own_categories.size() - 1);
    own_tops.push_back(top == kNoCategory ? index : top);
    return index;
}

std::string_view MemoryState::id(const Taxonomy& taxonomy, CategoryIndex index) const {
    if (index < taxonomy.size()) {
        return taxonomy.id(index);
    }
    const std::size_t own = index - taxonomy.size();
    return own < own_categories.size() ? std::string_view(own_categories[own])
                                       : taxonomy.id(taxonomy.unknown());
}

void MemoryState::count(std::uint64_t feature, CategoryIndex category) {
    Tally& tally = tallies.at(feature);
    ++tally.total;
    std::size_t free = Tally::kInline;
    for (std::size_t i = 0; i < Tally::kInline; ++i) {
        if (tally.counts[i] > 0 && tally.categories[i] == category) {
            if (tally.counts[i] < std::numeric_limits<std::uint16_t>::max()) {
                ++tally.counts[i];
                return;
            }
        } else if (tally.counts[i] == 0 && free == Tally::kInline) {
            free = i;
        }
    }
    const auto more = overflow.find(feature);
    if (more != overflow.end()) {
        for (auto& [own, count] : more->second) {
            if (own == category) {
                ++count;
                return;
            }
        }
    }
    if (free < Tally::kInline) {
        tally.categories[free] = category;
        tally.counts[free] = 1;
        return;
    }
    overflow[feature].emplace_back(category, 1);
}

void MemoryState::uncount(std::uint64_t feature, CategoryIndex category) {
    Tally* tally = tallies.find(feature);
    if (tally == nullptr || tally->total == 0) {
        return;
    }
    --tally->total;
    if (const auto more = overflow.find(feature); more != overflow.end()) {
        auto& counts = more->second;
        for (auto own = counts.begin(); own != counts.end(); ++own) {
            if (own->first != category) {
                continue;
            }
            if (--own->second == 0) {
                counts.erase(own);
            }
            if (counts.empty()) {
                overflow.erase(more);
            }
            return;
        }
    }
    for (std::size_t i = 0; i < Tally::kInline; ++i) {
        if (tally->counts[i] > 0 && tally->categories[i] == category) {
            --tally->counts[i];
            return;
        }
    }
}

void MemoryState::use(CategoryIndex category, std::int16_t amount_step, int by) {
    const std::size_t direction = direction_of(amount_step);
    std::vector<std::uint32_t>& counts = used[direction];
    if (counts.size() <= category) {
        counts.resize(category + std::size_t{1}, 0);
    }
    counts[category] = static_cast<std::uint32_t>(static_cast<int>(counts[category]) + by);
    used_total[direction] =
        static_cast<std::uint32_t>(static_cast<int>(used_total[direction]) + by);
}

void MemoryState::link(Record& record, std::uint32_t number) {
    const auto hang = [&](HashTable<Latest>& table, std::uint64_t key) {
        if (key == 0) {
            return 0U;
        }
        Latest& latest = table.at(key);
        if (record.category != kNoCategory) {
            latest.add({record.category, record.amount_step});
        }
        return std::exchange(latest.last, number);
    };
    record.before_text = hang(by_text, record.text_key);
    record.before_merchant = hang(by_merchant, record.merchant_key);
}

void MemoryState::ask_again(Latest& latest, std::uint32_t Record::*before) const {
    latest.count = 0;
    for (std::uint32_t number = latest.last; number != 0 && latest.count < kVotesMax;) {
        const Record& record = records[number - 1];
        number = record.*before;
        if (record.category != kNoCategory) {
            latest.votes[latest.count++] = {record.category, record.amount_step};
        }
    }
}

void MemoryState::learn(const ExampleKeys& example, CategoryIndex category, Claim claim) {
    if (records.size() >= kRecordsMax || category == kNoCategory) {
        return;
    }
    const auto number = static_cast<std::uint32_t>(records.size() + 1);
    Record record{.text_key = example.text_key,
                  .merchant_key = example.merchant_key,
                  .before_text = 0,
                  .before_merchant = 0,
                  .category = category,
                  .amount_step = example.amount_step,
                  .claim = claim.bits()};
    link(record, number);
    records.push_back(record);
    calibration.add(claim);
    use(category, example.amount_step, 1);
    for (const std::uint64_t feature : example.features) {
        count(feature, category);
    }
}

bool MemoryState::forget(const ExampleKeys& example, CategoryIndex category) {
    const auto matches = [&](const Record& record) {
        return record.category == category && record.text_key == example.text_key &&
               record.merchant_key == example.merchant_key &&
               record.amount_step == example.amount_step;
    };
    std::uint32_t number = 0;
    Latest* of_text = example.text_key == 0 ? nullptr : by_text.find(example.text_key);
    if (of_text != nullptr) {
        for (number = of_text->last; number != 0 && !matches(records[number - 1]);) {
            number = records[number - 1].before_text;
        }
    } else {
        number = static_cast<std::uint32_t>(records.size());
        while (number != 0 && !matches(records[number - 1])) {
            --number;
        }
    }
    if (number == 0) {
        return false;
    }
    Record& record = records[number - 1];
    record.category = kNoCategory;
    if (of_text != nullptr) {
        ask_again(*of_text, &Record::before_text);
    }
    if (record.merchant_key != 0) {
        ask_again(by_merchant.at(record.merchant_key), &Record::before_merchant);
    }
    calibration.remove(Claim::of_bits(std::exchange(record.claim, 0)));
    ++taken_back;
    use(category, example.amount_step, -1);
    for (const std::uint64_t feature : example.features) {
        uncount(feature, category);
    }
    return true;
}

Memory::Memory() : state_(std::make_unique<MemoryState>()) {}
Memory::Memory(const Memory& other) : state_(std::make_unique<MemoryState>(*other.state_)) {}
Memory::Memory(Memory&& other) noexcept = default;
Memory& Memory::operator=(Memory other) noexcept {
    state_ = std::move(other.state_);
    return *this;
}
Memory::~Memory() = default;

std::size_t Memory::size() const {
    return state_->records.size() - state_->taken_back;
}

std::size_t Memory::footprint() const {
    return state_->records.capacity() * sizeof(Record) + state_->by_text.footprint() +
           state_->by_merchant.footprint() + state_->tallies.footprint();
}

std::string Memory::serialise() const {
    ByteWriter out;
    out.number(static_cast<std::uint64_t>(state_->own_categories.size()));
    for (const std::string& category : state_->own_categories) {
        out.text(category);
    }
    out.array(state_->own_tops);
    out.number(state_->taxonomy_print);
    out.number(state_->taken_back);
    out.array(state_->records);
    std::vector<std::uint64_t> keys;
    std::vector<Tally> tallies;
    for (const auto& slot : state_->tallies.sorted()) {
        keys.push_back(slot.key);
        tallies.push_back(slot.value);
    }
    out.array(keys);
    out.array(tallies);
    std::vector<std::uint64_t> more;
    for (const std::uint64_t key : keys) {
        const auto spilled = state_->overflow.find(key);
        if (spilled == state_->overflow.end()) {
            continue;
        }
        for (const auto& [category, count] : spilled->second) {
            more.insert(more.end(), {key, category, count});
        }
    }
    out.array(more);
    const std::string body = out.take();
    ByteWriter whole;
    whole.number(kMagic);
    whole.number(kVersion);
    whole.number(crc32c(std::as_bytes(std::span(body))));
    return whole.take() + body;
}

namespace {

/// The chains are not stored: they follow from the records, and cannot point anywhere wrong.
Result<void> chain(MemoryState& state, std::size_t category_max) {
    std::uint32_t taken_back = 0;
    for (std::size_t i = 0; i < state.records.size(); ++i) {
        Record& record = state.records[i];
        if (record.category == kNoCategory) {
            ++taken_back;
        } else if (record.category >= category_max) {
            return fail(ErrorCode::data_loss, {}, "a record names no category");
        } else {
            state.use(record.category, record.amount_step, 1);
            state.calibration.add(Claim::of_bits(record.claim));
        }
        state.link(record, static_cast<std::uint32_t>(i + 1));
    }
    if (taken_back != state.taken_back) {
        return fail(ErrorCode::data_loss, {}, "the records and their count do not agree");
    }
    return {};
}

}  // namespace

Result<Memory> Memory::deserialise(std::string_view bytes) {
    ByteReader head(bytes.substr(0, 12));
    const auto magic = head.number<std::uint32_t>();
    const auto version = head.number<std::uint32_t>();
    const auto checksum = head.number<std::uint32_t>();
    if (head.is_broken() || magic != kMagic) {
        return fail(ErrorCode::data_loss, {}, "these bytes are no memory of the categoriser's");
    }
    if (version != kVersion) {
        return fail(ErrorCode::unsupported, {},
                    format("a memory of version {}; this program reads {}", version, kVersion));
    }
    const std::string_view body = bytes.substr(12);
    if (crc32c(std::as_bytes(std::span(body))) != checksum) {
        return fail(ErrorCode::data_loss, {}, "the memory's checksum does not fit its bytes");
    }
    Memory memory;
    MemoryState& state = *memory.state_;
    ByteReader in(body);
    const auto own = in.number<std::uint64_t>();
    for (std::uint64_t i = 0; i < own && !in.is_broken(); ++i) {
        state.own_categories.emplace_back(in.text());
    }
    state.own_tops = in.array<CategoryIndex>();
    state.taxonomy_print = in.number<std::uint64_t>();
    state.taken_back = in.number<std::uint32_t>();
    state.records = in.array<Record>();
    const auto keys = in.array<std::uint64_t>();
    const auto tallies = in.array<Tally>();
    const auto more = in.array<std::uint64_t>();
    ATLAS_TRY(in.finish());
    constexpr std::size_t kTaxonomyMax = 512;
    const std::size_t category_max = kTaxonomyMax + state.own_categories.size();
    if (keys.size() != tallies.size() || more.size() % 3 != 0 ||
        state.own_tops.size() != state.own_categories.size()) {
        return fail(ErrorCode::data_loss, {}, "the memory's parts do not fit together");
    }
    ATLAS_TRY(chain(state, category_max));
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const bool fits = keys[i] != 0 && std::ranges::all_of(tallies[i].categories, [&](auto c) {
                              return c < category_max;
                          });
        if (!fits) {
            return fail(ErrorCode::data_loss, {}, "a tally names no category");
        }
        state.tallies.at(keys[i]) = tallies[i];
    }
    for (std::size_t i = 0; i < more.size(); i += 3) {
        if (more[i + 1] >= category_max) {
            return fail(ErrorCode::data_loss, {}, "a tally names no category");
        }
        state.overflow[more[i]].emplace_back(static_cast<CategoryIndex>(more[i + 1]),
                                             static_cast<std::uint32_t>(more[i + 2]));
    }
    return memory;
}

}  // namespace atlas::learning::categorise
