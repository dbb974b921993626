// SPDX-License-Identifier: Apache-2.0
// Goal: a text that names no encoding is read as whoever wrote it meant it, or somebody is asked.
// Method: words of our own, written to bytes by the tables and guessed back, alone and together;
// whole CSV files of each; the words that two encodings share as well.
#include "finance/statements/one_byte_guess.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "finance/statements/recognise.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {
namespace {

/// What to_utf8() undoes. Every character must be in the table.
std::string written(std::u16string_view text, Encoding encoding) {
    std::string out;
    for (const char16_t c : text) {
        const std::size_t at = upper_half(encoding).find(c);
        EXPECT_TRUE(c < 0x80 || at != std::u16string_view::npos) << static_cast<unsigned>(c);
        out += static_cast<char>(c < 0x80 ? c : 0x80U + at);
    }
    return out;
}

std::string utf8(std::u16string_view text) {
    std::string out;
    for (const char16_t c : text) {
        append_utf8(out, c);
    }
    return out;
}

Result<StatementFile> read_row(const std::string& description,
                               std::optional<CsvMapping> mapping = std::nullopt) {
    const ReadOptions options{.currency = *money::Currency::parse("EUR"),
                              .mapping = std::move(mapping)};
    return read_statements("Date;Description;Amount\n2026-03-14;" + description + ";-3,50\n",
                           "test.csv", options);
}

struct Sample {
    Encoding encoding;
    std::vector<std::u16string> words;
};

const std::vector<Sample>& samples() {
    static const std::vector<Sample> all = {
        {Encoding::windows_1251,
         {u"Пятёрочка", u"МАГНИТ", u"Перекрёсток", u"ОПЛАТА УСЛУГ", u"Зарплата", u"ЯНДЕКС ТАКСИ",
          u"Перевод", u"аптека", u"Сільпо", u"Лидл България", u"Ашан"}},
        {Encoding::windows_1253,
         {u"ΣΚΛΑΒΕΝΙΤΗΣ", u"Σούπερ Μάρκετ", u"ΑΒ ΒΑΣΙΛΟΠΟΥΛΟΣ", u"Μισθοδοσία", u"καφέ", u"Πληρωμή",
          u"Ενοίκιο", u"φαρμακείο", u"ΜΕΤΑΦΟΡΑ", u"Αγορά", u"ΤΑΧΥΔΡΟΜΕΙΟ"}},
        {Encoding::windows_1255,
         {u"שופרסל", u"רמי לוי", u"משכורת", u"העברה", u"חברת החשמל", u"סופר פארם", u"תאריך",
          u"תיאור", u"ארנונה", u"שכירות", u"ויזה"}},
        {Encoding::windows_1254,
         {u"Alışveriş ücreti", u"Kredi kartı borcu, ödeme günü", u"ÜCRETİ", u"Maaş Ağustos, üçüncü",
          u"MİGROS ÇARŞI", u"Doğalgaz faturası gün"}},
        {Encoding::windows_1252,
         {u"Müller Café", u"crédit à l’échéance", u"Año señor", u"Það var í Reykjavík",
          u"Rødgrød med fløde", u"Größe Übung", u"Straße 12 m³", u"Þórður Ólafsson"}},
    };
    return all;
}

TEST(OneByteGuess, WordsAreReadAsTheyWereWritten) {
    for (const Sample& sample : samples()) {
        std::string all;
        for (const std::u16string& word : sample.words) {
            const std::string bytes = written(word, sample.encoding);
            EXPECT_EQ(guess_one_byte(bytes), OneByteGuess{.encoding = sample.encoding})
                << utf8(word);
            all += bytes + "; ";
        }
        EXPECT_EQ(guess_one_byte(all), OneByteGuess{.encoding = sample.encoding});
    }
}

TEST(OneByteGuess, AFileIsReadWithoutAQuestion) {
    for (const Sample& sample : samples()) {
        for (const std::u16string& word : sample.words) {
            const auto file = read_row(written(word, sample.encoding));
            ASSERT_TRUE(file.has_value()) << utf8(word) << ": " << to_string(file.error());
            EXPECT_EQ(file->encoding, sample.encoding) << utf8(word);
            EXPECT_TRUE(file->csv->ambiguities.empty()) << utf8(word);
            EXPECT_EQ(file->statements[0].entries[0].description, utf8(word));
            EXPECT_EQ(to_decimal(file->statements[0].entries[0].amount), "-3.50");
        }
    }
}

TEST(OneByteGuess, WhatFitsTwoIsAskedAbout) {
    struct Case {
        std::u16string word;
        Encoding encoding;
        std::string choices;
        std::string other;
    };
    const std::vector<Case> cases = {
        {u"Kartı", Encoding::windows_1254, "windows-1254 windows-1252", "Kartý"},
        {u"ΔΕΗ", Encoding::windows_1253, "windows-1253 windows-1251", "ДЕЗ"},
    };
    for (const Case& each : cases) {
        const auto file = read_row(written(each.word, each.encoding));
        ASSERT_TRUE(file.has_value()) << to_string(file.error());
        ASSERT_EQ(file->csv->ambiguities.size(), 1U) << utf8(each.word);
        const CsvAmbiguity& question = file->csv->ambiguities[0];
        EXPECT_EQ(question.field, "encoding");
        EXPECT_EQ(question.choices[0] + " " + question.choices[1], each.choices);
        EXPECT_NE(question.reason.find("\"" + each.other + "\""), std::string::npos)
            << question.reason;
        EXPECT_EQ(file->csv->mapping.encoding, each.encoding);
        // Answered by the mapping, there is nothing to ask.
        CsvMapping answered = file->csv->mapping;
        answered.encoding = encoding_named(question.choices[1]);
        const auto again = read_row(written(each.word, each.encoding), answered);
        ASSERT_TRUE(again.has_value()) << to_string(again.error());
        EXPECT_TRUE(again->csv->ambiguities.empty());
        EXPECT_EQ(again->statements[0].entries[0].description, each.other);
    }
}

TEST(OneByteGuess, IsoGreekIsToldByItsAccentedAlpha) {
    const std::u16string text = u"Άλφα Βήτα, πληρωμή";
    EXPECT_EQ(guess_one_byte(written(text, Encoding::iso_8859_7)).encoding, Encoding::iso_8859_7);
    EXPECT_EQ(guess_one_byte(written(text, Encoding::windows_1253)).encoding,
              Encoding::windows_1253);
    EXPECT_EQ(to_utf8(written(text, Encoding::iso_8859_7), Encoding::iso_8859_7), utf8(text));
}

TEST(OneByteGuess, NamesOfHebrewAndItsPointsAreKnown) {
    EXPECT_EQ(encoding_named("windows-1255"), Encoding::windows_1255);
    EXPECT_EQ(encoding_named("ISO-8859-8-I"), Encoding::windows_1255);
    EXPECT_EQ(name_of(Encoding::windows_1255), "windows-1255");
    EXPECT_EQ(upper_half(Encoding::windows_1255).size(), 128U);
    // The table as unicode.org's CP1255.TXT prints it: 0xA4, 0xC0, 0xD4, 0xE0, 0xFA.
    EXPECT_EQ(to_utf8("\xA4\xC0\xD4\xE0\xFA", Encoding::windows_1255), "\u20AA\u05B0\u05F0את");
    EXPECT_EQ(to_utf8("\xFF", Encoding::windows_1255), "\uFFFD");
}

TEST(OneByteGuess, AFewForeignLettersDoNotTurnAText) {
    // One Polish-looking or Turkish letter in a German or French file is that: one.
    EXPECT_EQ(guess_one_byte("Gr\xF6\xDF"
                             "e \xDC"
                             "bung f\xFCr Pr\xE4mie, Nov\xFD")
                  .encoding,
              Encoding::windows_1252);
    std::string turkish;
    for (int i = 0; i < 10; ++i) {
        turkish += written(u"Kartı ücreti; ", Encoding::windows_1254);
    }
    EXPECT_EQ(guess_one_byte(turkish + "Caf\xE9"),
              OneByteGuess{.encoding = Encoding::windows_1254});
    EXPECT_EQ(guess_one_byte("plain"), OneByteGuess{.encoding = Encoding::windows_1252});
}

}  // namespace
}  // namespace atlas::finance::statements
