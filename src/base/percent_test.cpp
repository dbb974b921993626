// SPDX-License-Identifier: Apache-2.0
// Goal: what RFC 3986 escapes comes back, and a broken escape is told by its place alone.
#include "base/percent.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas {
namespace {

TEST(Percent, DecodesEscapes) {
    EXPECT_EQ(percent_decode("a%2Fb%20").value(), "a/b ");
    EXPECT_EQ(percent_decode("%7e%7E").value(), "~~");
    EXPECT_EQ(percent_decode("a+b%20c").value(), "a+b c");
    EXPECT_EQ(percent_decode("x%41").value(), "xA");
    EXPECT_EQ(query_decode("a+b%20c%2b").value(), "a b c+");
}

TEST(Percent, RefusesABrokenEscapeByItsPlace) {
    for (const char* bad : {"%", "%a", "%2", "%g0", "%0g", "a%00", "%%41"}) {
        const auto result = percent_decode(bad);
        ASSERT_FALSE(result.has_value()) << bad;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_argument);
        EXPECT_FALSE(query_decode(bad).has_value()) << bad;
    }
    const Error error = percent_decode("secret%zz").error();
    EXPECT_EQ(error.message, "the percent escape at offset 6 is broken");
}

TEST(Percent, WhatIsEncodedComesBack) {
    Random random(20261123);
    for (int round = 0; round < 1000; ++round) {
        std::string text;
        for (std::uint64_t length = random.below(40); length > 0; --length) {
            text += static_cast<char>(1 + random.below(255));  // An escaped NUL is refused.
        }
        const std::string encoded = percent_encode(text);
        EXPECT_EQ(percent_decode(encoded).value(), text);
        EXPECT_EQ(query_decode(encoded).value(), text);
        EXPECT_EQ(encoded.find_first_of(" /?&=#+\n"), std::string::npos);
    }
    EXPECT_EQ(percent_encode("A b/ü~"), "A%20b%2F%C3%BC~");
}

}  // namespace
}  // namespace atlas
