// SPDX-License-Identifier: Apache-2.0
// What every LedgerStore does. An adapter's test makes an Engine and instantiates the suite:
//
//     struct Engine {
//         ManualClock clock;
//         ports::LedgerStore& store();
//         void reopen();  // As after a restart; where nothing is durable, does nothing.
//     };
//     INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LedgerStoreContract, Engine);
//
// Pages and searches are in ledger_store_reads_contract.hpp, over the same Engine.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "ports/ledger_store.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

template <class Engine>
class LedgerStoreContract : public ::testing::Test {
protected:
    LedgerStore& store() { return engine_.store(); }

    static LedgerChange change_with_event(std::string payload = "{}") {
        LedgerChange change;
        change.events.push_back({.type = "Changed", .payload = std::move(payload)});
        return change;
    }
    Result<Sequence> apply(const LedgerChange& change, HouseholdId household = kHome) {
        return store().apply(household, change, Deadline{});
    }
    void add_account(std::uint64_t number, const std::string& name, HouseholdId household = kHome) {
        LedgerChange change = change_with_event();
        change.accounts.push_back(account_of(number, name));
        const auto applied = apply(change, household);
        ASSERT_TRUE(applied) << to_string(applied.error());
    }
    /// Account 1 with `count` transactions of 1.00 dollar, one a day, ids scattered.
    void add_days(std::uint64_t count, HouseholdId household = kHome) {
        LedgerChange change = change_with_event();
        change.accounts.push_back(account_of(1, "Everyday"));
        for (std::uint64_t i = 0; i < count; ++i) {
            change.added.push_back(day(i));
        }
        const auto applied = apply(change, household);
        ASSERT_TRUE(applied) << to_string(applied.error());
    }
    static finance::ledger::Transaction day(std::uint64_t number) {
        return transaction_of(scattered_id(number), id_of<AccountId>(1),
                              Date::from_days(20000 + static_cast<std::int32_t>(number)), 100);
    }
    ErrorCode code_of(const LedgerChange& change, HouseholdId household = kHome) {
        const auto applied = apply(change, household);
        EXPECT_FALSE(applied.has_value());
        return applied ? ErrorCode::internal : applied.error().code;
    }
    std::vector<TransactionId> ids(const TransactionQuery& query) {
        const auto page = store().transactions(kHome, query);
        EXPECT_TRUE(page) << to_string(page.error());
        std::vector<TransactionId> found;
        for (const auto& item : page->items) {
            found.push_back(item.id);
        }
        return found;
    }

    Engine engine_;
};

TYPED_TEST_SUITE_P(LedgerStoreContract);

TYPED_TEST_P(LedgerStoreContract, AnUnknownHouseholdIsEmptyAtZero) {
    EXPECT_EQ(*this->store().sequence(kHome), 0);
    EXPECT_TRUE(this->store().accounts(kHome)->empty());
    EXPECT_TRUE(this->store().transactions(kHome, {})->items.empty());
    EXPECT_EQ(this->store().transactions(kHome, {})->as_of, 0);
    EXPECT_TRUE(this->store().imports(kHome)->empty());
    EXPECT_TRUE(this->store().outbox(10)->empty());
    EXPECT_EQ(this->store().transaction(kHome, scattered_id(1)).error().code, ErrorCode::not_found);
    EXPECT_EQ(this->store().import(kHome, id_of<ImportId>(1)).error().code, ErrorCode::not_found);
}

