// SPDX-License-Identifier: Apache-2.0
// Goal and method of log_crash_states_test.cpp, in full: every operation of every run, and every
// single sync of every run left out once. ATLAS_SOAK=slice leaves it at the fast tests' share.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "sim/log/recorded_run.hpp"

namespace atlas::sim::log {
namespace {

class LogCrashStatesSlow : public testing::TestWithParam<Story> {
protected:
    void SetUp() override {
        const char* size = std::getenv("ATLAS_SOAK");
        if (size != nullptr && std::string_view(size) == "slice") {
            GTEST_SKIP() << "SKIPPED ALOUD: a campaign of its own; the fast tests hold a slice";
        }
    }
};

TEST_P(LogCrashStatesSlow, EveryStateAtEveryOperation) {
    RecordedRun run(GetParam());
    const CrashReport report = crash_everywhere(run, {});
    EXPECT_EQ(report.failures, 0U) << report.first_failure;
    const std::string said =
        format("{} operations, {} cuts of power, {} fates, {} distinct states, at most {} pieces",
               run.operations(), report.points, report.count.cuts, report.count.states,
               report.count.pieces_max);
    std::printf("[ states ] %s\n", said.c_str());
}

TEST_P(LogCrashStatesSlow, EachSyncIsNeeded) {
    RecordedRun run(GetParam());
    std::string unneeded;
    std::uint64_t unneeded_count = 0;
    for (std::uint64_t sync = 1; sync <= run.all_syncs(); ++sync) {
        const CrashReport report = crash_everywhere(
            run,
            {.first = 1 + sync % 7, .step = 7, .skipped_sync = sync, .stops_at_failure = true});
        if (report.failures == 0) {
            unneeded += format(" {}", sync);
            ++unneeded_count;
        }
    }
    std::printf("[ syncs ] %llu, not missed:%s\n", static_cast<unsigned long long>(run.all_syncs()),
                unneeded.c_str());
    // A sync of what a later one syncs again is not missed; most are.
    EXPECT_LT(unneeded_count, run.all_syncs());
}

INSTANTIATE_TEST_SUITE_P(Stories, LogCrashStatesSlow,
                         testing::Values(Story::ledger, Story::retention, Story::compaction));

}  // namespace
}  // namespace atlas::sim::log
