// SPDX-License-Identifier: Apache-2.0
// From movements of one payee to the chains worth calling a series.
#pragma once

#include <span>
#include <vector>

#include "finance/recurring/chain.hpp"
#include "finance/recurring/recurring.hpp"

namespace atlas::finance::recurring {

/// Movements of one currency, direction and payee, by day.
struct Group {
    std::vector<Item> items;
};

/// Splits movements into groups. Zero amounts, dates outside 1900 to 9000, and texts that name
/// nobody (empty, or standing for none) belong to none.
std::vector<Group> group_movements(std::span<const Movement> movements);

/// A chain that convinces: enough evidence, enough occurrences, and not a selection of convenience
/// among many movements like it. Its items are those of the group, by day.
struct FoundChain {
    Cadence cadence = Cadence::monthly;
    double evidence = 0.0;
    std::vector<Item> items;
};
std::vector<FoundChain> find_chains(const Group& group);

}  // namespace atlas::finance::recurring
