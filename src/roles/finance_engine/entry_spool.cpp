// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/entry_spool.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "finance/statements/packed_entry.hpp"

namespace atlas::roles::finance_engine {

namespace statements = finance::statements;
using statements::StatementEntry;

void EntrySpool::take(std::size_t statement, StatementEntry entry) {
    if (statement >= facts_.size()) {
        facts_.resize(statement + 1);
    }
    EntryFacts& facts = facts_[statement];
    if (facts.count++ == 0) {
        facts.first_day = entry.date;
        facts.last_day = entry.date;
        facts.last_place = entry.position;
    }
    facts.first_day = std::min(facts.first_day, entry.date);
    if (entry.date > facts.last_day) {
        facts.last_day = entry.date;
        facts.last_place = entry.position;
    }
    if (!entry.bank_id.empty()) {
        again_.saw(statement, entry.bank_id);
    }
    const std::size_t before = packed_.size();
    statements::Packer packer(packed_);
    statements::pack(entry, packer);
    keys_.push_back({.statement = static_cast<std::uint32_t>(statement),
                     .day = entry.date.days_since_epoch(),
                     .offset = before,
                     .size = static_cast<std::uint32_t>(packed_.size() - before)});
    if (packed_.size() >= kSpoolPartBytes && !failed_.has_value()) {
        if (auto written = write_part(); !written.has_value()) {
            failed_ = std::move(written).error();
        }
    }
    if (failed_.has_value()) {
        packed_.clear();  // Nothing will come of this file.
        keys_.clear();
    }
}

void EntrySpool::clear() {
    packed_.clear();
    keys_.clear();
    spans_.clear();  // What was written stays in the log, unread.
    facts_.clear();
    again_ = {};
}

const EntryFacts* EntrySpool::facts(std::size_t statement) const {
    return statement < facts_.size() && facts_[statement].count > 0 ? &facts_[statement] : nullptr;
}

void EntrySpool::sort_held() {
    const auto day = [&](const Key& key) {
        return facts_[key.statement].count > kDecidedAtOnce ? key.day : 0;
    };
    std::ranges::stable_sort(keys_, [&](const Key& a, const Key& b) {
        return std::pair(a.statement, day(a)) < std::pair(b.statement, day(b));
    });
}

Result<void> EntrySpool::write_part() {
    // Only at the end is it known how many a statement has; by date it is right for all of them.
    std::ranges::stable_sort(keys_, [](const Key& a, const Key& b) {
        return std::tie(a.statement, a.day) < std::tie(b.statement, b.day);
    });
    const std::uint64_t begin = log_.size();
    std::string record;
    for (const Key& key : keys_) {
        record.clear();
        statements::Packer packer(record);
        packer.number(key.statement);
        packer.number(key.day);
        record.append(packed_, static_cast<std::size_t>(key.offset), key.size);
        ATLAS_TRY(log_.append(record));
    }
    spans_.emplace_back(begin, log_.size());
    packed_.clear();
    keys_.clear();
    return {};
}

Result<void> EntrySpool::settle() {
    if (failed_.has_value()) {
        return Unexpected(*failed_);
    }
    if (spans_.empty()) {
        sort_held();
        return {};
    }
    ATLAS_TRY(write_part());
    ATLAS_TRY(log_.settle());
    packed_.shrink_to_fit();
    keys_.shrink_to_fit();
    parts_.reserve(spans_.size());  // A reader that has begun does not move.
    const std::size_t held =
        std::clamp(kMergeHeldBytes / spans_.size(), kMergeReadBytesMin, kScratchReadBytes);
    for (const auto& [begin, end] : spans_) {
        parts_.push_back({.reader = ScratchReader(log_, begin, end, held), .record = {}});
        ATLAS_TRY(advance(parts_.back()));
    }
    return {};
}

Result<void> EntrySpool::advance(Part& part) {
    ATLAS_TRY_ASSIGN(const auto record, part.reader.next());
    part.record = record.value_or(std::string_view{});
    if (!part.record.empty()) {
        statements::Unpacker in(part.record);
        part.statement = static_cast<std::uint32_t>(in.number());
        part.day = static_cast<std::int32_t>(in.number());
    }
    return {};
}

Result<std::optional<StatementEntry>> EntrySpool::next(std::size_t statement) {
    if (spans_.empty()) {
        if (at_ >= keys_.size() || keys_[at_].statement != statement) {
            return std::optional<StatementEntry>();
        }
        const Key& key = keys_[at_++];
        statements::Unpacker in(
            std::string_view(packed_).substr(static_cast<std::size_t>(key.offset), key.size));
        return std::optional(statements::unpack_entry(in));
    }
    // The first of equal ones: parts follow each other in the file.
    Part* first = nullptr;
    for (Part& part : parts_) {
        if (!part.record.empty() && part.statement == statement &&
            (first == nullptr || part.day < first->day)) {
            first = &part;
        }
    }
    if (first == nullptr) {
        return std::optional<StatementEntry>();
    }
    statements::Unpacker in(first->record);
    static_cast<void>(in.number());
    static_cast<void>(in.number());
    std::optional<StatementEntry> entry(statements::unpack_entry(in));
    ATLAS_TRY(advance(*first));
    return entry;
}

}  // namespace atlas::roles::finance_engine
