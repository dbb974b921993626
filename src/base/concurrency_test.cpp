// SPDX-License-Identifier: Apache-2.0
// Goal: the queue keeps its limit, its order and every item; Guarded loses no update; deadlines and
// timestamps are exact. Method: single-threaded tables, then counted traffic between threads; no
// test waits for time to pass.
#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"
#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/random.hpp"
#include "base/timestamp.hpp"

namespace atlas {
namespace {

TEST(BoundedQueue, IsFullAtItsCapacityAndKeepsTheOrder) {
    BoundedQueue<std::unique_ptr<int>> queue(2);
    auto one = std::make_unique<int>(1);
    auto two = std::make_unique<int>(2);
    auto three = std::make_unique<int>(3);
    EXPECT_TRUE(queue.try_push(one));
    EXPECT_TRUE(queue.try_push(two));
    EXPECT_FALSE(queue.try_push(three));
    ASSERT_NE(three, nullptr);  // Left as it was.
    EXPECT_EQ(queue.size(), 2U);
    EXPECT_EQ(queue.capacity(), 2U);
    const std::stop_source stop;
    EXPECT_EQ(**queue.pop(stop.get_token()), 1);
    EXPECT_TRUE(queue.try_push(three));
    EXPECT_EQ(**queue.pop(stop.get_token()), 2);
    EXPECT_EQ(**queue.pop(stop.get_token()), 3);
}

TEST(BoundedQueue, StopEndsWaitingButNotWhatIsQueued) {
    BoundedQueue<int> queue(4);
    int item = 7;
    EXPECT_TRUE(queue.try_push(item));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(queue.pop(stop.get_token()), 7);
    EXPECT_EQ(queue.pop(stop.get_token()), std::nullopt);
    // A thread already waiting is woken.
    std::stop_source later;
    std::jthread waiting([&] { EXPECT_EQ(queue.pop(later.get_token()), std::nullopt); });
    later.request_stop();
}

TEST(BoundedQueue, PassesEveryItemOnceBetweenThreads) {
    BoundedQueue<int> queue(8);
    constexpr int kEach = 5'000;
    Guarded<std::vector<int>> seen(std::vector<int>(2 * kEach, 0));
    std::stop_source stop;
    std::vector<std::jthread> consumers;
    for (int c = 0; c < 2; ++c) {
        consumers.emplace_back([&] {
            while (const auto item = queue.pop(stop.get_token())) {
                seen.with([&](auto& counts) { ++counts[static_cast<std::size_t>(*item)]; });
            }
        });
    }
    {
        std::vector<std::jthread> producers;
        for (int p = 0; p < 2; ++p) {
            producers.emplace_back([&queue, p] {
                for (int i = 0; i < kEach; ++i) {
                    int item = p * kEach + i;
                    while (!queue.try_push(item)) {
                        std::this_thread::yield();
                    }
                }
            });
        }
    }
    stop.request_stop();
    consumers.clear();
    EXPECT_EQ(seen.with([](const auto& counts) { return counts; }), std::vector<int>(2 * kEach, 1));
}

TEST(Guarded, LosesNoUpdate) {
    Guarded<int> count;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 10'000; ++i) {
                    count.with([](int& value) { ++value; });
                }
            });
        }
    }
    EXPECT_EQ(count.with([](int value) { return value; }), 40'000);
}

TEST(Deadline, PassesWhenTheClockReachesIt) {
    ManualClock clock({0});
    const auto deadline = Deadline::after(clock, std::chrono::milliseconds(5));
    EXPECT_FALSE(deadline.has_passed(clock));
    clock.advance(std::chrono::microseconds(4'999));
    EXPECT_FALSE(deadline.has_passed(clock));
    clock.advance(std::chrono::microseconds(1));
    EXPECT_TRUE(deadline.has_passed(clock));
    EXPECT_FALSE(Deadline{}.has_passed(clock));
    EXPECT_EQ(clock.now().micros, 5'000);
}

TEST(Clock, OfTheMachineGoesForward) {
    const SystemClock clock;
    const auto before = clock.steady_now();
    EXPECT_LE(before, clock.steady_now());
    EXPECT_GT(clock.now().micros, 1'700'000'000'000'000);
}

TEST(Timestamp, ReadsAndWritesRfc3339) {
    const struct {
        const char* text;
        std::int64_t micros;
    } rows[] = {
        // RFC 3339, section 5.8, but the second and the last.
        {"1985-04-12T23:20:50.52Z", 482196050520000},
        {"1970-01-01T00:00:00Z", 0},
        {"1996-12-19T16:39:57-08:00", 851042397000000},
        {"1937-01-01T12:00:27.87+00:20", -1041337172130000},
        {"2026-11-22T19:04:05.123456789Z", 1795374245123456},
    };
    for (const auto& row : rows) {
        const auto at = parse_timestamp(row.text);
        ASSERT_TRUE(at.has_value()) << row.text;
        EXPECT_EQ(at->micros, row.micros) << row.text;
    }
    EXPECT_EQ(to_string(Timestamp{482196050520000}), "1985-04-12T23:20:50.520000Z");
    EXPECT_EQ(to_string(Timestamp{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_string(Timestamp{-1}), "1969-12-31T23:59:59.999999Z");
}

TEST(Timestamp, LeapSecondsCountAsTheSecondAfter) {
    EXPECT_EQ(parse_timestamp("1990-12-31T23:59:60Z").value(),
              parse_timestamp("1991-01-01T00:00:00Z").value());
}

TEST(Timestamp, WritingAndReadingGivesTheSame) {
    Random random(81);
    for (int round = 0; round < 5'000; ++round) {
        const Timestamp at{random.between(-62'135'596'800'000'000, 253'402'300'799'999'999)};
        ASSERT_EQ(parse_timestamp(to_string(at)).value(), at) << "seed 81, round " << round;
    }
}

TEST(Timestamp, RefusesOtherText) {
    for (const char* text :
         {"", "2026-11-22", "2026-11-22T19:04:05", "2026-11-22 19:04:05", "2026-11-22T25:00:00Z",
          "2026-11-22T19:60:05Z", "2026-11-22T19:04:61Z", "2026-02-30T00:00:00Z",
          "2026-11-22T19:04:05.Z", "2026-11-22T19:04:05.1234567890Z", "2026-11-22T19:04:05+1:00",
          "2026-11-22T19:04:05+24:00", "2026-11-22T19:04:05Z ", "2026-11-22T19:4:05Z"}) {
        EXPECT_EQ(parse_timestamp(text).error().code, ErrorCode::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace atlas
