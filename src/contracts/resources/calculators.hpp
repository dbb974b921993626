// SPDX-License-Identifier: Apache-2.0
// Calculators: self-contained requests, no stored data, the same bytes for the same request.
// `POST /api/v1/calc/NAME` and `atlas calc NAME` are the same route.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

enum class PaymentTiming : std::uint8_t { end, begin };
template <>
struct Description<PaymentTiming> {
    static constexpr std::string_view name = "PaymentTiming";
    static constexpr auto words = std::to_array<std::string_view>({"end", "begin"});
};

struct TvmValue {
    std::string currency = "USD";
    std::optional<RealNumber> n;
    std::optional<RealNumber> rate;
    std::optional<DecimalText> pv;
    std::optional<DecimalText> pmt;
    std::optional<DecimalText> fv;
    PaymentTiming when = PaymentTiming::end;
};
template <>
struct Description<TvmValue> {
    static constexpr std::string_view name = "Tvm";
    static constexpr std::string_view doc =
        "Time value of money: four of n, rate, pv, pmt, fv. Money received is positive, money "
        "paid is negative.";
    static constexpr auto fields = std::array{
        field<&TvmValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&TvmValue::n>("n", "Number of periods.").unit("periods"),
        field<&TvmValue::rate>("rate", "Interest per period, 0.01 for 1 %."),
        field<&TvmValue::pv>("pv", "Present value."),
        field<&TvmValue::pmt>("pmt", "Payment each period."),
        field<&TvmValue::fv>("fv", "Value after the last period."),
        field<&TvmValue::when>("when", "When in the period payments fall.").or_default(),
    };
};

struct TvmAnswer {
    std::string solved;
    std::string currency;
    RealNumber n;
    RealNumber rate;
    DecimalText pv;
    DecimalText pmt;
    DecimalText fv;
    PaymentTiming when = PaymentTiming::end;
    std::optional<double> other_rate;
};
template <>
struct Description<TvmAnswer> {
    static constexpr std::string_view name = "TvmAnswer";
    static constexpr std::string_view doc = "All five values, and which one was wanted.";
    static constexpr auto fields = std::array{
        field<&TvmAnswer::solved>("solved", "Name of the value that was absent."),
        field<&TvmAnswer::currency>("currency", "ISO 4217 code."),
        field<&TvmAnswer::n>("n", "Number of periods."),
        field<&TvmAnswer::rate>("rate", "Interest per period."),
        field<&TvmAnswer::pv>("pv", "Present value."),
        field<&TvmAnswer::pmt>("pmt", "Payment each period."),
        field<&TvmAnswer::fv>("fv", "Value after the last period."),
        field<&TvmAnswer::when>("when", "When in the period payments fall."),
        field<&TvmAnswer::other_rate>("other_rate", "A second rate that solves it, if any."),
    };
};

struct ExtraPaymentValue {
    std::int64_t month = 1;
    DecimalText amount;
};
template <>
struct Description<ExtraPaymentValue> {
    static constexpr std::string_view name = "ExtraPayment";
    static constexpr std::string_view doc = "A payment on top of the level one.";
    static constexpr auto fields = std::array{
        field<&ExtraPaymentValue::month>("month", "1 is the first payment's month.").range(1, 1200),
        field<&ExtraPaymentValue::amount>("amount", "Paid off at once."),
    };
};

struct AmortiseValue {
    std::string currency = "USD";
    DecimalText principal;
    money::AnnualRate apr;
    std::int64_t term_months = 0;
    DecimalText extra{"0"};
    std::vector<ExtraPaymentValue> extra_payments;
};
template <>
struct Description<AmortiseValue> {
    static constexpr std::string_view name = "Amortise";
    static constexpr std::string_view doc = "A loan repaid in level monthly payments.";
    static constexpr auto fields = std::array{
        field<&AmortiseValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&AmortiseValue::principal>("principal", "Amount borrowed."),
        field<&AmortiseValue::apr>("apr", "Nominal yearly rate, a twelfth a month."),
        field<&AmortiseValue::term_months>("term_months", "Number of payments.")
            .unit("months")
            .range(1, 1200),
        field<&AmortiseValue::extra>("extra", "Paid every month on top.").or_default(),
        field<&AmortiseValue::extra_payments>("extra_payments", "One-off payments on top.")
            .at_most(1200)
            .or_default(),
    };
};

