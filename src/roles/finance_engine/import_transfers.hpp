// SPDX-License-Identifier: Apache-2.0
// Which new transactions of an import are legs of transfers, with one another or with what the
// ledger has. Only those that have a counterpart at all are looked at as transactions.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "finance/ledger/pair_transfers.hpp"
#include "ports/ledger_store.hpp"
#include "roles/finance_engine/plan_spool.hpp"

namespace atlas::roles::finance_engine {

enum class LegOrigin : std::uint8_t { ledger, replaced, streamed };

struct FoundLeg {
    finance::ledger::Transaction transaction;
    LegOrigin origin = LegOrigin::ledger;
};

struct FoundPair {
    FoundLeg out;
    FoundLeg in;
    double confidence = 0.0;
};

/// Borrowed for the call.
struct TransferQuestion {
    ports::LedgerStore& store;
    HouseholdId household;
    const std::vector<AccountId>& accounts;  ///< That the ledger has.
    const std::vector<finance::ledger::Transaction>& replaced;
    PlanSpool& streamed;
    Date first;  ///< Of the new ones.
    Date last;
};

/// The pairs with at least one leg that is not the ledger's alone.
/// Cost: 16 bytes of memory for each of the ledger's between the days, 24 for a million marks at a
/// time, and O(n log n).
Result<std::vector<FoundPair>> find_transfers(const TransferQuestion& question);

}  // namespace atlas::roles::finance_engine
