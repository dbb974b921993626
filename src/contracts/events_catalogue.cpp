// SPDX-License-Identifier: Apache-2.0
#include "contracts/events_catalogue.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "contracts/events.hpp"
#include "contracts/events_ingest.hpp"
#include "contracts/events_outside.hpp"
#include "contracts/events_plans.hpp"
#include "contracts/filing_events.hpp"
#include "money/currency.hpp"
#include "money/quantity.hpp"

namespace atlas::contracts {
namespace {

template <class Payload>
constexpr EventKind kind(std::string_view type, EventOrigin origin) {
    return {.type = type, .origin = origin, .payload = &type_info<Payload>, .version = 1};
}

constexpr auto kLedger = EventOrigin::ledger;
constexpr auto kOutside = EventOrigin::outside;
constexpr auto kAtlas = EventOrigin::atlas;

constexpr auto kKinds = std::array{
    kind<AccountOpenedEvent>(kAccountOpened, kLedger),
    kind<AccountChangedEvent>(kAccountChanged, kLedger),
    kind<AccountRemovedEvent>(kAccountRemoved, kLedger),
    kind<TransactionEvent>(kTransactionRecorded, kLedger),
    kind<TransactionChangedEvent>(kTransactionChanged, kLedger),
    kind<TransactionEvent>(kTransactionRemoved, kLedger),
    kind<RuleSavedEvent>(kRuleSaved, kLedger),
    kind<FilingFittedEvent>(kFilingFitted, kLedger),
    kind<FilingKeyEvent>(kRuleRemoved, kLedger),
    kind<CategorySavedEvent>(kCategorySaved, kLedger),
    kind<FilingKeyEvent>(kSuggestionRejected, kLedger),
    kind<FilingKeyEvent>(kReviewSkipped, kLedger),
    kind<BalanceStatedEvent>(kBalanceStated, kLedger),
    kind<BudgetSavedEvent>(kBudgetSaved, kLedger),
    kind<RemovedEvent>(kBudgetRemoved, kLedger),
    kind<GoalSavedEvent>(kGoalSaved, kLedger),
    kind<RemovedEvent>(kGoalRemoved, kLedger),
    kind<DebtSavedEvent>(kDebtSaved, kLedger),
    kind<RemovedEvent>(kDebtRemoved, kLedger),
    kind<HoldingChangedEvent>(kHoldingChanged, kLedger),
    kind<RemovedEvent>(kHoldingRemoved, kLedger),
    kind<UserEventPayload>(kUserEvent, kOutside),
    kind<PriceObservedEvent>(kPriceObserved, kOutside),
    kind<RateObservedEvent>(kRateObserved, kOutside),
    kind<ExternalEventPayload>(kExternalEvent, kOutside),
    kind<OutcomeObservedEvent>(kOutcomeObserved, kOutside),
    kind<PredictionMadeEvent>(kPredictionMade, kAtlas),
    kind<IngestBatchEvent>(kIngestBatch, kAtlas),
    kind<IngestMarkEvent>(kIngestMark, kAtlas),
};

std::string_view heading_of(EventOrigin origin) {
    switch (origin) {
        case EventOrigin::ledger: return "Of the ledger";
        case EventOrigin::outside: return "From outside, by `POST /api/v1/events`";
        case EventOrigin::atlas: return "Of Atlas itself";
    }
    return "";
}

std::string name_of_type(const TypeInfo& type) {
    switch (type.kind) {
        case Kind::boolean: return "boolean";
        case Kind::integer: return "whole number";
        case Kind::number: return "number";
        case Kind::string: return "string";
        case Kind::date: return "date";
        case Kind::timestamp: return "time, UTC";
        case Kind::uuid: return "UUID";
        case Kind::rate: return "rate";
        case Kind::real: return "number";
        case Kind::decimal: return "decimal, as a string";
        case Kind::json: return "any JSON";
        case Kind::enumeration: {
            std::string words;
            for (const std::string_view word : type.words) {
                words += format("{}{}", words.empty() ? "" : ", ", word);
            }
            return words;
        }
        case Kind::optional: return name_of_type(*type.element);
        case Kind::array: return format("list of {}", name_of_type(*type.element));
        case Kind::map: return format("object of {}", name_of_type(*type.element));
        case Kind::object: return std::string(type.name);
    }
    return "";
}

}  // namespace

std::span<const EventKind> event_kinds() {
    return kKinds;
}

const EventKind* find_event_kind(std::string_view type) {
    const auto found =
        std::ranges::find_if(kKinds, [&](const EventKind& kind) { return kind.type == type; });
    return found == kKinds.end() ? nullptr : &*found;
}

std::string write_event_docs() {
    std::string text =
        "# Events\n\nWritten by `tests_contracts` from `src/contracts/events_catalogue.cpp`; do "
        "not edit.\n\nWhat is required in version 1 stays so; later versions only add fields that "
        "may be absent. A reader\nkeeps the fields it does not know.\n";
    std::string_view heading;
    for (const EventKind& kind : kKinds) {
        if (heading != heading_of(kind.origin)) {
            heading = heading_of(kind.origin);
            text += format("\n## {}\n", heading);
        }
        text += format("\n### {} (version {})\n\n{}\n\n| field | holds | |\n|---|---|---|\n",
                       kind.type, kind.version, kind.payload->doc);
        for (const Field& field : kind.payload->fields) {
            text += format("| `{}` | {} | {}{} |\n", field.name, name_of_type(*field.type),
                           field.doc, field.required ? "" : " Optional.");
        }
    }
    return text;
}

Result<void> check_event_decimal(const DecimalText& value, std::string_view pointer) {
    const auto parsed = money::Quantity::parse(value.text);
    if (!parsed.has_value()) {
        return invalid_argument(std::string(pointer), parsed.error().message);
    }
    return {};
}

Result<void> check_event_currency(std::string_view code, std::string_view pointer) {
    const auto parsed = money::Currency::parse(code);
    if (!parsed.has_value()) {
        return invalid_argument(std::string(pointer), parsed.error().message);
    }
    return {};
}

}  // namespace atlas::contracts
