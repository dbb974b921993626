// SPDX-License-Identifier: Apache-2.0
// Hashes of words and of pieces of words. They stand in model files and memories, so what a text
// hashes to never changes; a test holds printed values.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text_hash.hpp"

namespace atlas::finance::merchants {

inline constexpr std::uint64_t kHashPrime = 0x9FB21C651E98DF25ULL;

inline std::uint64_t mix_hash(std::uint64_t h) {
    h ^= h >> 32;
    h *= kHashPrime;
    h ^= h >> 29;
    return h;
}

/// hash_of over bytes that come piece by piece: each longer text costs only what was added.
class RunningHash {
public:
    explicit RunningHash(std::uint64_t seed = 0) : state_(seed ^ kFnvStart) {}
    void add(std::string_view bytes) {
        state_ = fnv1a(bytes, state_);
        size_ += bytes.size();
    }
    /// Of all bytes added, run together; never 0.
    std::uint64_t value() const {
        const std::uint64_t h = mix_hash(state_ ^ size_);
        return h == 0 ? 1 : h;
    }

private:
    std::uint64_t state_;
    std::uint64_t size_ = 0;
};

/// A fast 64-bit hash of bytes; the same on every machine, not for secrets.
inline std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0) {
    RunningHash hash(seed);
    hash.add(bytes);
    return hash.value();
}

/// The hash of two hashes, in this order.
inline std::uint64_t join_hashes(std::uint64_t left, std::uint64_t right) {
    const std::uint64_t h = mix_hash((left << 7 | left >> 57) ^ (right * kHashPrime));
    return h == 0 ? 1 : h;
}

}  // namespace atlas::finance::merchants
