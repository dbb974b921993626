// SPDX-License-Identifier: Apache-2.0
// Ed25519 signatures (RFC 8032), by OpenSSL: who made an artefact.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"

namespace atlas {

using Ed25519Seed = std::array<std::byte, 32>;
using Ed25519PublicKey = std::array<std::byte, 32>;
using Ed25519Signature = std::array<std::byte, 64>;

/// The private key is its seed; keep it secret.
Ed25519Seed make_ed25519_seed(EntropySource& entropy);
Ed25519PublicKey ed25519_public_key(const Ed25519Seed& seed);
/// Deterministic: the same seed and message give the same signature.
Ed25519Signature ed25519_sign(const Ed25519Seed& seed, std::string_view message);
bool ed25519_verify(const Ed25519PublicKey& key, std::string_view message,
                    const Ed25519Signature& signature);

/// Exactly 2 × size hexadecimal digits. Errors: invalid_argument.
Result<Ed25519PublicKey> ed25519_key_from_hex(std::string_view hex);
Result<Ed25519Signature> ed25519_signature_from_hex(std::string_view hex);

}  // namespace atlas
