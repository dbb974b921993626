// SPDX-License-Identifier: Apache-2.0
// The user's own rules, their dry run, and suggestions for new ones.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/resources/edits.hpp"
#include "contracts/resources/transactions.hpp"
#include "contracts/route.hpp"
#include "finance/rules/rule.hpp"

namespace atlas::contracts {

using RuleTestKind = finance::rules::TestKind;
template <>
struct Description<RuleTestKind> {
    static constexpr std::string_view name = "RuleTestKind";
    static constexpr auto words = std::to_array<std::string_view>(
        {"description_contains", "description_is", "description_matches", "merchant_is",
         "amount_between", "money_out", "money_in", "account_is", "currency_is", "date_between",
         "day_between", "month_is", "weekday_is", "category_is"});
};

struct RuleTestValue {
    RuleTestKind kind = RuleTestKind::description_contains;
    bool negated = false;
    std::optional<std::string> text;
    std::optional<DecimalText> low;
    std::optional<DecimalText> high;
    std::optional<Date> from;
    std::optional<Date> to;
};
template <>
struct Description<RuleTestValue> {
    using T = RuleTestValue;
    static constexpr std::string_view name = "RuleTest";
    static constexpr std::string_view doc = "One condition.";
    static constexpr auto fields = std::array{
        field<&T::kind>("kind", "What it looks at."),
        field<&T::negated>("negated", "Must not hold.").or_default(),
        field<&T::text>("text", "Words, expression, account, currency or category.").at_most(200),
        field<&T::low>("low", "Least amount without sign, day, month, or weekday (0 Monday)."),
        field<&T::high>("high", "The most, included."),
        field<&T::from>("from", "First day."),
        field<&T::to>("to", "Last day, included."),
    };
};

struct RuleGroupValue {
    std::vector<RuleTestValue> all;
};
template <>
struct Description<RuleGroupValue> {
    static constexpr std::string_view name = "RuleGroup";
    static constexpr std::string_view doc = "Conditions that must all hold.";
    static constexpr auto fields =
        std::array{field<&RuleGroupValue::all>("all", "The conditions.").at_most(16)};
};

struct RuleShareValue {
    std::string category;
    DecimalText percent{"100"};
};
template <>
struct Description<RuleShareValue> {
    static constexpr std::string_view name = "RuleShare";
    static constexpr std::string_view doc = "A category and its share of the amount.";
    static constexpr auto fields = std::array{
        field<&RuleShareValue::category>("category", "Category id.").at_most(200),
        field<&RuleShareValue::percent>("percent", "All shares sum to 100.").or_default(),
    };
};

struct RuleActionsValue {
    std::vector<RuleShareValue> file_under;
    std::vector<std::string> tags;
    std::optional<std::string> note;
    std::optional<std::string> rename;
};
template <>
struct Description<RuleActionsValue> {
    using T = RuleActionsValue;
    static constexpr std::string_view name = "RuleActions";
    static constexpr std::string_view doc = "What becomes of a transaction that fits.";
    static constexpr auto fields = std::array{
        field<&T::file_under>("file_under", "One category, or shares.").at_most(16).or_default(),
        field<&T::tags>("tags", "Added.").at_most(16).or_default(),
        field<&T::note>("note", "Where there is none yet.").at_most(200),
        field<&T::rename>("rename", "Name of the merchant.").at_most(200),
    };
};

struct RuleValue {
    std::string id;
    std::string name;
    bool enabled = true;
    std::string text;
    std::vector<RuleGroupValue> when;
    RuleActionsValue then;
};
template <>
struct Description<RuleValue> {
    using T = RuleValue;
    static constexpr std::string_view name = "Rule";
    static constexpr std::string_view doc = "One rule, in both of its forms.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Identifier."),
        field<&T::name>("name", "What the person calls it."),
        field<&T::enabled>("enabled", "Whether it is in force."),
        field<&T::text>("text", "when … then …, to be read and written."),
        field<&T::when>("when", "Any of these groups."),
        field<&T::then>("then", "What it does."),
    };
};

struct RuleList {
    std::vector<RuleValue> items;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<RuleList> {
    static constexpr std::string_view name = "RuleList";
    static constexpr std::string_view doc = "All rules; the first that files decides.";
    static constexpr auto fields = std::array{
        field<&RuleList::items>("items", "In their order."),
        field<&RuleList::as_of_sequence>("as_of_sequence", "Ledger sequence they stand at."),
    };
};

/// A rule as given: as text, or as conditions and actions.
struct SaveRule {
    std::optional<std::string> id;
    std::string name;
    bool enabled = true;
    std::optional<std::string> text;
    std::optional<std::vector<RuleGroupValue>> when;
    std::optional<RuleActionsValue> then;
    std::optional<std::int64_t> position;
};
template <>
struct Description<SaveRule> {
    using T = SaveRule;
    static constexpr std::string_view name = "SaveRule";
    static constexpr std::string_view doc = "A rule, either as text or as when and then.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Of the rule to replace; absent: a new one.").at_most(100),
        field<&T::name>("name", "What the person calls it.").at_most(100),
        field<&T::enabled>("enabled", "Whether it is in force.").or_default(),
        field<&T::text>("text", "when … then …").at_most(4000),
        field<&T::when>("when", "Any of these groups.").at_most(64),
        field<&T::then>("then", "What it does."),
        field<&T::position>("position", "From 0; absent: where it is, or last.").range(0, 2000),
    };
};

