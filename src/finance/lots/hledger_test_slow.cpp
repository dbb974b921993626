// SPDX-License-Identifier: Apache-2.0
// Goal: as hledger_test.cpp, on 200 seeds.
#include <gtest/gtest.h>

#include "finance/lots/testing/lot_journal.hpp"

namespace atlas::finance::lots {
namespace {

TEST(LotsSlow, HledgerWorksOutTheSameGains) {
    testing_lots::check_with_hledger(1000, 200);
}

}  // namespace
}  // namespace atlas::finance::lots
