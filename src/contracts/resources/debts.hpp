// SPDX-License-Identifier: Apache-2.0
// The debts of a household and advice on them: terms a person gave, accounts of the ledger with
// terms inferred and labelled so; what to pay this month and why. Amounts inside a debt are
// decimals in the currency of its balance.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/resources/credit_score.hpp"
#include "contracts/resources/debt.hpp"
#include "contracts/resources/debt_future.hpp"
#include "contracts/resources/debt_outlook.hpp"
#include "contracts/route.hpp"
#include "finance/debt/debt_id.hpp"

namespace atlas::contracts {

using finance::debt::DebtId;

struct DebtTermsValue {
    std::string name;
    std::optional<AccountId> account_id;
    std::optional<MoneyValue> balance;
    std::optional<money::AnnualRate> apr;
    DebtCompounding compounding = DebtCompounding::monthly;
    std::optional<DebtMinimumValue> minimum;
    std::optional<DebtPromoValue> promo;
    std::optional<DecimalText> credit_limit;
    std::optional<bool> secured;
    std::optional<bool> variable_rate;
    std::vector<DebtRateChangeValue> rate_path;
    std::optional<DecimalText> fee_monthly;
    std::optional<DecimalText> late_fee;
    money::AnnualRate prepayment_penalty;
    std::optional<std::int64_t> due_day;
};
template <>
struct Description<DebtTermsValue> {
    static constexpr std::string_view name = "DebtTerms";
    static constexpr std::string_view doc = "A debt as a person gives it.";
    static constexpr auto fields = with_debt_conditions<DebtTermsValue>(std::array{
        field<&DebtTermsValue::name>("name", "What the person calls it.").at_most(200),
        field<&DebtTermsValue::account_id>(
            "account_id", "Of the ledger, whose balance it is; else give balance."),
        field<&DebtTermsValue::balance>(
            "balance", "Owed today, above zero. Its currency is that of every amount here."),
        field<&DebtTermsValue::apr>(
            "apr", "Nominal yearly rate; inferred from posted interest when left out."),
        field<&DebtTermsValue::minimum>("minimum",
                                        "What must be paid each month; inferred when left out."),
    });
};
enum class TermSource : std::uint8_t { given, inferred, assumed };
template <>
struct Description<TermSource> {
    static constexpr std::string_view name = "TermSource";
    static constexpr auto words = std::to_array<std::string_view>({"given", "inferred", "assumed"});
};
struct RateEvidenceValue {
    std::int64_t postings = 0;
    money::AnnualRate lowest;
    money::AnnualRate highest;
};
template <>
struct Description<RateEvidenceValue> {
    static constexpr std::string_view name = "RateEvidence";
    static constexpr std::string_view doc = "What a rate was inferred from.";
    static constexpr auto fields = std::array{
        field<&RateEvidenceValue::postings>(
            "postings", "Postings of interest set against the balances of their days."),
        field<&RateEvidenceValue::lowest>("lowest", "Of them."),
        field<&RateEvidenceValue::highest>("highest", "Of them."),
    };
};
struct DebtRecordValue {
    DebtId id;
    std::string name;
    std::optional<AccountId> account_id;
    MoneyValue balance;
    std::optional<Date> balance_date;
    money::AnnualRate apr;
    TermSource apr_source = TermSource::given;
    std::optional<RateEvidenceValue> apr_evidence;
    DebtCompounding compounding = DebtCompounding::monthly;
    DebtMinimumValue minimum;
    TermSource minimum_source = TermSource::given;
    std::optional<DebtPromoValue> promo;
    std::optional<DecimalText> credit_limit;
    std::optional<bool> secured;
    std::optional<bool> variable_rate;
    std::vector<DebtRateChangeValue> rate_path;
    std::optional<DecimalText> fee_monthly;
    std::optional<DecimalText> late_fee;
    money::AnnualRate prepayment_penalty;
    std::optional<std::int64_t> due_day;
};
template <>
struct Description<DebtRecordValue> {
    static constexpr std::string_view name = "Debt";
    static constexpr std::string_view doc =
        "A debt of the household, with where each term comes from.";
    static constexpr auto fields = with_debt_conditions<DebtRecordValue>(std::array{
        field<&DebtRecordValue::id>("id", "Identifier; an account's own for an account."),
        field<&DebtRecordValue::name>("name", "What the person calls it."),
        field<&DebtRecordValue::account_id>("account_id", "Of the ledger."),
        field<&DebtRecordValue::balance>("balance", "Owed, above zero."),
        field<&DebtRecordValue::balance_date>("balance_date",
                                              "Of the last transaction, for an account."),
        field<&DebtRecordValue::apr>("apr", "Nominal yearly rate."),
        field<&DebtRecordValue::apr_source>(
            "apr_source", "inferred: from posted interest; assumed: nothing is known."),
        field<&DebtRecordValue::apr_evidence>("apr_evidence", "Of an inferred rate."),
        field<&DebtRecordValue::minimum>("minimum", "What must be paid each month."),
        field<&DebtRecordValue::minimum_source>(
            "minimum_source", "inferred: from payments; assumed: nothing is known."),
    });
};
struct ListDebts {};
template <>
struct Description<ListDebts> {
    static constexpr std::string_view name = "ListDebts";
    static constexpr std::string_view doc = "No conditions.";
    static constexpr std::array<Field, 0> fields{};
};

struct DebtList {
    std::vector<DebtRecordValue> items;
};
template <>
struct Description<DebtList> {
    static constexpr std::string_view name = "DebtList";
    static constexpr std::string_view doc =
        "Debts that were given, then accounts that owe something.";
    static constexpr auto fields = std::array{
        field<&DebtList::items>("items", "The debts."),
    };
};
struct DebtById {
    DebtId id;
};
template <>
struct Description<DebtById> {
    static constexpr std::string_view name = "DebtById";
    static constexpr std::string_view doc = "One debt.";
    static constexpr auto fields = std::array{
        field<&DebtById::id>("id", "Identifier."),
    };
};
struct PutDebt {
    DebtId id;
    DebtTermsValue terms;
};
template <>
struct Description<PutDebt> {
    static constexpr std::string_view name = "PutDebt";
    static constexpr std::string_view doc =
        "Terms of a debt, all of them; of an account that had none too.";
    static constexpr auto fields = std::array{
        field<&PutDebt::id>("id", "Identifier."),
        field<&PutDebt::terms>("terms", "What holds from now on."),
    };
};
enum class BudgetSource : std::uint8_t { given, recent_payments, minimums };
template <>
struct Description<BudgetSource> {
    static constexpr std::string_view name = "BudgetSource";
    static constexpr auto words =
        std::to_array<std::string_view>({"given", "recent_payments", "minimums"});
};
struct PlanRecordValue {
    std::int64_t months = 0;
    std::int64_t kept = 0;
};
template <>
struct Description<PlanRecordValue> {
    static constexpr std::string_view name = "PlanRecord";
    static constexpr std::string_view doc = "How often a plan was kept.";
    static constexpr auto fields = std::array{
        field<&PlanRecordValue::months>("months", "Months with a plan.").range(0, 1200),
        field<&PlanRecordValue::kept>("kept", "Of them, months in which it was kept.")
            .range(0, 1200),
    };
};
enum class DebtChangeKind : std::uint8_t { more_each_month, windfall, missed_payment, rate_rise };
template <>
struct Description<DebtChangeKind> {
    static constexpr std::string_view name = "DebtChangeKind";
    static constexpr auto words = std::to_array<std::string_view>(
        {"more_each_month", "windfall", "missed_payment", "rate_rise"});
};
struct DebtChangeValue {
    DebtChangeKind kind = DebtChangeKind::more_each_month;
    std::optional<DecimalText> amount;
    std::optional<Date> date;
    std::optional<DebtId> debt_id;
    std::optional<std::int64_t> month;
    std::optional<money::AnnualRate> by;
};
template <>
struct Description<DebtChangeValue> {
    static constexpr std::string_view name = "DebtChange";
    static constexpr std::string_view doc = "A what-if.";
    static constexpr auto fields = std::array{
        field<&DebtChangeValue::kind>("kind", "What changes."),
        field<&DebtChangeValue::amount>("amount", "more_each_month (may be negative), windfall."),
        field<&DebtChangeValue::date>("date", "windfall; today when left out."),
        field<&DebtChangeValue::debt_id>("debt_id",
                                         "missed_payment; rate_rise, every debt when left out."),
        field<&DebtChangeValue::month>("month", "missed_payment: from 1.").range(1, 600),
        field<&DebtChangeValue::by>("by", "rate_rise: 0.01 for one percentage point."),
    };
};
struct GetDebtAdvice {
    std::optional<DecimalText> monthly_budget;
    std::optional<DebtStrategy> strategy;
};
template <>
struct Description<GetDebtAdvice> {
    static constexpr std::string_view name = "GetDebtAdvice";
    static constexpr std::string_view doc = "What the advice stands on.";
    static constexpr auto fields = std::array{
        field<&GetDebtAdvice::monthly_budget>(
            "monthly_budget", "For all debts together; what was paid lately when left out."),
        field<&GetDebtAdvice::strategy>("strategy",
                                        "The one to write out; the recommended one when left out."),
    };
};
struct AskDebtAdvice {
    std::optional<DecimalText> monthly_budget;
    std::optional<DebtStrategy> strategy;
    std::optional<PlanRecordValue> record;
    std::vector<DebtChangeValue> changes;
    std::optional<HouseholdOutlookValue> outlook;
    std::optional<CreditScoreValue> credit;
};
template <>
struct Description<AskDebtAdvice> {
    static constexpr std::string_view name = "AskDebtAdvice";
    static constexpr std::string_view doc = "The same with what-ifs.";
    static constexpr auto fields = std::array{
        field<&AskDebtAdvice::monthly_budget>(
            "monthly_budget", "For all debts together; what was paid lately when left out."),
        field<&AskDebtAdvice::strategy>("strategy",
                                        "The one to write out; the recommended one when left out."),
        field<&AskDebtAdvice::record>("record", "How often plans were kept so far."),
        field<&AskDebtAdvice::changes>("changes", "What-ifs, each on its own.")
            .at_most(64)
            .or_default(),
        field<&AskDebtAdvice::outlook>("outlook", "For buffer, surplus and payment days."),
        field<&AskDebtAdvice::credit>(
            "credit", "For the score by month; balance and utilisation are the plan's own."),
    };
};
struct DebtLeftOutValue {
    DebtId id;
    std::string name;
    std::string reason;
};
template <>
struct Description<DebtLeftOutValue> {
    static constexpr std::string_view name = "DebtLeftOut";
    static constexpr std::string_view doc = "A debt the advice does not cover.";
    static constexpr auto fields = std::array{
        field<&DebtLeftOutValue::id>("id", "Identifier."),
        field<&DebtLeftOutValue::name>("name", "What the person calls it."),
        field<&DebtLeftOutValue::reason>("reason", "Why."),
    };
};
struct DebtPaymentValue {
    DebtId debt_id;
    std::string name;
    MoneyValue pay;
    MoneyValue minimum;
    Date due;
    std::string why;
};
template <>
struct Description<DebtPaymentValue> {
    static constexpr std::string_view name = "DebtPayment";
    static constexpr std::string_view doc = "What to pay this month, and why.";
    static constexpr auto fields = std::array{
        field<&DebtPaymentValue::debt_id>("debt_id", "The debt."),
        field<&DebtPaymentValue::name>("name", "What the person calls it."),
        field<&DebtPaymentValue::pay>("pay", "In this month."),
        field<&DebtPaymentValue::minimum>("minimum", "Of it, what must be paid."),
        field<&DebtPaymentValue::due>("due", "By then."),
        field<&DebtPaymentValue::why>("why", "In a sentence.").at_most(1000),
    };
};
struct DebtStrategyValue {
    DebtStrategy strategy = DebtStrategy::minimum;
    std::optional<std::string> refusal;
    std::optional<std::int64_t> months;
    std::optional<Date> debt_free_date;
    std::optional<MoneyValue> interest;
    std::optional<MoneyValue> fees;
    std::optional<double> strain_worst;
    std::optional<std::int64_t> first_win_month;
    std::optional<std::int64_t> wins_in_a_year;
};
template <>
struct Description<DebtStrategyValue> {
    static constexpr std::string_view name = "DebtStrategySummary";
    static constexpr std::string_view doc = "One way to pay the debts.";
    static constexpr auto fields = std::array{
        field<&DebtStrategyValue::strategy>("strategy", "Its name."),
        field<&DebtStrategyValue::refusal>("refusal",
                                           "Why it leads nowhere; then the rest is left out."),
        field<&DebtStrategyValue::months>("months", "Until nothing is owed."),
        field<&DebtStrategyValue::debt_free_date>("debt_free_date", "Of the last payment."),
        field<&DebtStrategyValue::interest>("interest", "Sum."),
        field<&DebtStrategyValue::fees>("fees", "Sum."),
        field<&DebtStrategyValue::strain_worst>(
            "strain_worst", "Largest share of a month's budget that minimums claim."),
        field<&DebtStrategyValue::first_win_month>("first_win_month",
                                                   "When the first debt is closed."),
        field<&DebtStrategyValue::wins_in_a_year>("wins_in_a_year", "Debts closed by month 12."),
    };
};
struct DebtFanMonthValue {
    std::int64_t month = 0;
    DecimalText planned;
    DecimalText low;
    DecimalText middle;
    DecimalText high;
};
template <>
struct Description<DebtFanMonthValue> {
    static constexpr std::string_view name = "DebtFanMonth";
    static constexpr std::string_view doc =
        "Owed at the end of a month, if extra payments are kept up as often as the record says.";
    static constexpr auto fields = std::array{
        field<&DebtFanMonthValue::month>("month", "From 1."),
        field<&DebtFanMonthValue::planned>("planned", "When all are."),
        field<&DebtFanMonthValue::low>("low", "Exceeded by nine paths of ten."),
        field<&DebtFanMonthValue::middle>("middle", "By half."),
        field<&DebtFanMonthValue::high>("high", "By one of ten."),
    };
};
struct DebtWinValue {
    std::vector<DebtId> order;
    MoneyValue cost;
    MoneyValue price;
    std::int64_t months = 0;
    std::int64_t first_win_month = 0;
    std::int64_t wins_in_a_year = 0;
};
template <>
struct Description<DebtWinValue> {
    static constexpr std::string_view name = "DebtWin";
    static constexpr std::string_view doc =
        "A plan that closes debts earlier, and what that costs.";
    static constexpr auto fields = std::array{
        field<&DebtWinValue::order>("order", "In which debts are closed."),
        field<&DebtWinValue::cost>("cost", "Interest and fees."),
        field<&DebtWinValue::price>("price", "Of that, for the earlier wins."),
        field<&DebtWinValue::months>("months", "In all."),
        field<&DebtWinValue::first_win_month>("first_win_month", "When the first debt is closed."),
        field<&DebtWinValue::wins_in_a_year>("wins_in_a_year", "Debts closed by month 12."),
    };
};
struct DebtWinsValue {
    std::vector<DebtWinValue> points;
    std::int64_t recommended = 0;
    double chance_of_keeping = 0.0;
    MoneyValue relapse_cost;
};
template <>
struct Description<DebtWinsValue> {
    static constexpr std::string_view name = "DebtWins";
    static constexpr std::string_view doc = "Interest against early wins.";
    static constexpr auto fields = std::array{
        field<&DebtWinsValue::points>("points",
                                      "Cheapest first; each later one closes debts earlier."),
        field<&DebtWinsValue::recommended>(
            "recommended", "Index of the point that weighs the price against losing heart."),
        field<&DebtWinsValue::chance_of_keeping>("chance_of_keeping",
                                                 "By the record, (kept + 1) / (months + 2)."),
        field<&DebtWinsValue::relapse_cost>("relapse_cost", "Of a year of minimums alone."),
    };
};
struct DebtEffectValue {
    std::optional<std::string> refusal;
    std::optional<std::int64_t> months;
    std::optional<std::int64_t> months_change;
    std::optional<MoneyValue> cost;
    std::optional<MoneyValue> cost_change;
    std::optional<Date> debt_free_date;
};
template <>
struct Description<DebtEffectValue> {
    static constexpr std::string_view name = "DebtEffect";
    static constexpr std::string_view doc = "What a change does.";
    static constexpr auto fields = std::array{
        field<&DebtEffectValue::refusal>("refusal",
                                         "Why it leaves no plan; then the rest is left out."),
        field<&DebtEffectValue::months>("months", "With it."),
        field<&DebtEffectValue::months_change>("months_change", "Against the plan."),
        field<&DebtEffectValue::cost>("cost", "Interest and fees with it."),
        field<&DebtEffectValue::cost_change>("cost_change", "Against the plan."),
        field<&DebtEffectValue::debt_free_date>("debt_free_date", "With it."),
    };
};
struct DebtSlopesValue {
    double per_month = 0.0;
    double per_windfall = 0.0;
    std::vector<double> per_rate;
};
template <>
struct Description<DebtSlopesValue> {
    static constexpr std::string_view name = "DebtSlopes";
    static constexpr std::string_view doc = "How interest and fees answer to small changes.";
    static constexpr auto fields = std::array{
        field<&DebtSlopesValue::per_month>("per_month", "For one unit of money more every month."),
        field<&DebtSlopesValue::per_windfall>("per_windfall",
                                              "For one unit more in the first month."),
        field<&DebtSlopesValue::per_rate>("per_rate", "By debt, for one percentage point more."),
    };
};
struct DebtEvidenceValue {
    DebtId debt_id;
    std::string text;
};
template <>
struct Description<DebtEvidenceValue> {
    static constexpr std::string_view name = "DebtEvidence";
    static constexpr std::string_view doc = "What a term stands on.";
    static constexpr auto fields = std::array{
        field<&DebtEvidenceValue::debt_id>("debt_id", "The debt."),
        field<&DebtEvidenceValue::text>("text", "In a sentence.").at_most(1000),
    };
};
struct DebtAdviceValue {
    std::optional<std::int64_t> audit_id;
    Date as_of;
    std::string currency;
    MoneyValue monthly_budget;
    BudgetSource budget_source = BudgetSource::given;
    std::string summary;
    std::vector<DebtRecordValue> debts;
    std::vector<DebtLeftOutValue> left_out;
    DebtStrategy recommended = DebtStrategy::optimal;
    std::vector<DebtPaymentValue> this_month;
    std::vector<DebtStrategyValue> strategies;
    DebtStrategy written_out = DebtStrategy::optimal;
    std::optional<DebtOptimalityValue> optimality;
    std::vector<DebtMonthValue> schedule;
    std::vector<DebtFanMonthValue> fan;
    std::optional<DebtWinsValue> wins;
    std::vector<DebtEffectValue> effects;
    std::optional<DebtSlopesValue> slopes;
    std::vector<DebtEvidenceValue> evidence;
    std::vector<std::string> assumptions;
    std::optional<SmartAvalancheValue> smart_avalanche;
    std::optional<EmergencyFundAnswer> emergency_fund;
    std::optional<SurplusSplitAnswer> surplus;
    std::optional<PaymentDaysAnswer> payment_days;
    std::vector<RefinanceAlertValue> refinance_alerts;
    std::optional<ScoreTimelineValue> score;
};
template <>
struct Description<DebtAdviceValue> {
    static constexpr std::string_view name = "DebtAdvice";
    static constexpr std::string_view doc = "What to do about the debts, with what it stands on.";
    static constexpr auto fields = std::array{
        field<&DebtAdviceValue::audit_id>("audit_id", "Number of its entry in the audit log."),
        field<&DebtAdviceValue::as_of>("as_of", "The day it is about."),
        field<&DebtAdviceValue::currency>("currency", "Of every amount."),
        field<&DebtAdviceValue::monthly_budget>("monthly_budget", "For all debts together."),
        field<&DebtAdviceValue::budget_source>("budget_source", "Where that comes from."),
        field<&DebtAdviceValue::summary>("summary", "In a sentence.").at_most(2000),
        field<&DebtAdviceValue::debts>("debts", "Covered, in the order of the slopes."),
        field<&DebtAdviceValue::left_out>("left_out", "Not covered."),
        field<&DebtAdviceValue::recommended>("recommended", "Least interest and fees."),
        field<&DebtAdviceValue::this_month>("this_month", "What to pay now."),
        field<&DebtAdviceValue::strategies>("strategies", "Side by side."),
        field<&DebtAdviceValue::written_out>("written_out", "The strategy of the schedule."),
        field<&DebtAdviceValue::optimality>("optimality", "Of the best plan."),
        field<&DebtAdviceValue::schedule>("schedule", "Month by month."),
        field<&DebtAdviceValue::fan>("fan", "Month by month."),
        field<&DebtAdviceValue::wins>("wins", "Interest against early wins."),
        field<&DebtAdviceValue::effects>("effects", "Of the changes asked, in their order."),
        field<&DebtAdviceValue::slopes>("slopes", "Of small changes."),
        field<&DebtAdviceValue::evidence>("evidence", "What the terms stand on."),
        field<&DebtAdviceValue::assumptions>("assumptions", "What was taken for granted."),
        field<&DebtAdviceValue::smart_avalanche>("smart_avalanche",
                                                 "Where some rate can move: what holds up then."),
        field<&DebtAdviceValue::emergency_fund>(
            "emergency_fund", "From the household's own months, where there are six."),
        field<&DebtAdviceValue::surplus>("surplus", "Buffer, debts or investing, likewise."),
        field<&DebtAdviceValue::payment_days>(
            "payment_days", "Payments fitted to pay days, where an income comes every month."),
        field<&DebtAdviceValue::refinance_alerts>("refinance_alerts",
                                                  "Where the market's rates make it worth asking."),
        field<&DebtAdviceValue::score>("score", "By month of the plan, where a card has a limit."),
    };
};
inline constexpr Route<ListDebts, DebtList> list_debts{
    {.method = Method::get,
     .path = "/api/v1/debts",
     .operation = "list_debts",
     .summary = "Debts that were given, and accounts that owe something."}};
inline constexpr Route<DebtById, DebtRecordValue> get_debt{{.method = Method::get,
                                                            .path = "/api/v1/debts/{id}",
                                                            .operation = "get_debt",
                                                            .summary = "One debt."}};
inline constexpr Route<DebtTermsValue, DebtRecordValue> create_debt{
    {.method = Method::post,
     .path = "/api/v1/debts",
     .operation = "create_debt",
     .summary = "Adds a debt, or terms to an account.",
     .scope = Scope::write,
     .status = 201}};
inline constexpr Route<PutDebt, DebtRecordValue> put_debt{
    {.method = Method::put,
     .path = "/api/v1/debts/{id}",
     .operation = "put_debt",
     .summary = "Replaces the terms of a debt.",
     .scope = Scope::write}};
inline constexpr Route<DebtById, Empty> delete_debt{
    {.method = Method::del,
     .path = "/api/v1/debts/{id}",
     .operation = "delete_debt",
     .summary =
         "Forgets what was given; an account that owes is a debt still, with inferred terms.",
     .scope = Scope::write}};
inline constexpr Route<GetDebtAdvice, DebtAdviceValue> get_debt_advice{
    {.method = Method::get,
     .path = "/api/ai/debt",
     .operation = "get_debt_advice",
     .summary = "What to pay this month and why.",
     .cost = 10}};
inline constexpr Route<AskDebtAdvice, DebtAdviceValue> ask_debt_advice{
    {.method = Method::post,
     .path = "/api/ai/debt",
     .operation = "ask_debt_advice",
     .summary = "The same with what-ifs.",
     .cost = 10}};

}  // namespace atlas::contracts
