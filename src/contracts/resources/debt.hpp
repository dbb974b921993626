// SPDX-License-Identifier: Apache-2.0
// The calculator `debt-plan`: what is owed and what can be paid a month in, the schedule of a
// strategy out. Amounts are decimals of the request's one currency.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

enum class DebtStrategy : std::uint8_t {
    minimum,
    avalanche,
    snowball,
    hybrid,
    cash_flow_index,
    utilisation_first,
    optimal,
    custom
};
template <>
struct Description<DebtStrategy> {
    static constexpr std::string_view name = "DebtStrategy";
    static constexpr auto words = std::to_array<std::string_view>(
        {"minimum", "avalanche", "snowball", "hybrid", "cash_flow_index", "utilisation_first",
         "optimal", "custom"});
};

enum class DebtObjective : std::uint8_t { cost, date, strain, mix };
template <>
struct Description<DebtObjective> {
    static constexpr std::string_view name = "DebtObjective";
    static constexpr auto words =
        std::to_array<std::string_view>({"cost", "date", "strain", "mix"});
};

struct DebtMixValue {
    DecimalText month{"0"};
    DecimalText strain{"0"};
};
template <>
struct Description<DebtMixValue> {
    static constexpr std::string_view name = "DebtMix";
    static constexpr std::string_view doc =
        "What objective mix trades, in money: it makes least the interest and fees + month for "
        "each month until nothing is owed + strain for each percentage point of strain_worst.";
    static constexpr auto fields = std::array{
        field<&DebtMixValue::month>("month", "What being free of debt a month earlier is worth.")
            .or_default(),
        field<&DebtMixValue::strain>(
            "strain", "What one percentage point less of strain_worst is worth (0.01 of it).")
            .or_default(),
    };
};

enum class DebtCompounding : std::uint8_t { monthly, daily };
template <>
struct Description<DebtCompounding> {
    static constexpr std::string_view name = "DebtCompounding";
    static constexpr auto words = std::to_array<std::string_view>({"monthly", "daily"});
};

struct DebtMinimumValue {
    DecimalText fixed{"0"};
    money::AnnualRate percent;
    bool plus_interest = false;
    std::optional<std::int64_t> term_months;
};
template <>
struct Description<DebtMinimumValue> {
    static constexpr std::string_view name = "DebtMinimum";
    static constexpr std::string_view doc =
        "Least payment of a month: the larger of fixed and percent of the balance after interest "
        "(plus the interest), never more than what is owed.";
    static constexpr auto fields = std::array{
        field<&DebtMinimumValue::fixed>("fixed", "Amount.").or_default(),
        field<&DebtMinimumValue::percent>("percent", "Share of the balance, 0.02 for 2 %.")
            .or_default(),
        field<&DebtMinimumValue::plus_interest>("plus_interest",
                                                "Whether the month's interest is added.")
            .or_default(),
        field<&DebtMinimumValue::term_months>("term_months",
                                              "At least the level payment for this term.")
            .unit("months")
            .range(1, 1200),
    };
};

struct DebtPromoValue {
    money::AnnualRate apr;
    Date until;
    bool deferred = false;
};
template <>
struct Description<DebtPromoValue> {
    static constexpr std::string_view name = "DebtPromo";
    static constexpr std::string_view doc = "A rate for the months that end by a date.";
    static constexpr auto fields = std::array{
        field<&DebtPromoValue::apr>("apr", "Nominal yearly rate until then."),
        field<&DebtPromoValue::until>("until", "Last day."),
        field<&DebtPromoValue::deferred>("deferred",
                                         "Whether the regular interest is charged back if "
                                         "anything is owed at the end.")
            .or_default(),
    };
};

struct DebtRateChangeValue {
    Date from;
    money::AnnualRate apr;
};
template <>
struct Description<DebtRateChangeValue> {
    static constexpr std::string_view name = "DebtRateChange";
    static constexpr std::string_view doc = "The rate of the months that begin on or after a date.";
    static constexpr auto fields = std::array{
        field<&DebtRateChangeValue::from>("from", "First day."),
        field<&DebtRateChangeValue::apr>("apr", "Nominal yearly rate."),
    };
};

