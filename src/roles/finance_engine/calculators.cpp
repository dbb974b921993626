// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/calculators.hpp"

#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "contracts/resources/calculators.hpp"
#include "finance/cashflow/xirr.hpp"
#include "finance/interest/amortise.hpp"
#include "finance/interest/apr.hpp"
#include "finance/interest/tvm.hpp"
#include "roles/finance_engine/debt_calculator.hpp"
#include "roles/finance_engine/lots_calculator.hpp"
#include "roles/finance_engine/refinance_calculator.hpp"

namespace atlas::roles::finance_engine {
namespace {

using contracts::DecimalText;
using contracts::RealNumber;
using money::Currency;
using money::Money;

namespace interest = finance::interest;

Result<std::optional<Money>> read_optional(const std::optional<DecimalText>& amount,
                                           Currency currency, std::string_view pointer) {
    if (!amount.has_value()) {
        return std::optional<Money>();
    }
    return contracts::read_amount(*amount, currency, pointer).transform([](Money money) {
        return std::optional<Money>(money);
    });
}

std::optional<double> number_of(const std::optional<RealNumber>& number) {
    return number.has_value() ? std::optional<double>(number->value) : std::nullopt;
}

DecimalText text_of(Money amount) {
    return {to_decimal(amount)};
}

std::string_view name_of(interest::TvmUnknown unknown) {
    switch (unknown) {
        case interest::TvmUnknown::n: return "n";
        case interest::TvmUnknown::rate: return "rate";
        case interest::TvmUnknown::pv: return "pv";
        case interest::TvmUnknown::pmt: return "pmt";
        case interest::TvmUnknown::fv: return "fv";
    }
    return "n";
}

Result<contracts::TvmAnswer> solve_tvm(const contracts::TvmValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    interest::TvmRequest request{.currency = currency,
                                 .n = number_of(value.n),
                                 .rate = number_of(value.rate),
                                 .when = value.when == contracts::PaymentTiming::begin
                                             ? interest::PaymentTiming::begin
                                             : interest::PaymentTiming::end};
    ATLAS_TRY_ASSIGN(request.pv, read_optional(value.pv, currency, "/pv"));
    ATLAS_TRY_ASSIGN(request.pmt, read_optional(value.pmt, currency, "/pmt"));
    ATLAS_TRY_ASSIGN(request.fv, read_optional(value.fv, currency, "/fv"));
    ATLAS_TRY_ASSIGN(const interest::TvmAnswer solved, interest::tvm(request));

    using Unknown = interest::TvmUnknown;
    const auto number = [&](std::optional<double> given, Unknown which) {
        return RealNumber{solved.unknown == which ? solved.value : *given};
    };
    const auto amount = [&](std::optional<Money> given, Unknown which) {
        return text_of(solved.unknown == which ? *solved.amount : *given);
    };
    return contracts::TvmAnswer{.solved = std::string(name_of(solved.unknown)),
                                .currency = value.currency,
                                .n = number(request.n, Unknown::n),
                                .rate = number(request.rate, Unknown::rate),
                                .pv = amount(request.pv, Unknown::pv),
                                .pmt = amount(request.pmt, Unknown::pmt),
                                .fv = amount(request.fv, Unknown::fv),
                                .when = value.when,
                                .other_rate = solved.other_rate};
}

Result<contracts::AmortisationValue> schedule_loan(const contracts::AmortiseValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    ATLAS_TRY_ASSIGN(const Money principal,
                     contracts::read_amount(value.principal, currency, "/principal"));
    ATLAS_TRY_ASSIGN(const Money extra, contracts::read_amount(value.extra, currency, "/extra"));
    interest::AmortiseRequest request{.principal = principal,
                                      .apr = value.apr,
                                      .term_months = static_cast<int>(value.term_months),
                                      .extra_monthly = extra};
    for (std::size_t i = 0; i < value.extra_payments.size(); ++i) {
        const contracts::ExtraPaymentValue& payment = value.extra_payments[i];
        ATLAS_TRY_ASSIGN(const Money amount,
                         contracts::read_amount(payment.amount, currency,
                                                format("/extra_payments/{}/amount", i)));
        request.extras.push_back({static_cast<int>(payment.month), amount});
    }
    ATLAS_TRY_ASSIGN(const interest::Amortisation plan, interest::amortise(request));
    contracts::AmortisationValue answer{.currency = value.currency,
                                        .payment = text_of(plan.payment),
                                        .months = static_cast<std::int64_t>(plan.schedule.size()),
                                        .total_interest = text_of(plan.total_interest),
                                        .total_paid = text_of(plan.total_paid),
                                        .schedule = {}};
    answer.schedule.reserve(plan.schedule.size());
    for (const interest::AmortisationRow& row : plan.schedule) {
        answer.schedule.push_back({row.month, text_of(row.payment), text_of(row.interest),
                                   text_of(row.principal), text_of(row.extra),
                                   text_of(row.balance)});
    }
    return answer;
}

Result<std::vector<interest::AprFlow>> read_apr_flows(
    const std::vector<contracts::AprFlowValue>& values, Currency currency,
    std::string_view pointer) {
    std::vector<interest::AprFlow> flows;
    flows.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        ATLAS_TRY_ASSIGN(
            const Money amount,
            contracts::read_amount(values[i].amount, currency, format("{}/{}/amount", pointer, i)));
        flows.push_back({static_cast<int>(values[i].whole), values[i].fraction.value, amount});
    }
    return flows;
}

Result<contracts::AprAnswerValue> find_apr(const contracts::AprValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    interest::AprRequest request;
    request.unit_periods_per_year = value.periods_per_year.value;
    ATLAS_TRY_ASSIGN(request.advances, read_apr_flows(value.advances, currency, "/advances"));
    ATLAS_TRY_ASSIGN(request.payments, read_apr_flows(value.payments, currency, "/payments"));
    ATLAS_TRY_ASSIGN(const interest::AprAnswer answer, interest::apr(request));
    return contracts::AprAnswerValue{.apr = format("{:.12f}", answer.apr),
                                     .apr_percent = format("{:.2f}", answer.apr * 100.0),
                                     .unit_period_rate = answer.unit_period_rate,
                                     .other_aprs = answer.other_aprs};
}

Result<std::vector<finance::cashflow::DatedFlow>> read_flows(
    const std::vector<contracts::DatedFlowValue>& values, Currency currency) {
    std::vector<finance::cashflow::DatedFlow> flows;
    flows.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        ATLAS_TRY_ASSIGN(const Money amount, contracts::read_amount(values[i].amount, currency,
                                                                    format("/flows/{}/amount", i)));
        flows.push_back({values[i].date, amount});
    }
    return flows;
}

