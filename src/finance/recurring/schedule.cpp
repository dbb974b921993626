// SPDX-License-Identifier: Apache-2.0
#include "finance/recurring/schedule.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/check.hpp"

namespace atlas::finance::recurring {
namespace {

using money::DayConvention;

/// Habits change (a new card, another bank); older dates say little.
constexpr std::size_t kDatesMax = 24;
constexpr int kStrayMax = 6;

/// A series that is on business days only, and is moved to the one before or after.
constexpr std::array kConventions{DayConvention::unadjusted, DayConvention::following,
                                  DayConvention::preceding};

Date day_in_month(std::int64_t month, int day) {
    const int year = static_cast<int>(month / 12);
    const int in_year = static_cast<int>(month % 12) + 1;
    return Date::create(year, in_year, std::min(day, days_in_month(year, in_year))).value();
}

std::int64_t month_of(Date date) {
    const Date::Parts parts = date.parts();
    return std::int64_t{parts.year} * 12 + parts.month - 1;
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}

}  // namespace

Schedule Schedule::fit(std::span<const Date> dates, Cadence cadence, money::Calendar calendar) {
    ATLAS_CHECK(dates.size() >= 2);
    const auto recent = dates.last(std::min(dates.size(), kDatesMax));
    const CadenceTraits& traits = traits_of(cadence);
    Schedule schedule;
    schedule.cadence_days_ = traits.days;
    schedule.months_ = std::max(traits.months, 1);
    schedule.is_half_ = cadence == Cadence::semi_monthly;
    schedule.calendar_ = calendar;
    if (schedule.cadence_days_ > 0) {
        schedule.choose_phase(recent);
    } else {
        schedule.choose(recent);
    }
    schedule.measure_stray(recent);
    return schedule;
}

Date Schedule::nominal(std::int64_t period) const {
    if (cadence_days_ > 0) {
        return Date::from_days(static_cast<std::int32_t>(phase_ + period * cadence_days_));
    }
    if (is_half_) {
        const std::int64_t month = phase_ + floor_divide(period, 2);
        return day_in_month(month, anchors_[static_cast<std::size_t>(period & 1)]);
    }
    return day_in_month(phase_ + period * months_, anchors_[0]);
}

Date Schedule::due(std::int64_t period) const {
    return money::adjust(nominal(period), convention_, calendar_);
}

std::int64_t Schedule::period_near(Date date) const {
    if (cadence_days_ > 0) {
        return floor_divide(date.days_since_epoch() - phase_ + cadence_days_ / 2, cadence_days_);
    }
    const std::int64_t months = month_of(date) - phase_;
    return is_half_ ? months * 2 : floor_divide(months + months_ / 2, months_);
}

int Schedule::residual_of(Date date) const {
    const std::int64_t around = period_near(date);
    int best = INT32_MAX;
    for (std::int64_t period = around - 2; period <= around + 2; ++period) {
        const int residual = date - due(period);
        best = std::abs(residual) < std::abs(best) ? residual : best;
    }
    return best;
}

void Schedule::choose(std::span<const Date> dates) {
    phase_ = month_of(dates.back());
    std::vector<int> candidates{1, 15, 31};
    for (const Date date : dates) {
        const int day = date.parts().day;
        for (int near = day - 2; near <= day + 1; ++near) {
            candidates.push_back(std::clamp(near, 1, 31));
        }
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    const auto strayed = [&] {
        // Older dates count less: a day of the month can be moved by its owner.
        double sum = 0.0;
        double weight = 1.0;
        for (std::size_t i = dates.size(); i-- > 0; weight *= 0.93) {
            sum += weight * std::min(std::abs(residual_of(dates[i])), kStrayMax);
        }
        return sum;
    };
    struct Choice {
        double strayed = 1e300;
        std::array<int, 2> anchors{};
        DayConvention convention{};
        std::int64_t phase = 0;
    } best;
    const auto consider = [&](std::array<int, 2> anchors) {
        anchors_ = anchors;
        for (const DayConvention convention : kConventions) {
            convention_ = convention;
            // Near a month's edge the last date may belong to the month beside it.
            for (const std::int64_t shift : {0, -1, 1}) {
                phase_ = month_of(dates.back()) + shift;
                const double sum = strayed();
                if (sum < best.strayed - 1e-9) {
                    best = {sum, anchors, convention, phase_};
                }
                if (months_ == 1) {
                    break;
                }
            }
        }
    };
    for (const int first : candidates) {
        if (!is_half_) {
            consider({first, first});
            continue;
        }
        for (const int second : candidates) {
            if (second - first >= 12 && second - first <= 18) {
                consider({first, second});
            }
        }
    }
    if (best.anchors[0] == 0) {
        best = {0.0, {1, 15}, DayConvention::unadjusted, month_of(dates.back())};
    }
    anchors_ = best.anchors;
    convention_ = best.convention;
    phase_ = best.phase;
}

void Schedule::choose_phase(std::span<const Date> dates) {
    double best = 1e300;
    std::int64_t best_phase = 0;
    DayConvention best_convention = DayConvention::unadjusted;
    for (const DayConvention convention : kConventions) {
        convention_ = convention;
        for (int offset = -2; offset <= 2; ++offset) {
            phase_ = dates.back().days_since_epoch() + offset;
            double sum = 0.01 * std::abs(offset);
            double weight = 1.0;
            for (std::size_t i = dates.size(); i-- > 0; weight *= 0.93) {
                sum += weight * std::min(std::abs(residual_of(dates[i])), kStrayMax);
            }
            if (sum < best - 1e-9) {
                best = sum;
                best_phase = phase_;
                best_convention = convention;
            }
        }
    }
    phase_ = best_phase;
    convention_ = best_convention;
}

void Schedule::measure_stray(std::span<const Date> dates) {
    std::vector<int> residuals;
    for (const Date date : dates) {
        residuals.push_back(std::clamp(residual_of(date), -kStrayMax, kStrayMax));
    }
    std::sort(residuals.begin(), residuals.end());
    const std::size_t count = residuals.size();
    shift_ = residuals[count / 2];
    // One in twenty on either side; with few dates the farthest, and a day more.
    const std::size_t cut = count / 20;
    const int slack = count < 12 ? 1 : 0;
    early_ = residuals[cut] - slack;
    late_ = residuals[count - 1 - cut] + slack;
}

DueDate Schedule::next_after(Date date) const {
    std::int64_t period = period_near(date) - 2;
    while (due(period).plus_days(shift_) <= date) {
        ++period;
    }
    const Date day = due(period);
    return {.date = day.plus_days(shift_),
            .earliest = day.plus_days(std::min(early_, shift_)),
            .latest = day.plus_days(std::max(late_, shift_))};
}

}  // namespace atlas::finance::recurring
