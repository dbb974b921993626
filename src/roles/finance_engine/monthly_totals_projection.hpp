// SPDX-License-Identifier: Apache-2.0
// Keeps the monthly totals in step with the ledger: a consumer of ledger events whose effect and
// position are one transaction. What the bus forgot in a crash it reads from the ledger's history.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "ports/event_bus.hpp"
#include "ports/ledger_store.hpp"
#include "ports/monthly_totals.hpp"
#include "roles/ledger_follower.hpp"
#include "roles/ledger_progress.hpp"

namespace atlas::roles::finance_engine {

/// The totals an event changes; none for events about other things.
/// Errors: data_loss for a payload that cannot be read.
Result<std::vector<ports::MonthlyTotal>> monthly_changes(std::string_view type,
                                                         std::string_view payload);

/// Borrows what it is given; runs from start() to destruction.
class MonthlyTotalsProjection {
public:
    struct Parts {
        ports::LedgerStore& ledger;
        ports::MonthlyTotalsStore& totals;
        ports::EventBus& bus;
        const Clock& clock;
    };
    explicit MonthlyTotalsProjection(Parts parts)
        : parts_(parts),
          follower_(parts.bus, parts.clock) {}
    MonthlyTotalsProjection(const MonthlyTotalsProjection&) = delete;
    MonthlyTotalsProjection& operator=(const MonthlyTotalsProjection&) = delete;

    /// Brings the households up to the ledger, then follows the bus on one thread a partition.
    /// Returns when they are there, or `patience` is over (LedgerFollower::start).
    Result<void> start(std::span<const HouseholdId> households, Deadline patience = {});

    /// Applies everything the ledger has that the totals lack.
    Result<void> catch_up(HouseholdId household);

    /// Waits until the totals include `sequence`, or the deadline: false.
    bool wait_for(HouseholdId household, std::int64_t sequence, Deadline deadline) const {
        return progress_.wait_for(household, sequence, deadline);
    }
    /// The last ledger event the totals include, as far as known since the start.
    std::int64_t sequence(HouseholdId household) const { return progress_.sequence(household); }
    std::string trouble() const { return follower_.trouble(); }

private:
    Result<void> apply(HouseholdId household, std::span<const ports::StoredEvent* const> events);

    Parts parts_;
    LedgerProgress progress_;
    LedgerFollower follower_;  ///< Last: stopped before what it uses.
};

}  // namespace atlas::roles::finance_engine
