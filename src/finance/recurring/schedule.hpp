// SPDX-License-Identifier: Apache-2.0
// When the next one is due: the day of the month or of the week a series keeps, what it does on
// days when banks are closed, and how far it strays.
#pragma once

#include <array>
#include <span>

#include "base/date.hpp"
#include "finance/recurring/cadence.hpp"
#include "money/calendar.hpp"

namespace atlas::finance::recurring {

struct DueDate {
    Date date;      ///< The likeliest day.
    Date earliest;  ///< Between these two with about nine chances in ten.
    Date latest;
};

/// What a series keeps to. Day 31 means the last of the month.
class Schedule {
public:
    /// From at least two dates, ascending. Cost: microseconds, whatever the length.
    static Schedule fit(std::span<const Date> dates, Cadence cadence, money::Calendar calendar);

    /// The first due date whose likeliest day is after `date`.
    DueDate next_after(Date date) const;

    money::DayConvention convention() const { return convention_; }
    /// Day of the month; for half-monthly series the first of both. 0 where weeks count.
    int day_of_month() const { return cadence_days_ > 0 ? 0 : anchors_[0]; }

private:
    Schedule() = default;
    Date nominal(std::int64_t period) const;
    Date due(std::int64_t period) const;
    std::int64_t period_near(Date date) const;
    int residual_of(Date date) const;
    void choose(std::span<const Date> dates);
    void choose_phase(std::span<const Date> dates);
    void measure_stray(std::span<const Date> dates);

    int cadence_days_ = 0;  ///< Period in days, or 0.
    int months_ = 1;        ///< Period in months where days do not count.
    bool is_half_ = false;  ///< Two anchors a month.
    std::array<int, 2> anchors_{1, 1};
    std::int64_t phase_ = 0;  ///< Days since the epoch, or month number, of period 0.
    money::Calendar calendar_ = money::Calendar::weekends_only;
    money::DayConvention convention_ = money::DayConvention::unadjusted;
    int shift_ = 0;  ///< Median residual.
    int early_ = 0;
    int late_ = 0;
};

}  // namespace atlas::finance::recurring
