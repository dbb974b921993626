// SPDX-License-Identifier: Apache-2.0
// Who made an artefact: manifest.json names model.bin by its SHA-256, manifest.sig signs the
// manifest (two lines of hexadecimal: the Ed25519 public key, the signature). Checked before a
// byte of the model is decoded.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/ed25519.hpp"
#include "base/result.hpp"

namespace atlas::learning::artefact {

/// A key whose signature counts.
struct TrustedKey {
    std::string_view name;  ///< "release 2026".
    std::string_view hex;   ///< The public key.
};
/// The keys that sign what is shipped, newest first; an old one stays while its artefacts do.
std::span<const TrustedKey> release_keys();

enum class Unsigned : std::uint8_t { refused, accepted };

/// The files of models/NAME/VERSION/ as bytes; `signature` is empty where there is no such file.
struct Artefact {
    std::string_view name;
    std::string_view model_bin;
    std::string_view manifest;
    std::string_view signature;
};

struct Signer {
    std::string name;  ///< Of the key; empty: nobody signed, and that was accepted.
};

/// Who signed it. What was signed wrongly is refused even where `Unsigned::accepted` holds.
/// Errors, each naming the artefact: permission_denied when nobody signed it, or a key that is not
///         among `keys`; data_loss when the signature does not fit the manifest, the manifest
///         does not fit model.bin, or either cannot be read.
/// Cost: one SHA-256 over model.bin, one signature check.
Result<Signer> verify(const Artefact& artefact, std::span<const TrustedKey> keys,
                      Unsigned unsigned_ones = Unsigned::refused);

/// manifest.sig of a manifest.
std::string sign(std::string_view manifest, const Ed25519Seed& seed);

}  // namespace atlas::learning::artefact