/// The rows of what a debt asks for wherever it is spoken of: to plan, as given, as kept. T has
/// members of these names.
template <class T>
inline constexpr auto kDebtConditionRows = std::array{
    field<&T::compounding>("compounding",
                           "A twelfth a month, or a 365th a day over the actual days.")
        .or_default(),
    field<&T::promo>("promo", "A rate for a time."),
    field<&T::credit_limit>("credit_limit", "Of a card."),
    field<&T::secured>("secured", "Whether something can be taken away for it."),
    field<&T::variable_rate>("variable_rate", "Whether the rate follows the market."),
    field<&T::rate_path>("rate_path", "Changes of the rate, by date.").at_most(1200).or_default(),
    field<&T::fee_monthly>("fee_monthly", "Charged each month while owed."),
    field<&T::late_fee>("late_fee", "Charged after a missed month."),
    field<&T::prepayment_penalty>("prepayment_penalty", "Share of what is paid above the minimum.")
        .or_default(),
    field<&T::due_day>("due_day", "Day of the month of the payment.").range(1, 31),
};

/// `own`, then what every debt has.
template <class T, std::size_t N>
constexpr auto with_debt_conditions(const std::array<Field, N>& own) {
    constexpr std::size_t kShared = kDebtConditionRows<T>.size();
    std::array<Field, N + kShared> rows{};
    for (std::size_t i = 0; i < N; ++i) {
        rows[i] = own[i];
    }
    for (std::size_t i = 0; i < kShared; ++i) {
        rows[N + i] = kDebtConditionRows<T>[i];
    }
    return rows;
}

struct DebtValue {
    std::string id;
    std::optional<std::string> name;
    DecimalText balance;
    money::AnnualRate apr;
    DebtCompounding compounding = DebtCompounding::monthly;
    DebtMinimumValue minimum;
    std::optional<DebtPromoValue> promo;
    std::optional<DecimalText> credit_limit;
    std::optional<bool> secured;
    std::optional<bool> variable_rate;
    std::vector<DebtRateChangeValue> rate_path;
    std::optional<DecimalText> fee_monthly;
    std::optional<DecimalText> late_fee;
    money::AnnualRate prepayment_penalty;
    std::optional<std::int64_t> due_day;
    std::vector<std::int64_t> missed_months;
};
template <>
struct Description<DebtValue> {
    static constexpr std::string_view name = "DebtToPlan";
    static constexpr std::string_view doc = "One debt and its terms.";
    static constexpr auto fields = with_debt_conditions<DebtValue>(std::array{
        field<&DebtValue::id>("id", "Names the debt in the answer.").at_most(100),
        field<&DebtValue::name>("name", "For people.").at_most(200),
        field<&DebtValue::balance>("balance", "Owed today, above zero."),
        field<&DebtValue::apr>("apr", "Nominal yearly rate, 0.2399 for 23.99 %."),
        field<&DebtValue::minimum>("minimum", "What must be paid each month.").or_default(),
        field<&DebtValue::missed_months>("missed_months",
                                         "What if: months of the plan without a payment, from 1.")
            .at_most(600)
            .or_default(),
    });
};

struct DebtExtraValue {
    Date date;
    DecimalText amount;
};
template <>
struct Description<DebtExtraValue> {
    static constexpr std::string_view name = "DebtExtraPayment";
    static constexpr std::string_view doc = "Money on top of the budget, once.";
    static constexpr auto fields = std::array{
        field<&DebtExtraValue::date>("date", "When it is there."),
        field<&DebtExtraValue::amount>("amount", "How much."),
    };
};

struct DebtBudgetChangeValue {
    Date from;
    DecimalText amount;
};
template <>
struct Description<DebtBudgetChangeValue> {
    static constexpr std::string_view name = "DebtBudgetChange";
    static constexpr std::string_view doc =
        "The budget of the months that begin on or after a date.";
    static constexpr auto fields = std::array{
        field<&DebtBudgetChangeValue::from>("from", "First day."),
        field<&DebtBudgetChangeValue::amount>("amount", "A month."),
    };
};

