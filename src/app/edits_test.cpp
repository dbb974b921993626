// SPDX-License-Identifier: Apache-2.0
// Goal: what a person changes is whole, survives imports, and can be taken back step by step.
// Method: real stores; each rule by hand, and seeded histories of edits undone in reverse against
// the snapshot before each.
#include <gtest/gtest.h>

#include "app/testing/books.hpp"
#include "base/random.hpp"

namespace atlas::app {
namespace {

using contracts::EditResult;
using contracts::TransactionChange;
using finance::ledger::FilingSource;
using finance::ledger::Transaction;
using testing::Books;
using testing::code_of;
using testing::difference;
using testing::must;
using testing::ofx_text;
using testing::OfxRow;
using testing::Snapshot;
using testing::Upload;

Upload file_of(const std::string& name, const std::string& number, const std::vector<OfxRow>& rows,
               const std::string& account = "Everyday") {
    return {.name = name, .bytes = ofx_text(number, rows, "", ""), .account = account};
}

const std::vector<OfxRow> kJune = {
    {"20260601", "2500.00", "F1", "PAYROLL ACME"}, {"20260603", "-3.50", "F2", "COFFEE CORNER"},
    {"20260605", "-80.00", "F3", "SHOE SHOP"},     {"20260610", "-120.25", "F4", "GROCER"},
    {"20260620", "30.00", "F5", "SHOE SHOP"},      {"20260622", "-200.00", "F6", "TO SAVINGS"}};

contracts::SplitValue part(const std::string& category, const std::string& amount,
                           std::vector<std::string> tags = {}) {
    return {category, {amount, "USD"}, std::nullopt, std::move(tags)};
}

class Edits : public ::testing::Test {
protected:
    Edits() { books.import(file_of("june.ofx", "111", kJune)); }

    Transaction find(const std::string& text, const std::string& amount) {
        for (const Transaction& each : books.transactions()) {
            if (each.description == text && money::to_decimal(each.amount) == amount) {
                return each;
            }
        }
        ADD_FAILURE() << "no " << text << " " << amount;
        return books.transactions().front();
    }
    Result<EditResult> edit(TransactionId id, const TransactionChange& change) {
        return books.engine().edit_transaction({id, change}, books.context());
    }
    Result<EditResult> undo(const EditResult& done) {
        return books.engine().undo_edit({done.edit->id}, books.context());
    }
    static TransactionChange to_category(const std::string& category) {
        TransactionChange change;
        change.category = category;
        return change;
    }

