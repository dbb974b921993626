// SPDX-License-Identifier: Apache-2.0
// Goal: texts of two bytes a character are read as what was written, whatever the bytes are, and
// are told from those of one byte and from each other. Method: the whole tables against digests
// that Python's codecs gave; hostile bytes against laws; words of our own in every encoding.
#include "finance/statements/double_byte.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/double_byte_guess.hpp"
#include "finance/statements/recognise.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/testing/bank_export.hpp"

namespace atlas::finance::statements {
namespace {

using bank_export::written;

constexpr auto kAll = std::to_array(
    {Encoding::shift_jis, Encoding::euc_jp, Encoding::gb18030, Encoding::euc_kr, Encoding::big5});

/// FNV-1a of 64 bits.
std::uint64_t digest(std::string_view bytes, std::uint64_t hash = 0xCBF29CE484222325) {
    for (const char c : bytes) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    }
    return hash;
}

TEST(DoubleByte, TheTablesAreThoseOfPythonsCodecs) {
    struct Table {
        Encoding encoding;
        std::size_t characters;
        std::uint64_t digest;
    };
    // cp932, gb18030, cp949 and cp950 of Python 3.11, over all pairs in ascending order.
    for (const Table& table : {
             Table{Encoding::shift_jis, 9604, 0x3F5659C9F8B0CEDD},
             Table{Encoding::gb18030, 23940, 0xD683C41EA925DC54},
             Table{Encoding::euc_kr, 17048, 0xB147D9D15B455871},
             Table{Encoding::big5, 13752, 0xBCFB1DA3B418597A},
         }) {
        std::string all;
        std::size_t characters = 0;
        for (unsigned lead = 0x80; lead < 0x100; ++lead) {
            for (unsigned trail = 0x40; trail < 0x100; ++trail) {
                const std::string pair{static_cast<char>(lead), static_cast<char>(trail)};
                const auto read = double_byte_character(pair, 0, table.encoding);
                if (read.size == 2 && read.code_point != 0xFFFD) {
                    ++characters;
                    append_utf8(all, read.code_point);
                }
            }
        }
        EXPECT_EQ(characters, table.characters) << name_of(table.encoding);
        EXPECT_EQ(digest(all), table.digest) << name_of(table.encoding);
    }
}

TEST(DoubleByte, CharactersOfFourBytesAreThoseOfPythonsCodec) {
    // Every 97th code point, found from its bytes: those of four bytes in ascending order.
    std::vector<std::string> bytes_of(0x110000);
    for (unsigned number = 0; number < 1'587'600; ++number) {
        const std::string bytes{
            static_cast<char>(0x81 + number / 12600), static_cast<char>('0' + number / 1260 % 10),
            static_cast<char>(0x81 + number / 10 % 126), static_cast<char>('0' + number % 10)};
        const auto read = double_byte_character(bytes, 0, Encoding::gb18030);
        ASSERT_EQ(read.size, 4U);
        if (read.code_point != 0xFFFD) {
            ASSERT_TRUE(bytes_of[read.code_point].empty()) << read.code_point;
            bytes_of[read.code_point] = bytes;
        }
    }
    std::uint64_t hash = digest("");
    std::size_t count = 0;
    for (std::uint32_t point = 0x80; point < 0x110000; point += 97) {
        if (!bytes_of[point].empty()) {
            std::string text;
            append_utf8(text, point);
            hash = digest(bytes_of[point] + text, hash);
            ++count;
        }
    }
    EXPECT_EQ(count, 11214U);
    EXPECT_EQ(hash, 0xAEAC5CF9080F19A3U);
}

TEST(DoubleByte, WhatIsNoCharacterIsOneMarkAndSwallowsNoDelimiter) {
    EXPECT_EQ(to_utf8("\x85,1\n", Encoding::shift_jis), "\uFFFD,1\n");
    EXPECT_EQ(to_utf8("\x93\xFA\x95", Encoding::shift_jis), "日\uFFFD");
    EXPECT_EQ(to_utf8("\xB6\xDE ", Encoding::shift_jis), "ｶﾞ ");
    EXPECT_EQ(to_utf8("\x80\xA0\xFF", Encoding::shift_jis), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(to_utf8("\x81\x30\x81,", Encoding::gb18030), "\uFFFD0\uFFFD,");
    EXPECT_EQ(to_utf8("\x81\x30\x81\x30", Encoding::gb18030), "\u0080");
    EXPECT_EQ(to_utf8("\x95\x32\x82\x36\xE3\x32\x9A\x36", Encoding::gb18030), "\U00020000\uFFFD");
    EXPECT_EQ(to_utf8("\x84\x31\xA4\x39\x90\x30\x81\x30", Encoding::gb18030), "\uFFFF\U00010000");
    EXPECT_EQ(to_utf8("\x84\x31\xA5\x30", Encoding::gb18030), "\uFFFD");
    EXPECT_EQ(to_utf8("\xC6\xFC\xCB\xDC\x8E\xB6\x8E", Encoding::euc_jp), "日本ｶ\uFFFD");
    EXPECT_EQ(to_utf8("\xB0\xA1\xFF\xC9\xA1", Encoding::euc_kr), "가\uFFFD\uFFFD");
    EXPECT_EQ(to_utf8("\xA4\x40\xA4", Encoding::big5), "一\uFFFD");
}

TEST(DoubleByte, HostileBytesGiveUtf8ThatTheSameBytesGiveByPieces) {
    Random random(20261123);
    const auto below = [&](std::size_t n) { return static_cast<unsigned>(random.below(n)); };
    for (int round = 0; round < 20'000; ++round) {
        const Encoding encoding = kAll[below(kAll.size())];
        const unsigned low = std::array{0x00U, 0x30U, 0x80U}[below(3)];
        std::string bytes;
        for (unsigned i = 1 + below(40); i > 0; --i) {
            bytes += static_cast<char>(low + below(0x100 - low));
        }
        const std::string text = to_utf8(bytes, encoding);
        ASSERT_TRUE(is_utf8(text)) << round;
        // Cut between any two characters, the parts are the whole: what a cell's text rests on.
        std::string parts;
        for (std::size_t at = 0; at < bytes.size();) {
            const auto next = double_byte_character(bytes, at, encoding);
            ASSERT_GE(next.size, 1U);
            ASSERT_LE(at + next.size, bytes.size()) << round;
            if (next.size > 1) {
                parts += to_utf8(std::string_view(bytes).substr(at, next.size), encoding);
            } else {
                append_utf8(parts, next.code_point);
            }
            at += next.size;
        }
        ASSERT_EQ(parts, text) << round;
        // Line ends, quotes, commas and semicolons of the bytes are those of the text.
        for (const char mark : {'\n', '"', ',', ';', '\t'}) {
            ASSERT_EQ(std::count(bytes.begin(), bytes.end(), mark),
                      std::count(text.begin(), text.end(), mark))
                << round;
        }
    }
}

TEST(DoubleByte, ABarInsideACharacterDividesNothing) {
    // The second byte of ポ is a bar's.
    const std::string text = written("ポイント|1|ポ\n", Encoding::shift_jis);
    CsvRecords records(text, '|', Encoding::shift_jis);
    std::vector<CsvCell> cells;
    ASSERT_TRUE(records.next(cells));
    ASSERT_EQ(cells.size(), 3U);
    EXPECT_EQ(to_utf8(cells[0].raw, Encoding::shift_jis), "ポイント");
    EXPECT_EQ(to_utf8(cells[2].raw, Encoding::shift_jis), "ポ");
    EXPECT_FALSE(records.next(cells));
    // Cut inside a character at the very end: nothing behind the text is read.
    CsvRecords cut(std::string_view(text).substr(0, 1), '|', Encoding::shift_jis);
    ASSERT_TRUE(cut.next(cells));
    EXPECT_EQ(cells[0].raw.size(), 1U);
    EXPECT_FALSE(cut.next(cells));
}

struct Sample {
    Encoding encoding;
    std::vector<std::string> words;
};

const std::vector<Sample>& samples() {
    static const std::vector<Sample> all = {
        {Encoding::shift_jis,
         {"日付", "コンビニ", "ｾﾌﾞﾝｲﾚﾌﾞﾝ 振込", "給与振込", "お支払金額", "口座振替　電気"}},
        {Encoding::euc_jp, {"日付", "コンビニ", "給与振込", "お支払金額"}},
        {Encoding::gb18030,
         {"交易时间", "支付宝", "余额", "工资收入", "外卖订单", "商品说明", "转账备注"}},
        {Encoding::euc_kr, {"거래일시", "이마트", "스타벅스", "급여", "출금액", "체크카드 결제"}},
        {Encoding::big5, {"交易日期", "帳戶餘額", "薪資轉帳", "提款", "信用卡費", "全聯消費"}},
    };
    return all;
}

TEST(DoubleByteGuess, WordsAreReadAsTheyWereWritten) {
    for (const Sample& sample : samples()) {
        std::string all;
        for (const std::string& word : sample.words) {
            const std::string bytes = written(word, sample.encoding);
            // Two characters alone may be asked about.
            const OneByteGuess guess = guess_encoding(bytes);
            EXPECT_TRUE(guess.encoding == sample.encoding || guess.rival == sample.encoding)
                << word;
            EXPECT_EQ(to_utf8(bytes, sample.encoding), word);
            all += "2026-01-05," + bytes + ",-1.00\n";
        }
        EXPECT_EQ(guess_encoding(all), OneByteGuess{.encoding = sample.encoding});
        // Cut inside its last character, and with one that is none: as before.
        const std::size_t last = all.rfind(written(sample.words.back(), sample.encoding));
        EXPECT_EQ(guess_encoding(all.substr(0, last + 1)).encoding, sample.encoding);
        EXPECT_EQ(guess_encoding(all + "\xFF\n").encoding, sample.encoding);
    }
}

TEST(DoubleByteGuess, WhatFitsTwoIsAskedAbout) {
    // A surname that Chinese and Cyrillic letters share, and nothing else in the file.
    const std::string row = "Date,Description,Amount\n2026-03-14,\xCD\xF5\xC0\xF6,-3.50\n";
    const ReadOptions options{.currency = *money::Currency::parse("CNY"), .mapping = {}};
    const auto file = read_statements(row, "x.csv", options);
    ASSERT_TRUE(file.has_value());
    ASSERT_EQ(file->csv->ambiguities.size(), 1U);
    EXPECT_EQ(file->csv->ambiguities[0].field, "encoding");
    // A person's word wins, for an encoding by any of its names.
    CsvMapping named = file->csv->mapping;
    for (const auto& [name, wanted] : {std::pair("GBK", "王丽"), std::pair("cp1251", "Нхцц"),
                                       std::pair("Big5", "篻璱"), std::pair("CP949", "孺쟝")}) {
        named.encoding = encoding_named(name);
        ASSERT_TRUE(named.encoding.has_value()) << name;
        const auto again =
            read_statements(row, "x.csv", {.currency = options.currency, .mapping = named});
        ASSERT_TRUE(again.has_value()) << name;
        EXPECT_TRUE(again->csv->ambiguities.empty());
        const std::string& text = again->statements[0].entries[0].description;
        EXPECT_EQ(text, to_utf8("\xCD\xF5\xC0\xF6", *named.encoding)) << wanted;
    }
}

TEST(DoubleByteGuess, DamagedUtf8IsUtf8) {
    std::string text = "日付,摘要,金額\n2026/01/05,コンビニ,-1\n2026/01/06,セブン\xE3\x82,-2\n";
    EXPECT_EQ(SourceText(text).encoding(), Encoding::utf8);
    EXPECT_EQ(SourceText(text).clean("\xE3\x82"), "\uFFFD\uFFFD");
    EXPECT_EQ(SourceText("K\xC3\xA4se, M\xFCll, \xD6l").encoding(), Encoding::windows_1252);
}

TEST(DoubleByteGuess, WhatAHeaderDeclaresLosesToWhatTheBytesProve) {
    const std::string text = written("交易时间 外卖订单 商品说明", Encoding::gb18030);
    SourceText proven(text);
    proven.declare(Encoding::windows_1252);
    EXPECT_EQ(proven.encoding(), Encoding::gb18030);
    proven.declare(Encoding::big5);
    EXPECT_EQ(proven.encoding(), Encoding::big5);
    SourceText western("M\xFCller");
    western.declare(Encoding::windows_1250);
    EXPECT_EQ(western.encoding(), Encoding::windows_1250);
}

}  // namespace
}  // namespace atlas::finance::statements
