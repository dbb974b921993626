// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/infer_terms.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace atlas::finance::debt {
namespace {

constexpr int kRateDaysMax = 400;
constexpr int kPaymentMonths = 6;
/// Interest on less is rounding.
constexpr double kOwedMin = 1'000.0;
constexpr std::int64_t kBasisPoint = 100'000;  // In billionths.

/// Sum over the days from `from` until the day before `to` of what was owed at their ends.
double owed_days(std::span<const AccountLine> lines, Date from, Date to) {
    double sum = 0.0;
    double owed = 0.0;
    Date day = from;
    for (const AccountLine& line : lines) {
        if (line.date >= to) {
            break;
        }
        if (line.date > day) {
            sum += std::max(0.0, owed) * (line.date - day);
            day = line.date;
        }
        owed -= static_cast<double>(line.amount_minor);
    }
    return sum + std::max(0.0, owed) * (to - day);
}

money::AnnualRate to_rate(double apr) {
    // The one line where a statistic becomes a rate: to the nearest hundredth of a percent.
    const auto points = std::clamp<std::int64_t>(std::llround(apr * 1e4), 0,
                                                 money::AnnualRate::kBillionthsMax / kBasisPoint);
    return money::AnnualRate::from_billionths(points * kBasisPoint).value();
}

}  // namespace

std::optional<RateEstimate> infer_rate(std::span<const AccountLine> lines, Date today) {
    std::vector<double> rates;
    std::optional<Date> before;
    for (const AccountLine& line : lines) {
        if (!line.is_interest || line.amount_minor >= 0) {
            continue;
        }
        if (before.has_value() && line.date > *before && today - line.date <= kRateDaysMax) {
            const double owed = owed_days(lines, *before, line.date);
            if (owed >= kOwedMin * (line.date - *before)) {
                rates.push_back(-static_cast<double>(line.amount_minor) * 365.0 / owed);
            }
        }
        before = line.date;
    }
    if (rates.empty()) {
        return std::nullopt;
    }
    std::ranges::sort(rates);
    return RateEstimate{.apr = to_rate(rates[rates.size() / 2]),
                        .lowest = to_rate(rates.front()),
                        .highest = to_rate(rates.back()),
                        .postings = static_cast<int>(rates.size())};
}

std::optional<std::int64_t> infer_payment(std::span<const AccountLine> lines, Date today,
                                          NewCharges charges) {
    const Date last = today.first_of_month();
    const Date first = last.plus_months(-kPaymentMonths);
    std::map<Date, std::int64_t> by_month;
    for (const AccountLine& line : lines) {
        if (line.amount_minor > 0 && line.date >= first && line.date < last) {
            by_month[line.date.first_of_month()] += line.amount_minor;
        }
    }
    for (const AccountLine& line : lines) {
        const auto month = by_month.find(line.date.first_of_month());
        if (charges == NewCharges::netted && month != by_month.end() && line.amount_minor < 0 &&
            !line.is_interest) {
            month->second += line.amount_minor;
        }
    }
    if (by_month.empty()) {
        return std::nullopt;
    }
    std::vector<std::int64_t> sums;
    for (const auto& [month, sum] : by_month) {
        sums.push_back(std::max<std::int64_t>(0, sum));
    }
    std::ranges::sort(sums);
    return sums[(sums.size() - 1) / 2];
}

}  // namespace atlas::finance::debt
