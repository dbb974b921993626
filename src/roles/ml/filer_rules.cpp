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
    std::optional<Transaction> any;
};

void add_answer(const learning::categorise::Cascade& cascade, const Transaction& transaction,
                std::map<std::string, Answers>& answers) {
    const bool is_answer = transaction.filed.source == ledger::FilingSource::user &&
                           transaction.splits.size() == 1 && !transaction.transfer_id;
    if (!is_answer) {
        return;
    }
    const std::string key = cascade.merchant_of(transaction.description).key;
    if (key.empty()) {
        return;
    }
    Answers& own = answers[key];
    const std::string& category = transaction.splits.front().category;
    own.agree = own.agree && (own.count == 0 || own.category == category);
    own.category = category;
    if (!own.any) {
        own.any = transaction;
    }
    ++own.count;
}

/// A rule set cannot be copied, but its rules can; they were one set before.
Result<rules::RuleSet> copy_of(const rules::RuleSet& set) {
    return rules::RuleSet::create({set.rules().begin(), set.rules().end()});
}

rules::AccountNames names_in(const std::map<AccountId, std::string>& names) {
    return [&names](AccountId account) {
        const auto found = names.find(account);
        return found == names.end() ? std::string() : found->second;
    };
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
    const auto position = with_book(context, [&](const FilingBook& book) -> Result<std::size_t> {
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
        return Unexpected(position.error());
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
    ATLAS_TRY_ASSIGN(const bool is_known,
                     with_book(context, [&](const FilingBook& book) -> Result<bool> {
                         const auto known = book.rules().rules();
                         return std::ranges::any_of(
                             known, [&](const rules::Rule& rule) { return rule.id == request.id; });
                     }));
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
    std::map<AccountId, std::string> names;
    std::size_t position = 0;
    ATLAS_TRY_ASSIGN(const rules::RuleSet set,
                     with_book(context, [&](const FilingBook& book) -> Result<rules::RuleSet> {
                         ATLAS_TRY(check_categories(book, rule));
                         names = book.account_names();
                         Placed placed = place(book, rule, request.position);
                         position = placed.position;
                         return rules::RuleSet::create(std::move(placed.rules));
                     }));
    contracts::DryRunValue value{.text = rules::write_rule(rule),
                                 .changed_sample = {},
                                 .persons_choice_sample = {},
                                 .overruled_sample = {}};
    const auto show = [&](auto& sample, const Transaction& transaction) {
        if (sample.size() < rules::kSampleMax) {
            sample.push_back(row_of(transaction, rule));
        }
    };
    // Newest first, so that samples show what people remember.
    ATLAS_TRY(each_page(context, {}, [&](Page page) -> Result<void> {
        const rules::DryRun run = rules::dry_run(set, position, page, names_in(names));
        value.matched += static_cast<std::int64_t>(run.matched);
        value.changed += static_cast<std::int64_t>(run.changed);
        value.already_so += static_cast<std::int64_t>(run.already_so);
        value.persons_choice += static_cast<std::int64_t>(run.persons_choice);
        value.overruled += static_cast<std::int64_t>(run.overruled);
        for (const std::size_t at : run.changed_sample) {
            show(value.changed_sample, page[at]);
        }
        for (const std::size_t at : run.persons_choice_sample) {
            show(value.persons_choice_sample, page[at]);
        }
        for (const auto& overruled : run.overruled_sample) {
            if (value.overruled_sample.size() < rules::kSampleMax) {
                show(value.overruled_sample, page[overruled.transaction]);
                value.overruled_sample.back().rule = set.rules()[overruled.rule].name;
            }
        }
        return {};
    }));
    return value;
}

Result<contracts::EditResult> Filer::apply_rules(const Context& context) {
    std::map<AccountId, std::string> names;
    ATLAS_TRY_ASSIGN(const rules::RuleSet set,
                     with_book(context, [&](const FilingBook& book) -> Result<rules::RuleSet> {
                         names = book.account_names();
                         return copy_of(book.rules());
                     }));
    std::vector<Transaction> wanted;
    ATLAS_TRY(each_page(context, {}, [&](Page page) -> Result<void> {
        for (Transaction& changed : rules::apply_to_history(set, page, names_in(names))) {
            wanted.push_back(std::move(changed));
        }
        return {};
    }));
    return write_step(context,
                      {"rules.apply", format("rules applied to {} transactions", wanted.size())},
                      wanted, {});
}

Result<contracts::RuleSuggestionList> Filer::list_suggestions(const Context& context) {
    std::map<std::string, Answers> by_merchant;
    ports::TransactionQuery answered;
    answered.filed_by = ledger::FilingSource::user;
    ATLAS_TRY(each_page(context, answered, [&](Page page) -> Result<void> {
        for (const Transaction& transaction : page) {
            add_answer(parts_.cascade, transaction, by_merchant);
        }
        return {};
    }));
    return with_book(context, [&](const FilingBook& book) -> Result<contracts::RuleSuggestionList> {
        contracts::RuleSuggestionList list;
        for (const auto& [key, answers] : by_merchant) {
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
            list.items.push_back({.key = key,
                                  .merchant = shown.empty() ? key : shown,
                                  .category = answers.category,
                                  .answers = answers.count,
                                  .transactions = book.merchant_count(key),
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
