// SPDX-License-Identifier: Apache-2.0
// What the debts mean for the household ahead: the calculators `emergency-fund`, `surplus-split`,
// `payment-days` and `rate-forecast`, and what the advice on debts says of the same matters.
// Chance is seeded and its error stated; a return is somebody's assumption and never a promise.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

struct IncomeLossValue {
    RealNumber chance_per_month;
    RealNumber months_mean{5.0};
    RealNumber income_kept{0.0};
};
template <>
struct Description<IncomeLossValue> {
    using T = IncomeLossValue;
    static constexpr std::string_view name = "IncomeLoss";
    static constexpr std::string_view doc = "That the income stops for a while.";
    static constexpr auto fields = std::array{
        field<&T::chance_per_month>("chance_per_month", "Of losing it, while it runs."),
        field<&T::months_mean>("months_mean", "Mean length; each month is like the last.")
            .unit("months")
            .or_default(),
        field<&T::income_kept>("income_kept", "Share that still comes, 0 to 1.").or_default(),
    };
};

struct MonthFlowValue {
    DecimalText income;
    DecimalText expenses;
};
template <>
struct Description<MonthFlowValue> {
    using T = MonthFlowValue;
    static constexpr std::string_view name = "MonthFlow";
    static constexpr std::string_view doc = "One month of the household, as it was.";
    static constexpr auto fields = std::array{
        field<&T::income>("income", "Came in."),
        field<&T::expenses>("expenses", "Had to go out, minimum payments included."),
    };
};

struct EmergencyFundValue {
    std::string currency = "USD";
    std::vector<MonthFlowValue> months;
    std::optional<DecimalText> income;
    RealNumber income_volatility;
    std::optional<DecimalText> expenses;
    RealNumber expense_volatility;
    std::optional<IncomeLossValue> income_loss;
    DecimalText saved{"0"};
    std::int64_t horizon_months = 12;
    RealNumber run_dry{0.05};
    std::int64_t paths = 10'000;
    std::int64_t seed = 1;
};
template <>
struct Description<EmergencyFundValue> {
    using T = EmergencyFundValue;
    static constexpr std::string_view name = "EmergencyFund";
    static constexpr std::string_view doc =
        "Either months as they were, drawn again as they come, or means with their volatility.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&T::months>("months", "At least 6, or none.").at_most(600).or_default(),
        field<&T::income>("income", "Mean of a month, without `months`."),
        field<&T::income_volatility>("income_volatility",
                                     "Standard deviation over mean; lognormal, months independent.")
            .or_default(),
        field<&T::expenses>("expenses", "Mean of a month, without `months`."),
        field<&T::expense_volatility>("expense_volatility", "As of the income.").or_default(),
        field<&T::income_loss>("income_loss", "Left out: the income never stops."),
        field<&T::saved>("saved", "In the fund today.").or_default(),
        field<&T::horizon_months>("horizon_months", "How long it has to last.")
            .unit("months")
            .range(1, 120)
            .or_default(),
        field<&T::run_dry>("run_dry", "Accepted probability of running dry by then.").or_default(),
        field<&T::paths>("paths", "Futures drawn.").range(100, 200'000).or_default(),
        field<&T::seed>("seed", "Of the draws.").range(0, 9e15).or_default(),
    };
};

struct ChanceValue {
    double probability = 0.0;
    double error = 0.0;
};
template <>
struct Description<ChanceValue> {
    using T = ChanceValue;
    static constexpr std::string_view name = "Chance";
    static constexpr std::string_view doc = "A simulated probability.";
    static constexpr auto fields = std::array{
        field<&T::probability>("probability", "Share of the futures."),
        field<&T::error>("error", "Standard error of that share."),
    };
};

struct FundPointValue {
    double months = 0.0;
    DecimalText amount;
    ChanceValue run_dry;
};
template <>
struct Description<FundPointValue> {
    using T = FundPointValue;
    static constexpr std::string_view name = "FundPoint";
    static constexpr std::string_view doc = "A size of the fund, and how often it is too small.";
    static constexpr auto fields = std::array{
        field<&T::months>("months", "Of expenses."),
        field<&T::amount>("amount", "The same as an amount."),
        field<&T::run_dry>("run_dry", "By the horizon, starting full."),
    };
};

