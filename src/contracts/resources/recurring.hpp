// SPDX-License-Identifier: Apache-2.0
// What comes again: pay, bills, subscriptions, with their next dates.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/route.hpp"
#include "finance/recurring/recurring.hpp"

namespace atlas::contracts {

using SeriesKind = finance::recurring::SeriesKind;
template <>
struct Description<SeriesKind> {
    static constexpr std::string_view name = "SeriesKind";
    static constexpr auto words = std::to_array<std::string_view>(
        {"salary", "income", "subscription", "bill", "loan", "transfer"});
};

using SeriesCadence = finance::recurring::Cadence;
template <>
struct Description<SeriesCadence> {
    static constexpr std::string_view name = "SeriesCadence";
    static constexpr auto words = std::to_array<std::string_view>(
        {"weekly", "biweekly", "four_weekly", "semi_monthly", "monthly", "two_monthly", "quarterly",
         "half_yearly", "yearly"});
};

using SeriesState = finance::recurring::SeriesState;
template <>
struct Description<SeriesState> {
    static constexpr std::string_view name = "SeriesState";
    static constexpr auto words = std::to_array<std::string_view>({"active", "late", "stopped"});
};

using AmountPattern = finance::recurring::AmountPattern;
template <>
struct Description<AmountPattern> {
    static constexpr std::string_view name = "AmountPattern";
    static constexpr auto words = std::to_array<std::string_view>({"fixed", "variable"});
};

struct PriceChangeValue {
    Date date;
    MoneyValue from;
    MoneyValue to;
};
template <>
struct Description<PriceChangeValue> {
    static constexpr std::string_view name = "PriceChange";
    static constexpr std::string_view doc = "From this day on it cost another amount.";
    static constexpr auto fields = std::array{
        field<&PriceChangeValue::date>("date", "First day of the new amount."),
        field<&PriceChangeValue::from>("from", "Before."),
        field<&PriceChangeValue::to>("to", "After."),
    };
};

struct SeriesValue {
    std::string name;
    SeriesKind kind = SeriesKind::bill;
    SeriesCadence cadence = SeriesCadence::monthly;
    AmountPattern pattern = AmountPattern::fixed;
    SeriesState state = SeriesState::active;
    std::string category;
    MoneyValue usual;
    MoneyValue low;
    MoneyValue high;
    Date first_date;
    Date last_date;
    std::optional<Date> next_date;
    std::optional<Date> next_earliest;
    std::optional<Date> next_latest;
    std::vector<PriceChangeValue> price_changes;
    std::vector<Date> skipped;
    std::vector<TransactionId> transactions;
};
template <>
struct Description<SeriesValue> {
    using T = SeriesValue;
    static constexpr std::string_view name = "Series";
    static constexpr std::string_view doc = "Payments that belong together.";
    static constexpr auto fields = std::array{
        field<&T::name>("name", "Merchant, or the words they share."),
        field<&T::kind>("kind", "What it is."),
        field<&T::cadence>("cadence", "How often."),
        field<&T::pattern>("pattern", "Agreed or metered."),
        field<&T::state>("state", "Whether it still comes."),
        field<&T::category>("category", "Of the last one."),
        field<&T::usual>("usual", "What the next one likely is."),
        field<&T::low>("low", "Nine in ten of the recent ones are not below."),
        field<&T::high>("high", "Nor above."),
        field<&T::first_date>("first_date", "Of the first."),
        field<&T::last_date>("last_date", "Of the last."),
        field<&T::next_date>("next_date", "When the next is due; absent when it stopped."),
        field<&T::next_earliest>("next_earliest", "Nine chances in ten from here …"),
        field<&T::next_latest>("next_latest", "… to here."),
        field<&T::price_changes>("price_changes", "Of an agreed amount."),
        field<&T::skipped>("skipped", "Due, and nothing came."),
        field<&T::transactions>("transactions", "Its members, oldest first."),
    };
};

struct ListRecurring {
    std::optional<Date> as_of;
};
template <>
struct Description<ListRecurring> {
    static constexpr std::string_view name = "ListRecurring";
    static constexpr std::string_view doc = "As seen on a day.";
    static constexpr auto fields = std::array{
        field<&ListRecurring::as_of>("as_of", "The day; absent: of the newest transaction.")};
};

struct SeriesList {
    std::vector<SeriesValue> items;
    Date as_of;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<SeriesList> {
    static constexpr std::string_view name = "SeriesList";
    static constexpr std::string_view doc = "Surest first.";
    static constexpr auto fields = std::array{
        field<&SeriesList::items>("items", "The series."),
        field<&SeriesList::as_of>("as_of", "The day they are seen from."),
        field<&SeriesList::as_of_sequence>("as_of_sequence", "Ledger sequence they stand at."),
    };
};

inline constexpr Route<ListRecurring, SeriesList> list_recurring{
    {.method = Method::get,
     .path = "/api/v1/recurring",
     .operation = "list_recurring",
     .summary = "Pay, bills and subscriptions found in the household's transactions."}};

}  // namespace atlas::contracts
