// SPDX-License-Identifier: Apache-2.0
// The folds over days and months: cash flow, balances as a path, seasons, saving, debt.
#include <cmath>

#include "features/engine/compute.hpp"

namespace atlas::features {
namespace {

constexpr std::size_t kMonths = 12;

/// now / before - 1, or 0 over nothing.
double change_of(Int128 now, Int128 before) {
    return before == 0 ? 0.0 : to_double(now) / to_double(before) - 1.0;
}

double ratio(double above, double below) {
    return below == 0.0 ? 0.0 : above / below;
}

/// Pearson's coefficient of neighbours in a series; 0 where either side does not vary.
double lag_correlation(std::span<const double> series) {
    const std::span<const double> before = series.first(series.size() - 1);
    const std::span<const double> after = series.subspan(1);
    const double mean_before = mean_deviation(before).mean;
    const double mean_after = mean_deviation(after).mean;
    double product = 0.0;
    double squares_before = 0.0;
    double squares_after = 0.0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        product += (before[i] - mean_before) * (after[i] - mean_after);
        squares_before += (before[i] - mean_before) * (before[i] - mean_before);
        squares_after += (after[i] - mean_after) * (after[i] - mean_after);
    }
    const double below = std::sqrt(squares_before) * std::sqrt(squares_after);
    return below == 0.0 ? 0.0 : product / below;
}

}  // namespace

void Computation::fold_cash() {
    for (std::size_t window = 0; window < kWindowCount; ++window) {
        put_at(index_of(CashItem::net_7d) + window,
               major(common_.income[window] - common_.spend[window]));
    }
    std::array<double, 52> weeks{};
    std::array<Int128, 52> sums{};
    const auto first = std::ranges::upper_bound(days_, day_ - 364, {}, &DayTile::day);
    for (auto tile = first; tile != days_.end(); ++tile) {
        sums[static_cast<std::size_t>((day_ - tile->day) / 7)] += tile->income - tile->spend;
    }
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        weeks[i] = major(sums[i]);
    }
    put(CashItem::weekly_deviation_13w, mean_deviation(std::span(weeks).first(13)).deviation);
    put(CashItem::weekly_deviation_52w, mean_deviation(weeks).deviation);

    std::array<double, kMonths> nets{};
    std::array<double, kMonths> incomes{};
    Int128 net = 0;
    Int128 income = 0;
    Int128 income_min = common_.months[1].income;
    for (std::size_t i = 0; i < kMonths; ++i) {
        const MonthSums& month = common_.months[i + 1];
        nets[i] = major(month.net());
        incomes[i] = major(month.income);
        net += month.net();
        income += month.income;
        income_min = std::min(income_min, month.income);
    }
    put(CashItem::monthly_mean_12m, major(net) / kMonths);
    put(CashItem::monthly_deviation_12m, mean_deviation(nets).deviation);
    const double deviation = mean_deviation(incomes).deviation;
    const double mean = major(income) / kMonths;
    put(IncomeItem::monthly_mean_12m, mean);
    put(IncomeItem::monthly_deviation_12m, deviation);
    put(IncomeItem::monthly_min_12m, major(income_min));
    put(IncomeItem::stability_12m, mean > 0 ? mean / (mean + deviation) : 0.0);
    put(IncomeItem::change_90d, change_of(common_.income[2], sum_days(&DayTile::income, 90, 180)));
    put(IncomeItem::change_365d,
        change_of(common_.income[3], sum_days(&DayTile::income, 365, 730)));

    constexpr double kRunwayMax = 3650.0;
    const double liquid = major(common_.liquid);
    const double daily = major(common_.spend[2]) / 90.0;
    const double runway = liquid <= 0 ? 0.0 : daily <= 0 ? kRunwayMax : liquid / daily;
    put(CashItem::runway, std::min(runway, kRunwayMax));
}

/// The liquid balance at the end of each of the last 366 days, and what its shape says.
void Computation::fold_paths() {
    constexpr std::size_t kDays = 366;
    std::array<Int128, kDays> balance{};  // By age: [0] is the day itself.
    Int128 now = common_.liquid;
    auto tile = days_.end();
    for (std::size_t age = 0; age < kDays; ++age) {
        balance[age] = now;
        if (tile != days_.begin() && (tile - 1)->day == day_ - static_cast<std::int32_t>(age)) {
            --tile;
            now -= tile->liquid;
        }
    }
    std::array<Int128, kWindowCount> lowest{};
    std::array<std::int64_t, kWindowCount> negative{};
    for (std::size_t window = 0; window < kWindowCount; ++window) {
        const auto days = std::span(balance).first(static_cast<std::size_t>(kWindows[window]));
        lowest[window] = *std::ranges::min_element(days);
        negative[window] = std::ranges::count_if(days, [](Int128 b) { return b < 0; });
    }
    for (std::size_t window = 1; window < kWindowCount; ++window) {
        put_at(index_of(CashItem::lowest_balance_30d) + window - 1, major(lowest[window]));
    }
    put(CashItem::days_negative_90d, static_cast<double>(negative[2]));
    put(CashItem::days_negative_365d, static_cast<double>(negative[3]));
    put(CashItem::balance_change_30d, major(balance[0] - balance[30]));
    put(CashItem::balance_change_90d, major(balance[0] - balance[90]));

    // How often did 30 days take more than there is now? A window's lowest balance comes from a
    // queue whose front is the minimum of the ages after the start.
    constexpr std::size_t kAhead = 30;
    std::array<std::size_t, kDays> queue{};
    std::size_t front = 0;
    std::size_t back = 0;
    std::int64_t deep = 0;
    std::int64_t starts = 0;
    for (std::size_t start = 1; start < kDays; ++start) {
        while (back > front && balance[queue[back - 1]] >= balance[start - 1]) {
            --back;
        }
        queue[back] = start - 1;
        ++back;
        if (start > kAhead && queue[front] < start - kAhead) {
            ++front;
        }
        if (start > kAhead) {
            ++starts;
            deep += balance[start] - balance[queue[front]] > common_.liquid ? 1 : 0;
        }
    }
    put(CashItem::overdraft_risk_30d, quotient(deep, starts));
}

