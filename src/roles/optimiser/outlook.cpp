// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/outlook.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "finance/debt/payment_days.hpp"
#include "finance/debt/reserve.hpp"
#include "finance/debt/surplus.hpp"
#include "roles/optimiser/rate_forecast.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace debt = finance::debt;

using contracts::DecimalText;
using money::Currency;
using money::Money;

constexpr int kCurveMonths = 12;

/// Minor units; a calculator of chances works on them and writes amounts back.
Result<std::int64_t> read_minor(const DecimalText& amount, Currency currency,
                                const std::string& pointer) {
    return contracts::read_amount(amount, currency, pointer).transform([](Money read) {
        return read.minor();
    });
}

DecimalText text_of(std::int64_t minor, Currency currency) {
    return {to_decimal(Money::from_minor(minor, currency))};
}

contracts::ChanceValue to_value(debt::Chance chance) {
    return {.probability = chance.probability, .error = chance.error};
}

Result<debt::Flows> read_flows(const contracts::EmergencyFundValue& value, Currency currency) {
    const bool has_means = value.income.has_value() || value.expenses.has_value();
    if (has_means == !value.months.empty()) {
        return invalid_argument("/months", "either months or income and expenses are needed");
    }
    if (has_means) {
        if (!value.income.has_value() || !value.expenses.has_value()) {
            return invalid_argument(value.income.has_value() ? "/expenses" : "/income",
                                    "the mean of a month is missing");
        }
        debt::FlowMoments moments{.income_volatility = value.income_volatility.value,
                                  .expense_volatility = value.expense_volatility.value};
        ATLAS_TRY_ASSIGN(moments.income, read_minor(*value.income, currency, "/income"));
        ATLAS_TRY_ASSIGN(moments.expenses, read_minor(*value.expenses, currency, "/expenses"));
        return debt::Flows(moments);
    }
    debt::FlowHistory history;
    for (std::size_t i = 0; i < value.months.size(); ++i) {
        const std::string place = format("/months/{}", i);
        debt::MonthFlow month;
        ATLAS_TRY_ASSIGN(month.income,
                         read_minor(value.months[i].income, currency, place + "/income"));
        ATLAS_TRY_ASSIGN(month.expenses,
                         read_minor(value.months[i].expenses, currency, place + "/expenses"));
        history.months.push_back(month);
    }
    return debt::Flows(std::move(history));
}

/// A fund's simulation with what was asked.
struct Fund {
    Currency currency;
    debt::Flows flows;
    debt::Reserve reserve;
    std::int64_t saved = 0;
};

Result<Fund> simulate_fund(const contracts::EmergencyFundValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    ATLAS_TRY_ASSIGN(debt::Flows flows, read_flows(value, currency));
    ATLAS_TRY_ASSIGN(const std::int64_t saved, read_minor(value.saved, currency, "/saved"));
    if (saved < 0 || saved > debt::kAmountMinorMax) {
        return invalid_argument("/saved", "below zero or too large");
    }
    if (!(value.run_dry.value > 0.0 && value.run_dry.value < 1.0)) {
        return invalid_argument("/run_dry",
                                format("{} is not between 0 and 1", value.run_dry.value));
    }
    debt::ReserveRequest request{.flows = flows,
                                 .horizon_months = static_cast<int>(value.horizon_months),
                                 .paths = static_cast<int>(value.paths),
                                 .seed = static_cast<std::uint64_t>(value.seed)};
    if (value.income_loss.has_value()) {
        request.income_loss =
            debt::IncomeLoss{.chance_per_month = value.income_loss->chance_per_month.value,
                             .months_mean = value.income_loss->months_mean.value,
                             .income_kept = value.income_loss->income_kept.value};
    }
    ATLAS_TRY_ASSIGN(debt::Reserve reserve, debt::Reserve::simulate(request));
    return Fund{currency, std::move(flows), std::move(reserve), saved};
}

std::vector<std::string> assumptions_of(const contracts::EmergencyFundValue& value) {
    std::vector<std::string> told{
        "The fund starts full, bad months draw on it, good months refill it; what is beyond full "
        "goes elsewhere."};
    told.push_back(value.months.empty()
                       ? "Income and expenses are lognormal, every month by itself."
                       : format("Months to come are drawn from the {} given, each by itself.",
                                value.months.size()));
    if (value.income_loss.has_value()) {
        told.push_back(format(
            "Income stops with a chance of {:.1f} % a month and comes back after {:.1f} months on "
            "average; {:.0f} % of it comes meanwhile.",
            100.0 * value.income_loss->chance_per_month.value, value.income_loss->months_mean.value,
            100.0 * value.income_loss->income_kept.value));
    } else {
        told.emplace_back("The income never stops altogether.");
    }
    return told;
}

