// SPDX-License-Identifier: Apache-2.0
// Goal: CRC-32C is right by every path. Method: the printed vectors of RFC 3720 B.4, a bit-by-bit
// division, hardware against software at every length and alignment near its lanes, and the law
// that pieces add up to the whole.
#include "base/crc32c.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace atlas {
namespace {

using Bytes = std::vector<std::byte>;

Bytes random_bytes(Random& random, std::size_t size) {
    Bytes bytes(size);
    for (std::byte& b : bytes) {
        b = static_cast<std::byte>(random.below(256));
    }
    return bytes;
}

/// Long division, one bit at a time.
std::uint32_t divide(std::span<const std::byte> data) {
    std::uint32_t crc = ~0U;
    for (const std::byte b : data) {
        crc ^= std::to_integer<std::uint32_t>(b);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ (0x82f63b78U & (~(crc & 1U) + 1U));
        }
    }
    return ~crc;
}

void expect_everywhere(std::span<const std::byte> data, std::uint32_t expected) {
    EXPECT_EQ(crc32c(data), expected);
    EXPECT_EQ(detail::crc32c_software(data, 0), expected);
    EXPECT_EQ(detail::crc32c_hardware(data, 0), expected);
}

TEST(Crc32c, GivesThePrintedVectors) {
    Bytes ascending(32);
    Bytes descending(32);
    for (std::size_t i = 0; i < 32; ++i) {
        ascending[i] = static_cast<std::byte>(i);
        descending[i] = static_cast<std::byte>(31 - i);
    }
    expect_everywhere(Bytes(32, std::byte{0}), 0x8a9136aa);
    expect_everywhere(Bytes(32, std::byte{0xff}), 0x62a8ab43);
    expect_everywhere(ascending, 0x46dd794e);
    expect_everywhere(descending, 0x113fdb5c);
    // "123456789" is the check value of the CRC catalogues.
    expect_everywhere(std::as_bytes(std::span(std::string_view("123456789"))), 0xe3069283);
    expect_everywhere({}, 0);
}

TEST(Crc32c, BothWaysAgreeAtEveryLengthAndAlignment) {
    if (!detail::has_crc32c_instruction()) {
        GTEST_SKIP() << "this processor has no CRC-32C instruction";
    }
    Random random(20261122);
    const Bytes data = random_bytes(random, 3 * 4080 + 64);
    for (std::size_t size = 0; size < 70; ++size) {
        for (std::size_t start = 0; start < 9; ++start) {
            const auto part = std::span(data).subspan(start, size);
            ASSERT_EQ(detail::crc32c_hardware(part, 0), divide(part)) << start << ' ' << size;
            ASSERT_EQ(detail::crc32c_software(part, 0), divide(part)) << start << ' ' << size;
        }
    }
    for (const std::size_t size :
         {4079U, 4080U, 4081U, 4092U, 8159U, 8160U, 8161U, 12240U, 12300U}) {
        const auto part = std::span(data).subspan(1, size);
        ASSERT_EQ(detail::crc32c_hardware(part, 0), divide(part)) << size;
        ASSERT_EQ(detail::crc32c_software(part, 0), divide(part)) << size;
    }
}

TEST(Crc32c, PiecesAddUpToTheWhole) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        const Bytes data = random_bytes(random, random.below(9000));
        const std::size_t cut = random.below(data.size() + 1);
        const auto whole = std::span(data);
        ASSERT_EQ(crc32c(whole.subspan(cut), crc32c(whole.first(cut))), divide(whole))
            << "seed " << seed;
    }
}

}  // namespace
}  // namespace atlas
