// SPDX-License-Identifier: Apache-2.0
// Goal and method of log_crash_states_test.cpp, in full: every operation of every run, and every
// single sync of every run left out once. ATLAS_SOAK=slice leaves it at the fast tests' share;
// ATLAS_SLICE=k/n takes the k-th of n parts of the syncs.
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

/// ATLAS_SLICE=k/n: the k-th of n parts, k from 0.
struct Slice {
    std::uint64_t part = 0;
    std::uint64_t parts = 1;
};

Slice read_slice() {
    Slice slice;
    const char* text = std::getenv("ATLAS_SLICE");
    if (text != nullptr) {
        const std::string_view words(text);
        const std::size_t slash = words.find('/');
        slice.part = std::stoull(std::string(words.substr(0, slash)));
        slice.parts = std::stoull(std::string(words.substr(slash + 1)));
    }
    return slice;
}

// A sync that is left out can be missed from its place on until a later one covers it: the power
// goes at each of the operations behind it.
TEST_P(LogCrashStatesSlow, EachSyncIsNeeded) {
    constexpr std::uint64_t kBehind = 16;
    const Slice slice = read_slice();
    RecordedRun run(GetParam());
    std::string unneeded;
    std::uint64_t tried = 0;
    std::uint64_t unneeded_count = 0;
    for (std::uint64_t sync = 1 + slice.part; sync <= run.all_syncs(); sync += slice.parts) {
        ++tried;
        const CrashReport report = crash_everywhere(run, {.first = run.operation_of(sync) + 1,
                                                          .count = kBehind,
                                                          .skipped_sync = sync,
                                                          .stops_at_failure = true});
        if (report.failures == 0) {
            unneeded += format(" {}", sync);
            ++unneeded_count;
        }
    }
    std::printf("[ syncs ] %llu of %llu left out, not missed %llu:%s\n",
                static_cast<unsigned long long>(tried),
                static_cast<unsigned long long>(run.all_syncs()),
                static_cast<unsigned long long>(unneeded_count), unneeded.c_str());
    // A sync of what a later one syncs again, before anything is acknowledged, is not missed.
    EXPECT_LT(unneeded_count, tried / 2 + 1);
}

INSTANTIATE_TEST_SUITE_P(Stories, LogCrashStatesSlow,
                         testing::Values(Story::ledger, Story::retention, Story::compaction));

}  // namespace
}  // namespace atlas::sim::log