contracts::EmergencyFundAnswer write_fund(const contracts::EmergencyFundValue& value,
                                          const Fund& fund) {
    const debt::FundSize size = fund.reserve.size_for(value.run_dry.value);
    const debt::FlowFigures figures = debt::describe(fund.flows);
    const auto amount = [&](std::int64_t minor) { return text_of(minor, fund.currency); };
    contracts::EmergencyFundAnswer answer{
        .currency = std::string(fund.currency.code()),
        .fund = amount(size.amount),
        .interval = {amount(size.low), amount(size.high)},
        .months_of_expenses =
            figures.expenses > 0.0 ? static_cast<double>(size.amount) / figures.expenses : 0.0,
        .missing = amount(std::max<std::int64_t>(0, size.amount - fund.saved)),
        .run_dry_now = to_value(fund.reserve.run_dry(fund.saved)),
        .run_dry_then = to_value(fund.reserve.run_dry(size.amount)),
        .income = amount(std::llround(figures.income)),
        .expenses = amount(std::llround(figures.expenses)),
        .income_volatility = figures.income_volatility,
        .expense_volatility = figures.expense_volatility,
        .curve = {},
        .paths = value.paths,
        .seed = value.seed,
        .assumptions = assumptions_of(value)};
    for (int months = 0; months <= kCurveMonths && figures.expenses > 0.0; ++months) {
        const std::int64_t kept = std::llround(figures.expenses * months);
        answer.curve.push_back({.months = static_cast<double>(months),
                                .amount = amount(kept),
                                .run_dry = to_value(fund.reserve.run_dry(kept))});
    }
    return answer;
}

Result<debt::SplitRequest> read_split(const contracts::SurplusSplitValue& value, const Fund& fund) {
    debt::SplitRequest request{.months = static_cast<int>(value.months),
                               .debts = {},
                               .buffer = fund.saved,
                               .saving_rate = value.saving_rate.as_double(),
                               .emergency_apr = value.emergency_apr.as_double(),
                               .expected_return = value.expected_return.value,
                               .volatility = value.volatility.value,
                               .risk_aversion = value.risk_aversion.value,
                               .tax_rate = value.tax_rate.value};
    ATLAS_TRY_ASSIGN(request.monthly_surplus,
                     read_minor(value.monthly_surplus, fund.currency, "/monthly_surplus"));
    for (std::size_t i = 0; i < value.debts.size(); ++i) {
        const contracts::SplitDebtValue& given = value.debts[i];
        const std::string place = format("/debts/{}", i);
        debt::SplitDebt read{.apr = given.apr.as_double(), .is_deductible = given.deductible};
        ATLAS_TRY_ASSIGN(read.balance,
                         read_minor(given.balance, fund.currency, place + "/balance"));
        ATLAS_TRY_ASSIGN(read.minimum,
                         read_minor(given.minimum, fund.currency, place + "/minimum"));
        request.debts.push_back(read);
    }
    return request;
}

/// The places, most valuable first; equal ones buffer, debts as given, investing.
std::vector<contracts::SplitUseValue> write_uses(const contracts::SurplusSplitValue& value,
                                                 const debt::SplitRequest& request,
                                                 const debt::SurplusSplit& split,
                                                 Currency currency) {
    const auto amounts = [&](const auto& of_month) {
        std::int64_t total = 0;
        for (const debt::SplitMonth& month : split.months) {
            total += of_month(month);
        }
        return std::pair(text_of(of_month(split.months.front()), currency),
                         text_of(total, currency));
    };
    std::vector<contracts::SplitUseValue> uses;
    const auto add = [&](std::string use, std::optional<std::string> id, double worth,
                         const auto& of_month, std::string why) {
        auto [first, total] = amounts(of_month);
        uses.push_back({.use = std::move(use),
                        .debt_id = std::move(id),
                        .value_per_year = worth,
                        .first_month = std::move(first),
                        .total = std::move(total),
                        .why = std::move(why)});
    };
    add(
        "buffer", std::nullopt, split.values.buffer,
        [](const debt::SplitMonth& month) { return month.buffer; },
        format(
            "It earns {:.2f} % after tax, and as often as the buffer runs dry it saves emergency "
            "credit; the fuller it is, the less often.",
            100.0 * request.saving_rate * (1.0 - request.tax_rate)));
    for (std::size_t i = 0; i < request.debts.size(); ++i) {
        add(
            "debt", value.debts[i].id, split.values.debts[i],
            [i](const debt::SplitMonth& month) { return month.debts[i]; },
            format("Its interest, compounded{}: saved for certain.",
                   request.debts[i].is_deductible ? " and after what it saves in tax" : ""));
    }
    add(
        "invest", std::nullopt, split.values.invest,
        [](const debt::SplitMonth& month) { return month.invest; },
        format("The return you expect, {:.2f} %, after tax and less what its risk weighs.",
               100.0 * request.expected_return));
    std::stable_sort(uses.begin(), uses.end(), [](const auto& a, const auto& b) {
        return a.value_per_year > b.value_per_year;
    });
    return uses;
}

}  // namespace

Result<contracts::EmergencyFundAnswer> size_emergency_fund(
    const contracts::EmergencyFundValue& value) {
    ATLAS_TRY_ASSIGN(const Fund fund, simulate_fund(value));
    return write_fund(value, fund);
}

