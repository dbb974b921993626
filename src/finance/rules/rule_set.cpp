// SPDX-License-Identifier: Apache-2.0
#include "finance/rules/rule_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "base/format.hpp"
#include "finance/statements/fold.hpp"
#include "money/rounding.hpp"

namespace atlas::finance::rules {
namespace {

using statements::fold_text;

/// RE2 is linear in the text; these bound the constant, and what an expression may take to build.
constexpr std::int64_t kExpressionBytesMax = 1 << 20;
constexpr std::size_t kDescriptionBytesMax = 1024;

std::unique_ptr<RE2> compile_expression(const std::string& text) {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(false);
    options.set_max_mem(kExpressionBytesMax);
    options.set_encoding(RE2::Options::EncodingUTF8);
    return std::make_unique<RE2>(text, options);
}

bool is_text_test(TestKind kind) {
    return kind == TestKind::description_contains || kind == TestKind::description_is ||
           kind == TestKind::merchant_is;
}

bool needs_text(TestKind kind) {
    return is_text_test(kind) || kind == TestKind::description_matches ||
           kind == TestKind::account_is || kind == TestKind::currency_is ||
           kind == TestKind::category_is;
}

Result<void> check_text(std::string_view text, const std::string& place) {
    if (text.empty() || text.size() > kTextBytesMax) {
        return invalid_argument(
            place, format("{} bytes: a text of 1 to {} is needed", text.size(), kTextBytesMax));
    }
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        return invalid_argument(place, "control characters are not allowed");
    }
    return {};
}

Result<void> check_bounds(const Test& test, const std::string& place) {
    const auto in_range = [&](std::int64_t low, std::int64_t high) -> Result<void> {
        if (!test.low || !test.high || *test.low < low || *test.high > high ||
            *test.low > *test.high) {
            return invalid_argument(
                place, format("two numbers from {} to {}, the smaller first", low, high));
        }
        return {};
    };
    switch (test.kind) {
        case TestKind::amount_between:
            if ((!test.low && !test.high) || test.low.value_or(0) < 0 ||
                (test.low && test.high && *test.high < *test.low)) {
                return invalid_argument(place,
                                        "at least one amount, not negative, the smaller first");
            }
            return {};
        case TestKind::date_between:
            if ((!test.from && !test.to) || (test.from && test.to && *test.to < *test.from)) {
                return invalid_argument(place, "at least one date, the earlier first");
            }
            return {};
        case TestKind::day_between: return in_range(1, 31);
        case TestKind::month_is: return in_range(1, 12);
        case TestKind::weekday_is: return in_range(0, 6);
        default: return {};
    }
}

Result<void> check_test(const Test& test, const std::string& place) {
    if (needs_text(test.kind)) {
        ATLAS_TRY(check_text(test.text, place));
    }
    if (is_text_test(test.kind) && fold_text(test.text).empty()) {
        return invalid_argument(
            place,
            format("\"{}\" has no letter and no digit; \"matches\" can look for marks", test.text));
    }
    if (test.kind == TestKind::description_matches) {
        const auto expression = compile_expression(test.text);
        if (!expression->ok()) {
            return invalid_argument(
                place, format("\"{}\" is not an expression: {}", test.text, expression->error()));
        }
    }
    return check_bounds(test, place);
}

Result<void> check_actions(const Actions& then) {
    if (then.file_under.empty() && then.tags.empty() && !then.note && !then.rename) {
        return invalid_argument("/then", "the rule does nothing");
    }
    if (then.file_under.size() > kSplitsMax || then.tags.size() > kTagsMax) {
        return invalid_argument("/then",
                                format("at most {} categories and {} tags", kSplitsMax, kTagsMax));
    }
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < then.file_under.size(); ++i) {
        const Share& share = then.file_under[i];
        const std::string place = format("/then/file_under/{}", i);
        ATLAS_TRY(check_text(share.category, place));
        if (share.basis_points < 1 || share.basis_points > 10'000) {
            return invalid_argument(place, "a share is above 0 % and at most 100 %");
        }
        sum += share.basis_points;
    }
    if (!then.file_under.empty() && sum != 10'000) {
        return invalid_argument(
            "/then/file_under",
            format("the shares sum to {}.{:02} %, not to 100 %", sum / 100, sum % 100));
    }
    for (std::size_t i = 0; i < then.tags.size(); ++i) {
        ATLAS_TRY(check_text(then.tags[i], format("/then/tags/{}", i)));
    }
    if (then.note) {
        ATLAS_TRY(check_text(*then.note, "/then/note"));
    }
    if (then.rename) {
        ATLAS_TRY(check_text(*then.rename, "/then/rename"));
    }
    return {};
}

/// A test with its work done beforehand.
struct ReadyTest {
    Test test;
    std::string folded;
    std::unique_ptr<RE2> expression;
};

