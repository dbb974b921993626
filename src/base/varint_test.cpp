// SPDX-License-Identifier: Apache-2.0
// Goal: what is stored as a short number reads back, in the bytes it has always had. Method:
// printed values, every power of two and its neighbours of either sign, each way to end too early.
#include "base/varint.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace atlas {
namespace {

std::string bytes_of(std::uint64_t value) {
    std::string out;
    put_varint(out, value);
    return out;
}

TEST(Varint, HasThePrintedBytes) {
    // 300 and 150: Protocol Buffers, "Encoding".
    EXPECT_EQ(bytes_of(0), std::string(1, '\0'));
    EXPECT_EQ(bytes_of(127), "\x7F");
    EXPECT_EQ(bytes_of(150), "\x96\x01");
    EXPECT_EQ(bytes_of(300), "\xAC\x02");
    EXPECT_EQ(bytes_of(std::numeric_limits<std::uint64_t>::max()),
              "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01");
    EXPECT_EQ(zigzag(0), 0U);
    EXPECT_EQ(zigzag(-1), 1U);
    EXPECT_EQ(zigzag(1), 2U);
    EXPECT_EQ(zigzag(-2), 3U);
    EXPECT_EQ(zigzag(std::numeric_limits<std::int64_t>::min()),
              std::numeric_limits<std::uint64_t>::max());
}

TEST(Varint, ReadsBackWhatWasPut) {
    std::string all;
    std::vector<std::uint64_t> values;
    for (unsigned shift = 0; shift < 64; ++shift) {
        for (const int beside : {-1, 0, 1}) {
            values.push_back((std::uint64_t{1} << shift) + static_cast<std::uint64_t>(beside));
            put_varint(all, values.back());
            const auto number = static_cast<std::int64_t>(values.back());
            EXPECT_EQ(unzigzag(zigzag(number)), number);
            EXPECT_EQ(unzigzag(zigzag(-(number / 2))), -(number / 2));
        }
    }
    std::string_view rest = all;
    for (const std::uint64_t value : values) {
        EXPECT_EQ(take_varint(rest), value);
    }
    EXPECT_TRUE(rest.empty());
}

TEST(Varint, WhatEndsEarlyOrNeverIsNothing) {
    for (const std::string& broken :
         {std::string(), std::string("\x80"), std::string("\xAC"), std::string(11, '\x80')}) {
        std::string_view rest = broken;
        EXPECT_EQ(take_varint(rest), std::nullopt);
    }
}

}  // namespace
}  // namespace atlas
