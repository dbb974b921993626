// SPDX-License-Identifier: Apache-2.0
// The one truth for every strategy: month by month, interest and fees first, then the minimums,
// then the rest of the budget in the order a policy names. A policy only ranks debts; it cannot
// create, lose or hold back a cent.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {

inline constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

/// One entry of a month's ranking: a loan and the most it may get here above its minimum.
struct Turn {
    std::uint16_t loan = 0;
    std::int64_t limit = kNoLimit;
};

/// What a policy may look at: the month, and what each loan owes once minimums are paid.
struct MonthView {
    const Problem& problem;
    int month;
    std::span<const std::int64_t> owed;
};

/// Puts `turns` in the order in which extra money goes. It holds the turns of the month before
/// (in the first month: every loan, as given); loans that are closed may stay in it.
using Policy = std::function<void(const MonthView&, std::vector<Turn>& turns)>;

/// One loan in one month: balance = balance before + interest + fees − paid.
struct Row {
    int month = 0;
    std::uint16_t loan = 0;
    std::int64_t interest = 0;
    std::int64_t fees = 0;  ///< Monthly and late fees, prepayment penalty.
    std::int64_t paid = 0;
    std::int64_t balance = 0;
};

/// What became of one loan.
struct LoanOutcome {
    int closed_month = 0;
    std::int64_t interest = 0;
    std::int64_t fees = 0;
};

struct Outcome {
    int months = 0;
    std::int64_t interest = 0;
    std::int64_t fees = 0;
    std::int64_t paid = 0;      ///< Opening balances + interest + fees.
    double strain_worst = 0.0;  ///< Largest share of a month's budget that minimums claim.
    double strain_total = 0.0;
    int strain_month = 0;              ///< The first month of strain_worst.
    std::int64_t strain_minimums = 0;  ///< What minimums claim in it.
    std::int64_t loan_months = 0;      ///< Work done: open loans, summed over months.
    std::vector<LoanOutcome> loans;

    std::int64_t cost() const { return interest + fees; }
};

enum class Spending : std::uint8_t { whole_budget, minimums_only };

/// Where a simulation writes down more than its outcome; null members are left out.
struct Record {
    std::vector<Row>* rows = nullptr;  ///< By month, then as the loans are given.
    /// By month: the open loan that one more unit of money would have gone to, or -1.
    std::vector<std::int32_t>* marginal = nullptr;
    std::int64_t* loan_months = nullptr;  ///< Added to, also when the plan fails.
};

/// Errors: infeasible (place /monthly_budget)  the minimums of a month need more than its budget
///                     (not for minimums_only), or something is still owed after 600 months
///         infeasible (place /debts/i)         the debt or its interest outgrows kOwedMinorMax
/// Cost:   O(months × loans) plus the policy; about 10 ns a loan and month.
Result<Outcome> simulate(const Problem& problem, const Policy& policy, Spending spending,
                         const Record& record = {});

}  // namespace atlas::finance::debt
