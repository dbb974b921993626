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

}  // namespace atlas::contracts
