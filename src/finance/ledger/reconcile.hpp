// SPDX-License-Identifier: Apache-2.0
// The bank's balances beside the ledger's, and the likeliest reason for every difference. A
// difference that stays the same from one balance to the next has one reason, and it lies between
// the two days where it first shows: that is where reasons are looked for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/id.hpp"
#include "finance/ledger/transaction.hpp"
#include "money/money.hpp"

namespace atlas::finance::ledger {

enum class DifferenceCause : std::uint8_t {
    missing_opening,       ///< What the account held before the first statement is not known.
    duplicate,             ///< One of two like transactions of that amount is too many.
    missing_transfer_leg,  ///< Another account tells of the other end.
    sign_flipped,          ///< A transaction of half the difference has the wrong sign.
    pending_counted,       ///< The bank has counted what the ledger holds as pending.
    booked_other_day,      ///< A transaction of that amount stands just on the wrong side.
    extra_transaction,     ///< One transaction of exactly that amount is too many.
    swapped_digits,        ///< An amount entered by hand with two digits in the wrong order.
    exchange_rate,         ///< A purchase in another currency was booked at another rate.
    two_transactions,      ///< Two transactions together make it.
    gap_in_coverage,       ///< No file tells of some days in between.
    unknown,
};
std::string_view name_of(DifferenceCause cause);

struct LikelyCause {
    DifferenceCause cause = DifferenceCause::unknown;
    std::string text;                         ///< For the person, with amounts and days.
    std::vector<TransactionId> transactions;  ///< That it speaks of.
};

/// A balance a statement told: at the end of its day.
struct BankBalance {
    Date date;
    money::Money amount;
    std::string file;
};

/// Days that some file covers, both included.
struct CoveredDays {
    Date from;
    Date to;

    friend bool operator==(const CoveredDays&, const CoveredDays&) = default;
};

struct ReconciledBalance {
    BankBalance bank;
    money::Money ledger;      ///< Posted transactions up to the day.
    money::Money difference;  ///< Bank minus ledger.
    money::Money change;      ///< Of the difference since the balance before.
    /// Empty where `change` is nothing. Likeliest first, at most four.
    std::vector<LikelyCause> causes;
};

/// What is known of an account. The spans outlive the call; balances by date, one a day;
/// transactions of the account, and those of others (for transfers), in any order.
struct ReconcileQuestion {
    std::span<const BankBalance> balances;
    std::span<const Transaction> own;
    std::span<const Transaction> others;
    std::span<const CoveredDays> covered;
    bool has_opening = false;
};

/// One row a balance. Errors: invalid_argument when a sum leaves the range of Money.
/// Cost: O(n log n) for n transactions, and O(m^2) for m of those that first show one difference,
///       of which at most 2,000 are looked at in pairs.
Result<std::vector<ReconciledBalance>> reconcile(const ReconcileQuestion& question);

/// Days between the first and the last covered one that none covers: what nobody told. Two covered
/// stretches with at most `days_apart_max` days between count as one, because statements end on
/// working days.
std::vector<CoveredDays> coverage_gaps(std::span<const CoveredDays> covered,
                                       std::int32_t days_apart_max = 3);

}  // namespace atlas::finance::ledger
