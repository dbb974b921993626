// SPDX-License-Identifier: Apache-2.0
// Projection: how much moved per month, category and currency. Derived from ledger events, so it
// can be dropped and rebuilt; it says up to which sequence it knows.
// Contract suite: ports/testing/monthly_totals_contract.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "money/money.hpp"

namespace atlas::ports {

/// A total, or the change of one.
struct MonthlyTotal {
    Date month;  ///< First day of the month.
    std::string category;
    money::Money amount;     ///< Signed as in the accounts: spending is negative.
    std::int64_t count = 0;  ///< Splits.

    friend bool operator==(const MonthlyTotal&, const MonthlyTotal&) = default;
};

struct MonthlyTotals {
    std::int64_t as_of = 0;           ///< Ledger sequence of the last event applied.
    std::vector<MonthlyTotal> items;  ///< By month, category, currency; no zero counts.
};

/// The changes one ledger event makes.
struct MonthlyTotalsEvent {
    std::int64_t sequence = 0;
    std::span<const MonthlyTotal> changes{};
};

/// Thread-safe.
class MonthlyTotalsStore {
public:
    virtual ~MonthlyTotalsStore() = default;

    /// Adds the changes of the event numbered `sequence` and remembers it, in one transaction.
    /// A sequence at or before the remembered one changes nothing (a repeated delivery): false.
    /// Errors: conflict (a gap: sequence is not the next one), invalid_argument (a month that is
    ///         not its first day, a total beyond the range of Money), unavailable, no_space.
    virtual Result<bool> apply(HouseholdId household, std::int64_t sequence,
                               std::span<const MonthlyTotal> changes) = 0;

    /// Several events in one transaction: all that are new, or none. Returns the last sequence
    /// known afterwards. Errors: those of apply.
    virtual Result<std::int64_t> apply_batch(HouseholdId household,
                                             std::span<const MonthlyTotalsEvent> events) = 0;

    /// Months from..to, both included; any day of a month stands for it.
    virtual Result<MonthlyTotals> read(HouseholdId household, Date from, Date to) = 0;

    /// Forgets the household, to be rebuilt by replay.
    virtual Result<void> reset(HouseholdId household) = 0;
};

}  // namespace atlas::ports
