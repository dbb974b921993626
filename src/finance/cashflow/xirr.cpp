// SPDX-License-Identifier: Apache-2.0
#include "finance/cashflow/xirr.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/format.hpp"
#include "finance/cashflow/exponential_sum.hpp"
#include "finance/interest/amount.hpp"

namespace atlas::finance::cashflow {
namespace {

constexpr long double kDaysPerYear = 365;

template <class Flow, class AmountOf>
Result<void> check_flows(std::span<const Flow> flows, AmountOf amount_of, const char* field) {
    if (flows.empty() || flows.size() > kFlowsMax) {
        return invalid_argument("/flows",
                                format("{} flows; 1 to {} accepted", flows.size(), kFlowsMax));
    }
    const money::Currency currency = amount_of(flows.front()).currency();
    for (std::size_t i = 0; i < flows.size(); ++i) {
        if (const auto found = amount_of(flows[i]).currency(); found != currency) {
            return invalid_argument(
                format("/flows/{}{}", i, field),
                format("{} among amounts in {}", found.code(), currency.code()));
        }
    }
    return {};
}

Result<void> check_dated(std::span<const DatedFlow> flows) {
    return check_flows(
        flows, [](const DatedFlow& flow) { return flow.amount; }, "/amount");
}

Result<void> check_rate(double rate) {
    if (!(rate > -1) || !std::isfinite(rate)) {
        return invalid_argument("/rate", format("rate {} is not above -1", rate));
    }
    return {};
}

Date earliest(std::span<const DatedFlow> flows) {
    return std::ranges::min_element(flows, {}, &DatedFlow::date)->date;
}

/// In years from the earliest flow. Flows of one day are added exactly, so that a deposit and its
/// reversal leave nothing behind.
std::vector<Exponential> by_day(std::span<const DatedFlow> flows) {
    std::map<Date, money::Int128> days;
    for (const DatedFlow& flow : flows) {
        days[flow.date] += flow.amount.minor();
    }
    const Date start = days.begin()->first;
    std::vector<Exponential> sum;
    sum.reserve(days.size());
    for (const auto& [date, minor] : days) {
        sum.push_back({static_cast<long double>(date - start) / kDaysPerYear,
                       static_cast<long double>(minor)});
    }
    return sum;
}

Result<PresentValue> present_value(long double value, money::Currency currency) {
    ATLAS_TRY_ASSIGN(const money::Money amount, interest::as_money(value, currency));
    return PresentValue{static_cast<double>(value), amount};
}

}  // namespace

Result<XirrAnswer> xirr(std::span<const DatedFlow> flows) {
    ATLAS_TRY(check_dated(flows));
    const interest::Bracket range{std::log1p(static_cast<long double>(kXirrMin)),
                                  std::log1p(static_cast<long double>(kXirrMax))};
    const Zeros zeros = find_zeros(by_day(flows), range);
    if (zeros.at.empty()) {
        return zeros.sign_changes == 0
                   ? infeasible("the flows all have one sign, so they have no rate of return")
                   : infeasible(format("no rate of return between {} and {} balances the flows",
                                       kXirrMin, kXirrMax));
    }
    const auto nearest =
        std::ranges::min_element(zeros.at, {}, [](long double y) { return std::fabs(y); });
    XirrAnswer answer{
        static_cast<double>(std::expm1(*nearest)), {}, zeros.sign_changes, zeros.is_complete};
    for (auto zero = zeros.at.begin(); zero != zeros.at.end(); ++zero) {
        if (zero != nearest) {
            answer.other_rates.push_back(static_cast<double>(std::expm1(*zero)));
        }
    }
    return answer;
}

Result<PresentValue> npv(double rate, std::span<const DatedFlow> flows) {
    ATLAS_TRY(check_rate(rate));
    ATLAS_TRY(check_dated(flows));
    const Date start = earliest(flows);
    const long double y = std::log1p(static_cast<long double>(rate));
    long double value = 0;
    for (const DatedFlow& flow : flows) {
        const long double years = static_cast<long double>(flow.date - start) / kDaysPerYear;
        value += interest::as_number(flow.amount) * std::exp(-years * y);
    }
    return present_value(value, flows.front().amount.currency());
}

Result<PresentValue> npv(double rate, std::span<const money::Money> amounts, FirstFlow first) {
    ATLAS_TRY(check_rate(rate));
    ATLAS_TRY(check_flows(
        amounts, [](money::Money amount) { return amount; }, ""));
    const long double y = std::log1p(static_cast<long double>(rate));
    long double value = 0;
    long double period = first == FirstFlow::now ? 0 : 1;
    for (const money::Money amount : amounts) {
        value += interest::as_number(amount) * std::exp(-period * y);
        period += 1;
    }
    return present_value(value, amounts.front().currency());
}

}  // namespace atlas::finance::cashflow
