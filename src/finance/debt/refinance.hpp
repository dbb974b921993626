// SPDX-License-Identifier: Apache-2.0
// Is it worth replacing debts by an offer? Both ways are run through the simulator to the cent:
// keeping everything, and paying the chosen debts off with the offer on the first day. What
// differs is the saving; when it turns for good is the break-even month.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "money/money.hpp"

namespace atlas::finance::debt {

inline constexpr std::size_t kOffersMax = 32;
/// Up to this many debts an offer may replace, leaving some of them out is tried as well.
inline constexpr std::size_t kSubsetDebtsMax = 16;

enum class OfferKind : std::uint8_t {
    loan,              ///< Unsecured, unless it says otherwise.
    balance_transfer,  ///< To a card.
    heloc,             ///< A credit line on the home: always secured.
};

enum class FeePayment : std::uint8_t { at_once, added_to_balance };

/// New credit. Its payment is the level one that repays it in `term_months` at `apr`; a promotion
/// lowers the interest, not the payment.
struct Offer {
    std::string id;
    OfferKind kind = OfferKind::loan;
    money::AnnualRate apr;
    Compounding compounding = Compounding::monthly;
    int term_months = 0;
    money::Money fee;
    Share fee_percent = {};  ///< Of what is moved, on top of `fee`; half to even.
    FeePayment fee_payment = FeePayment::at_once;
    std::optional<Promo> promo = {};
    std::vector<RateChange> rate_path = {};
    std::optional<money::Money> limit = {};  ///< Most that can be owed on it.
    std::optional<bool> is_secured = {};     ///< heloc: yes, the others: no.
    std::vector<std::string> replaces = {};  ///< Ids; empty: every debt.
};

struct RefinanceRequest {
    Date start;
    /// The same for every way; the rest after minimums goes to the highest rate. Nothing: only
    /// minimums and the offer's level payment are paid.
    std::optional<money::Money> monthly_budget;
    std::vector<Debt> debts;
    std::vector<Offer> offers;
};

/// One way through, from the first day to the last payment.
struct Way {
    int months;
    Date debt_free_date;
    money::Money interest;
    money::Money fees;           ///< Fees and penalties of the first day included.
    money::Money total_paid;     ///< Opening balances + interest + fees.
    money::Money first_payment;  ///< Of the first month, without what is due on the first day.
};

/// What the promotion is worth, and what is left when it ends.
struct PromoRisk {
    Date until;
    money::Money balance_then;  ///< Owed on the offer after the last promotional month.
    money::Money cost_after;    ///< Interest and fees on it from then on, deferred ones included.
    /// The level payment that clears it by then; nothing when no month is promotional.
    std::optional<money::Money> clearing_payment;
    /// Saving when the promotion is lost on the first day, as one late payment may do.
    std::optional<money::Money> saving_without;
};

/// Leaving debts out of the offer saves more.
struct BetterSubset {
    std::vector<std::size_t> moved;
    money::Money saving;
};

struct OfferVerdict {
    std::optional<Error> refusal;    ///< It cannot be paid; then only `offer` holds.
    std::vector<std::size_t> moved;  ///< Debts paid off, the last one perhaps in part.
    money::Money moved_amount;
    money::Money due_at_once;  ///< Fee and prepayment penalties of the first day.
    money::Money new_balance;
    money::Money payment;  ///< The offer's level payment.
    std::optional<Way> way;
    /// Interest and fees of keeping − of this; nothing when keeping never ends.
    std::optional<money::Money> saving;
    /// First month from whose end on interest and fees so far are never again above keeping's.
    std::optional<int> break_even_month;
    /// First month in which lower payments have paid for what is due at once: the rule printed on
    /// worksheets. Nothing when payments are not lower.
    std::optional<int> payment_break_even_month;
    money::Money secured_before;  ///< Of what is moved, this much was secured.
    money::Money secured_after;
    std::optional<PromoRisk> promo;
    /// Highest APR, in hundredths of a percent, at which the offer would not cost more than
    /// keeping.
    std::optional<money::AnnualRate> worth_up_to_apr;
    std::optional<BetterSubset> better;
};

struct RefinanceAdvice {
    std::optional<Way> keep;
    std::optional<Error> keep_refusal;  ///< Why there is no `keep`.
    /// What the first month asks for without an offer, by debt; empty when there is no `keep`.
    std::vector<money::Money> first_minimums;
    std::vector<OfferVerdict> verdicts;  ///< In the order of the offers.
    /// Offers that can be paid: least interest and fees first, then the earlier break-even, then
    /// as given.
    std::vector<std::size_t> ranking;
    std::optional<std::size_t> best;  ///< Of those, the first if it saves anything.
};

/// Compares each offer with keeping the debts.
///
/// Units:   one currency, exact minor units; conventions of plan_payoff.
/// Errors:  invalid_argument  as Problem::create; no or more than kOffersMax offers, a term outside
///           1..600, a fee below zero or in another currency, fee_percent outside 0..1, a limit
///           that its own fee uses up, an unknown or repeated id in /offers/i/replaces, two offers
///           with one id, a promotion with a negative rate; the place is a JSON pointer
///          infeasible        the budget is below the minimums of today (/monthly_budget)
/// Cost:    some 20 simulations an offer, and one for each debt of it.
Result<RefinanceAdvice> compare_offers(const RefinanceRequest& request);

}  // namespace atlas::finance::debt
