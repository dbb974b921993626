// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of spine_test.cpp, at full size. ATLAS_SEED moves the seeds, ATLAS_SEEDS
// says how many.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "sim/spine/spine.hpp"

namespace atlas::sim::spine {
namespace {

std::uint64_t read_number(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::stoull(text);
}

TEST(SpineSlow, TwoThousandSeeds) {
    const std::uint64_t first = read_number("ATLAS_SEED", 1000);
    const std::uint64_t count = read_number("ATLAS_SEEDS", 2000);
    std::cout << "seeds " << first << " to " << first + count - 1 << '\n';
    std::int64_t events = 0;
    int cuts = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const auto outcome = simulate_spine(seed);
        ASSERT_TRUE(outcome.has_value()) << outcome.error().message << "; make sim SEED=" << seed;
        events += outcome->events;
        cuts += outcome->cuts;
    }
    std::cout << events << " events, " << cuts << " power cuts" << '\n';
}

}  // namespace
}  // namespace atlas::sim::spine
