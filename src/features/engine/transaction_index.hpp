// SPDX-License-Identifier: Apache-2.0
// From a transaction's id to its slot: open addressing over 32-bit slots, 28 bytes a transaction
// instead of the 80 of a node-based map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/id.hpp"

namespace atlas::features {

class TransactionIndex {
public:
    struct Entry {
        TransactionId id;
        std::int32_t day = 0;
    };

    std::optional<std::uint32_t> find(const TransactionId& id) const;
    /// The id must not be there.
    std::uint32_t insert(const TransactionId& id, std::int32_t day);
    /// The id must be there.
    void erase(const TransactionId& id);

    const Entry& entry(std::uint32_t slot) const { return entries_[slot]; }
    std::size_t size() const { return entries_.size() - free_.size(); }
    std::size_t memory_bytes() const;

private:
    static constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

    std::size_t home_of(const TransactionId& id) const {
        std::uint64_t hash = std::hash<TransactionId>{}(id);
        hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdULL;  // Ids that differ in a few bits.
        return (hash ^ hash >> 33) & (table_.size() - 1);
    }
    /// Place of the id in the table, or of the empty cell where it would go.
    std::size_t place_of(const TransactionId& id) const;
    void grow();

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> free_;   ///< Slots given back.
    std::vector<std::uint32_t> table_;  ///< Power of two, at most 3/4 full.
};

}  // namespace atlas::features
