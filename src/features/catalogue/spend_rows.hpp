// SPDX-License-Identifier: Apache-2.0
// Spending by group, window and statistic: the full cross of the three.
#pragma once

#include "features/catalogue/row.hpp"
#include "features/facts.hpp"

namespace atlas::features {

inline constexpr std::array<std::int16_t, 4> kWindows{7, 30, 90, 365};
inline constexpr std::array<std::string_view, 4> kWindowNames{"7d", "30d", "90d", "365d"};
inline constexpr std::size_t kWindowCount = kWindows.size();

/// Everything spent, then each group.
inline constexpr std::size_t kSpendSubjects = kSpendGroups + 1;
inline constexpr std::array<std::string_view, kSpendSubjects> kSubjectNames{
    "all",     "housing",  "utilities", "groceries", "eating_out", "transport",
    "travel",  "shopping", "leisure",   "wellbeing", "family",     "insurance",
    "charges", "giving",   "debt",      "unknown"};
inline constexpr std::array<std::string_view, kSpendSubjects> kSubjectTexts{
    "everything",
    "the home",
    "utilities and telecom",
    "groceries",
    "eating and drinking out",
    "getting around",
    "travel",
    "shopping",
    "leisure, software and subscriptions",
    "health and personal care",
    "children, pets and education",
    "insurance",
    "bank charges, taxes and fees",
    "giving and services",
    "repaying debts",
    "what nobody has filed"};

enum class SpendStatistic : std::uint8_t {
    sum,
    count,
    mean,
    deviation,
    max,
    trend,
    share_of_income,
};
inline constexpr std::size_t kSpendStatistics = 7;

struct SpendStatisticText {
    std::string_view name;
    std::string_view what;
    Unit unit;
    Exactness exactness;
};
inline constexpr std::array<SpendStatisticText, kSpendStatistics> kSpendStatisticTexts{{
    {"sum", "Spent on {}; refunds are taken off.", Unit::money, Exactness::exact},
    {"count", "Purchases and refunds on {}.", Unit::number, Exactness::exact},
    {"mean", "Mean size of a purchase on {}.", Unit::money, Exactness::exact},
    {"deviation", "Standard deviation of the size of a purchase on {} (population).", Unit::money,
     Exactness::rounded},
    {"max", "Largest purchase on {}.", Unit::money, Exactness::exact},
    {"trend", "Slope of the daily spending on {} (least squares, days without count as 0).",
     Unit::per_day, Exactness::rounded},
    {"share_of_income", "Spent on {} as a part of the same window's income.", Unit::ratio,
     Exactness::exact},
}};

inline constexpr std::size_t kSpendFeatures = kSpendSubjects * kWindowCount * kSpendStatistics;

struct SpendItem {
    std::size_t subject;
    std::size_t window;
    SpendStatistic statistic;
};
constexpr std::size_t spend_index(const SpendItem& item) {
    return (item.subject * kWindowCount + item.window) * kSpendStatistics +
           static_cast<std::size_t>(item.statistic);
}
constexpr SpendItem spend_item(std::size_t index) {
    return {index / (kWindowCount * kSpendStatistics), index / kSpendStatistics % kWindowCount,
            static_cast<SpendStatistic>(index % kSpendStatistics)};
}

constexpr FeatureRow spend_row(std::size_t index) {
    const SpendItem item = spend_item(index);
    const SpendStatisticText& text = kSpendStatisticTexts[static_cast<std::size_t>(item.statistic)];
    FeatureRow row;
    row.name.append("spend.")
        .append(kSubjectNames[item.subject])
        .append(".")
        .append(text.name)
        .append(".")
        .append(kWindowNames[item.window]);
    row.what = text.what;
    row.unit = text.unit;
    row.window_days = kWindows[item.window];
    row.history_days = kWindows[item.window];
    row.users = kForBudget | kForForecast | kForAnomalies;
    row.exactness = text.exactness;
    row.fold = {Family::spend, static_cast<std::uint16_t>(index)};
    return row;
}

}  // namespace atlas::features
