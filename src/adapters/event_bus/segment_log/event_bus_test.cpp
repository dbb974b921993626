// SPDX-License-Identifier: Apache-2.0
// Goal: the embedded log keeps the port's contract on real files, over segments, restarts and
// erasure. Method: the contract suite; small segments; files read and damaged by hand.
#include "adapters/event_bus/segment_log/event_bus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "adapters/disk/posix/posix_disk.hpp"
#include "ports/testing/event_bus_contract.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

using ports::testing::PlainSecrets;

class LogEngine {
public:
    static constexpr std::size_t kEventsMax = 40;
    explicit LogEngine(SegmentLogOptions options = {.folder = {}, .partitions = 4})
        : options_(std::move(options)) {
        options_.folder = folder_.file("log");
        reopen();
    }
    ports::EventBus& bus() { return *bus_; }
    SegmentLogBus& log() { return *bus_; }
    PlainSecrets& secrets() { return secrets_; }
    std::string folder() const { return options_.folder; }
    Result<void> try_reopen() {
        bus_.reset();
        ATLAS_TRY_ASSIGN(bus_, SegmentLogBus::open(options_, disk_, secrets_));
        return {};
    }
    void reopen() {
        const auto opened = try_reopen();
        ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
    }

private:
    ports::testing::TemporaryFolder folder_;
    adapters::disk::posix::PosixDisk disk_;
    PlainSecrets secrets_;
    SegmentLogOptions options_;
    std::unique_ptr<SegmentLogBus> bus_;
};

using ports::kLedgerTopic;
using ports::testing::event_of;
using ports::testing::kHome;
using ports::testing::kNeighbours;

ports::Event price(std::int64_t at, std::string key, std::string payload) {
    return {.household = kHome,
            .sequence = 0,
            .recorded_at = {at},
            .type = "Price",
            .payload = std::move(payload),
            .key = std::move(key)};
}

SegmentLogOptions small(TopicPolicy policy = {}) {
    return {.folder = {}, .partitions = 1, .segment_bytes = 4096, .policies = {{"market", policy}}};
}

/// "offset:payload " of all events kept.
std::string text_of(ports::EventBus& bus, std::string_view topic) {
    std::string text;
    ports::Offset from = 0;
    for (;;) {
        const auto events = bus.read(topic, 0, from, 7);
        if (!events.has_value()) {
            return text + to_string(events.error());
        }
        if (events->empty()) {
            return text;
        }
        for (const ports::StoredEvent& stored : *events) {
            text += std::to_string(stored.offset) + ":" + stored.event.payload + " ";
        }
        from = events->back().offset + 1;
    }
}