TYPED_TEST_P(LedgerStoreContract, SequenceCountsEventsPerHouseholdWithoutGaps) {
    LedgerChange three = this->change_with_event("1");
    three.events.push_back({.type = "Changed", .payload = "2"});
    three.events.push_back({.type = "Changed", .payload = "3"});
    EXPECT_EQ(*this->apply(three), 3);
    EXPECT_EQ(*this->apply(this->change_with_event("n"), kNeighbours), 1);
    EXPECT_EQ(*this->apply(this->change_with_event("4")), 4);
    EXPECT_EQ(*this->apply({}), 4);
    EXPECT_EQ(*this->store().sequence(kHome), 4);
    this->engine_.reopen();
    EXPECT_EQ(*this->store().sequence(kHome), 4);
    const auto rows = *this->store().outbox(10);
    ASSERT_EQ(rows.size(), 5U);
    std::vector<std::string> payloads;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        payloads.push_back(rows[i].event.payload);
        EXPECT_EQ(rows[i].event.type, "Changed");
        EXPECT_EQ(rows[i].recorded_at, this->engine_.clock.now());
        if (i > 0) {
            EXPECT_GT(rows[i].position, rows[i - 1].position);
        }
    }
    EXPECT_EQ(payloads, (std::vector<std::string>{"1", "2", "3", "n", "4"}));
    EXPECT_EQ(rows[3].household, kNeighbours);
    EXPECT_EQ(rows[3].sequence, 1);
    EXPECT_EQ(rows[4].sequence, 4);
}

TYPED_TEST_P(LedgerStoreContract, KeepsEveryFieldOfATransactionAndAnAccount) {
    const std::uint64_t seed = 20261122;
    Random random(seed);
    finance::ledger::Account account = account_of(1, "Everyday");
    account.type = finance::ledger::AccountType::credit_card;
    account.institution = "First Bank";
    account.number_masked = "…1234";
    account.number_hash = "abcd";
    account.opened = *Date::parse("2019-02-28");
    account.closed = *Date::parse("2026-06-30");
    LedgerChange change = this->change_with_event();
    change.accounts = {account};
    for (std::uint64_t i = 0; i < 200; ++i) {
        change.added.push_back(random_transaction(random, scattered_id(i), account));
    }
    ASSERT_TRUE(this->apply(change));
    this->engine_.reopen();
    const auto accounts = *this->store().accounts(kHome);
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].account, account);
    for (const auto& expected : change.added) {
        const auto found = this->store().transaction(kHome, expected.id);
        ASSERT_TRUE(found) << to_string(found.error());
        EXPECT_EQ(*found, expected) << "seed " << seed;
    }
}

TYPED_TEST_P(LedgerStoreContract, BalancesFollowEveryKindOfChange) {
    this->add_days(3);
    LedgerChange change = this->change_with_event();
    change.accounts.push_back(account_of(2, "Another"));
    auto moved = this->day(1);
    moved.account_id = id_of<AccountId>(2);
    moved.amount = dollars(-250);
    moved.splits[0].amount = moved.amount;
    moved.status = finance::ledger::TransactionStatus::pending;
    change.replaced = {moved};
    change.removed = {scattered_id(2)};
    ASSERT_TRUE(this->apply(change));
    this->engine_.reopen();
    const auto accounts = *this->store().accounts(kHome);
    ASSERT_EQ(accounts.size(), 2U);
    EXPECT_EQ(accounts[0].account.name, "Another");
    EXPECT_EQ(accounts[0].balance, dollars(-250));
    EXPECT_EQ(accounts[0].transactions, 1);
    EXPECT_EQ(accounts[0].balance_date, Date::from_days(20001));
    EXPECT_EQ(accounts[1].balance, dollars(100));
    EXPECT_EQ(accounts[1].transactions, 1);
    EXPECT_EQ(accounts[1].balance_date, Date::from_days(20000));
    EXPECT_EQ(*this->store().transaction(kHome, moved.id), moved);
    LedgerChange last = this->change_with_event();
    last.removed = {scattered_id(0)};
    ASSERT_TRUE(this->apply(last));
    EXPECT_EQ(this->store().accounts(kHome)->at(1).balance_date, std::nullopt);
    EXPECT_EQ(this->store().accounts(kHome)->at(1).balance, dollars(0));
}

