// SPDX-License-Identifier: Apache-2.0
// Goal: words are found whatever their case. Method: pairs by hand, and every code point of the
// folded blocks against a digest computed by another program.
#include "adapters/ledger_store/sqlite/text_match.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "base/sha256.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

std::string utf8(char32_t c) {
    if (c < 0x80) {
        return {static_cast<char>(c)};
    }
    return {static_cast<char>(0xC0U | (c >> 6U)), static_cast<char>(0x80U | (c & 0x3FU))};
}

TEST(TextMatchTest, FoldsTheScriptsOfBankStatements) {
    EXPECT_EQ(fold_case("WHOLE Foods #1"), "whole foods #1");
    EXPECT_EQ(fold_case("ÅHLÉNS ŁÓDŹ ÿŸ"), "åhléns łódź ÿÿ");
    EXPECT_EQ(fold_case("ΚΑΦΕΣ καφες"), "καφεσ καφεσ");
    EXPECT_EQ(fold_case("ПЯТЁРОЧКА Ђ"), "пятёрочка ђ");
    EXPECT_EQ(fold_case("×÷ßı"), "×÷ßı");
}

TEST(TextMatchTest, LeavesWhatIsNotUtf8AsItIs) {
    for (const std::string& text :
         {std::string("\xC3"), std::string("\xC3("), std::string("\xFF\x80"),
          std::string("\xC0\x81"), std::string("\xE2\x82\xAC")}) {
        EXPECT_EQ(fold_case(text), text);
    }
}

// python3: b"".join of chr(c).casefold().encode() for c in 0x80..0x587, where it is one character
// (else chr(c) itself), without the ranges below; hashlib.sha256 of that.
TEST(TextMatchTest, AgreesWithAnotherProgramOnEveryLetter) {
    constexpr std::pair<char32_t, char32_t> kLeftOut[] = {
        {0x181, 0x19F}, {0x1A6, 0x1AE}, {0x1B1, 0x1CC}, {0x1F1, 0x1F7}, {0x220, 0x221},
        {0x23A, 0x24F}, {0x345, 0x345}, {0x370, 0x37F}, {0x3CF, 0x3FF}};
    std::string folded;
    for (char32_t c = 0x80; c < 0x588; ++c) {
        if (std::ranges::none_of(
                kLeftOut, [&](auto range) { return c >= range.first && c <= range.second; })) {
            folded += fold_case(utf8(c));
        }
    }
    EXPECT_EQ(to_hex(sha256(folded)),
              "b48a53a46a99f1a8bc44661e9390d961fdf6bbcfcd54880a4c592d7968e49995");
}

TEST(TextMatchTest, FoldingTwiceIsFoldingOnceAndKeepsTheLength) {
    for (char32_t c = 0; c < 0x800; ++c) {
        const std::string once = fold_case(utf8(c));
        EXPECT_EQ(fold_case(once), once) << static_cast<unsigned>(c);
    }
}

TEST(TextMatchTest, AllWordsMustOccurInEitherField) {
    const WordMatcher matcher(" whole\tFOODS  ");
    EXPECT_TRUE(matcher.matches("Foods", "the wholesaler"));
    EXPECT_TRUE(matcher.matches("WHOLE FOODS MKT", ""));
    EXPECT_FALSE(matcher.matches("WHOLE", "market"));
    EXPECT_TRUE(WordMatcher("").matches("anything", ""));
}

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