struct AmortisationRowValue {
    std::int64_t month = 0;
    DecimalText payment;
    DecimalText interest;
    DecimalText principal;
    DecimalText extra;
    DecimalText balance;
};
template <>
struct Description<AmortisationRowValue> {
    static constexpr std::string_view name = "AmortisationRow";
    static constexpr std::string_view doc = "One month of the schedule.";
    static constexpr auto fields = std::array{
        field<&AmortisationRowValue::month>("month", "From 1."),
        field<&AmortisationRowValue::payment>("payment", "The level payment."),
        field<&AmortisationRowValue::interest>("interest", "Interest in it."),
        field<&AmortisationRowValue::principal>("principal", "Principal in it."),
        field<&AmortisationRowValue::extra>("extra", "Paid on top."),
        field<&AmortisationRowValue::balance>("balance", "Owed afterwards."),
    };
};

struct AmortisationValue {
    std::string currency;
    DecimalText payment;
    std::int64_t months = 0;
    DecimalText total_interest;
    DecimalText total_paid;
    std::vector<AmortisationRowValue> schedule;
};
template <>
struct Description<AmortisationValue> {
    static constexpr std::string_view name = "Amortisation";
    static constexpr std::string_view doc = "The schedule, exact to the minor unit.";
    static constexpr auto fields = std::array{
        field<&AmortisationValue::currency>("currency", "ISO 4217 code."),
        field<&AmortisationValue::payment>("payment", "Level payment."),
        field<&AmortisationValue::months>("months", "Months until it is repaid."),
        field<&AmortisationValue::total_interest>("total_interest", "Sum of interest."),
        field<&AmortisationValue::total_paid>("total_paid", "Everything paid."),
        field<&AmortisationValue::schedule>("schedule", "Month by month."),
    };
};

