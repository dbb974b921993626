// SPDX-License-Identifier: Apache-2.0
// Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the eighth says
// that more follow. What is stored as such stays readable: the form never changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atlas {

/// Appends 1 to 10 bytes.
inline void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) {
        out += static_cast<char>(static_cast<unsigned char>(value | 0x80U));
    }
    out += static_cast<char>(static_cast<unsigned char>(value));
}

/// Takes one from the front of the bytes. Nothing where they end within it or it goes on behind its
/// tenth byte; the bytes looked at are gone then too.
inline std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80U) {
            return value;
        }
    }
    return std::nullopt;
}

/// The sign goes last, so that small numbers of either sign are short. One to one.
constexpr std::uint64_t zigzag(std::int64_t value) {
    return static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t bits) {
    return static_cast<std::int64_t>(bits >> 1U ^ (0 - (bits & 1U)));
}

}  // namespace atlas
