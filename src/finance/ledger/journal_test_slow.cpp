// SPDX-License-Identifier: Apache-2.0
// Goal: hledger agrees with our totals, register and income statement on many ledgers. Method: 200
// seeds (journal_test.cpp: 6).
#include <gtest/gtest.h>

#include "finance/ledger/testing/hledger_check.hpp"

namespace atlas::finance::ledger {
namespace {

TEST(JournalSlow, HledgerComputesTheSameTotalsRegisterAndIncome) {
    testing_ledger::check_seeds(1000, 200, testing_ledger::Depth::all);
}

}  // namespace
}  // namespace atlas::finance::ledger
