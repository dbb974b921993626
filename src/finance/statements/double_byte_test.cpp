// SPDX-License-Identifier: Apache-2.0
// Goal: a text of two bytes a character is refused by name instead of being booked as nonsense, and
// no text of one byte is taken for one. Method: the same kind of file in four encodings, as bytes.
#include "finance/statements/double_byte.hpp"

#include <gtest/gtest.h>

#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::string_view kJapanese =
    "\x93\xFA\x95t,\x93"
    "E\x97v,\x8B\xE0\x8Az\n"
    "2024/01/31,\x83R\x83\x93\x83r\x83j\x83G\x83\x93\x83X,-1000\n"
    "2024/02/29,\x8B\x8B\x97^\x90U\x8D\x9E,250001\n"
    "2024/03/01,\x93"
    "d\x8B"
    "C\x97\xBF\x8B\xE0,-8123\n";
constexpr std::string_view kChinese =
    "\xC8\xD5\xC6\xDA,\xD5\xAA\xD2\xAA,\xBD\xF0\xB6\xEE\n"
    "2024-01-10,\xB3\xAC\xCA\xD0,-12.50\n"
    "2024-01-11,\xB9\xA4\xD7\xCA,-12.51\n"
    "2024-01-12,\xB5\xD8\xCC\xFA,-12.52\n"
    "2024-01-13,\xBF\xA7\xB7\xC8,-12.53\n"
    "2024-01-14,\xB7\xBF\xD7\xE2,-12.54\n"
    "2024-01-15,\xB5\xE7\xB7\xD1,-12.55\n"
    "2024-01-16,\xCB\xAE\xB7\xD1,-12.56\n"
    "2024-01-17,\xB2\xCD\xCC\xFC,-12.57\n"
    "2024-01-18,\xCA\xE9\xB5\xEA,-12.58\n"
    "2024-01-19,\xD2\xBD\xD4\xBA,-12.59\n"
    "2024-01-20,\xD2\xA9\xB5\xEA,-12.50\n"
    "2024-01-21,\xBC\xD3\xD3\xCD,-12.51\n"
    "2024-01-22,\xCD\xA3\xB3\xB5,-12.52\n"
    "2024-01-23,\xBB\xFA\xC6\xB1,-12.53\n"
    "2024-01-24,\xBE\xC6\xB5\xEA,-12.54\n"
    "2024-01-25,\xB5\xE7\xD3\xB0,-12.55\n"
    "2024-01-26,\xCA\xD6\xBB\xFA,-12.56\n"
    "2024-01-27,\xCD\xF8\xB9\xBA,-12.57\n";
constexpr std::string_view kRussian =
    "\xC4\xE0\xF2\xE0;\xCE\xEF\xE8\xF1\xE0\xED\xE8\xE5;\xD1\xF3\xEC\xEC\xE0\n"
    "10.01.2024;\xEA\xEE\xF4\xE5;-12,50\n"
    "11.01.2024;\xEC\xE5\xF2\xF0\xEE;-12,51\n"
    "12.01.2024;\xE0\xEF\xF2\xE5\xEA\xE0;-12,52\n"
    "13.01.2024;\xF2\xE0\xEA\xF1\xE8;-12,53\n"
    "14.01.2024;\xEA\xE8\xED\xEE;-12,54\n"
    "15.01.2024;\xEA\xED\xE8\xE3\xE8;-12,55\n"
    "16.01.2024;\xEF\xF0\xEE\xE4\xF3\xEA\xF2\xFB;-12,56\n"
    "17.01.2024;\xE0\xF0\xE5\xED\xE4\xE0;-12,57\n"
    "18.01.2024;\xF1\xE2\xFF\xE7\xFC;-12,58\n"
    "19.01.2024;\xE1\xE5\xED\xE7\xE8\xED;-12,59\n"
    "20.01.2024;\xEA\xE0\xF4\xE5;-12,50\n"
    "21.01.2024;\xEE\xE4\xE5\xE6\xE4\xE0;-12,51\n"
    "22.01.2024;\xEF\xEE\xE4\xE0\xF0\xEE\xEA;-12,52\n"
    "23.01.2024;\xEE\xE1\xE5\xE4;-12,53\n"
    "24.01.2024;\xF3\xE6\xE8\xED;-12,54\n"
    "25.01.2024;\xE1\xE8\xEB\xE5\xF2;-12,55\n"
    "26.01.2024;\xEF\xE0\xF0\xEA;-12,56\n"
    "27.01.2024;\xEC\xF3\xE7\xE5\xE9;-12,57\n";
constexpr std::string_view kGerman =
    "Datum;Text;Betrag\n"
    "10.01.2024;B\xE4"
    "ckerei;-12,50\n"
    "11.01.2024;\xDC"
    "bertrag;-12,51\n"
    "12.01.2024;Geb\xFChr;-12,52\n"
    "13.01.2024;K\xF6ln;-12,53\n"
    "14.01.2024;Stra\xDF"
    "e;-12,54\n"
    "15.01.2024;K\xE4se;-12,55\n"
    "16.01.2024;M\xF6"
    "bel;-12,56\n"
    "17.01.2024;\xC4pfel;-12,57\n"
    "18.01.2024;\xD6l;-12,58\n"
    "19.01.2024;M\xFCller;-12,59\n"
    "20.01.2024;S\xFC\xDF;-12,50\n"
    "21.01.2024;H\xF6he;-12,51\n"
    "22.01.2024;F\xE4hre;-12,52\n"
    "23.01.2024;T\xFCr;-12,53\n"
    "24.01.2024;N\xE4he;-12,54\n"
    "25.01.2024;G\xF6r;-12,55\n"
    "26.01.2024;B\xE4r;-12,56\n"
    "27.01.2024;L\xE4"
    "den;-12,57\n";

TEST(DoubleByte, JapaneseAndChineseAreToldFromCyrillicAndGerman) {
    EXPECT_EQ(double_byte_name(kJapanese), "Shift_JIS");
    EXPECT_EQ(double_byte_name(kChinese), "an encoding of two bytes a character (GBK, EUC)");
    EXPECT_EQ(double_byte_name(kRussian), "");
    EXPECT_EQ(double_byte_name(kGerman), "");
    EXPECT_EQ(double_byte_name(""), "");
    EXPECT_EQ(double_byte_name(kJapanese.substr(0, 20)), "");  // Too short to tell.
    // Cut inside a character: still told.
    EXPECT_EQ(double_byte_name(kJapanese.substr(0, kJapanese.rfind('\x8B') + 1)), "Shift_JIS");
}

TEST(DoubleByte, AFileOfTwoBytesACharacterIsRefusedByName) {
    const ReadOptions options{.currency = *money::Currency::parse("JPY"), .mapping = {}};
    const auto file = read_statements(kJapanese, "meisai.csv", options);
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(to_string(file.error()),
              "the text is in Shift_JIS, which is not read: save it as UTF-8 (meisai.csv)");
    EXPECT_TRUE(read_statements(kGerman, "umsatz.csv", options).has_value());
    EXPECT_TRUE(read_statements(kRussian, "otchet.csv", options).has_value());
}

}  // namespace
}  // namespace atlas::finance::statements
