// SPDX-License-Identifier: Apache-2.0
// Goal: everything fires, once, not early and not late. Method: random arming against a list.
#include "serving/http/timer_wheel.hpp"

#include <gtest/gtest.h>
#include <vector>

#include "base/random.hpp"

namespace atlas::serving::http {
namespace {

TEST(TimerWheel, AgreesWithAList) {
    constexpr std::uint64_t kSeed = 5;
    Random random(kSeed);
    struct Timer : TimerWheel::Entry {
        std::uint64_t wanted = 0;  // 0: not armed.
    };
    std::vector<Timer> timers(200);
    TimerWheel wheel;
    std::uint64_t fired = 0;
    for (std::uint64_t now = 0; now < 20'000;) {
        for (int i = 0; i < 20; ++i) {
            Timer& timer = timers[random.below(timers.size())];
            if (random.chance(0.2)) {
                timer.unlink();
                timer.wanted = 0;
            } else {
                timer.wanted = now + 1 + random.below(1500);
                wheel.arm(timer, timer.wanted);
            }
        }
        const auto before = now;
        now += random.chance(0.02) ? 700 : 1 + random.below(3);
        wheel.advance(now, [&](TimerWheel::Entry& entry) {
            auto& timer = static_cast<Timer&>(entry);
            ASSERT_NE(timer.wanted, 0U) << "seed " << kSeed;
            ASSERT_GT(timer.wanted, before);
            ASSERT_LE(timer.wanted, now);
            timer.wanted = 0;
            ++fired;
        });
        for (const Timer& timer : timers) {
            ASSERT_TRUE(timer.wanted == 0 || timer.wanted > now) << "late, seed " << kSeed;
            ASSERT_EQ(timer.is_armed(), timer.wanted != 0);
        }
    }
    EXPECT_GT(fired, 1000U);
}

TEST(TimerWheel, MayBeArmedAndDestroyedWhileFiring) {
    TimerWheel wheel;
    TimerWheel::Entry first;
    auto second = std::make_unique<TimerWheel::Entry>();
    wheel.arm(first, 3);
    wheel.arm(*second, 3);
    int count = 0;
    wheel.advance(3, [&](TimerWheel::Entry& entry) {
        ++count;
        second.reset();
        wheel.arm(entry, 1);  // In the past: the next tick.
    });
    EXPECT_EQ(count, 1);
    wheel.advance(4, [&](TimerWheel::Entry&) { ++count; });
    EXPECT_EQ(count, 2);
}

}  // namespace
}  // namespace atlas::serving::http
