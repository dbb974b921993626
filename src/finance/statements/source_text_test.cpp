// SPDX-License-Identifier: Apache-2.0
// Goal: every byte has its line and column, in whatever order it is asked for. Method: against a
// count from the top, on seeded texts; decodings against printed bytes.
#include "finance/statements/source_text.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::finance::statements {
namespace {

TEST(LineCounter, AgreesWithCountingFromTheTop) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::string text;
        for (std::uint64_t i = random.below(60); i > 0; --i) {
            text += random.chance(0.2) ? '\n' : 'a';
        }
        LineCounter lines(text);
        for (int question = 0; question < 50; ++question) {
            const auto offset = static_cast<std::size_t>(random.below(text.size() + 1));
            SourcePosition slow{.line = 1, .column = 1, .offset = std::int64_t(offset)};
            for (std::size_t i = 0; i < offset; ++i) {
                slow.line += text.find('\n') != std::string::npos && text[i] == '\n' ? 1 : 0;
                slow.column = text[i] == '\n' ? 1 : slow.column + 1;
            }
            ASSERT_EQ(lines.at(offset), slow) << "seed " << seed << " offset " << offset;
        }
    }
}

TEST(SourceText, SurrogatesAndBrokenBytesAreReplaced) {
    const SourceText pair(std::string_view("\xFF\xFE\x3D\xD8\x00\xDE", 6));
    EXPECT_EQ(pair.text(), "😀");
    const SourceText lone(std::string_view("\xFF\xFE\x3D\xD8\x41\x00", 6));
    EXPECT_EQ(lone.text(), "\uFFFDA");
    EXPECT_EQ(to_utf8("a\xC3\x28\xFF", Encoding::utf8), "a\uFFFD(\uFFFD");
    EXPECT_EQ(to_utf8("\x81", Encoding::windows_1252), "\uFFFD");
}

TEST(SourceText, WellFormedUtf8IsToldFromTheRest) {
    for (const std::string_view good : {"", "a", "é", "€", "😀", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_utf8(good));
    }
    for (const std::string_view bad :
         {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
          "\xF0\x80\x80\x80", "\xFF", "\xE2\x82"}) {
        EXPECT_FALSE(is_utf8(bad));
    }
}

TEST(SourceText, LongTextsAreCutAtACharacter) {
    const std::string cut = limit_text(std::string(kTextBytesMax - 1, 'x') + "€€");
    EXPECT_EQ(cut, std::string(kTextBytesMax - 1, 'x') + "…");
    EXPECT_EQ(limit_text("short"), "short");
    EXPECT_EQ(collapse_spaces("  a \t\n b\xC2\xA0\x01 "), "a b");
}

}  // namespace
}  // namespace atlas::finance::statements
