// SPDX-License-Identifier: Apache-2.0
// What a household decides about filing, as events of its ledger: its rules, its categories, the
// suggestions it turned down, the questions it put off. Each carries the whole of the one thing
// that changed, so that folding them from the first gives the same state on any machine.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

inline constexpr std::string_view kRuleSaved = "RuleSaved";
inline constexpr std::string_view kRuleRemoved = "RuleRemoved";
inline constexpr std::string_view kCategorySaved = "CategorySaved";
inline constexpr std::string_view kSuggestionRejected = "SuggestionRejected";
inline constexpr std::string_view kReviewSkipped = "ReviewSkipped";
inline constexpr std::string_view kFilingFitted = "FilingFitted";

/// Payload of RuleSaved.
struct RuleSavedEvent {
    std::int64_t version = 1;
    std::string id;
    std::string name;
    std::string text;
    bool enabled = true;
    std::int64_t position = 0;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<RuleSavedEvent> {
    using T = RuleSavedEvent;
    static constexpr std::string_view name = "RuleSavedEvent";
    static constexpr std::string_view doc = "A rule is new, changed or moved.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Identifier."),
        field<&T::name>("name", "What the person calls it."),
        field<&T::text>("text", "when … then …"),
        field<&T::enabled>("enabled", "Whether it is in force."),
        field<&T::position>("position", "Among the rules, from 0."),
    };
};

/// Payload of RuleRemoved, SuggestionRejected (the merchant's key) and ReviewSkipped (the
/// transaction's id).
struct FilingKeyEvent {
    std::int64_t version = 1;
    std::string key;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<FilingKeyEvent> {
    using T = FilingKeyEvent;
    static constexpr std::string_view name = "FilingKeyEvent";
    static constexpr std::string_view doc = "One thing, by what names it.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::key>("key", "Rule id, merchant key or transaction id."),
    };
};

/// Payload of FilingFitted: from here on the household's filing weighs evidence by these numbers.
struct FilingFittedEvent {
    std::int64_t version = 1;
    std::vector<double> numbers;
    std::int64_t fitted_rows = 0;
    std::int64_t judged_rows = 0;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<FilingFittedEvent> {
    using T = FilingFittedEvent;
    static constexpr std::string_view name = "FilingFittedEvent";
    static constexpr std::string_view doc = "Filing was fitted to the household's own answers.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::numbers>("numbers", "In the order of learning/categorise/own_numbers.")
            .at_most(64),
        field<&T::fitted_rows>("fitted_rows", "Answers fitted to."),
        field<&T::judged_rows>("judged_rows", "Later answers that judged it."),
    };
};

/// Payload of CategorySaved.
struct CategorySavedEvent {
    std::int64_t version = 1;
    std::string id;
    std::string parent;
    std::string name;
    bool hidden = false;
    std::optional<std::string> merged_into;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<CategorySavedEvent> {
    using T = CategorySavedEvent;
    static constexpr std::string_view name = "CategorySavedEvent";
    static constexpr std::string_view doc = "A category is new, renamed, hidden or merged.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Category id, food.coffee."),
        field<&T::parent>("parent", "Id of the parent, empty at the top."),
        field<&T::name>("name", "What people see."),
        field<&T::hidden>("hidden", "Not offered any more."),
        field<&T::merged_into>("merged_into", "What it has become a part of."),
    };
};

}  // namespace atlas::contracts
