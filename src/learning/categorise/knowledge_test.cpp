// SPDX-License-Identifier: Apache-2.0
// Goal: a name that a single letter tells apart ("Q-Park") is found where the letter stands, and
// its second part alone is not taken for it. Method: cases, each against the slow search too.
#include "learning/categorise/knowledge.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace atlas::learning::categorise {
namespace {

constexpr CategoryIndex kOne = 1;

/// "mobile" is a word of everyday.
const Knowledge& known() {
    static const Knowledge kKnowledge = [] {
        std::vector<Knowledge::Name> names;
        for (const char* name : {"Q-Park", "T-Mobile", "B.Good", "J Crew", "Tesco", "М.Видео",
                                 "O Boticario", "E.Leclerc Express", "A Plan Insurance"}) {
            names.push_back({name, kOne, 1, 1});
        }
        return Knowledge::create(names, std::vector<std::string>{"mobile"});
    }();
    return kKnowledge;
}

/// What is found: "T-Mobile", "mobile, a word", or nothing.
std::string found(std::string_view description) {
    finance::merchants::MerchantText text;
    text.read(description);
    const Knowledge::Found fast = known().find(text, "");
    const Knowledge::Found slow = known().find_slowly(text, "");
    EXPECT_EQ(fast.is_found, slow.is_found) << description;
    if (!fast.is_found) {
        return "";
    }
    EXPECT_EQ(fast.match.entry, slow.match.entry) << description;
    EXPECT_EQ(fast.match.is_common_word, slow.match.is_common_word) << description;
    return fast.match.is_common_word ? std::string(known().key(fast.match.entry)) + ", a word"
                                     : std::string(known().display(fast.match.entry));
}

TEST(KnowledgeInitials, ANameIsFoundWhereItsLetterStandsInFront) {
    EXPECT_EQ(found("Q-PARK CENTRUM 12"), "Q-Park");
    EXPECT_EQ(found("Q PARK"), "Q-Park");
    EXPECT_EQ(found("B.GOOD BOSTON"), "B.Good");
    EXPECT_EQ(found("J. CREW #442"), "J Crew");
    EXPECT_EQ(found("М.ВИДЕО"), "М.Видео");
    EXPECT_EQ(found("TESCO STORES 4411"), "Tesco");
}

TEST(KnowledgeInitials, ItsSecondPartAloneIsSomethingElse) {
    EXPECT_EQ(found("PARK PLAZA"), "");
    EXPECT_EQ(found("Zahnarzt am Park"), "");
    EXPECT_EQ(found("K PARK"), "");       // Another letter.
    EXPECT_EQ(found("Q LATE PARK"), "");  // Not in front of it.
    EXPECT_EQ(found("GOOD DAY BISCUITS"), "");
    EXPECT_EQ(found("ВИДЕО САЛОН"), "");
    EXPECT_EQ(found("BOTICARI"), "");  // Cut off, too.
    EXPECT_EQ(found("CREW COLLECTIF"), "");
}

TEST(KnowledgeInitials, AWordOfEverydayIsTheNameWithItsLetterAndAWordWithout) {
    EXPECT_EQ(found("T-MOBILE #5214"), "T-Mobile");
    EXPECT_EQ(found("MOBILE PHONE SHOP"), "mobile, a word");
}

TEST(KnowledgeInitials, NamesOfMoreWordsAreToldApartByThem) {
    EXPECT_EQ(found("LECLERC EXPRESS"), "E.Leclerc Express");
    EXPECT_EQ(found("PLAN INSURANCE"), "A Plan Insurance");
}

}  // namespace
}  // namespace atlas::learning::categorise
