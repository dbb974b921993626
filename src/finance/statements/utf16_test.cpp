// SPDX-License-Identifier: Apache-2.0
// Goal: UTF-16 becomes the same text in whatever windows it comes. Method: units at random, lone
// surrogates among them, converted at once and by random windows; UTF-8 made by hand as oracle.
#include "finance/statements/utf16.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::finance::statements {
namespace {

void put(std::string& bytes, std::uint32_t unit, ByteOrder order) {
    const auto low = static_cast<char>(unit & 0xFFU);
    const auto high = static_cast<char>(unit >> 8U);
    bytes += order == ByteOrder::little ? low : high;
    bytes += order == ByteOrder::little ? high : low;
}

std::string utf8(std::uint32_t c) {
    if (c < 0x80) {
        return {static_cast<char>(c)};
    }
    if (c < 0x800) {
        return {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
    }
    if (c < 0x10000) {
        return {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                static_cast<char>(0x80 | (c & 0x3F))};
    }
    return {static_cast<char>(0xF0 | (c >> 18)), static_cast<char>(0x80 | ((c >> 12) & 0x3F)),
            static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
}

TEST(Utf16, WindowsOfAnySizeGiveTheSameText) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        const ByteOrder order = random.chance(0.5) ? ByteOrder::little : ByteOrder::big;
        std::string bytes;
        std::string expected;
        for (auto left = random.below(60); left > 0; --left) {
            const auto kind = random.below(5);
            if (kind == 0) {
                const auto c = static_cast<std::uint32_t>(0x10000 + random.below(0x100000));
                put(bytes, 0xD800 + ((c - 0x10000) >> 10), order);
                put(bytes, 0xDC00 + ((c - 0x10000) & 0x3FF), order);
                expected += utf8(c);
            } else if (kind == 1) {  // Nobody's second half; then something that is none.
                put(bytes, 0xDC00 + static_cast<std::uint32_t>(random.below(0x400)), order);
                put(bytes, 'a', order);
                expected +=
                    "\xEF\xBF\xBD"
                    "a";
            } else if (kind == 2) {  // A first half alone.
                put(bytes, 0xD800 + static_cast<std::uint32_t>(random.below(0x400)), order);
                put(bytes, 'b', order);
                expected +=
                    "\xEF\xBF\xBD"
                    "b";
            } else {
                const auto c = static_cast<std::uint32_t>(1 + random.below(0xD7FF));
                put(bytes, c, order);
                expected += utf8(c);
            }
        }
        if (random.chance(0.2)) {
            put(bytes, 0xD800, order);  // Cut for good.
            expected += "\xEF\xBF\xBD";
        }
        if (random.chance(0.2)) {
            bytes += 'x';  // An odd last byte is nothing.
        }
        for (const std::size_t most : {std::size_t{1}, std::size_t{5}, bytes.size() + 1}) {
            Utf16Converter converter(order);
            std::string text;
            for (std::size_t at = 0; at < bytes.size();) {
                const std::size_t size = 1 + static_cast<std::size_t>(random.below(most));
                converter.add(std::string_view(bytes).substr(at, size), text);
                at += size;
            }
            converter.finish(text);
            EXPECT_EQ(text, expected) << "seed " << seed << ", windows to " << most;
        }
    }
}

}  // namespace
}  // namespace atlas::finance::statements
