// SPDX-License-Identifier: Apache-2.0
// Goal: a few of what is filed are asked about all the same, nothing of the person's own is, and
// the answers are held against what was claimed. Method: books told events written by hand.
#include <gtest/gtest.h>

#include "learning/categorise/memory_state.hpp"
#include "roles/ml/filing_book.hpp"
#include "roles/ml/testing/book_events.hpp"

namespace atlas::roles::ml {
namespace {

using namespace testing::books;

TEST(FilingChecks, AFewOfWhatIsFiledAreAskedAboutAllTheSame) {
    Book b;
    std::int64_t checked = 0;
    std::int64_t checked_elsewhere = 0;
    for (int i = 1; i <= 2000; ++i) {
        const Transaction bare = bought(i, "NETFLIX.COM");
        const bool is_elsewhere = i % 2 == 0;
        const Transaction told = filed(bare, is_elsewhere ? "food.coffee" : "entertainment.video",
                                       i % 3 == 0 ? FilingSource::memory : FilingSource::model);
        b.tell(recorded(told));
        EXPECT_FALSE(b.book.is_question(told));
        (is_elsewhere ? checked_elsewhere : checked) += b.book.is_check(told) ? 1 : 0;
        // A rule is the person's own word, and so is an answer; a branch is a question already.
        EXPECT_FALSE(b.book.is_check(filed(bare, "food.coffee", FilingSource::rule)));
        EXPECT_FALSE(b.book.is_check(filed(bare, "food.coffee", FilingSource::import)));
        EXPECT_FALSE(b.book.is_check(filed(bare, "food", FilingSource::model)));
        EXPECT_FALSE(b.book.is_check(answered(bare, "food.coffee")));
        EXPECT_FALSE(b.book.is_check(bare));
        Transaction leg = told;
        leg.transfer_id = TransferId{leg.id.uuid};
        EXPECT_FALSE(b.book.is_check(leg));
    }
    EXPECT_GT(checked, 20);
    EXPECT_LT(checked, 65);
    EXPECT_EQ(b.book.asked_count(), checked + checked_elsewhere);
    EXPECT_EQ(b.book.filed_count(), 2000 - checked - checked_elsewhere);
    // One answer serves what is filed alike, and nothing else.
    ASSERT_EQ(b.book.question_count(), 2);
    const auto shown = b.book.questions(2);
    EXPECT_EQ(shown[0].alike + shown[1].alike + 2, checked + checked_elsewhere);
    EXPECT_TRUE(shown[0].alike + 1 == checked || shown[0].alike + 1 == checked_elsewhere);
}

TEST(FilingChecks, WhatGetsPartsMeanwhileLeavesTheQueueAllTheSame) {
    const auto part = [](bool is_hidden) {
        return Event{std::string(contracts::kCategorySaved),
                     contracts::encode(contracts::CategorySavedEvent{.version = 1,
                                                                     .id = "food.coffee.beans",
                                                                     .parent = "food.coffee",
                                                                     .name = "Beans",
                                                                     .hidden = is_hidden,
                                                                     .merged_into = std::nullopt,
                                                                     .unknown_fields = {}})};
    };
    int checks = 0;
    for (int i = 1; i <= 120; ++i) {
        Book b;
        const Transaction told =
            filed(bought(i, "NETFLIX.COM"), "food.coffee", FilingSource::model);
        const bool is_check = b.book.is_check(told);
        checks += is_check ? 1 : 0;
        b.tell(recorded(told));
        b.tell(part(false));  // A leaf no more: what is filed there now is a question.
        EXPECT_TRUE(b.book.is_question(told));
        EXPECT_EQ(b.book.asked_count(), is_check ? 1 : 0);
        b.tell(removed(told));
        EXPECT_EQ(b.book.asked_count(), 0) << i;
        b.tell(recorded(told));
        EXPECT_EQ(b.book.asked_count(), 1);
        b.tell(part(true));
        b.tell(changed(told, answered(told, "food.coffee")));
        EXPECT_EQ(b.book.asked_count(), 0) << i;
    }
    EXPECT_GT(checks, 0);
}

TEST(FilingChecks, WhatACheckIsAnsweredIsHeldAgainstWhatWasClaimed) {
    int checks = 0;
    for (int i = 1; i <= 60; ++i) {
        Book b;
        for (int known = 1000; known < 1003; ++known) {
            b.tell(recorded(answered(bought(known, "TESCO STORES"), "food.groceries")));
        }
        const Transaction told =
            filed(bought(i, "TESCO STORES"), "food.groceries", FilingSource::memory);
        b.tell(recorded(told));
        EXPECT_EQ(b.category(told), "food.groceries");  // Sure enough: no question.
        const bool is_check = b.book.is_check(told);
        EXPECT_EQ(b.book.asked_count(), is_check ? 1 : 0);
        const auto before = b.book.memory().state().calibration;
        b.tell(changed(told, answered(told, "transport.fuel")));
        EXPECT_EQ(b.book.asked_count(), 0);
        EXPECT_EQ(b.book.memory().state().calibration == before, !is_check) << i;
        checks += is_check ? 1 : 0;
    }
    EXPECT_GT(checks, 0);
}

}  // namespace
}  // namespace atlas::roles::ml
