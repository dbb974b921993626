// SPDX-License-Identifier: Apache-2.0
// Goal: descriptions of one merchant become one key, in every script, whatever bytes come. Method:
// strings as banks print them, laws on seeded random bytes, and time that grows with the length.
#include "finance/merchants/merchant_text.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "base/random.hpp"
#include "finance/merchants/fold.hpp"

namespace atlas::finance::merchants {
namespace {

std::string merchant_of(std::string_view description) {
    MerchantText text;
    text.read(description);
    return text.merchant();
}

std::uint64_t key_of(std::string_view description) {
    MerchantText text;
    text.read(description);
    return text.merchant_key();
}

TEST(MerchantText, StripsProcessorsNumbersAndPlaces) {
    EXPECT_EQ(merchant_of("SQ *BLUE BOTTLE COFFEE 0423 SAN FRANCISCO CA"), "blue bottle coffee");
    EXPECT_EQ(merchant_of("TST* SEMOLINA KITCHEN & B"), "semolina kitchen");
    EXPECT_EQ(merchant_of("PAYPAL *SPOTIFY 35314369001"), "spotify");
    EXPECT_EQ(merchant_of("POS DEBIT VISA TRADER JOE'S #512 CAMBRIDGE MA"), "trader joes");
    EXPECT_EQ(merchant_of("Kartenzahlung REWE SAGT DANKE 4711 BERLIN DE"), "rewe");
    EXPECT_EQ(merchant_of("STARBUCKS xxxx1234 12/03"), "starbucks");
    EXPECT_EQ(merchant_of("https://www.netflix.com"), "netflix");
    EXPECT_EQ(merchant_of("UPI-SWIGGY-8800123@YBL"), "swiggy");
}

TEST(MerchantText, WhatBanksPrintAroundANameIsNoPartOfIt) {
    EXPECT_EQ(merchant_of("PAGO CON TARJETA EN FRUTERIA LOLITA 4412"), "fruteria lolita");
    EXPECT_EQ(merchant_of("Оплата Ромашкин"), "ромашкин");
    EXPECT_EQ(merchant_of("DANKORT-NOTA NETTO 4412"), "netto");
    EXPECT_EQ(merchant_of("BRAMBLEWICK 03MAR"), "bramblewick");
    EXPECT_EQ(merchant_of("BRAMBLEWICK ABMAR"), "bramblewick abmar");
    EXPECT_EQ(merchant_of("CLOVER* MARIGOLD"), "marigold");
    EXPECT_EQ(merchant_of("CLOVER MARIGOLD"), "clover marigold");  // No star, so a name.
    EXPECT_EQ(merchant_of("PAYMENT"), "");
    // Two merchants behind one phrase are two; a phrase alone still is a text to remember.
    EXPECT_NE(key_of("PAGO CON TARJETA EN DIA"), key_of("PAGO CON TARJETA EN LOLITA"));
    EXPECT_EQ(key_of("PAGO CON TARJETA EN LOLITA"), key_of("LOLITA"));
    EXPECT_NE(key_of("PAYMENT"), 0U);
}

TEST(MerchantText, ATownIsToldByWhereItStands) {
    EXPECT_EQ(merchant_of("MARIGOLD 1274 BRIGHTON"), "marigold");
    EXPECT_EQ(merchant_of("MARIGOLD 12 BRIGHTON"), "marigold brighton");  // No store's number.
    EXPECT_EQ(merchant_of("MARIGOLD 1274 THE OLD QUAY HOUSE"), "marigold old quay");
    EXPECT_EQ(merchant_of("MARIGOLD 1274 OLD QUAY HOUSE"), "marigold old quay");  // Too long.
    EXPECT_EQ(merchant_of("MARIGOLD TAPROOM TACOMA WA"), "marigold taproom");
    EXPECT_EQ(merchant_of("MARIGOLD TACOMA WA"), "marigold tacoma");  // Too little would be left.
    EXPECT_EQ(merchant_of("MARIGOLD TAPROOM TACOMA"), "marigold taproom tacoma");
    EXPECT_EQ(merchant_of("POS 1274 MARIGOLD TAPROOM"), "marigold taproom");
}

TEST(TextHash, IsWhatStandsInModelsAndMemories) {
    EXPECT_EQ(hash_of("tesco"), 0x81664778c6ecab86U);
    EXPECT_EQ(hash_of("tesco", 7), 0x891aa4f3374c2a7eU);
    EXPECT_EQ(hash_of(""), 0x3f2c2c1421adb54bU);
    EXPECT_EQ(join_hashes(hash_of("a"), hash_of("b")), 0xe177ad86455e8220U);
    RunningHash running;
    running.add("blue ");
    running.add("bottle");
    EXPECT_EQ(running.value(), 0xd63b48fe5aacd85fU);
}

TEST(MerchantText, AStarAfterAFewLettersEndsAProcessorsMark) {
    const auto merchant = [](std::string_view description) {
        MerchantText text;
        text.read(description);
        return text.merchant();
    };
    EXPECT_EQ(merchant("ZQX*Blue Bottle"), "blue bottle");
    EXPECT_EQ(merchant("ZQX *Blue Bottle"), "blue bottle");
    EXPECT_EQ(merchant("UBER *TRIP"), "uber trip");  // Longer ones are names.
    EXPECT_EQ(merchant("ZQX*"), "zqx");              // Nothing behind it.
    EXPECT_EQ(merchant("ZQX*12345"), "zqx");         // No name behind it.
    EXPECT_EQ(merchant("Blue Bottle*ZQX"), "blue bottle zqx");
}

TEST(MerchantText, KeepsNumbersThatAreNames) {
    EXPECT_EQ(merchant_of("7-ELEVEN 34567"), "7 eleven");
    EXPECT_EQ(merchant_of("5 GUYS 0012"), "5 guys");
    EXPECT_EQ(merchant_of("H&M 0123"), "hm");
}

TEST(MerchantText, OneMerchantHasOneKeyAcrossScriptsCaseAndAccents) {
    EXPECT_EQ(key_of("Магнит"), key_of("MAGNIT 1234"));
    EXPECT_EQ(key_of("Пятёрочка"), key_of("Пятерочка 77"));
    EXPECT_EQ(key_of("CAFÉ MÜNCHNER"), key_of("cafe munchner"));
    EXPECT_EQ(key_of("Caf\xE9 Munchner"), key_of("CAFE MUNCHNER"));              // Latin-1.
    EXPECT_EQ(key_of("Caf\xC3\x83\xC2\xA9 Munchner"), key_of("CAFE MUNCHNER"));  // Encoded twice.
    EXPECT_EQ(merchant_of("Caf\xC3\x83\xC2\xA9s Lola"), "cafes lola");
    EXPECT_EQ(key_of("ＴＥＳＣＯ"), key_of("tesco"));
    EXPECT_EQ(key_of("TESCO STORES 5504"), key_of("TESCO STORES 6227"));
    EXPECT_NE(key_of("TESCO STORES 5504"), key_of("ESSO STORES 5504"));
    EXPECT_NE(key_of("दूध"), key_of("सब्जी"));
}

TEST(MerchantText, KeysLeaveOutNumbersMasksAndWhatComesAfterThreeWords) {
    const auto read = [](std::string_view description) {
        MerchantText text;
        text.read(description);
        return text;
    };
    EXPECT_EQ(read("TESCO 12").text_key(), read("TESCO 99").text_key());
    EXPECT_NE(read("TESCO 12").full_key(), read("TESCO 99").full_key());
    EXPECT_EQ(read("TESCO XXXX").merchant(), "tesco");
    EXPECT_EQ(read("QUOR VEX ZORB ONE").merchant_key(), read("QUOR VEX ZORB TWO").merchant_key());
    EXPECT_NE(read("QUOR VEX ZORB").merchant_key(), read("QUOR VEX BLAX").merchant_key());
}

TEST(MerchantText, WhatStandsForNoTextIsNoText) {
    MerchantText text;
    text.read(kNoDescription);
    EXPECT_TRUE(text.says_nothing());
    EXPECT_EQ(text.text_key(), 0U);
    EXPECT_EQ(text.full_key(), 0U);
    EXPECT_EQ(text.merchant(), "");
    text.read("(no description) needed");
    EXPECT_FALSE(text.says_nothing());
}

TEST(MerchantText, SaysSoWhenTheTextNamesNobody) {
    MerchantText text;
    for (const std::string_view empty :
         {"", "   ", "12345", "POS DEBIT 12345", "CARD PURCHASE 00/11", "****", "#"}) {
        text.read(empty);
        EXPECT_TRUE(text.says_nothing()) << empty;
        EXPECT_EQ(text.merchant_key(), 0U) << empty;
    }
    text.read("<person>");
    EXPECT_TRUE(text.names_person());
    text.read("B&H PHOTO <phone>");
    EXPECT_FALSE(text.names_person());
    EXPECT_EQ(text.merchant(), "bh photo");
}

TEST(MerchantText, TransliteratesCyrillicAndGreek) {
    char out[64];
    const auto latin = [&](std::string_view text) {
        return std::string(out, transliterate(text, out));
    };
    EXPECT_EQ(latin("щука"), "schuka");
    EXPECT_EQ(latin("яблоко"), "yabloko");
    EXPECT_EQ(latin("φουρνος"), "foyrnos");
    EXPECT_EQ(latin("plain"), "plain");
    char tiny[2];
    EXPECT_EQ(transliterate("щука", tiny), 2U);  // Never beyond the room.
}

TEST(MerchantText, TitlesNamesForPeople) {
    EXPECT_EQ(title_case("blue bottle"), "Blue Bottle");
    EXPECT_EQ(title_case("магнит у дома"), "Магнит У Дома");
    EXPECT_EQ(title_case(""), "");
}

TEST(MerchantText, ReadsAnyBytesWithinItsBoundsAndTheSameWayTwice) {
    constexpr std::uint64_t kSeed = 20261122;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    MerchantText text;
    MerchantText again;
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(random.below(700), '\0');
        const bool is_wild = random.chance(0.5);
        for (char& c : bytes) {
            c = static_cast<char>(is_wild ? random.below(256) : 0xC0 + random.below(64));
        }
        text.read(bytes);
        ASSERT_LE(text.words().size(), MerchantText::kWordsMax);
        for (const Word& word : text.words()) {
            ASSERT_GT(word.size, 0U);
            ASSERT_EQ(word.hash, hash_of(text.latin_of(word)));
        }
        again.read(bytes);
        ASSERT_EQ(text.full_key(), again.full_key());
        // What comes after the limit changes nothing.
        again.read(bytes.substr(0, MerchantText::kInputBytesMax) + std::string(100, 'z'));
        if (bytes.size() >= MerchantText::kInputBytesMax) {
            ASSERT_EQ(text.full_key(), again.full_key());
        }
    }
}

TEST(MerchantText, AMegabyteCostsNoMoreThanItsFirstBytes) {
    const std::string huge(1U << 20, 'a');
    MerchantText text;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) {
        text.read(huge);
    }
    const auto spent = std::chrono::steady_clock::now() - start;
    EXPECT_LT(spent, std::chrono::seconds(2));  // 1 GB in all, were it read.
    EXPECT_EQ(text.words().size(), 1U);
}

}  // namespace
}  // namespace atlas::finance::merchants
