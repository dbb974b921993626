// SPDX-License-Identifier: Apache-2.0
// Goal: small files whose right answer can be seen by eye. Method: the engine on real stores.
#include "roles/finance_engine/statement_import.hpp"

#include <gtest/gtest.h>

#include "app/testing/books.hpp"

namespace atlas::app {
namespace {

using testing::Books;
using testing::ofx_text;
using testing::Upload;

Error refusal(Books& books, const Upload& upload) {
    const auto preview = books.engine().create_import(testing::request_of(upload), books.context());
    EXPECT_FALSE(preview.has_value()) << "must be refused";
    return preview.has_value() ? Error{} : preview.error();
}

Upload csv(std::string text, std::string account) {
    return {.name = "x.csv", .bytes = std::move(text), .account = std::move(account)};
}

constexpr const char* kPlainCsv =
    "Date,Description,Amount\n2026-06-13,COFFEE,-3.50\n2026-06-14,BOOK,-20.00\n";

TEST(StatementImport, RefusesAFileInAnotherCurrencyThanItsAccount) {
    Books books;
    books.import({.name = "a.ofx",
                  .bytes = ofx_text("111222333", {{"20260601", "1.00", "F1", "X"}}, "", ""),
                  .account = "Everyday"});
    const Error error = refusal(
        books, {.name = "b.ofx",
                .bytes = ofx_text("999888777", {{"20260601", "1.00", "F1", "X"}}, "", "", "EUR"),
                .account = "Everyday"});
    EXPECT_EQ(error.code, ErrorCode::invalid_argument);
    EXPECT_EQ(error.place, "/currency");
    EXPECT_NE(error.message.find("EUR"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("USD"), std::string::npos) << error.message;
    EXPECT_EQ(books.snapshot().transactions.size(), 1U);
}

TEST(StatementImport, TakesTheBaseCurrencyWhereNobodyNamesOne) {
    Books books;
    EXPECT_EQ(books.import(csv(kPlainCsv, "Cash")).added, 2);
    EXPECT_NE(books.balance_of("Cash").find("USD"), std::string::npos);
}

TEST(StatementImport, BooksNothingWhileAQuestionIsOpen) {
    Books books;
    const Upload open =
        csv("Date,Description,Amount\n03/04/2026,COFFEE,-3.50\n05/04/2026,TEA,-2.00\n", "Cash");
    const auto preview = books.preview(open);
    EXPECT_EQ(preview.questions.size(), 1U);
    const auto refused = books.engine().commit_import({preview.import_id}, books.context());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().place, "/mapping");
    EXPECT_TRUE(books.snapshot().transactions.empty());
    Upload answered = open;
    contracts::CsvMappingValue mapping = *preview.mapping;
    mapping.date_order = "day_month_year";
    answered.mapping = contracts::encode(mapping);
    EXPECT_EQ(books.import(answered).added, 2);
}

TEST(StatementImport, AnAnswerCountsForTheNextFileOfTheSameShape) {
    Books books;
    Upload open =
        csv("Date,Description,Amount\n03/04/2026,COFFEE,-3.50\n05/04/2026,TEA,-2.00\n", "Cash");
    contracts::CsvMappingValue mapping = *books.preview(open).mapping;
    mapping.date_order = "day_month_year";
    open.mapping = contracts::encode(mapping);
    EXPECT_EQ(books.import(open).added, 2);
    const auto next =
        books.preview(csv("Date,Description,Amount\n07/06/2026,BOOK,-9.00\n", "Cash"));
    EXPECT_TRUE(next.questions.empty());
    EXPECT_EQ(to_string(next.sample.at(0).date), "2026-06-07");
    // Another account, and another shape, are asked about again.
    EXPECT_FALSE(books.preview(csv("Date,Description,Amount\n07/06/2026,BOOK,-9.00\n", "Other"))
                     .questions.empty());
    EXPECT_FALSE(
        books.preview(csv("Date,Type,Description,Amount\n07/06/2026,X,BOOK,-9.00\n", "Cash"))
            .questions.empty());
}

TEST(StatementImport, AsksForTheAccountThatACsvDoesNotName) {
    Books books;
    const Error nameless = refusal(books, csv(kPlainCsv, ""));
    EXPECT_EQ(nameless.code, ErrorCode::invalid_argument);
    EXPECT_EQ(nameless.place, "/account");
    Upload unknown = csv(kPlainCsv, "Cash");
    unknown.currency = "XQX";
    EXPECT_EQ(refusal(books, unknown).place, "/currency");
    Upload whole = csv(kPlainCsv, "Cash");
    whole.currency = "EUR";
    EXPECT_EQ(books.import(whole).added, 2);
    // A known account knows its currency.
    EXPECT_EQ(books.import(csv("Date,Description,Amount\n2026-07-20,TEA,-2.00\n", "Cash")).added,
              1);
    EXPECT_EQ(books.balance_of("Cash"), "-25.50 EUR");
}

TEST(StatementImport, ListsWhatItCouldNotReadWithItsPlace) {
    Books books;
    Upload upload =
        csv("Date,Description,Amount\n2026-06-13,COFFEE,-3.50\n2026-06-31,NO SUCH DAY,-1.00\n"
            "2026-06-15,NO AMOUNT,abc\n2026-06-16,TEA,-2.00\n",
            "Cash");
    upload.currency = "USD";
    const auto done = books.import(upload);
    EXPECT_EQ(done.added, 2);
    ASSERT_EQ(done.rejected.size(), 2U);
    EXPECT_EQ(done.rejected[0].file, "x.csv");
    EXPECT_EQ(done.rejected[0].line, 3);
    EXPECT_EQ(done.rejected[0].column, 1);
    EXPECT_EQ(done.rejected[1].line, 4);
    EXPECT_EQ(done.rejected[1].column, 22);
    EXPECT_FALSE(done.rejected[0].reason.empty());
}

TEST(StatementImport, ShowsTheFirstEntriesAndWhatBecomesOfThem) {
    Books books;
    std::vector<testing::OfxRow> rows;
    for (int i = 1; i <= 25; ++i) {
        rows.push_back({format("202606{:02}", i), "-1.00", format("F{}", i), format("SHOP {}", i)});
    }
    const std::string first_half = ofx_text("111222333", {rows.begin(), rows.begin() + 10}, "", "");
    books.import({.name = "a.ofx", .bytes = first_half, .account = "Everyday"});
    const auto preview =
        books.preview({.name = "/mnt/me/b.ofx", .bytes = ofx_text("111222333", rows, "", "")});
    EXPECT_EQ(preview.file_name, "b.ofx");
    EXPECT_EQ(preview.added, 15);
    EXPECT_EQ(preview.duplicates, 10);
    ASSERT_EQ(preview.sample.size(), 20U);
    EXPECT_EQ(preview.sample[9].decision, "duplicate");
    EXPECT_EQ(preview.sample[10].decision, "added");
    EXPECT_EQ(preview.sample[10].description, "SHOP 11");
    EXPECT_FALSE(preview.sample[10].reason.empty());
    ASSERT_EQ(preview.accounts.size(), 1U);
    EXPECT_EQ(preview.accounts[0].name, "Everyday") << "known by its number";
    EXPECT_FALSE(preview.accounts[0].created);
}

TEST(StatementImport, ReconcilesWithTheBank) {
    Books books;
    const auto first = books.import(
        {.name = "june.ofx",
         .bytes = ofx_text("111222333", {{"20260601", "10.00", "F1", "A"}}, "110.00", "20260630"),
         .account = "Everyday"});
    ASSERT_EQ(first.reconciliation.size(), 1U);
    EXPECT_EQ(first.reconciliation[0].difference.amount, "0.00");
    EXPECT_EQ(first.reconciliation[0].account, "Everyday");
    const auto off = books.import(
        {.name = "july.ofx",
         .bytes = ofx_text("111222333", {{"20260701", "-5.00", "F2", "B"}}, "104.00", "20260731")});
    ASSERT_EQ(off.reconciliation.size(), 1U);
    EXPECT_EQ(off.reconciliation[0].statement_balance.amount, "104.00");
    EXPECT_EQ(off.reconciliation[0].ledger_balance.amount, "105.00");
    EXPECT_EQ(off.reconciliation[0].difference.amount, "-1.00");
    // An old balance is compared with the ledger of its day.
    const auto old = books.preview(
        {.name = "june.ofx",
         .bytes = ofx_text("111222333", {{"20260601", "10.00", "F1", "A"}}, "110.00", "20260630")});
    EXPECT_EQ(old.reconciliation[0].difference.amount, "0.00");
}

TEST(StatementImport, DerivesTheOpeningOnceAStatementTellsABalance) {
    Books books;
    const auto silent =
        books.import({.name = "june.ofx",
                      .bytes = ofx_text("111222333", {{"20260601", "10.00", "F1", "A"}}, "", ""),
                      .account = "Everyday"});
    EXPECT_EQ(books.balance_of("Everyday"), "10.00 USD");
    const auto told = books.import(
        {.name = "july.ofx",
         .bytes = ofx_text("111222333", {{"20260701", "-5.00", "F2", "B"}}, "105.00", "20260731")});
    EXPECT_EQ(books.balance_of("Everyday"), "105.00 USD");
    EXPECT_EQ(told.reconciliation[0].difference.amount, "0.00");
    books.undo(told.import_id);
    EXPECT_EQ(books.balance_of("Everyday"), "10.00 USD");
    EXPECT_EQ(books.snapshot().transactions.size(), 1U);
    books.undo(silent.import_id);
    EXPECT_EQ(books.snapshot().transactions.size(), 0U);
}

TEST(StatementImport, KeepsTheBalanceWhenTheFileItCameFromIsUndone) {
    Books books;
    const auto july = books.import(
        {.name = "july.ofx",
         .bytes = ofx_text("111222333", {{"20260701", "-5.00", "F2", "B"}}, "105.00", "20260731"),
         .account = "Everyday"});
    books.import(
        {.name = "may.ofx",
         .bytes = ofx_text("111222333", {{"20260501", "7.00", "F0", "Z"}}, "100.00", "20260531")});
    books.undo(july.import_id);
    EXPECT_EQ(books.balance_of("Everyday"), "100.00 USD") << "what the bank said in May";
}

TEST(StatementImport, PairsATransferAndTakesItApartAgain) {
    Books books;
    books.import(
        {.name = "a.ofx",
         .bytes = ofx_text("111222333", {{"20260601", "-500.00", "F1", "TO SAVINGS"}}, "", ""),
         .account = "Everyday"});
    const auto other = books.import(
        {.name = "b.ofx",
         .bytes = ofx_text("444555666", {{"20260602", "500.00", "F1", "FROM CHECKING"}}, "", ""),
         .account = "Savings"});
    EXPECT_EQ(other.transfers, 1);
    const auto legs = books.transactions();
    ASSERT_EQ(legs.size(), 2U);
    EXPECT_TRUE(legs[0].transfer_id.has_value());
    EXPECT_EQ(legs[0].transfer_id, legs[1].transfer_id);
    for (const auto& leg : legs) {
        EXPECT_EQ(leg.splits.front().category, finance::ledger::kTransferCategory);
    }
    books.undo(other.import_id);
    const auto alone = books.transactions();
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_FALSE(alone[0].transfer_id.has_value());
    EXPECT_EQ(alone[0].splits.front().category, finance::ledger::kUnknownCategory);
}

TEST(StatementImport, LeavesWhatAPersonFiledWhenTheOtherLegIsUndone) {
    Books books;
    books.import(
        {.name = "a.ofx",
         .bytes = ofx_text("111222333", {{"20260601", "-500.00", "F1", "TO SAVINGS"}}, "", ""),
         .account = "Everyday"});
    const auto other = books.import(
        {.name = "b.ofx",
         .bytes = ofx_text("444555666", {{"20260602", "500.00", "F1", "FROM CHECKING"}}, "", ""),
         .account = "Savings"});
    for (const auto& leg : books.transactions()) {
        testing::must(books.engine().file_transaction({leg.id, "giving.gifts"}, books.context()));
    }
    books.undo(other.import_id);
    const auto alone = books.transactions();
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_EQ(alone[0].splits.front().category, "giving.gifts");
    EXPECT_EQ(alone[0].filed.source, finance::ledger::FilingSource::user);
    EXPECT_FALSE(alone[0].transfer_id.has_value());
}

TEST(StatementImport, RefusesBytesThatAreNoStatement) {
    Books books;
    for (const std::string& bytes :
         {std::string(), std::string("\x89PNG\r\n\x1A\n"), std::string(5000, '\0')}) {
        const Error error = refusal(books, {.name = "x.ofx", .bytes = bytes, .account = "A"});
        EXPECT_TRUE(error.code == ErrorCode::invalid_argument ||
                    error.code == ErrorCode::unsupported)
            << to_string(error);
    }
    EXPECT_TRUE(testing::must(books.engine().list_imports(books.context())).items.empty());
}

TEST(StatementImport, TheNamedAccountIsNotBothOfAFileThatTellsOfTwo) {
    Books books;
    const std::string first =
        ofx_text("111222333", {{"20260314", "-3.50", "F1", "To savings"}}, "100.00", "20260331");
    const std::string second =
        ofx_text("444555666", {{"20260315", "3.50", "F1", "From checking"}}, "53.50", "20260331");
    const std::size_t body = second.find("<STMTTRNRS>");
    std::string both = first;
    both.insert(both.find("</BANKMSGSRSV1>"),
                second.substr(body, second.find("</BANKMSGSRSV1>") - body));
    const auto report = books.import({.name = "two.ofx", .bytes = both, .account = "Main"});
    EXPECT_EQ(report.added, 2);
    ASSERT_EQ(report.accounts.size(), 2U);
    EXPECT_NE(report.accounts[0].name, report.accounts[1].name);
    for (const contracts::Reconciliation& told : report.reconciliation) {
        EXPECT_EQ(told.difference.amount, "0.00") << told.account;
    }
    EXPECT_EQ(report.transfers, 1) << "between the two";
}

}  // namespace
}  // namespace atlas::app
