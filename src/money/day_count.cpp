// SPDX-License-Identifier: Apache-2.0
#include "money/day_count.hpp"

#include <algorithm>

namespace atlas::money {
namespace {

constexpr std::int64_t kLeapByOrdinary = 365 * 366;

bool is_last_of_february(const Date::Parts& at) {
    return at.month == 2 && at.day == days_in_month(at.year, 2);
}

std::int32_t thirty_day_months(const Date::Parts& from, const Date::Parts& to) {
    return 360 * (to.year - from.year) + 30 * (to.month - from.month) + (to.day - from.day);
}

/// The order of the rules matters: the second date looks at the first one as already adjusted.
std::int32_t thirty_360_us(Date::Parts from, Date::Parts to) {
    if (is_last_of_february(from)) {
        if (is_last_of_february(to)) {
            to.day = 30;
        }
        from.day = 30;
    }
    if (to.day == 31 && from.day >= 30) {
        to.day = 30;
    }
    from.day = std::min(from.day, 30);
    return thirty_day_months(from, to);
}

std::int32_t thirty_e_360(Date::Parts from, Date::Parts to) {
    from.day = std::min(from.day, 30);
    to.day = std::min(to.day, 30);
    return thirty_day_months(from, to);
}

/// A day belongs to the year it starts in: 31 December to 1 January counts in the old year.
YearFraction act_act_isda(Date from, Date to) {
    const int first = from.parts().year;
    const int last = to.parts().year;
    std::int64_t ordinary_days = 0;
    std::int64_t leap_days = 0;
    for (int year = first; year <= last; ++year) {
        const Date start = year == first ? from : *Date::create(year, 1, 1);
        const Date stop = year == last ? to : Date::create(year, 12, 31)->plus_days(1);
        (is_leap_year(year) ? leap_days : ordinary_days) += stop - start;
    }
    return {ordinary_days * 366 + leap_days * 365, kLeapByOrdinary};
}

}  // namespace

std::int32_t days_between(Date from, Date to, DayCount convention) {
    if (to < from) {
        return -days_between(to, from, convention);
    }
    switch (convention) {
        case DayCount::act_365_fixed:
        case DayCount::act_360:
        case DayCount::act_act_isda: break;
        case DayCount::thirty_360_us: return thirty_360_us(from.parts(), to.parts());
        case DayCount::thirty_e_360: return thirty_e_360(from.parts(), to.parts());
    }
    return to - from;
}

YearFraction year_fraction(Date from, Date to, DayCount convention) {
    if (convention == DayCount::act_act_isda) {
        const bool forward = from <= to;
        const YearFraction size = act_act_isda(forward ? from : to, forward ? to : from);
        return {forward ? size.numerator : -size.numerator, size.denominator};
    }
    const bool per_365 = convention == DayCount::act_365_fixed;
    return {days_between(from, to, convention), per_365 ? 365 : 360};
}

}  // namespace atlas::money
