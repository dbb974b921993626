// SPDX-License-Identifier: Apache-2.0
// What a household's history says in numbers: the vector, the catalogue of its features, how good
// the data are, and the same as a calculator over transactions given.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/resources/accounts.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

struct GetFeatures {
    std::optional<Date> as_of;
    std::optional<Timestamp> known_at;
};
template <>
struct Description<GetFeatures> {
    static constexpr std::string_view name = "GetFeatures";
    static constexpr std::string_view doc = "Of which day, and by what was known when.";
    static constexpr auto fields = std::array{
        field<&GetFeatures::as_of>("as_of", "Windows end with this day; absent: today."),
        field<&GetFeatures::known_at>(
            "known_at", "Facts recorded later are left out; absent: the end of as_of."),
    };
};

struct FeaturesValue {
    Date as_of;
    std::optional<Timestamp> known_at;
    std::string currency;
    std::string catalogue;
    JsonMap<double> values;
    std::vector<std::string> missing;
    std::optional<std::int64_t> as_of_sequence;
    std::optional<bool> up_to_date;
};
template <>
struct Description<FeaturesValue> {
    static constexpr std::string_view name = "Features";
    static constexpr std::string_view doc = "A feature vector by name.";
    static constexpr auto fields = std::array{
        field<&FeaturesValue::as_of>("as_of", "Windows end with this day."),
        field<&FeaturesValue::known_at>("known_at", "By what was known at this moment."),
        field<&FeaturesValue::currency>("currency", "Of every amount, in major units."),
        field<&FeaturesValue::catalogue>("catalogue", "Hash of the catalogue of features."),
        field<&FeaturesValue::values>("values", "Every feature of the catalogue, in its order."),
        field<&FeaturesValue::missing>(
            "missing", "Those whose value is a default: history too short, or nothing known."),
        field<&FeaturesValue::as_of_sequence>("as_of_sequence", "Ledger sequence included."),
        field<&FeaturesValue::up_to_date>("up_to_date",
                                          "False when the ledger has moved on already."),
    };
};

struct FeatureRowValue {
    std::string name;
    std::string family;
    std::string description;
    std::string unit;
    std::int64_t window_days = 0;
    std::int64_t history_days = 0;
    double default_value = 0.0;
    std::vector<std::string> sources;
    std::vector<std::string> used_by;
};
template <>
struct Description<FeatureRowValue> {
    static constexpr std::string_view name = "FeatureRow";
    static constexpr std::string_view doc = "One feature.";
    static constexpr auto fields = std::array{
        field<&FeatureRowValue::name>("name", "Unique."),
        field<&FeatureRowValue::family>("family", "What it is about."),
        field<&FeatureRowValue::description>("description", "One sentence."),
        field<&FeatureRowValue::unit>("unit", "Of its value."),
        field<&FeatureRowValue::window_days>("window_days", "Days it looks back; 0: now."),
        field<&FeatureRowValue::history_days>("history_days", "Days of history it needs."),
        field<&FeatureRowValue::default_value>("default", "Its value with less."),
        field<&FeatureRowValue::sources>("sources", "Events that move it."),
        field<&FeatureRowValue::used_by>("used_by", "Models that read it."),
    };
};

struct FeatureCatalogue {
    std::string hash;
    std::vector<FeatureRowValue> items;
};
template <>
struct Description<FeatureCatalogue> {
    static constexpr std::string_view name = "FeatureCatalogue";
    static constexpr std::string_view doc = "Every feature there is, in the order of a vector.";
    static constexpr auto fields = std::array{
        field<&FeatureCatalogue::hash>("hash", "Names this catalogue; a model remembers it."),
        field<&FeatureCatalogue::items>("items", "The features."),
    };
};

struct GetFeatureQuality {
    std::int64_t days = 90;
};
template <>
struct Description<GetFeatureQuality> {
    static constexpr std::string_view name = "GetFeatureQuality";
    static constexpr std::string_view doc = "Over which days.";
    static constexpr auto fields = std::array{
        field<&GetFeatureQuality::days>("days", "Up to today.").range(1, 366).or_default()};
};