struct EmergencyFundAnswer {
    std::string currency;
    DecimalText fund;
    std::vector<DecimalText> interval;
    double months_of_expenses = 0.0;
    DecimalText missing;
    ChanceValue run_dry_now;
    ChanceValue run_dry_then;
    DecimalText income;
    DecimalText expenses;
    double income_volatility = 0.0;
    double expense_volatility = 0.0;
    std::vector<FundPointValue> curve;
    std::int64_t paths = 0;
    std::int64_t seed = 0;
    std::vector<std::string> assumptions;
};
template <>
struct Description<EmergencyFundAnswer> {
    using T = EmergencyFundAnswer;
    static constexpr std::string_view name = "EmergencyFundAnswer";
    static constexpr std::string_view doc = "How much to keep for bad months.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code."),
        field<&T::fund>("fund", "Large enough with the accepted probability."),
        field<&T::interval>("interval", "Of the fund, 95 %, from the number of futures alone."),
        field<&T::months_of_expenses>("months_of_expenses", "The fund over mean expenses."),
        field<&T::missing>("missing", "Fund less what is saved, at least zero."),
        field<&T::run_dry_now>("run_dry_now", "With what is saved today."),
        field<&T::run_dry_then>("run_dry_then", "With the whole fund."),
        field<&T::income>("income", "Mean of a month."),
        field<&T::expenses>("expenses", "Mean of a month."),
        field<&T::income_volatility>("income_volatility", "Standard deviation over mean."),
        field<&T::expense_volatility>("expense_volatility", "Standard deviation over mean."),
        field<&T::curve>("curve", "By months of expenses, 0 to 12."),
        field<&T::paths>("paths", "Futures drawn."),
        field<&T::seed>("seed", "Of the draws."),
        field<&T::assumptions>("assumptions", "What was taken for granted."),
    };
};

struct SplitDebtValue {
    std::string id;
    DecimalText balance;
    money::AnnualRate apr;
    DecimalText minimum{"0"};
    bool deductible = false;
};
template <>
struct Description<SplitDebtValue> {
    using T = SplitDebtValue;
    static constexpr std::string_view name = "SplitDebt";
    static constexpr std::string_view doc = "A debt that surplus could go to.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Names it in the answer.").at_most(100),
        field<&T::balance>("balance", "Owed today."),
        field<&T::apr>("apr", "Nominal yearly rate, charged monthly."),
        field<&T::minimum>("minimum", "Paid each month besides the surplus.").or_default(),
        field<&T::deductible>("deductible", "Whether its interest lowers the tax.").or_default(),
    };
};

struct SurplusSplitValue {
    std::string currency = "USD";
    DecimalText monthly_surplus;
    std::int64_t months = 12;
    std::vector<SplitDebtValue> debts;
    EmergencyFundValue buffer;
    money::AnnualRate saving_rate;
    money::AnnualRate emergency_apr;
    RealNumber expected_return;
    RealNumber volatility;
    RealNumber risk_aversion{3.0};
    RealNumber tax_rate{0.0};
};
template <>
struct Description<SurplusSplitValue> {
    using T = SurplusSplitValue;
    static constexpr std::string_view name = "SurplusSplit";
    static constexpr std::string_view doc = "Where each month's surplus does most good.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&T::monthly_surplus>("monthly_surplus",
                                   "Left of a month once expenses and minimums are paid."),
        field<&T::months>("months", "How far to plan.").unit("months").range(1, 120).or_default(),
        field<&T::debts>("debts", "May be none.").at_most(256).or_default(),
        field<&T::buffer>("buffer", "As the calculator emergency-fund; its currency is this one."),
        field<&T::saving_rate>("saving_rate", "What the buffer earns, before tax.").or_default(),
        field<&T::emergency_apr>("emergency_apr",
                                 "Of what is borrowed when the buffer is dry, 0.2399."),
        field<&T::expected_return>("expected_return", "Of investing, a year, before tax: yours.")
            .or_default(),
        field<&T::volatility>("volatility", "Of that return, a year.").or_default(),
        field<&T::risk_aversion>("risk_aversion",
                                 "Half of it times the variance is taken off the return.")
            .or_default(),
        field<&T::tax_rate>("tax_rate", "On interest and gains, 0 to 1.").or_default(),
    };
};

struct SplitUseValue {
    std::string use;
    std::optional<std::string> debt_id;
    double value_per_year = 0.0;
    DecimalText first_month;
    DecimalText total;
    std::string why;
};
template <>
struct Description<SplitUseValue> {
    using T = SplitUseValue;
    static constexpr std::string_view name = "SplitUse";
    static constexpr std::string_view doc = "One place for the surplus.";
    static constexpr auto fields = std::array{
        field<&T::use>("use", "buffer, debt or invest."),
        field<&T::debt_id>("debt_id", "Of a debt."),
        field<&T::value_per_year>(
            "value_per_year", "Of the next unit of money there today, after tax and for its risk."),
        field<&T::first_month>("first_month", "Of the first month's surplus."),
        field<&T::total>("total", "Of all months planned."),
        field<&T::why>("why", "In a sentence.").at_most(1000),
    };
};