struct AprFlowValue {
    std::int64_t whole = 0;
    RealNumber fraction;
    DecimalText amount;
};
template <>
struct Description<AprFlowValue> {
    static constexpr std::string_view name = "AprFlow";
    static constexpr std::string_view doc = "An advance or a payment, and when.";
    static constexpr auto fields = std::array{
        field<&AprFlowValue::whole>("whole", "Full unit-periods after the start.")
            .range(0, 100'000)
            .or_default(),
        field<&AprFlowValue::fraction>("fraction", "Of a further unit-period, 0 to below 1.")
            .or_default(),
        field<&AprFlowValue::amount>("amount", "Above zero, for advances and payments alike."),
    };
};

struct AprValue {
    std::string currency = "USD";
    RealNumber periods_per_year{12};
    std::vector<AprFlowValue> advances;
    std::vector<AprFlowValue> payments;
};
template <>
struct Description<AprValue> {
    static constexpr std::string_view name = "Apr";
    static constexpr std::string_view doc =
        "Closed-end credit, for its annual percentage rate by the actuarial method.";
    static constexpr auto fields = std::array{
        field<&AprValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&AprValue::periods_per_year>("periods_per_year", "Unit-periods in a year."),
        field<&AprValue::advances>("advances", "Money the borrower gets.").at_most(10'000),
        field<&AprValue::payments>("payments", "Money the borrower pays.").at_most(10'000),
    };
};

struct AprAnswerValue {
    std::string apr;
    std::string apr_percent;
    double unit_period_rate = 0.0;
    std::vector<double> other_aprs;
};
template <>
struct Description<AprAnswerValue> {
    static constexpr std::string_view name = "AprAnswer";
    static constexpr std::string_view doc = "12 CFR 1026, appendix J.";
    static constexpr auto fields = std::array{
        field<&AprAnswerValue::apr>("apr", "Decimal fraction, unrounded."),
        field<&AprAnswerValue::apr_percent>("apr_percent", "As disclosed: two decimals."),
        field<&AprAnswerValue::unit_period_rate>("unit_period_rate", "Per unit-period."),
        field<&AprAnswerValue::other_aprs>("other_aprs", "Further rates that balance too."),
    };
};

struct DatedFlowValue {
    Date date;
    DecimalText amount;
};
template <>
struct Description<DatedFlowValue> {
    static constexpr std::string_view name = "DatedFlow";
    static constexpr std::string_view doc = "Money received is positive, money paid negative.";
    static constexpr auto fields = std::array{
        field<&DatedFlowValue::date>("date", "When."),
        field<&DatedFlowValue::amount>("amount", "How much."),
    };
};

struct XirrValue {
    std::string currency = "USD";
    std::vector<DatedFlowValue> flows;
};
template <>
struct Description<XirrValue> {
    static constexpr std::string_view name = "Xirr";
    static constexpr std::string_view doc = "Dated flows, in any order.";
    static constexpr auto fields = std::array{
        field<&XirrValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&XirrValue::flows>("flows", "The flows.").at_most(100'000),
    };
};

struct XirrAnswerValue {
    double rate = 0.0;
    std::vector<double> other_rates;
    std::int64_t sign_changes = 0;
    bool is_complete = true;
};
template <>
struct Description<XirrAnswerValue> {
    static constexpr std::string_view name = "XirrAnswer";
    static constexpr std::string_view doc = "Yearly effective rate, days over 365.";
    static constexpr auto fields = std::array{
        field<&XirrAnswerValue::rate>("rate", "0.12 for 12 %."),
        field<&XirrAnswerValue::other_rates>("other_rates", "Further rates, if any."),
        field<&XirrAnswerValue::sign_changes>("sign_changes", "Of the flows by date."),
        field<&XirrAnswerValue::is_complete>("is_complete",
                                             "False when a further rate cannot be ruled out."),
    };
};

enum class FirstFlow : std::uint8_t { now, after_one_period };
template <>
struct Description<FirstFlow> {
    static constexpr std::string_view name = "FirstFlow";
    static constexpr auto words = std::to_array<std::string_view>({"now", "after_one_period"});
};

struct NpvValue {
    std::string currency = "USD";
    RealNumber rate;
    std::optional<std::vector<DatedFlowValue>> flows;
    std::optional<std::vector<DecimalText>> amounts;
    FirstFlow first = FirstFlow::now;
};
template <>
struct Description<NpvValue> {
    static constexpr std::string_view name = "Npv";
    static constexpr std::string_view doc =
        "Either dated flows, discounted by days over 365, or evenly spaced amounts.";
    static constexpr auto fields = std::array{
        field<&NpvValue::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&NpvValue::rate>("rate", "A year for dated flows, a period for amounts."),
        field<&NpvValue::flows>("flows", "Dated flows.").at_most(100'000),
        field<&NpvValue::amounts>("amounts", "Evenly spaced amounts.").at_most(100'000),
        field<&NpvValue::first>("first", "When the first of the amounts falls.").or_default(),
    };
};

struct NpvAnswerValue {
    std::string currency;
    DecimalText npv;
};
template <>
struct Description<NpvAnswerValue> {
    static constexpr std::string_view name = "NpvAnswer";
    static constexpr std::string_view doc = "Rounded half to even.";
    static constexpr auto fields = std::array{
        field<&NpvAnswerValue::currency>("currency", "ISO 4217 code."),
        field<&NpvAnswerValue::npv>("npv", "Net present value."),
    };
};

inline constexpr Route<TvmValue, TvmAnswer> calculate_tvm{
    {.method = Method::post,
     .path = "/api/v1/calc/tvm",
     .operation = "calculate_tvm",
     .summary = "Time value of money: solves for the value that is absent.",
     .execution = Execution::compute}};

inline constexpr Route<AmortiseValue, AmortisationValue> calculate_amortise{
    {.method = Method::post,
     .path = "/api/v1/calc/amortise",
     .operation = "calculate_amortise",
     .summary = "Repayment schedule of a loan.",
     .execution = Execution::compute}};

inline constexpr Route<AprValue, AprAnswerValue> calculate_apr{
    {.method = Method::post,
     .path = "/api/v1/calc/apr",
     .operation = "calculate_apr",
     .summary = "Annual percentage rate by Regulation Z, appendix J.",
     .execution = Execution::compute}};

inline constexpr Route<XirrValue, XirrAnswerValue> calculate_xirr{
    {.method = Method::post,
     .path = "/api/v1/calc/xirr",
     .operation = "calculate_xirr",
     .summary = "Internal rate of return of dated flows.",
     .execution = Execution::compute}};

inline constexpr Route<NpvValue, NpvAnswerValue> calculate_npv{{.method = Method::post,
                                                                .path = "/api/v1/calc/npv",
                                                                .operation = "calculate_npv",
                                                                .summary = "Net present value.",
                                                                .execution = Execution::compute}};

}  // namespace atlas::contracts
