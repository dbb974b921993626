// SPDX-License-Identifier: Apache-2.0
// The sample household: invented people whose statements come in through the same door as
// anybody's.
#pragma once

#include <cstdint>

#include "app/house.hpp"

namespace atlas::app {

/// Imports five years of statements into an empty ledger and files them as the household would
/// have; a ledger that has accounts is left alone: false.
Result<bool> add_demo_household(House& house, std::uint64_t seed);

}  // namespace atlas::app