struct SplitMonthValue {
    std::int64_t month = 0;
    DecimalText buffer;
    DecimalText debts;
    DecimalText invest;
    DecimalText owed;
};
template <>
struct Description<SplitMonthValue> {
    using T = SplitMonthValue;
    static constexpr std::string_view name = "SplitMonth";
    static constexpr std::string_view doc = "Where the surplus of one month goes.";
    static constexpr auto fields = std::array{
        field<&T::month>("month", "From 1."),
        field<&T::buffer>("buffer", "Into the buffer."),
        field<&T::debts>("debts", "To debts, above their minimums."),
        field<&T::invest>("invest", "Invested."),
        field<&T::owed>("owed", "On all debts afterwards."),
    };
};

struct SurplusSplitAnswer {
    std::string currency;
    std::vector<SplitUseValue> uses;
    std::vector<SplitMonthValue> schedule;
    double break_even_return = 0.0;
    double break_even_without_risk = 0.0;
    double invest_value = 0.0;
    ChanceValue run_dry_before;
    ChanceValue run_dry_after;
    EmergencyFundAnswer buffer;
    std::vector<std::string> assumptions;
};
template <>
struct Description<SurplusSplitAnswer> {
    using T = SurplusSplitAnswer;
    static constexpr std::string_view name = "SurplusSplitAnswer";
    static constexpr std::string_view doc = "Buffer, debts or investing.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code."),
        field<&T::uses>("uses", "Most valuable first."),
        field<&T::schedule>("schedule", "Month by month."),
        field<&T::break_even_return>(
            "break_even_return",
            "Expected yearly return before tax at which investing would be as good as the best "
            "other use today, its risk allowed for."),
        field<&T::break_even_without_risk>("break_even_without_risk", "The same, risk left out."),
        field<&T::invest_value>("invest_value", "Of investing, after tax and for its risk."),
        field<&T::run_dry_before>("run_dry_before", "With today's buffer."),
        field<&T::run_dry_after>("run_dry_after", "With the buffer after the last month planned."),
        field<&T::buffer>("buffer", "The emergency fund behind it."),
        field<&T::assumptions>("assumptions", "What was taken for granted."),
    };
};

struct RegularFlowValue {
    std::string id;
    std::int64_t day = 1;
    DecimalText amount;
    RealNumber volatility;
    std::int64_t days_late_max = 0;
    bool movable = false;
    std::int64_t earliest_day = 1;
    std::int64_t latest_day = 28;
};
template <>
struct Description<RegularFlowValue> {
    using T = RegularFlowValue;
    static constexpr std::string_view name = "RegularFlow";
    static constexpr std::string_view doc = "Something that comes or goes every month.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Names it in the answer.").at_most(100),
        field<&T::day>("day", "Of the month; a shorter month has it on its last day.").range(1, 31),
        field<&T::amount>("amount", "Above zero comes in, below zero goes out."),
        field<&T::volatility>("volatility", "Standard deviation over mean; lognormal.")
            .or_default(),
        field<&T::days_late_max>("days_late_max", "It comes up to so many days late, evenly.")
            .range(0, 28)
            .or_default(),
        field<&T::movable>("movable", "Whether its day may be chosen.").or_default(),
        field<&T::earliest_day>("earliest_day", "Of the choice.").range(1, 31).or_default(),
        field<&T::latest_day>("latest_day", "Of the choice.").range(1, 31).or_default(),
    };
};

struct PaymentDaysValue {
    std::string currency = "USD";
    Date start;
    DecimalText balance;
    DecimalText buffer{"0"};
    std::vector<RegularFlowValue> flows;
    DecimalText daily_spending{"0"};
    RealNumber daily_volatility{1.0};
    RealNumber probability{0.95};
    std::int64_t months = 3;
    std::int64_t paths = 1000;
    std::int64_t seed = 1;
};
template <>
struct Description<PaymentDaysValue> {
    using T = PaymentDaysValue;
    static constexpr std::string_view name = "PaymentDays";
    static constexpr std::string_view doc = "Pay days, bills, and the payments that may move.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&T::start>("start", "The first day."),
        field<&T::balance>("balance", "Of the account at its start."),
        field<&T::buffer>("buffer", "The balance should stay at or above it.").or_default(),
        field<&T::flows>("flows", "Every month.").at_most(64),
        field<&T::daily_spending>("daily_spending", "Mean of a day, besides the flows.")
            .or_default(),
        field<&T::daily_volatility>("daily_volatility", "Standard deviation over mean of a day.")
            .or_default(),
        field<&T::probability>("probability", "Wanted, of staying at or above the buffer.")
            .or_default(),
        field<&T::months>("months", "Looked at.").unit("months").range(1, 12).or_default(),
        field<&T::paths>("paths", "Futures drawn.").range(100, 20'000).or_default(),
        field<&T::seed>("seed", "Of the draws.").range(0, 9e15).or_default(),
    };
};

