// SPDX-License-Identifier: Apache-2.0
// The household's debts as finance/debt wants them: given terms first; for an account without, the
// rate from posted interest and the payment from what was paid; what nothing is known of is assumed
// aloud. Each term says which.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "contracts/resources/debts.hpp"
#include "finance/debt/debt.hpp"
#include "roles/optimiser/optimiser.hpp"

namespace atlas::roles::optimiser {

struct KnownDebt {
    contracts::DebtRecordValue value;
    finance::debt::Debt debt;                   ///< Its id is the value's.
    std::optional<std::int64_t> paid_lately{};  ///< A month, minor units.
    std::vector<std::string> evidence{};
    std::vector<std::string> assumptions{};
};

/// The kind under which the ledger keeps what was given.
inline constexpr std::string_view kDebtRecordKind = "debt";

struct GivenDebt {
    contracts::DebtId id;
    contracts::DebtTermsValue terms;
};

/// One debt with what its account adds. Nothing when its account, and with it the balance, is gone.
/// Errors: those of the store.
Result<std::optional<KnownDebt>> know_debt(const Parts& parts, HouseholdId household,
                                           const GivenDebt& given, Date today);

/// What was given, then accounts that owe something and nobody gave terms for.
/// Errors: those of the stores; data_loss for stored terms that cannot be read.
Result<std::vector<KnownDebt>> load_debts(const Parts& parts, HouseholdId household, Date today);

/// Terms that somebody gives are checked as they come. Errors: invalid_argument with a pointer.
Result<void> check_terms(const contracts::DebtTermsValue& terms, Date today);

}  // namespace atlas::roles::optimiser
