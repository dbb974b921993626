// SPDX-License-Identifier: Apache-2.0
// Goal: a household that is erased while its events still wait holds nobody up, and nothing of it
// is delivered any more. Method: the event log on the simulated disk with two households in one
// partition; the key of one is destroyed while the outbox, the queue of ingest or a mark has
// something of both.
#include <gtest/gtest.h>

#include <map>

#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "base/format.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/finance_engine/relay.hpp"
#include "roles/finance_engine/testing/fakes.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::ingest {
namespace {

using adapters::event_bus::segment_log::SegmentLogBus;
using contracts::EventsAccepted;
using ports::testing::kHome;
using ports::testing::kNeighbours;
using roles::finance_engine::EventIngest;
using roles::finance_engine::OutboxCarrier;
using roles::finance_engine::testing::FakeLedger;

class Erased : public testing::Test {
protected:
    Erased() { reopen(); }
    void reopen() {
        bus_.reset();
        auto bus = SegmentLogBus::open({.folder = "log", .partitions = 1}, disk_, secrets_);
        ASSERT_TRUE(bus.has_value()) << to_string(bus.error());
        bus_ = *std::move(bus);
    }
    /// How many events of a topic each household still has, by what can be read of them.
    std::map<HouseholdId, int> readable(std::string_view topic) {
        std::map<HouseholdId, int> counts;
        const auto events = bus_->read(topic, 0, 0, 10'000);
        EXPECT_TRUE(events.has_value());
        for (const ports::StoredEvent& stored : *events) {
            counts[stored.event.household] += stored.event.type == ports::kErasedEvent ? 0 : 1;
        }
        return counts;
    }
    /// Sends one line; the answer is 0 for stored, or why not.
    void send(EventIngest& ingest, HouseholdId household, const std::string& key) {
        contracts::IngestEvents request;
        request.content =
            R"({"type":"UserEvent","payload":{"occurred_at":"2026-11-23T10:00:00Z","name":"x"}})";
        ports::CallContext context;
        context.household = household;
        context.idempotency_key = key;
        ingest.submit(request, context, [this, household](Result<EventsAccepted> answer) {
            answers_[household].push_back(answer.has_value() ? "stored"
                                                             : std::string(answer.error().message));
        });
    }

    disk::SimDisk disk_{};
    ports::testing::PlainSecrets secrets_{};
    ManualClock clock_{Timestamp{1'000'000'000}};
    std::unique_ptr<SegmentLogBus> bus_;
    std::map<HouseholdId, std::vector<std::string>> answers_;
};

TEST_F(Erased, TheOutboxGoesOnWithoutThem) {
    FakeLedger ledger;
    const auto write = [&](int count) {
        for (int i = 0; i < count; ++i) {
            ledger.write(kHome, {"Event", format("{}", i)});
            ledger.write(kNeighbours, {"Event", format("{}", i)});
        }
    };
    write(3);
    OutboxCarrier carrier({ledger, *bus_, clock_}, {kHome, kNeighbours});
    ASSERT_TRUE(carrier.carry().has_value());
    write(4);  // These wait.
    ASSERT_TRUE(secrets_.destroy(kHome).has_value());
    const auto carried = carrier.carry();
    ASSERT_TRUE(carried.has_value()) << to_string(carried.error());
    EXPECT_EQ(*carried, 8U) << "all are off the outbox";
    EXPECT_EQ(readable(ports::kLedgerTopic)[kNeighbours], 7);
    EXPECT_EQ(readable(ports::kLedgerTopic)[kHome], 0);

    // A start reconciles with what the log has: not even then does anybody wait.
    reopen();
    write(2);
    OutboxCarrier after({ledger, *bus_, clock_}, {kHome, kNeighbours});
    for (;;) {
        const auto more = after.carry();
        ASSERT_TRUE(more.has_value()) << to_string(more.error());
        if (*more == 0) {
            break;
        }
    }
    EXPECT_EQ(readable(ports::kLedgerTopic)[kNeighbours], 9);
    EXPECT_EQ(readable(ports::kLedgerTopic)[kHome], 0);
    std::int64_t last = 0;
    const auto events = *bus_->read(ports::kLedgerTopic, 0, 0, 1000);
    for (const ports::StoredEvent& stored : events) {
        if (stored.event.household == kNeighbours) {
            EXPECT_EQ(stored.event.sequence, ++last) << "once each, in order";
        }
    }
}

TEST_F(Erased, IngestRefusesThemAndStoresTheOthers) {
    EventIngest ingest({*bus_, clock_});
    ASSERT_TRUE(ingest.recover().has_value());
    for (int i = 0; i < 3; ++i) {
        send(ingest, kHome, format("h{}", i));
        send(ingest, kNeighbours, format("n{}", i));
        send(ingest, kHome, "");
        send(ingest, kHome, format("h{}", i));  // Listens to the one before.
    }
    ASSERT_TRUE(secrets_.destroy(kHome).has_value());
    while (ingest.write_group(0)) {}
    EXPECT_EQ(answers_[kNeighbours], std::vector<std::string>(3, "stored"));
    EXPECT_EQ(answers_[kHome], std::vector<std::string>(9, "this household was erased"));
    EXPECT_EQ(readable(contracts::kEventsTopic)[kNeighbours], 6) << "with the heads of the keys";
    EXPECT_EQ(readable(contracts::kEventsTopic)[kHome], 0);
    // Whoever still sends for them is told so each time; the others' keys hold.
    send(ingest, kHome, "h0");
    send(ingest, kNeighbours, "n0");
    while (ingest.write_group(0)) {}
    EXPECT_EQ(answers_[kHome].back(), "this household was erased");
    EXPECT_EQ(answers_[kNeighbours].back(), "stored");
    EXPECT_EQ(readable(contracts::kEventsTopic)[kNeighbours], 6);
}

TEST_F(Erased, MarksGoOnWithoutThem) {
    {
        EventIngest ingest({*bus_, clock_});
        ASSERT_TRUE(ingest.recover().has_value());
        send(ingest, kHome, "h");
        send(ingest, kNeighbours, "n");
        while (ingest.write_group(0)) {}
        ASSERT_TRUE(secrets_.destroy(kHome).has_value());
        ingest.mark_soon();
        ingest.write_group(0);  // Finds out.
        ingest.write_group(0);  // Marks the others.
    }
    EXPECT_EQ(readable(contracts::kEventMarksTopic)[kHome], 0);
    EXPECT_GE(readable(contracts::kEventMarksTopic)[kNeighbours], 1);
    bool closes = false;
    const auto marks = *bus_->read(contracts::kEventMarksTopic, 0, 0, 100);
    for (const ports::StoredEvent& mark : marks) {
        closes = closes || mark.event.payload.find(R"("closes":true)") != std::string::npos;
    }
    EXPECT_TRUE(closes) << "a start would read the whole topic again";
    reopen();
    EventIngest again({*bus_, clock_});
    ASSERT_TRUE(again.recover().has_value());
    send(again, kNeighbours, "n");
    while (again.write_group(0)) {}
    EXPECT_EQ(answers_[kNeighbours], std::vector<std::string>(2, "stored"));
    EXPECT_EQ(readable(contracts::kEventsTopic)[kNeighbours], 2) << "the key had its effect once";
}

}  // namespace
}  // namespace atlas::sim::ingest
