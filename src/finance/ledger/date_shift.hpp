// SPDX-License-Identifier: Apache-2.0
// Finds stretches of a file whose dates are all a day off from the ledger's: programs that print
// the midnight of another zone do that.
#pragma once

#include <vector>

#include "finance/ledger/match_item.hpp"

namespace atlas::finance::ledger {

/// Sets Item::shift of each entry to -1, 0 or 1. A shift needs proof nearby: three amounts that
/// occur once on both sides, a day apart; and the day's amounts must fit better with it.
/// Cost: O((n + m) log(n + m)).
void set_shifts(std::vector<Item>& entries, const std::vector<Item>& known);

}  // namespace atlas::finance::ledger
