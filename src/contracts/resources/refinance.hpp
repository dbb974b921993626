// SPDX-License-Identifier: Apache-2.0
// The calculator `refinance`: debts and offers in, what each offer saves and when it turns out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/resources/debt.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

enum class RefinanceKind : std::uint8_t { loan, balance_transfer, heloc };
template <>
struct Description<RefinanceKind> {
    static constexpr std::string_view name = "RefinanceKind";
    static constexpr auto words =
        std::to_array<std::string_view>({"loan", "balance_transfer", "heloc"});
};

struct RefinanceOfferValue {
    std::optional<std::string> id;
    RefinanceKind kind = RefinanceKind::loan;
    money::AnnualRate apr;
    std::int64_t term_months = 0;
    DecimalText fee{"0"};
    money::AnnualRate fee_percent;
    bool fee_added = false;
    DebtCompounding compounding = DebtCompounding::monthly;
    std::optional<DebtPromoValue> promo;
    std::vector<DebtRateChangeValue> rate_path;
    std::optional<DecimalText> limit;
    std::optional<bool> secured;
    std::vector<std::string> replaces;
};
template <>
struct Description<RefinanceOfferValue> {
    static constexpr std::string_view name = "RefinanceOffer";
    static constexpr std::string_view doc =
        "New credit that pays debts off on the first day and is repaid in level payments.";
    static constexpr auto fields = std::array{
        field<&RefinanceOfferValue::id>("id", "Names the offer; its number from 1 otherwise.")
            .at_most(100),
        field<&RefinanceOfferValue::kind>("kind", "What it is; a heloc is secured by the home."),
        field<&RefinanceOfferValue::apr>("apr", "Nominal yearly rate."),
        field<&RefinanceOfferValue::term_months>("term_months",
                                                 "The level payment repays it in this time.")
            .unit("months"),
        field<&RefinanceOfferValue::fee>("fee", "Fixed part of its price.").or_default(),
        field<&RefinanceOfferValue::fee_percent>("fee_percent",
                                                 "Share of what is moved, 0.03 for 3 %.")
            .or_default(),
        field<&RefinanceOfferValue::fee_added>(
            "fee_added", "Whether the fee is added to the balance instead of paid at once.")
            .or_default(),
        field<&RefinanceOfferValue::compounding>("compounding", "As of a debt.").or_default(),
        field<&RefinanceOfferValue::promo>("promo", "A rate for a time."),
        field<&RefinanceOfferValue::rate_path>("rate_path", "Changes of the rate, by date.")
            .at_most(1200)
            .or_default(),
        field<&RefinanceOfferValue::limit>("limit", "Most that can be owed on it."),
        field<&RefinanceOfferValue::secured>("secured", "Whether something stands for it."),
        field<&RefinanceOfferValue::replaces>("replaces", "Ids of debts; all when left out.")
            .at_most(256)
            .or_default(),
    };
};

