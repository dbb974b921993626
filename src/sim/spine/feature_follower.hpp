// SPDX-License-Identifier: Apache-2.0
// A consumer that folds the log's events into feature tiles, as roles/ml/feature_projection does,
// one step at a time instead of on threads of its own, and the checks that its tiles are what a
// recomputation from the ledger's history gives.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "ports/event_bus.hpp"
#include "ports/feature_store.hpp"
#include "ports/ledger_store.hpp"
#include "roles/ml/feature_projection.hpp"

namespace atlas::sim::spine {

class FeatureFollower {
public:
    /// Loads what the store has of each household.
    static Result<FeatureFollower> open(std::unique_ptr<ports::FeatureStore> store,
                                        std::span<const HouseholdId> households);

    /// Applies an event once; what came before it and is missing is taken from the ledger.
    Result<void> apply(const ports::StoredEvent& stored, ports::LedgerStore& ledger);
    /// Commits a household's tiles with their sequence.
    Result<void> store(HouseholdId household);
    std::int64_t sequence(HouseholdId household) const;

    /// Errors: internal: tiles in memory or in the store are ahead of the ledger, or not what its
    /// history gives.
    Result<void> check(ports::LedgerStore& ledger);

private:
    explicit FeatureFollower(std::unique_ptr<ports::FeatureStore> store)
        : store_(std::move(store)) {}

    std::unique_ptr<ports::FeatureStore> store_;
    std::map<HouseholdId, features::HouseholdTiles> tiles_;
};

}  // namespace atlas::sim::spine
