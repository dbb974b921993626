// SPDX-License-Identifier: Apache-2.0
// Goal: as the fast slice. Method: over a longer history, 60 ends; ATLAS_SOAK=slice: 12.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/catch_up.hpp"

namespace atlas::system_test {
namespace {

const int kProgramIsSet = ::setenv("ATLAS_PROGRAM", ATLAS_PROGRAM, 0);

TEST(CatchUpSoak, EndedHoweverOftenLeavesWhatItWouldHaveCome) {
    const char* size = std::getenv("ATLAS_SOAK");
    const int ends = size != nullptr && std::string_view(size) == "slice" ? 12 : 60;
    const std::uint64_t seed = std::random_device{}();
    // Each goes on where the last one was: more rows for more of them.
    const int in_time = cut_catch_up({.seed = seed,
                                      .rows = ends * 2'500,
                                      .kills = ends * 2 / 3,
                                      .stops = ends / 3,
                                      .moment_ms_max = 200});
    std::printf("seed %llu: %d of %d ends hit a reading server\n",
                static_cast<unsigned long long>(seed), in_time, ends);
    EXPECT_GE(in_time, ends / 3);
}

}  // namespace
}  // namespace atlas::system_test