TYPED_TEST_P(LedgerStoreContract, AnAccountIsReplacedByItsIdAndKeepsItsBalance) {
    this->add_days(2);
    LedgerChange change = this->change_with_event();
    change.accounts.push_back(account_of(1, "Renamed"));
    ASSERT_TRUE(this->apply(change));
    const auto accounts = *this->store().accounts(kHome);
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].account.name, "Renamed");
    EXPECT_EQ(accounts[0].balance, dollars(200));
}

TYPED_TEST_P(LedgerStoreContract, RefusesWhatDoesNotFitAndThenNothingHasChanged) {
    this->add_days(2);
    this->add_account(2, "Another");
    const Sequence before = *this->store().sequence(kHome);
    const auto refused = [&](auto&& spoil) {
        LedgerChange change = this->change_with_event();
        change.added.push_back(this->day(50));
        change.import = ImportRecord{.id = id_of<ImportId>(9), .file_name = "never.csv"};
        change.answer = IdempotentAnswer{.key = "never", .expires_at = {INT64_MAX}};
        spoil(change);
        return this->code_of(change);
    };
    EXPECT_EQ(refused([](LedgerChange& c) { c.expected = 0; }), ErrorCode::conflict);
    EXPECT_EQ(refused([](LedgerChange& c) { c.expected = 99; }), ErrorCode::conflict);
    EXPECT_EQ(refused([&](LedgerChange& c) { c.added.push_back(this->day(0)); }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([&](LedgerChange& c) { c.added.push_back(c.added[0]); }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([&](LedgerChange& c) { c.replaced.push_back(this->day(77)); }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([](LedgerChange& c) { c.removed.push_back(scattered_id(77)); }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([](LedgerChange& c) { c.accounts = {account_of(3, "Another")}; }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([](LedgerChange& c) { c.added[0].account_id = id_of<AccountId>(66); }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([](LedgerChange& c) {
                  c.accounts = {account_of(1, "Everyday")};
                  c.accounts[0].currency = currency_of("EUR");
              }),
              ErrorCode::conflict);
    EXPECT_EQ(refused([](LedgerChange& c) { c.added[0].amount = dollars(101); }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(refused([](LedgerChange& c) { c.added[0].splits.clear(); }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(refused([&](LedgerChange& c) {
                  c.replaced = {this->day(0)};
                  c.replaced[0].amount = dollars(1);
              }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(refused([](LedgerChange& c) {
                  c.added[0].amount = money::Money::from_minor(100, currency_of("EUR"));
                  c.added[0].splits[0].amount = c.added[0].amount;
              }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(refused([](LedgerChange& c) {
                  c.added[0].amount = dollars(INT64_MAX);
                  c.added[0].splits[0].amount = c.added[0].amount;
              }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(refused([](LedgerChange& c) { c.events.clear(); }), ErrorCode::invalid_argument);
    EXPECT_EQ(*this->store().sequence(kHome), before);
    EXPECT_EQ(this->store().transactions(kHome, {})->items.size(), 2U);
    EXPECT_EQ(this->store().accounts(kHome)->size(), 2U);
    EXPECT_EQ(this->store().accounts(kHome)->at(1).balance, dollars(200));
    EXPECT_TRUE(this->store().imports(kHome)->empty());
    EXPECT_FALSE(this->store().answer(kHome, "never", {})->has_value());
    EXPECT_EQ(this->store().outbox(100)->size(), static_cast<std::size_t>(before));
}

TYPED_TEST_P(LedgerStoreContract, ExpectedIsTheSequenceOfTheReadItWasDecidedOn) {
    this->add_days(1);
    LedgerChange change = this->change_with_event();
    change.expected = 1;
    EXPECT_EQ(*this->apply(change), 2);
    EXPECT_EQ(this->code_of(change), ErrorCode::conflict);
    change.expected = 0;
    EXPECT_EQ(*this->apply(change, kNeighbours), 1);
}

TYPED_TEST_P(LedgerStoreContract, HouseholdsDoNotSeeEachOther) {
    this->add_days(2);
    this->add_days(1, kNeighbours);
    EXPECT_EQ(this->store().transactions(kNeighbours, {})->items.size(), 1U);
    EXPECT_EQ(this->store().accounts(kNeighbours)->at(0).balance, dollars(100));
    LedgerChange steal = this->change_with_event();
    steal.removed = {scattered_id(1)};
    EXPECT_EQ(this->code_of(steal, kNeighbours), ErrorCode::conflict);
    EXPECT_EQ(this->store().transaction(kNeighbours, scattered_id(1)).error().code,
              ErrorCode::not_found);
    TransactionQuery query;
    query.account_id = id_of<AccountId>(1);
    EXPECT_EQ(this->store().transactions(kNeighbours, query)->items.size(), 1U);
}

TYPED_TEST_P(LedgerStoreContract, ImportsAreKeptReplacedAndListedNewestFirst) {
    LedgerChange change;
    ImportRecord record{.id = id_of<ImportId>(1),
                        .file_name = "june.ofx",
                        .format = "ofx",
                        .account = "Everyday",
                        .mapping = "{\"m\":1}",
                        .content = std::string("OFX\0\xff", 5),
                        .report = "{}",
                        .created_at = {1000},
                        .added = 0};
    change.import = record;
    EXPECT_EQ(*this->apply(change), 0);
    change.import->id = id_of<ImportId>(2);
    change.import->created_at = {2000};
    ASSERT_TRUE(this->apply(change));
    record.state = ImportState::committed;
    record.added = 12;
    record.report = "{\"added\":12}";
    change.import = record;
    ASSERT_TRUE(this->apply(change));
    this->engine_.reopen();
    const auto listed = *this->store().imports(kHome);
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].id, id_of<ImportId>(2));
    EXPECT_EQ(listed[0].state, ImportState::preview);
    EXPECT_EQ(listed[1].id, record.id);
    EXPECT_EQ(listed[1].content, "");
    const auto kept = *this->store().import(kHome, record.id);
    EXPECT_EQ(kept.state, ImportState::committed);
    EXPECT_EQ(kept.file_name, record.file_name);
    EXPECT_EQ(kept.format, record.format);
    EXPECT_EQ(kept.account, record.account);
    EXPECT_EQ(kept.mapping, record.mapping);
    EXPECT_EQ(kept.content, record.content);
    EXPECT_EQ(kept.report, record.report);
    EXPECT_EQ(kept.created_at, record.created_at);
    EXPECT_EQ(kept.added, 12);
    EXPECT_EQ(this->store().import(kNeighbours, record.id).error().code, ErrorCode::not_found);
    LedgerChange history;
    history.imports = {record, record};
    history.imports[0].id = id_of<ImportId>(3);
    history.imports[1].added = 13;
    ASSERT_TRUE(this->apply(history));
    EXPECT_EQ(this->store().imports(kHome)->size(), 3U);
    EXPECT_EQ(this->store().import(kHome, id_of<ImportId>(3))->added, 12);
    EXPECT_EQ(this->store().import(kHome, record.id)->added, 13);
}

TYPED_TEST_P(LedgerStoreContract, AnAnswerIsKeptWithItsEffectUntilItExpires) {
    this->engine_.clock.advance(std::chrono::seconds(1));
    const Timestamp now = this->engine_.clock.now();
    LedgerChange change = this->change_with_event();
    change.answer = IdempotentAnswer{.key = "k",
                                     .request_hash = "h",
                                     .status = 201,
                                     .body = "{\"a\":1}",
                                     .expires_at = {now.micros + 1'000'000}};
    EXPECT_EQ(*this->apply(change), 1);
    this->engine_.reopen();
    const auto kept = *this->store().answer(kHome, "k", now);
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->key, "k");
    EXPECT_EQ(kept->request_hash, "h");
    EXPECT_EQ(kept->status, 201);
    EXPECT_EQ(kept->body, "{\"a\":1}");
    EXPECT_EQ(kept->expires_at, change.answer->expires_at);
    EXPECT_FALSE(this->store().answer(kNeighbours, "k", now)->has_value());
    EXPECT_FALSE(this->store().answer(kHome, "other", now)->has_value());
    EXPECT_TRUE(this->store().answer(kHome, "k", {now.micros + 999'999})->has_value());
    EXPECT_FALSE(this->store().answer(kHome, "k", {now.micros + 1'000'000})->has_value());
    EXPECT_EQ(this->code_of(change), ErrorCode::conflict);
    change.answer->request_hash = "another request";
    EXPECT_EQ(this->code_of(change), ErrorCode::conflict);
    EXPECT_EQ(*this->store().sequence(kHome), 1);
    EXPECT_EQ(*this->apply(change, kNeighbours), 1);
    this->engine_.clock.advance(std::chrono::seconds(2));
    change.answer->expires_at = {now.micros + 9'000'000};
    EXPECT_EQ(*this->apply(change), 2);
    EXPECT_EQ(this->store().answer(kHome, "k", now)->value().request_hash, "another request");
}

TYPED_TEST_P(LedgerStoreContract, TheOutboxIsReadInOrderMarkedAndKeptAsHistory) {
    for (int i = 1; i <= 5; ++i) {
        ASSERT_TRUE(this->apply(this->change_with_event(std::to_string(i))));
        ASSERT_TRUE(this->apply(this->change_with_event("other"), kNeighbours));
    }
    const auto first = *this->store().outbox(3);
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[2].event.payload, "2");
    ASSERT_TRUE(this->store().mark_relayed(first[2].position));
    ASSERT_TRUE(this->store().mark_relayed(first[0].position)) << "going back changes nothing";
    this->engine_.reopen();
    const auto rest = *this->store().outbox(kOutboxReadMax);
    ASSERT_EQ(rest.size(), 7U);
    EXPECT_EQ(rest[0].household, kNeighbours);
    EXPECT_EQ(rest[0].sequence, 2);
    ASSERT_TRUE(this->store().mark_relayed(rest.back().position));
    EXPECT_TRUE(this->store().outbox(1)->empty());
    const auto history = *this->store().history(kHome, 2, 2);
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[0].sequence, 3);
    EXPECT_EQ(history[0].event.payload, "3");
    EXPECT_EQ(history[1].sequence, 4);
    EXPECT_EQ(this->store().history(kHome, 0, 100)->size(), 5U);
    EXPECT_TRUE(this->store().history(kHome, 5, 100)->empty());
    for (const std::size_t limit : {std::size_t{0}, kOutboxReadMax + 1}) {
        EXPECT_EQ(this->store().outbox(limit).error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(this->store().history(kHome, 0, limit).error().code, ErrorCode::invalid_argument);
    }
}

TYPED_TEST_P(LedgerStoreContract, MarkingPastTheEndSkipsNothingThatComesLater) {
    ASSERT_TRUE(this->apply(this->change_with_event("1")));
    ASSERT_TRUE(this->store().mark_relayed(1'000'000));
    ASSERT_TRUE(this->apply(this->change_with_event("2")));
    const auto rows = *this->store().outbox(10);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].event.payload, "2");
}

TYPED_TEST_P(LedgerStoreContract, WaitOutboxAnswersWhenThereIsARow) {
    const Deadline past{std::chrono::steady_clock::now()};
    EXPECT_FALSE(*this->store().wait_outbox(past, {}));
    ASSERT_TRUE(this->apply(this->change_with_event("1")));
    EXPECT_TRUE(*this->store().wait_outbox(past, {}));
    this->engine_.reopen();
    EXPECT_TRUE(*this->store().wait_outbox(past, {}));
    ASSERT_TRUE(this->store().mark_relayed(this->store().outbox(1)->at(0).position));
    EXPECT_FALSE(*this->store().wait_outbox(past, {}));
    std::stop_source stop;
    std::jthread waiting([&] { EXPECT_TRUE(*this->store().wait_outbox({}, stop.get_token())); });
    ASSERT_TRUE(this->apply(this->change_with_event("2")));
    waiting.join();
    ASSERT_TRUE(this->store().mark_relayed(this->store().outbox(1)->at(0).position));
    std::jthread stopped([&] { EXPECT_FALSE(*this->store().wait_outbox({}, stop.get_token())); });
    stop.request_stop();
}

TYPED_TEST_P(LedgerStoreContract, ADeadlineThatHasPassedChangesNothing) {
    const auto applied =
        this->store().apply(kHome, this->change_with_event(),
                            Deadline::after(this->engine_.clock, std::chrono::milliseconds(0)));
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, ErrorCode::deadline_exceeded);
    EXPECT_EQ(*this->store().sequence(kHome), 0);
}

TYPED_TEST_P(LedgerStoreContract, ManyCallersLoseNothingAndOneKeyHasOneEffect) {
    constexpr int kThreads = 8;
    constexpr int kEach = 25;
    this->add_account(1, "Everyday");
    this->add_account(1, "Everyday", kNeighbours);
    std::atomic<int> winners = 0;
    std::atomic<int> applied_count = 0;
    std::vector<std::jthread> callers;
    for (int thread = 0; thread < kThreads; ++thread) {
        callers.emplace_back([&, thread] {
            for (int i = 0; i < kEach; ++i) {
                const HouseholdId household = i % 2 == 0 ? kHome : kNeighbours;
                LedgerChange change = this->change_with_event();
                change.added.push_back(this->day(static_cast<std::uint64_t>(thread * kEach + i)));
                applied_count += this->apply(change, household).has_value() ? 1 : 0;
                change.accounts.push_back(account_of(2, "Never"));
                EXPECT_FALSE(this->apply(change, household)) << "the same id again";
                LedgerChange keyed = this->change_with_event();
                keyed.answer =
                    IdempotentAnswer{.key = std::to_string(i), .expires_at = {INT64_MAX}};
                winners += this->apply(keyed, household).has_value() ? 1 : 0;
            }
        });
    }
    callers.clear();
    EXPECT_EQ(applied_count, kThreads * kEach);
    EXPECT_EQ(winners, kEach);
    EXPECT_EQ(*this->store().sequence(kHome) + *this->store().sequence(kNeighbours),
              2 + kThreads * kEach + kEach);
    this->engine_.reopen();
    std::int64_t total = 0;
    for (const HouseholdId household : {kHome, kNeighbours}) {
        const auto history = *this->store().history(household, 0, kOutboxReadMax);
        for (std::size_t i = 0; i < history.size(); ++i) {
            EXPECT_EQ(history[i].sequence, static_cast<Sequence>(i + 1));
        }
        const auto accounts = *this->store().accounts(household);
        EXPECT_EQ(accounts.size(), 1U) << "of a refused change in a shared transaction";
        EXPECT_EQ(accounts.at(0).balance, dollars(100 * accounts.at(0).transactions));
        total += accounts.at(0).transactions;
    }
    EXPECT_EQ(total, kThreads * kEach);
}

REGISTER_TYPED_TEST_SUITE_P(
    LedgerStoreContract, AnUnknownHouseholdIsEmptyAtZero,
    SequenceCountsEventsPerHouseholdWithoutGaps, KeepsEveryFieldOfATransactionAndAnAccount,
    BalancesFollowEveryKindOfChange, AnAccountIsReplacedByItsIdAndKeepsItsBalance,
    RefusesWhatDoesNotFitAndThenNothingHasChanged, ExpectedIsTheSequenceOfTheReadItWasDecidedOn,
    HouseholdsDoNotSeeEachOther, ImportsAreKeptReplacedAndListedNewestFirst,
    AnAnswerIsKeptWithItsEffectUntilItExpires, TheOutboxIsReadInOrderMarkedAndKeptAsHistory,
    MarkingPastTheEndSkipsNothingThatComesLater, WaitOutboxAnswersWhenThereIsARow,
    ADeadlineThatHasPassedChangesNothing, ManyCallersLoseNothingAndOneKeyHasOneEffect);

}  // namespace atlas::ports::testing
