// SPDX-License-Identifier: Apache-2.0
// Goal: as export_test.cpp, on 200 seeded ledgers; ATLAS_SOAK=slice: 10.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "app/testing/ledger_exports.hpp"

namespace atlas::app {
namespace {

TEST(ExportSlow, ARandomLedgerComesBackByteForByte) {
    const char* size = std::getenv("ATLAS_SOAK");
    const bool is_slice = size != nullptr && std::string_view(size) == "slice";
    const std::uint64_t end = is_slice ? 1010 : 1200;
    for (std::uint64_t seed = 1000; seed < end && !::testing::Test::HasFailure(); ++seed) {
        testing::check_round_trip(seed);
    }
}

}  // namespace
}  // namespace atlas::app
