// SPDX-License-Identifier: Apache-2.0
// One crash of a store, from a seed: a random workload of transactions, a power cut at a random
// operation, each unsynced change kept, dropped or torn, and the check that every acknowledged
// commit is there and nothing is half. Shared by the fast test and the slow one.
#pragma once

#include <cstdint>

#include "base/result.hpp"

namespace atlas::sim::disk {

struct CrashOutcome {
    int acknowledged = 0;
    bool is_last_kept = false;      ///< A commit under way when the power went is there.
    bool is_in_checkpoint = false;  ///< The power went during a checkpoint.
    int crashes = 0;
};

/// Several power cuts on one disk, one after the other. Errors: internal, saying what was lost.
Result<CrashOutcome> crash_store(std::uint64_t seed);

}  // namespace atlas::sim::disk
