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

inline constexpr std::size_t kRecurringMovementsMax = 100'000;

/// One movement of the calculator's request.
struct MovementValue {
    std::optional<std::string> id;
    Date date;
    DecimalText amount;
    std::string description;
    std::optional<std::string> account;
    std::optional<std::string> category;
};
template <>
struct Description<MovementValue> {
    using T = MovementValue;
    static constexpr std::string_view name = "Movement";
    static constexpr std::string_view doc = "Money that moved on an account.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Handed back in the series it belongs to; absent: its place from 0.")
            .at_most(100),
        field<&T::date>("date", "Booking date."),
        field<&T::amount>("amount", "Money out is negative."),
        field<&T::description>("description", "As the bank wrote it.").at_most(2000),
        field<&T::account>("account", "Any name that tells accounts apart.").at_most(100),
        field<&T::category>("category", "Where it is filed; helps to name the kind.").at_most(200),
    };
};

struct RecurringValue {
    std::string currency;
    std::optional<Date> as_of;
    std::vector<MovementValue> movements;
};
template <>
struct Description<RecurringValue> {
    using T = RecurringValue;
    static constexpr std::string_view name = "RecurringRequest";
    static constexpr std::string_view doc = "Movements to look for series in.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217, of all amounts."),
        field<&T::as_of>("as_of",
                         "The last day told about; later movements do not count. Absent: the "
                         "newest one's."),
        field<&T::movements>("movements", "In any order.").at_most(kRecurringMovementsMax),
    };
};

struct FoundPriceChange {
    Date date;
    DecimalText from;
    DecimalText to;
};
template <>
struct Description<FoundPriceChange> {
    using T = FoundPriceChange;
    static constexpr std::string_view name = "FoundPriceChange";
    static constexpr std::string_view doc = "From this day on it cost another amount.";
    static constexpr auto fields = std::array{
        field<&T::date>("date", "First day of the new amount."),
        field<&T::from>("from", "Before."),
        field<&T::to>("to", "After."),
    };
};

struct FoundSeries {
    std::string name;
    SeriesKind kind = SeriesKind::bill;
    SeriesCadence cadence = SeriesCadence::monthly;
    AmountPattern pattern = AmountPattern::fixed;
    SeriesState state = SeriesState::active;
    DecimalText usual;
    DecimalText low;
    DecimalText high;
    Date first_date;
    Date last_date;
    std::optional<Date> next_date;
    std::optional<Date> next_earliest;
    std::optional<Date> next_latest;
    std::vector<FoundPriceChange> price_changes;
    std::vector<Date> skipped;
    double evidence = 0;
    std::vector<std::string> members;
};
template <>
struct Description<FoundSeries> {
    using T = FoundSeries;
    static constexpr std::string_view name = "FoundSeries";
    static constexpr std::string_view doc = "Movements that belong together.";
    static constexpr auto fields = std::array{
        field<&T::name>("name", "The words they share."),
        field<&T::kind>("kind", "What it is."),
        field<&T::cadence>("cadence", "How often."),
        field<&T::pattern>("pattern", "Agreed or metered."),
        field<&T::state>("state", "Whether it still comes."),
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
        field<&T::evidence>("evidence", "Log-likelihood ratio against chance; more is surer."),
        field<&T::members>("members", "Ids of its movements, oldest first."),
    };
};

struct RecurringAnswer {
    std::string currency;
    std::optional<Date> as_of;
    std::vector<FoundSeries> series;
};
template <>
struct Description<RecurringAnswer> {
    using T = RecurringAnswer;
    static constexpr std::string_view name = "RecurringAnswer";
    static constexpr std::string_view doc = "What comes again, surest first.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "Of all amounts."),
        field<&T::as_of>("as_of", "The day they are seen from; absent: there were no movements."),
        field<&T::series>("series", "Surest first."),
    };
};

inline constexpr Route<RecurringValue, RecurringAnswer> calculate_recurring{
    {.method = Method::post,
     .path = "/api/v1/calc/recurring",
     .operation = "calculate_recurring",
     .summary = "Pay, bills and subscriptions among movements, with their next dates.",
     .execution = Execution::compute,
     .body_bytes_max = std::size_t{32} << 20,
     .cost = 5}};

}  // namespace atlas::contracts
