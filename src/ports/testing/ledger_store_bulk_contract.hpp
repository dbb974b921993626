// SPDX-License-Identifier: Apache-2.0
// What every LedgerStore does with many things at once: events by the thousand among single ones,
// changes that come as a stream. Over the same Engine as ledger_store_contract.hpp.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "ports/testing/ledger_store_contract.hpp"

namespace atlas::ports::testing {

/// A stream of pieces held in memory.
class HeldStream final : public ChangeStream {
public:
    void add(finance::ledger::Transaction transaction) {
        OutboxEvent event{.type = "Recorded", .payload = to_string(transaction.id)};
        pieces_.push_back({.added = std::move(transaction), .event = std::move(event), .told = {}});
        ++events_;
    }
    void remove(TransactionId id) {
        pieces_.push_back({.event = {.type = "Removed", .payload = to_string(id)}, .removed = id});
        ++events_;
    }
    void replace(finance::ledger::Transaction transaction) {
        OutboxEvent event{.type = "Changed", .payload = to_string(transaction.id)};
        pieces_.push_back({.event = std::move(event), .replaced = std::move(transaction)});
        ++events_;
    }
    void say(std::string payload) {
        pieces_.push_back({.event = {.type = "Said", .payload = std::move(payload)}});
        ++events_;
    }
    void tell(TransactionId id, std::int64_t line) {
        pieces_.push_back({.added = {},
                           .event = {},
                           .told = Telling{id, {id_of<ImportId>(2), "again.ofx", line, 1}}});
    }
    Result<void> rewind() override {
        next_ = 0;
        return {};
    }
    Result<std::optional<StreamedChange>> next() override {
        if (next_ == pieces_.size()) {
            return std::optional<StreamedChange>();
        }
        return std::optional(pieces_[next_++]);
    }
    std::int64_t events() const override { return events_; }

private:
    std::vector<StreamedChange> pieces_;
    std::size_t next_ = 0;
    std::int64_t events_ = 0;
};

/// Takes out what the store shows of an import, as it is shown while the change is being written.
class ReadingStream final : public ChangeStream {
public:
    ReadingStream(LedgerStore& store, ImportId import, std::int64_t count)
        : store_(store),
          count_(count) {
        query_.import_id = import;
        query_.limit = 100;
    }
    Result<void> rewind() override {
        page_ = {};
        query_.cursor.clear();
        at_ = 0;
        is_last_ = false;
        return {};
    }
    Result<std::optional<StreamedChange>> next() override {
        if (at_ == page_.items.size() && !is_last_) {
            ATLAS_TRY_ASSIGN(page_, store_.transactions(kHome, query_));
            query_.cursor = page_.next_cursor;
            is_last_ = query_.cursor.empty();
            at_ = 0;
        }
        if (at_ == page_.items.size()) {
            return std::optional<StreamedChange>();
        }
        const TransactionId id = page_.items[at_++].id;
        return std::optional(
            StreamedChange{.event = {.type = "Removed", .payload = to_string(id)}, .removed = id});
    }
    std::int64_t events() const override { return count_; }

private:
    LedgerStore& store_;
    std::int64_t count_;
    TransactionQuery query_;
    TransactionPage page_;
    std::size_t at_ = 0;
    bool is_last_ = false;
};

template <class Engine>
class LedgerStoreBulkContract : public LedgerStoreContract<Engine> {
protected:
    /// `count` events with payloads of all lengths, some of them empty.
    LedgerChange change_of_events(std::size_t count, Random& random) {
        LedgerChange change;
        for (std::size_t i = 0; i < count; ++i) {
            std::string payload(random.below(40), 'x');
            if (random.chance(0.5)) {
                payload += std::to_string(random.next());
            }
            change.events.push_back(
                {.type = random.chance(0.5) ? "Changed" : "Recorded", .payload = payload});
        }
        return change;
    }
    void expect_alike(const OutboxRow& row, const OutboxRow& expected) {
        EXPECT_EQ(row.household, expected.household);
        EXPECT_EQ(row.sequence, expected.sequence);
        EXPECT_EQ(row.recorded_at, expected.recorded_at);
        EXPECT_EQ(row.event.type, expected.event.type);
        EXPECT_EQ(row.event.payload, expected.event.payload);
    }
};

TYPED_TEST_SUITE_P(LedgerStoreBulkContract);

TYPED_TEST_P(LedgerStoreBulkContract, EventsAreReadBackHoweverManyWereWrittenAtOnce) {
    Random random(20261123);
    std::map<HouseholdId, std::vector<OutboxRow>> written;
    std::vector<OutboxRow> all;
    for (const std::size_t count : {1UL, 700UL, 2UL, 31UL, 32UL, 256UL, 257UL, 1UL, 90UL}) {
        for (const HouseholdId household : {kHome, kNeighbours}) {
            this->engine_.clock.advance(std::chrono::seconds(1));
            LedgerChange change = this->change_of_events(count, random);
            if (count == 90) {  // Some that are too large to be packed with others.
                for (const std::size_t large : {5UL, 6UL, 7UL, 89UL}) {
                    change.events[large].payload.append(700'000, 'y');
                }
            }
            ASSERT_TRUE(this->apply(change, household));
            for (const OutboxEvent& event : change.events) {
                std::vector<OutboxRow>& own = written[household];
                own.push_back({.position = 0,
                               .household = household,
                               .sequence = static_cast<Sequence>(own.size()) + 1,
                               .recorded_at = this->engine_.clock.now(),
                               .event = event});
                all.push_back(own.back());
            }
        }
    }
    this->engine_.reopen();
    for (const auto& [household, own] : written) {
        for (int i = 0; i < 60; ++i) {
            const auto after = random.between(0, static_cast<std::int64_t>(own.size()));
            const std::size_t limit = random.chance(0.3) ? kOutboxReadMax : 1 + random.below(400);
            const auto rows = *this->store().history(household, after, limit);
            const std::size_t left = own.size() - static_cast<std::size_t>(after);
            ASSERT_EQ(rows.size(), std::min(limit, left)) << after << " " << limit;
            for (std::size_t k = 0; k < rows.size(); ++k) {
                this->expect_alike(rows[k], own[static_cast<std::size_t>(after) + k]);
            }
        }
    }
    // Marked anywhere, also in the middle of what was written together.
    std::size_t relayed = 0;
    std::int64_t position = 0;
    while (relayed < all.size()) {
        const auto rows = *this->store().outbox(1 + random.below(300));
        ASSERT_FALSE(rows.empty());
        const std::size_t taken = 1 + random.below(rows.size());
        for (std::size_t k = 0; k < rows.size(); ++k) {
            this->expect_alike(rows[k], all.at(relayed + k));
            ASSERT_GT(rows[k].position, k == 0 ? position : rows[k - 1].position);
        }
        position = rows[taken - 1].position;
        relayed += taken;
        ASSERT_TRUE(this->store().mark_relayed(position));
    }
    EXPECT_TRUE(this->store().outbox(10)->empty());
    ASSERT_TRUE(this->store().mark_relayed(position + 1'000'000));
    ASSERT_TRUE(this->apply(this->change_of_events(40, random)));
    EXPECT_EQ(this->store().outbox(100)->size(), 40U);  // Nothing that came later is skipped.
}

TYPED_TEST_P(LedgerStoreBulkContract, AStreamIsOneChange) {
    this->add_days(3);
    auto stream = std::make_shared<HeldStream>();
    constexpr std::uint64_t kCount = 5000;
    for (std::uint64_t i = 3; i < kCount; ++i) {
        stream->add(this->day(i));
        if (i % 7 == 0) {
            stream->tell(scattered_id(i), static_cast<std::int64_t>(i));  // Of the stream itself.
        }
        if (i == 4000) {
            stream->tell(scattered_id(1), 1);
        }
    }
    LedgerChange change = this->change_with_event();
    change.stream = stream;
    EXPECT_EQ(*this->apply(change), 1 + 1 + static_cast<Sequence>(kCount) - 3);
    this->engine_.reopen();
    for (const std::uint64_t i : {0UL, 3UL, 2050UL, kCount - 1}) {
        EXPECT_EQ(*this->store().transaction(kHome, scattered_id(i)), this->day(i));
    }
    EXPECT_EQ(this->store().accounts(kHome)->at(0).transactions, static_cast<std::int64_t>(kCount));
    EXPECT_EQ(this->store().told_besides(kHome, id_of<ImportId>(2))->size(), 4996U / 7 + 1 + 1);
    const auto rows = *this->store().history(kHome, 2, kOutboxReadMax);
    ASSERT_EQ(rows.size(), kCount - 3);
    for (std::uint64_t i = 3; i < kCount; ++i) {
        ASSERT_EQ(rows[i - 3].event.payload, to_string(scattered_id(i)));
    }
}

TYPED_TEST_P(LedgerStoreBulkContract, AStreamThatDoesNotFitChangesNothing) {
    this->add_days(3);
    const auto refused = [&](const std::shared_ptr<HeldStream>& stream) {
        LedgerChange change = this->change_with_event();
        change.stream = stream;
        EXPECT_EQ(this->code_of(change), ErrorCode::conflict);
        EXPECT_EQ(*this->store().sequence(kHome), 1);
        EXPECT_EQ(this->store().accounts(kHome)->at(0).transactions, 3);
        EXPECT_EQ(this->store().history(kHome, 1, 10)->size(), 0U);
        EXPECT_TRUE(this->store().known_ids(kHome, std::array{scattered_id(50)})->empty());
    };
    auto there_already = std::make_shared<HeldStream>();
    auto twice = std::make_shared<HeldStream>();
    auto told_of_nothing = std::make_shared<HeldStream>();
    for (std::uint64_t i = 10; i < 3000; ++i) {
        there_already->add(this->day(i));
        twice->add(this->day(i));
        told_of_nothing->add(this->day(i));
    }
    there_already->add(this->day(2));
    twice->add(this->day(11));
    told_of_nothing->tell(scattered_id(5), 1);
    refused(there_already);
    refused(twice);
    refused(told_of_nothing);
}

TYPED_TEST_P(LedgerStoreBulkContract, AnIdIsFreeAgainWhenItsTransactionIsRemoved) {
    this->add_days(3);
    LedgerChange change = this->change_with_event();
    change.removed = {scattered_id(1)};
    ASSERT_TRUE(this->apply(change));
    EXPECT_EQ(this->store().transaction(kHome, scattered_id(1)).error().code, ErrorCode::not_found);
    EXPECT_TRUE(this->store().known_ids(kHome, std::array{scattered_id(1)})->empty());
    change = this->change_with_event();
    change.added = {this->day(1)};
    ASSERT_TRUE(this->apply(change));
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(1)), this->day(1));
    // In one change too: out and in again.
    change = this->change_with_event();
    change.removed = {scattered_id(1)};
    change.added = {this->day(1)};
    ASSERT_TRUE(this->apply(change));
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(1)), this->day(1));
}