void Computation::fold_season() {
    for (std::size_t step = 0; step < 2; ++step) {
        const std::int32_t days = kWindows[step + 1];
        put_at(index_of(SeasonItem::spend_change_year_30d) + step,
               change_of(common_.spend[step + 1], sum_days(&DayTile::spend, 365, 365 + days)));
    }
    put(SeasonItem::spend_change_year_365d,
        change_of(common_.spend[3], sum_days(&DayTile::spend, 365, 730)));
    Int128 spend = 0;
    Int128 peak = common_.months[1].spend;
    for (std::size_t month = 1; month <= kMonths; ++month) {
        spend += common_.months[month].spend;
        peak = std::max(peak, common_.months[month].spend);
    }
    put(SeasonItem::next_month_index,
        ratio(major(common_.months[11].spend), major(spend) / kMonths));
    put(SeasonItem::peak_month_share_12m, quotient(peak, spend));
    put(SeasonItem::month_spend, major(common_.months[0].spend));
}

void Computation::fold_debt() {
    if (history_ > 0) {
        put(DebtItem::service_ratio_90d, quotient(common_.debt_payments[2], common_.income[2]));
        put(DebtItem::service_ratio_365d, quotient(common_.debt_payments[3], common_.income[3]));
        put(DebtItem::cards_to_income, ratio(major(common_.card), mean_monthly_income()));
        put(DebtItem::loans_to_income,
            ratio(major(common_.card + common_.loan), major(common_.income[3])));
        put(DebtItem::card_change_30d, major(-sum_days(&DayTile::card, 0, 30)));
        put(DebtItem::card_change_90d, major(-sum_days(&DayTile::card, 0, 90)));
    }
    if (tiles_.plan().debts.empty()) {
        return;
    }
    std::int64_t open = 0;
    Int128 total = 0;
    Int128 minimums = 0;
    Int128 smallest = 0;
    double highest = 0.0;
    double weighted = 0.0;
    for (const auto& [key, debt] : tiles_.plan().debts) {
        if (debt.balance_minor <= 0) {
            continue;
        }
        smallest = open == 0 ? debt.balance_minor
                             : std::min(smallest, static_cast<Int128>(debt.balance_minor));
        ++open;
        total += debt.balance_minor;
        minimums += debt.minimum_minor;
        highest = std::max(highest, debt.annual_rate);
        weighted += debt.annual_rate * major(debt.balance_minor);
    }
    put(DebtItem::open_count, static_cast<double>(open));
    put(DebtItem::total, major(total));
    put(DebtItem::weighted_rate, ratio(weighted, major(total)));
    put(DebtItem::highest_rate, highest);
    put(DebtItem::smallest, major(smallest));
    if (history_ > 0) {
        put(DebtItem::minimum_load, ratio(major(minimums), mean_monthly_income()));
    }
}

void Computation::fold_saving() {
    for (std::size_t window = 1; window < kWindowCount; ++window) {
        put_at(index_of(SavingItem::rate_30d) + window - 1,
               quotient(common_.income[window] - common_.spend[window], common_.income[window]));
        put_at(index_of(SavingItem::set_aside_30d) + window - 1,
               major(sum_days(&DayTile::set_aside, 0, kWindows[window])));
    }
    std::array<double, kMonths> nets{};
    std::vector<double> rates;
    std::int64_t positive = 0;
    std::int64_t streak = 0;
    Int128 spend = 0;
    for (std::size_t i = 0; i < kMonths; ++i) {
        const MonthSums& month = common_.months[i + 1];
        spend += month.spend;
        // Oldest first, as the months went by.
        nets[kMonths - 1 - i] = major(month.net());
        if (month.net() > 0) {
            ++positive;
            streak += streak == static_cast<std::int64_t>(i) ? 1 : 0;
        }
        if (month.income > 0) {
            rates.push_back(quotient(month.net(), month.income));
        }
    }
    put(SavingItem::positive_months_12m, quotient(positive, kMonths));
    put(SavingItem::streak, static_cast<double>(streak));
    put(SavingItem::monthly_rate_mean_12m, mean_deviation(rates).mean);
    put(SavingItem::monthly_rate_deviation_12m, mean_deviation(rates).deviation);
    put(SavingItem::persistence_12m, lag_correlation(nets));
    put(SavingItem::reserve_months, ratio(major(common_.liquid), major(spend) / kMonths));
}

}  // namespace atlas::features
