// SPDX-License-Identifier: Apache-2.0
// With all advances before all payments the ratio of the two sums falls with the rate, so there is
// exactly one root and a bracket finds it. Otherwise a fixed grid, dense near zero, is searched.
#include "finance/interest/apr.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/format.hpp"
#include "finance/interest/amount.hpp"
#include "finance/interest/bracketed_root.hpp"

namespace atlas::finance::interest {
namespace {

struct Term {
    int whole;
    long double fraction;
    long double amount;  ///< Received is positive.
};

constexpr long double kRateMin = -0.999999L;  ///< Per unit-period.
constexpr long double kRateMax = 1e6L;
constexpr int kGridPoints = 2001;

Result<void> check_flow(const AprFlow& flow, money::Currency currency, const std::string& place) {
    if (!flow.amount.is_positive()) {
        return invalid_argument(place + "/amount",
                                format("amount {} is not above zero", to_string(flow.amount)));
    }
    if (flow.amount.currency() != currency) {
        return invalid_argument(
            place + "/amount",
            format("{} among amounts in {}", flow.amount.currency().code(), currency.code()));
    }
    if (flow.whole < 0 || flow.whole > kUnitPeriodsMax) {
        return invalid_argument(place + "/whole", format("{} unit-periods; 0 to {} accepted",
                                                         flow.whole, kUnitPeriodsMax));
    }
    if (!(flow.fraction >= 0 && flow.fraction < 1)) {
        return invalid_argument(place + "/fraction",
                                format("fraction {} is not from 0 to below 1", flow.fraction));
    }
    return {};
}

Result<void> check_flows(const std::vector<AprFlow>& flows, money::Currency currency,
                         const std::string& place) {
    if (flows.empty() || flows.size() > kAprFlowsMax) {
        return invalid_argument(place,
                                format("{} flows; 1 to {} accepted", flows.size(), kAprFlowsMax));
    }
    for (std::size_t i = 0; i < flows.size(); ++i) {
        ATLAS_TRY(check_flow(flows[i], currency, format("{}/{}", place, i)));
    }
    return {};
}

Result<void> check(const AprRequest& request) {
    const double per_year = request.unit_periods_per_year;
    if (!(per_year > 0 && per_year <= kUnitPeriodsPerYearMax)) {
        return invalid_argument("/periods_per_year",
                                format("{} unit-periods a year; above 0 and at most {} accepted",
                                       per_year, kUnitPeriodsPerYearMax));
    }
    if (request.advances.empty()) {
        return invalid_argument("/advances", "there is no advance");
    }
    const money::Currency currency = request.advances.front().amount.currency();
    ATLAS_TRY(check_flows(request.advances, currency, "/advances"));
    return check_flows(request.payments, currency, "/payments");
}

/// By time; flows of the same time are one.
std::vector<Term> merge(const AprRequest& request) {
    std::vector<Term> terms;
    terms.reserve(request.advances.size() + request.payments.size());
    for (const AprFlow& flow : request.advances) {
        terms.push_back({flow.whole, flow.fraction, as_number(flow.amount)});
    }
    for (const AprFlow& flow : request.payments) {
        terms.push_back({flow.whole, flow.fraction, -as_number(flow.amount)});
    }
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
        return a.whole != b.whole ? a.whole < b.whole : a.fraction < b.fraction;
    });
    std::vector<Term> merged;
    for (const Term& term : terms) {
        if (!merged.empty() && merged.back().whole == term.whole &&
            merged.back().fraction == term.fraction) {
            merged.back().amount += term.amount;
        } else {
            merged.push_back(term);
        }
    }
    return merged;
}

/// factor to a whole power >= 0, one product in the usual case of neighbours.
long double power(long double factor, int exponent) {
    return exponent == 1 ? factor : exponent == 0 ? 1.0L : std::pow(factor, exponent);
}

/// Sign and zeros of advances − payments: the value at the start, or at the last whole
/// unit-period where the rate is negative, so that nothing overflows.
long double balance(const std::vector<Term>& terms, long double rate) {
    long double sum = 0;
    long double weight = 1;
    if (rate >= 0) {
        const long double discount = 1 / (1 + rate);
        int at = 0;
        for (const Term& term : terms) {
            weight *= power(discount, term.whole - at);
            at = term.whole;
            sum += term.amount * weight / (1 + term.fraction * rate);
        }
        return sum;
    }
    int at = terms.back().whole;
    for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
        weight *= power(1 + rate, at - term->whole);
        at = term->whole;
        sum += term->amount * weight / (1 + term->fraction * rate);
    }
    return sum;
}

int count_sign_changes(const std::vector<Term>& terms) {
    int changes = 0;
    long double last = 0;
    for (const Term& term : terms) {
        changes += last * term.amount < 0 ? 1 : 0;
        last = term.amount != 0 ? term.amount : last;
    }
    return changes;
}

/// Ends of the intervals searched: the whole range, or a grid in log(1 + rate), denser near zero.
std::vector<long double> search_points(int sign_changes) {
    if (sign_changes == 1) {
        return {kRateMin, kRateMax};
    }
    constexpr long double kDensity = 9;
    std::vector<long double> points;
    for (int i = 0; i < kGridPoints; ++i) {
        const long double u = 2.0L * i / (kGridPoints - 1) - 1;  // −1 to 1; 0 is a point.
        const long double reach = u < 0 ? -std::log1p(kRateMin) : std::log1p(kRateMax);
        points.push_back(std::expm1(reach * std::sinh(kDensity * u) / std::sinh(kDensity)));
    }
    return points;
}

std::vector<long double> find_rates(const std::vector<Term>& terms) {
    std::vector<long double> rates;
    const int changes = count_sign_changes(terms);
    if (changes == 0) {
        return rates;
    }
    const auto value = [&](long double rate) { return balance(terms, rate); };
    const std::vector<long double> points = search_points(changes);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const auto rate = find_bracketed_root(value, {points[i], points[i + 1]});
        if (rate && (rates.empty() || rates.back() != *rate)) {
            rates.push_back(*rate);
        }
    }
    return rates;
}

}  // namespace

Result<AprAnswer> apr(const AprRequest& request) {
    ATLAS_TRY(check(request));
    const std::vector<long double> rates = find_rates(merge(request));
    if (rates.empty()) {
        return infeasible("no rate makes the payments repay the advances");
    }
    const auto not_negative =
        std::find_if(rates.begin(), rates.end(), [](long double rate) { return rate >= 0; });
    const auto chosen = not_negative != rates.end() ? not_negative : rates.end() - 1;
    const long double per_year = request.unit_periods_per_year;
    AprAnswer answer{static_cast<double>(*chosen * per_year), static_cast<double>(*chosen), {}};
    for (auto rate = rates.begin(); rate != rates.end(); ++rate) {
        if (rate != chosen) {
            answer.other_aprs.push_back(static_cast<double>(*rate * per_year));
        }
    }
    return answer;
}

}  // namespace atlas::finance::interest
