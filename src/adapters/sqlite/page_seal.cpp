// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/page_seal.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/check.hpp"
#include "base/crc32c.hpp"

namespace atlas::adapters::sqlite {
namespace {

/// "ATL" and the version of the seal.
constexpr std::array kTag{std::byte{'A'}, std::byte{'T'}, std::byte{'L'}, std::byte{1}};

std::array<std::byte, 4> little_endian(std::uint32_t value) {
    return {static_cast<std::byte>(value), static_cast<std::byte>(value >> 8),
            static_cast<std::byte>(value >> 16), static_cast<std::byte>(value >> 24)};
}

std::array<std::byte, 4> checksum(std::span<const std::byte> page, std::uint32_t number) {
    const auto content = page.first(page.size() - 4);
    return little_endian(crc32c(little_endian(number), crc32c(content)));
}

}  // namespace

bool is_page_size(std::size_t size) {
    return size >= kPageBytesMin && size <= kPageBytesMax && std::has_single_bit(size);
}

void seal_page(std::span<std::byte> page, std::uint32_t number) {
    ATLAS_CHECK(is_page_size(page.size()));
    std::ranges::copy(kTag, page.last(kSealBytes).begin());
    std::ranges::copy(checksum(page, number), page.last(4).begin());
}

bool is_seal_intact(std::span<const std::byte> page, std::uint32_t number) {
    ATLAS_CHECK(is_page_size(page.size()));
    return has_seal_tag(page) && std::ranges::equal(page.last(4), checksum(page, number));
}

bool has_seal_tag(std::span<const std::byte> page) {
    return std::ranges::equal(page.last(kSealBytes).first(4), kTag);
}

}  // namespace atlas::adapters::sqlite