struct ReadyRule {
    Rule rule;
    std::vector<std::vector<ReadyTest>> when;
};

/// Size of the amount in ten-thousandths of the unit; what is beyond reads as the largest.
std::int64_t ten_thousandths(money::Money amount) {
    std::int64_t scale = 1;
    for (int i = amount.currency().decimals(); i < 4; ++i) {
        scale *= 10;
    }
    const std::int64_t minor = amount.minor();
    if (minor == INT64_MIN || std::abs(minor) > INT64_MAX / scale) {
        return INT64_MAX;
    }
    return std::abs(minor) * scale;
}

/// One transaction while rules look at it; folding happens once, when first asked for.
class Subject {
public:
    explicit Subject(const RuleInput& input) : input_(input) {}

    bool passes(const ReadyTest& ready) { return is_true(ready) != ready.test.is_negated; }

private:
    bool is_true(const ReadyTest& ready);
    const std::string& description() {
        if (!description_) {
            description_ = fold_text(input_.description.substr(0, kDescriptionBytesMax));
        }
        return *description_;
    }
    static bool is_in(const Test& test, std::int64_t value) {
        return (!test.low || value >= *test.low) && (!test.high || value <= *test.high);
    }

    const RuleInput& input_;
    std::optional<std::string> description_;
};

bool is_under(std::string_view category, std::string_view parent) {
    return category == parent || (category.size() > parent.size() && category.starts_with(parent) &&
                                  category[parent.size()] == '.');
}

bool Subject::is_true(const ReadyTest& ready) {
    const Test& test = ready.test;
    switch (test.kind) {
        case TestKind::description_contains:
            return description().find(ready.folded) != std::string::npos;
        case TestKind::description_is: return description() == ready.folded;
        case TestKind::description_matches:
            return RE2::PartialMatch(
                re2::StringPiece(input_.description.data(),
                                 std::min(input_.description.size(), kDescriptionBytesMax)),
                *ready.expression);
        case TestKind::merchant_is: return fold_text(input_.merchant) == ready.folded;
        case TestKind::amount_between: return is_in(test, ten_thousandths(input_.amount));
        case TestKind::money_out: return input_.amount.is_negative();
        case TestKind::money_in: return input_.amount.is_positive();
        case TestKind::account_is:
            return test.text == input_.account_name || test.text == input_.account_id;
        case TestKind::currency_is: return test.text == input_.amount.currency().code();
        case TestKind::date_between:
            return (!test.from || input_.date >= *test.from) &&
                   (!test.to || input_.date <= *test.to);
        case TestKind::day_between: return is_in(test, input_.date.parts().day);
        case TestKind::month_is: return is_in(test, input_.date.parts().month);
        case TestKind::weekday_is: return is_in(test, input_.date.weekday());
        case TestKind::category_is: return is_under(input_.category, test.text);
    }
    return false;
}

bool matches_rule(const ReadyRule& ready, Subject& subject) {
    return std::any_of(ready.when.begin(), ready.when.end(), [&](const auto& group) {
        return std::all_of(group.begin(), group.end(),
                           [&](const ReadyTest& test) { return subject.passes(test); });
    });
}

ReadyRule make_ready(const Rule& rule) {
    ReadyRule ready{rule, {}};
    for (const TestGroup& group : rule.when) {
        std::vector<ReadyTest>& tests = ready.when.emplace_back();
        for (const Test& test : group) {
            const bool is_expression = test.kind == TestKind::description_matches;
            tests.push_back(
                {.test = test,
                 .folded = is_text_test(test.kind) ? fold_text(test.text) : "",
                 .expression = is_expression ? compile_expression(test.text) : nullptr});
        }
    }
    return ready;
}