struct DebtPlanValue {
    std::string currency = "USD";
    Date start;
    DecimalText monthly_budget;
    DebtStrategy strategy = DebtStrategy::avalanche;
    std::vector<std::string> order;
    RealNumber hybrid_weight{0.5};
    std::vector<DebtValue> debts;
    std::vector<DebtExtraValue> extra;
    std::vector<DebtBudgetChangeValue> budget_path;
    DebtObjective objective = DebtObjective::cost;
    std::optional<DebtMixValue> mix = {};
    std::int64_t time_limit_ms = 1000;
};
template <>
struct Description<DebtPlanValue> {
    static constexpr std::string_view name = "DebtPlan";
    static constexpr std::string_view doc = "Debts, a budget and a strategy.";
    static constexpr auto fields = std::array{
        field<&DebtPlanValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&DebtPlanValue::start>("start", "First day of the first month; pays a month later."),
        field<&DebtPlanValue::monthly_budget>("monthly_budget", "For all debts together."),
        field<&DebtPlanValue::strategy>("strategy", "Who gets what is left after the minimums.")
            .or_default(),
        field<&DebtPlanValue::order>("order", "Ids, for custom; the rest follow as given.")
            .at_most(256)
            .or_default(),
        field<&DebtPlanValue::hybrid_weight>("hybrid_weight", "1 is avalanche, 0 is snowball.")
            .or_default(),
        field<&DebtPlanValue::debts>("debts", "What is owed.").at_most(100'000),
        field<&DebtPlanValue::extra>("extra", "Money on top, by date.").at_most(1200).or_default(),
        field<&DebtPlanValue::budget_path>("budget_path", "Changes of the budget, by date.")
            .at_most(1200)
            .or_default(),
        field<&DebtPlanValue::objective>("objective", "What optimal makes least.").or_default(),
        field<&DebtPlanValue::mix>("mix", "Weights of objective mix, and of no other."),
        field<&DebtPlanValue::time_limit_ms>("time_limit_ms",
                                             "Effort of optimal, counted in work, not by a clock.")
            .unit("ms")
            .range(1, 60'000)
            .or_default(),
    };
};

struct DebtPayoffValue {
    std::string id;
    Date date;
    DecimalText interest;
    std::optional<DecimalText> fees;
};
template <>
struct Description<DebtPayoffValue> {
    static constexpr std::string_view name = "DebtPayoff";
    static constexpr std::string_view doc = "When a debt is closed, and what it cost.";
    static constexpr auto fields = std::array{
        field<&DebtPayoffValue::id>("id", "The debt."),
        field<&DebtPayoffValue::date>("date", "Of the last payment."),
        field<&DebtPayoffValue::interest>("interest", "In total."),
        field<&DebtPayoffValue::fees>("fees", "In total, if any."),
    };
};

struct DebtMonthValue {
    std::int64_t month = 0;
    std::string id;
    Date date;
    DecimalText interest;
    std::optional<DecimalText> fees;
    DecimalText paid;
    DecimalText balance;
};
template <>
struct Description<DebtMonthValue> {
    static constexpr std::string_view name = "DebtMonth";
    static constexpr std::string_view doc =
        "One debt in one month: balance = balance before + interest + fees − paid.";
    static constexpr auto fields = std::array{
        field<&DebtMonthValue::month>("month", "From 1."),
        field<&DebtMonthValue::id>("id", "The debt."),
        field<&DebtMonthValue::date>("date", "Of the payment."),
        field<&DebtMonthValue::interest>("interest", "Charged."),
        field<&DebtMonthValue::fees>("fees", "Charged, if any."),
        field<&DebtMonthValue::paid>("paid", "Paid."),
        field<&DebtMonthValue::balance>("balance", "Owed afterwards."),
    };
};

struct DebtOptimalityValue {
    std::optional<DecimalText> lower_bound;
    std::optional<std::int64_t> months_bound;
    std::optional<double> strain_bound;
    std::optional<DecimalText> mix_value = {};
    std::optional<DecimalText> mix_bound = {};
    double gap = 0.0;
    bool proven = false;
};
template <>
struct Description<DebtOptimalityValue> {
    static constexpr std::string_view name = "DebtOptimality";
    static constexpr std::string_view doc = "How far from the best possible the plan can be.";
    static constexpr auto fields = std::array{
        field<&DebtOptimalityValue::lower_bound>(
            "lower_bound", "No plan has less interest and fees (objectives cost and mix)."),
        field<&DebtOptimalityValue::months_bound>(
            "months_bound", "No plan takes fewer months (objectives date and mix)."),
        field<&DebtOptimalityValue::strain_bound>(
            "strain_bound", "No plan has a smaller strain_worst (objectives strain and mix)."),
        field<&DebtOptimalityValue::mix_value>(
            "mix_value",
            "Interest and fees + months and strain as weighted by mix (objective mix)."),
        field<&DebtOptimalityValue::mix_bound>("mix_bound",
                                               "No plan has a smaller mix_value (objective mix)."),
        field<&DebtOptimalityValue::gap>("gap", "(plan − bound) / plan."),
        field<&DebtOptimalityValue::proven>("proven", "Best up to rounding to the minor unit."),
    };
};

struct DebtVersusMinimumValue {
    std::int64_t months_saved = 0;
    DecimalText interest_saved;
};
template <>
struct Description<DebtVersusMinimumValue> {
    static constexpr std::string_view name = "DebtVersusMinimum";
    static constexpr std::string_view doc = "Against paying each debt's own minimum only.";
    static constexpr auto fields = std::array{
        field<&DebtVersusMinimumValue::months_saved>("months_saved", "Months."),
        field<&DebtVersusMinimumValue::interest_saved>("interest_saved", "Interest."),
    };
};

struct DebtPlanAnswer {
    std::string currency;
    std::int64_t months = 0;
    DecimalText total_interest;
    DecimalText total_fees;
    DecimalText total_paid;
    Date debt_free_date;
    double strain_worst = 0.0;
    std::vector<DebtPayoffValue> payoff;
    std::vector<DebtMonthValue> schedule;
    std::optional<DebtOptimalityValue> optimality;
    std::optional<DebtVersusMinimumValue> versus_minimum;
};
template <>
struct Description<DebtPlanAnswer> {
    static constexpr std::string_view name = "DebtPlanAnswer";
    static constexpr std::string_view doc = "The plan, exact to the minor unit.";
    static constexpr auto fields = std::array{
        field<&DebtPlanAnswer::currency>("currency", "ISO 4217 code."),
        field<&DebtPlanAnswer::months>("months", "Until nothing is owed."),
        field<&DebtPlanAnswer::total_interest>("total_interest", "Sum of interest."),
        field<&DebtPlanAnswer::total_fees>("total_fees", "Sum of fees and penalties."),
        field<&DebtPlanAnswer::total_paid>("total_paid", "Balances, interest and fees."),
        field<&DebtPlanAnswer::debt_free_date>("debt_free_date", "Of the last payment."),
        field<&DebtPlanAnswer::strain_worst>(
            "strain_worst", "Largest share of a month's budget that minimums claim."),
        field<&DebtPlanAnswer::payoff>("payoff", "By debt, first closed first."),
        field<&DebtPlanAnswer::schedule>("schedule", "Month by month."),
        field<&DebtPlanAnswer::optimality>("optimality", "Of strategy optimal."),
        field<&DebtPlanAnswer::versus_minimum>("versus_minimum",
                                               "Null when minimums never repay in 600 months.")
            .or_null(),
    };
};

inline constexpr Route<DebtPlanValue, DebtPlanAnswer> calculate_debt_plan{
    {.method = Method::post,
     .path = "/api/v1/calc/debt-plan",
     .operation = "calculate_debt_plan",
     .summary = "The way out of debt: a schedule by strategy, or the best one with its bound.",
     .execution = Execution::compute}};

}  // namespace atlas::contracts
