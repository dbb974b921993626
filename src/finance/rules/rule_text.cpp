// SPDX-License-Identifier: Apache-2.0
// Reading rules: tokens, then operators by precedence on two stacks, so that no depth of brackets
// costs stack; values on the stack are groups already, and "not" turns them by De Morgan's laws.
#include "finance/rules/rule_text.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "finance/rules/rule_tokens.hpp"

namespace atlas::finance::rules {
namespace {

using Groups = std::vector<TestGroup>;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

enum class Operator : std::uint8_t { bracket, or_, and_, not_ };

class Parser {
public:
    explicit Parser(Tokens tokens) : tokens_(std::move(tokens)) {}

    Result<Rule> parse() {
        Rule rule;
        ATLAS_TRY(tokens_.expect("when"));
        ATLAS_TRY_ASSIGN(rule.when, parse_conditions());
        ATLAS_TRY(tokens_.expect("then"));
        do {
            ATLAS_TRY(parse_action(rule.then));
        } while (tokens_.take(","));
        if (!tokens_.is_at_end()) {
            return tokens_.complain("the rule ends here, but more follows");
        }
        return rule;
    }

private:
    Result<Groups> parse_conditions();
    Result<Test> parse_test();
    Result<Test> parse_description();
    Result<Test> parse_amount();
    Result<Test> parse_date();
    Result<Test> parse_small_numbers(TestKind kind, std::int64_t max);
    Result<Test> parse_weekday();
    Result<void> parse_action(Actions& actions);
    Result<void> parse_split(Actions& actions);
    Result<void> reduce(Operator least);

