// SPDX-License-Identifier: Apache-2.0
// Goal: filing works in a whole house: what is imported is filed within a second and never over a
// person's choice, an answer is learned at once and after a restart, every bulk step is undone to
// the byte, decisions survive a replay. Method: a house in a temporary folder with the shipped
// model; the same questions asked before and after opening it again.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/commands.hpp"
#include "app/testing/books.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/reviews.hpp"

namespace atlas::app {
namespace {

using testing::must;

class Filed : public ::testing::Test {
protected:
    void SetUp() override { open(); }
    void open() {
        open_without_start();
        must(house_->start());
    }
    /// As a command does that looks at a ledger nobody serves.
    void open_without_start() {
        house_.reset();
        house_ = must(House::open(folder_.path()));
    }
    ports::CallContext context() const {
        ports::CallContext context = house_->owner_context();
        context.deadline = Deadline::after(house_->clock(), std::chrono::seconds(20));
        return context;
    }
    void import(const std::vector<testing::OfxRow>& rows) {
        auto request = testing::request_of({.name = "a.ofx",
                                            .bytes = testing::ofx_text("111", rows, "", ""),
                                            .account = "Checking"});
        const auto preview = must(house_->engine().create_import(request, context()));
        must(house_->engine().commit_import({preview.import_id}, context()));
    }
    contracts::TransactionValue one(std::string_view text) {
        contracts::ListTransactions request;
        request.q = std::string(text);
        const auto list = must(house_->engine().list_transactions(request, context()));
        EXPECT_FALSE(list.items.empty()) << text;
        return list.items.at(0);
    }
    /// Asks until it is filed by something, at most `patience`; how long it took.
    std::chrono::milliseconds until_filed(std::string_view text,
                                          std::chrono::milliseconds patience) {
        const auto begin = std::chrono::steady_clock::now();
        for (;;) {
            const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - begin);
            if (one(text).filed.source != contracts::FilingSource::none || passed > patience) {
                return passed;
            }
            std::this_thread::yield();
        }
    }
    /// The follower does the same on its thread: whoever writes second is refused and comes again.
    void catch_up() {
        auto caught_up = filer().catch_up(house().household());
        while (!caught_up.has_value() && caught_up.error().code == ErrorCode::conflict) {
            caught_up = filer().catch_up(house().household());
        }
        must(std::move(caught_up));
    }
    std::string book_path() const {
        return format("{}/filing-{}.book", folder_.path().string(), to_string(house_->household()));
    }
    void close() { house_.reset(); }
    House& house() { return *house_; }
    roles::ml::Filer& filer() { return house_->filer(); }

private:
    ports::testing::TemporaryFolder folder_;
    std::unique_ptr<House> house_;
};

TEST_F(Filed, WhatIsImportedIsFiledWithinASecond) {
    import({{"20260102", "-3.50", "F1", "NETFLIX.COM"}, { "20260103", "-9.00", "F2", "QXZ 77" }});
    EXPECT_LT(until_filed("netflix", std::chrono::seconds(5)), std::chrono::seconds(1));
    const auto netflix = one("netflix");
    EXPECT_EQ(netflix.splits.at(0).category, "entertainment.video");
    EXPECT_FALSE(netflix.filed.reviewed);
    EXPECT_GT(netflix.filed.confidence, 0.5);
    const auto why = must(filer().explain({netflix.id}, context()));
    EXPECT_EQ(why.category, "entertainment.video");
    EXPECT_FALSE(why.reasons.empty());
}

TEST_F(Filed, TheBanksCodeIsKeptAndFilesWhatNoNameTells) {
    import({{"20260102", "-3.50", "F1", "QXZRV 77\n<SIC>5411"},
            {"20260103", "-9.00", "F2", "QXZRV 78\n<SIC>not a code"},
            { "20260104",
              "-9.00",
              "F3",
              "QXZRW 79" }});
    until_filed("qxzrv 77", std::chrono::seconds(5));
    const auto coded = one("qxzrv 77");
    EXPECT_EQ(coded.bank_category, "5411");
    EXPECT_EQ(coded.splits.at(0).category, "food.groceries");
    EXPECT_EQ(coded.filed.source, contracts::FilingSource::merchant);
    EXPECT_EQ(one("qxzrw 79").bank_category, std::nullopt);
    EXPECT_EQ(one("qxzrw 79").splits.at(0).category, "other.unknown");
    open();
    EXPECT_EQ(one("qxzrv 77").bank_category, "5411");
    EXPECT_EQ(one("qxzrv 78").bank_category, "not a code");
    EXPECT_EQ(one("qxzrv 78").splits.at(0).category, "other.unknown");
}

TEST_F(Filed, AFitToTheHouseholdsAnswersIsUsedOnlyWhereItIsBetter) {
    EXPECT_EQ(filer().fit(context()).error().code, ErrorCode::invalid_argument);
    constexpr std::string_view kCategories[] = {"food.coffee", "family.pets", "housing.rent"};
    std::vector<testing::OfxRow> rows;
    for (int i = 0; i < 300; ++i) {
        rows.push_back({.day = format("2025{:02}{:02}", 1 + i / 28, 1 + i % 28),
                        .amount = format("-{}.00", 5 + i % 40),
                        .bank_id = format("F{}", i),
                        .name = format("SHOP{} VORBLE{} {}", i % 3, i % 17, 1000 + i)});
    }
    import(rows);
    for (int shop = 0; shop < 3; ++shop) {
        contracts::BulkEdit answers;
        answers.filter.emplace();
        answers.filter->q = format("shop{}", shop);
        answers.change.category = kCategories[shop];
        must(house().engine().bulk_edit(answers, context()));
    }
    catch_up();
    const auto before = must(house().engine().list_transactions({}, context())).items;
    const contracts::FitResult fitted = must(filer().fit(context()));
    EXPECT_EQ(fitted.fitted_rows, 210);
    EXPECT_EQ(fitted.judged_rows, 90);
    EXPECT_EQ(fitted.own.filed_right + fitted.own.filed_wrong + fitted.own.asked, 90);
    EXPECT_EQ(fitted.shipped.filed_right + fitted.shipped.filed_wrong + fitted.shipped.asked, 90);
    if (fitted.used) {
        EXPECT_GE(fitted.own.filed_right, fitted.shipped.filed_right);
        EXPECT_LE(fitted.own.filed_wrong, fitted.shipped.filed_wrong);
    }
    // Nobody's answer changes by it, and after a restart the same is fitted.
    const auto after = must(house().engine().list_transactions({}, context())).items;
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(after.at(i).splits.at(0).category, before[i].splits.at(0).category);
    }
    open();
    EXPECT_EQ(must(filer().fit(context())).own.filed_right, fitted.own.filed_right);
    open_without_start();
    EXPECT_EQ(must(filer().fit(context())).fitted_rows, 210);
}

