// SPDX-License-Identifier: Apache-2.0
#include "roles/ledger_progress.hpp"

#include <algorithm>

namespace atlas::roles {

void LedgerProgress::reach(HouseholdId household, std::int64_t sequence) {
    {
        const std::lock_guard lock(mutex_);
        std::int64_t& reached = reached_[household];
        reached = std::max(reached, sequence);
    }
    changed_.notify_all();
}

std::int64_t LedgerProgress::sequence_locked(HouseholdId household) const {
    const auto found = reached_.find(household);
    return found == reached_.end() ? 0 : found->second;
}

std::int64_t LedgerProgress::sequence(HouseholdId household) const {
    const std::lock_guard lock(mutex_);
    return sequence_locked(household);
}

bool LedgerProgress::wait_for(HouseholdId household, std::int64_t sequence,
                              Deadline deadline) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline.at,
                               [&] { return sequence_locked(household) >= sequence; });
}

}  // namespace atlas::roles
