// SPDX-License-Identifier: Apache-2.0
// Goal: the hash is FNV-1a and the mixing is splitmix64's. Method: printed values of both.
#include "base/text_hash.hpp"

#include <gtest/gtest.h>

#include <bit>

namespace atlas {
namespace {

TEST(TextHash, IsAsPrinted) {
    // draft-eastlake-fnv: test vectors of 64 bits.
    EXPECT_EQ(fnv1a(""), 0xCBF29CE484222325ULL);
    EXPECT_EQ(fnv1a("a"), 0xAF63DC4C8601EC8CULL);
    EXPECT_EQ(fnv1a("foobar"), 0x85944171F73967E8ULL);
    EXPECT_EQ(fnv1a("bar", fnv1a("foo")), fnv1a("foobar"));
    EXPECT_EQ(fnv1a("\xFF"), (kFnvStart ^ 0xFFU) * 0x100000001B3ULL) << "bytes are not negative";
    static_assert(fnv1a("a") == 0xAF63DC4C8601EC8CULL);
}

TEST(TextHash, MixesAsSplitmixDoes) {
    // The first two numbers of splitmix64 seeded with 0: what it mixes are the multiples of this.
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
    EXPECT_EQ(mix_bits(kGolden), 0xE220A8397B1DCDAFULL);
    EXPECT_EQ(mix_bits(2 * kGolden), 0x6E789E6AA1B965F4ULL);
    int changed = 0;
    for (int bit = 0; bit < 64; ++bit) {
        changed += std::popcount(mix_bits(1) ^ mix_bits(1 ^ (std::uint64_t{1} << bit)));
    }
    EXPECT_NEAR(changed / 64.0, 32.0, 3.0);
}

}  // namespace
}  // namespace atlas