TEST_F(Filed, AnAnswerIsLearnedAtOnceAndAfterARestart) {
    import({{"20260102", "-3.50", "F1", "ZORBLAX EMPORIUM 12"},
            { "20260109",
              "-4.50",
              "F2",
              "ZORBLAX EMPORIUM 99" }});
    const auto first = one("zorblax 12");
    const auto answer = must(filer().pick_review({first.id, "family.pets", {}}, context()));
    ASSERT_TRUE(answer.edit.has_value());
    EXPECT_LT(until_filed("zorblax 99", std::chrono::seconds(5)), std::chrono::seconds(1));
    EXPECT_EQ(one("zorblax 99").splits.at(0).category, "family.pets");
    EXPECT_EQ(one("zorblax 99").filed.source, contracts::FilingSource::memory);
    EXPECT_EQ(one("zorblax 12").filed.source, contracts::FilingSource::user);

    const std::string memory = filer().memory_of(house().household());
    open();
    EXPECT_EQ(filer().memory_of(house().household()), memory);
    import({{ "20260201", "-7.00", "F3", "ZORBLAX EMPORIUM 55" }});
    until_filed("zorblax 55", std::chrono::seconds(5));
    EXPECT_EQ(one("zorblax 55").splits.at(0).category, "family.pets");
}

