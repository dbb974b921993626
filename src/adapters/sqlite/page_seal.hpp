// SPDX-License-Identifier: Apache-2.0
// The eight reserved bytes at the end of each page of a store: four that say who wrote them, then
// the CRC-32C of everything before, with the page's number, so that a page in the wrong place
// fails as surely as a page with a flipped bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace atlas::adapters::sqlite {

inline constexpr std::size_t kSealBytes = 8;
inline constexpr std::size_t kPageBytesMin = 512;
inline constexpr std::size_t kPageBytesMax = 65536;

/// Writes the seal of page `number` (from 1) into its last eight bytes.
void seal_page(std::span<std::byte> page, std::uint32_t number);
/// True when the seal fits content and number.
bool is_seal_intact(std::span<const std::byte> page, std::uint32_t number);
/// True when the four bytes say that Atlas sealed this page, whether or not it is intact.
bool has_seal_tag(std::span<const std::byte> page);

/// A power of two from 512 to 65536.
bool is_page_size(std::size_t size);

}  // namespace atlas::adapters::sqlite
