// SPDX-License-Identifier: Apache-2.0
// Goal: a part gives back the events that went in, or says that it is damaged.
// Method: seeded random events of every kind of length; each byte of a part broken in turn.
#include "adapters/ledger_store/sqlite/event_part.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using ports::OutboxEvent;

std::vector<OutboxEvent> random_events(Random& random, std::size_t count) {
    std::vector<OutboxEvent> events;
    for (std::size_t i = 0; i < count; ++i) {
        OutboxEvent event{.type = random.chance(0.1) ? "" : "TransactionRecorded", .payload = {}};
        for (std::uint64_t k = random.below(300); k > 0; --k) {
            event.payload += static_cast<char>(random.below(256));
        }
        events.push_back(std::move(event));
    }
    return events;
}

bool are_equal(const std::vector<OutboxEvent>& left, const std::vector<OutboxEvent>& right) {
    return std::ranges::equal(left, right, [](const OutboxEvent& a, const OutboxEvent& b) {
        return a.type == b.type && a.payload == b.payload;
    });
}

TEST(EventPart, GivesBackWhatWentIn) {
    Random random(1);
    for (const std::size_t count : {1UL, 2UL, 31UL, 255UL, kPartEventsMax}) {
        const auto events = random_events(random, count);
        const auto back = unpack_events(pack_events(events), static_cast<std::int64_t>(count));
        ASSERT_TRUE(back) << to_string(back.error());
        EXPECT_TRUE(are_equal(*back, events));
    }
}

TEST(EventPart, TakesANinthOfTheRoomForEventsThatAreAlike) {
    Random random(2);
    std::vector<OutboxEvent> events;
    std::size_t bytes = 0;
    for (int i = 0; i < 256; ++i) {
        events.push_back({"TransactionRecorded",
                          R"({"version":1,"transaction":{"id":")" + std::to_string(random.next()) +
                              R"(","account_id":"b026b9de-a8d3-8fdd-98c5-a2aa21348e5c","date":)"
                              R"("2006-01-07","amount":{"amount":"-89.41","currency":"EUR"}}})"});
        bytes += events.back().payload.size();
    }
    EXPECT_LT(pack_events(events).size() * 9, bytes);
}

TEST(EventPart, IsClosedByCountAndByBytes) {
    Random random(3);
    EXPECT_EQ(part_length(random_events(random, 1)), 1U);
    EXPECT_EQ(part_length(random_events(random, kPartEventsMax + 1)), kPartEventsMax);
    std::vector<OutboxEvent> large(3, {"t", std::string(kPartBytesMax * 2 / 3, 'x')});
    EXPECT_EQ(part_length(large), 2U);
    large.front().payload.assign(kPartBytesMax, 'x');
    EXPECT_EQ(part_length(large), 1U);
}

TEST(EventPart, DamageIsTold) {
    Random random(4);
    const auto events = random_events(random, 5);
    const std::string packed = pack_events(events);
    const auto code_of = [](std::string_view bytes, std::int64_t count) {
        const auto read = unpack_events(bytes, count);
        return read.has_value() ? ErrorCode::internal : read.error().code;
    };
    for (const std::int64_t count : {-1L, 0L, 4L, 6L, 257L}) {
        EXPECT_EQ(code_of(packed, count), ErrorCode::data_loss) << count;
    }
    for (std::size_t size = 0; size < packed.size(); ++size) {
        EXPECT_EQ(code_of(std::string_view(packed).substr(0, size), 5), ErrorCode::data_loss);
    }
    for (std::size_t at = 0; at < packed.size(); ++at) {
        std::string broken = packed;
        broken[at] = static_cast<char>(broken[at] ^ 0x10);
        const auto read = unpack_events(broken, 5);
        // zlib ignores a bit or two of its own head; events are never other than they were.
        EXPECT_TRUE(!read.has_value() || are_equal(*read, events)) << at;
    }
}

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
