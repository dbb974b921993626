// SPDX-License-Identifier: Apache-2.0
// Goal: rules mean what they say, errors name their place, and nothing overrules a person.
// Method: written cases; the flat form against direct evaluation of random nested expressions; text
// written and read back; laws of shares on seeded amounts; hostile texts.
#include <gtest/gtest.h>

#include <numeric>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/rules/dry_run.hpp"
#include "finance/rules/rule_text.hpp"

namespace atlas::finance::rules {
namespace {

using money::Money;

money::Currency usd() {
    return money::Currency::parse("USD").value();
}
Money dollars(std::string_view text) {
    return Money::parse(text, usd()).value();
}
Date day(std::string_view text) {
    return Date::parse(text).value();
}

Rule read(std::string_view text, std::string name = "r") {
    auto rule = parse_rule(text);
    EXPECT_TRUE(rule.has_value()) << text << ": " << (rule ? "" : to_string(rule.error()));
    rule->name = std::move(name);
    return *rule;
}

RuleSet set_of(std::vector<Rule> rules) {
    auto set = RuleSet::create(std::move(rules));
    EXPECT_TRUE(set.has_value()) << (set ? "" : to_string(set.error()));
    return std::move(set).value();
}

RuleInput input(std::string_view description, std::string_view amount = "-5.00",
                std::string_view date = "2026-03-14") {
    return {.description = description,
            .merchant = "Blue Bottle",
            .category = "food.coffee",
            .amount = dollars(amount),
            .date = day(date),
            .account_name = "Checking",
            .account_id = "id-1"};
}

bool holds(std::string_view condition, const RuleInput& on) {
    return set_of({read(format("when {} then tag x", condition))}).matches(0, on);
}

TEST(Rules, EachTestTellsWhatItNames) {
    const RuleInput coffee = input("SQ *BLUE BOTTLE CAFÉ 0423");
    EXPECT_TRUE(holds("description contains \"blue bottle cafe\"", coffee));
    EXPECT_FALSE(holds("description contains \"green\"", coffee));
    EXPECT_TRUE(holds("description is \"sq blue-bottle café 0423\"", coffee));
    EXPECT_FALSE(holds("description is \"blue bottle\"", coffee));
    EXPECT_TRUE(holds("description matches \"^sq \\*.*[0-9]{4}$\"", coffee));
    EXPECT_FALSE(holds("description matches \"^blue\"", coffee));
    EXPECT_TRUE(holds("merchant is \"BLUE BOTTLE\"", coffee));
    EXPECT_FALSE(holds("merchant is Starbucks", coffee));
    EXPECT_TRUE(holds("money out", coffee));
    EXPECT_FALSE(holds("money in", coffee));
    EXPECT_TRUE(holds("money in", input("x", "5.00")));
    EXPECT_TRUE(holds("account is Checking", coffee));
    EXPECT_TRUE(holds("account is id-1", coffee));
    EXPECT_FALSE(holds("account is Savings", coffee));
    EXPECT_TRUE(holds("currency is USD", coffee));
    EXPECT_FALSE(holds("currency is EUR", coffee));
    EXPECT_TRUE(holds("category is food", coffee));
    EXPECT_TRUE(holds("category is food.coffee", coffee));
    EXPECT_FALSE(holds("category is foo", coffee));
}

TEST(Rules, IntervalsIncludeBothEnds) {
    const auto at = [](std::string_view amount) { return input("x", amount); };
    EXPECT_TRUE(holds("amount 5 to 20.00", at("-5.00")));
    EXPECT_TRUE(holds("amount 5 to 20.00", at("20.00")));
    EXPECT_FALSE(holds("amount 5 to 20.00", at("-4.99")));
    EXPECT_FALSE(holds("amount 5 to 20.00", at("20.01")));
    EXPECT_TRUE(holds("amount is 9.99", at("-9.99")));
    EXPECT_FALSE(holds("amount is 9.99", at("-9.98")));
    EXPECT_TRUE(holds("amount at least 5", at("-5.00")));
    EXPECT_FALSE(holds("amount at least 5.01", at("-5.00")));
    EXPECT_TRUE(holds("amount at most 5", at("-5.00")));
    EXPECT_FALSE(holds("amount at most 4.99", at("-5.00")));
    const auto on = [](std::string_view date) { return input("x", "-1.00", date); };
    EXPECT_TRUE(holds("date 2026-03-14", on("2026-03-14")));
    EXPECT_FALSE(holds("date 2026-03-14", on("2026-03-15")));
    EXPECT_TRUE(holds("date from 2026-03-14", on("2026-03-14")));
    EXPECT_FALSE(holds("date from 2026-03-15", on("2026-03-14")));
    EXPECT_TRUE(holds("date to 2026-03-14", on("2026-03-14")));
    EXPECT_FALSE(holds("date 2026-03-01 to 2026-03-13", on("2026-03-14")));
    EXPECT_TRUE(holds("day 14", on("2026-03-14")));
    EXPECT_TRUE(holds("day 10 to 14", on("2026-03-14")));
    EXPECT_FALSE(holds("day 15 to 31", on("2026-03-14")));
    EXPECT_TRUE(holds("month 3", on("2026-03-14")));
    EXPECT_FALSE(holds("month 4 to 12", on("2026-03-14")));
    EXPECT_TRUE(holds("weekday Saturday", on("2026-03-14")));
    EXPECT_FALSE(holds("weekday monday", on("2026-03-14")));
    // Yen have no decimals: 500 is 500.
    RuleInput yen = input("x");
    yen.amount = Money::from_minor(-500, money::Currency::parse("JPY").value());
    EXPECT_TRUE(holds("amount is 500", yen));
    yen.amount = Money::from_minor(INT64_MIN, money::Currency::parse("JPY").value());
    EXPECT_TRUE(holds("amount at least 500", yen));
}

/// A random nested expression as text, and its value by direct evaluation.
struct Expression {
    std::string text;
    bool value;
};
Expression draw_expression(Random& random, int depth, const RuleInput& on) {
    if (depth == 0 || random.chance(0.3)) {
        const std::pair<const char*, bool> leaves[] = {{"money out", on.amount.is_negative()},
                                                       {"money in", on.amount.is_positive()},
                                                       {"description contains abc", true},
                                                       {"description contains zzz", false},
                                                       {"day 14", true},
                                                       {"month 7", false}};
        const auto& [text, value] = leaves[random.below(6)];
        return {text, value};
    }
    const auto part = [&] { return draw_expression(random, depth - 1, on); };
    switch (random.below(3)) {
        case 0: {
            const Expression inner = part();
            return {"not (" + inner.text + ")", !inner.value};
        }
        case 1: {
            const Expression a = part();
            const Expression b = part();
            return {"(" + a.text + ") and (" + b.text + ")", a.value && b.value};
        }
        default: {
            const Expression a = part();
            const Expression b = part();
            return {"(" + a.text + ") or (" + b.text + ")", a.value || b.value};
        }
    }
}

TEST(Rules, FlatFormMeansWhatTheNestedTextSaid) {
    int read_back = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        const RuleInput on = input("abc", random.chance(0.5) ? "-1.00" : "1.00");
        const Expression expression = draw_expression(random, 4, on);
        const auto rule = parse_rule("when " + expression.text + " then tag x");
        if (!rule.has_value()) {
            // Only the limit on alternatives may refuse what was drawn.
            EXPECT_NE(rule.error().message.find("more than"), std::string::npos) << seed;
            continue;
        }
        ++read_back;
        Rule named = *rule;
        named.name = "r";
        EXPECT_EQ(set_of({named}).matches(0, on), expression.value)
            << "seed " << seed << ": " << expression.text;
    }
    EXPECT_GT(read_back, 300);
}

TEST(Rules, AndBindsMoreTightlyThanOrAndNotMostOfAll) {
    const RuleInput on = input("abc", "-1.00");
    EXPECT_TRUE(holds("money out or money in and month 7", on));
    EXPECT_FALSE(holds("(money out or money in) and month 7", on));
    EXPECT_TRUE(holds("not money in and money out", on));
    EXPECT_FALSE(holds("not (money in or money out)", on));
    EXPECT_TRUE(holds("not not money out", on));
    EXPECT_FALSE(holds("not not not money out", on));
}

TEST(Rules, TextReadsBackAsItWasWritten) {
    for (const char* text :
         {"when description contains \"A \\\"quoted\\\" one\" then file under \"food.coffee\"",
          "when description matches \"^a\\\\d+\" then rename \"X\"",
          "when not money out and amount 0.50 to 20.00 or day 1 to 5 then tag \"a\", tag \"b\"",
          "when amount at least 12.3456 then note \"n\"",
          "when amount at most 5.00 and weekday sunday then split 33.34% \"a\" and 66.66% \"b\"",
          "when date from 2026-01-01 and date to 2026-12-31 and month 12 then tag \"x\"",
          "when merchant is \"M\" and account is \"A\" and currency is \"USD\" and category is "
          "\"food\" then file under \"x\", tag \"t\", note \"n\", rename \"r\"",
          "when date 2026-01-01 and date 2026-01-01 to 2026-02-01 and money in and description is "
          "\"q\" and amount is 9.99 then tag \"x\""}) {
        const Rule rule = read(text);
        EXPECT_EQ(write_rule(rule), text);
        EXPECT_EQ(read(write_rule(rule)), rule);
    }
    // A single backslash is kept where it cannot mean a quotation mark.
    EXPECT_EQ(read("when description matches \"^a\\d\" then tag x"),
              read("when description matches \"^a\\\\d\" then tag x"));
}

TEST(Rules, ErrorsNameTheirPlace) {
    const auto refusal = [](std::string_view text) {
        const auto rule = parse_rule(text);
        return rule.has_value() ? std::string("accepted") : rule.error().place;
    };
    EXPECT_EQ(refusal(""), "1:1");
    EXPECT_EQ(refusal("if money out then tag x"), "1:1");
    EXPECT_EQ(refusal("when colour is red then tag x"), "1:6");
    EXPECT_EQ(refusal("when description has x then tag x"), "1:18");
    EXPECT_EQ(refusal("when money out\nthen file food"), "2:11");
    EXPECT_EQ(refusal("when description contains \"abc then tag x"), "1:27");
    EXPECT_EQ(refusal("when amount 20 to 5 then tag x"), "1:19");
    EXPECT_EQ(refusal("when amount -5 to 5 then tag x"), "1:13");
    EXPECT_EQ(refusal("when amount at last 5 then tag x"), "1:16");
    EXPECT_EQ(refusal("when amount is 5. then tag x"), "1:16");
    EXPECT_EQ(refusal("when day 32 then tag x"), "1:10");
    EXPECT_EQ(refusal("when day 5 to 3 then tag x"), "1:15");
    EXPECT_EQ(refusal("when month 0 then tag x"), "1:12");
    EXPECT_EQ(refusal("when weekday someday then tag x"), "1:14");
    EXPECT_EQ(refusal("when date 2026-02-30 then tag x"), "1:11");
    EXPECT_EQ(refusal("when date 2026-02-03 to 2026-02-01 then tag x"), "1:25");
    EXPECT_EQ(refusal("when (money out then tag x"), "1:17");
    EXPECT_EQ(refusal("when money out) then tag x"), "1:15");
    EXPECT_EQ(refusal("when money out then"), "1:20");
    EXPECT_EQ(refusal("when money out then dance"), "1:21");
    EXPECT_EQ(refusal("when money out then tag x extra"), "1:27");
    EXPECT_EQ(refusal("when money out then note a, note b"), "1:29");
    EXPECT_EQ(refusal("when money out then file under a, file under b"), "1:35");
    EXPECT_EQ(refusal("when money out then split 0% a and 100% b"), "1:27");
    EXPECT_EQ(refusal("when money out then split 70 a"), "1:27");
    const auto too_long = parse_rule(std::string(kRuleTextBytesMax + 1, ' '));
    ASSERT_FALSE(too_long.has_value());
    EXPECT_EQ(too_long.error().code, ErrorCode::too_large);
    EXPECT_FALSE(parse_rule("when " + std::string(17, '(') + "money out").has_value());
    std::string wide = "when money out";
    for (int i = 0; i < 64; ++i) {
        wide += format(" or day {}", i % 31 + 1);
    }
    EXPECT_FALSE(parse_rule(wide + " then tag x").has_value());
}

TEST(Rules, RefusesWhatCannotBeKept) {
    const auto place = [](auto change) {
        Rule rule = read("when money out then tag x");
        change(rule);
        const auto checked = check_rule(rule);
        return checked.has_value() ? std::string("accepted") : checked.error().place;
    };
    EXPECT_EQ(place([](Rule&) {}), "accepted");
    EXPECT_EQ(place([](Rule& r) { r.name.clear(); }), "/name");
    EXPECT_EQ(place([](Rule& r) { r.name.assign(101, 'x'); }), "/name");
    EXPECT_EQ(place([](Rule& r) { r.when.clear(); }), "/when");
    EXPECT_EQ(place([](Rule& r) { r.when = {{}}; }), "/when/0");
    EXPECT_EQ(place([](Rule& r) { r.when.resize(65, r.when[0]); }), "/when");
    EXPECT_EQ(place([](Rule& r) { r.when[0].resize(17, r.when[0][0]); }), "/when/0");
    EXPECT_EQ(place([](Rule& r) { r.then = {}; }), "/then");
    EXPECT_EQ(place([](Rule& r) { r.then.tags.resize(17, "x"); }), "/then");
    EXPECT_EQ(place([](Rule& r) { r.then.tags = {"a\nb"}; }), "/then/tags/0");
    EXPECT_EQ(place([](Rule& r) { r.then.note = ""; }), "/then/note");
    EXPECT_EQ(place([](Rule& r) { r.then.rename = std::string(201, 'x'); }), "/then/rename");
    EXPECT_EQ(place([](Rule& r) {
                  r.then.file_under = {{"a", 5000}, {"b", 4999}};
              }),
              "/then/file_under");
    EXPECT_EQ(place([](Rule& r) {
                  r.then.file_under = {{"a", 0}, {"b", 10'000}};
              }),
              "/then/file_under/0");
    const auto test = [&](rules::Test t) { return place([&](Rule& r) { r.when[0][0] = t; }); };
    EXPECT_EQ(test({.kind = TestKind::description_contains, .text = "*#"}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::description_contains}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::description_matches, .text = "(a"}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::description_matches, .text = "((a{1,99}){1,99}){1,99}"}),
              "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::amount_between}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::amount_between, .low = -1}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::amount_between, .low = 2, .high = 1}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::date_between}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::day_between, .low = 1}), "/when/0/0");
    EXPECT_EQ(test({.kind = TestKind::weekday_is, .low = 7, .high = 7}), "/when/0/0");
    std::vector<Rule> rules(2, read("when money out then tag x"));
    rules[1].name.clear();
    const auto set = RuleSet::create(rules);
    ASSERT_FALSE(set.has_value());
    EXPECT_EQ(set.error().place, "/rules/1/name");
    rules.assign(kRulesMax + 1, read("when money out then tag x"));
    EXPECT_EQ(RuleSet::create(rules).error().code, ErrorCode::too_large);
}

ledger::Transaction bought(std::string_view text, std::string_view amount) {
    return {.id = {},
            .account_id = {},
            .date = day("2026-03-14"),
            .posted_date = std::nullopt,
            .amount = dollars(amount),
            .original_amount = std::nullopt,
            .description = std::string(text),
            .merchant = std::nullopt,
            .status = ledger::TransactionStatus::posted,
            .splits = {{"other.unknown", dollars(amount), std::nullopt, {}}},
            .transfer_id = std::nullopt,
            .filed = {},
            .source = {},
            .bank_id = std::nullopt,
            .fingerprint = {},
            .occurrence = 0};
}

RuleOutcome run(const RuleSet& rules, const ledger::Transaction& transaction) {
    return rules.run(input_of(transaction, "Checking", "id-1"));
}

TEST(Rules, FirstThatFilesDecidesAndTagsAddUp) {
    Rule off = read("when money out then file under never");
    off.is_enabled = false;
    const RuleSet rules = set_of({off, read("when money out then tag all, note first"),
                                  read("when description contains shop then file under a, tag all"),
                                  read("when money out then file under b, tag more, rename Shop, "
                                       "note second")});
    const ledger::Transaction before = bought("A SHOP", "-5.00");
    const RuleOutcome outcome = run(rules, before);
    EXPECT_EQ(outcome.matched, (std::vector<std::size_t>{1, 2, 3}));
    const ledger::Transaction after = apply(rules, outcome, before);
    ASSERT_EQ(after.splits.size(), 1U);
    EXPECT_EQ(after.splits[0].category, "a");
    EXPECT_EQ(after.splits[0].tags, (std::vector<std::string>{"all", "more"}));
    EXPECT_EQ(after.splits[0].note, "first");
    EXPECT_EQ(after.merchant, "Shop");
    EXPECT_EQ(after.filed, (ledger::Filing{ledger::FilingSource::rule, 1.0, false}));
    EXPECT_EQ(rules.first_filing(input_of(before, "", "")), 2U);
    EXPECT_EQ(apply(rules, run(rules, after), after), after);
}

TEST(Rules, ANoteThatIsThereStaysAndTheFirstNameWins) {
    const RuleSet rules = set_of({read("when money out then note first, rename One"),
                                  read("when money out then note second, rename Two")});
    ledger::Transaction before = bought("A SHOP", "-5.00");
    before.merchant = "Bank's own";
    EXPECT_EQ(run(rules, before).noted_by, 0U);
    EXPECT_EQ(run(rules, before).renamed_by, 0U);
    EXPECT_EQ(apply(rules, run(rules, before), before).splits[0].note, "first");
    EXPECT_EQ(apply(rules, run(rules, before), before).merchant, "One");
    before.splits[0].note = "mine";
    const ledger::Transaction after = apply(rules, run(rules, before), before);
    EXPECT_EQ(after.splits[0].note, "mine");
    EXPECT_EQ(after.merchant, "One");
    EXPECT_EQ(after.splits[0].category, before.splits[0].category);
    EXPECT_EQ(after.filed, before.filed);
}

TEST(Rules, OfSharesOnlyTheFirstKeepsWhatAPersonWrote) {
    const RuleSet rules = set_of({read("when money out then split 60% a and 40% b, tag t")});
    ledger::Transaction before = bought("A SHOP", "-5.00");
    before.splits[0].note = "mine";
    before.splits[0].tags = {"own"};
    const ledger::Transaction after = apply(rules, run(rules, before), before);
    ASSERT_EQ(after.splits.size(), 2U);
    EXPECT_EQ(after.splits[0].note, "mine");
    EXPECT_EQ(after.splits[0].tags, (std::vector<std::string>{"own", "t"}));
    EXPECT_EQ(after.splits[1].note, std::nullopt);
    EXPECT_TRUE(after.splits[1].tags.empty());
}

TEST(Rules, NeverOverrulesAPerson) {
    const RuleSet rules = set_of({read("when money out then file under a, tag t")});
    ledger::Transaction chosen = bought("X", "-5.00");
    chosen.splits[0].category = "mine";
    chosen.filed = {ledger::FilingSource::user, 1.0, true};
    EXPECT_EQ(apply(rules, run(rules, chosen), chosen).splits[0].category, "mine");
    chosen.filed = {ledger::FilingSource::model, 0.9, true};
    EXPECT_EQ(apply(rules, run(rules, chosen), chosen).splits[0].category, "mine");
    chosen.filed = {ledger::FilingSource::model, 0.9, false};
    EXPECT_EQ(apply(rules, run(rules, chosen), chosen).splits[0].category, "a");
}

TEST(Rules, SharesSumToTheAmountAndStrayLessThanOneUnit) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        Actions then;
        std::int64_t rest = 10'000;
        while (rest > 0) {
            const bool is_last = then.file_under.size() + 1 == kSplitsMax;
            const std::int64_t share = is_last ? rest : random.between(1, rest);
            then.file_under.push_back({format("c{}", then.file_under.size()), share});
            rest -= share;
        }
        Rule rule = read("when amount at least 0 then tag x");
        rule.then = then;
        const RuleSet rules = set_of({rule});
        ledger::Transaction before = bought("X", "1.00");
        const std::int64_t extremes[] = {0, 1, -1, INT64_MAX, INT64_MIN + 1};
        const std::int64_t minor =
            random.chance(0.1) ? extremes[random.below(5)] : random.between(-1'000'000, 1'000'000);
        before.amount = Money::from_minor(minor, usd());
        before.splits[0].amount = before.amount;
        const ledger::Transaction after = apply(rules, run(rules, before), before);
        ASSERT_EQ(after.splits.size(), then.file_under.size());
        EXPECT_TRUE(is_balanced(after)) << "seed " << seed;
        for (std::size_t i = 0; i < after.splits.size(); ++i) {
            const long double exact = static_cast<long double>(minor) *
                                      static_cast<long double>(then.file_under[i].basis_points) /
                                      10'000.0L;
            EXPECT_LT(std::abs(static_cast<long double>(after.splits[i].amount.minor()) - exact),
                      minor > (1LL << 50) || minor < -(1LL << 50) ? 4.0L : 1.0L)
                << "seed " << seed;
        }
    }
}