TEST(SegmentLogTest, RollsOverManySegmentsAndReadsAcrossThemAfterARestart) {
    LogEngine engine(small());
    std::string expected;
    for (std::int64_t i = 0; i < 80; ++i) {
        const std::vector<ports::Event> one{event_of(kHome, i + 1, std::to_string(i * i))};
        ASSERT_TRUE(engine.bus().append(kLedgerTopic, one, {}));
        expected += std::to_string(i) + ":" + std::to_string(i * i) + " ";
        if (i % 17 == 0) {
            engine.reopen();
        }
    }
    EXPECT_GT(engine.log().segments(kLedgerTopic, 0), 5U);
    EXPECT_EQ(text_of(engine.bus(), kLedgerTopic), expected);
    engine.reopen();
    EXPECT_EQ(text_of(engine.bus(), kLedgerTopic), expected);
    EXPECT_EQ(*engine.bus().offset_at(kLedgerTopic, 0, {50'001}), 50);
}

TEST(SegmentLogTest, OneAppendMayBeLargerThanASegment) {
    LogEngine engine(small());
    const std::vector<ports::Event> large(20, event_of(kHome, 1, std::string(1'000'000, 'x')));
    ASSERT_TRUE(engine.bus().append(kLedgerTopic, large, {}));
    engine.reopen();
    std::size_t count = 0;
    for (ports::Offset from = 0; from < 20;) {
        const auto events = *engine.bus().read(kLedgerTopic, 0, from, 100);
        ASSERT_FALSE(events.empty());
        for (const ports::StoredEvent& stored : events) {
            EXPECT_EQ(stored.event, large.front());
            ++count;
        }
        from = events.back().offset + 1;
    }
    EXPECT_EQ(count, 20U);
}

TEST(SegmentLogTest, AnErasedHouseholdLeavesOffsetsAndNothingElse) {
    LogEngine engine(small());
    const std::vector<ports::Event> both{event_of(kHome, 1, "secret"),
                                         event_of(kNeighbours, 1, "theirs"),
                                         event_of(kHome, 2, "secret too")};
    ASSERT_TRUE(engine.bus().append(kLedgerTopic, both, {}));
    ASSERT_TRUE(engine.secrets().destroy(kHome));
    engine.reopen();
    const auto events = *engine.bus().read(kLedgerTopic, 0, 0, 10);
    ASSERT_EQ(events.size(), 3U);
    for (const ports::StoredEvent& stored : events) {
        const bool is_theirs = stored.event.household == kNeighbours;
        EXPECT_EQ(stored.event.payload, is_theirs ? "theirs" : "");
        EXPECT_EQ(stored.event.type, is_theirs ? "Changed" : ports::kErasedEvent);
        EXPECT_EQ(stored.event.sequence, is_theirs ? 1 : 0);
    }
    EXPECT_EQ(engine.bus().append(kLedgerTopic, both, {}).error().code, ErrorCode::not_found);
}

TEST(SegmentLogTest, NothingReadableLiesInTheFiles) {
    LogEngine engine(small());
    const std::vector<ports::Event> one{event_of(kHome, 1, "a very private payload")};
    ASSERT_TRUE(engine.bus().append(kLedgerTopic, one, {}));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(engine.folder())) {
        if (entry.is_regular_file()) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            EXPECT_EQ(bytes.find("private"), std::string::npos) << entry.path();
            ++files;
        }
    }
    EXPECT_EQ(files, 2U);
}

/// A hundred, recorded at 1000, 2000, …, five an append.
void append_prices(ports::EventBus& bus, std::string_view topic) {
    for (std::int64_t i = 1; i <= 100; i += 5) {
        std::vector<ports::Event> some;
        for (std::int64_t j = i; j < i + 5; ++j) {
            some.push_back(price(j * 1000, "", std::string(100, 'p')));
        }
        ASSERT_TRUE(bus.append(topic, some, {}));
    }
}

TEST(SegmentLogTest, RetentionByAgeAndBySizeTakesTheOldestSegmentsAlone) {
    LogEngine engine(small({.age_micros_max = 50'000}));
    append_prices(engine.bus(), "market");
    append_prices(engine.bus(), kLedgerTopic);
    engine.reopen();  // Sealed segments are not looked at yet: maintain() has to.
    ASSERT_TRUE(engine.log().maintain({100'000}));
    const ports::OffsetRange kept = *engine.bus().range("market", 0);
    EXPECT_GT(kept.begin, 0);
    EXPECT_LE(kept.begin, 50) << "younger than the limit";
    EXPECT_GT(kept.begin, 20);
    EXPECT_EQ(kept.end, 100);
    EXPECT_EQ(engine.bus().read("market", 0, 0, 1)->front().offset, kept.begin);
    EXPECT_EQ(*engine.bus().range(kLedgerTopic, 0), (ports::OffsetRange{0, 100}));
    engine.reopen();
    EXPECT_EQ(*engine.bus().range("market", 0), kept);
    ASSERT_TRUE(engine.log().maintain({1'000'000}));
    EXPECT_EQ(engine.log().segments("market", 0), 1U) << "the last one stays";

    LogEngine sized(small({.bytes_max = 10'000}));
    append_prices(sized.bus(), "market");
    ASSERT_TRUE(sized.log().maintain({0}));
    EXPECT_GE(sized.log().segments("market", 0), 3U);
    EXPECT_LE(sized.log().segments("market", 0), 4U);
}

TEST(SegmentLogTest, CompactionKeepsTheLastOfEachKeyAndAllWithoutOne) {
    LogEngine engine(small({.is_compacted = true}));
    std::map<std::string, std::string> last;
    std::string expected;
    std::vector<ports::Event> all;
    for (std::int64_t i = 0; i < 120; ++i) {
        const std::string key = i % 10 == 3 ? "" : std::string(1, static_cast<char>('a' + i % 4));
        all.push_back(price(i, key, std::to_string(i)));
    }
    for (std::size_t i = 0; i < all.size(); i += 3) {
        ASSERT_TRUE(engine.bus().append("market", std::span(all).subspan(i, 3), {}));
    }
    const std::string before = text_of(engine.bus(), "market");
    ASSERT_GT(engine.log().segments("market", 0), 3U);
    ASSERT_TRUE(engine.log().maintain({0}));
    const std::string after = text_of(engine.bus(), "market");
    EXPECT_LT(after.size(), before.size() / 2);
    // What the sealed segments dropped has a younger event of its key; all else is there.
    std::map<std::string, std::int64_t> youngest;
    for (std::int64_t i = 0; i < 120; ++i) {
        const ports::Event& event = all[static_cast<std::size_t>(i)];
        youngest[event.key] = i;
    }
    for (std::int64_t i = 0; i < 120; ++i) {
        const ports::Event& event = all[static_cast<std::size_t>(i)];
        const std::string said = std::to_string(i) + ":" + event.payload + " ";
        const bool is_there = (" " + after).find(" " + said) != std::string::npos;
        if (event.key.empty() || youngest[event.key] == i) {
            EXPECT_TRUE(is_there) << said;
        }
    }
    engine.reopen();
    EXPECT_EQ(text_of(engine.bus(), "market"), after);
    ASSERT_TRUE(engine.log().maintain({0}));
    EXPECT_EQ(text_of(engine.bus(), "market"), after) << "a second time changes nothing";
    const std::vector<ports::Event> one{price(500, "a", "new")};
    ASSERT_TRUE(engine.bus().append("market", one, {}));
    EXPECT_EQ(engine.bus().read("market", 0, 120, 1)->front().event.payload, "new");
}

TEST(SegmentLogTest, RefusesOptionsNamesAndAnotherNumberOfPartitions) {
    LogEngine engine(small());
    adapters::disk::posix::PosixDisk disk;
    PlainSecrets secrets;
    const auto code = [&](SegmentLogOptions options) {
        options.folder = options.folder.empty() ? engine.folder() : options.folder;
        const auto opened = SegmentLogBus::open(options, disk, secrets);
        return opened.has_value() ? ErrorCode::internal : opened.error().code;
    };
    EXPECT_EQ(code({.folder = {}, .partitions = 0}), ErrorCode::invalid_argument);
    EXPECT_EQ(code({.folder = {}, .partitions = 65}), ErrorCode::invalid_argument);
    EXPECT_EQ(code({.folder = {}, .segment_bytes = 4095}), ErrorCode::invalid_argument);
    EXPECT_EQ(code({.folder = {}, .partitions = 2}), ErrorCode::invalid_argument);
    EXPECT_EQ(code({.folder = "/no/such/parent"}), ErrorCode::not_found);
    const std::vector<ports::Event> one{event_of(kHome, 1)};
    for (const char* name : {"", "Ledger", "a/b", "..", ".hidden"}) {
        EXPECT_EQ(engine.bus().append(name, one, {}).error().code, ErrorCode::invalid_argument);
    }
}

/// Changes one byte of a file.
void damage(const std::filesystem::path& path, std::uint64_t position) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(position));
    const char byte = static_cast<char>(file.get() ^ 0x10);
    file.seekp(static_cast<std::streamoff>(position));
    file.put(byte);
}

TEST(SegmentLogTest, RefusesAMissingAStrangeAndADamagedSegmentByName) {
    LogEngine engine(small());
    for (std::int64_t i = 0; i < 60; ++i) {
        const std::vector<ports::Event> one{event_of(kHome, i + 1, std::to_string(i))};
        ASSERT_TRUE(engine.bus().append(kLedgerTopic, one, {}));
    }
    const std::filesystem::path folder = engine.folder() + "/ledger/0";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    ASSERT_GT(files.size(), 3U);
    const auto refused_with = [&](const std::string& place) {
        const auto opened = engine.try_reopen();
        if (opened.has_value()) {
            const std::string text = text_of(engine.bus(), kLedgerTopic);
            EXPECT_NE(text.find(place), std::string::npos) << text;
            return;
        }
        EXPECT_EQ(opened.error().code, ErrorCode::data_loss);
        EXPECT_EQ(opened.error().place, place);
    };
    const auto aside = files[0].string() + ".aside";
    std::filesystem::rename(files[0], aside);
    refused_with(files[1].string() + ":0");
    std::filesystem::rename(files[2], files[0]);
    refused_with(files[0].string() + ":0");
    std::filesystem::rename(files[0], files[2]);
    std::filesystem::rename(aside, files[0]);
    ASSERT_TRUE(engine.try_reopen());
    // A sealed segment is found out when it is read, the last one at the start.
    damage(files[1], kDataStart + 100);
    refused_with(files[1].string() + ":" + std::to_string(kDataStart));
    damage(files[1], kDataStart + 100);
    damage(files.back(), kDataStart + 100);
    refused_with(files.back().string() + ":" + std::to_string(kDataStart));
    damage(files.back(), kDataStart + 100);
    ASSERT_TRUE(engine.try_reopen());
    EXPECT_EQ(engine.bus().read(kLedgerTopic, 0, 59, 1)->front().event.payload, "59");
}

TEST(SegmentLogTest, NamesWhatItPromises) {
    LogEngine engine(small());
    EXPECT_EQ(engine.bus().capabilities().engine, "segment_log");
    EXPECT_TRUE(engine.bus().capabilities().survives_crash);
    EXPECT_EQ(engine.bus().capabilities().durability, "fdatasync before every acknowledgement");
}

}  // namespace
}  // namespace atlas::adapters::event_bus::segment_log

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(SegmentLog, EventBusContract,
                               atlas::adapters::event_bus::segment_log::LogEngine);
}  // namespace atlas::ports::testing