struct RuleById {
    std::string id;
};
template <>
struct Description<RuleById> {
    static constexpr std::string_view name = "RuleById";
    static constexpr std::string_view doc = "Which one.";
    static constexpr auto fields =
        std::array{field<&RuleById::id>("id", "Identifier.").at_most(200)};
};

struct DryRunRow {
    TransactionValue transaction;
    std::string category;
    std::optional<std::string> rule;
};
template <>
struct Description<DryRunRow> {
    static constexpr std::string_view name = "DryRunRow";
    static constexpr std::string_view doc = "A transaction the rule fits.";
    static constexpr auto fields = std::array{
        field<&DryRunRow::transaction>("transaction", "As it is."),
        field<&DryRunRow::category>("category", "What the rule would file it under."),
        field<&DryRunRow::rule>("rule", "Name of the rule that comes first."),
    };
};

struct DryRunValue {
    std::int64_t matched = 0;
    std::int64_t changed = 0;
    std::int64_t already_so = 0;
    std::int64_t persons_choice = 0;
    std::int64_t overruled = 0;
    std::string text;
    std::vector<DryRunRow> changed_sample;
    std::vector<DryRunRow> persons_choice_sample;
    std::vector<DryRunRow> overruled_sample;
};
template <>
struct Description<DryRunValue> {
    using T = DryRunValue;
    static constexpr std::string_view name = "DryRun";
    static constexpr std::string_view doc = "What a rule would have changed.";
    static constexpr auto fields = std::array{
        field<&T::matched>("matched", "Transactions its conditions fit."),
        field<&T::changed>("changed", "It would change."),
        field<&T::already_so>("already_so", "Are filed just so."),
        field<&T::persons_choice>("persons_choice", "A person filed otherwise; they stay."),
        field<&T::overruled>("overruled", "An earlier rule decides."),
        field<&T::text>("text", "The rule as it was understood."),
        field<&T::changed_sample>("changed_sample", "At most 20."),
        field<&T::persons_choice_sample>("persons_choice_sample", "At most 20."),
        field<&T::overruled_sample>("overruled_sample", "At most 20."),
    };
};

struct RuleSuggestion {
    std::string key;
    std::string merchant;
    std::string category;
    std::int64_t answers = 0;
    std::int64_t transactions = 0;
    std::string text;
};
template <>
struct Description<RuleSuggestion> {
    using T = RuleSuggestion;
    static constexpr std::string_view name = "RuleSuggestion";
    static constexpr std::string_view doc = "A rule the person's answers already follow.";
    static constexpr auto fields = std::array{
        field<&T::key>("key", "What names it, to turn it down."),
        field<&T::merchant>("merchant", "Name to show."),
        field<&T::category>("category", "Where the person files it."),
        field<&T::answers>("answers", "How often, without exception."),
        field<&T::transactions>("transactions", "That the rule would fit."),
        field<&T::text>("text", "The rule."),
    };
};

struct RuleSuggestionList {
    std::vector<RuleSuggestion> items;
};
template <>
struct Description<RuleSuggestionList> {
    static constexpr std::string_view name = "RuleSuggestionList";
    static constexpr std::string_view doc = "Most answers first.";
    static constexpr auto fields =
        std::array{field<&RuleSuggestionList::items>("items", "At most 20.")};
};

inline constexpr Route<Empty, RuleList> list_rules{{.method = Method::get,
                                                    .path = "/api/v1/rules",
                                                    .operation = "list_rules",
                                                    .summary = "The rules, in their order."}};
inline constexpr Route<SaveRule, RuleValue> save_rule{
    {.method = Method::post,
     .path = "/api/v1/rules",
     .operation = "save_rule",
     .summary = "Adds a rule, or replaces or moves the one with this id.",
     .scope = Scope::write}};
inline constexpr Route<RuleById, RuleList> remove_rule{
    {.method = Method::del,
     .path = "/api/v1/rules/{id}",
     .operation = "remove_rule",
     .summary = "Removes a rule; what it filed stays.",
     .scope = Scope::write}};
inline constexpr Route<SaveRule, DryRunValue> dry_run_rule{
    {.method = Method::post,
     .path = "/api/v1/rules/dry-run",
     .operation = "dry_run_rule",
     .summary = "What a rule would have changed; nothing is saved."}};
inline constexpr Route<Empty, EditResult> apply_rules{
    {.method = Method::post,
     .path = "/api/v1/rules/apply",
     .operation = "apply_rules",
     .summary = "Applies all rules to the past, as one step that can be taken back.",
     .scope = Scope::write,
     .deadline_ms = 60'000,
     .cost = 20}};
inline constexpr Route<Empty, RuleSuggestionList> list_rule_suggestions{
    {.method = Method::get,
     .path = "/api/v1/rules/suggestions",
     .operation = "list_rule_suggestions",
     .summary = "Rules that the person's answers suggest."}};
inline constexpr Route<RuleById, RuleSuggestionList> reject_rule_suggestion{
    {.method = Method::post,
     .path = "/api/v1/rules/suggestions/{id}/reject",
     .operation = "reject_rule_suggestion",
     .summary = "Turns a suggestion down for good.",
     .scope = Scope::write}};

/// The core's own type as the contract shows it, and back.
RuleValue to_value(const finance::rules::Rule& rule);
/// Errors: invalid_argument at the pointer, or at "/text" with line and column in the message.
Result<finance::rules::Rule> to_rule(const SaveRule& value);

}  // namespace atlas::contracts
