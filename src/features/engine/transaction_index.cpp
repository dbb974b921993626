// SPDX-License-Identifier: Apache-2.0
#include "features/engine/transaction_index.hpp"

#include "base/check.hpp"

namespace atlas::features {

std::size_t TransactionIndex::place_of(const TransactionId& id) const {
    std::size_t place = home_of(id);
    while (table_[place] != kEmpty && entries_[table_[place]].id != id) {
        place = (place + 1) & (table_.size() - 1);
    }
    return place;
}

std::optional<std::uint32_t> TransactionIndex::find(const TransactionId& id) const {
    if (table_.empty()) {
        return std::nullopt;
    }
    const std::uint32_t slot = table_[place_of(id)];
    return slot == kEmpty ? std::nullopt : std::optional(slot);
}

std::uint32_t TransactionIndex::insert(const TransactionId& id, std::int32_t day) {
    if ((size() + 1) * 4 > table_.size() * 3) {
        grow();
    }
    const std::size_t place = place_of(id);
    ATLAS_CHECK(table_[place] == kEmpty);
    std::uint32_t slot = 0;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(entries_.size());
        entries_.push_back({id, day});
    } else {
        slot = free_.back();
        free_.pop_back();
        entries_[slot] = {id, day};
    }
    table_[place] = slot;
    return slot;
}

void TransactionIndex::erase(const TransactionId& id) {
    std::size_t hole = place_of(id);
    ATLAS_CHECK(table_[hole] != kEmpty);
    free_.push_back(table_[hole]);
    // What probed past the hole moves back into it, so that no search stops too early.
    const std::size_t mask = table_.size() - 1;
    for (std::size_t next = (hole + 1) & mask; table_[next] != kEmpty; next = (next + 1) & mask) {
        const std::size_t home = home_of(entries_[table_[next]].id);
        if (((next - home) & mask) >= ((next - hole) & mask)) {
            table_[hole] = table_[next];
            hole = next;
        }
    }
    table_[hole] = kEmpty;
}

void TransactionIndex::grow() {
    const std::vector<std::uint32_t> before = std::move(table_);
    table_.assign(before.empty() ? 16 : before.size() * 2, kEmpty);
    for (const std::uint32_t slot : before) {
        if (slot != kEmpty) {
            table_[place_of(entries_[slot].id)] = slot;
        }
    }
}

std::size_t TransactionIndex::memory_bytes() const {
    return entries_.capacity() * sizeof(Entry) + free_.capacity() * sizeof(std::uint32_t) +
           table_.capacity() * sizeof(std::uint32_t);
}

}  // namespace atlas::features
