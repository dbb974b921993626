// SPDX-License-Identifier: Apache-2.0
// Goal: a large file in UTF-16 is read by way of the disk as a small one is in memory, and leaves
// nothing behind. Method: the limit of what is held lowered to nothing, texts longer than a window
// with characters of every width across its end, both byte orders; a disk that fails.
#include "roles/finance_engine/import_text.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/disk/posix/posix_disk.hpp"
#include "base/random.hpp"
#include "finance/statements/recognise.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::app {
namespace {

using roles::finance_engine::import_text;
using roles::finance_engine::ImportQuestion;

/// UTF-16 with its mark.
std::string utf16(std::u16string_view text, bool little) {
    std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char16_t unit : text) {
        const auto low = static_cast<char>(unit & 0xFFU);
        const auto high = static_cast<char>(unit >> 8U);
        out += little ? low : high;
        out += little ? high : low;
    }
    return out;
}

/// Rows whose texts hold characters of one, two, three and four bytes, over two megabytes.
std::u16string rows() {
    Random random(20261123);
    std::u16string text = u"Datum;Text;Betrag\n";
    const std::u16string_view pieces[] = {u"a", u"ü", u"€", u"\U0001F950", u" "};
    while (text.size() < 1'200'000) {
        text += u"2026-03-01;x";
        for (std::uint64_t i = random.below(60); i > 0; --i) {
            text += pieces[random.below(5)];
        }
        text += u";-1,25\n";
    }
    return text;
}

struct Place {
    ports::testing::TemporaryFolder folder;
    adapters::disk::posix::PosixDisk disk;

    ImportQuestion question(std::string_view content) {
        return {.id = {},
                .file_name = "large.csv",
                .content = content,
                .account = {},
                .account_type = std::nullopt,
                .currency = std::nullopt,
                .mapping = std::nullopt,
                .base_currency = *money::Currency::parse("EUR"),
                .created_at = {},
                .passed = {},
                .scratch = {&disk, folder.path()}};
    }
};

TEST(ImportText, AFileInUtf16IsReadByWayOfTheDiskAsInMemory) {
    const std::u16string text = rows();
    for (const bool little : {true, false}) {
        const std::string bytes = utf16(text, little);
        Place place;
        ImportQuestion question = place.question(bytes);
        std::size_t told = 0;
        question.passed = [&](std::size_t offset) { told = offset; };
        const auto by_disk = import_text(question, 0);
        ASSERT_TRUE(by_disk.has_value()) << to_string(by_disk.error());
        EXPECT_EQ(by_disk->converted_from, finance::statements::Encoding::utf16);
        EXPECT_GT(told, bytes.size() / 2);
        EXPECT_TRUE(std::filesystem::is_empty(place.folder.path()));
        const auto in_memory = import_text(question);
        ASSERT_TRUE(in_memory.has_value());
        EXPECT_EQ(in_memory->bytes.data(), bytes.data());
        finance::statements::ReadOptions options{.currency = *money::Currency::parse("EUR"),
                                                 .mapping = {}};
        const auto small = read_statements(in_memory->bytes, "small.csv", options);
        options.converted_from = by_disk->converted_from;
        const auto large = read_statements(by_disk->bytes, "large.csv", options);
        ASSERT_TRUE(small.has_value() && large.has_value());
        EXPECT_EQ(small->encoding, large->encoding);
        EXPECT_GT(small->statements[0].entries.size(), 20'000U);
        EXPECT_EQ(small->statements, large->statements);
    }
}

TEST(ImportText, OtherTextsAndThoseWithoutADiskStayWhereTheyAre) {
    Place place;
    const std::string plain = "Date,Description,Amount\n2026-03-01,x,-1.25\n";
    const ImportQuestion ascii = place.question(plain);
    EXPECT_EQ(import_text(ascii, 0)->bytes.data(), plain.data());
    const std::string bytes = utf16(u"Date,Description,Amount\n2026-03-01,x,-1.25\n", true);
    ImportQuestion diskless = place.question(bytes);
    diskless.scratch = {};
    EXPECT_EQ(import_text(diskless, 0)->bytes.data(), bytes.data());
    EXPECT_EQ(import_text(place.question(bytes), bytes.size())->bytes.data(), bytes.data());
}

TEST(ImportText, ADiskThatFailsFailsTheImport) {
    Place place;
    const std::string bytes = utf16(u"Date,Description,Amount\n2026-03-01,x,-1.25\n", true);
    ImportQuestion question = place.question(bytes);
    question.scratch.folder += "/absent";
    EXPECT_FALSE(import_text(question, 0).has_value());
}

}  // namespace
}  // namespace atlas::app
