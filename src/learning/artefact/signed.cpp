// SPDX-License-Identifier: Apache-2.0
#include "learning/artefact/signed.hpp"

#include <algorithm>
#include <optional>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "learning/artefact/release_keys.hpp"

namespace atlas::learning::artefact {
namespace {

constexpr std::size_t kHexOfHash = 64;
constexpr std::size_t kHexShown = 16;

Unexpected refuse(ErrorCode code, std::string_view name, std::string_view why) {
    return fail(code, {}, format("model {} is refused: {}", name, why));
}

/// The value of "model_sha256"; none when it is not there, twice there or no hash.
std::optional<std::string_view> hash_in(std::string_view manifest) {
    constexpr std::string_view kKey = R"("model_sha256":)";
    const std::size_t at = manifest.find(kKey);
    if (at == std::string_view::npos || manifest.find(kKey, at + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view rest = manifest.substr(at + kKey.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const bool is_hash =
        rest.size() > kHexOfHash + 1 && rest.front() == '"' && rest[kHexOfHash + 1] == '"';
    return is_hash ? std::optional(rest.substr(1, kHexOfHash)) : std::nullopt;
}

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// The signature is checked with the key it names, and the key has to be one of `keys`.
Result<Signer> verify_signature(const Artefact& artefact, std::span<const TrustedKey> keys) {
    std::string_view rest = artefact.signature;
    const std::string_view key_hex = take_line(rest);
    const auto key = ed25519_key_from_hex(key_hex);
    const auto signature = ed25519_signature_from_hex(take_line(rest));
    if (!key.has_value() || !signature.has_value() || !rest.empty()) {
        return refuse(ErrorCode::data_loss, artefact.name,
                      "manifest.sig is not a key and a signature in hexadecimal");
    }
    if (!ed25519_verify(*key, artefact.manifest, *signature)) {
        return refuse(ErrorCode::data_loss, artefact.name,
                      "the signature does not fit manifest.json: one of the two was changed");
    }
    for (const TrustedKey& trusted : keys) {
        const auto own = ed25519_key_from_hex(trusted.hex);
        if (own.has_value() && *own == *key) {
            return Signer{.name = std::string(trusted.name)};
        }
    }
    return refuse(
        ErrorCode::permission_denied, artefact.name,
        format("it is signed by key {}…, which is not trusted here", key_hex.substr(0, kHexShown)));
}

}  // namespace

std::span<const TrustedKey> release_keys() {
    return kReleaseKeys;
}

Result<Signer> verify(const Artefact& artefact, std::span<const TrustedKey> keys,
                      Unsigned unsigned_ones) {
    Signer signer;
    if (!artefact.signature.empty()) {
        ATLAS_TRY_ASSIGN(signer, verify_signature(artefact, keys));
    } else if (unsigned_ones == Unsigned::refused) {
        return refuse(ErrorCode::permission_denied, artefact.name,
                      "it is not signed (no manifest.sig)");
    }
    const auto hash = hash_in(artefact.manifest);
    if (!hash.has_value()) {
        return refuse(ErrorCode::data_loss, artefact.name,
                      "manifest.json does not name one model_sha256");
    }
    if (to_hex(sha256(artefact.model_bin)) != *hash) {
        return refuse(ErrorCode::data_loss, artefact.name,
                      "model.bin is not the one manifest.json names");
    }
    return signer;
}

std::string sign(std::string_view manifest, const Ed25519Seed& seed) {
    return format("{}\n{}\n", to_hex(ed25519_public_key(seed)),
                  to_hex(ed25519_sign(seed, manifest)));
}

}  // namespace atlas::learning::artefact
