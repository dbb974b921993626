// SPDX-License-Identifier: Apache-2.0
// Goal: the simulator agrees to the cent with the slow oracle. Method: seeded households of every
// kind, hostile ones among them; the slow test does ten thousand.
#include "finance/debt/testing/oracle_check.hpp"

namespace atlas::finance::debt {
namespace {

TEST(PayoffOracle, AgreesOnAThousandHouseholds) {
    testing::check_seeds(1, 1'000);
}

}  // namespace
}  // namespace atlas::finance::debt
