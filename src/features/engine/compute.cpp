// SPDX-License-Identifier: Apache-2.0
#include "features/engine/compute.hpp"

#include <cmath>

namespace atlas::features {

using finance::ledger::AccountType;

FeatureVector HouseholdTiles::compute(Date day) const {
    FeatureVector vector;
    Computation(*this, day, vector).run();
    return vector;
}

Computation::Computation(const HouseholdTiles& tiles, Date day, FeatureVector& vector)
    : tiles_(tiles),
      date_(day),
      day_(day.days_since_epoch()),
      vector_(vector) {
    for (int i = 0; i < tiles.options().decimals; ++i) {
        scale_ *= 10;
    }
    const auto last = std::ranges::upper_bound(tiles.days(), day_, {}, &DayTile::day);
    days_ = {tiles.days().begin(), last};
    days_after_ = {last, tiles.days().end()};
    if (!days_.empty()) {
        history_ = day_ - days_.front().day + 1;
    }
}

void Computation::run() {
    vector_.missing.set();
    vector_.values = kFallbacks;
    fold_calendar();
    if (history_ > 0) {
        fold_days();
        fold_balances();
        fold_rows();
        fold_cash();
        fold_paths();
        fold_season();
        fold_saving();
    }
    fold_debt();
    fold_goals();
    fold_holdings();
    fold_recurring();
    fold_rates();
}

Int128 Computation::sum_days(Int128 DayTile::*member, std::int32_t from, std::int32_t to) const {
    const auto first = std::ranges::upper_bound(days_, day_ - to, {}, &DayTile::day);
    Int128 sum = 0;
    for (auto tile = first; tile != days_.end() && tile->day <= day_ - from; ++tile) {
        sum += (*tile).*member;
    }
    return sum;
}

DayRows Computation::rows_between(std::int32_t from, std::int32_t to) const {
    const std::span<const DayTile> days = tiles_.days();
    const auto first = std::ranges::upper_bound(days, day_ - to, {}, &DayTile::day);
    const auto last = std::ranges::upper_bound(first, days.end(), day_ - from, {}, &DayTile::day);
    return DayRows({first, last});
}

void Computation::fold_calendar() {
    const Date::Parts parts = date_.parts();
    const Date first = Date::create(parts.year, 1, 1).value();
    constexpr double kTurn = 6.283185307179586;
    const double angle = kTurn * (date_ - first) / (is_leap_year(parts.year) ? 366.0 : 365.0);
    put(SeasonItem::month_sine, std::sin(angle));
    put(SeasonItem::month_cosine, std::cos(angle));
    put(SeasonItem::day_of_month, parts.day);
    put(SeasonItem::days_to_month_end, days_in_month(parts.year, parts.month) - parts.day);
}

void Computation::fold_days() {
    // A household of the year 1 has no month before it.
    std::array<std::int32_t, 14> month_begins{};
    const Date::Parts parts = date_.parts();
    for (int back = 0; back < 14; ++back) {
        const int index = parts.year * 12 + parts.month - 1 - back;
        const bool exists = index >= 12;
        month_begins[static_cast<std::size_t>(back)] =
            exists ? Date::create(index / 12, index % 12 + 1, 1).value().days_since_epoch()
                   : Date::create(1, 1, 1).value().days_since_epoch();
    }
    const auto first = std::ranges::lower_bound(days_, std::min(month_begins.back(), day_ - 364),
                                                {}, &DayTile::day);
    std::size_t month = month_begins.size() - 1;
    for (auto tile = first; tile != days_.end(); ++tile) {
        while (month > 0 && tile->day >= month_begins[month - 1]) {
            --month;
        }
        if (tile->day >= month_begins[month]) {
            common_.months[month].spend += tile->spend;
            common_.months[month].income += tile->income;
        }
        const std::int32_t age = day_ - tile->day;
        for (std::size_t window = 0; window < kWindowCount; ++window) {
            if (age < kWindows[window]) {
                common_.spend[window] += tile->spend;
                common_.income[window] += tile->income;
            }
        }
    }
}

void Computation::fold_balances() {
    std::vector<Int128> totals(tiles_.accounts().size());
    std::vector<std::int64_t> rows(totals.size());
    for (std::size_t i = 0; i < totals.size(); ++i) {
        totals[i] = tiles_.accounts()[i].total;
        rows[i] = tiles_.accounts()[i].rows;
    }
    for (const TileRow& row : DayRows(days_after_)) {
        totals[row.account] -= row.amount_minor;
        --rows[row.account];
    }
    Int128 savings = 0;
    Int128 investments = 0;
    Int128 everything = 0;
    Int128 owed_with_limit = 0;
    Int128 limits = 0;
    std::int64_t moved = 0;
    for (std::size_t i = 0; i < totals.size(); ++i) {
        const TileAccount& account = tiles_.accounts()[i];
        everything += totals[i];
        moved += rows[i] > 0 ? 1 : 0;
        switch (account.type) {
            case AccountType::savings: savings += totals[i]; [[fallthrough]];
            case AccountType::checking:
            case AccountType::cash:
            case AccountType::other: common_.liquid += totals[i]; break;
            case AccountType::credit_card: common_.card -= totals[i]; break;
            case AccountType::loan: common_.loan -= totals[i]; break;
            case AccountType::investment: investments += totals[i]; break;
        }
        if (account.type == AccountType::credit_card &&
            account.credit_limit_minor.value_or(0) > 0) {
            owed_with_limit += std::max(Int128{0}, -totals[i]);
            limits += *account.credit_limit_minor;
        }
    }
    put(CashItem::liquid_balance, major(common_.liquid));
    put(CashItem::savings_balance, major(savings));
    put(CashItem::card_balance, major(common_.card));
    put(CashItem::loan_balance, major(common_.loan));
    put(CashItem::investment_balance, major(investments));
    put(CashItem::net_worth, major(everything));
    put(QualityItem::accounts, static_cast<double>(moved));
    if (limits > 0) {
        put(DebtItem::utilisation, quotient(owed_with_limit, limits));
    }
}

double Computation::mean_monthly_income() const {
    Int128 sum = 0;
    for (std::size_t month = 1; month <= 12; ++month) {
        sum += common_.months[month].income;
    }
    return major(sum) / 12.0;
}

MeanDeviation mean_deviation(std::span<const double> figures) {
    MeanDeviation result;
    if (figures.empty()) {
        return result;
    }
    const auto n = static_cast<double>(figures.size());
    for (const double figure : figures) {
        result.mean += figure;
    }
    result.mean /= n;
    double squares = 0.0;
    for (const double figure : figures) {
        squares += (figure - result.mean) * (figure - result.mean);
    }
    result.deviation = std::sqrt(squares / n);
    return result;
}

}  // namespace atlas::features
