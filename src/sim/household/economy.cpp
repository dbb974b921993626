// SPDX-License-Identifier: Apache-2.0
#include "sim/household/economy.hpp"

#include <cstddef>
#include <span>

namespace atlas::sim::household {
namespace {

// January of each year from 2013 on; between, straight lines. After the last: yearly_growth.
struct YearlySeries {
    std::span<const double> values;
    double yearly_growth;
};

constexpr int kFirstYear = 2013;

// U.S. Bureau of Labor Statistics, CPI-U, all items, seasonally adjusted (FRED CPIAUCSL), January;
// 2026 continues November 2025.
constexpr double kPrices[] = {231.7, 235.3, 234.7, 237.7, 243.6, 248.9, 252.6,
                              259.1, 262.6, 282.5, 300.5, 309.8, 319.1, 326.0};
constexpr double kPrices2017 = 245.12;
// U.S. Energy Information Administration, regular petrol (FRED GASREGW), dollars a gallon, around
// January as the mean of the halves before and after.
constexpr double kPetrol[] = {3.50, 3.40, 2.83, 2.23, 2.29, 2.59, 2.66,
                              2.40, 2.47, 3.66, 3.66, 3.47, 3.18, 3.05};
constexpr double kPetrol2017 = 2.42;
// Federal funds, around January (FRED FEDFUNDS); 2025 on: our continuation.
constexpr double kShortRates[] = {0.14, 0.07, 0.11, 0.34, 0.65, 1.41, 2.40,
                                  1.55, 0.09, 0.08, 4.33, 5.33, 4.33, 3.6};
// Freddie Mac 30-year average by year (FRED MORTGAGE30US), rounded.
constexpr double kMortgageRates[] = {4.0, 4.2, 3.9, 3.7, 4.0, 4.5, 3.9,
                                     3.1, 3.0, 5.3, 6.8, 6.7, 6.6, 6.3};
// Dollars per euro around January, rounded from the Federal Reserve's H.10 averages.
constexpr double kEuro[] = {1.33, 1.36, 1.16, 1.09, 1.06, 1.22, 1.14,
                            1.11, 1.22, 1.13, 1.08, 1.09, 1.04, 1.16};

double value_on(const YearlySeries& series, Date day) {
    const Date::Parts parts = day.parts();
    const double within = (parts.month - 1 + (parts.day - 1) / 31.0) / 12.0;
    const auto last = static_cast<int>(series.values.size()) - 1;
    const int index = parts.year - kFirstYear;
    if (index < 0) {
        return series.values.front();
    }
    if (index >= last) {
        double value = series.values.back();
        for (int i = last; i < index; ++i) {
            value *= 1.0 + series.yearly_growth;
        }
        return value * (1.0 + series.yearly_growth * within);
    }
    const auto i = static_cast<std::size_t>(index);
    return series.values[i] + (series.values[i + 1] - series.values[i]) * within;
}

/// A wave that comes back every `period` days, −1 to 1.
double triangle_wave(std::int32_t days, std::int32_t period) {
    const std::int32_t phase = ((days % period) + period) % period;
    const double x = static_cast<double>(phase) / static_cast<double>(period);
    return x < 0.5 ? 4.0 * x - 1.0 : 3.0 - 4.0 * x;
}

bool is_fixed_holiday(Date day) {
    const Date::Parts parts = day.parts();
    return (parts.month == 1 && parts.day == 1) || (parts.month == 7 && parts.day == 4) ||
           (parts.month == 12 && parts.day == 25);
}

}  // namespace

double price_level(Date day) {
    return value_on({kPrices, 0.025}, day) / kPrices2017;
}

double petrol_level(Date day) {
    return value_on({kPetrol, 0.015}, day) / kPetrol2017;
}

double short_rate_percent(Date day) {
    return value_on({kShortRates, 0.0}, day);
}

double mortgage_rate_percent(int year) {
    const int last = kFirstYear + static_cast<int>(std::size(kMortgageRates)) - 1;
    const int clipped = year < kFirstYear ? kFirstYear : (year > last ? last : year);
    return kMortgageRates[static_cast<std::size_t>(clipped - kFirstYear)];
}

std::int64_t euro_rate_micro(Date day) {
    const std::int32_t days = day.days_since_epoch();
    const double wobble = 0.008 * triangle_wave(days, 47) + 0.004 * triangle_wave(days, 11);
    const double rate = value_on({kEuro, 0.0}, day) * (1.0 + wobble);
    // Four decimals, as central banks print it.
    return static_cast<std::int64_t>(rate * 10'000.0 + 0.5) * 100;
}

bool is_business_day(Date day) {
    return day.weekday() < 5 && !is_fixed_holiday(day);
}

Date business_day_from(Date day) {
    while (!is_business_day(day)) {
        day = day.plus_days(1);
    }
    return day;
}

Date business_day_until(Date day) {
    while (!is_business_day(day)) {
        day = day.plus_days(-1);
    }
    return day;
}

}  // namespace atlas::sim::household
