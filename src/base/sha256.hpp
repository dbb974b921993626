// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), by OpenSSL: identities of transactions, hash chains, artefacts.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace atlas {

using Sha256 = std::array<std::byte, 32>;

Sha256 sha256(std::span<const std::byte> data);
Sha256 sha256(std::string_view text);
/// Lower-case hexadecimal.
std::string to_hex(std::span<const std::byte> bytes);

}  // namespace atlas