    Books books;
};

TEST_F(Edits, SplitsSumToTheAmountExactlyOrNothingChanges) {
    const Transaction grocer = find("GROCER", "-120.25");
    TransactionChange change;
    change.splits = {part("food.groceries", "-100.00", {"party"}),
                     part("food.bars_alcohol", "-20.25")};
    (*change.splits)[0].note = "for Ann";
    const EditResult done = must(edit(grocer.id, change));
    ASSERT_TRUE(done.edit.has_value());
    EXPECT_EQ(done.edit->changed, 1);
    const Transaction now = find("GROCER", "-120.25");
    ASSERT_EQ(now.splits.size(), 2U);
    EXPECT_EQ(now.splits[0].note, "for Ann");
    EXPECT_EQ(now.splits[0].tags, std::vector<std::string>{"party"});
    EXPECT_EQ(now.filed, (finance::ledger::Filing{FilingSource::user, 1.0, true}));
    for (const auto& wrong :
         {std::vector{part("food.groceries", "-100.00"), part("food.bars_alcohol", "-20.24")},
          std::vector{part("food.groceries", "-120.25"), part("food.bars_alcohol", "0.00")},
          std::vector<contracts::SplitValue>{}}) {
        change.splits = wrong;
        EXPECT_EQ(code_of(edit(grocer.id, change)), ErrorCode::invalid_argument);
    }
    change.splits = {{"food.groceries", {"-120.25", "EUR"}, std::nullopt, {}}};
    EXPECT_EQ(code_of(edit(grocer.id, change)), ErrorCode::invalid_argument);
    change.splits = {part("no.such", "-120.25")};
    EXPECT_EQ(code_of(edit(grocer.id, change)), ErrorCode::invalid_argument);
    EXPECT_EQ(find("GROCER", "-120.25"), now);
    EXPECT_EQ(must(undo(done)).transactions.size(), 1U);
    EXPECT_EQ(find("GROCER", "-120.25"), grocer);
    EXPECT_EQ(code_of(undo(done)), ErrorCode::conflict) << "twice";
}

TEST_F(Edits, KeepsAPersonsWordsThroughANewImport) {
    const Transaction coffee = find("COFFEE CORNER", "-3.50");
    TransactionChange change = to_category("food.coffee");
    change.title = "Coffee with Ann";
    change.merchant = "The Corner";
    change.note = "her turn next";
    change.add_tags = {"friends"};
    ASSERT_TRUE(must(edit(coffee.id, change)).edit.has_value());
    const Transaction edited = find("COFFEE CORNER", "-3.50");
    EXPECT_EQ(edited.remarks.title, "Coffee with Ann");
    EXPECT_EQ(edited.remarks.merchant, "The Corner");
    books.import(file_of("again.ofx", "111", kJune));
    EXPECT_EQ(find("COFFEE CORNER", "-3.50"), edited);
    TransactionChange clear;
    clear.clear = {"title", "tags"};
    must(edit(coffee.id, clear));
    EXPECT_EQ(find("COFFEE CORNER", "-3.50").remarks.title, std::nullopt);
    EXPECT_EQ(find("COFFEE CORNER", "-3.50").splits[0].tags.size(), 0U);
    EXPECT_EQ(find("COFFEE CORNER", "-3.50").remarks.note, "her turn next");
    clear.title = "x";
    EXPECT_EQ(code_of(edit(coffee.id, clear)), ErrorCode::invalid_argument) << "set and cleared";
    EXPECT_EQ(code_of(edit(coffee.id, {})), ErrorCode::invalid_argument) << "nothing";
    TransactionChange odd;
    odd.clear = {"amount"};
    EXPECT_EQ(code_of(edit(coffee.id, odd)), ErrorCode::invalid_argument);
    odd.clear = {};
    odd.add_tags = {" a"};
    EXPECT_EQ(code_of(edit(coffee.id, odd)), ErrorCode::invalid_argument);
    TransactionChange same;
    same.note = "her turn next";
    const EditResult unchanged = must(edit(coffee.id, same));
    EXPECT_FALSE(unchanged.edit.has_value());
    EXPECT_EQ(unchanged.unchanged, 1);
}

TEST_F(Edits, ChangesAllOfAListAsOneStepAndTakesItBack) {
    const Snapshot before = books.snapshot();
    contracts::BulkEdit bulk;
    bulk.filter = contracts::TransactionFilter{};
    bulk.filter->flow = contracts::FlowDirection::out;
    bulk.change = to_category("shopping.general");
    bulk.change.add_tags = {"bulk"};
    const EditResult done = must(books.engine().bulk_edit(bulk, books.context_with_key("k")));
    ASSERT_TRUE(done.edit.has_value());
    EXPECT_EQ(done.edit->changed, 4);
    EXPECT_EQ(done.transactions.size(), 4U);
    const auto again = must(books.engine().bulk_edit(bulk, books.context_with_key("k")));
    EXPECT_EQ(again.edit->id, done.edit->id) << "the key has one effect";
    EXPECT_EQ(must(books.engine().list_edits({}, books.context())).items.size(), 1U);
    // What changed again since stays.
    const Transaction grocer = find("GROCER", "-120.25");
    must(edit(grocer.id, to_category("food.groceries")));
    const EditResult undone = must(undo(done));
    EXPECT_EQ(undone.skipped.size(), 1U);
    EXPECT_EQ(find("GROCER", "-120.25").splits[0].category, "food.groceries");
    EXPECT_EQ(find("COFFEE CORNER", "-3.50"),
              before.transactions.at(find("COFFEE CORNER", "-3.50").id));
    // Taking back the taking back is doing it again.
    must(undo(undone));
    EXPECT_EQ(find("COFFEE CORNER", "-3.50").splits[0].category, "shopping.general");

    contracts::BulkEdit both = bulk;
    both.ids = {grocer.id};
    EXPECT_EQ(code_of(books.engine().bulk_edit(both, books.context())),
              ErrorCode::invalid_argument);
    both.filter = std::nullopt;
    both.ids = {grocer.id, TransactionId{}};
    EXPECT_EQ(code_of(books.engine().bulk_edit(both, books.context())), ErrorCode::not_found);
    both.ids.clear();
    EXPECT_EQ(code_of(books.engine().bulk_edit(both, books.context())),
              ErrorCode::invalid_argument);
    both.ids = {grocer.id};
    both.change.splits = {part("food.groceries", "-120.25")};
    both.change.category = std::nullopt;
    EXPECT_EQ(code_of(books.engine().bulk_edit(both, books.context())),
              ErrorCode::invalid_argument);
}

TEST_F(Edits, LinksPartialRefundsAndSuggestsThem) {
    const Transaction shoes = find("SHOE SHOP", "-80.00");
    const Transaction back = find("SHOE SHOP", "30.00");
    must(edit(shoes.id, to_category("shopping.clothing")));
    const auto suggested = must(books.engine().list_refunds({shoes.id}, books.context()));
    ASSERT_EQ(suggested.suggestions.size(), 1U);
    EXPECT_EQ(suggested.suggestions[0].transaction.id, back.id);
    EXPECT_EQ(suggested.remaining.amount, "80.00");
    const auto reverse = must(books.engine().list_refunds({back.id}, books.context()));
    ASSERT_EQ(reverse.suggestions.size(), 1U);
    EXPECT_EQ(reverse.suggestions[0].transaction.id, shoes.id);
    TransactionChange link;
    link.refund_of = shoes.id;
    must(edit(back.id, link));
    EXPECT_EQ(find("SHOE SHOP", "30.00").splits[0].category, "shopping.clothing");
    const auto linked = must(books.engine().list_refunds({shoes.id}, books.context()));
    EXPECT_EQ(linked.refunded.amount, "30.00");
    EXPECT_EQ(linked.remaining.amount, "50.00");
    EXPECT_TRUE(linked.suggestions.empty());
    EXPECT_EQ(code_of(edit(shoes.id, link)), ErrorCode::invalid_argument) << "of itself";
    link.refund_of = find("PAYROLL ACME", "2500.00").id;
    EXPECT_EQ(code_of(edit(back.id, link)), ErrorCode::invalid_argument) << "no purchase";
    link.refund_of = TransactionId{};
    EXPECT_EQ(code_of(edit(back.id, link)), ErrorCode::not_found);
}

TEST_F(Edits, ATransactionByHandIsFoundByTheStatementThatTellsItLater) {
    contracts::AddTransaction add;
    add.account_id = find("GROCER", "-120.25").account_id;
    add.date = *Date::parse("2026-07-02");
    add.amount = {"-12.00", "USD"};
    add.description = "BAKERY";
    add.category = "food.groceries";
    add.tags = {"cash"};
    const EditResult made = must(books.engine().add_transaction(add, books.context()));
    const Transaction bakery = find("BAKERY", "-12.00");
    EXPECT_TRUE(bakery.source.import_id.is_nil());
    EXPECT_EQ(books.balance_of("Everyday"), "2114.25 USD");
    const auto july =
        books.import(file_of("july.ofx", "111", {{"20260702", "-12.00", "G1", "BAKERY"}}));
    EXPECT_EQ(july.added, 0);
    EXPECT_EQ(july.duplicates + july.updated, 1);
    EXPECT_EQ(books.balance_of("Everyday"), "2114.25 USD");
    books.undo(july.import_id);
    EXPECT_EQ(find("BAKERY", "-12.00").id, bakery.id) << "a person told of it too";
    EXPECT_EQ(
        code_of(books.engine().delete_transaction({find("GROCER", "-120.25").id}, books.context())),
        ErrorCode::conflict);
    const EditResult gone = must(books.engine().delete_transaction({bakery.id}, books.context()));
    EXPECT_EQ(books.balance_of("Everyday"), "2126.25 USD");
    must(undo(gone));
    EXPECT_EQ(find("BAKERY", "-12.00"), bakery);
    must(undo(made));
    EXPECT_EQ(books.balance_of("Everyday"), "2126.25 USD");
    add.description.clear();
    EXPECT_EQ(code_of(books.engine().add_transaction(add, books.context())),
              ErrorCode::invalid_argument);
    add.description = "x";
    add.account_id = AccountId{};
    EXPECT_EQ(code_of(books.engine().add_transaction(add, books.context())), ErrorCode::conflict);
}

class Transfers : public Edits {
protected:
    Transfers() { savings = books.import(saved()); }
    static Upload saved() {
        return file_of("savings.ofx", "222", {{"20260622", "200.00", "S1", "FROM CHECKING"}},
                       "Savings");
    }
    contracts::ImportValue savings;
};

TEST_F(Transfers, ARejectedPairNeverComesBackAndAConfirmedOneIsSure) {
    EXPECT_EQ(savings.transfers, 1);
    const auto open = must(books.engine().list_transfers({}, books.context()));
    ASSERT_EQ(open.items.size(), 1U);
    const TransferId id = open.items[0].id;
    EXPECT_EQ(code_of(edit(open.items[0].out.id, to_category("food.groceries"))),
              ErrorCode::conflict)
        << "a leg";
    const EditResult sure = must(books.engine().confirm_transfer({id}, books.context()));
    EXPECT_EQ(sure.edit->changed, 2);
    EXPECT_TRUE(must(books.engine().list_transfers({}, books.context())).items.empty());
    contracts::ListTransfers reviewed;
    reviewed.reviewed = true;
    EXPECT_EQ(must(books.engine().list_transfers(reviewed, books.context())).items.size(), 1U);
    must(undo(sure));
    const EditResult no = must(books.engine().reject_transfer({id}, books.context()));
    EXPECT_EQ(find("TO SAVINGS", "-200.00").transfer_id, std::nullopt);
    EXPECT_EQ(find("FROM CHECKING", "200.00").splits[0].category, "other.unknown");
    books.undo(savings.import_id);
    EXPECT_EQ(books.import(saved()).transfers, 0) << "rejected";
    EXPECT_EQ(find("TO SAVINGS", "-200.00").transfer_id, std::nullopt);
    EXPECT_TRUE(
        must(books.engine().list_counterparts({find("TO SAVINGS", "-200.00").id}, books.context()))
            .suggestions.empty());
    EXPECT_EQ(code_of(books.engine().confirm_transfer({id}, books.context())),
              ErrorCode::not_found);
    (void)no;
}

TEST_F(Transfers, TakenBackARejectionPairsAgain) {
    const auto id = must(books.engine().list_transfers({}, books.context())).items.at(0).id;
    const Snapshot before = books.snapshot();
    must(undo(must(books.engine().reject_transfer({id}, books.context()))));
    EXPECT_EQ(difference(before, books.snapshot()), "");
    must(books.engine().unpair_transfer({id}, books.context()));
    const Transaction out = find("TO SAVINGS", "-200.00");
    const Transaction in = find("FROM CHECKING", "200.00");
    const auto found = must(books.engine().list_counterparts({out.id}, books.context()));
    ASSERT_EQ(found.suggestions.size(), 1U);
    EXPECT_EQ(found.suggestions[0].transaction.id, in.id);
    must(books.engine().pair_transfer({out.id, in.id}, books.context()));
    EXPECT_EQ(find("TO SAVINGS", "-200.00").transfer_id, id) << "the same pair";
    EXPECT_EQ(code_of(books.engine().pair_transfer({out.id, in.id}, books.context())),
              ErrorCode::conflict);
    EXPECT_EQ(code_of(books.engine().pair_transfer({in.id, out.id}, books.context())),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(books.engine().pair_transfer({find("GROCER", "-120.25").id, in.id},
                                                   books.context())),
              ErrorCode::conflict);
}

TEST_F(Edits, WhatTwoFilesTellStaysWhileOneOfThemStands) {
    const std::uint64_t seed = 20261122;
    Random random(seed);
    std::vector<OfxRow> rows;
    for (int i = 0; i < 40; ++i) {
        rows.push_back({"202607" + format("{:02}", 1 + i % 28), format("-{}.00", 5 + i),
                        format("R{}", i), format("SHOP {}", i)});
    }
    // Overlapping windows of one bank's rows; undone in every order they must leave the union.
    for (int round = 0; round < 6; ++round) {
        std::map<ImportId, std::set<std::string>> standing;
        for (int file = 0; file < 3; ++file) {
            const std::size_t first = random.below(30);
            const std::size_t last = first + 1 + random.below(rows.size() - first);
            const std::vector<OfxRow> window(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                             rows.begin() + static_cast<std::ptrdiff_t>(last));
            const auto done =
                books.import(file_of(format("w{}.ofx", file), "333", window, "Other"));
            for (const OfxRow& row : window) {
                standing[done.import_id].insert(row.name);
            }
        }
        while (!standing.empty()) {
            auto gone = standing.begin();
            std::advance(gone, static_cast<std::ptrdiff_t>(random.below(standing.size())));
            books.undo(gone->first);
            standing.erase(gone);
            std::set<std::string> expected;
            for (const auto& [id, names] : standing) {
                expected.insert(names.begin(), names.end());
            }
            std::set<std::string> found;
            for (const Transaction& each : books.transactions()) {
                if (each.description.starts_with("SHOP ")) {
                    EXPECT_TRUE(found.insert(each.description).second);
                    EXPECT_TRUE(standing.contains(each.source.import_id));
                }
            }
            EXPECT_EQ(found, expected) << "seed " << seed << " round " << round;
        }
        EXPECT_EQ(books.balance_of("Other"), "no such account");
    }
    EXPECT_EQ(books.balance_of("Everyday"), "2126.25 USD");
}

TEST_F(Transfers, RandomEditsUndoneInReverseLeaveWhatWasThere) {
    for (const std::uint64_t seed : {7U, 8U, 9U}) {
        SCOPED_TRACE(format("seed {}", seed));
        Random random(seed);
        std::vector<std::pair<EditId, Snapshot>> done;
        for (int i = 0; i < 25; ++i) {
            const Snapshot before = books.snapshot();
            const auto all = books.transactions();
            TransactionChange change;
            if (random.chance(0.5)) {
                change.category = random.chance(0.5) ? "food.groceries" : "shopping.clothing";
            }
            if (random.chance(0.4)) {
                change.add_tags = {format("t{}", random.below(3))};
            }
            if (random.chance(0.4)) {
                change.note = format("n{}", random.below(3));
            }
            change.reviewed = random.chance(0.5);
            contracts::BulkEdit bulk;
            bulk.change = change;
            while (bulk.ids.empty() || random.chance(0.6)) {
                bulk.ids.push_back(all[random.below(all.size())].id);
            }
            const EditResult result = must(books.engine().bulk_edit(bulk, books.context()));
            if (result.edit.has_value()) {
                done.emplace_back(result.edit->id, before);
            }
        }
        EXPECT_GT(done.size(), 10U);
        for (auto it = done.rbegin(); it != done.rend(); ++it) {
            const auto undone = must(books.engine().undo_edit({it->first}, books.context()));
            EXPECT_TRUE(undone.skipped.empty());
            ASSERT_EQ(difference(it->second, books.snapshot()), "");
        }
    }
}

TEST_F(Edits, TheAuditLineOfADurableChangeIsCarriedAtTheNextStart) {
    const auto before = must(books.engine().verify_audit(books.context()));
    // As if the process had died between the ledger's commit and the log's append.
    ports::LedgerChange change;
    change.audit = ports::AuditNote{.id = EditId{find("GROCER", "-120.25").id.uuid},
                                    .at = {123},
                                    .actor = "someone",
                                    .action = "test",
                                    .detail = "{}"};
    must(books.house().ledger().apply(books.house().household(), change, {}));
    books.close();
    books.open_and_start();
    const auto after = must(books.engine().verify_audit(books.context()));
    EXPECT_EQ(after.entries, before.entries + 1);
    EXPECT_TRUE(must(books.house().ledger().waiting_notes(10)).empty());
    // And where the log has it already, but the ledger has not forgotten: once is enough.
    must(books.house().ledger().apply(books.house().household(), change, {}));
    books.close();
    books.open_and_start();
    EXPECT_EQ(must(books.engine().verify_audit(books.context())).entries, after.entries);
    EXPECT_TRUE(must(books.house().ledger().waiting_notes(10)).empty());
}

TEST_F(Edits, SearchesFiltersCountsAndSorts) {
    const auto found = [&](auto&& shape) {
        contracts::ListTransactions request;
        shape(request);
        const auto list = must(books.engine().list_transactions(request, books.context()));
        std::string names;
        for (const auto& item : list.items) {
            names += item.description + ";";
        }
        EXPECT_EQ(list.total, static_cast<std::int64_t>(list.items.size()));
        return names;
    };
    EXPECT_EQ(found([](auto& r) { r.q = "shoe >50"; }), "SHOE SHOP;");
    EXPECT_EQ(found([](auto& r) { r.q = "-3,5"; }), "COFFEE CORNER;");
    EXPECT_EQ(found([](auto& r) { r.q = "2026-06-10"; }), "GROCER;");
    EXPECT_EQ(found([](auto& r) { r.q = "10.6.2026"; }), "GROCER;");
    EXPECT_EQ(found([](auto& r) { r.q = "100..130 2026-06"; }), "GROCER;");
    EXPECT_EQ(found([](auto& r) { r.q = "payroll grocer"; }), "");
    EXPECT_EQ(found([](auto& r) {
                  r.amount_min = contracts::DecimalText{"30"};
                  r.amount_max = contracts::DecimalText{"120.25"};
                  r.order = contracts::TransactionOrder::largest;
              }),
              "GROCER;SHOE SHOP;SHOE SHOP;");
    EXPECT_EQ(found([](auto& r) { r.flow = contracts::FlowDirection::in; }),
              "SHOE SHOP;PAYROLL ACME;");
    contracts::ListTransactions wrong;
    wrong.amount_min = contracts::DecimalText{"-1"};
    EXPECT_EQ(code_of(books.engine().list_transactions(wrong, books.context())),
              ErrorCode::invalid_argument);
    wrong = {};
    wrong.q = "a b c d e f g h i j k l m n o p q r s t u v w x y";
    EXPECT_EQ(code_of(books.engine().list_transactions(wrong, books.context())),
              ErrorCode::invalid_argument);
    const auto list = must(books.engine().list_transactions({}, books.context()));
    ASSERT_EQ(list.sums.size(), 1U);
    EXPECT_EQ(list.sums[0], (contracts::MoneyValue{"2126.25", "USD"}));
}

}  // namespace
}  // namespace atlas::app
