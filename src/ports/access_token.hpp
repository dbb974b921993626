// SPDX-License-Identifier: Apache-2.0
// The secret texts people and scripts carry: a word that says what it is (so that a leaked one is
// recognised in a log or a repository) and 256 random bits.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/sha256.hpp"
#include "ports/identity_store.hpp"

namespace atlas::ports {

/// Characters of the random part: 256 bits, six a character (RFC 4648 section 5, no padding).
inline constexpr std::size_t kAccessTokenDigits = 43;

inline std::string_view token_prefix(SecretKind kind) {
    switch (kind) {
        case SecretKind::login_link: return "atlas_link_";
        case SecretKind::session: return "atlas_session_";
        case SecretKind::api_key: return "atlas_key_";
    }
    return "atlas_";
}

/// A fresh token. Show it once; the store keeps a keyed hash only.
inline std::string make_access_token(SecretKind kind, EntropySource& entropy) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<std::byte, 32> random{};
    entropy.fill(random);
    std::string token(token_prefix(kind));
    unsigned bits = 0;
    unsigned count = 0;
    for (const std::byte byte : random) {
        bits = (bits << 8U) | std::to_integer<unsigned>(byte);
        for (count += 8; count >= 6; count -= 6) {
            token += kDigits[(bits >> (count - 6)) & 63U];
        }
    }
    token += kDigits[(bits << (6 - count)) & 63U];
    return token;
}

/// A public handle for a secret: 12 hexadecimal digits, for listing and revoking.
inline std::string make_secret_id(EntropySource& entropy) {
    std::array<std::byte, 6> random{};
    entropy.fill(random);
    return to_hex(random);
}

}  // namespace atlas::ports