struct RefinanceValue {
    std::string currency = "USD";
    Date start;
    std::optional<DecimalText> monthly_budget;
    std::vector<DebtValue> debts;
    std::vector<RefinanceOfferValue> offers;
};
template <>
struct Description<RefinanceValue> {
    static constexpr std::string_view name = "Refinance";
    static constexpr std::string_view doc = "What is owed, and what is offered for it.";
    static constexpr auto fields = std::array{
        field<&RefinanceValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&RefinanceValue::start>("start", "The day of the change; pays a month later."),
        field<&RefinanceValue::monthly_budget>(
            "monthly_budget",
            "The same with and without an offer, highest rate first; when left out, minimums and "
            "the offer's level payment are paid."),
        field<&RefinanceValue::debts>("debts", "What is owed.").at_most(100'000),
        field<&RefinanceValue::offers>("offers", "1 to 32.").at_most(1000),
    };
};

struct RefinanceWayValue {
    std::int64_t months = 0;
    Date debt_free_date;
    DecimalText interest;
    DecimalText fees;
    DecimalText total_paid;
    DecimalText first_payment;
};
template <>
struct Description<RefinanceWayValue> {
    static constexpr std::string_view name = "RefinanceWay";
    static constexpr std::string_view doc = "One way through, to the last payment.";
    static constexpr auto fields = std::array{
        field<&RefinanceWayValue::months>("months", "Until nothing is owed."),
        field<&RefinanceWayValue::debt_free_date>("debt_free_date", "Of the last payment."),
        field<&RefinanceWayValue::interest>("interest", "Sum of interest."),
        field<&RefinanceWayValue::fees>("fees", "Fees and penalties, the first day's included."),
        field<&RefinanceWayValue::total_paid>("total_paid", "Balances, interest and fees."),
        field<&RefinanceWayValue::first_payment>("first_payment", "Of the first month."),
    };
};

struct RefinancePromoValue {
    Date until;
    DecimalText balance_then;
    DecimalText cost_after;
    std::optional<DecimalText> clearing_payment;
    std::optional<DecimalText> saving_without;
};
template <>
struct Description<RefinancePromoValue> {
    static constexpr std::string_view name = "RefinancePromoRisk";
    static constexpr std::string_view doc = "What hangs on the promotion.";
    static constexpr auto fields = std::array{
        field<&RefinancePromoValue::until>("until", "Its last day."),
        field<&RefinancePromoValue::balance_then>("balance_then", "Owed on the offer then."),
        field<&RefinancePromoValue::cost_after>("cost_after", "Interest and fees after it."),
        field<&RefinancePromoValue::clearing_payment>("clearing_payment",
                                                      "A month, to owe nothing by then."),
        field<&RefinancePromoValue::saving_without>(
            "saving_without", "Lifetime saving when the promotion is lost on the first day."),
    };
};

struct RefinanceSubsetValue {
    std::vector<std::string> replaces;
    DecimalText saving;
};
template <>
struct Description<RefinanceSubsetValue> {
    static constexpr std::string_view name = "RefinanceSubset";
    static constexpr std::string_view doc = "Replacing these debts only saves more.";
    static constexpr auto fields = std::array{
        field<&RefinanceSubsetValue::replaces>("replaces", "Ids."),
        field<&RefinanceSubsetValue::saving>("saving", "Lifetime."),
    };
};

struct RefinanceThumbValue {
    std::int64_t rule = 0;
    bool worth_it = false;
    bool agrees = false;
    std::string text;
};
template <>
struct Description<RefinanceThumbValue> {
    static constexpr std::string_view name = "RefinanceThumb";
    static constexpr std::string_view doc =
        "What the rule of thumb says of this offer; the exact figures decide.";
    static constexpr auto fields = std::array{
        field<&RefinanceThumbValue::rule>("rule", "Number of the rule that holds, from 1."),
        field<&RefinanceThumbValue::worth_it>("worth_it", "What it says."),
        field<&RefinanceThumbValue::agrees>("agrees", "Whether lifetime_saving says the same."),
        field<&RefinanceThumbValue::text>("text", "The rule, and which of the two holds."),
    };
};

struct RefinanceVerdictValue {
    std::string id;
    RefinanceKind kind = RefinanceKind::loan;
    std::optional<std::int64_t> rank;
    std::optional<std::string> refusal;
    std::vector<std::string> replaces;
    DecimalText moved;
    DecimalText due_at_once;
    DecimalText new_balance;
    DecimalText payment;
    std::optional<RefinanceWayValue> way;
    std::optional<DecimalText> lifetime_saving;
    std::optional<std::int64_t> break_even_month;
    std::optional<std::int64_t> payment_break_even_month;
    DecimalText secured_before;
    DecimalText secured_after;
    std::optional<RefinancePromoValue> promo_risk;
    std::optional<money::AnnualRate> worth_up_to_apr;
    std::optional<RefinanceSubsetValue> better_subset;
    std::optional<RefinanceThumbValue> rule_of_thumb;
};
template <>
struct Description<RefinanceVerdictValue> {
    static constexpr std::string_view name = "RefinanceVerdict";
    static constexpr std::string_view doc = "One offer against keeping the debts.";
    static constexpr auto fields = std::array{
        field<&RefinanceVerdictValue::id>("id", "The offer."),
        field<&RefinanceVerdictValue::kind>("kind", "As asked."),
        field<&RefinanceVerdictValue::rank>("rank", "1 costs least; null when it cannot be paid.")
            .or_null(),
        field<&RefinanceVerdictValue::refusal>("refusal", "Why it cannot be paid."),
        field<&RefinanceVerdictValue::replaces>("replaces", "Debts it pays off, dearest first."),
        field<&RefinanceVerdictValue::moved>("moved", "Paid off with it on the first day."),
        field<&RefinanceVerdictValue::due_at_once>("due_at_once",
                                                   "Fee and prepayment penalties of that day."),
        field<&RefinanceVerdictValue::new_balance>("new_balance", "Owed on the offer then."),
        field<&RefinanceVerdictValue::payment>("payment", "Its level payment."),
        field<&RefinanceVerdictValue::way>("way", "What follows."),
        field<&RefinanceVerdictValue::lifetime_saving>(
            "lifetime_saving",
            "Interest and fees of keeping less those of this; below zero: dearer.")
            .or_null(),
        field<&RefinanceVerdictValue::break_even_month>(
            "break_even_month", "From its end on, costs so far are never above keeping's again.")
            .or_null(),
        field<&RefinanceVerdictValue::payment_break_even_month>(
            "payment_break_even_month", "When lower payments have paid for the first day's costs."),
        field<&RefinanceVerdictValue::secured_before>("secured_before",
                                                      "Secured part of what is moved."),
        field<&RefinanceVerdictValue::secured_after>("secured_after", "Secured part afterwards."),
        field<&RefinanceVerdictValue::promo_risk>("promo_risk", "Of an offer with a promotion."),
        field<&RefinanceVerdictValue::worth_up_to_apr>(
            "worth_up_to_apr",
            "Highest rate, to a hundredth of a percent, at which it is no loss."),
        field<&RefinanceVerdictValue::better_subset>("better_subset", "If there is one."),
        field<&RefinanceVerdictValue::rule_of_thumb>(
            "rule_of_thumb", "An explanation; where there is a saving to explain."),
    };
};

struct RefinanceRuleValue {
    std::string text;
    bool worth_it = false;
    std::int64_t cases = 0;
    std::int64_t agreed = 0;
};
template <>
struct Description<RefinanceRuleValue> {
    static constexpr std::string_view name = "RefinanceRule";
    static constexpr std::string_view doc = "One sentence of the rule of thumb.";
    static constexpr auto fields = std::array{
        field<&RefinanceRuleValue::text>("text", "As a person says it."),
        field<&RefinanceRuleValue::worth_it>("worth_it", "What it says."),
        field<&RefinanceRuleValue::cases>("cases",
                                          "Simulated cases it held for, none learned from."),
        field<&RefinanceRuleValue::agreed>("agreed", "Of these, the exact calculation agreed."),
    };
};

struct RefinanceRulesValue {
    std::string model;
    std::string text;
    double agreement = 0.0;
    std::vector<double> agreement_interval;
    double baseline_agreement = 0.0;
    std::vector<RefinanceRuleValue> rules;
};
template <>
struct Description<RefinanceRulesValue> {
    static constexpr std::string_view name = "RefinanceRules";
    static constexpr std::string_view doc =
        "A rule of thumb learned from the exact calculation on simulated households.";
    static constexpr auto fields = std::array{
        field<&RefinanceRulesValue::model>("model", "Name and version; its card has the figures."),
        field<&RefinanceRulesValue::text>("text", "What it is, and that it does not decide."),
        field<&RefinanceRulesValue::agreement>(
            "agreement", "Share of unseen cases in which the exact calculation says the same."),
        field<&RefinanceRulesValue::agreement_interval>("agreement_interval", "Of it, 95 %.")
            .at_most(2),
        field<&RefinanceRulesValue::baseline_agreement>(
            "baseline_agreement", "The same share of \"the offer's rate is below yours\"."),
        field<&RefinanceRulesValue::rules>("rules", "Exactly one holds for an offer.").at_most(16),
    };
};

struct RefinanceAnswer {
    std::string currency;
    std::optional<RefinanceWayValue> keep;
    std::optional<std::string> keep_refusal;
    std::optional<std::string> best;
    std::vector<std::string> ranking;
    std::vector<RefinanceVerdictValue> offers;
    std::optional<RefinanceRulesValue> rule_of_thumb;
};
template <>
struct Description<RefinanceAnswer> {
    static constexpr std::string_view name = "RefinanceAnswer";
    static constexpr std::string_view doc = "Each offer against keeping, exact to the minor unit.";
    static constexpr auto fields = std::array{
        field<&RefinanceAnswer::currency>("currency", "ISO 4217 code."),
        field<&RefinanceAnswer::keep>("keep", "Nothing changed; null when that never ends.")
            .or_null(),
        field<&RefinanceAnswer::keep_refusal>("keep_refusal", "Why it never ends."),
        field<&RefinanceAnswer::best>("best", "The offer to take; null when keeping is best.")
            .or_null(),
        field<&RefinanceAnswer::ranking>("ranking", "Offers that can be paid, cheapest first."),
        field<&RefinanceAnswer::offers>("offers", "In the order asked."),
        field<&RefinanceAnswer::rule_of_thumb>("rule_of_thumb",
                                               "Explains, never decides; where there is one."),
    };
};

inline constexpr Route<RefinanceValue, RefinanceAnswer> calculate_refinance{
    {.method = Method::post,
     .path = "/api/v1/calc/refinance",
     .operation = "calculate_refinance",
     .summary = "Offers against keeping the debts: saving, break-even, what the promotion risks.",
     .execution = Execution::compute}};

}  // namespace atlas::contracts
