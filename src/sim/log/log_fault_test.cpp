// SPDX-License-Identifier: Apache-2.0
// Goal: a disk that is full, fails or lies costs the event log nothing that was acknowledged, and
// damage is repaired or refused by file and position, never read as something else. Method: one
// fault at a time on the simulated disk; thousands of damaged copies of a small log, by seed.
#include <gtest/gtest.h>

#include <cstdlib>

#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "base/format.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::log {
namespace {

using adapters::event_bus::segment_log::SegmentLogBus;
using ports::kLedgerTopic;
using ports::testing::kHome;

ports::Event event_of(HouseholdId household, std::int64_t sequence, std::string payload) {
    return {.household = household,
            .sequence = sequence,
            .recorded_at = {sequence * 1000},
            .type = "Changed",
            .payload = std::move(payload)};
}

class LogFault : public testing::Test {
protected:
    Result<void> try_open() {
        bus_.reset();
        ATLAS_TRY_ASSIGN(
            bus_, SegmentLogBus::open({.folder = "log", .partitions = 1, .segment_bytes = 4096},
                                      disk_, secrets_));
        return {};
    }
    void open() {
        const auto opened = try_open();
        ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
    }
    /// Appends events numbered from `acknowledged_ + 1`, one at a time, while it goes well.
    Result<void> append(int count, std::size_t payload_bytes = 40) {
        for (int i = 0; i < count; ++i) {
            const ports::Event event =
                event_of(kHome, acknowledged_ + 1, std::string(payload_bytes, 'p'));
            ATLAS_TRY(bus_->append(kLedgerTopic, std::span(&event, 1), Deadline{}));
            ++acknowledged_;
        }
        return {};
    }
    /// "1 2 3 …" as read, or the error.
    std::string read_all() {
        std::string text;
        for (ports::Offset from = 0;;) {
            const auto events = bus_->read(kLedgerTopic, 0, from, 100);
            if (!events.has_value()) {
                return to_string(events.error());
            }
            if (events->empty()) {
                return text;
            }
            for (const ports::StoredEvent& stored : *events) {
                text += format("{} ", stored.event.sequence);
                from = stored.offset + 1;
            }
        }
    }
    std::string expected(std::int64_t last) const {
        std::string text;
        for (std::int64_t i = 1; i <= last; ++i) {
            text += format("{} ", i);
        }
        return text;
    }

    disk::SimDisk disk_;
    ports::testing::PlainSecrets secrets_;
    std::unique_ptr<SegmentLogBus> bus_;
    std::int64_t acknowledged_ = 0;
};

TEST_F(LogFault, AFullDiskIsSaidAndServiceResumesWithoutARestart) {
    open();
    ASSERT_TRUE(append(3));
    disk_.set_faults({.capacity_bytes = 9000});
    const auto refused = append(1000);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space);
    EXPECT_EQ(append(1).error().code, ErrorCode::no_space) << "it stays full";
    EXPECT_EQ(read_all(), expected(acknowledged_));
    disk_.set_faults({});
    ASSERT_TRUE(append(20));
    EXPECT_EQ(read_all(), expected(acknowledged_));
    open();
    EXPECT_EQ(read_all(), expected(acknowledged_));
}

TEST_F(LogFault, AfterAFailedSyncNothingIsAcknowledgedUntilItIsOpenedAgain) {
    open();
    ASSERT_TRUE(append(5));
    disk_.set_faults({.failed_sync_at = disk_.syncs() + 1});
    const auto failed = append(1);
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().code, ErrorCode::unavailable);
    const auto refused = append(1);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_NE(refused.error().message.find("started again"), std::string::npos);
    EXPECT_EQ(read_all(), expected(5));
    open();
    // The batch of the failed sync may be there (it was asked for), nothing else.
    const std::string found = read_all();
    EXPECT_TRUE(found == expected(5) || found == expected(6)) << found;
    const std::string before = found;
    disk_.restart(std::vector<disk::Fate>(disk_.pending().size(), disk::Fate::dropped));
    open();
    EXPECT_EQ(read_all(), before) << "what was read has to outlive the power cut";
}

TEST_F(LogFault, AnErrorOfOneWriteIsSaidAndTheNextGoesOn) {
    const auto fresh = disk_.snapshot();
    for (std::uint64_t at = 1; at < 40; ++at) {
        disk_.restore(*fresh);
        acknowledged_ = 0;
        open();
        ASSERT_TRUE(append(3));
        disk_.set_faults({.io_error_at = disk_.operations() + at});
        const auto first = append(9);
        if (!first.has_value()) {
            EXPECT_EQ(first.error().code, ErrorCode::unavailable);
        }
        const auto second = append(2);  // Refused where it was a sync, or a new segment's file.
        if (second.has_value()) {
            EXPECT_EQ(read_all(), expected(acknowledged_)) << at;
        }
        disk_.set_faults({});
        open();
        const std::string found = read_all();
        EXPECT_TRUE(found == expected(acknowledged_) || found == expected(acknowledged_ + 1))
            << at << ": " << found;
        bus_.reset();
    }
}

