// SPDX-License-Identifier: Apache-2.0
#include "finance/recurring/cadence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace atlas::finance::recurring {
namespace {

// Tolerances: a payment due on a Saturday before a Monday off, and booked a day late, is three or
// four days from its nominal day; the gap between two such has twice that in the worst case.
constexpr std::array<CadenceTraits, 9> kTraits{{
    {7, 0, 7.0, 2, 0.6, 5, 5},
    {14, 0, 14.0, 3, 0.7, 6, 4},
    {28, 0, 28.0, 3, 0.9, 4, 4},
    {0, 0, 365.2425 / 24.0, 4, 1.3, 6, 4},
    {0, 1, 365.2425 / 12.0, 5, 1.4, 12, 3},
    {0, 2, 365.2425 / 6.0, 6, 1.6, 3, 3},
    {0, 3, 365.2425 / 4.0, 7, 1.8, 3, 3},
    {0, 6, 365.2425 / 2.0, 9, 2.2, 2, 3},
    {0, 12, 365.2425, 12, 2.5, 1, 2},
}};

int nearest(double value) {
    return static_cast<int>(std::floor(value + 0.5));
}

/// Days from `day` moved on by whole months to the same day of the month, clipped to its last.
/// A last day of a month stays a last day.
std::int32_t same_day_later(const Day& from, const Day& to, std::int32_t month) {
    const std::int32_t first_of_to = to.days - (to.day - 1);
    std::int32_t first = first_of_to;
    std::int32_t length = to.length;
    // Only the months beside are ever asked for besides.
    if (month == to.month - 1) {
        length = days_in_month(month / 12, month % 12 + 1);
        first = first_of_to - length;
    } else if (month == to.month + 1) {
        length = days_in_month(month / 12, month % 12 + 1);
        first = first_of_to + to.length;
    }
    return first + std::min<std::int32_t>(from.day, length) - 1;
}

std::optional<Gap> gap_in_months(const Day& from, const Day& to, const CadenceTraits& traits) {
    const int months = to.month - from.month;
    // Tenths of days, in integers: this is asked millions of times.
    const int tenths = months * 304 + (to.day - from.day) * 10;
    const int period = traits.months * 304;
    const int periods = (tenths + period / 2) / period;
    const std::int32_t month = from.month + periods * traits.months;
    if (periods < 1 || std::abs(month - to.month) > 1) {
        return std::nullopt;
    }
    int residual = to.days - same_day_later(from, to, month);
    // From the last day of a short month to the last day of a long one is no deviation.
    if (from.day == from.length && to.day == to.length && month == to.month) {
        residual = 0;
    }
    return Gap{periods, residual};
}

std::optional<Gap> gap_in_half_months(const Day& from, const Day& to) {
    const auto position = [](const Day& day) {
        return 2.0 * day.month + 2.0 * (day.day - 1) / day.length;
    };
    const double halves = position(to) - position(from);
    const int periods = nearest(halves);
    return Gap{periods, nearest((halves - periods) * 365.2425 / 24.0)};
}

}  // namespace

std::string_view name_of(Cadence cadence) {
    switch (cadence) {
        case Cadence::weekly: return "weekly";
        case Cadence::biweekly: return "biweekly";
        case Cadence::four_weekly: return "four_weekly";
        case Cadence::semi_monthly: return "semi_monthly";
        case Cadence::monthly: return "monthly";
        case Cadence::two_monthly: return "two_monthly";
        case Cadence::quarterly: return "quarterly";
        case Cadence::half_yearly: return "half_yearly";
        case Cadence::yearly: return "yearly";
    }
    return "monthly";
}

const CadenceTraits& traits_of(Cadence cadence) {
    return kTraits[static_cast<std::size_t>(cadence)];
}

Day take_apart(Date date) {
    const Date::Parts parts = date.parts();
    return {.days = date.days_since_epoch(),
            .month = parts.year * 12 + parts.month - 1,
            .day = static_cast<std::int8_t>(parts.day),
            .length = static_cast<std::int8_t>(days_in_month(parts.year, parts.month))};
}

std::optional<Gap> measure_gap(const Day& from, const Day& to, Cadence cadence) {
    const CadenceTraits& traits = traits_of(cadence);
    std::optional<Gap> gap;
    if (traits.days > 0) {
        const int days = to.days - from.days;
        const int periods = (days + traits.days / 2) / traits.days;
        gap = Gap{periods, days - periods * traits.days};
    } else {
        gap = traits.months > 0 ? gap_in_months(from, to, traits) : gap_in_half_months(from, to);
    }
    if (!gap || gap->periods < 1 || gap->periods > traits.missed_max + 1 ||
        std::abs(gap->residual_days) > traits.residual_days_max) {
        return std::nullopt;
    }
    return gap;
}

double log_chance_of_residual(Cadence cadence, int residual_days) {
    static const std::array<double, kCadences.size()> kTotals = [] {
        std::array<double, kCadences.size()> totals{};
        for (const Cadence each : kCadences) {
            const double decay = std::exp(-1.0 / traits_of(each).jitter_days);
            totals[static_cast<std::size_t>(each)] = std::log((1.0 + decay) / (1.0 - decay));
        }
        return totals;
    }();
    return -std::abs(residual_days) / traits_of(cadence).jitter_days -
           kTotals[static_cast<std::size_t>(cadence)];
}

}  // namespace atlas::finance::recurring
