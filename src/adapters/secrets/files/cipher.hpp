// SPDX-License-Identifier: Apache-2.0
// AES-256-GCM and HMAC-SHA256 by OpenSSL, as this adapter uses them: one key per message, derived
// from the long-lived key and 16 random bytes, so that random nonces never run out.
// Source: NIST SP 800-38D (GCM; 2^32 messages a key with random nonces, which is why), FIPS 198-1.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/sha256.hpp"

namespace atlas::adapters::secrets::files {

/// 32 secret bytes, wiped when they go out of scope.
class Key {
public:
    Key() = default;
    explicit Key(const std::array<std::byte, 32>& bytes) : bytes_(bytes) {}
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();

    std::array<std::byte, 32>& bytes() { return bytes_; }
    const std::array<std::byte, 32>& bytes() const { return bytes_; }

private:
    std::array<std::byte, 32> bytes_{};
};

/// Bytes that sealing adds: version, salt, nonce, tag.
inline constexpr std::size_t kSealBytes = 1 + 16 + 12 + 16;

Sha256 hmac_sha256(const Key& key, std::string_view text);

struct CipherInput {
    std::string_view context;  ///< Authenticated, not in the result.
    std::string_view bytes;
};

std::string encrypt(const Key& key, const CipherInput& plain, EntropySource& entropy);
/// Errors: data_loss for anything encrypt() did not make with this key and context.
Result<std::string> decrypt(const Key& key, const CipherInput& sealed);

}  // namespace atlas::adapters::secrets::files
