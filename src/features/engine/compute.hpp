// SPDX-License-Identifier: Apache-2.0
// What the folds of one vector share: where the windows lie, and the place where values go.
// Private to this folder.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "features/catalogue/all_rows.hpp"
#include "features/engine/tiles.hpp"

namespace atlas::features {

/// Sums of one calendar month.
struct MonthSums {
    Int128 spend = 0;
    Int128 income = 0;
    Int128 net() const { return income - spend; }
};

/// What several families read, gathered once.
struct Common {
    std::array<Int128, kWindowCount> spend{};
    std::array<Int128, kWindowCount> income{};
    std::array<Int128, kWindowCount> debt_payments{};
    std::array<MonthSums, 14> months{};  ///< [0] is the day's own month, [12] a year before it.
    Int128 liquid = 0;                   ///< Balances at the end of the day.
    Int128 card = 0;
    Int128 loan = 0;
};

class Computation {
public:
    Computation(const HouseholdTiles& tiles, Date day, FeatureVector& vector);
    void run();

private:
    // One a family, in the order in which they may read common_.
    void fold_calendar();
    void fold_days();
    void fold_balances();
    void fold_rows();
    void fold_income(DayRows rows);
    void fold_merchants(DayRows rows);
    void fold_weekdays();
    void fold_times();
    void fold_quality(DayRows rows);
    void fold_cash();
    void fold_paths();
    void fold_season();
    void fold_debt();
    void fold_saving();
    void fold_goals();
    void fold_holdings();
    void fold_recurring();
    void fold_rates();

    /// Sets a value unless the household's history is shorter than the feature asks for.
    template <class Item>
    void put(Item item, double value) {
        put_at(index_of(item), value);
    }
    void put_at(std::size_t index, double value) {
        if (history_ >= kHistoryDays[index]) {
            vector_.values[index] = value;
            vector_.missing.reset(index);
        }
    }
    double major(Int128 minor) const { return to_double(minor) / scale_; }
    /// Over nothing: the default, 0.
    static double quotient(Int128 above, Int128 below) {
        return below == 0 ? 0.0 : to_double(above) / to_double(below);
    }
    /// Sum of a member over the days of (day - to, day - from].
    Int128 sum_days(Int128 DayTile::*member, std::int32_t from, std::int32_t to) const;
    /// Rows of (day - to, day - from].
    DayRows rows_between(std::int32_t from, std::int32_t to) const;
    double mean_monthly_income() const;

    const HouseholdTiles& tiles_;
    const Date date_;
    const std::int32_t day_;
    FeatureVector& vector_;
    double scale_ = 1.0;             ///< Minor units in a major one.
    std::int32_t history_ = 0;       ///< Days from the first transaction on, both ends included.
    std::span<const DayTile> days_;  ///< Up to the day.
    std::span<const DayTile> days_after_;
    Common common_;
};

/// Mean and population deviation of a few figures, in two passes.
struct MeanDeviation {
    double mean = 0.0;
    double deviation = 0.0;
};
MeanDeviation mean_deviation(std::span<const double> figures);

}  // namespace atlas::features
