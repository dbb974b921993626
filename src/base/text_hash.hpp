// SPDX-License-Identifier: Apache-2.0
// The hash of bytes that several modules build theirs on: fast, the same on every machine and for
// ever, not for secrets.
#pragma once

#include <cstdint>
#include <string_view>

namespace atlas {

inline constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325ULL;

/// FNV-1a, 64 bits. Bytes that come piece by piece: give the state so far. Its low bits are weak
/// alone: mix_bits() what is to be cut.
/// Source: draft-eastlake-fnv-17; the test holds its printed values.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t state = kFnvStart) {
    for (const char c : bytes) {
        state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return state;
}

/// Every bit of the value changes about half of the bits; one to one.
/// Source: D. Stafford, variant 13 of MurmurHash3's finaliser, as in splitmix64.
constexpr std::uint64_t mix_bits(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

}  // namespace atlas
