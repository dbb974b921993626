// SPDX-License-Identifier: Apache-2.0
// Goal: ledger, outbox, relay, log and projection agree after whatever happens to the disk. Method:
// seeded lives on the simulated disk, each invariant checked after each of them. ATLAS_SIM_SEED
// plays one seed and says what it did (`make sim SEED=n`).
#include "sim/spine/spine.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/format.hpp"

namespace atlas::sim::spine {
namespace {

std::string text_of(const SpineOutcome& outcome) {
    return format(
        "{} lives ({} power cuts, {} kills, {} ended by an error), {} changes acknowledged, {} "
        "surfaced, {} refused by a full disk, {} deliveries, {} events repeated, {} events in all",
        outcome.lives, outcome.cuts, outcome.kills, outcome.faults, outcome.written,
        outcome.surfaced, outcome.full, outcome.deliveries, outcome.repeated, outcome.events);
}

TEST(Spine, ASliceOfSeeds) {
    SpineOutcome all;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        const auto outcome = simulate_spine(seed);
        ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
        all.cuts += outcome->cuts;
        all.kills += outcome->kills;
        all.faults += outcome->faults;
        all.full += outcome->full;
        all.repeated += outcome->repeated;
        all.written += outcome->written;
    }
    // A simulation in which nothing happens proves nothing.
    EXPECT_GT(all.cuts, 20);
    EXPECT_GT(all.kills, 10);
    EXPECT_GT(all.faults, 10);
    EXPECT_GT(all.full, 0);
    EXPECT_GT(all.repeated, 100);
    EXPECT_GT(all.written, 500);
}

TEST(Spine, OneSeedOneStory) {
    const auto once = simulate_spine(7);
    const auto again = simulate_spine(7);
    ASSERT_TRUE(once.has_value() && again.has_value());
    EXPECT_EQ(text_of(*once), text_of(*again));
}

TEST(Spine, TheSeedAskedFor) {
    const char* seed = std::getenv("ATLAS_SIM_SEED");
    if (seed == nullptr) {
        return;
    }
    const auto outcome = simulate_spine(std::stoull(seed));
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    std::printf("seed %s: %s\n", seed, text_of(*outcome).c_str());
}

}  // namespace
}  // namespace atlas::sim::spine