Result<contracts::SurplusSplitAnswer> split_surplus(const contracts::SurplusSplitValue& value) {
    if (value.buffer.currency != value.currency) {
        return invalid_argument("/buffer/currency",
                                format("{} is not {}", value.buffer.currency, value.currency));
    }
    const auto fund = simulate_fund(value.buffer);
    if (!fund.has_value()) {
        return fail(fund.error().code, "/buffer" + fund.error().place, fund.error().message);
    }
    ATLAS_TRY_ASSIGN(const debt::SplitRequest request, read_split(value, *fund));
    ATLAS_TRY_ASSIGN(const debt::SurplusSplit split, debt::split_surplus(fund->reserve, request));
    contracts::SurplusSplitAnswer answer{
        .currency = value.currency,
        .uses = write_uses(value, request, split, fund->currency),
        .schedule = {},
        .break_even_return = split.break_even_return,
        .break_even_without_risk = split.break_even_without_risk,
        .invest_value = split.values.invest,
        .run_dry_before = to_value(fund->reserve.run_dry(fund->saved)),
        .run_dry_after = to_value(fund->reserve.run_dry(split.buffer_then)),
        .buffer = write_fund(value.buffer, *fund),
        .assumptions = {
            "The expected return and its volatility are yours: nobody knows them.",
            "A dry buffer is met with emergency credit for a year.",
            "Interest here is a share a month; the schedule to the cent is the debt plan's."}};
    for (std::size_t i = 0; i < split.months.size(); ++i) {
        const debt::SplitMonth& month = split.months[i];
        std::int64_t to_debts = 0;
        for (const std::int64_t paid : month.debts) {
            to_debts += paid;
        }
        answer.schedule.push_back({.month = static_cast<std::int64_t>(i + 1),
                                   .buffer = text_of(month.buffer, fund->currency),
                                   .debts = text_of(to_debts, fund->currency),
                                   .invest = text_of(month.invest, fund->currency),
                                   .owed = text_of(month.owed, fund->currency)});
    }
    return answer;
}

Result<contracts::PaymentDaysAnswer> fit_days(const contracts::PaymentDaysValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    debt::PaymentDaysRequest request{.start = value.start,
                                     .flows = {},
                                     .daily_volatility = value.daily_volatility.value,
                                     .probability = value.probability.value,
                                     .months = static_cast<int>(value.months),
                                     .paths = static_cast<int>(value.paths),
                                     .seed = static_cast<std::uint64_t>(value.seed)};
    ATLAS_TRY_ASSIGN(request.balance, read_minor(value.balance, currency, "/balance"));
    ATLAS_TRY_ASSIGN(request.buffer, read_minor(value.buffer, currency, "/buffer"));
    ATLAS_TRY_ASSIGN(request.daily_spending,
                     read_minor(value.daily_spending, currency, "/daily_spending"));
    for (std::size_t i = 0; i < value.flows.size(); ++i) {
        const contracts::RegularFlowValue& flow = value.flows[i];
        debt::MonthlyFlow read{.day = static_cast<int>(flow.day),
                               .volatility = flow.volatility.value,
                               .days_late_max = static_cast<int>(flow.days_late_max),
                               .is_movable = flow.movable,
                               .earliest_day = static_cast<int>(flow.earliest_day),
                               .latest_day = static_cast<int>(flow.latest_day)};
        ATLAS_TRY_ASSIGN(read.amount,
                         read_minor(flow.amount, currency, format("/flows/{}/amount", i)));
        request.flows.push_back(read);
    }
    ATLAS_TRY_ASSIGN(const debt::PaymentDays fitted, debt::fit_payment_days(request));
    const auto written = [&](const debt::LowestBalance& low) {
        return contracts::LowestBalanceValue{.above_buffer = to_value(low.above_buffer),
                                             .lowest = text_of(low.lowest, currency)};
    };
    contracts::PaymentDaysAnswer answer{
        .currency = value.currency,
        .days = {},
        .now = written(fitted.now),
        .fitted = written(fitted.fitted),
        .reached = fitted.fitted.above_buffer.probability >= request.probability,
        .paths = value.paths,
        .seed = value.seed};
    for (std::size_t i = 0; i < request.flows.size(); ++i) {
        if (request.flows[i].is_movable) {
            answer.days.push_back(
                {.id = value.flows[i].id, .day_now = request.flows[i].day, .day = fitted.days[i]});
        }
    }
    return answer;
}

void bind_debt_calculators(serving::HandlerTable& table) {
    const auto pure = [](auto function) {
        return [function](const auto& request, const ports::CallContext&) {
            return function(request);
        };
    };
    table.handle(contracts::calculate_emergency_fund, pure(&size_emergency_fund));
    table.handle(contracts::calculate_surplus_split, pure(&split_surplus));
    table.handle(contracts::calculate_payment_days, pure(&fit_days));
    table.handle(contracts::calculate_rate_forecast, pure(&forecast_rate));
}

}  // namespace atlas::roles::optimiser
