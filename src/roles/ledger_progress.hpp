// SPDX-License-Identifier: Apache-2.0
// How far in each household's ledger a role has read, as far as known since the start, and whoever
// waits for it to get further.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace atlas::roles {

/// Thread-safe.
class LedgerProgress {
public:
    LedgerProgress() = default;
    LedgerProgress(const LedgerProgress&) = delete;
    LedgerProgress& operator=(const LedgerProgress&) = delete;

    /// The role has everything up to `sequence`. What is behind changes nothing.
    void reach(HouseholdId household, std::int64_t sequence);
    /// The last event the role has; 0 where nothing was read yet.
    std::int64_t sequence(HouseholdId household) const;
    /// Waits until the role has `sequence`, or the deadline: false.
    bool wait_for(HouseholdId household, std::int64_t sequence, Deadline deadline) const;

private:
    std::int64_t sequence_locked(HouseholdId household) const;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::map<HouseholdId, std::int64_t> reached_;  ///< Guarded by mutex_.
};

}  // namespace atlas::roles