    Tokens tokens_;
    std::vector<Groups> values_;
    std::vector<Operator> operators_;
};

Result<Groups> both(const Groups& left, const Groups& right) {
    Groups product;
    for (const TestGroup& a : left) {
        for (const TestGroup& b : right) {
            TestGroup group = a;
            for (const Test& test : b) {
                if (std::find(group.begin(), group.end(), test) == group.end()) {
                    group.push_back(test);
                }
            }
            product.push_back(std::move(group));
            if (product.size() > kGroupsMax || product.back().size() > kTestsMax) {
                return invalid_argument(
                    {}, format("the conditions need more than {} alternatives or {} tests in one",
                               kGroupsMax, kTestsMax));
            }
        }
    }
    return product;
}

/// not (a and b or c) is (not a or not b) and not c.
Result<Groups> negate(const Groups& groups) {
    Groups result{{}};
    for (const TestGroup& group : groups) {
        Groups any;
        for (Test test : group) {
            test.is_negated = !test.is_negated;
            any.push_back({std::move(test)});
        }
        ATLAS_TRY_ASSIGN(result, both(result, any));
    }
    return result;
}

/// Applies what binds at least as tightly as `least`.
Result<void> Parser::reduce(Operator least) {
    while (!operators_.empty() && operators_.back() >= least &&
           operators_.back() != Operator::bracket) {
        const Operator top = operators_.back();
        operators_.pop_back();
        Groups right = std::move(values_.back());
        if (top == Operator::not_) {
            ATLAS_TRY_ASSIGN(values_.back(), negate(right));
            continue;
        }
        values_.pop_back();
        Groups& left = values_.back();
        if (top == Operator::and_) {
            ATLAS_TRY_ASSIGN(left, both(left, right));
        } else {
            left.insert(left.end(), right.begin(), right.end());
            if (left.size() > kGroupsMax) {
                return tokens_.complain(format("more than {} alternatives", kGroupsMax));
            }
        }
    }
    return {};
}

Result<Groups> Parser::parse_conditions() {
    std::size_t depth = 0;
    for (;;) {
        // A test is due here, with any number of "not" and brackets before it.
        if (tokens_.take("not")) {
            // Two in a row cancel out, and so no number of them costs anything.
            const bool cancels = !operators_.empty() && operators_.back() == Operator::not_;
            if (cancels) {
                operators_.pop_back();
            } else {
                operators_.push_back(Operator::not_);
            }
            continue;
        }
        if (tokens_.take("(")) {
            if (++depth > kBracketsMax) {
                return tokens_.complain(format("more than {} brackets in brackets", kBracketsMax));
            }
            operators_.push_back(Operator::bracket);
            continue;
        }
        ATLAS_TRY_ASSIGN(Test test, parse_test());
        values_.push_back({{std::move(test)}});
        ATLAS_TRY(reduce(Operator::not_));
        while (depth > 0 && tokens_.take(")")) {
            ATLAS_TRY(reduce(Operator::or_));
            operators_.pop_back();
            --depth;
            ATLAS_TRY(reduce(Operator::not_));
        }
        if (tokens_.take("and")) {
            ATLAS_TRY(reduce(Operator::and_));
            operators_.push_back(Operator::and_);
        } else if (tokens_.take("or")) {
            ATLAS_TRY(reduce(Operator::or_));
            operators_.push_back(Operator::or_);
        } else if (depth > 0) {
            return tokens_.complain("a bracket is still open: \"and\", \"or\" or \")\" expected");
        } else {
            ATLAS_TRY(reduce(Operator::or_));
            return std::move(values_.back());
        }
    }
}

Result<Test> Parser::parse_test() {
    const auto text_test = [&](TestKind kind) -> Result<Test> {
        ATLAS_TRY(tokens_.expect("is"));
        ATLAS_TRY_ASSIGN(std::string text, tokens_.take_value());
        return Test{.kind = kind, .text = std::move(text)};
    };
    if (tokens_.take("description")) {
        return parse_description();
    }
    if (tokens_.take("merchant")) {
        return text_test(TestKind::merchant_is);
    }
    if (tokens_.take("account")) {
        return text_test(TestKind::account_is);
    }
    if (tokens_.take("currency")) {
        return text_test(TestKind::currency_is);
    }
    if (tokens_.take("category")) {
        return text_test(TestKind::category_is);
    }
    if (tokens_.take("amount")) {
        return parse_amount();
    }
    if (tokens_.take("money")) {
        if (tokens_.take("out")) {
            return Test{.kind = TestKind::money_out};
        }
        ATLAS_TRY(tokens_.expect("in"));
        return Test{.kind = TestKind::money_in};
    }
    if (tokens_.take("date")) {
        return parse_date();
    }
    if (tokens_.take("day")) {
        return parse_small_numbers(TestKind::day_between, 31);
    }
    if (tokens_.take("month")) {
        return parse_small_numbers(TestKind::month_is, 12);
    }
    if (tokens_.take("weekday")) {
        return parse_weekday();
    }
    return tokens_.complain(
        "a condition is expected: description, merchant, amount, money, account, currency, "
        "category, date, day, month or weekday");
}

Result<Test> Parser::parse_description() {
    Test test;
    if (tokens_.take("contains")) {
        test.kind = TestKind::description_contains;
    } else if (tokens_.take("matches")) {
        test.kind = TestKind::description_matches;
    } else if (tokens_.take("is")) {
        test.kind = TestKind::description_is;
    } else {
        return tokens_.complain("\"contains\", \"is\" or \"matches\" is expected");
    }
    ATLAS_TRY_ASSIGN(test.text, tokens_.take_value());
    return test;
}

Result<Test> Parser::parse_amount() {
    Test test{.kind = TestKind::amount_between};
    if (tokens_.take("at")) {
        const bool is_least = tokens_.take("least");
        if (!is_least) {
            ATLAS_TRY(tokens_.expect("most"));
        }
        ATLAS_TRY_ASSIGN((is_least ? test.low : test.high), tokens_.take_amount());
        return test;
    }
    const bool is_exact = tokens_.take("is");
    ATLAS_TRY_ASSIGN(test.low, tokens_.take_amount());
    test.high = test.low;
    if (!is_exact) {
        ATLAS_TRY(tokens_.expect("to"));
        ATLAS_TRY_ASSIGN(test.high, tokens_.take_amount());
        if (*test.high < *test.low) {
            return tokens_.complain_before("the second amount is less than the first");
        }
    }
    return test;
}

Result<Test> Parser::parse_date() {
    Test test{.kind = TestKind::date_between};
    if (tokens_.take("to")) {
        ATLAS_TRY_ASSIGN(test.to, tokens_.take_date());
        return test;
    }
    const bool is_open = tokens_.take("from");
    ATLAS_TRY_ASSIGN(test.from, tokens_.take_date());
    if (tokens_.take("to")) {
        ATLAS_TRY_ASSIGN(test.to, tokens_.take_date());
        if (*test.to < *test.from) {
            return tokens_.complain_before("the second date is before the first");
        }
    } else if (!is_open) {
        test.to = test.from;
    }
    return test;
}

Result<Test> Parser::parse_small_numbers(TestKind kind, std::int64_t max) {
    Test test{.kind = kind};
    ATLAS_TRY_ASSIGN(test.low, tokens_.take_integer(1, max));
    test.high = test.low;
    if (tokens_.take("to")) {
        ATLAS_TRY_ASSIGN(test.high, tokens_.take_integer(1, max));
        if (*test.high < *test.low) {
            return tokens_.complain_before("the second number is less than the first");
        }
    }
    return test;
}

Result<Test> Parser::parse_weekday() {
    for (std::size_t i = 0; i < kWeekdays.size(); ++i) {
        if (tokens_.take(kWeekdays[i])) {
            const auto day = static_cast<std::int64_t>(i);
            return Test{.kind = TestKind::weekday_is, .low = day, .high = day};
        }
    }
    return tokens_.complain("a weekday is expected, \"monday\" to \"sunday\"");
}

Result<void> Parser::parse_split(Actions& actions) {
    do {
        ATLAS_TRY_ASSIGN(const std::int64_t share, tokens_.take_percent());
        ATLAS_TRY_ASSIGN(std::string category, tokens_.take_value());
        actions.file_under.push_back({std::move(category), share});
    } while (tokens_.take("and"));
    return {};
}

Result<void> Parser::parse_action(Actions& actions) {
    const auto once = [&](std::optional<std::string>& value) -> Result<void> {
        if (value.has_value()) {
            return tokens_.complain_before("given twice");
        }
        ATLAS_TRY_ASSIGN(value, tokens_.take_value());
        return {};
    };
    if (tokens_.take("tag")) {
        ATLAS_TRY_ASSIGN(std::string tag, tokens_.take_value());
        actions.tags.push_back(std::move(tag));
        return {};
    }
    if (tokens_.take("note")) {
        return once(actions.note);
    }
    if (tokens_.take("rename")) {
        return once(actions.rename);
    }
    const bool is_split = tokens_.take("split");
    if (!is_split && !tokens_.take("file")) {
        return tokens_.complain("an action is expected: file under, split, tag, note or rename");
    }
    if (!actions.file_under.empty()) {
        return tokens_.complain_before("a category is given twice");
    }
    if (is_split) {
        return parse_split(actions);
    }
    ATLAS_TRY(tokens_.expect("under"));
    ATLAS_TRY_ASSIGN(std::string category, tokens_.take_value());
    actions.file_under.push_back({std::move(category), 10'000});
    return {};
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out + "\"";
}

std::string decimal(std::int64_t ten_thousandths) {
    const std::int64_t rest = ten_thousandths % 10'000;
    std::string text = format("{}.{:04}", ten_thousandths / 10'000, rest);
    while (text.ends_with('0') && text.size() - text.find('.') > 3) {
        text.pop_back();
    }
    return text;
}

std::string percent(std::int64_t basis_points) {
    std::string text = format("{}.{:02}", basis_points / 100, basis_points % 100);
    while (text.ends_with('0')) {
        text.pop_back();
    }
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text + "%";
}

std::string interval(std::int64_t low, std::int64_t high) {
    return low == high ? format("{}", low) : format("{} to {}", low, high);
}

std::string write_amount(const Test& test) {
    if (test.low && test.high) {
        return *test.low == *test.high
                   ? format("amount is {}", decimal(*test.low))
                   : format("amount {} to {}", decimal(*test.low), decimal(*test.high));
    }
    return test.low ? format("amount at least {}", decimal(*test.low))
                    : format("amount at most {}", decimal(test.high.value_or(0)));
}

std::string write_date(const Test& test) {
    if (test.from && test.to) {
        return *test.from == *test.to
                   ? format("date {}", to_string(*test.from))
                   : format("date {} to {}", to_string(*test.from), to_string(*test.to));
    }
    return test.from ? format("date from {}", to_string(*test.from))
                     : format("date to {}", to_string(test.to.value_or(Date())));
}

std::string write_plain_test(const Test& test) {
    switch (test.kind) {
        case TestKind::description_contains:
            return format("description contains {}", quoted(test.text));
        case TestKind::description_is: return format("description is {}", quoted(test.text));
        case TestKind::description_matches:
            return format("description matches {}", quoted(test.text));
        case TestKind::merchant_is: return format("merchant is {}", quoted(test.text));
        case TestKind::amount_between: return write_amount(test);
        case TestKind::money_out: return "money out";
        case TestKind::money_in: return "money in";
        case TestKind::account_is: return format("account is {}", quoted(test.text));
        case TestKind::currency_is: return format("currency is {}", quoted(test.text));
        case TestKind::date_between: return write_date(test);
        case TestKind::day_between:
            return "day " + interval(test.low.value_or(1), test.high.value_or(31));
        case TestKind::month_is:
            return "month " + interval(test.low.value_or(1), test.high.value_or(12));
        case TestKind::weekday_is:
            return format("weekday {}", kWeekdays[static_cast<std::size_t>(test.low.value_or(0))]);
        case TestKind::category_is: return format("category is {}", quoted(test.text));
    }
    return {};
}

}  // namespace

Result<Rule> parse_rule(std::string_view text) {
    if (text.size() > kRuleTextBytesMax) {
        return fail(
            ErrorCode::too_large, "1:1",
            format("the rule has {} bytes, at most {} are read", text.size(), kRuleTextBytesMax));
    }
    ATLAS_TRY_ASSIGN(Tokens tokens, Tokens::read(text));
    return Parser(std::move(tokens)).parse();
}

std::string write_test(const Test& test) {
    return (test.is_negated ? "not " : "") + write_plain_test(test);
}

std::string write_conditions(const std::vector<TestGroup>& when) {
    std::string text;
    for (const TestGroup& group : when) {
        text += text.empty() ? "" : " or ";
        for (std::size_t i = 0; i < group.size(); ++i) {
            text += (i == 0 ? "" : " and ") + write_test(group[i]);
        }
    }
    return text;
}

std::string write_actions(const Actions& then) {
    std::string text;
    const auto add = [&](std::string action) {
        text += text.empty() ? "" : ", ";
        text += action;
    };
    if (then.file_under.size() == 1 && then.file_under[0].basis_points == 10'000) {
        add("file under " + quoted(then.file_under[0].category));
    } else if (!then.file_under.empty()) {
        std::string parts;
        for (const Share& share : then.file_under) {
            parts += parts.empty() ? "" : " and ";
            parts += percent(share.basis_points) + " " + quoted(share.category);
        }
        add("split " + parts);
    }
    for (const std::string& tag : then.tags) {
        add("tag " + quoted(tag));
    }
    if (then.note) {
        add("note " + quoted(*then.note));
    }
    if (then.rename) {
        add("rename " + quoted(*then.rename));
    }
    return text;
}

std::string write_rule(const Rule& rule) {
    return format("when {} then {}", write_conditions(rule.when), write_actions(rule.then));
}

}  // namespace atlas::finance::rules
