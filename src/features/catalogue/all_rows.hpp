// SPDX-License-Identifier: Apache-2.0
// Every row of every family in one constexpr array, in the order of a vector, and the two columns
// of it that a fold reads. For the catalogue and the engine; others ask catalogue().
#pragma once

#include "features/catalogue/catalogue.hpp"

namespace atlas::features {
namespace detail {

constexpr std::size_t begin_of(Family family) {
    constexpr std::array<std::size_t, 13> kBegins{0,
                                                  kIncomeBegin,
                                                  kCashBegin,
                                                  kSeasonBegin,
                                                  kMerchantBegin,
                                                  kWeekdayBegin,
                                                  kDebtBegin,
                                                  kSavingBegin,
                                                  kGoalBegin,
                                                  kHoldingBegin,
                                                  kRecurringBegin,
                                                  kRateBegin,
                                                  kQualityBegin};
    return kBegins[static_cast<std::size_t>(family)];
}

template <std::size_t N>
constexpr void place(std::array<FeatureRow, kFeatureCount>& all, Family family,
                     const std::array<FeatureRow, N>& rows) {
    const std::size_t begin = begin_of(family);
    for (std::size_t i = 0; i < N; ++i) {
        all[begin + i] = rows[i];
        all[begin + i].fold = {family, static_cast<std::uint16_t>(i)};
    }
}

}  // namespace detail

inline constexpr std::array<FeatureRow, kFeatureCount> kFeatureRows = [] {
    std::array<FeatureRow, kFeatureCount> all{};
    for (std::size_t i = 0; i < kSpendFeatures; ++i) {
        all[i] = spend_row(i);
    }
    detail::place(all, Family::income, kIncomeRows);
    detail::place(all, Family::cash, kCashRows);
    detail::place(all, Family::season, kSeasonRows);
    detail::place(all, Family::merchant, kMerchantRows);
    detail::place(all, Family::weekday, kWeekdayRows);
    detail::place(all, Family::debt, kDebtRows);
    detail::place(all, Family::saving, kSavingRows);
    detail::place(all, Family::goal, kGoalRows);
    detail::place(all, Family::holding, kHoldingRows);
    detail::place(all, Family::recurring, kRecurringRows);
    detail::place(all, Family::rate, kRateRows);
    detail::place(all, Family::quality, kQualityRows);
    return all;
}();

/// Days of history a feature asks for, and its value without them.
inline constexpr auto kHistoryDays = [] {
    std::array<std::int16_t, kFeatureCount> days{};
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
        days[i] = kFeatureRows[i].history_days;
    }
    return days;
}();
inline constexpr auto kFallbacks = [] {
    std::array<double, kFeatureCount> values{};
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
        values[i] = kFeatureRows[i].fallback;
    }
    return values;
}();

}  // namespace atlas::features