TEST_F(Filed, AStartGoesOnWithTheBookThatWasKeptOrFoldsItAnew) {
    import({{"20260102", "-3.50", "F1", "ZORBLAX EMPORIUM 12"},
            { "20260109",
              "-4.50",
              "F2",
              "ZORBLAX EMPORIUM 99" }});
    must(filer().pick_review({one("zorblax 12").id, "family.pets", {}}, context()));
    until_filed("zorblax 99", std::chrono::seconds(5));
    catch_up();
    const std::string memory = filer().memory_of(house().household());
    const auto reviews = contracts::encode(must(filer().list_reviews({}, context())));
    const auto counts = contracts::encode(must(filer().list_categories(context())));
    const std::string path = book_path();
    close();
    ASSERT_TRUE(std::filesystem::exists(path));
    const auto read = [&] {
        std::ifstream in(path, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    const auto write = [&](const std::string& bytes) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    };
    const std::string kept = read();
    EXPECT_NE(kept.find(' ' + version_text()), std::string::npos);  // Of this program's folding.
    std::string flipped = kept;
    flipped[kept.size() / 2] = static_cast<char>(flipped[kept.size() / 2] ^ 1);
    // As it was kept; damaged; cut off; gone.
    for (const std::string& bytes :
         {kept, flipped, kept.substr(0, kept.size() / 3), std::string()}) {
        write(bytes);
        open();
        EXPECT_EQ(filer().memory_of(house().household()), memory) << bytes.size();
        EXPECT_EQ(contracts::encode(must(filer().list_reviews({}, context()))), reviews);
        EXPECT_EQ(contracts::encode(must(filer().list_categories(context()))), counts);
        close();
        EXPECT_EQ(read(), kept);  // Kept again where it was not right, the same to the byte.
    }
}

TEST_F(Filed, ABookOfAnotherHistoryIsNotUsed) {
    import({{"20260102", "-3.50", "F1", "QXZRV 77"}, { "20260103", "-9.00", "F2", "QXZRW 78" }});
    catch_up();
    const std::string untaught = filer().memory_of(house().household());
    const std::string path = book_path();
    close();
    // A shorter history, with an answer in it, as if the ledger had been exchanged by hand.
    testing::Books other;
    must(other.house().start());
    auto request = testing::request_of(
        {.name = "a.ofx",
         .bytes = testing::ofx_text("111", {{"20260102", "-3.50", "F1", "ZORBLAX"}}, "", ""),
         .account = "Checking"});
    const auto preview = must(other.engine().create_import(request, other.context()));
    must(other.engine().commit_import({preview.import_id}, other.context()));
    const auto page = must(other.engine().list_transactions({}, other.context()));
    must(other.house().filer().pick_review({page.items.at(0).id, "family.pets", {}},
                                           other.context()));
    ASSERT_NE(other.house().filer().memory_of(other.house().household()), untaught);
    const std::string theirs =
        format("{}/filing-{}.book", other.folder(), to_string(other.house().household()));
    other.close();
    std::filesystem::copy_file(theirs, path, std::filesystem::copy_options::overwrite_existing);
    open();
    EXPECT_EQ(filer().memory_of(house().household()), untaught);
}

TEST_F(Filed, NowAndThenWhatIsFiledIsAskedAboutAndSaysSo) {
    std::vector<testing::OfxRow> rows;
    for (int i = 0; i < 400; ++i) {  // One in 25: that none is drawn happens once in ten million.
        rows.push_back({"20260102", format("-{}.50", 3 + i % 10), format("F{}", i), "NETFLIX.COM"});
    }
    import(rows);
    catch_up();
    const auto list = must(filer().list_reviews({}, context()));
    ASSERT_EQ(list.items.size(), 1U);
    EXPECT_LT(list.total, 60);
    EXPECT_EQ(list.filed, 400 - list.total);
    const auto& item = list.items[0];
    EXPECT_EQ(item.alike + 1, list.total);
    EXPECT_EQ(item.category, "entertainment.video");
    ASSERT_FALSE(item.reasons.empty());
    EXPECT_EQ(item.reasons[0].kind, "check");
    must(filer().accept_review({item.transaction.id, item.others}, context()));
    EXPECT_EQ(must(filer().list_reviews({}, context())).total, 0);
}

TEST_F(Filed, OneAnswerServesAllThatBelongToItAndIsTakenBackAsOneStep) {
    import({{"20260102", "-3.50", "F1", "ZORBLAX EMPORIUM 12"},
            {"20260109", "-7.20", "F2", "ZORBLAX EMPORIUM 99"},
            {"20260111", "-4.00", "F3", "ZORBLAX EMPORIUM 7"},
            { "20260112",
              "-9.00",
              "F4",
              "QXZRV 8" }});
    catch_up();
    const auto before = must(filer().list_reviews({}, context()));
    EXPECT_EQ(before.total, 4);
    EXPECT_EQ(before.questions, 2);
    ASSERT_EQ(before.items.size(), 2U);
    const auto& item = before.items[0];
    EXPECT_EQ(item.alike, 2);
    ASSERT_EQ(item.others.size(), 2U);
    ASSERT_TRUE(item.span.has_value());
    EXPECT_EQ(item.span->least.amount, "-3.50");
    EXPECT_EQ(item.span->most.amount, "-7.20");
    EXPECT_EQ(item.span->first, Date::create(2026, 1, 2).value());
    EXPECT_EQ(item.span->last, Date::create(2026, 1, 11).value());
    EXPECT_FALSE(before.items[1].span.has_value());
    EXPECT_TRUE(before.items[1].others.empty());

    auto keyed = context();
    keyed.idempotency_key = "one-answer";
    const contracts::PickReview answer{item.transaction.id, "family.pets", item.others};
    const auto done = must(filer().pick_review(answer, keyed));
    EXPECT_EQ(done.edit.value().changed, 3);
    for (const std::string_view text : {"zorblax 12", "zorblax 99", "zorblax 7"}) {
        EXPECT_EQ(one(text).splits.at(0).category, "family.pets");
        EXPECT_EQ(one(text).filed.source, contracts::FilingSource::user);
    }
    // Sent again by a browser that heard nothing: the same answer, nothing twice.
    EXPECT_EQ(must(filer().pick_review(answer, keyed)).edit.value().id, done.edit->id);
    EXPECT_EQ(must(filer().list_reviews({}, context())).questions, 1);
    must(house().engine().undo_edit({done.edit->id}, context()));
    EXPECT_EQ(must(filer().list_reviews({}, context())).questions, 2);
    EXPECT_EQ(one("zorblax 99").splits.at(0).category, "other.unknown");

    // Of the suggestion too, and of no other than those named.
    must(filer().pick_review({item.transaction.id, "family.pets", {}}, context()));
    const contracts::AcceptReview accepted{item.transaction.id, {item.others[0]}};
    const auto both = must(filer().accept_review(accepted, context()));
    EXPECT_EQ(both.edit.value().changed, 1);
    EXPECT_EQ(both.unchanged, 1);
}

TEST_F(Filed, TakingAnAnswerBackUnlearnsIt) {
    import({{ "20260102", "-3.50", "F1", "ZORBLAX EMPORIUM 12" }});
    const std::string before = filer().memory_of(house().household());
    const auto first = one("zorblax");
    const auto answer = must(filer().pick_review({first.id, "family.pets", {}}, context()));
    EXPECT_NE(filer().memory_of(house().household()), before);
    must(house().engine().undo_edit({answer.edit->id}, context()));
    catch_up();
    EXPECT_EQ(one("zorblax").splits.at(0).category, first.splits.at(0).category);
    contracts::ListReviews all;
    EXPECT_GE(must(filer().list_reviews(all, context())).total, 1);
}

TEST_F(Filed, RulesAreTriedKeptAppliedAndTakenBack) {
    import({{"20260102", "-10.01", "F1", "NETFLIX.COM"},
            { "20260103",
              "-20.00",
              "F2",
              "NETFLIX.COM 2" }});
    until_filed("netflix", std::chrono::seconds(5));
    catch_up();
    const auto before = one("netflix");
    contracts::SaveRule rule;
    rule.name = "films";
    rule.text = "when description contains netflix then split 70% food.coffee and 30% giving.gifts";
    const auto trial = must(filer().dry_run(rule, context()));
    EXPECT_EQ(trial.matched, 2);
    EXPECT_EQ(trial.changed, 2);
    EXPECT_EQ(one("netflix").splits.at(0).category,
              before.splits.at(0).category);  // Nothing has changed.
    const auto kept = must(filer().save_rule(rule, context()));
    const auto step = must(filer().apply_rules(context()));
    ASSERT_TRUE(step.edit.has_value());
    EXPECT_EQ(step.edit->changed, 2);
    const auto after = one("10.01");
    ASSERT_EQ(after.splits.size(), 2U);
    EXPECT_EQ(after.splits[0].amount.amount, "-7.01");
    EXPECT_EQ(after.splits[1].amount.amount, "-3.00");
    EXPECT_EQ(after.filed.source, contracts::FilingSource::rule);
    open();
    ASSERT_EQ(must(filer().list_rules(context())).items.size(), 1U);
    EXPECT_EQ(must(filer().list_rules(context())).items[0].text, kept.text);
    must(house().engine().undo_edit({step.edit->id}, context()));
    EXPECT_EQ(one("10.01").splits.size(), 1U);
    must(filer().remove_rule({kept.id}, context()));
    EXPECT_EQ(testing::code_of(filer().remove_rule({kept.id}, context())), ErrorCode::not_found);
}

TEST_F(Filed, RefusesRulesAndCategoriesThatCannotBe) {
    contracts::SaveRule rule;
    rule.name = "r";
    rule.text = "when money out then file under no.such";
    const auto unknown = filer().save_rule(rule, context());
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(unknown.error().place, "/then/file_under/0/category");
    rule.text = "when money sideways then tag x";
    const auto broken = filer().dry_run(rule, context());
    ASSERT_FALSE(broken.has_value());
    EXPECT_EQ(broken.error().place, "/text");
    EXPECT_NE(broken.error().message.find("1:12"), std::string::npos) << broken.error().message;
    rule.text = "when money out then tag x";
    rule.id = "nobody";
    EXPECT_EQ(testing::code_of(filer().save_rule(rule, context())), ErrorCode::not_found);
    EXPECT_EQ(testing::code_of(filer().change_category({"other.unknown", {}, true, {}}, context())),
              ErrorCode::conflict);
    EXPECT_EQ(testing::code_of(filer().change_category({"nope", {}, true, {}}, context())),
              ErrorCode::not_found);
    EXPECT_EQ(testing::code_of(filer().change_category({"food", {}, {}, "shopping"}, context())),
              ErrorCode::conflict);
    EXPECT_EQ(testing::code_of(
                  filer().change_category({"food.coffee", {}, {}, "food.nothing"}, context())),
              ErrorCode::invalid_argument);
    EXPECT_EQ(testing::code_of(filer().accept_review({}, context())), ErrorCode::not_found);
    EXPECT_EQ(testing::code_of(filer().skip_review({}, context())), ErrorCode::not_found);
}

TEST_F(Filed, ACategoryIsAddedUsedMergedAndItsTransactionsMove) {
    import({{ "20260102", "-3.50", "F1", "ZORBLAX EMPORIUM" }});
    must(filer().add_category({"family.pets", "Ferrets"}, context()));
    const auto shop = one("zorblax");
    must(filer().pick_review({shop.id, "family.pets.ferrets", {}}, context()));
    must(filer().change_category({"family.pets.ferrets", {}, {}, "shopping.general"}, context()));
    EXPECT_EQ(one("zorblax").splits.at(0).category, "shopping.general");
    EXPECT_EQ(one("zorblax").filed.source, contracts::FilingSource::user);
    EXPECT_FALSE(filer().pick_review({shop.id, "family.pets.ferrets", {}}, context()).has_value());
    // What was learned moved along.
    import({{ "20260202", "-3.50", "F2", "ZORBLAX EMPORIUM" }});
    catch_up();
    until_filed("zorblax", std::chrono::seconds(5));
    EXPECT_EQ(one("zorblax").splits.at(0).category, "shopping.general");
}

TEST_F(Filed, UndoingAMergeBringsTheCategoryBackToo) {
    import({{ "20260102", "-3.50", "F1", "ZORBLAX EMPORIUM" }});
    must(filer().add_category({"family.pets", "Ferrets"}, context()));
    must(filer().pick_review({one("zorblax").id, "family.pets.ferrets", {}}, context()));
    must(filer().change_category({"family.pets.ferrets", {}, {}, "shopping.general"}, context()));
    EXPECT_FALSE(must(filer().is_category(house().household(), "family.pets.ferrets")));
    const auto edits = must(house().engine().list_edits({}, context()));
    must(house().engine().undo_edit({edits.items.at(0).id}, context()));
    catch_up();
    EXPECT_EQ(one("zorblax").splits.at(0).category, "family.pets.ferrets");
    EXPECT_TRUE(must(filer().is_category(house().household(), "family.pets.ferrets")));
    open();
    EXPECT_TRUE(must(filer().is_category(house().household(), "family.pets.ferrets")));
    EXPECT_EQ(one("zorblax").splits.at(0).category, "family.pets.ferrets");
}

TEST_F(Filed, ASuggestionTurnedDownStaysAwayAfterARestart) {
    import({{"20260102", "-3.50", "F1", "ZORBLAX EMPORIUM"},
            { "20260103",
              "-4.50",
              "F2",
              "ZORBLAX EMPORIUM" }});
    contracts::ListTransactions request;
    const auto list = must(house().engine().list_transactions(request, context()));
    for (const auto& each : list.items) {
        must(filer().pick_review({each.id, "family.pets", {}}, context()));
    }
    const auto suggested = must(filer().list_suggestions(context()));
    ASSERT_EQ(suggested.items.size(), 1U);
    EXPECT_EQ(suggested.items[0].category, "family.pets");
    EXPECT_EQ(suggested.items[0].answers, 2);
    EXPECT_TRUE(must(filer().reject_suggestion({suggested.items[0].key}, context())).items.empty());
    open();
    EXPECT_TRUE(must(filer().list_suggestions(context())).items.empty());
}

}  // namespace
}  // namespace atlas::app
