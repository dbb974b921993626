// SPDX-License-Identifier: Apache-2.0
// Goal and method as oracle_test.cpp: ten thousand further households.
#include "finance/debt/testing/oracle_check.hpp"

namespace atlas::finance::debt {
namespace {

TEST(PayoffOracleSlow, AgreesOnTenThousandHouseholds) {
    testing::check_seeds(1'001, 11'000);
}

}  // namespace
}  // namespace atlas::finance::debt
