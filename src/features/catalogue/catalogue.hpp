// SPDX-License-Identifier: Apache-2.0
// The catalogue of features: every name there is, in the order of a vector. A model binds by name
// and remembers the hash; another hash is another vector, and is refused (decision 19).
//
//     ATLAS_TRY_ASSIGN(const std::size_t index, index_of("cash.runway"));
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/catalogue/habit_rows.hpp"
#include "features/catalogue/money_rows.hpp"
#include "features/catalogue/plan_rows.hpp"
#include "features/catalogue/spend_rows.hpp"

namespace atlas::features {

inline constexpr std::size_t kIncomeBegin = kSpendFeatures;
inline constexpr std::size_t kCashBegin = kIncomeBegin + kIncomeRows.size();
inline constexpr std::size_t kSeasonBegin = kCashBegin + kCashRows.size();
inline constexpr std::size_t kMerchantBegin = kSeasonBegin + kSeasonRows.size();
inline constexpr std::size_t kWeekdayBegin = kMerchantBegin + kMerchantRows.size();
inline constexpr std::size_t kDebtBegin = kWeekdayBegin + kWeekdayRows.size();
inline constexpr std::size_t kSavingBegin = kDebtBegin + kDebtRows.size();
inline constexpr std::size_t kGoalBegin = kSavingBegin + kSavingRows.size();
inline constexpr std::size_t kHoldingBegin = kGoalBegin + kGoalRows.size();
inline constexpr std::size_t kRecurringBegin = kHoldingBegin + kHoldingRows.size();
inline constexpr std::size_t kRateBegin = kRecurringBegin + kRecurringRows.size();
inline constexpr std::size_t kQualityBegin = kRateBegin + kRateRows.size();
inline constexpr std::size_t kFeatureCount = kQualityBegin + kQualityRows.size();

/// Place of an item in the vector.
constexpr std::size_t index_of(IncomeItem item) {
    return kIncomeBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(CashItem item) {
    return kCashBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(SeasonItem item) {
    return kSeasonBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(MerchantItem item) {
    return kMerchantBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(WeekdayItem item) {
    return kWeekdayBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(DebtItem item) {
    return kDebtBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(SavingItem item) {
    return kSavingBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(GoalItem item) {
    return kGoalBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(HoldingItem item) {
    return kHoldingBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(RecurringItem item) {
    return kRecurringBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(RateItem item) {
    return kRateBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(QualityItem item) {
    return kQualityBegin + static_cast<std::size_t>(item);
}
constexpr std::size_t index_of(const SpendItem& item) {
    return spend_index(item);
}

/// Every row, in the order of a vector.
std::span<const FeatureRow> catalogue();

/// Errors: not_found, naming the feature.
Result<std::size_t> index_of(std::string_view name);

/// What the feature says, its subject filled in.
std::string description_of(const FeatureRow& row);
std::string_view name_of(Family family);
std::vector<std::string_view> source_names(const FeatureRow& row);
std::vector<std::string_view> user_names(const FeatureRow& row);

/// First 16 hexadecimal digits of the SHA-256 of every row: name, unit, window, history, default
/// and fold. Descriptions may be reworded without a new catalogue.
const std::string& catalogue_hash();

/// docs/features.md, whole.
std::string catalogue_markdown();

}  // namespace atlas::features
