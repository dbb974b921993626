// SPDX-License-Identifier: Apache-2.0
// Goal: a person sees of each row what becomes of it and why, and a table's cells as printed.
// Method: the engine on real stores, files whose right answer can be seen by eye.
#include "roles/finance_engine/import_rows.hpp"

#include <gtest/gtest.h>

#include "app/testing/books.hpp"
#include "roles/finance_engine/statement_import.hpp"

namespace atlas::app {
namespace {

using contracts::ImportRowDecision;
using contracts::ImportRowFilter;
using testing::Books;
using testing::must;
using testing::Upload;

constexpr const char* kHead = "Date,Description,Amount\n";

Upload csv(std::string rows, std::string account) {
    return {.name = "x.csv", .bytes = kHead + rows, .account = std::move(account)};
}

contracts::ImportRowList rows_of(Books& books, ImportId id, ImportRowFilter show,
                                 std::int64_t after = 0, std::int64_t limit = 100) {
    return must(books.engine().list_import_rows(
        {.id = id, .show = show, .after = after, .limit = limit}, books.context()));
}

TEST(ImportRows, SayOfEachRowWhatBecomesOfItAndWhy) {
    Books books;
    books.import(csv("2026-06-13,COFFEE,-3.50\n", "Cash"));
    const auto preview =
        books.preview(csv("2026-06-13,COFFEE,-3.50\n2026-06-31,NO DAY,-1.00\n"
                          "2026-06-14,BOOK,-20.00\n",
                          "Cash"));
    const auto all = rows_of(books, preview.import_id, ImportRowFilter::all);
    ASSERT_EQ(all.items.size(), 3U);
    EXPECT_EQ(all.total, 3);
    EXPECT_EQ(all.items[0].decision, ImportRowDecision::duplicate);
    EXPECT_EQ(all.items[1].decision, ImportRowDecision::rejected);
    EXPECT_EQ(all.items[1].line, 3);
    EXPECT_FALSE(all.items[1].date.has_value());
    EXPECT_EQ(all.items[2].decision, ImportRowDecision::added);
    EXPECT_EQ(all.items[2].description, "BOOK");
    EXPECT_EQ(all.items[2].amount->amount, "-20.00");
    EXPECT_EQ(all.items[2].account, "Cash");
    for (const auto& row : all.items) {
        EXPECT_FALSE(row.reason.empty()) << row.line;
    }
    EXPECT_EQ(rows_of(books, preview.import_id, ImportRowFilter::duplicate).total, 1);
    EXPECT_EQ(rows_of(books, preview.import_id, ImportRowFilter::added).total, 1);
    EXPECT_EQ(rows_of(books, preview.import_id, ImportRowFilter::rejected).total, 1);
    EXPECT_EQ(rows_of(books, preview.import_id, ImportRowFilter::booked).total, 0);
    EXPECT_EQ(rows_of(books, preview.import_id, ImportRowFilter::paired).total, 0);
}

TEST(ImportRows, SayWhichTransferARowIsOneLegOf) {
    Books books;
    books.import(csv("2026-06-13,TRANSFER TO SAVINGS,-500.00\n", "Cash"));
    const auto preview = books.preview(
        csv("2026-06-14,TRANSFER FROM CHECKING,500.00\n2026-06-15,INTEREST,0.41\n", "Savings"));
    EXPECT_EQ(preview.transfers, 1);
    const auto paired = rows_of(books, preview.import_id, ImportRowFilter::paired);
    ASSERT_EQ(paired.items.size(), 1U);
    EXPECT_EQ(paired.items[0].line, 2);
    ASSERT_TRUE(paired.items[0].pair.has_value());
    EXPECT_EQ(paired.items[0].pair->account, "Cash");
    EXPECT_EQ(to_string(paired.items[0].pair->date), "2026-06-13");
    EXPECT_EQ(paired.items[0].pair->amount.amount, "-500.00");
    EXPECT_GT(paired.items[0].pair->confidence, 0.5);
    EXPECT_FALSE(rows_of(books, preview.import_id, ImportRowFilter::all).items[1].pair.has_value());
}

TEST(ImportRows, ComeInPagesThatJoinToTheWhole) {
    Books books;
    std::string text;
    for (int i = 1; i <= 28; ++i) {
        text += format("2026-06-{:02},SHOP {},-1.00\n", i, i);
    }
    const auto preview = books.preview(csv(text, "Cash"));
    std::vector<std::int64_t> lines;
    for (std::int64_t after = 0; after < 28; after += 10) {
        const auto page = rows_of(books, preview.import_id, ImportRowFilter::all, after, 10);
        EXPECT_EQ(page.total, 28);
        for (const auto& row : page.items) {
            lines.push_back(row.line);
        }
    }
    ASSERT_EQ(lines.size(), 28U);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_EQ(lines[i], static_cast<std::int64_t>(i) + 2);
    }
    EXPECT_TRUE(rows_of(books, preview.import_id, ImportRowFilter::all, 1000).items.empty());
}

TEST(ImportRows, AreThoseOfAPreviewOnly) {
    Books books;
    const auto done = books.import(csv("2026-06-13,COFFEE,-3.50\n", "Cash"));
    const auto refused = books.engine().list_import_rows({.id = done.import_id}, books.context());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST(ImportTable, ShowsCellsAsPrintedWithTheirLines) {
    const auto table = must(roles::finance_engine::read_table_head(
        {.delimiter = {},
         .encoding = {},
         .content = "Konto;123\n\nTag;Text;Betrag\n01.02.2026;\"Caf\xe9; zwei\nZeilen\";-3,50\n"
                    "02.02.2026;=1+1;4,00\n"}));
    EXPECT_EQ(table.delimiter, ";");
    EXPECT_EQ(table.encoding, "windows-1252");
    ASSERT_EQ(table.records.size(), 5U);
    EXPECT_EQ(table.records[3].line, 4);
    EXPECT_EQ(table.records[3].cells,
              (std::vector<std::string>{"01.02.2026", "Café; zwei Zeilen", "-3,50"}));
    EXPECT_EQ(table.records[4].line, 6);
    EXPECT_EQ(table.records[4].cells[1], "=1+1");
}

TEST(ImportTable, TakesAPersonsWordAndRefusesWhatIsNoTable) {
    const auto head = [](std::string text, std::optional<std::string> delimiter,
                         std::optional<std::string> encoding) {
        return roles::finance_engine::read_table_head(
            {.delimiter = std::move(delimiter), .encoding = std::move(encoding), .content = text});
    };
    const std::string text = "a;b,c\nd;e,f\ng;h,i\n";
    EXPECT_EQ(must(head(text, ",", std::nullopt)).records[0].cells[0], "a;b");
    EXPECT_EQ(must(head("x;\xb1\ny;\xb1\nz;\xb1\n", ";", "iso-8859-2")).records[0].cells[1], "ą");
    EXPECT_EQ(head(text, ",", "klingon").error().place, "/encoding");
    EXPECT_EQ(head("%PDF-1.4 a;b", {}, {}).error().code, ErrorCode::invalid_argument);
    const auto ofx = head("OFXHEADER:100\n<OFX><X>1</OFX>", {}, {});
    ASSERT_FALSE(ofx.has_value());
    EXPECT_NE(ofx.error().message.find("ofx"), std::string::npos) << ofx.error().message;
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += "2026-01-01,x,1.00\n";
    }
    EXPECT_EQ(must(head(many, {}, {})).records.size(), contracts::kTableRecordsMax);
}

}  // namespace
}  // namespace atlas::app
