// SPDX-License-Identifier: Apache-2.0
// Goal: a ledger goes out whole and comes back the same, or not at all. Method: seeded ledgers and
// a sample household, out, into an empty folder, out again, compared byte for byte; hledger on the
// household's journal; each refusal; an import that stood in the history can be undone afterwards.
#include <gtest/gtest.h>

#include "app/testing/ledger_exports.hpp"

namespace atlas::app {
namespace {

namespace sim = atlas::sim::household;
using contracts::ExportFormat;
using testing::Books;
using testing::code_of;
using testing::difference;
using testing::exported;
using testing::must;
using testing::random_document;

TEST(Export, ARandomLedgerComesBackByteForByte) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        testing::check_round_trip(seed);
    }
}

std::string edited(contracts::LedgerDocument document) {
    return contracts::encode(document);
}

void expect_refused(const contracts::LedgerDocument& document, const std::string& place) {
    Books books;
    const auto refused = books.engine().create_import(
        testing::request_of({.name = "x.json", .bytes = edited(document)}), books.context());
    ASSERT_FALSE(refused.has_value()) << place;
    EXPECT_EQ(refused.error().place, place) << refused.error().message;
    EXPECT_TRUE(books.transactions().empty());
    EXPECT_TRUE(must(books.house().ledger().accounts(books.house().household())).empty());
}

TEST(Export, ABrokenDocumentChangesNothing) {
    const contracts::LedgerDocument good = random_document(3);
    ASSERT_GT(good.transactions.size(), 3U);
    ASSERT_GT(good.accounts.size(), 1U);
    contracts::LedgerDocument bad = good;
    bad.transactions[1].id = bad.transactions[0].id;
    expect_refused(bad, "/transactions/1/id");
    bad = good;
    bad.transactions[2].account_id = {};
    expect_refused(bad, "/transactions/2/account_id");
    bad = good;
    bad.transactions[2].splits.front().amount.amount = "0";
    bad.transactions[2].splits.resize(1);
    bad.transactions[2].amount.amount = "1";
    expect_refused(bad, "/transactions/2/splits");
    bad = good;
    bad.accounts[1].id = bad.accounts[0].id;
    expect_refused(bad, "/accounts/1/id");
    bad = good;
    bad.accounts[1].name = bad.accounts[0].name;
    expect_refused(bad, "/accounts/1/name");
    bad = good;
    bad.accounts[0].currency = "ZZZ";
    expect_refused(bad, "/accounts/0/currency");
    bad = good;
    bad.version = 2;
    expect_refused(bad, "/version");
    bad = good;
    bad.imports[0].state = "preview";
    expect_refused(bad, "/imports/0/state");
    bad = good;
    bad.imports.push_back(bad.imports[0]);
    expect_refused(bad, "/imports/1/id");
    bad = good;
    bad.tellings.push_back({TransactionId{}, {}, {}});
    expect_refused(bad, "/tellings/0/transaction");
    bad = good;
    bad.statements.push_back({.account = {},
                              .import_id = bad.imports[0].id,
                              .file = "f",
                              .from = {},
                              .to = {},
                              .closing = {},
                              .closing_date = {}});
    expect_refused(bad, "/statements/0/account");
}

TEST(Export, GoesIntoAnEmptyLedgerOnlyAndComesOutAgain) {
    Books books;
    const std::string text = edited(random_document(4));
    const auto done = books.import({.name = "x.json", .bytes = text});
    EXPECT_EQ(done.format, "atlas");
    EXPECT_EQ(code_of(books.engine().create_import(
                  testing::request_of({.name = "x.json", .bytes = text}), books.context())),
              ErrorCode::conflict);
    books.undo(done.import_id);
    EXPECT_TRUE(books.transactions().empty());
    EXPECT_TRUE(must(books.house().ledger().accounts(books.house().household())).empty());
    EXPECT_GT(books.import({.name = "x.json", .bytes = text}).added, 0);
}

TEST(Export, CursorsAreChecked) {
    Books books;
    books.import({.name = "x.json", .bytes = edited(random_document(5))});
    const auto ask = [&](const std::string& cursor) {
        return books.engine().get_export_piece({.format = ExportFormat::csv, .cursor = cursor},
                                               books.context());
    };
    EXPECT_EQ(code_of(ask("nonsense")), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(ask("1.1")), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(ask("1.1.0.")), ErrorCode::conflict) << "the ledger has moved on";
}

TEST(Export, AFileHasItsTypeAndName) {
    Books books;
    books.import({.name = "x.json", .bytes = edited(random_document(6))});
    for (const auto& [format, name] :
         {std::pair{ExportFormat::hledger, "atlas.journal"},
          std::pair{ExportFormat::beancount, "atlas.beancount"},
          std::pair{ExportFormat::csv, "atlas.csv"}, std::pair{ExportFormat::ofx, "atlas.ofx"},
          std::pair{ExportFormat::json, "atlas.json"}}) {
        const auto file = must(books.engine().get_export({format}, books.context()));
        EXPECT_EQ(file.file_name, name);
        EXPECT_EQ(file.text, exported(books, format)) << name;
        EXPECT_NE(file.content_type.find('/'), std::string::npos);
    }
}

/// The sample household, out and in again; then its last import is undone in both.
TEST(Export, TheSampleHouseholdComesBackAndCanBeUndone) {
    const sim::Household household =
        must(sim::generate({.seed = 289, .last_day = *Date::parse("2026-06-30"), .months = 12}));
    const auto files = must(sim::write_statements(household, {.overlap_days = 10}));
    Books books;
    ImportId last;
    for (const sim::StatementFile& file : files) {
        // A file that leaves a question open is not needed here.
        const auto preview = books.preview(testing::upload_of(household, file));
        if (preview.questions.empty()) {
            last =
                must(books.engine().commit_import({preview.import_id}, books.context())).import_id;
        }
    }
    ASSERT_GT(books.transactions().size(), 150U);
    const std::string out = exported(books, ExportFormat::json);
    Books again;
    again.import({.name = "x.json", .bytes = out});
    EXPECT_EQ(exported(again, ExportFormat::json), out);
    EXPECT_EQ(difference(books.snapshot(), again.snapshot()), "");
    EXPECT_EQ(exported(again, ExportFormat::hledger), exported(books, ExportFormat::hledger));
    books.undo(last);
    again.undo(last);
    EXPECT_EQ(difference(books.snapshot(), again.snapshot()), "");
    EXPECT_EQ(exported(again, ExportFormat::csv), exported(books, ExportFormat::csv));
}

}  // namespace
}  // namespace atlas::app
