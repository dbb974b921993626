// SPDX-License-Identifier: Apache-2.0
// The assignment problem: rows to columns, one to one, with the greatest total gain.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace atlas::finance::ledger {

struct Assignment {
    std::vector<std::optional<std::size_t>> column_of_row;
    double total = 0.0;
};

/// Shapes: `gain` has rows of one length. Entries <= 0 are never assigned.
/// Cost: O(n^3) for n = max(rows, columns).
/// Source: R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse
///         linear assignment problems", Computing 38 (1987), without its initialisation.
Assignment best_assignment(const std::vector<std::vector<double>>& gain);

}  // namespace atlas::finance::ledger