struct FeatureQualityRow {
    std::string name;
    double missing_share = 0.0;
    double lowest = 0.0;
    double highest = 0.0;
    double mean = 0.0;
};
template <>
struct Description<FeatureQualityRow> {
    static constexpr std::string_view name = "FeatureQualityRow";
    static constexpr std::string_view doc = "One feature over the days asked for.";
    static constexpr auto fields = std::array{
        field<&FeatureQualityRow::name>("name", "The feature."),
        field<&FeatureQualityRow::missing_share>("missing_share", "Part of the days without it.")
            .range(0, 1),
        field<&FeatureQualityRow::lowest>("lowest", "Of the values that are not missing, or 0."),
        field<&FeatureQualityRow::highest>("highest", "Of them."),
        field<&FeatureQualityRow::mean>("mean", "Of them."),
    };
};

struct FeatureQuality {
    std::string catalogue;
    std::int64_t days = 0;
    double missing_share = 0.0;
    double seconds_since_change = 0.0;
    std::int64_t as_of_sequence = 0;
    std::int64_t sequences_behind = 0;
    std::int64_t unconverted = 0;
    std::vector<FeatureQualityRow> items;
};
template <>
struct Description<FeatureQuality> {
    static constexpr std::string_view name = "FeatureQuality";
    static constexpr std::string_view doc = "How complete and fresh the features are.";
    static constexpr auto fields = std::array{
        field<&FeatureQuality::catalogue>("catalogue", "Hash of the catalogue of features."),
        field<&FeatureQuality::days>("days", "Looked at, up to today."),
        field<&FeatureQuality::missing_share>(
            "missing_share", "Of all values that transactions and accounts alone should give.")
            .range(0, 1),
        field<&FeatureQuality::seconds_since_change>("seconds_since_change",
                                                     "Since the last change included was recorded.")
            .unit("s"),
        field<&FeatureQuality::as_of_sequence>("as_of_sequence", "Ledger sequence included."),
        field<&FeatureQuality::sequences_behind>("sequences_behind",
                                                 "Changes of the ledger not yet included."),
        field<&FeatureQuality::unconverted>(
            "unconverted", "Transactions left out: no rate to the household's currency."),
        field<&FeatureQuality::items>("items", "By feature."),
    };
};

struct FeatureLines {
    std::string content;
};
template <>
struct Description<FeatureLines> {
    static constexpr std::string_view name = "FeatureLines";
    static constexpr std::string_view doc =
        "A FeatureHeader on the first line, then a FeatureTransaction a line.";
    static constexpr auto fields = std::array{
        field<&FeatureLines::content>("content", "The lines.").from_raw_body().or_default()};
};

