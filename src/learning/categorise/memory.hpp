// SPDX-License-Identifier: Apache-2.0
// What one household's answers taught: a plain value, filled by Cascade::learn, undone by
// Cascade::forget, stored as bytes. Learning the same examples in the same order gives the same
// bytes, so that a replay of the event log rebuilds it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas::learning::categorise {

struct MemoryState;  // memory_state.hpp: the inside.

class Memory {
public:
    Memory();
    Memory(const Memory& other);
    Memory(Memory&& other) noexcept;
    Memory& operator=(Memory other) noexcept;
    ~Memory();

    /// Examples it holds.
    std::size_t size() const;
    bool is_empty() const { return size() == 0; }
    /// Bytes of main memory, about.
    std::size_t footprint() const;

    /// Little-endian, checksummed. Cost: linear in size().
    std::string serialise() const;
    /// Errors: data_loss when the bytes are not what serialise wrote; unsupported for a newer
    ///         version of the format.
    static Result<Memory> deserialise(std::string_view bytes);

    const MemoryState& state() const { return *state_; }
    MemoryState& state() { return *state_; }

private:
    std::unique_ptr<MemoryState> state_;
};

}  // namespace atlas::learning::categorise