TEST(Rules, DryRunCountsWhatApplyingChanges) {
    std::vector<ledger::Transaction> history;
    for (int i = 0; i < 30; ++i) {
        history.push_back(bought(i % 2 == 0 ? "BLUE BOTTLE" : "OTHER", format("-{}.00", i + 1)));
    }
    history[0].filed = {ledger::FilingSource::user, 1.0, true};
    history[0].splits[0].category = "food.restaurants";
    history[2].filed = {ledger::FilingSource::user, 1.0, true};
    history[2].splits[0].category = "food.coffee";
    history[4].transfer_id = TransferId{};
    const RuleSet rules =
        set_of({read("when description contains bottle and amount at least 29 then file under big"),
                read("when description contains bottle then file under food.coffee")});
    const AccountNames names = [](AccountId) { return std::string("Checking"); };
    const DryRun run = dry_run(rules, 1, history, names);
    EXPECT_EQ(run.matched, 15U);
    EXPECT_EQ(run.persons_choice, 1U);
    EXPECT_EQ(run.persons_choice_sample, (std::vector<std::size_t>{0}));
    EXPECT_EQ(run.overruled, 1U);
    ASSERT_EQ(run.overruled_sample.size(), 1U);
    EXPECT_EQ(run.overruled_sample[0].transaction, 28U);
    EXPECT_EQ(run.overruled_sample[0].rule, 0U);
    EXPECT_EQ(run.already_so, 2U);  // The person's own, and the leg of a transfer.
    EXPECT_EQ(run.changed, 11U);
    EXPECT_EQ(run.matched, run.changed + run.already_so + run.persons_choice + run.overruled);
    const auto changed = apply_to_history(rules, history, names);
    EXPECT_EQ(changed.size(), run.changed + run.overruled);
    for (const ledger::Transaction& after : changed) {
        EXPECT_EQ(after.filed.source, ledger::FilingSource::rule);
    }
}

