// SPDX-License-Identifier: Apache-2.0
// Goal: the book is what its events say, answers are learned and unlearned, and a replay gives the
// same book to the byte. Method: events written by hand and drawn from seeds, folded twice.
#include "roles/ml/filing_book.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "base/random.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/own_numbers.hpp"
#include "roles/ml/testing/book_events.hpp"

namespace atlas::roles::ml {
namespace {

using namespace testing::books;

TEST(FilingBook, WaitsWithWhatIsNewAndWithNothingElse) {
    Book b;
    const Transaction fresh = bought(1, "TESCO STORES 4411");
    Transaction leg = bought(2, "TRANSFER TO SAVINGS");
    leg.transfer_id = TransferId{leg.id.uuid};
    Transaction opening = bought(3, "OPENING BALANCE");
    opening.filed = {FilingSource::import, 1.0, false};
    b.tell(recorded(answered(bought(4, "X"), "food.coffee")));
    EXPECT_TRUE(b.take().empty());
    b.tell(recorded(fresh));
    b.tell(recorded(leg));
    b.tell(recorded(opening));
    EXPECT_EQ(b.take(), std::vector<TransactionId>{fresh.id});
    EXPECT_TRUE(b.take().empty());
    b.tell(removed(fresh));
    EXPECT_EQ(b.book.question_count(), 0);
}

TEST(FilingBook, WhatWaitsIsTakenByDayAndLineTheLatestFirst) {
    Book b;
    const auto on = [](int number, int day, std::int64_t line) {
        Transaction transaction = bought(number, format("ZORBLAX {}", number));
        transaction.date = Date::create(2026, 3, day).value();
        transaction.source.line = line;
        return transaction;
    };
    b.tell(recorded(on(1, 9, 2)));
    b.tell(recorded(on(2, 8, 70)));
    b.tell(recorded(on(3, 9, 1)));
    b.tell(recorded(on(4, 7, 3)));
    // Moved to another day, and still not filed; and filed by somebody on another day.
    b.tell(changed(on(4, 7, 3), on(4, 10, 3)));
    b.tell(recorded(on(5, 1, 1)));
    b.tell(changed(on(5, 1, 1), answered(on(5, 2, 1), "food.coffee")));
    b.tell(recorded(on(6, 30, 1)));
    b.tell(removed(on(6, 30, 1)));
    const auto taken = b.book.take_waiting(2);
    EXPECT_EQ(taken.ids(), (std::vector<TransactionId>{on(1, 9, 2).id, on(4, 10, 3).id}));
    EXPECT_EQ(b.take(), (std::vector<TransactionId>{on(2, 8, 70).id, on(3, 9, 1).id}));
    // What is nobody's choice any more waits again, where it lies now.
    b.tell(changed(answered(on(5, 2, 1), "food.coffee"), on(5, 3, 1)));
    EXPECT_EQ(b.take(), std::vector<TransactionId>{on(5, 3, 1).id});
}

TEST(FilingBook, TheBanksCodeKeptWithATransactionFilesIt) {
    Book b;
    Transaction coded = bought(1, "ZXQV 4711");
    coded.bank_category = "5411";
    Transaction cash = bought(2, "ZXQV 4712");
    cash.bank_category = "PMNT-CCRD-CWDL";
    const Transaction bare = bought(3, "ZXQV 4713");
    b.tell(recorded(coded));
    b.tell(recorded(cash));
    b.tell(recorded(bare));
    EXPECT_EQ(b.category(coded), "food.groceries");
    EXPECT_EQ(b.category(cash), "transfer.cash");
    EXPECT_EQ(b.category(bare), ledger::kUnknownCategory);
}

TEST(FilingBook, AFitIsTakenFromItsEventAndBrokenOnesAreNot) {
    Book b;
    const auto fitted = [](std::vector<double> numbers) {
        return Event{std::string(contracts::kFilingFitted),
                     contracts::encode(contracts::FilingFittedEvent{.version = 1,
                                                                    .numbers = std::move(numbers),
                                                                    .fitted_rows = 300,
                                                                    .judged_rows = 100,
                                                                    .unknown_fields = {}})};
    };
    const auto& shipped = testing::small_cascade().model().fusion;
    learning::categorise::Fusion own = shipped;
    own.text_alpha = 7;
    b.tell(fitted(learning::categorise::to_numbers(own)));
    EXPECT_EQ(b.book.cascade().model().fusion.text_alpha, 7);
    EXPECT_EQ(b.book.cascade().model().fusion.text_scale, shipped.text_scale);
    const Event broken = fitted({1, 2});
    EXPECT_EQ(b.book.apply(2, broken.type, broken.payload).error().code, ErrorCode::data_loss);
    EXPECT_EQ(b.book.cascade().model().fusion.text_alpha, 7);
    b.tell(recorded(answered(bought(1, "TESCO 1"), "food.groceries")));
    b.tell(recorded(bought(2, "TESCO 2")));
    ASSERT_TRUE(b.book.answered_row(answered(bought(1, "TESCO 1"), "food.groceries")));
    EXPECT_EQ(b.book.answered_row(answered(bought(1, "TESCO 1"), "food.groceries"))->label,
              "food.groceries");
    EXPECT_FALSE(b.book.answered_row(bought(2, "TESCO 2")));
}

TEST(FilingBook, LearnsAnAnswerAndUnlearnsItWhenTakenBack) {
    Book b;
    const Transaction first = bought(1, "SQ *ZORBLAX EMPORIUM 0423");
    const Transaction second = bought(2, "SQ *ZORBLAX EMPORIUM 0777");
    b.tell(recorded(first));
    b.tell(recorded(second));
    const std::string before = b.category(second);
    b.take();
    const std::string empty = b.book.memory().serialise();

    b.tell(changed(first, answered(first, "family.pets")));
    EXPECT_EQ(b.category(second), "family.pets");
    EXPECT_EQ(b.judge(second).after.filed.source, FilingSource::memory);
    // The other of this merchant is filed at once.
    EXPECT_EQ(b.take(), std::vector<TransactionId>{second.id});

    b.tell(changed(answered(first, "family.pets"), first));
    EXPECT_EQ(b.category(second), before);
    EXPECT_EQ(b.book.memory().size(), 0U);
}

TEST(FilingBook, LegsOfTransfersTeachWhatTheirWordsMean) {
    Book b;
    for (int day = 1; day <= 4; ++day) {
        b.tell(recorded(answered(bought(day, "ZORBLAX PHONE AUTOPAY"), "utilities.mobile")));
        Transaction leg = bought(10 + day, "NORTHSTAR AUTOPAY");
        leg.transfer_id = TransferId{leg.id.uuid};
        b.tell(recorded(leg));
    }
    const Transaction alone = bought(20, "NORTHSTAR AUTOPAY");
    b.tell(recorded(alone));
    EXPECT_EQ(b.category(alone), "transfer.internal");
    EXPECT_EQ(b.judge(alone).after.filed.source, FilingSource::memory);
}

TEST(FilingBook, RulesComeBeforeMemoryAndNeverBeforeAPerson) {
    Book b;
    const Transaction shop = bought(1, "ZORBLAX EMPORIUM");
    b.tell(recorded(shop));
    b.tell(recorded(answered(bought(2, "ZORBLAX EMPORIUM"), "family.pets")));
    b.tell(rule("r1", "when description contains zorblax then file under food.coffee, tag t"));
    const Verdict verdict = b.judge(shop);
    EXPECT_EQ(verdict.after.splits.front().category, "food.coffee");
    EXPECT_EQ(verdict.after.splits.front().tags, std::vector<std::string>{"t"});
    EXPECT_EQ(verdict.after.filed.source, FilingSource::rule);
    EXPECT_EQ(b.category(bought(2, "")), "family.pets");
    b.tell(rule("r2", "when money out then file under bank.fees", 0));
    ASSERT_EQ(b.book.rules().rules().size(), 2U);
    EXPECT_EQ(b.book.rules().rules()[0].id, "r2");
    EXPECT_EQ(b.category(shop), "bank.fees");
    b.tell(rule("r2", "when money out then file under bank.fees", 1));  // Moved behind.
    EXPECT_EQ(b.category(shop), "food.coffee");
    b.tell(key(contracts::kRuleRemoved, "r1"));
    EXPECT_EQ(b.category(shop), "bank.fees");
}

TEST(FilingBook, FollowsMergedAndHiddenCategories) {
    Book b;
    const Transaction shop = bought(1, "ZORBLAX EMPORIUM");
    b.tell(recorded(shop));
    b.tell(recorded(answered(bought(2, "ZORBLAX EMPORIUM"), "family.pets")));
    ASSERT_EQ(b.category(shop), "family.pets");
    const auto save = [&](std::string id, bool hidden, std::optional<std::string> into) {
        const Category& old = *b.book.categories().find(id);
        contracts::CategorySavedEvent event = event_of(old);
        event.hidden = hidden;
        event.merged_into = std::move(into);
        b.tell({std::string(contracts::kCategorySaved), contracts::encode(event)});
    };
    save("family.pets", true, std::nullopt);
    EXPECT_EQ(b.category(shop), "family");
    save("family.pets", true, "shopping.general");
    EXPECT_EQ(b.category(shop), "shopping.general");
    EXPECT_FALSE(b.book.categories().is_offered("family.pets"));
    save("family.pets", false, std::nullopt);
    EXPECT_EQ(b.category(shop), "family.pets");
}

TEST(FilingBook, ARepeatChangesNothingAndAGapIsRefused) {
    Book b;
    const Event event = recorded(bought(1, "TESCO"));
    b.tell(event);
    EXPECT_TRUE(b.book.apply(1, event.type, event.payload).has_value());
    EXPECT_EQ(b.book.sequence(), 1);
    EXPECT_EQ(b.book.apply(3, event.type, event.payload).error().code, ErrorCode::conflict);
    EXPECT_EQ(b.book.apply(2, event.type, "{").error().code, ErrorCode::data_loss);
    EXPECT_EQ(b.book.apply(2, contracts::kRuleSaved, "{}").error().code, ErrorCode::data_loss);
    EXPECT_TRUE(b.book.apply(2, "SomethingNew", "{").has_value());
    EXPECT_EQ(b.book.sequence(), 2);
}

TEST(FilingBook, ReplayGivesTheSameBookToTheByte) {
    const std::vector<std::string> texts = {"SQ *ZORBLAX 12", "TESCO STORES", "QUUX LTD 7",
                                            "PLUGH AND SONS", "NETFLIX.COM"};
    const std::vector<std::string> categories = {"food.coffee", "family.pets", "food.groceries"};
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        Random random(seed);
        std::vector<Event> events;
        std::map<int, Transaction> now;
        for (int i = 0; i < 120; ++i) {
            const int number = static_cast<int>(random.below(40));
            const auto kept = now.find(number);
            if (kept == now.end()) {
                const Transaction fresh = bought(number, texts[random.below(texts.size())]);
                events.push_back(recorded(fresh));
                now.emplace(number, fresh);
            } else if (random.chance(0.1)) {
                events.push_back(removed(kept->second));
                now.erase(kept);
            } else {
                Transaction after =
                    random.chance(0.8)
                        ? answered(kept->second, categories[random.below(categories.size())])
                        : bought(number, kept->second.description);
                events.push_back(changed(kept->second, after));
                kept->second = after;
            }
        }
        Book first;
        Book again;
        for (const Event& event : events) {
            first.tell(event);
        }
        for (const Event& event : events) {
            again.tell(event);
        }
        EXPECT_EQ(first.book.memory().serialise(), again.book.memory().serialise())
            << "seed " << seed;
        EXPECT_EQ(saved(first.book), saved(again.book));
        for (const auto& [number, transaction] : now) {
            EXPECT_EQ(first.category(transaction), again.category(transaction));
            const bool is_answered = transaction.filed.source == FilingSource::user;
            if (is_answered) {
                EXPECT_EQ(first.category(transaction), transaction.splits.front().category);
            }
        }
    }
}

/// A history in which everything happens that a book knows of.
std::vector<Event> eventful(std::uint64_t seed) {
    const std::vector<std::string> texts = {"SQ *ZORBLAX 12", "TESCO STORES", "QUUX LTD 7", "4711",
                                            "NETFLIX.COM"};
    Random random(seed);
    std::vector<Event> events;
    std::map<int, Transaction> now;
    events.push_back({std::string(contracts::kAccountOpened),
                      contracts::encode(contracts::AccountOpenedEvent{.version = 1,
                                                                      .account_id = {},
                                                                      .name = "Everyday",
                                                                      .type = "checking",
                                                                      .currency = "USD",
                                                                      .unknown_fields = {}})});
    for (int i = 0; i < 150; ++i) {
        const int number = static_cast<int>(random.below(40));
        const auto kept = now.find(number);
        if (random.chance(0.05)) {
            events.push_back(rule("r" + std::to_string(random.below(3)),
                                  "when description contains quux then file under food.coffee",
                                  static_cast<std::int64_t>(random.below(3))));
        } else if (random.chance(0.05)) {
            Uuid uuid;
            uuid.bytes[15] = static_cast<std::byte>(number);
            events.push_back(key(contracts::kReviewSkipped, to_string(TransactionId{uuid})));
        } else if (random.chance(0.03)) {
            events.push_back(key(contracts::kSuggestionRejected, "zorblax"));
        } else if (kept == now.end()) {
            const auto minor = -static_cast<std::int64_t>(100 + random.below(90'000));
            const Transaction fresh = bought(number, texts[random.below(texts.size())], minor);
            events.push_back(recorded(fresh));
            now.emplace(number, fresh);
        } else if (random.chance(0.15)) {
            events.push_back(removed(kept->second));
            now.erase(kept);
        } else {
            Transaction after = kept->second;
            after.filed = {};
            after.splits.front().category = std::string(ledger::kUnknownCategory);
            if (random.chance(0.5)) {
                after = answered(after, "family.pets");
            } else if (random.chance(0.7)) {
                after.splits.front().category = random.chance(0.5) ? "food" : "food.groceries";
                after.filed = {random.chance(0.5) ? FilingSource::model : FilingSource::memory, 0.7,
                               false};
            }
            events.push_back(changed(kept->second, after));
            kept->second = after;
        }
    }
    return events;
}

TEST(FilingBook, AChangeOfItsOwnIsFoldedAsItsEventWouldBe) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const std::vector<Event> events = eventful(seed);
        Book told;
        Book own;
        std::size_t changes = 0;
        for (const Event& event : events) {
            if (event.type == contracts::kTransactionChanged) {
                const Transaction before = own.now.at(event.now->id);
                own.book.apply_change(own.book.sequence() + 1, before, *event.now);
                own.now.insert_or_assign(event.now->id, *event.now);
                ++changes;
            } else {
                own.tell(event);
            }
            told.tell(event);
        }
        EXPECT_GT(changes, 0U);
        EXPECT_EQ(saved(own.book), saved(told.book)) << "seed " << seed;
        EXPECT_EQ(own.take(), told.take());
    }
}

TEST(FilingBook, ASavedBookGoesOnAsIfItHadBeenFolded) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const std::vector<Event> events = eventful(seed);
        Book whole;
        Book first;
        const std::size_t middle = 30 + seed * 11;
        for (std::size_t i = 0; i < events.size(); ++i) {
            whole.tell(events[i]);
            if (i < middle) {
                first.tell(events[i]);
            }
        }
        auto loaded = FilingBook::load(testing::small_cascade(), embedded_file("taxonomy.tsv"),
                                       saved(first.book));
        ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error());
        Book second(*std::move(loaded));
        for (std::size_t i = middle; i < events.size(); ++i) {
            second.tell(events[i]);
        }
        EXPECT_EQ(saved(second.book), saved(whole.book)) << "seed " << seed;
        EXPECT_EQ(second.book.memory().serialise(), whole.book.memory().serialise());
        EXPECT_EQ(second.take(), whole.take());
        EXPECT_EQ(second.book.account_name({}), "Everyday");
    }
}