TYPED_TEST_P(LedgerStoreBulkContract, AStreamTakesOutInTheOrderOfItsPieces) {
    constexpr std::uint64_t kCount = 5000;
    this->add_days(kCount);
    LedgerChange telling = this->change_with_event();
    telling.told = {Telling{scattered_id(4999), {id_of<ImportId>(2), "again.ofx", 1, 1}},
                    Telling{scattered_id(4), {id_of<ImportId>(2), "again.ofx", 2, 1}}};
    ASSERT_TRUE(this->apply(telling));
    auto stream = std::make_shared<HeldStream>();
    std::vector<std::string> said;
    const auto note = [&](std::uint64_t i) { said.push_back(to_string(scattered_id(i))); };
    for (std::uint64_t i = 10; i < kCount; ++i) {
        stream->remove(scattered_id(i));
        note(i);
    }
    stream->add(this->day(6000));  // In and out again; and one that is told of in between.
    stream->tell(scattered_id(6000), 1);
    stream->remove(scattered_id(6000));
    stream->add(this->day(7000));
    stream->remove(scattered_id(7000));
    stream->remove(scattered_id(5));  // Out and in again.
    stream->add(this->day(5));
    stream->tell(scattered_id(5), 2);
    stream->say("the end");
    for (const std::uint64_t i : {6000UL, 6000UL, 7000UL, 7000UL, 5UL, 5UL}) {
        note(i);
    }
    said.emplace_back("the end");
    LedgerChange change;
    change.stream = stream;
    const Sequence before = *this->store().sequence(kHome);
    EXPECT_EQ(*this->apply(change), before + stream->events());
    EXPECT_EQ(stream->events(), static_cast<std::int64_t>(said.size()));
    this->engine_.reopen();
    EXPECT_EQ(this->ids({}).size(), 10U);
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(5)), this->day(5));
    EXPECT_EQ(this->store().transaction(kHome, scattered_id(10)).error().code,
              ErrorCode::not_found);
    EXPECT_EQ(this->store().accounts(kHome)->at(0).transactions, 10);
    EXPECT_EQ(this->store().accounts(kHome)->at(0).balance, dollars(1000));
    EXPECT_EQ(this->store().movements(kHome, id_of<AccountId>(1), Date::from_days(40000))->size(),
              10U);
    // What was told of those that went is forgotten.
    EXPECT_EQ(this->store().told_besides(kHome, id_of<ImportId>(2))->size(), 2U);
    const auto rows = *this->store().history(kHome, before, kOutboxReadMax);
    ASSERT_EQ(rows.size(), said.size());
    for (std::size_t i = 0; i < said.size(); ++i) {
        ASSERT_EQ(rows[i].event.payload, said[i]) << i;
    }
}

