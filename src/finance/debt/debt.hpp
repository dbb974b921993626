// SPDX-License-Identifier: Apache-2.0
// What a household owes and what it can pay each month: the question that plan_payoff answers.
// Conventions: README.md of this folder. Theory: docs/theory/debt_payoff.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "money/money.hpp"
#include "money/rate.hpp"

namespace atlas::finance::debt {

/// Longest plan simulated: 50 years. Debts that outlive it are reported as infeasible.
inline constexpr int kPlanMonthsMax = 600;
/// Most debts in one plan. Households have a few; a broken import may have thousands.
inline constexpr std::size_t kDebtsMax = 256;
/// Largest amount in a request, in minor units, as in finance/interest.
inline constexpr std::int64_t kAmountMinorMax = 1'000'000'000'000'000;
/// A debt, or the interest on it, that grows beyond this is said to never end. 256 of them fit
/// into an int64, which is why no sum in a plan can overflow.
inline constexpr std::int64_t kOwedMinorMax = 10'000'000'000'000'000;
/// Steps of a rate path, of a budget path, and extra payments, each.
inline constexpr std::size_t kStepsMax = 1200;

/// A decimal fraction of an amount, exact to 10^-9: "0.02" is 2 %.
using Share = money::AnnualRate;

enum class Compounding : std::uint8_t {
    monthly,  ///< A twelfth of the rate each month.
    daily,    ///< A 365th of the rate each day, over the actual days of the month.
};

enum class MinimumInterest : std::uint8_t { included, on_top };

/// Least payment of a month: the larger of `fixed` (or the level payment of the term) and `percent`
/// of the balance after interest and fee, plus the month's interest if that comes on top; never
/// more than what is owed. All zero for a debt without obligation. Interest only: 0 % and on top.
struct MinimumRule {
    money::Money fixed;
    Share percent = {};
    MinimumInterest interest = MinimumInterest::included;
    /// Amortised: the level payment for this term at the first month's regular rate.
    std::optional<int> term_months = {};
};

enum class PromoKind : std::uint8_t {
    plain,     ///< What was not charged is forgiven.
    deferred,  ///< The difference to the regular interest is charged if a cent is left at the end.
};

/// A rate for the months that end on or before `until`. One that is over already changes nothing.
struct Promo {
    money::AnnualRate apr;
    Date until;
    PromoKind kind = PromoKind::plain;
};

/// The regular rate of the months that begin on or after `from`.
struct RateChange {
    Date from;
    money::AnnualRate apr;
};

struct Debt {
    std::string id;
    money::Money balance;   ///< Owed today, above zero.
    money::AnnualRate apr;  ///< Nominal, at least zero.
    Compounding compounding = Compounding::monthly;
    MinimumRule minimum;
    std::optional<Promo> promo = {};
    std::vector<RateChange> rate_path = {};  ///< By date, ascending.
    std::optional<money::Money> credit_limit = {};
    std::optional<money::Money> fee_monthly = {};  ///< Charged with the interest while owed.
    std::optional<money::Money> late_fee = {};     ///< Charged after a month without payment.
    Share prepayment_penalty = {};                 ///< Of what is paid above the minimum.
    std::optional<int> due_day = {};               ///< 1 to 31; moves the dates, not the interest.
    std::vector<int> missed_months = {};           ///< Months, from 1, without any payment.
    bool is_secured = false;                       ///< Something can be taken away for it.
};

struct ExtraPayment {
    Date date;
    money::Money amount;
};

/// The budget of the months that begin on or after `from`.
struct BudgetChange {
    Date from;
    money::Money amount;
};

enum class Strategy : std::uint8_t {
    minimum,            ///< Each debt's own minimum; the rest of the budget stays unspent.
    avalanche,          ///< Highest rate in force first.
    snowball,           ///< Smallest opening balance first.
    hybrid,             ///< Between the two, by hybrid_weight.
    cash_flow_index,    ///< Least opening balance per unit of opening minimum first.
    utilisation_first,  ///< Highest share of its credit limit first, anew each month.
    optimal,            ///< The best plan found, with a bound on what any plan could cost.
    custom,             ///< In the order given.
};

enum class Objective : std::uint8_t {
    cost,    ///< Least interest and fees.
    date,    ///< Earliest month without debt, then cost.
    strain,  ///< Least worst share of the budget that minimums claim, then their sum, then cost.
    mix,     ///< Least cost + what months and strain are worth, see Mix.
};

/// What Objective::mix trades, in money, so that a person sees what he gives for what. None is
/// below zero; all zero is Objective::cost.
struct Mix {
    money::Money month;   ///< A month later without debt weighs as much as this cost.
    money::Money strain;  ///< And so does one percentage point more of strain_worst.
};

/// One unit of hybrid_weight: 1 is all avalanche, 0 is all snowball.
inline constexpr std::int64_t kWeightUnit = 1'000'000'000;

struct PlanRequest {
    Date start;  ///< The first month runs from here; its payment is due a month later.
    money::Money monthly_budget;
    std::vector<Debt> debts;
    Strategy strategy = Strategy::avalanche;
    std::vector<std::string> order = {};  ///< custom: ids; the rest follow in the order given.
    std::int64_t hybrid_weight = kWeightUnit / 2;
    std::vector<ExtraPayment> extra = {};
    std::vector<BudgetChange> budget_path = {};  ///< By date, ascending.
    Objective objective = Objective::cost;
    std::optional<Mix> mix = {};  ///< With Objective::mix, and only then.
    /// Effort of `optimal`: counted in simulated work, never by a clock, so that answers repeat.
    int time_limit_ms = 1000;
};

}  // namespace atlas::finance::debt