Result<contracts::XirrAnswerValue> find_xirr(const contracts::XirrValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    ATLAS_TRY_ASSIGN(const auto flows, read_flows(value.flows, currency));
    ATLAS_TRY_ASSIGN(const finance::cashflow::XirrAnswer answer, finance::cashflow::xirr(flows));
    return contracts::XirrAnswerValue{.rate = answer.rate,
                                      .other_rates = answer.other_rates,
                                      .sign_changes = answer.sign_changes,
                                      .is_complete = answer.is_complete};
}

Result<finance::cashflow::PresentValue> present_value(const contracts::NpvValue& value,
                                                      Currency currency) {
    if (value.flows.has_value() == value.amounts.has_value()) {
        return invalid_argument("/flows", "either flows or amounts are needed, not both");
    }
    if (value.flows.has_value()) {
        ATLAS_TRY_ASSIGN(const auto flows, read_flows(*value.flows, currency));
        return finance::cashflow::npv(value.rate.value, flows);
    }
    std::vector<Money> amounts;
    for (std::size_t i = 0; i < value.amounts->size(); ++i) {
        ATLAS_TRY_ASSIGN(const Money amount, contracts::read_amount((*value.amounts)[i], currency,
                                                                    format("/amounts/{}", i)));
        amounts.push_back(amount);
    }
    return finance::cashflow::npv(value.rate.value, amounts,
                                  value.first == contracts::FirstFlow::now
                                      ? finance::cashflow::FirstFlow::now
                                      : finance::cashflow::FirstFlow::after_one_period);
}

Result<contracts::NpvAnswerValue> find_npv(const contracts::NpvValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    ATLAS_TRY_ASSIGN(const auto npv, present_value(value, currency));
    return contracts::NpvAnswerValue{.currency = value.currency, .npv = text_of(npv.amount)};
}

/// A calculator needs no context.
template <class Function>
auto pure(Function function) {
    return [function](const auto& request, const ports::CallContext&) { return function(request); };
}

}  // namespace

void bind_calculators(serving::HandlerTable& table) {
    table.handle(contracts::calculate_tvm, pure(&solve_tvm));
    table.handle(contracts::calculate_amortise, pure(&schedule_loan));
    table.handle(contracts::calculate_apr, pure(&find_apr));
    table.handle(contracts::calculate_xirr, pure(&find_xirr));
    table.handle(contracts::calculate_npv, pure(&find_npv));
    table.handle(contracts::calculate_debt_plan, pure(&plan_debts));
    table.handle(contracts::calculate_lots, pure(&work_out_lots));
    table.handle(contracts::calculate_refinance, pure(&compare_refinancing));
}

}  // namespace atlas::roles::finance_engine