TYPED_TEST_P(LedgerStoreBulkContract, AStreamReplacesInTheOrderOfItsPieces) {
    constexpr std::uint64_t kCount = 5000;
    this->add_days(kCount);
    const auto richer = [&](std::uint64_t number, std::int64_t minor) {
        auto transaction = this->day(number);
        transaction.amount = dollars(minor);
        transaction.splits[0].amount = transaction.amount;
        transaction.description = "richer";
        return transaction;
    };
    auto stream = std::make_shared<HeldStream>();
    for (std::uint64_t i = 1; i < kCount; ++i) {
        stream->replace(richer(i, 200));
    }
    stream->add(this->day(6000));  // In and changed; changed twice; changed and out.
    stream->replace(richer(6000, 700));
    stream->replace(richer(6000, 900));
    stream->remove(scattered_id(1));
    stream->replace(richer(2, 300));
    stream->remove(scattered_id(2));
    LedgerChange change;
    change.stream = stream;
    const Sequence before = *this->store().sequence(kHome);
    EXPECT_EQ(*this->apply(change), before + stream->events());
    this->engine_.reopen();
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(0)), this->day(0));
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(4999)), richer(4999, 200));
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(6000)), richer(6000, 900));
    EXPECT_EQ(this->store().accounts(kHome)->at(0).transactions, 4999);
    EXPECT_EQ(this->store().accounts(kHome)->at(0).balance, dollars(100 + 4997 * 200 + 900));
    TransactionQuery named;
    named.text = "richer";
    named.count = true;
    EXPECT_EQ(this->store().transactions(kHome, named)->total, 4998);
    const auto rows = *this->store().history(kHome, before, kOutboxReadMax);
    EXPECT_EQ(rows[0].event.payload, to_string(scattered_id(1)));
    // What is not there cannot become another, nor one that does not sum.
    for (const bool absent : {true, false}) {
        auto refused = std::make_shared<HeldStream>();
        refused->replace(richer(3, 500));
        auto wrong = richer(absent ? 9000 : 4, 400);
        wrong.splits[0].amount = dollars(absent ? 400 : 399);
        refused->replace(wrong);
        LedgerChange change_refused;
        change_refused.stream = refused;
        EXPECT_EQ(this->code_of(change_refused),
                  absent ? ErrorCode::conflict : ErrorCode::invalid_argument);
    }
    EXPECT_EQ(*this->store().transaction(kHome, scattered_id(3)), richer(3, 200));
}

