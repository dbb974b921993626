// SPDX-License-Identifier: Apache-2.0
// Goal: nothing is told twice, late or to the wrong one, and no call is made that could only say
// "would block". Method: real socket pairs and threads, states looked at directly.
#include "serving/net/poller.hpp"

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace atlas::serving::net {
namespace {

using TimePoint = Poller::TimePoint;

struct Pair {
    Pair() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
        ours = Stream(Descriptor(ends[0]));
        theirs = Stream(Descriptor(ends[1]));
    }
    Stream ours;
    Stream theirs;
};

struct Told final : Watcher {
    explicit Told(std::function<void(std::uint32_t)> then) : next(std::move(then)) {}
    void ready(std::uint32_t events) override {
        ++count;
        next(events);
    }
    std::function<void(std::uint32_t)> next;
    int count = 0;
};

TimePoint never() {
    return TimePoint::max();
}

TEST(Poller, WhatOtherThreadsPostHappensOnceAndInTheirOrder) {
    const auto poller = Poller::create().value();
    std::vector<std::vector<int>> seen(4);
    std::vector<std::thread> posters;
    std::atomic<int> left = 4 * 1000;
    for (std::size_t who = 0; who < 4; ++who) {
        posters.emplace_back([&, who] {
            for (int i = 0; i < 1000; ++i) {
                poller->post([&, who, i] {
                    seen[who].push_back(i);
                    if (--left == 0) {
                        poller->stop();
                    }
                });
            }
        });
    }
    poller->run(never);
    for (auto& poster : posters) {
        poster.join();
    }
    for (const auto& one : seen) {
        ASSERT_EQ(one.size(), 1000U);
        EXPECT_TRUE(std::is_sorted(one.begin(), one.end()));
    }
}

TEST(Poller, AForgottenWatcherIsNotToldOfWhatWasFoundAlready) {
    const auto poller = Poller::create().value();
    Pair first;
    Pair second;
    // Both have input in one round; whoever is told first forgets the other.
    Told a([&](std::uint32_t) {});
    Told b([&](std::uint32_t) {});
    a.next = [&](std::uint32_t) {
        poller->forget(second.ours.descriptor(), b);
        poller->stop();
    };
    b.next = [&](std::uint32_t) {
        poller->forget(first.ours.descriptor(), a);
        poller->stop();
    };
    ASSERT_TRUE(poller->watch_input(first.ours.descriptor(), a).has_value());
    ASSERT_TRUE(poller->watch_input(second.ours.descriptor(), b).has_value());
    ASSERT_EQ(first.theirs.write("x").state, Moved::some);
    ASSERT_EQ(second.theirs.write("x").state, Moved::some);
    poller->run(never);
    EXPECT_EQ(a.count + b.count, 1);
}

TEST(Poller, AgainComesBeforeAnyWaitingAndNotAfterForget) {
    const auto poller = Poller::create().value();
    Pair pair;
    Told watcher([&](std::uint32_t events) {
        if (watcher.count < 3) {
            poller->again(watcher);
        } else {
            EXPECT_EQ(events, 0U);
            poller->again(watcher);
            poller->forget(pair.ours.descriptor(), watcher);
            poller->post([&] { poller->stop(); });
        }
    });
    ASSERT_TRUE(poller->watch(pair.ours.descriptor(), watcher).has_value());
    ASSERT_EQ(pair.theirs.write("x").state, Moved::some);
    poller->run(never);
    EXPECT_EQ(watcher.count, 3);
}

TEST(Poller, TimeIsKeptWithoutAnyInput) {
    const auto poller = Poller::create().value();
    const auto start = std::chrono::steady_clock::now();
    const auto at = start + std::chrono::milliseconds(20);
    poller->run([&]() -> TimePoint {
        if (std::chrono::steady_clock::now() >= at) {
            poller->stop();
        }
        return at;
    });
    EXPECT_GE(std::chrono::steady_clock::now(), at);
}

TEST(Stream, AShortReadNeedsNoSecondCallAndTheEndIsStillFound) {
    Pair pair;
    std::array<char, 16> space{};
    ASSERT_EQ(pair.theirs.write("hello").bytes, 5U);
    EXPECT_EQ(pair.ours.read(space).bytes, 5U);
    EXPECT_FALSE(pair.ours.can_read());
    // Data and the peer's end told together: the end is found after the data.
    ASSERT_EQ(pair.theirs.write("bye").bytes, 3U);
    pair.theirs.close();
    pair.ours.notice(EPOLLIN | EPOLLRDHUP);
    EXPECT_EQ(pair.ours.peek().state, Moved::some);
    EXPECT_EQ(pair.ours.read(space).bytes, 3U);
    ASSERT_TRUE(pair.ours.can_read());
    EXPECT_EQ(pair.ours.peek().state, Moved::ended);
    EXPECT_EQ(pair.ours.read(space).state, Moved::ended);
}

TEST(Stream, WritingToAPeerThatHasGoneFailsAndRaisesNothing) {
    Pair pair;
    pair.theirs.close();
    EXPECT_EQ(pair.ours.write("x").state, Moved::failed);
}

TEST(Stream, AFullSocketBlocksUntilThePollerSaysOtherwise) {
    Pair pair;
    const std::string much(1 << 20, 'x');
    while (pair.ours.can_write()) {
        pair.ours.write(much);
    }
    pair.ours.notice(EPOLLIN);
    EXPECT_FALSE(pair.ours.can_write());
    pair.ours.notice(EPOLLOUT);
    EXPECT_TRUE(pair.ours.can_write());
}

TEST(Address, ThereAndBack) {
    for (const std::string text : {"127.0.0.1", "::1", "2001:db8::7"}) {
        const auto address = ip_address(text, 8081);
        ASSERT_TRUE(address.has_value()) << text;
        EXPECT_EQ(ip_text(*address), text);
        EXPECT_EQ(port_of(*address), 8081);
    }
    EXPECT_EQ(port_of(local_address("/run/a.sock").value()), 0);
}

TEST(Address, NamesAndNonsenseAreRefused) {
    for (const std::string text : {"localhost", "", "127.0.0.1:80", "1.2.3", "::g"}) {
        EXPECT_EQ(ip_address(text, 1).error().code, ErrorCode::invalid_argument) << text;
    }
    EXPECT_EQ(local_address("").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(local_address(std::string(108, 'a')).error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(local_address(std::string(107, 'a')).has_value());
}

}  // namespace
}  // namespace atlas::serving::net
