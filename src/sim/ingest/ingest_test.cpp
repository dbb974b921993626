// SPDX-License-Identifier: Apache-2.0
// Goal: a key sent again has one effect and one answer, whatever the disk or the engine did in
// between; what was answered is there; sequence numbers never come twice. Method: seeded lives of
// ingest over the event log on the simulated disk, cut anywhere; an engine that stores a part of
// each append and fails; the log read back and counted.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "adapters/event_bus/memory/event_bus.hpp"
#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "base/format.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::ingest {
namespace {

using adapters::event_bus::memory::MemoryEventBus;
using adapters::event_bus::segment_log::SegmentLogBus;
using contracts::EventsAccepted;
using ports::testing::kHome;
using ports::testing::kNeighbours;
using roles::finance_engine::EventIngest;
using roles::finance_engine::IngestLimits;
using roles::finance_engine::read_event_page;

std::string line_of(const std::string& name) {
    return format(
        R"({{"type":"UserEvent","payload":{{"occurred_at":"2026-11-23T10:00:00Z","name":"{}"}}}})"
        "\n",
        name);
}

/// `count` events that no other batch has.
std::string body_of(const std::string& batch, std::size_t count) {
    std::string body;
    for (std::size_t i = 0; i < count; ++i) {
        body += line_of(format("{}.{}", batch, i));
    }
    return body;
}

/// Calls submit, and keeps the answer.
struct Asked {
    std::optional<Result<EventsAccepted>> answer{};
    std::shared_ptr<int> answers = std::make_shared<int>(0);
};

void send(EventIngest& ingest, HouseholdId household, const std::string& body,
          const std::string& key, const std::shared_ptr<Asked>& asked) {
    contracts::IngestEvents request;
    request.content = body;
    ports::CallContext context;
    context.household = household;
    context.idempotency_key = key;
    ingest.submit(request, context, [asked](Result<EventsAccepted> answer) {
        ++*asked->answers;
        asked->answer = std::move(answer);
    });
}

EventsAccepted send_now(EventIngest& ingest, HouseholdId household, const std::string& body,
                        const std::string& key) {
    const auto asked = std::make_shared<Asked>();
    send(ingest, household, body, key, asked);
    while (ingest.write_group(0)) {}
    EXPECT_EQ(*asked->answers, 1);
    EXPECT_TRUE(asked->answer->has_value()) << to_string(asked->answer->error());
    return asked->answer->has_value() ? **asked->answer : EventsAccepted{};
}

ErrorCode refusal(EventIngest& ingest, const std::string& body, const std::string& key) {
    const auto asked = std::make_shared<Asked>();
    send(ingest, kHome, body, key, asked);
    while (ingest.write_group(0)) {}
    EXPECT_EQ(*asked->answers, 1);
    EXPECT_FALSE(asked->answer->has_value());
    return asked->answer->has_value() ? ErrorCode::internal : asked->answer->error().code;
}

/// How often each event is in the log, by what its payload says; sequences checked on the way.
std::map<std::string, int> count_events(ports::EventBus& bus) {
    std::map<std::string, int> found;
    std::map<HouseholdId, std::int64_t> last;
    for (ports::Offset from = 0;;) {
        const auto events = bus.read(contracts::kEventsTopic, 0, from, 1000);
        EXPECT_TRUE(events.has_value()) << to_string(events.error());
        if (!events.has_value() || events->empty()) {
            return found;
        }
        for (const ports::StoredEvent& stored : *events) {
            EXPECT_GT(stored.event.sequence, last[stored.event.household]) << "a sequence again";
            last[stored.event.household] = stored.event.sequence;
            if (stored.event.type != contracts::kIngestBatch) {
                ++found[stored.event.payload];
            }
            from = stored.offset + 1;
        }
    }
}

std::string payload_of(const std::string& name) {
    return format(R"({{"occurred_at":"2026-11-23T10:00:00Z","name":"{}"}})", name);
}

bool same(const EventsAccepted& a, const EventsAccepted& b) {
    return a.accepted == b.accepted && a.rejected == b.rejected && a.recorded_at == b.recorded_at &&
           a.problems == b.problems;
}

class Ingest : public testing::Test {
protected:
    Ingest() { start(); }
    void start(IngestLimits limits = {}) {
        ingest_.reset();
        ingest_ = std::make_unique<EventIngest>(EventIngest::Parts{*bus_, clock_, limits});
        ASSERT_TRUE(ingest_->recover().has_value());
    }
    ManualClock clock_{Timestamp{1'000'000'000}};
    std::unique_ptr<ports::EventBus> bus_ = *MemoryEventBus::create({.partitions = 1});
    std::unique_ptr<EventIngest> ingest_;
};

TEST_F(Ingest, AnswersNobodyBeforeTheAppend) {
    const auto asked = std::make_shared<Asked>();
    send(*ingest_, kHome, body_of("a", 3), "", asked);
    EXPECT_FALSE(asked->answer.has_value());
    EXPECT_TRUE(ingest_->write_group(0));
    ASSERT_TRUE(asked->answer.has_value() && asked->answer->has_value());
    EXPECT_EQ((**asked->answer).accepted, 3);
    EXPECT_EQ((**asked->answer).recorded_at, clock_.now());
    EXPECT_EQ(count_events(*bus_).size(), 3U);
    EXPECT_FALSE(ingest_->write_group(0));
}

TEST_F(Ingest, AHundredSendsOfOneKeyHaveOneEffectAndEqualAnswers) {
    const std::string body = body_of("a", 7) + "broken\n";
    std::vector<std::shared_ptr<Asked>> all;
    for (int i = 0; i < 100; ++i) {
        all.push_back(std::make_shared<Asked>());
        send(*ingest_, kHome, body, "one", all.back());
        if (i == 60) {
            ingest_->write_group(0);
            clock_.advance(std::chrono::seconds(5));
        }
    }
    ingest_->write_group(0);
    ASSERT_TRUE(all.front()->answer->has_value());
    for (const auto& asked : all) {
        ASSERT_EQ(*asked->answers, 1);
        ASSERT_TRUE(asked->answer->has_value());
        EXPECT_TRUE(same(**asked->answer, **all.front()->answer));
    }
    EXPECT_EQ((**all.front()->answer).accepted, 7);
    ASSERT_EQ((**all.front()->answer).problems.size(), 1U);
    EXPECT_EQ((**all.front()->answer).problems[0].line, 8);
    const auto events = count_events(*bus_);
    EXPECT_EQ(events.size(), 7U);
    for (const auto& [payload, count] : events) {
        EXPECT_EQ(count, 1) << payload;
    }
    // Also after a restart, from the log and from a mark.
    for (const bool has_mark : {false, true}) {
        if (has_mark) {
            ingest_->mark_soon();
            ingest_->write_group(0);
        }
        start();
        EXPECT_TRUE(same(send_now(*ingest_, kHome, body, "one"), **all.front()->answer));
        EXPECT_EQ(count_events(*bus_).size(), 7U);
    }
}

TEST_F(Ingest, AKeyIsAHouseholdsOwnAndOfOneBodyForADay) {
    const auto first = send_now(*ingest_, kHome, body_of("a", 2), "k");
    EXPECT_EQ(refusal(*ingest_, body_of("b", 2), "k"), ErrorCode::conflict);
    send_now(*ingest_, kNeighbours, body_of("c", 1), "k");
    EXPECT_EQ(count_events(*bus_).size(), 3U);
    clock_.advance(std::chrono::hours(23));
    EXPECT_TRUE(same(send_now(*ingest_, kHome, body_of("a", 2), "k"), first));
    clock_.advance(std::chrono::hours(1));
    send_now(*ingest_, kHome, body_of("b", 2), "k");
    EXPECT_EQ(count_events(*bus_).size(), 5U);
    // Old keys are forgotten with the marks, too.
    clock_.advance(std::chrono::hours(25));
    ingest_->mark_soon();
    ingest_->write_group(0);
    start();
    send_now(*ingest_, kHome, body_of("d", 2), "k");
    EXPECT_EQ(count_events(*bus_).size(), 7U);
}

TEST_F(Ingest, SaysLaterWhenMoreWaitsThanItHolds) {
    start({.queued_bytes_max = 5'000, .queued_requests_max = 3});
    const auto big = std::make_shared<Asked>();
    send(*ingest_, kHome, body_of("big", 100), "", big);
    EXPECT_FALSE(big->answer.has_value()) << "alone, a large one is let in";
    const auto next = std::make_shared<Asked>();
    send(*ingest_, kHome, body_of("next", 1), "again", next);
    ASSERT_TRUE(next->answer.has_value());
    EXPECT_EQ(next->answer->error().code, ErrorCode::throttled);
    ingest_->write_group(0);
    EXPECT_TRUE(big->answer->has_value());
    EXPECT_EQ(send_now(*ingest_, kHome, body_of("next", 1), "again").accepted, 1);
    std::vector<std::shared_ptr<Asked>> all;
    for (int i = 0; i < 4; ++i) {
        all.push_back(std::make_shared<Asked>());
        send(*ingest_, kHome, body_of(format("s{}", i), 1), "", all.back());
    }
    EXPECT_FALSE(all[2]->answer.has_value());
    ASSERT_TRUE(all[3]->answer.has_value());
    EXPECT_EQ(all[3]->answer->error().code, ErrorCode::throttled);
    start({.keys_max = 2});
    send_now(*ingest_, kHome, body_of("k1", 1), "k1");
    EXPECT_EQ(refusal(*ingest_, body_of("k2", 1), "k2"), ErrorCode::throttled) << "again, k1";
}

TEST_F(Ingest, RefusesWhatHasNoGoodLineAndWhatCameTooLate) {
    EXPECT_EQ(refusal(*ingest_, "", ""), ErrorCode::invalid_argument);
    const auto bad = std::make_shared<Asked>();
    send(*ingest_, kHome, "\n{\"type\":\"UserEvent\",\"payload\":{}}\nx", "", bad);
    ASSERT_TRUE(bad->answer.has_value());
    EXPECT_EQ(bad->answer->error().place, "/payload/occurred_at");
    EXPECT_NE(bad->answer->error().message.find("line 2"), std::string::npos);
    EXPECT_NE(bad->answer->error().message.find("1 lines more"), std::string::npos);

    const auto late = std::make_shared<Asked>();
    contracts::IngestEvents request;
    request.content = body_of("late", 1);
    ports::CallContext context;
    context.household = kHome;
    context.idempotency_key = "late";
    context.deadline = Deadline::after(clock_, std::chrono::milliseconds(10));
    ingest_->submit(request, context,
                    [late](Result<EventsAccepted> answer) { late->answer = std::move(answer); });
    clock_.advance(std::chrono::milliseconds(10));
    EXPECT_FALSE(ingest_->write_group(0));
    ASSERT_TRUE(late->answer.has_value());
    EXPECT_EQ(late->answer->error().code, ErrorCode::deadline_exceeded);
    EXPECT_TRUE(count_events(*bus_).empty());
    EXPECT_EQ(send_now(*ingest_, kHome, request.content, "late").accepted, 1);
}

TEST_F(Ingest, GroupsWhatWaitsAndKeepsItsOrder) {
    std::vector<std::shared_ptr<Asked>> all;
    for (int i = 0; i < 30; ++i) {
        all.push_back(std::make_shared<Asked>());
        send(*ingest_, i % 3 == 0 ? kNeighbours : kHome, body_of(format("{:02}", i), 2),
             i % 2 == 0 ? format("k{}", i) : "", all.back());
    }
    EXPECT_TRUE(ingest_->write_group(0));
    EXPECT_FALSE(ingest_->write_group(0)) << "one append takes them all";
    std::string last;
    const auto events = *bus_->read(contracts::kEventsTopic, 0, 0, 1000);
    for (const ports::StoredEvent& stored : events) {
        if (stored.event.type != contracts::kIngestBatch) {
            EXPECT_GT(stored.event.payload, last);
            last = stored.event.payload;
        }
    }
    EXPECT_EQ(count_events(*bus_).size(), 60U);
}

/// Stores a part of some appends and fails, as an engine may that is not one file.
class TearingBus final : public ports::EventBus {
public:
    explicit TearingBus(Random& random)
        : bus_(*MemoryEventBus::create({.partitions = 1})),
          random_(random) {}
    ports::BusCapabilities capabilities() const override { return bus_->capabilities(); }
    ports::Partition partitions() const override { return 1; }
    ports::Partition partition_of(HouseholdId) const override { return 0; }
    Result<void> append(std::string_view topic, std::span<const ports::Event> events,
                        Deadline deadline) override {
        if (!is_whole && random_.chance(0.5)) {
            const auto part = static_cast<std::size_t>(random_.below(events.size() + 1));
            ATLAS_TRY(bus_->append(topic, events.first(part), deadline));
            return unavailable("torn");
        }
        return bus_->append(topic, events, deadline);
    }
    Result<std::vector<ports::StoredEvent>> read(std::string_view topic, ports::Partition p,
                                                 ports::Offset from, std::size_t limit) override {
        return bus_->read(topic, p, from, limit);
    }
    Result<ports::OffsetRange> range(std::string_view topic, ports::Partition p) override {
        return bus_->range(topic, p);
    }
    Result<ports::Offset> offset_at(std::string_view topic, ports::Partition p,
                                    Timestamp at) override {
        return bus_->offset_at(topic, p, at);
    }
    Result<void> commit_offset(const ports::GroupPosition& position, ports::Offset next) override {
        return bus_->commit_offset(position, next);
    }
    Result<ports::Offset> committed_offset(const ports::GroupPosition& position) override {
        return bus_->committed_offset(position);
    }
    Result<bool> wait(std::string_view topic, ports::Partition p, ports::Offset from,
                      Deadline deadline, std::stop_token stop) override {
        return bus_->wait(topic, p, from, deadline, std::move(stop));
    }
    bool is_whole = false;

private:
    std::unique_ptr<ports::EventBus> bus_;
    Random& random_;
};

TEST(IngestTorn, AKeyedBatchThatWasStoredInPartIsStoredWholeOnceByItsNextSend) {
    int torn = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        TearingBus bus(random);
        ManualClock clock(Timestamp{1'000'000'000});
        auto make = [&] {
            auto made = std::make_unique<EventIngest>(EventIngest::Parts{
                bus, clock, {.mark_keys = 1 + static_cast<std::size_t>(random.below(5))}});
            EXPECT_TRUE(made->recover().has_value());
            return made;
        };
        auto ingest = make();
        constexpr int kBatches = 12;
        for (int i = 0; i < kBatches; ++i) {
            const std::string key = format("k{}", i);
            const std::string body = body_of(key, 1 + random.below(6));
            for (int attempt = 0;; ++attempt) {
                bus.is_whole = attempt == 6;
                const auto asked = std::make_shared<Asked>();
                send(*ingest, i % 2 == 0 ? kHome : kNeighbours, body, key, asked);
                while (ingest->write_group(0)) {}
                clock.advance(std::chrono::seconds(1));
                ASSERT_TRUE(asked->answer.has_value()) << "seed " << seed;
                if (asked->answer->has_value()) {
                    break;
                }
                ++torn;
                if (random.chance(0.4)) {
                    ingest = make();
                }
            }
        }
        for (const auto& [payload, count] : count_events(bus)) {
            ASSERT_EQ(count, 1) << payload << " seed " << seed;
        }
    }
    EXPECT_GT(torn, 200);
}

/// Ingest over the event log on a disk that is cut off anywhere, and what it answered.
struct Lives {
    explicit Lives(std::uint64_t seed) : random(seed) {}

    Result<std::unique_ptr<SegmentLogBus>> open() {
        return SegmentLogBus::open({.folder = "log", .partitions = 1, .segment_bytes = 8192}, disk,
                                   secrets);
    }
    /// One batch, anew or one of before again; half of them keyed. False when it was refused.
    bool send_some(EventIngest& ingest) {
        const bool is_again = number > 0 && random.chance(0.4);
        const auto count = static_cast<std::uint64_t>(number);
        const int which = is_again ? 1 + static_cast<int>(random.below(count)) : ++number;
        const bool is_keyed = which % 2 == 0;
        if (is_again && !is_keyed) {
            return true;
        }
        const std::string name = format("b{}", which);
        auto& size = sizes[name];
        size = size == 0 ? 1 + random.below(9) : size;
        const auto asked = std::make_shared<Asked>();
        send(ingest, kHome, body_of(name, size), is_keyed ? name : "", asked);
        while (ingest.write_group(0)) {}
        clock.advance(std::chrono::seconds(1));
        EXPECT_TRUE(asked->answer.has_value());
        if (!asked->answer->has_value()) {
            return false;
        }
        const auto known = answered.emplace(name, **asked->answer).first;
        EXPECT_TRUE(same(known->second, **asked->answer)) << name;
        return true;
    }
    void live(bool is_cut) {
        if (is_cut) {
            disk.set_faults({.power_loss_at = disk.operations() + 1 + random.below(300)});
        }
        auto bus = open();
        if (bus.has_value()) {
            EventIngest ingest({**bus, clock, {.mark_keys = 3}});
            bool goes_on = ingest.recover().has_value();
            for (int i = 0; goes_on && i < 20; ++i) {
                goes_on = send_some(ingest);
            }
            disk.set_faults({.power_loss_at = disk.operations() + 1});
        }
        bus = unavailable("closed");
        disk.restart(random);
        disk.set_faults({});
    }

    Random random;
    disk::SimDisk disk{};
    ports::testing::PlainSecrets secrets{};
    ManualClock clock{Timestamp{1'000'000'000}};
    std::map<std::string, EventsAccepted> answered{};  ///< By batch.
    std::map<std::string, std::size_t> sizes{};
    int number = 0;
};

TEST(IngestLives, LosesNothingAnsweredAndRepeatsNoKeyAfterPowerCuts) {
    std::size_t batches = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(format("seed {}", seed));
        Lives lives(seed);
        for (int life = 0; life < 6; ++life) {
            lives.live(life < 5);
        }
        const auto bus = lives.open();
        ASSERT_TRUE(bus.has_value()) << to_string(bus.error());
        const auto found = count_events(**bus);
        for (const auto& [payload, count] : found) {
            ASSERT_EQ(count, 1) << payload;
        }
        for (const auto& [name, answer] : lives.answered) {
            for (std::size_t i = 0; i < lives.sizes[name]; ++i) {
                ASSERT_TRUE(found.contains(payload_of(format("{}.{}", name, i)))) << name;
            }
        }
        batches += lives.answered.size();
    }
    EXPECT_GT(batches, 500U);
}

TEST_F(Ingest, PagesByOffsetTimeKindAndCursorAndShowsNobodyElses) {
    for (int i = 0; i < 25; ++i) {
        clock_.advance(std::chrono::seconds(1));
        send_now(*ingest_, i % 5 == 4 ? kNeighbours : kHome, body_of(format("{:02}", i), 1),
                 i % 2 == 0 ? format("k{}", i) : "");
    }
    contracts::ListEvents ask;
    ask.limit = 7;
    std::vector<std::string> names;
    std::optional<std::int64_t> fifth;
    for (;;) {
        const auto page = read_event_page(*bus_, kHome, ask);
        ASSERT_TRUE(page.has_value());
        for (const contracts::EventValue& event : page->items) {
            names.push_back(event.payload.text);
            fifth = names.size() == 5 ? event.offset : fifth;
        }
        if (!page->next_cursor) {
            break;
        }
        EXPECT_EQ(page->items.size(), 7U);
        ask.cursor = page->next_cursor;
    }
    ASSERT_EQ(names.size(), 20U);
    EXPECT_EQ(names[3], payload_of("03.0"));
    EXPECT_EQ(names[4], payload_of("05.0"));
    contracts::ListEvents from;
    from.from = fifth;
    EXPECT_EQ(read_event_page(*bus_, kHome, from)->items.front().payload.text, names[4]);
    contracts::ListEvents since;
    since.since = Timestamp{1'000'000'000 + 21'000'000};
    EXPECT_EQ(read_event_page(*bus_, kHome, since)->items.front().payload.text, payload_of("20.0"));
    EXPECT_EQ(read_event_page(*bus_, kNeighbours, {})->items.size(), 5U);
    contracts::ListEvents other;
    other.type = "PriceObserved";
    EXPECT_TRUE(read_event_page(*bus_, kHome, other)->items.empty());
    contracts::ListEvents wrong;
    wrong.cursor = "x1";
    EXPECT_EQ(read_event_page(*bus_, kHome, wrong).error().place, "/cursor");
    since.from = 1;
    EXPECT_EQ(read_event_page(*bus_, kHome, since).error().place, "/since");
}

}  // namespace
}  // namespace atlas::sim::ingest