/// Shares of an amount that sum to it: each rounded towards zero, then one minor unit more to those
/// that lost most.
std::vector<std::int64_t> share_out(std::int64_t minor, std::span<const Share> shares) {
    std::vector<std::int64_t> parts;
    std::vector<std::int64_t> lost;
    std::int64_t rest = minor;
    for (const Share& share : shares) {
        // 128 bits hold any amount times ten thousand.
        const money::Int128 product = static_cast<money::Int128>(minor) * share.basis_points;
        parts.push_back(static_cast<std::int64_t>(product / 10'000));
        lost.push_back(std::abs(static_cast<std::int64_t>(product % 10'000)));
        rest -= parts.back();
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lost[a] > lost[b]; });
    for (std::size_t i = 0; rest != 0; ++i) {
        const std::int64_t unit = rest > 0 ? 1 : -1;
        parts[order[i % order.size()]] += unit;
        rest -= unit;
    }
    return parts;
}

}  // namespace

Result<void> check_rule(const Rule& rule) {
    ATLAS_TRY(check_text(rule.name, "/name"));
    if (rule.name.size() > kNameBytesMax) {
        return invalid_argument("/name",
                                format("{} bytes: at most {}", rule.name.size(), kNameBytesMax));
    }
    if (rule.when.empty() || rule.when.size() > kGroupsMax) {
        return invalid_argument(
            "/when", format("{} groups: 1 to {} are needed", rule.when.size(), kGroupsMax));
    }
    for (std::size_t i = 0; i < rule.when.size(); ++i) {
        if (rule.when[i].empty() || rule.when[i].size() > kTestsMax) {
            return invalid_argument(format("/when/{}", i), format("{} tests: 1 to {} are needed",
                                                                  rule.when[i].size(), kTestsMax));
        }
        for (std::size_t j = 0; j < rule.when[i].size(); ++j) {
            ATLAS_TRY(check_test(rule.when[i][j], format("/when/{}/{}", i, j)));
        }
    }
    return check_actions(rule.then);
}

struct RuleSet::Compiled {
    std::vector<Rule> rules;
    std::vector<ReadyRule> ready;
};

RuleSet::RuleSet() : compiled_(std::make_unique<Compiled>()) {}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

Result<RuleSet> RuleSet::create(std::vector<Rule> rules) {
    if (rules.size() > kRulesMax) {
        return fail(ErrorCode::too_large, "/rules",
                    format("{} rules: at most {}", rules.size(), kRulesMax));
    }
    RuleSet set;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (const auto checked = check_rule(rules[i]); !checked.has_value()) {
            return invalid_argument(format("/rules/{}{}", i, checked.error().place),
                                    checked.error().message);
        }
        set.compiled_->ready.push_back(make_ready(rules[i]));
    }
    set.compiled_->rules = std::move(rules);
    return set;
}

std::span<const Rule> RuleSet::rules() const {
    return compiled_->rules;
}

RuleOutcome RuleSet::run(const RuleInput& input) const {
    RuleOutcome outcome;
    Subject subject(input);
    for (std::size_t i = 0; i < compiled_->ready.size(); ++i) {
        const ReadyRule& ready = compiled_->ready[i];
        if (!ready.rule.is_enabled || !matches_rule(ready, subject)) {
            continue;
        }
        outcome.matched.push_back(i);
        const auto first = [&](std::optional<std::size_t>& place, bool applies) {
            place = !place && applies ? std::optional(i) : place;
        };
        first(outcome.filed_by, !ready.rule.then.file_under.empty());
        first(outcome.noted_by, ready.rule.then.note.has_value());
        first(outcome.renamed_by, ready.rule.then.rename.has_value());
    }
    return outcome;
}

std::optional<std::size_t> RuleSet::first_filing(const RuleInput& input) const {
    Subject subject(input);
    for (std::size_t i = 0; i < compiled_->ready.size(); ++i) {
        const ReadyRule& ready = compiled_->ready[i];
        if (ready.rule.is_enabled && !ready.rule.then.file_under.empty() &&
            matches_rule(ready, subject)) {
            return i;
        }
    }
    return std::nullopt;
}

bool RuleSet::matches(std::size_t position, const RuleInput& input) const {
    Subject subject(input);
    return matches_rule(compiled_->ready.at(position), subject);
}

bool is_persons_choice(const ledger::Transaction& transaction) {
    return transaction.filed.source == ledger::FilingSource::user || transaction.filed.reviewed;
}

ledger::Transaction apply(const RuleSet& rules, const RuleOutcome& outcome,
                          const ledger::Transaction& transaction) {
    ledger::Transaction after = transaction;
    if (outcome.filed_by && !is_persons_choice(transaction)) {
        const auto& shares = rules.rules()[*outcome.filed_by].then.file_under;
        const auto parts = share_out(transaction.amount.minor(), shares);
        // A note and tags the person gave stay with the first part.
        const ledger::Split kept = transaction.splits.front();
        after.splits.clear();
        for (std::size_t i = 0; i < shares.size(); ++i) {
            after.splits.push_back(
                {.category = shares[i].category,
                 .amount = money::Money::from_minor(parts[i], transaction.amount.currency()),
                 .note = i == 0 ? kept.note : std::nullopt,
                 .tags = i == 0 ? kept.tags : std::vector<std::string>()});
        }
        after.filed = {ledger::FilingSource::rule, 1.0, false};
    }
    ledger::Split& first = after.splits.front();
    for (const std::size_t position : outcome.matched) {
        for (const std::string& tag : rules.rules()[position].then.tags) {
            if (std::find(first.tags.begin(), first.tags.end(), tag) == first.tags.end()) {
                first.tags.push_back(tag);
            }
        }
    }
    if (outcome.noted_by && !first.note) {
        first.note = rules.rules()[*outcome.noted_by].then.note;
    }
    if (outcome.renamed_by) {
        after.merchant = rules.rules()[*outcome.renamed_by].then.rename;
    }
    return after;
}

}  // namespace atlas::finance::rules
