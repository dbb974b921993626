// SPDX-License-Identifier: Apache-2.0
// Goal: each of two guards of the same thing holds alone: the wiped tail and the chain; the
// watermarks, either slot, their checksum, and what later batches promise; the end that the next
// segment names; the mark of a roll begun. Method: the other guard is taken away by hand, then the
// damage is done that both are there for.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "base/format.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::log {
namespace {

using namespace adapters::event_bus::segment_log;
using ports::kLedgerTopic;
using ports::testing::kHome;

class LogGuard : public testing::Test {
protected:
    Result<void> try_open() {
        bus_.reset();
        ATLAS_TRY_ASSIGN(
            bus_, SegmentLogBus::open({.folder = "log", .partitions = 1, .segment_bytes = 4096},
                                      disk_, secrets_));
        return {};
    }
    Result<void> append(std::size_t payload_bytes = 40) {
        const ports::Event event{.household = kHome,
                                 .sequence = ++last_,
                                 .recorded_at = {last_ * 1000},
                                 .type = "Changed",
                                 .payload = std::string(payload_bytes, 'p')};
        return bus_->append(kLedgerTopic, std::span(&event, 1), Deadline{});
    }
    /// Opened, `count` batches, closed.
    void write(int count) {
        ASSERT_TRUE(try_open().has_value());
        for (int i = 0; i < count; ++i) {
            ASSERT_TRUE(append().has_value());
        }
        bus_.reset();
    }
    std::string path() { return "log/ledger/0/" + disk_.list("log/ledger/0")->front(); }
    std::vector<std::byte> bytes() {
        auto file = *disk_.open(path(), ports::FileMode::read_only);
        std::vector<std::byte> all(static_cast<std::size_t>(*file->size()));
        EXPECT_TRUE(file->read_at(0, all).has_value());
        return all;
    }
    void put(std::uint64_t at, ByteView some) {
        auto file = *disk_.open(path(), ports::FileMode::read_write);
        ASSERT_TRUE(file->write_at(at, some).has_value());
        ASSERT_TRUE(file->sync_data().has_value());
    }
    void wipe(std::uint64_t at, std::size_t size) { put(at, std::vector<std::byte>(size)); }
    /// Where the batches begin, and where the last one ends.
    std::vector<std::uint64_t> places() {
        const auto all = bytes();
        std::vector<std::uint64_t> found{kDataStart};
        while (const auto header = decode_batch_header(
                   ByteView(all).subspan(static_cast<std::size_t>(found.back())))) {
            found.push_back(found.back() + header->length);
        }
        return found;
    }
    void damage_body(std::uint64_t batch) {
        ASSERT_TRUE(disk_.flip_bit(path(), (batch + kHeadBytes + 3) * 8));
    }
    std::int64_t count() {
        const auto events = bus_->read(kLedgerTopic, 0, 0, 1000);
        return events.has_value() ? static_cast<std::int64_t>(events->size()) : -1;
    }

    disk::SimDisk disk_;
    ports::testing::PlainSecrets secrets_;
    std::unique_ptr<SegmentLogBus> bus_;
    std::int64_t last_ = 0;
};

TEST_F(LogGuard, ATornTailIsWipedOffTheDisk) {
    write(3);
    const auto at = places();
    put(at[3], std::vector<std::byte>(300, std::byte{0x5A}));
    ASSERT_TRUE(try_open().has_value());
    EXPECT_EQ(count(), 3);
    bus_.reset();
    const auto all = bytes();
    EXPECT_TRUE(std::all_of(all.begin() + static_cast<std::ptrdiff_t>(at[3]), all.end(),
                            [](std::byte b) { return b == std::byte{0}; }));
}

TEST_F(LogGuard, AStaleBatchThatFitsByItsOffsetsIsKeptOutByItsChain) {
    write(3);
    const auto at = places();
    // Whole by its own checksums, of the right offsets, behind another batch than it was made for.
    const ports::Event event{.household = kHome,
                             .sequence = 4,
                             .recorded_at = {4000},
                             .type = "Changed",
                             .payload = "stale"};
    Record record{.household = kHome,
                  .count = 1,
                  .sealed = "stale",
                  .time_min = event.recorded_at,
                  .time_max = event.recorded_at};
    const Record* const records[] = {&record};
    std::vector<std::byte> batch;
    append_batch(records, {.base = 3, .committed_end = 0, .previous_chain = 0xDEAD, .time_min = {}},
                 batch);
    put(at[3], batch);
    ASSERT_TRUE(try_open().has_value());
    EXPECT_EQ(count(), 3);
    EXPECT_EQ(bus_->range(kLedgerTopic, 0)->end, 3);
}

TEST_F(LogGuard, WhatALaterBatchPromisesIsDamageWithoutAnyWatermark) {
    write(3);
    wipe(kSectorBytes, 2 * kSectorBytes);
    damage_body(places()[1]);
    const auto refused = try_open();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::data_loss);
    EXPECT_NE(refused.error().message.find("offset 1"), std::string::npos)
        << refused.error().message;
}

