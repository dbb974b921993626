// SPDX-License-Identifier: Apache-2.0
// A table from 64-bit hashes to plain values: open addressing, one cache line a look-up, never a
// key taken out (a value that is undone is zeroed by its owner).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace atlas::learning::categorise {

template <class Value>
class HashTable {
public:
    /// A slot of a cache line's size lies in one line.
    static constexpr std::size_t kLine = 64;
    static constexpr std::size_t kAlignment =
        sizeof(Value) + sizeof(std::uint64_t) == kLine ? kLine : alignof(std::uint64_t);
    struct alignas(kAlignment) Slot {
        std::uint64_t key = 0;  ///< 0: free.
        Value value{};
    };

    std::size_t size() const { return size_; }

    const Value* find(std::uint64_t key) const {
        if (slots_.empty()) {
            return nullptr;
        }
        for (std::size_t at = place_of(key); slots_[at].key != 0; at = next(at)) {
            if (slots_[at].key == key) {
                return &slots_[at].value;
            }
        }
        return nullptr;
    }
    /// Fetches the cache line of a key that will be looked up in a moment.
    void prefetch(std::uint64_t key) const {
        if (!slots_.empty()) {
            __builtin_prefetch(slots_.data() + place_of(key));
        }
    }
    Value* find(std::uint64_t key) {
        return const_cast<Value*>(static_cast<const HashTable*>(this)->find(key));
    }
    /// The value of `key`, made if it is not there. key > 0.
    Value& at(std::uint64_t key) {
        if ((size_ + 1) * 5 > slots_.size() * 3) {
            grow();
        }
        std::size_t at = place_of(key);
        while (slots_[at].key != 0 && slots_[at].key != key) {
            at = next(at);
        }
        if (slots_[at].key == 0) {
            slots_[at].key = key;
            ++size_;
        }
        return slots_[at].value;
    }
    /// By rising key: the same contents give the same list, whatever their order of arrival.
    std::vector<Slot> sorted() const {
        std::vector<Slot> all;
        all.reserve(size_);
        for (const Slot& slot : slots_) {
            if (slot.key != 0) {
                all.push_back(slot);
            }
        }
        std::ranges::sort(all, {}, &Slot::key);
        return all;
    }
    std::size_t footprint() const { return slots_.size() * sizeof(Slot); }

private:
    std::size_t place_of(std::uint64_t key) const { return key & (slots_.size() - 1); }
    std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
    void grow() {
        std::vector<Slot> old = std::exchange(slots_, {});
        slots_.resize(old.empty() ? 64 : old.size() * 2);
        for (const Slot& slot : old) {
            if (slot.key != 0) {
                std::size_t at = place_of(slot.key);
                while (slots_[at].key != 0) {
                    at = next(at);
                }
                slots_[at] = slot;
            }
        }
    }

    std::vector<Slot> slots_;
    std::size_t size_ = 0;
};

}  // namespace atlas::learning::categorise