TYPED_TEST_P(LedgerStoreBulkContract, AStreamSeesTheStoreAsItWasBefore) {
    constexpr std::int64_t kCount = 5000;
    this->add_days(kCount);
    LedgerChange change;  // An account may go with its transactions; the stream has the events.
    change.stream = std::make_shared<ReadingStream>(this->store(), id_of<ImportId>(1), kCount);
    change.removed_accounts = {id_of<AccountId>(1)};
    EXPECT_EQ(*this->apply(change), 1 + kCount);
    EXPECT_TRUE(this->store().accounts(kHome)->empty());
    EXPECT_TRUE(this->ids({}).empty());
    // A stream without an event is none.
    this->add_days(0);
    change.stream = std::make_shared<HeldStream>();
    EXPECT_EQ(this->code_of(change), ErrorCode::invalid_argument);
}

TYPED_TEST_P(LedgerStoreBulkContract, AStreamThatTakesOutWhatIsNotThereChangesNothing) {
    constexpr std::uint64_t kCount = 3000;
    this->add_days(kCount);
    auto unknown = std::make_shared<HeldStream>();
    auto twice = std::make_shared<HeldStream>();
    auto told_of_it = std::make_shared<HeldStream>();
    for (std::uint64_t i = 0; i < kCount; ++i) {
        unknown->remove(scattered_id(i));
        twice->remove(scattered_id(i));
        told_of_it->remove(scattered_id(i));
    }
    unknown->remove(scattered_id(kCount));
    twice->remove(scattered_id(7));
    told_of_it->tell(scattered_id(7), 1);
    for (const auto& stream : {unknown, twice, told_of_it}) {
        LedgerChange change = this->change_with_event();
        change.stream = stream;
        EXPECT_EQ(this->code_of(change), ErrorCode::conflict);
        EXPECT_EQ(*this->store().sequence(kHome), 1);
        EXPECT_EQ(this->store().accounts(kHome)->at(0).transactions,
                  static_cast<std::int64_t>(kCount));
        EXPECT_EQ(*this->store().transaction(kHome, scattered_id(7)), this->day(7));
        EXPECT_TRUE(this->store().history(kHome, 1, 10)->empty());
    }
}