struct FeatureAccount {
    std::string id;
    finance::ledger::AccountType type = finance::ledger::AccountType::checking;
    std::optional<DecimalText> balance;
    std::optional<DecimalText> credit_limit;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<FeatureAccount> {
    static constexpr std::string_view name = "FeatureAccount";
    static constexpr std::string_view doc = "An account the transactions name.";
    static constexpr auto fields = std::array{
        field<&FeatureAccount::id>("id", "As in the transactions.").at_most(200),
        field<&FeatureAccount::type>("type", "Kind of account.").or_default(),
        field<&FeatureAccount::balance>("balance", "At the end of as_of; money owed is negative."),
        field<&FeatureAccount::credit_limit>("credit_limit", "Of a credit card."),
    };
};

/// The first line.
struct FeatureHeader {
    std::string as_of;
    std::string currency;
    std::vector<FeatureAccount> accounts;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<FeatureHeader> {
    static constexpr std::string_view name = "FeatureHeader";
    static constexpr std::string_view doc = "What is asked.";
    static constexpr auto fields = std::array{
        field<&FeatureHeader::as_of>(
            "as_of", "A day (by what was known at its end) or a moment (its day, known then).")
            .at_most(64),
        field<&FeatureHeader::currency>("currency", "ISO 4217 code of every amount.").at_most(3),
        field<&FeatureHeader::accounts>("accounts", "Absent ones count as checking accounts.")
            .at_most(10'000)
            .or_default(),
    };
};

struct FeatureSplit {
    std::string category;
    RawJson amount;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<FeatureSplit> {
    static constexpr std::string_view name = "FeatureSplit";
    static constexpr std::string_view doc = "A part of a transaction.";
    static constexpr auto fields = std::array{
        field<&FeatureSplit::category>("category", "Category id.").at_most(200),
        field<&FeatureSplit::amount>("amount", "As the transaction's."),
    };
};

/// Every other line. Repeating an id with a later recorded_at corrects the transaction.
struct FeatureTransaction {
    std::optional<std::string> id;
    std::optional<std::string> account_id;
    Date date;
    RawJson amount;
    std::optional<std::string> description;
    std::optional<std::string> merchant;
    std::optional<std::string> category;
    std::vector<FeatureSplit> splits;
    std::optional<std::string> status;
    std::optional<std::string> time;
    std::optional<Timestamp> recorded_at;
    bool removed = false;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<FeatureTransaction> {
    static constexpr std::string_view name = "FeatureTransaction";
    static constexpr std::string_view doc = "A movement, and when it became known.";
    static constexpr auto fields = std::array{
        field<&FeatureTransaction::id>("id", "Absent: one of its own.").at_most(200),
        field<&FeatureTransaction::account_id>("account_id", "Absent: one account.").at_most(200),
        field<&FeatureTransaction::date>("date", "Booking date."),
        field<&FeatureTransaction::amount>(
            "amount", "A string of digits, or {amount, currency}; money out is negative."),
        field<&FeatureTransaction::description>("description", "The bank's text."),
        field<&FeatureTransaction::merchant>("merchant", "Who it was with, if known."),
        field<&FeatureTransaction::category>("category", "Of the whole amount."),
        field<&FeatureTransaction::splits>("splits", "Instead of a category.").or_default(),
        field<&FeatureTransaction::status>("status", "posted or pending."),
        field<&FeatureTransaction::time>("time", "Time of day, HH:MM, where known.").at_most(5),
        field<&FeatureTransaction::recorded_at>("recorded_at",
                                                "When it became known; absent: from the start."),
        field<&FeatureTransaction::removed>("removed", "It was taken back.").or_default(),
    };
};

inline constexpr Route<GetFeatures, FeaturesValue> get_features{
    {.method = Method::get,
     .path = "/api/v1/features",
     .operation = "get_features",
     .summary = "The household's feature vector, now or as it was known on a day.",
     .execution = Execution::compute}};

inline constexpr Route<Empty, FeatureCatalogue> get_feature_catalogue{
    {.method = Method::get,
     .path = "/api/v1/features/catalogue",
     .operation = "get_feature_catalogue",
     .summary = "Every feature: name, meaning, unit, window, default, users.",
     .execution = Execution::compute}};

inline constexpr Route<GetFeatureQuality, FeatureQuality> get_feature_quality{
    {.method = Method::get,
     .path = "/api/v1/features/quality",
     .operation = "get_feature_quality",
     .summary = "How complete, how wide and how fresh the household's features are.",
     .execution = Execution::compute,
     .cost = 5}};

inline constexpr Route<FeatureLines, FeaturesValue> calculate_features{
    {.method = Method::post,
     .path = "/api/v1/calc/features",
     .operation = "calculate_features",
     .summary = "A feature vector from transactions given, one JSON object a line.",
     .execution = Execution::compute,
     .request_format = BodyFormat::ndjson,
     .body_bytes_max = 64U << 20,
     .deadline_ms = 60'000,
     .cost = 10}};

}  // namespace atlas::contracts
