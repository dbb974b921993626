// SPDX-License-Identifier: Apache-2.0
// What of an account's ledger the entries of a window of days may turn out to be.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "finance/ledger/deduplicate.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

struct KnownAround {
    std::vector<finance::ledger::Transaction> transactions;
    std::vector<finance::ledger::ToldPrint> told;  ///< Of those.
};

struct KnownQuestion {
    AccountId account;
    bool is_new = false;  ///< The ledger does not have the account yet.
    Date first;           ///< Of the window's entries.
    Date last;
    std::span<const finance::ledger::Transaction> earlier;    ///< Added by the same file.
    std::span<const std::pair<Date, TransactionId>> matched;  ///< By windows before: not again.
};

/// Without the account's opening. Errors: the store's.
Result<KnownAround> load_known(ports::LedgerStore& store, HouseholdId household,
                               const KnownQuestion& question);

}  // namespace atlas::roles::finance_engine
