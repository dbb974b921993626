// SPDX-License-Identifier: Apache-2.0
// The folds over what people entered or the market says: goals, holdings, recurring charges, rates.
#include <cmath>

#include "features/engine/compute.hpp"

namespace atlas::features {
namespace {

/// The last value on or before a day; null where there is none.
const std::pair<const Date, double>* last_known(const std::map<Date, double>& values, Date day) {
    const auto after = values.upper_bound(day);
    return after == values.begin() ? nullptr : &*std::prev(after);
}

/// A day some days before another, at most back to the calendar's first.
Date back_from(Date day, std::int32_t days) {
    const Date first = Date::create(1, 1, 1).value();
    return day - first < days ? first : day.plus_days(-days);
}

}  // namespace

void Computation::fold_goals() {
    if (tiles_.plan().goals.empty()) {
        return;
    }
    std::int64_t open = 0;
    std::int64_t behind = 0;
    Int128 missing = 0;
    Int128 saved = 0;
    Int128 target = 0;
    double least = 1.0;
    double needed = 0.0;
    std::int32_t nearest = 0;
    for (const auto& [key, goal] : tiles_.plan().goals) {
        saved += goal.saved_minor;
        target += goal.target_minor;
        const Int128 rest = static_cast<Int128>(goal.target_minor) - goal.saved_minor;
        if (rest <= 0 || goal.target_minor <= 0) {
            continue;
        }
        ++open;
        missing += rest;
        least = std::min(least, quotient(goal.saved_minor, goal.target_minor));
        if (!goal.deadline.has_value()) {
            continue;  // Of no time: it cannot be behind, and needs nothing a month.
        }
        const std::int32_t left = *goal.deadline - date_;
        const Int128 whole = *goal.deadline - goal.started;
        const Int128 gone = std::clamp<Int128>(date_ - goal.started, 0, std::max<Int128>(whole, 0));
        // Saved less than the part of the time that has gone by; past the deadline: all of it.
        behind += whole > 0 && goal.saved_minor * whole < goal.target_minor * gone ? 1 : 0;
        // What is due already is due this month.
        needed += major(rest) / std::max(1.0, left / 30.0);
        if (left >= 0) {
            nearest = nearest == 0 ? left + 1 : std::min(nearest, left + 1);
        }
    }
    put(GoalItem::count, static_cast<double>(open));
    put(GoalItem::missing_amount, major(missing));
    put(GoalItem::progress, quotient(saved, target));
    put(GoalItem::progress_min, least);
    put(GoalItem::behind_share, quotient(behind, open));
    put(GoalItem::nearest_deadline, nearest == 0 ? 0 : nearest - 1);
    put(GoalItem::needed_monthly, needed);
    if (history_ > 0) {
        Int128 surplus = 0;
        for (std::size_t month = 1; month <= 12; ++month) {
            surplus += common_.months[month].net();
        }
        put(GoalItem::needed_to_surplus, surplus == 0 ? 0.0 : needed / (major(surplus) / 12.0));
    }
}

namespace {

struct Position {
    double value = 0.0;
    std::optional<double> target;
};

/// Value of the priced holdings on a day, at the last prices known then.
double value_on(const PlanFacts& plan, Date day) {
    double value = 0.0;
    for (const auto& [key, holding] : plan.holdings) {
        const auto prices = plan.prices.find(key);
        if (prices == plan.prices.end()) {
            continue;
        }
        // Before its first price a holding stands at it: no return from nowhere.
        const auto* price = last_known(prices->second, day);
        value +=
            holding.quantity * (price != nullptr ? price->second : prices->second.begin()->second);
    }
    return value;
}

/// Yearly deviation of the daily logarithmic returns over the days that have any price.
double yearly_volatility(const PlanFacts& plan, Date day) {
    std::vector<Date> days;
    const Date first = back_from(day, 90);
    for (const auto& [key, holding] : plan.holdings) {
        const auto prices = plan.prices.find(key);
        if (prices == plan.prices.end()) {
            continue;
        }
        for (auto at = prices->second.upper_bound(first);
             at != prices->second.end() && at->first <= day; ++at) {
            days.push_back(at->first);
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    std::vector<double> returns;
    double before = 0.0;
    for (const Date at : days) {
        const double value = value_on(plan, at);
        if (before > 0 && value > 0) {
            returns.push_back(std::log(value / before));
        }
        before = value;
    }
    constexpr double kTradingDays = 252.0;
    return mean_deviation(returns).deviation * std::sqrt(kTradingDays);
}

}  // namespace

void Computation::fold_holdings() {
    const PlanFacts& plan = tiles_.plan();
    std::vector<Position> positions;
    double total = 0.0;
    std::int32_t age = 0;
    for (const auto& [key, holding] : plan.holdings) {
        const auto prices = plan.prices.find(key);
        const auto* price =
            prices == plan.prices.end() ? nullptr : last_known(prices->second, date_);
        if (price == nullptr) {
            continue;
        }
        positions.push_back({holding.quantity * price->second, holding.target_weight});
        total += positions.back().value;
        age = std::max(age, date_ - price->first);
    }
    if (positions.empty()) {
        return;
    }
    double top = 0.0;
    double squares = 0.0;
    double drift = 0.0;
    for (const Position& position : positions) {
        const double weight = total == 0.0 ? 0.0 : position.value / total;
        top = std::max(top, weight);
        squares += weight * weight;
        drift += position.target.has_value() ? std::abs(weight - *position.target) / 2.0 : 0.0;
    }
    put(HoldingItem::value, total);
    put(HoldingItem::count, static_cast<double>(positions.size()));
    put(HoldingItem::top_weight, top);
    put(HoldingItem::concentration, squares);
    put(HoldingItem::drift, drift);
    put(HoldingItem::price_age, age);
    put(HoldingItem::volatility_90d, yearly_volatility(plan, date_));
    const double month_ago = value_on(plan, back_from(date_, 30));
    const double year_ago = value_on(plan, back_from(date_, 365));
    put(HoldingItem::return_30d, month_ago == 0.0 ? 0.0 : total / month_ago - 1.0);
    put(HoldingItem::return_365d, year_ago == 0.0 ? 0.0 : total / year_ago - 1.0);
    const double wealth = total + major(common_.liquid);
    put(HoldingItem::share_of_wealth, wealth == 0.0 ? 0.0 : total / wealth);
}

void Computation::fold_recurring() {
    const PlanFacts& plan = tiles_.plan();
    if (plan.recurring.empty()) {
        return;
    }
    double monthly = 0.0;
    double subscriptions_monthly = 0.0;
    std::int64_t subscriptions = 0;
    Int128 soon = 0;
    std::int32_t next = 0;
    for (const auto& [key, charge] : plan.recurring) {
        const std::int32_t period = std::max(1, charge.period_days);
        const double month = major(charge.amount_minor) * 30.0 / period;
        monthly += month;
        if (charge.is_subscription) {
            ++subscriptions;
            subscriptions_monthly += month;
        }
        // The first one after the day: a date in the past is carried on by whole periods.
        std::int32_t days = charge.next - date_;
        if (days <= 0) {
            days += (-days / period + 1) * period;
        }
        next = next == 0 ? days : std::min(next, days);
        if (days <= 30) {
            soon += static_cast<Int128>(charge.amount_minor) * ((30 - days) / period + 1);
        }
    }
    put(RecurringItem::count, static_cast<double>(plan.recurring.size()));
    put(RecurringItem::monthly, monthly);
    put(RecurringItem::next_30_days, major(soon));
    put(RecurringItem::days_to_next, next);
    put(RecurringItem::subscriptions, static_cast<double>(subscriptions));
    put(RecurringItem::subscriptions_monthly, subscriptions_monthly);
    if (history_ > 0) {
        const double income = major(common_.income[1]);
        put(RecurringItem::share_of_income, income == 0.0 ? 0.0 : monthly / income);
    }
}

void Computation::fold_rates() {
    for (std::size_t kind = 0; kind < kRateKinds; ++kind) {
        const std::map<Date, double>& values = tiles_.plan().rates[kind];
        const auto* now = last_known(values, date_);
        if (now == nullptr) {
            continue;
        }
        const std::size_t place = index_of(RateItem::policy) + 2 * kind;
        put_at(place, now->second);
        const Date past = back_from(date_, 90);
        const auto* before = date_ - past == 90 ? last_known(values, past) : nullptr;
        if (before != nullptr) {
            put_at(place + 1, now->second - before->second);
        }
    }
}

}  // namespace atlas::features