TEST(FilingBook, WhatIsTakenIsSavedAsWaitingUntilItIsFinished) {
    Book b;
    const Transaction fresh = bought(1, "ZORBLAX 1");
    b.tell(recorded(fresh));
    const auto waits_after = [&] {
        auto loaded = FilingBook::load(testing::small_cascade(), embedded_file("taxonomy.tsv"),
                                       saved(b.book));
        EXPECT_TRUE(loaded.has_value());
        return (*loaded)->take_waiting(10).ids();
    };
    const auto taken = b.book.take_waiting(10);
    EXPECT_EQ(taken.ids(), std::vector<TransactionId>{fresh.id});
    EXPECT_FALSE(taken.only_unsure);
    EXPECT_TRUE(b.take().empty());
    EXPECT_EQ(waits_after(), taken.ids());  // Killed now, it would be filed after the next start.
    b.book.give_back(taken);
    EXPECT_EQ(b.take(), taken.ids());
    b.book.finish(taken);
    EXPECT_TRUE(waits_after().empty());
}

TEST(FilingBook, HoldsTheQuestionsAndCountsOfItsTransactions) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Book b;
        for (const Event& event : eventful(seed)) {
            b.tell(event);
        }
        std::map<std::string, std::int64_t, std::less<>> categories;
        std::set<TransactionId> asked;
        std::int64_t open = 0;
        std::int64_t zorblax = 0;
        for (const auto& [id, transaction] : b.now) {
            for (const ledger::Split& split : transaction.splits) {
                ++categories[split.category];
            }
            const bool is_asked = b.book.is_asked(transaction);
            if (is_asked) {
                asked.insert(id);
            }
            open += FilingBook::is_open(transaction) && !is_asked ? 1 : 0;
            zorblax += transaction.description == "SQ *ZORBLAX 12" ? 1 : 0;
        }
        EXPECT_EQ(b.book.category_counts(), categories) << "seed " << seed;
        EXPECT_EQ(b.book.asked_count(), static_cast<std::int64_t>(asked.size()));
        EXPECT_EQ(b.book.filed_count(), open) << "seed " << seed;
        const std::string merchant = testing::small_cascade().merchant_of("SQ *ZORBLAX 12").key;
        EXPECT_EQ(b.book.merchant_count(merchant), zorblax) << "seed " << seed;
        std::int64_t shown = 0;
        const std::vector<QuestionQueue::Shown> questions = b.book.questions(1000);
        for (const QuestionQueue::Shown& each : questions) {
            EXPECT_TRUE(asked.contains(each.id));
            EXPECT_EQ(each.others.size(), static_cast<std::size_t>(each.alike));
            shown += 1 + each.alike;
        }
        EXPECT_EQ(shown, b.book.asked_count()) << "seed " << seed;
        EXPECT_EQ(b.book.question_count(), static_cast<std::int64_t>(questions.size()));
    }
}

