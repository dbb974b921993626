// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of store_crash_test.cpp, at full size. ATLAS_SEED moves the seeds,
// ATLAS_SEEDS says how many.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "sim/disk/store_crash.hpp"

namespace atlas::sim::disk {
namespace {

std::uint64_t read_number(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::stoull(text);
}

TEST(StoreCrashSlow, ThousandsOfSeededCutsLoseNothingAcknowledged) {
    const std::uint64_t first = read_number("ATLAS_SEED", 1000);
    const std::uint64_t count = read_number("ATLAS_SEEDS", 5000);
    std::cout << "seeds " << first << " to " << first + count - 1 << '\n';
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const auto outcome = crash_store(seed);
        ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    }
}

}  // namespace
}  // namespace atlas::sim::disk
