// SPDX-License-Identifier: Apache-2.0
// Goal: a server ended while its followers read behind (ADR 0009) costs nothing: lists, features,
// filing and totals are those of one that was left alone. Method: the real program, SIGKILL and
// SIGTERM at random moments after it listens; the slow suite does it often.
#include <cstdio>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/catch_up.hpp"

namespace atlas::system_test {
namespace {

const int kProgramIsSet = ::setenv("ATLAS_PROGRAM", ATLAS_PROGRAM, 0);

TEST(CatchUp, EndedInTheMiddleLeavesWhatItWouldHaveCome) {
    const std::uint64_t seed = std::random_device{}();
    const int in_time =
        cut_catch_up({.seed = seed, .rows = 4'000, .kills = 1, .stops = 1, .moment_ms_max = 20});
    // A quick machine may have read it all by then; the slow suite insists.
    std::printf("seed %llu: %d of 2 ends hit a reading server\n",
                static_cast<unsigned long long>(seed), in_time);
}

}  // namespace
}  // namespace atlas::system_test