TEST(FilingBook, ADearDoubtIsAskedFirstAndOneOfAMerchantAlone) {
    Book b;
    b.tell(recorded(bought(1, "ZORBLAX 1", -100)));
    b.tell(recorded(bought(2, "QUUX LTD 7", -500'000)));
    b.tell(recorded(bought(3, "ZORBLAX 2", -900)));
    auto shown = b.book.questions(10);
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0].id, bought(2, "").id);
    EXPECT_EQ(shown[1].id, bought(3, "").id);
    EXPECT_EQ(shown[1].alike, 1);
    b.tell(key(contracts::kReviewSkipped, to_string(bought(2, "").id)));
    EXPECT_EQ(b.book.questions(1).front().id, bought(3, "").id);
    EXPECT_EQ(b.book.questions(10).back().id, bought(2, "").id);
}

TEST(FilingBook, ManySmallDoubtsOfOneShopComeBeforeADearOne) {
    Book b;
    b.tell(recorded(bought(1, "QUUX LTD 7", -500'000)));
    for (int i = 2; i < 9; ++i) {
        b.tell(recorded(bought(i, format("ZORBLAX {}", i), -900)));
    }
    const auto shown = b.book.questions(10);
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0].alike, 6);
    EXPECT_EQ(shown[1].id, bought(1, "").id);
}

TEST(FilingBook, WhatNamesNobodyBelongsTogetherByTextAmountAndAccount) {
    Book b;
    Transaction elsewhere = bought(4, "", -1250);
    elsewhere.account_id = AccountId{elsewhere.id.uuid};
    Transaction back = bought(7, "ZORBLAX 2", 900);
    for (const Transaction& each :
         {bought(1, "", -1250), bought(2, "", -1250), bought(3, "", -1251), elsewhere,
          bought(5, "", 1250), bought(6, "ZORBLAX 1", -900), back}) {
        b.tell(recorded(each));
    }
    EXPECT_EQ(b.book.asked_count(), 7);
    EXPECT_EQ(b.book.question_count(), 6);
    for (const QuestionQueue::Shown& each : b.book.questions(10)) {
        EXPECT_EQ(each.alike, each.id == bought(1, "").id ? 1 : 0);
    }
}

TEST(FilingBook, PuttingAQuestionOffPutsOffAllThatBelongsToIt) {
    Book b;
    b.tell(recorded(bought(1, "ZORBLAX 1", -90'000)));
    b.tell(recorded(bought(2, "ZORBLAX 2", -80'000)));
    b.tell(recorded(bought(3, "QUUX LTD 7", -500)));
    EXPECT_EQ(b.book.questions(1).front().id, bought(1, "").id);
    b.tell(key(contracts::kReviewSkipped, to_string(bought(1, "").id)));
    EXPECT_EQ(b.book.questions(1).front().id, bought(3, "").id);
    // One of the two is answered: the other is still put off, in a book that was saved too.
    b.tell(changed(bought(1, "ZORBLAX 1", -90'000),
                   answered(bought(1, "ZORBLAX 1", -90'000), "food.coffee")));
    EXPECT_EQ(b.book.questions(9).back().id, bought(2, "").id);
    const auto again =
        FilingBook::load(testing::small_cascade(), embedded_file("taxonomy.tsv"), saved(b.book));
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ((*again)->questions(9).back().id, bought(2, "").id);
    Transaction named = bought(2, "ZORBLAX 2", -80'000);
    named.merchant = "Zorblax";
    b.tell(changed(bought(2, "ZORBLAX 2", -80'000), named));
    EXPECT_EQ(b.book.questions(9).back().id, bought(2, "").id);
    // One that comes later was not put off.
    b.tell(recorded(bought(4, "ZORBLAX 4", -70'000)));
    EXPECT_EQ(b.book.questions(1).front().id, bought(4, "").id);
}

TEST(FilingBook, AnAnswerHasTheOtherQuestionsDecidedAnew) {
    Book b;
    const auto taken = [&] {
        const FilingBook::Waiting waiting = b.book.take_waiting(1000);
        b.book.finish(waiting);
        return waiting.ids();
    };
    b.tell(recorded(bought(1, "QUUX LTD 7")));
    EXPECT_EQ(taken(), std::vector<TransactionId>{bought(1, "").id});
    EXPECT_TRUE(taken().empty());
    // A leg of a transfer is nobody's answer.
    Transaction leg = bought(2, "ZORBLAX 3");
    leg.transfer_id = TransferId{leg.id.uuid};
    b.tell(recorded(leg));
    EXPECT_TRUE(taken().empty());
    const Transaction shop = bought(3, "FLARP 9");
    b.tell(recorded(shop));
    EXPECT_EQ(taken().size(), 1U);
    b.tell(changed(shop, answered(shop, "food.coffee")));
    // A book that was saved meanwhile looks at it too.
    Book again(
        FilingBook::load(testing::small_cascade(), embedded_file("taxonomy.tsv"), saved(b.book))
            .value());
    EXPECT_EQ(taken(), std::vector<TransactionId>{bought(1, "").id});
    EXPECT_TRUE(taken().empty());
    EXPECT_EQ(again.take(), std::vector<TransactionId>{bought(1, "").id});
}

TEST(FilingBook, DamagedBytesAreNoBook) {
    Book b;
    for (const Event& event : eventful(3)) {
        b.tell(event);
    }
    const std::string bytes = saved(b.book);
    const auto load = [](std::string_view text) {
        return FilingBook::load(testing::small_cascade(), embedded_file("taxonomy.tsv"), text);
    };
    ASSERT_TRUE(load(bytes).has_value());
    EXPECT_EQ(saved(**load(bytes)), bytes);
    for (std::size_t size = 0; size < bytes.size(); size += 7) {
        EXPECT_EQ(load(bytes.substr(0, size)).error().code, ErrorCode::data_loss) << size;
    }
    EXPECT_FALSE(load(bytes + "x").has_value());
}

}  // namespace
}  // namespace atlas::roles::ml
