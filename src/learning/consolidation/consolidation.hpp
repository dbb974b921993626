// SPDX-License-Identifier: Apache-2.0
// A rule of thumb for "is this offer worth it?", as sentences: a small tree that learned what the
// exact cost model (finance/debt/refinance.hpp) says of simulated households. It explains and never
// decides; whoever shows it shows how often it agrees.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/refinance.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::consolidation {

/// What a person can tell of an offer without a computer, in this order.
enum class Fact : std::uint8_t {
    rate_gap,        ///< Points that the offer's rate is below what it replaces.
    fee,             ///< Fees and penalties of the first day, percent of what is moved.
    months_to_pay,   ///< What is moved over what is paid on it a month now.
    gain_over_fee,   ///< Half the gap for these months less the fee, percent of what is moved.
    promo_months,    ///< Of the offer.
    term_months,     ///< Of the offer.
    payment_change,  ///< First month's payments with the offer, percent above keeping's.
};
inline constexpr std::size_t kFacts = 7;
inline constexpr std::array<std::string_view, kFacts> kFactNames{
    "rate_gap",     "fee",         "months_to_pay", "gain_over_fee",
    "promo_months", "term_months", "payment_change"};
/// What a fact is rounded to, as a sentence says it: tenths of a percent, whole months.
constexpr double step_of(Fact fact) {
    return fact == Fact::rate_gap || fact == Fact::fee || fact == Fact::gain_over_fee ? 0.1 : 1.0;
}
/// In the order of Fact, whole steps.
using Facts = std::array<double, kFacts>;

/// Rates are averages over the months to pay, promotions counted for theirs.
/// `advice` is the comparison's answer to `request`, with a way without an offer.
Facts facts_of(const finance::debt::RefinanceRequest& request,
               const finance::debt::RefinanceAdvice& advice, std::size_t offer);

/// A simulated household, one offer, and what the exact comparison says.
struct Case {
    Facts facts{};
    bool is_worth_it = false;    ///< It saves something over the whole time.
    bool is_rate_lower = false;  ///< The offer's APR is below the weighted one of what it replaces.
    double saving = 0;           ///< Over the whole time, share of what is moved.
    finance::debt::OfferKind kind = finance::debt::OfferKind::loan;
    bool has_budget = true;  ///< Pays more than minimums.
};

/// Households after the Survey of Consumer Finances, offers from ranges stated in the source; a
/// pair whose offer cannot be paid, or whose debts never end without it, is drawn again.
/// Deterministic for a seed. Cost: about 1 ms a case.
std::vector<Case> simulate_cases(std::uint64_t seed, std::size_t count);

/// On cases that neither fit nor choice has seen.
struct Figures {
    std::uint32_t cases = 0;
    std::uint32_t right = 0;           ///< The tree agrees with the exact comparison.
    std::uint32_t baseline_right = 0;  ///< "Its APR is below the weighted APR" does.
    std::uint32_t majority_right = 0;  ///< The commoner answer does.
};

/// Of one leaf, on the same cases.
struct LeafFigures {
    std::uint32_t cases = 0;
    std::uint32_t right = 0;
};

struct RuleTree {
    trees::Tree tree;
    std::vector<LeafFigures> leaves;  ///< By node; zeros where it is no leaf.
    Figures figures;
};

struct TrainOptions {
    std::uint64_t seed = 1;
    std::size_t training_cases = 12'000;
    std::size_t choosing_cases = 6'000;
    std::size_t judging_cases = 20'000;
};

/// Depth and leaf size are those that agree most on the choosing cases, the smaller of equals.
/// Errors: invalid_argument (no cases).
Result<RuleTree> train(const TrainOptions& options);

/// Whether the tree's whole 95 % Wilson interval is above the baseline's.
bool beats_baseline(const Figures& figures);

/// One way through the tree, as a person says it.
struct Rule {
    bool is_worth_it = false;
    std::string text;  ///< "Worth it when … and …."
    LeafFigures figures;
};
/// From the tree's left to its right; a rule a leaf.
std::vector<Rule> rules_of(const RuleTree& model);

/// Which of rules_of holds. Cost: the tree's depth.
std::size_t rule_for(const RuleTree& model, const Facts& facts);

std::string encode(const RuleTree& model);
/// Errors: data_loss; unsupported for a newer container.
Result<RuleTree> decode(std::string_view bytes);

}  // namespace atlas::learning::consolidation
