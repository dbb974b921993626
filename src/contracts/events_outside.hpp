// SPDX-License-Identifier: Apache-2.0
// Events that come from outside the ledger: what a person did, what a market or another program
// said, what came of a prediction. They are sent to POST /api/v1/events; PredictionMade is Atlas's
// own and is not. A reader of version N+1 reads N, and fields it does not know survive.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

inline constexpr std::string_view kUserEvent = "UserEvent";
inline constexpr std::string_view kPriceObserved = "PriceObserved";
inline constexpr std::string_view kRateObserved = "RateObserved";
inline constexpr std::string_view kExternalEvent = "ExternalEvent";
inline constexpr std::string_view kOutcomeObserved = "OutcomeObserved";
inline constexpr std::string_view kPredictionMade = "PredictionMade";

/// Errors: invalid_argument at `pointer`: not a decimal of at most 9 places.
Result<void> check_event_decimal(const DecimalText& value, std::string_view pointer);
/// Errors: invalid_argument at `pointer`: not an ISO 4217 code.
Result<void> check_event_currency(std::string_view code, std::string_view pointer);

/// Payload of UserEvent: a person looked, accepted, rejected, typed.
struct UserEventPayload {
    std::int64_t version = 1;
    Timestamp occurred_at;
    std::string name;
    std::optional<std::string> subject;
    std::optional<RawJson> data;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<UserEventPayload> {
    using T = UserEventPayload;
    static constexpr std::string_view name = "UserEvent";
    static constexpr std::string_view doc = "A person did something worth remembering.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload.").range(1, 1'000).or_default(),
        field<&T::occurred_at>("occurred_at", "When it happened, UTC."),
        field<&T::name>("name", "What happened: advice_accepted, page_viewed, …").at_most(128),
        field<&T::subject>("subject", "What it was about: an id, a page.").at_most(256),
        field<&T::data>("data", "Anything else, kept as it came."),
    };
};

/// Payload of PriceObserved.
struct PriceObservedEvent {
    std::int64_t version = 1;
    Timestamp occurred_at;
    std::string symbol;
    DecimalText price;
    std::string currency;
    std::optional<std::string> source;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<PriceObservedEvent> {
    using T = PriceObservedEvent;
    static constexpr std::string_view name = "PriceObserved";
    static constexpr std::string_view doc = "A unit of something cost so much.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload.").range(1, 1'000).or_default(),
        field<&T::occurred_at>("occurred_at", "When the price stood, UTC."),
        field<&T::symbol>("symbol", "Ticker, ISIN or the person's own name.").at_most(64),
        field<&T::price>("price", "Of one unit, at most 9 decimals.").at_most(40),
        field<&T::currency>("currency", "ISO 4217 code.").at_most(3),
        field<&T::source>("source", "Who says so.").at_most(64),
    };
    static Result<void> check(const T& value) {
        ATLAS_TRY(check_event_decimal(value.price, "/price"));
        return check_event_currency(value.currency, "/currency");
    }
};

enum class RateKind : std::uint8_t { exchange, interest, index };
template <>
struct Description<RateKind> {
    static constexpr std::string_view name = "RateKind";
    static constexpr auto words =
        std::to_array<std::string_view>({"exchange", "interest", "index"});
};

/// Payload of RateObserved.
struct RateObservedEvent {
    std::int64_t version = 1;
    Timestamp occurred_at;
    RateKind kind = RateKind::exchange;
    std::string name;
    DecimalText value;
    std::optional<std::string> source;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<RateObservedEvent> {
    using T = RateObservedEvent;
    static constexpr std::string_view name = "RateObserved";
    static constexpr std::string_view doc = "An exchange or interest rate, or an index, stood so.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload.").range(1, 1'000).or_default(),
        field<&T::occurred_at>("occurred_at", "When it stood, UTC."),
        field<&T::kind>("kind", "What sort of rate."),
        field<&T::name>("name",
                        "EUR/USD, cpi_us, …; features read the interest rates named policy or "
                        "fed_funds, mortgage, savings and inflation.")
            .at_most(64),
        field<&T::value>("value", "A fraction for interest (0.0525), else as quoted.").at_most(40),
        field<&T::source>("source", "Who says so.").at_most(64),
    };
    static Result<void> check(const T& value) { return check_event_decimal(value.value, "/value"); }
};

/// Payload of ExternalEvent: what another program tells, in its own words.
struct ExternalEventPayload {
    std::int64_t version = 1;
    Timestamp occurred_at;
    std::string source;
    std::string name;
    std::optional<RawJson> data;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<ExternalEventPayload> {
    using T = ExternalEventPayload;
    static constexpr std::string_view name = "ExternalEvent";
    static constexpr std::string_view doc = "Something another program tells.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload.").range(1, 1'000).or_default(),
        field<&T::occurred_at>("occurred_at", "When it happened, UTC."),
        field<&T::source>("source", "Which program.").at_most(64),
        field<&T::name>("name", "What happened.").at_most(128),
        field<&T::data>("data", "Anything else, kept as it came."),
    };
};

/// Payload of PredictionMade, by Atlas itself.
struct PredictionMadeEvent {
    std::int64_t version = 1;
    Timestamp occurred_at;
    std::string prediction_id;
    std::string kind;
    std::string model;
    std::string model_version;
    RawJson value;
    std::optional<double> confidence;
    std::optional<Date> due;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<PredictionMadeEvent> {
    using T = PredictionMadeEvent;
    static constexpr std::string_view name = "PredictionMade";
    static constexpr std::string_view doc = "A model said something that time will judge.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload.").range(1, 1'000).or_default(),
        field<&T::occurred_at>("occurred_at", "When it was said, UTC."),
        field<&T::prediction_id>("prediction_id", "Its audit id.").at_most(64),
        field<&T::kind>("kind", "What was predicted.").at_most(64),
        field<&T::model>("model", "Name of the model.").at_most(64),
        field<&T::model_version>("model_version", "Its version.").at_most(64),
        field<&T::value>("value", "What it said."),
        field<&T::confidence>("confidence", "Calibrated probability.").range(0, 1),
        field<&T::due>("due", "The day its truth is known, if one is."),
    };
};

/// Payload of OutcomeObserved: the truth to a prediction.
struct OutcomeObservedEvent {
    std::int64_t version = 1;
    Timestamp occurred_at;
    std::string prediction_id;
    RawJson value;
    std::optional<std::string> source;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<OutcomeObservedEvent> {
    using T = OutcomeObservedEvent;
    static constexpr std::string_view name = "OutcomeObserved";
    static constexpr std::string_view doc = "What came of a prediction.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload.").range(1, 1'000).or_default(),
        field<&T::occurred_at>("occurred_at", "When it was known, UTC."),
        field<&T::prediction_id>("prediction_id", "Whose outcome.").at_most(64),
        field<&T::value>("value", "The truth, in the prediction's own form."),
        field<&T::source>("source", "Who says so.").at_most(64),
    };
};

}  // namespace atlas::contracts