struct PaymentDayValue {
    std::string id;
    std::int64_t day_now = 0;
    std::int64_t day = 0;
};
template <>
struct Description<PaymentDayValue> {
    using T = PaymentDayValue;
    static constexpr std::string_view name = "PaymentDay";
    static constexpr std::string_view doc = "The day of a payment, as it is and as it should be.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "The flow."),
        field<&T::day_now>("day_now", "As given."),
        field<&T::day>("day", "Fitted; the given one unless another is better."),
    };
};

struct LowestBalanceValue {
    ChanceValue above_buffer;
    DecimalText lowest;
};
template <>
struct Description<LowestBalanceValue> {
    using T = LowestBalanceValue;
    static constexpr std::string_view name = "LowestBalance";
    static constexpr std::string_view doc = "How low the account goes.";
    static constexpr auto fields = std::array{
        field<&T::above_buffer>("above_buffer", "Of staying at or above the buffer all the time."),
        field<&T::lowest>("lowest",
                          "The lowest balance is at or above this with the wanted probability."),
    };
};

struct PaymentDaysAnswer {
    std::string currency;
    std::vector<PaymentDayValue> days;
    LowestBalanceValue now;
    LowestBalanceValue fitted;
    bool reached = false;
    std::int64_t paths = 0;
    std::int64_t seed = 0;
};
template <>
struct Description<PaymentDaysAnswer> {
    using T = PaymentDaysAnswer;
    static constexpr std::string_view name = "PaymentDaysAnswer";
    static constexpr std::string_view doc = "Payment days fitted to pay days.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code."),
        field<&T::days>("days", "Of the flows that may move."),
        field<&T::now>("now", "With the days as given."),
        field<&T::fitted>("fitted",
                          "With the fitted days, on other futures than they were fitted "
                          "to."),
        field<&T::reached>("reached", "Whether the wanted probability is reached."),
        field<&T::paths>("paths", "Futures drawn, for the fit and again for the answer."),
        field<&T::seed>("seed", "Of the draws."),
    };
};

/// What a person says of the household ahead; what is left out is assumed aloud.
struct HouseholdOutlookValue {
    std::optional<RealNumber> run_dry;
    std::optional<IncomeLossValue> income_loss;
    std::optional<RealNumber> expected_return;
    std::optional<RealNumber> volatility;
    std::optional<RealNumber> risk_aversion;
    std::optional<RealNumber> tax_rate;
    std::optional<money::AnnualRate> saving_rate;
    std::optional<DecimalText> account_buffer;
};
template <>
struct Description<HouseholdOutlookValue> {
    using T = HouseholdOutlookValue;
    static constexpr std::string_view name = "HouseholdOutlook";
    static constexpr std::string_view doc =
        "What only the household can say; what is left out is assumed aloud.";
    static constexpr auto fields = std::array{
        field<&T::run_dry>("run_dry", "Accepted probability of running dry in a year."),
        field<&T::income_loss>("income_loss", "That the income stops for a while."),
        field<&T::expected_return>("expected_return", "Of investing, a year, before tax."),
        field<&T::volatility>("volatility", "Of that return."),
        field<&T::risk_aversion>("risk_aversion", "As the calculator surplus-split."),
        field<&T::tax_rate>("tax_rate", "On interest and gains."),
        field<&T::saving_rate>("saving_rate", "What savings earn, before tax."),
        field<&T::account_buffer>("account_buffer", "The account should stay at or above it."),
    };
};

inline constexpr Route<EmergencyFundValue, EmergencyFundAnswer> calculate_emergency_fund{
    {.method = Method::post,
     .path = "/api/v1/calc/emergency-fund",
     .operation = "calculate_emergency_fund",
     .summary = "How much to keep for bad months, from income and expenses as they vary.",
     .execution = Execution::compute}};
inline constexpr Route<SurplusSplitValue, SurplusSplitAnswer> calculate_surplus_split{
    {.method = Method::post,
     .path = "/api/v1/calc/surplus-split",
     .operation = "calculate_surplus_split",
     .summary = "Buffer, debts or investing: where the surplus does most good.",
     .execution = Execution::compute}};
inline constexpr Route<PaymentDaysValue, PaymentDaysAnswer> calculate_payment_days{
    {.method = Method::post,
     .path = "/api/v1/calc/payment-days",
     .operation = "calculate_payment_days",
     .summary = "Payment days fitted to pay days, so that the account stays above a buffer.",
     .execution = Execution::compute}};

}  // namespace atlas::contracts
