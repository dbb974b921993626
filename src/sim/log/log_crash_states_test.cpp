// SPDX-License-Identifier: Apache-2.0
// Goal: whatever a power cut leaves of the event log, nothing acknowledged is lost, nothing is
// invented, nothing is refused. Method: recorded runs, cut at operations all over them, in every
// state that the disk may be in then; the same runs with one sync left out, which must be found.
// Every operation and every sync: log_crash_states_test_slow.cpp.
#include <gtest/gtest.h>

#include "sim/log/recorded_run.hpp"

namespace atlas::sim::log {
namespace {

void expect_recovered(Story story, std::uint64_t step) {
    RecordedRun run(story);
    const CrashReport report = crash_everywhere(run, {.step = step, .stops_at_failure = true});
    EXPECT_EQ(report.failures, 0U) << report.first_failure;
    EXPECT_GT(report.count.states, 500U);
}

TEST(LogCrashStates, TheLedgersTopic) {
    expect_recovered(Story::ledger, 23);
}
TEST(LogCrashStates, ATopicThatForgets) {
    expect_recovered(Story::retention, 5);
}
TEST(LogCrashStates, ATopicThatIsCompacted) {
    expect_recovered(Story::compaction, 11);
}

TEST(LogCrashStates, ASyncLeftOutIsFound) {
    RecordedRun run(Story::ledger);
    // In the middle: those of batches, of a new segment and its folder, of a group's table.
    std::uint64_t found = 0;
    for (std::uint64_t sync = run.all_syncs() / 2; sync < run.all_syncs() / 2 + 3; ++sync) {
        const CrashReport report = crash_everywhere(run, {.first = run.operations() / 3,
                                                          .step = 2,
                                                          .skipped_sync = sync,
                                                          .stops_at_failure = true});
        found += report.failures > 0 ? 1U : 0U;
    }
    EXPECT_EQ(found, 3U);
}

}  // namespace
}  // namespace atlas::sim::log
