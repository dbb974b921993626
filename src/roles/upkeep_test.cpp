// SPDX-License-Identifier: Apache-2.0
// Goal: each job runs when it is due and not before, a failing one neither stops the others nor
// hides. Method: a clock moved by hand; what ran is counted by the jobs and by the metrics.
#include "roles/upkeep.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace atlas::roles {
namespace {

TEST(Upkeep, RunsWhatIsDueAndNothingElse) {
    ManualClock clock(Timestamp{1'000'000});
    Upkeep upkeep(clock);
    std::vector<Timestamp> quick;
    int slow = 0;
    upkeep.add({.name = "quick", .every = std::chrono::seconds(60), .run = [&](Timestamp now) {
                    quick.push_back(now);
                    return Result<void>();
                }});
    upkeep.add({.name = "slow", .every = std::chrono::hours(1), .run = [&](Timestamp) {
                    ++slow;
                    return Result<void>();
                }});
    EXPECT_EQ(upkeep.run_due(), 0U);
    clock.advance(std::chrono::seconds(59));
    EXPECT_EQ(upkeep.run_due(), 0U);
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(upkeep.run_due(), 1U);
    EXPECT_EQ(upkeep.run_due(), 0U) << "once a time";
    ASSERT_EQ(quick.size(), 1U);
    EXPECT_EQ(quick[0], clock.now());
    clock.advance(std::chrono::hours(3));
    EXPECT_EQ(upkeep.run_due(), 2U) << "what was missed is not made up for";
    EXPECT_EQ(slow, 1);
}

TEST(Upkeep, CountsAFailureAndGoesOn) {
    ManualClock clock(Timestamp{0});
    Upkeep upkeep(clock);
    int others = 0;
    bool is_broken = true;
    upkeep.add({.name = "broken", .every = std::chrono::seconds(1), .run = [&](Timestamp) {
                    return is_broken ? Result<void>(unavailable("away")) : Result<void>();
                }});
    upkeep.add({.name = "other", .every = std::chrono::seconds(1), .run = [&](Timestamp) {
                    ++others;
                    return Result<void>();
                }});
    serving::Metrics metrics;
    auto counted = upkeep.report_to(metrics);
    for (int i = 0; i < 3; ++i) {
        clock.advance(std::chrono::seconds(1));
        EXPECT_EQ(upkeep.run_due(), 2U);
        is_broken = i < 1;
    }
    EXPECT_EQ(others, 3);
    const std::string text = metrics.exposition();
    EXPECT_NE(text.find("atlas_upkeep_runs_total{job=\"broken\"} 3"), std::string::npos) << text;
    EXPECT_NE(text.find("atlas_upkeep_failures_total{job=\"broken\"} 2"), std::string::npos);
    EXPECT_NE(text.find("atlas_upkeep_failures_total{job=\"other\"} 0"), std::string::npos);
    counted.reset();
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(upkeep.run_due(), 2U) << "also when nobody counts";
}

TEST(Upkeep, ItsThreadStopsWithIt) {
    const SystemClock clock;
    Upkeep upkeep(clock);
    upkeep.add({.name = "never", .every = std::chrono::hours(1), .run = [](Timestamp) {
                    return Result<void>();
                }});
    upkeep.start();
}

}  // namespace
}  // namespace atlas::roles