TEST(Rules, TakesAnyBytesWithoutHarm) {
    const RuleSet rules = set_of({read("when description matches \"(a|b)*c(d|e)*f\" then tag x"),
                                  read("when description contains abc then tag y")});
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::string text;
        for (std::uint64_t i = random.below(300); i > 0; --i) {
            text.push_back(static_cast<char>(random.below(256)));
        }
        const RuleOutcome outcome = rules.run(input(text));
        EXPECT_LE(outcome.matched.size(), 2U);
        // As a rule's own text: an answer or an error, never a crash.
        const auto rule = parse_rule(text);
        EXPECT_TRUE(!rule.has_value() || !rule->when.empty());
    }
    const std::string words[] = {"when", "not",  "(",   ")", "and", "or", "money", "out", "day",
                                 "1",    "then", "tag", "x", ",",   "\"", "split", "50%"};
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed);
        std::string text = "when ";
        for (std::uint64_t i = random.below(25); i > 0; --i) {
            text += words[random.below(std::size(words))] + " ";
        }
        const auto rule = parse_rule(text);
        if (rule.has_value()) {
            EXPECT_EQ(parse_rule(write_rule(*rule)).value(), *rule) << text;
        }
    }
    const std::string huge(1'000'000, 'a');
    EXPECT_TRUE(rules.run(input(huge)).is_empty());
}

}  // namespace
}  // namespace atlas::finance::rules
