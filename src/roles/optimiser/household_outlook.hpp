// SPDX-License-Identifier: Apache-2.0
// The household around its debts, from its own ledger: months of income and expenses, what is at
// hand, pay days and bills; and what the calculators of outlook.hpp say to that.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "contracts/resources/debts.hpp"
#include "roles/optimiser/known_debts.hpp"
#include "roles/optimiser/optimiser.hpp"

namespace atlas::roles::optimiser {

/// Complete calendar months looked at.
inline constexpr int kOutlookMonths = 24;

struct HouseholdView {
    std::vector<contracts::MonthFlowValue> months;   ///< Oldest first, without transfers.
    std::int64_t income_mean = 0;                    ///< Of them, minor units.
    std::int64_t left_median = 0;                    ///< Income less expenses of a month.
    std::int64_t at_hand = 0;                        ///< On checking, savings and cash accounts.
    std::int64_t account_balance = 0;                ///< Of the checking account most used.
    std::vector<contracts::RegularFlowValue> flows;  ///< Monthly ones on it.
    std::int64_t daily_spending = 0;                 ///< Besides them.
    bool has_pay_day = false;
};

/// Transfers between accounts are neither income nor expenses; other currencies are left out.
/// Errors: those of the ledger.
Result<HouseholdView> view_household(const Parts& parts, HouseholdId household, Date today);

/// Fills emergency_fund, surplus and payment_days of the answer as far as the ledger goes, which
/// is said in its assumptions. Errors: invalid_argument below /outlook.
Result<void> add_outlook(const HouseholdView& view, const contracts::AskDebtAdvice& request,
                         contracts::DebtAdviceValue& answer);

}  // namespace atlas::roles::optimiser