TEST_F(LogGuard, EitherWatermarkAloneTellsThatTheLastBatchWasPromised) {
    for (int batches = 2; batches <= 5; ++batches) {
        disk_ = disk::SimDisk();
        last_ = 0;
        write(batches);
        const auto at = places();
        // The newest mark stands in one of the two slots, by turns.
        const auto all = bytes();
        int telling = 0;
        for (const std::uint64_t slot : {kSectorBytes, 2 * kSectorBytes}) {
            const auto mark =
                decode_watermark(ByteView(all).subspan(static_cast<std::size_t>(slot)));
            ASSERT_TRUE(mark.has_value()) << "both are in use after two batches";
            telling += mark->committed_end == at.back() ? 1 : 0;
        }
        EXPECT_EQ(telling, 1);
        damage_body(at[at.size() - 2]);
        const auto refused = try_open();
        ASSERT_FALSE(refused.has_value()) << batches;
        EXPECT_EQ(refused.error().code, ErrorCode::data_loss);
    }
}

TEST_F(LogGuard, AWatermarkWhoseChecksumIsWrongPromisesNothing) {
    write(2);
    const auto at = places();
    for (const std::uint64_t slot : {kSectorBytes, 2 * kSectorBytes}) {
        auto mark = encode(Watermark{.base = 0, .committed_end = at.back() + 4096});
        mark[4] ^= std::byte{1};
        EXPECT_FALSE(decode_watermark(mark).has_value());
        put(slot, mark);
    }
    ASSERT_TRUE(try_open().has_value());
    EXPECT_EQ(count(), 2);
    // The same with a right one is damage: the file is shorter than was promised.
    bus_.reset();
    put(kSectorBytes, encode(Watermark{.base = 0, .committed_end = places().back() + 64}));
    EXPECT_EQ(try_open().error().code, ErrorCode::data_loss);
}

TEST_F(LogGuard, AWatermarkOfAnotherSegmentPromisesNothing) {
    write(2);
    put(kSectorBytes, encode(Watermark{.base = 77, .committed_end = places().back() + 4096}));
    ASSERT_TRUE(try_open().has_value());
    EXPECT_EQ(count(), 2);
}

TEST_F(LogGuard, ASealedSegmentHasToEndAsTheNextOneSays) {
    write(3);
    const auto at = places();
    auto opened = open_segment(disk_, path());
    ASSERT_TRUE(opened.has_value() && opened->has_header);
    const auto last =
        decode_batch_header(ByteView(bytes()).subspan(static_cast<std::size_t>(at[2])));
    ASSERT_TRUE(last.has_value());
    HeadBytes head;
    const auto all = bytes();
    std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(at[2]), kHeadBytes, head.begin());
    const SealedEnd end{.end = at[3], .next = 3, .chain = chain_of(head)};
    EXPECT_TRUE(index_sealed(*opened->segment, end).has_value());
    const auto code = [&](const SealedEnd& wrong) {
        const auto indexed = index_sealed(*opened->segment, wrong);
        return indexed.has_value() ? ErrorCode::internal : indexed.error().code;
    };
    EXPECT_EQ(code({.end = at[2], .next = 3, .chain = end.chain}), ErrorCode::data_loss);
    EXPECT_EQ(code({.end = at[3], .next = 4, .chain = end.chain}), ErrorCode::data_loss);
    EXPECT_EQ(code({.end = at[3], .next = 3, .chain = end.chain + 1}), ErrorCode::data_loss);
    EXPECT_EQ(code({.end = at[2], .next = 2, .chain = 7}), ErrorCode::data_loss);
}

TEST_F(LogGuard, OnceARollHasBegunNothingMoreGoesIntoTheOldSegment) {
    ASSERT_TRUE(try_open().has_value());
    ASSERT_TRUE(append(100).has_value());
    ASSERT_EQ(bus_->segments(kLedgerTopic, 0), 1U);
    // Too large for what is left of the segment; the new one finds no space.
    disk_.set_faults({.capacity_bytes = 5000});
    const auto refused = append(3000);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space);
    disk_.set_faults({});
    // This one would fit into the old segment, behind the end that the new header may name already.
    ASSERT_TRUE(append(10).has_value());
    EXPECT_EQ(bus_->segments(kLedgerTopic, 0), 2U);
    EXPECT_EQ(count(), 2);
    ASSERT_TRUE(try_open().has_value());
    EXPECT_EQ(count(), 2);
}

TEST(LogMaintain, GivesUpABoundedNumberOfSegmentsAtATime) {
    disk::SimDisk disk;
    ports::testing::PlainSecrets secrets;
    SegmentLogOptions options{.folder = "log", .partitions = 1, .segment_bytes = 4096};
    options.policies.emplace("market", TopicPolicy{.age_micros_max = 1000});
    auto bus = SegmentLogBus::open(std::move(options), disk, secrets);
    ASSERT_TRUE(bus.has_value());
    for (int i = 0; i < 100; ++i) {
        const ports::Event event{.household = kHome,
                                 .sequence = i + 1,
                                 .recorded_at = {i},
                                 .type = "Changed",
                                 .payload = std::string(1500, 'p')};
        ASSERT_TRUE((*bus)->append("market", std::span(&event, 1), Deadline{}).has_value());
    }
    const std::size_t all = (*bus)->segments("market", 0);
    ASSERT_GT(all, kRemovedAtOnceMax + 10);
    ASSERT_TRUE((*bus)->maintain({1'000'000}).has_value());
    EXPECT_EQ((*bus)->segments("market", 0), all - kRemovedAtOnceMax);
    ASSERT_TRUE((*bus)->maintain({1'000'000}).has_value());
    EXPECT_EQ((*bus)->segments("market", 0), 1U) << "the one being written stays";
}

}  // namespace
}  // namespace atlas::sim::log
