// SPDX-License-Identifier: Apache-2.0
// The whole spine from one seed: a ledger store with its outbox, the carrier of the relay, the
// event log, the monthly totals and the feature tiles, on a disk that fails. Everything follows
// from the seed.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace atlas::sim::spine {

struct SpineOutcome {
    int lives = 0;       ///< Starts of the program.
    int cuts = 0;        ///< Lives ended by a power cut,
    int kills = 0;       ///< by kill -9,
    int faults = 0;      ///< or by an error of the disk.
    int written = 0;     ///< Ledger changes acknowledged.
    int surfaced = 0;    ///< Not acknowledged, and there afterwards.
    int full = 0;        ///< Changes refused for want of space; the life went on.
    int deliveries = 0;  ///< Batches applied to the totals, repeated ones included.
    int repeated = 0;
    std::int64_t events = 0;
};

/// Errors: internal with the seed, the life and the invariant that was broken.
Result<SpineOutcome> simulate_spine(std::uint64_t seed);

}  // namespace atlas::sim::spine