TYPED_TEST_P(LedgerStoreBulkContract, ReadsManyByTheirIdsInTheirOrder) {
    this->add_days(40);
    std::vector<TransactionId> ids;
    std::vector<finance::ledger::Transaction> expected;
    for (const std::uint64_t i : {7UL, 90UL, 39UL, 0UL, 91UL, 7UL}) {
        ids.push_back(scattered_id(i));
        if (i < 40) {
            expected.push_back(this->day(i));
        }
    }
    EXPECT_EQ(*this->store().transactions_of(kHome, ids), expected);
    EXPECT_TRUE(this->store().transactions_of(kNeighbours, ids)->empty());
    EXPECT_TRUE(this->store().transactions_of(kHome, {})->empty());
}

REGISTER_TYPED_TEST_SUITE_P(LedgerStoreBulkContract, EventsAreReadBackHoweverManyWereWrittenAtOnce,
                            AStreamIsOneChange, AStreamThatDoesNotFitChangesNothing,
                            AStreamTakesOutInTheOrderOfItsPieces,
                            AStreamReplacesInTheOrderOfItsPieces, AStreamSeesTheStoreAsItWasBefore,
                            AStreamThatTakesOutWhatIsNotThereChangesNothing,
                            AnIdIsFreeAgainWhenItsTransactionIsRemoved,
                            ReadsManyByTheirIdsInTheirOrder);

}  // namespace atlas::ports::testing
