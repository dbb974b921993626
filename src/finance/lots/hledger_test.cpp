// SPDX-License-Identifier: Apache-2.0
// Goal: hledger agrees on cost, gain and what is left, lot by lot. Method: seeded requests written
// as journals whose gains hledger works out itself (testing/lot_journal.hpp).
#include <gtest/gtest.h>

#include "finance/lots/testing/lot_journal.hpp"

namespace atlas::finance::lots {
namespace {

TEST(Lots, HledgerWorksOutTheSameGains) {
    testing_lots::check_with_hledger(1, 20);
}

}  // namespace
}  // namespace atlas::finance::lots
