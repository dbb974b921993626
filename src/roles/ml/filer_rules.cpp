// SPDX-License-Identifier: Apache-2.0
// Rules kept, tried, applied, and suggested.
#include <algorithm>
#include <map>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "finance/rules/dry_run.hpp"
#include "finance/rules/rule_text.hpp"
#include "finance/statements/fold.hpp"
#include "roles/ml/filer.hpp"

namespace atlas::roles::ml {
namespace {

namespace ledger = finance::ledger;
namespace rules = finance::rules;
using ledger::Transaction;

/// So many answers, all alike, are worth a rule.
constexpr std::int64_t kAnswersMin = 2;
constexpr std::size_t kSuggestionsMax = 20;

/// Newest first, so that samples show what people remember.
std::vector<Transaction> newest_first(const FilingBook& book) {
    std::vector<Transaction> all;
    all.reserve(book.entries().size());
    for (const auto& [id, entry] : book.entries()) {
        all.push_back(entry.transaction);
    }
    std::sort(all.begin(), all.end(), [](const Transaction& a, const Transaction& b) {
        return a.date != b.date ? a.date > b.date : a.id < b.id;
    });
    return all;
}

struct Placed {
    std::vector<rules::Rule> rules;
    std::size_t position = 0;
};

/// The rules with this one among them: in its place, where asked, or last.
Placed place(const FilingBook& book, const rules::Rule& rule,
             std::optional<std::int64_t> position) {
    Placed placed;
    placed.rules.assign(book.rules().rules().begin(), book.rules().rules().end());
    const auto old = std::find_if(
        placed.rules.begin(), placed.rules.end(),
        [&](const rules::Rule& other) { return !rule.id.empty() && other.id == rule.id; });
    placed.position = static_cast<std::size_t>(old - placed.rules.begin());
    if (old != placed.rules.end()) {
        placed.rules.erase(old);
    }
    if (position) {
        placed.position = static_cast<std::size_t>(*position);
    }
    placed.position = std::min(placed.position, placed.rules.size());
    placed.rules.insert(placed.rules.begin() + static_cast<std::ptrdiff_t>(placed.position), rule);
    return placed;
}

Result<void> check_categories(const FilingBook& book, const rules::Rule& rule) {
    for (std::size_t i = 0; i < rule.then.file_under.size(); ++i) {
        const std::string& category = rule.then.file_under[i].category;
        if (!book.categories().is_offered(category)) {
            return invalid_argument(format("/then/file_under/{}/category", i),
                                    format("\"{}\" is not one of your categories", category));
        }
    }
    return {};
}

contracts::DryRunRow row_of(const Transaction& transaction, const rules::Rule& rule) {
    return {.transaction = contracts::to_value(transaction),
            .category = rule.then.file_under.empty() ? transaction.splits.front().category
                                                     : rule.then.file_under.front().category,
            .rule = std::nullopt};
}

/// What a person answered for one merchant.
struct Answers {
    std::string category;
    std::int64_t count = 0;
    bool agree = true;
    const Transaction* any = nullptr;
};

std::map<std::string, Answers> answers_by_merchant(const FilingBook& book) {
    std::map<std::string, Answers> answers;
    for (const auto& [id, entry] : book.entries()) {
        const Transaction& transaction = entry.transaction;
        const bool is_answer = transaction.filed.source == ledger::FilingSource::user &&
                               transaction.splits.size() == 1 && !transaction.transfer_id;
        if (entry.merchant_key.empty() || !is_answer) {
            continue;
        }
        Answers& own = answers[entry.merchant_key];
        const std::string& category = transaction.splits.front().category;
        own.agree = own.agree && (own.count == 0 || own.category == category);
        own.category = category;
        own.any = &transaction;
        ++own.count;
    }
    return answers;
}

/// The merchant's words as a condition, or nothing where the texts do not hold them in a row.
std::optional<rules::Rule> rule_for(const std::string& words, const std::string& category,
                                    const Transaction& example) {
    const std::string folded = finance::statements::fold_text(words);
    const std::string text = finance::statements::fold_text(example.description);
    if (folded.size() < 3 || text.find(folded) == std::string::npos) {
        return std::nullopt;
    }
    rules::Rule rule;
    rule.name = words;
    rule.when = {{{.kind = rules::TestKind::description_contains, .text = words}}};
    rule.then.file_under = {{category, 10'000}};
    return rules::check_rule(rule).has_value() ? std::optional(rule) : std::nullopt;
}

}  // namespace

Result<contracts::RuleList> Filer::list_rules(const Context& context) {
    return with_book(context, [](const FilingBook& book) -> Result<contracts::RuleList> {
        contracts::RuleList list;
        list.as_of_sequence = book.sequence();
        for (const rules::Rule& rule : book.rules().rules()) {
            list.items.push_back(contracts::to_value(rule));
        }
        return list;
    });
}

Result<contracts::RuleValue> Filer::save_rule(const contracts::SaveRule& request,
                                              const Context& context) {
    ATLAS_TRY_ASSIGN(rules::Rule rule, contracts::to_rule(request));
    auto position = with_book(context, [&](const FilingBook& book) -> Result<std::size_t> {
        ATLAS_TRY(check_categories(book, rule));
        const auto known = book.rules().rules();
        const bool is_known = std::any_of(known.begin(), known.end(),
                                          [&](const auto& other) { return other.id == rule.id; });
        if (!rule.id.empty() && !is_known) {
            return not_found(format("there is no rule \"{}\"", rule.id));
        }
        Placed placed = place(book, rule, request.position);
        ATLAS_TRY(rules::RuleSet::create(std::move(placed.rules)));
        return placed.position;
    });
    if (!position.has_value()) {
        return Unexpected(std::move(position).error());
    }
    if (rule.id.empty()) {
        rule.id = to_string(parts_.ids.make<EditId>());
    }
    const std::string text = rules::write_rule(rule);
    ATLAS_TRY(rules::parse_rule(text));  // A rule given as JSON may be too long as text.
    const contracts::RuleSavedEvent event{.version = 1,
                                          .id = rule.id,
                                          .name = rule.name,
                                          .text = text,
                                          .enabled = rule.is_enabled,
                                          .position = static_cast<std::int64_t>(*position),
                                          .unknown_fields = {}};
    const contracts::RuleValue saved = contracts::to_value(rule);
    ATLAS_TRY(write_decision(context, "rule.save",
                             {std::string(contracts::kRuleSaved), contracts::encode(event)},
                             contracts::encode(saved)));
    return saved;
}

Result<contracts::RuleList> Filer::remove_rule(const contracts::RuleById& request,
                                               const Context& context) {
    const bool is_known = with_book(context, [&](const FilingBook& book) {
        const auto known = book.rules().rules();
        return std::any_of(known.begin(), known.end(),
                           [&](const rules::Rule& rule) { return rule.id == request.id; });
    });
    if (!is_known) {
        return not_found(format("there is no rule \"{}\"", request.id));
    }
    const contracts::FilingKeyEvent event{.version = 1, .key = request.id, .unknown_fields = {}};
    ATLAS_TRY(write_decision(context, "rule.remove",
                             {std::string(contracts::kRuleRemoved), contracts::encode(event)}));
    return list_rules(context);
}

Result<contracts::DryRunValue> Filer::dry_run(const contracts::SaveRule& request,
                                              const Context& context) {
    ATLAS_TRY_ASSIGN(rules::Rule rule, contracts::to_rule(request));
    rule.is_enabled = true;
    return with_book(context, [&](const FilingBook& book) -> Result<contracts::DryRunValue> {
        ATLAS_TRY(check_categories(book, rule));
        Placed placed = place(book, rule, request.position);
        ATLAS_TRY_ASSIGN(const rules::RuleSet set, rules::RuleSet::create(std::move(placed.rules)));
        const std::vector<Transaction> all = newest_first(book);
        const rules::DryRun run = rules::dry_run(set, placed.position, all, [&](AccountId account) {
            return book.account_name(account);
        });
        contracts::DryRunValue value{
            .matched = static_cast<std::int64_t>(run.matched),
            .changed = static_cast<std::int64_t>(run.changed),
            .already_so = static_cast<std::int64_t>(run.already_so),
            .persons_choice = static_cast<std::int64_t>(run.persons_choice),
            .overruled = static_cast<std::int64_t>(run.overruled),
            .text = rules::write_rule(rule),
            .changed_sample = {},
            .persons_choice_sample = {},
            .overruled_sample = {}};
        for (const std::size_t at : run.changed_sample) {
            value.changed_sample.push_back(row_of(all[at], rule));
        }
        for (const std::size_t at : run.persons_choice_sample) {
            value.persons_choice_sample.push_back(row_of(all[at], rule));
        }
        for (const auto& overruled : run.overruled_sample) {
            value.overruled_sample.push_back(row_of(all[overruled.transaction], rule));
            value.overruled_sample.back().rule = set.rules()[overruled.rule].name;
        }
        return value;
    });
}

Result<contracts::EditResult> Filer::apply_rules(const Context& context) {
    const auto wanted = with_book(context, [](const FilingBook& book) {
        return rules::apply_to_history(book.rules(), newest_first(book), [&](AccountId account) {
            return book.account_name(account);
        });
    });
    return write_step(context,
                      {"rules.apply", format("rules applied to {} transactions", wanted.size())},
                      wanted, {});
}

Result<contracts::RuleSuggestionList> Filer::list_suggestions(const Context& context) {
    return with_book(context, [&](const FilingBook& book) -> Result<contracts::RuleSuggestionList> {
        contracts::RuleSuggestionList list;
        for (const auto& [key, answers] : answers_by_merchant(book)) {
            if (!answers.agree || answers.count < kAnswersMin || book.rejected().contains(key) ||
                !book.categories().is_offered(answers.category)) {
                continue;
            }
            const auto rule = rule_for(key, answers.category, *answers.any);
            const std::string account = book.account_name(answers.any->account_id);
            const bool is_covered =
                book.rules().first_filing(rules::input_of(*answers.any, account, "")).has_value();
            if (!rule || is_covered) {
                continue;
            }
            const auto shown = parts_.cascade.merchant_of(answers.any->description).display;
            list.items.push_back(
                {.key = key,
                 .merchant = shown.empty() ? key : shown,
                 .category = answers.category,
                 .answers = answers.count,
                 .transactions = static_cast<std::int64_t>(book.of_merchant(key).size()),
                 .text = rules::write_rule(*rule)});
        }
        std::stable_sort(list.items.begin(), list.items.end(),
                         [](const auto& a, const auto& b) { return a.answers > b.answers; });
        list.items.resize(std::min(list.items.size(), kSuggestionsMax));
        return list;
    });
}

Result<contracts::RuleSuggestionList> Filer::reject_suggestion(const contracts::RuleById& request,
                                                               const Context& context) {
    const contracts::FilingKeyEvent event{.version = 1, .key = request.id, .unknown_fields = {}};
    ATLAS_TRY(
        write_decision(context, "suggestion.reject",
                       {std::string(contracts::kSuggestionRejected), contracts::encode(event)}));
    return list_suggestions(context);
}

}  // namespace atlas::roles::ml
