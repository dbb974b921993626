// SPDX-License-Identifier: Apache-2.0
#include "finance/rules/rule_tokens.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::finance::rules {
namespace {

constexpr std::size_t kDigitsMax = 14;

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_mark(char c) {
    return c == '(' || c == ')' || c == ',' || c == ';';
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Digits with at most `decimals` of them behind a point, as an integer; nothing for other text.
Result<std::int64_t> read_decimal(std::string_view text, std::size_t decimals) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view rest = point < text.size() ? text.substr(point + 1) : "";
    const auto all_digits = [](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || whole.size() > kDigitsMax || rest.size() > decimals ||
        (point < text.size() && rest.empty()) || !all_digits(whole) || !all_digits(rest)) {
        return invalid_argument({}, "not a number");
    }
    std::int64_t value = 0;
    for (const char c : whole) {
        value = value * 10 + (c - '0');
    }
    for (std::size_t i = 0; i < decimals; ++i) {
        value = value * 10 + (i < rest.size() ? rest[i] - '0' : 0);
    }
    return value;
}

}  // namespace

Result<Tokens> Tokens::read(std::string_view text) {
    Tokens tokens;
    std::int64_t line = 1;
    std::int64_t column = 1;
    std::size_t i = 0;
    const auto step = [&] {
        const bool is_line_end = text[i] == '\n';
        line += is_line_end ? 1 : 0;
        column = is_line_end ? 1 : column + 1;
        ++i;
    };
    while (i < text.size()) {
        if (is_space(text[i])) {
            step();
            continue;
        }
        Token token{.text = {}, .is_quoted = text[i] == '"', .line = line, .column = column};
        if (token.is_quoted) {
            step();
            while (i < text.size() && text[i] != '"') {
                // A backslash keeps a quotation mark or itself from meaning anything; before all
                // else it is part of an expression.
                const bool escapes = text[i] == '\\' && i + 1 < text.size() &&
                                     (text[i + 1] == '"' || text[i + 1] == '\\');
                if (escapes) {
                    step();
                }
                token.text.push_back(text[i]);
                step();
            }
            if (i == text.size()) {
                return invalid_argument(format("{}:{}", token.line, token.column),
                                        "this quotation mark is not closed");
            }
            step();
        } else if (is_mark(text[i])) {
            token.text = text[i] == ';' ? ',' : text[i];
            step();
        } else {
            while (i < text.size() && !is_space(text[i]) && !is_mark(text[i]) && text[i] != '"') {
                token.text.push_back(text[i]);
                step();
            }
        }
        tokens.tokens_.push_back(std::move(token));
    }
    tokens.end_line_ = line;
    tokens.end_column_ = column;
    return tokens;
}

bool Tokens::take(std::string_view word) {
    if (is_at_end() || tokens_[at_].is_quoted ||
        !std::equal(word.begin(), word.end(), tokens_[at_].text.begin(), tokens_[at_].text.end(),
                    [](char a, char b) { return a == lower(b); })) {
        return false;
    }
    ++at_;
    return true;
}

Result<void> Tokens::expect(std::string_view word) {
    if (!take(word)) {
        return complain(format("\"{}\" is expected", word));
    }
    return {};
}

Result<std::string> Tokens::take_value() {
    const bool is_value =
        !is_at_end() && (tokens_[at_].is_quoted || !is_mark(tokens_[at_].text.front()));
    if (!is_value) {
        return complain("a text in quotation marks is expected");
    }
    return tokens_[at_++].text;
}

Result<std::string_view> Tokens::take_bare(std::string_view wanted) {
    if (is_at_end() || tokens_[at_].is_quoted) {
        return complain(format("{} is expected", wanted));
    }
    return std::string_view(tokens_[at_++].text);
}

Result<std::int64_t> Tokens::take_amount() {
    ATLAS_TRY_ASSIGN(const std::string_view text, take_bare("an amount like 12.50"));
    const auto amount = read_decimal(text, 4);
    if (!amount.has_value()) {
        return complain_before("an amount like 12.50 is expected, without sign or currency");
    }
    return *amount;
}

Result<std::int64_t> Tokens::take_integer(std::int64_t min, std::int64_t max) {
    ATLAS_TRY_ASSIGN(const std::string_view text, take_bare(format("{} to {}", min, max)));
    const auto number = read_decimal(text, 0);
    if (!number.has_value() || *number < min || *number > max) {
        return complain_before(format("a number from {} to {} is expected", min, max));
    }
    return *number;
}

Result<std::int64_t> Tokens::take_percent() {
    ATLAS_TRY_ASSIGN(std::string_view text, take_bare("a share like 70%"));
    const bool has_sign = text.ends_with('%');
    if (has_sign) {
        text.remove_suffix(1);
    }
    const auto share = read_decimal(text, 2);
    if (!share.has_value() || *share == 0 || *share > 10'000 || !(has_sign || take("%"))) {
        return complain_before("a share above 0% and up to 100% is expected");
    }
    return *share;
}

Result<Date> Tokens::take_date() {
    ATLAS_TRY_ASSIGN(const std::string_view text, take_bare("a date like 2026-01-31"));
    const auto date = Date::parse(text);
    if (!date.has_value()) {
        return complain_before("a date like 2026-01-31 is expected");
    }
    return *date;
}

Unexpected Tokens::complain_at(std::size_t at, std::string_view message) const {
    const bool is_end = at >= tokens_.size();
    const std::string place = is_end ? format("{}:{}", end_line_, end_column_)
                                     : format("{}:{}", tokens_[at].line, tokens_[at].column);
    const std::string where =
        is_end ? "at the end" : format("at \"{}\"", tokens_[at].text.substr(0, 40));
    return invalid_argument(place, format("{}: {}", where, message));
}

}  // namespace atlas::finance::rules
