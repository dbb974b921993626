// SPDX-License-Identifier: Apache-2.0
// Goal: as export_test.cpp, on 200 seeded ledgers.
#include <gtest/gtest.h>

#include "app/testing/ledger_exports.hpp"

namespace atlas::app {
namespace {

TEST(ExportSlow, ARandomLedgerComesBackByteForByte) {
    for (std::uint64_t seed = 1000; seed < 1200 && !::testing::Test::HasFailure(); ++seed) {
        testing::check_round_trip(seed);
    }
}

}  // namespace
}  // namespace atlas::app