/// One piece of damage; where it went.
std::string do_damage(disk::SimDisk& disk, Random& random) {
    std::vector<std::string> files{"log/log.meta", "log/groups"};
    const std::vector<std::string> names = *disk.list("log/ledger/0");
    for (const std::string& name : names) {
        files.push_back("log/ledger/0/" + name);
    }
    const std::string path = files[random.below(files.size())];
    auto file = *disk.open(path, ports::FileMode::read_write);
    const std::uint64_t size = *file->size();
    const std::uint64_t at = 1 + random.below(size - 1);  // Cut to nothing is removed: see below.
    switch (random.below(5)) {
        case 0:
        case 1: {
            EXPECT_TRUE(disk.flip_bit(path, at * 8 + random.below(8)));
            return format("a bit of {} at {}", path, at);
        }
        case 2: {
            EXPECT_TRUE(file->truncate(at));
            return format("{} cut to {}", path, at);
        }
        case 3: {
            const std::vector<std::byte> zeros(
                static_cast<std::size_t>(std::min<std::uint64_t>(512, size - at / 512 * 512)));
            EXPECT_TRUE(file->write_at(at / 512 * 512, zeros));
            return format("zeros in {} at {}", path, at / 512 * 512);
        }
        default: {
            std::vector<std::byte> other(512);
            const std::uint64_t from = random.below(size) / 512 * 512;
            const auto count = file->read_at(from, other);
            other.resize(count.value_or(0));
            EXPECT_TRUE(file->write_at(at / 512 * 512, other));
            return format("sector {} of {} at {}", from, path, at / 512 * 512);
        }
    }
}

TEST_F(LogFault, DamagedCopiesAreReadRightOrRefusedByFileAndPosition) {
    open();
    ASSERT_TRUE(append(45));
    ASSERT_TRUE(bus_->commit_offset({"mail", "ledger", 0}, 17));
    ASSERT_GE(bus_->segments(kLedgerTopic, 0), 4U);
    const std::string whole = expected(acknowledged_);
    bus_.reset();
    const auto sound = disk_.snapshot();
    const char* wanted = std::getenv("ATLAS_DAMAGED");
    const int copies = wanted == nullptr ? 10'000 : std::atoi(wanted);
    int read_right = 0;
    int refused = 0;
    for (int i = 0; i < copies; ++i) {
        disk_.restore(*sound);
        Random random(static_cast<std::uint64_t>(i));
        const std::string what = do_damage(disk_, random);
        const auto opened = try_open();
        std::string found = opened.has_value() ? read_all() : to_string(opened.error());
        if (found == whole) {  // The times of the batches' headers are right, too, or refused.
            for (std::int64_t sequence = 1; sequence <= acknowledged_; sequence += 4) {
                const auto at = bus_->offset_at(kLedgerTopic, 0, {sequence * 1000});
                if (!at.has_value() || *at != sequence - 1) {
                    found = at.has_value() ? "a wrong time" : to_string(at.error());
                }
            }
        }
        if (found == whole) {
            ++read_right;
            const auto group = bus_->committed_offset({"mail", "ledger", 0});
            EXPECT_EQ(*group, 17) << i << ": " << what;
        } else {
            ++refused;
            EXPECT_NE(found.find("(log/"), std::string::npos) << i << ": " << what << ": " << found;
            EXPECT_NE(found.find(':'), std::string::npos) << i << ": " << what << ": " << found;
        }
        bus_.reset();
    }
    EXPECT_GT(read_right, copies / 20);
    EXPECT_GT(refused, copies / 4);
    std::printf("[ damage ] %d copies: %d read right, %d refused\n", copies, read_right, refused);
}

TEST_F(LogFault, TheLastBatchAndItsWatermarksDamagedTogetherLookLikeATornTail) {
    // The ambiguity that is left, held to its word: one batch, and only with both marks gone.
    open();
    ASSERT_TRUE(append(4));
    bus_.reset();
    const std::vector<std::string> names = *disk_.list("log/ledger/0");
    const std::string path = "log/ledger/0/" + names.front();
    {
        auto file = *disk_.open(path, ports::FileMode::read_write);
        const std::vector<std::byte> zeros(1024);
        std::vector<std::byte> bytes(4096);
        ASSERT_TRUE(file->read_at(0, bytes));
        std::size_t end = bytes.size();
        while (bytes[end - 1] == std::byte{0}) {
            --end;
        }
        ASSERT_TRUE(disk_.flip_bit(path, (end - 1) * 8));
        EXPECT_EQ(try_open().error().code, ErrorCode::data_loss) << "a watermark tells";
        ASSERT_TRUE(file->write_at(512, zeros));
    }
    open();
    EXPECT_EQ(read_all(), expected(3));
}

}  // namespace
}  // namespace atlas::sim::log
