// SPDX-License-Identifier: Apache-2.0
// Rules between their JSON and the core's own type.
#include "contracts/resources/rules.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "finance/rules/rule_text.hpp"

namespace atlas::contracts {
namespace {

namespace core = finance::rules;

constexpr std::size_t kAmountDecimals = 4;
constexpr std::size_t kPercentDecimals = 2;

std::string write_decimal(std::int64_t value, std::size_t decimals) {
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < decimals; ++i) {
        scale *= 10;
    }
    std::string text = format("{}", value / scale);
    if (decimals > 0 && value % scale != 0) {
        text += format(".{:0{}}", value % scale, decimals);
        while (text.ends_with('0')) {
            text.pop_back();
        }
    }
    return text;
}

/// Digits with at most `decimals` behind a point, as an integer of that many.
Result<std::int64_t> read_decimal(std::string_view text, std::size_t decimals,
                                  const std::string& place) {
    constexpr std::size_t kDigitsMax = 14;
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view rest = point < text.size() ? text.substr(point + 1) : "";
    const auto is_number = [](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || whole.size() > kDigitsMax || rest.size() > decimals || !is_number(whole) ||
        !is_number(rest)) {
        return invalid_argument(place, format("\"{}\" is not a number without sign and with at "
                                              "most {} decimals",
                                              text.substr(0, 40), decimals));
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

std::size_t decimals_of(RuleTestKind kind) {
    return kind == RuleTestKind::amount_between ? kAmountDecimals : 0;
}

Result<core::Test> to_test(const RuleTestValue& value, const std::string& place) {
    core::Test test{.kind = value.kind,
                    .is_negated = value.negated,
                    .text = value.text.value_or(""),
                    .low = std::nullopt,
                    .high = std::nullopt,
                    .from = value.from,
                    .to = value.to};
    if (value.low) {
        ATLAS_TRY_ASSIGN(test.low,
                         read_decimal(value.low->text, decimals_of(value.kind), place + "/low"));
    }
    if (value.high) {
        ATLAS_TRY_ASSIGN(test.high,
                         read_decimal(value.high->text, decimals_of(value.kind), place + "/high"));
    }
    return test;
}

RuleTestValue to_value(const core::Test& test) {
    const std::size_t decimals = decimals_of(test.kind);
    const auto text_of = [&](const std::optional<std::int64_t>& bound) {
        return bound ? std::optional(DecimalText{write_decimal(*bound, decimals)}) : std::nullopt;
    };
    return {.kind = test.kind,
            .negated = test.is_negated,
            .text = test.text.empty() ? std::nullopt : std::optional(test.text),
            .low = text_of(test.low),
            .high = text_of(test.high),
            .from = test.from,
            .to = test.to};
}

}  // namespace

RuleValue to_value(const core::Rule& rule) {
    RuleValue value{.id = rule.id,
                    .name = rule.name,
                    .enabled = rule.is_enabled,
                    .text = core::write_rule(rule),
                    .when = {},
                    .then = {.file_under = {},
                             .tags = rule.then.tags,
                             .note = rule.then.note,
                             .rename = rule.then.rename}};
    for (const core::TestGroup& group : rule.when) {
        RuleGroupValue& all = value.when.emplace_back();
        for (const core::Test& test : group) {
            all.all.push_back(to_value(test));
        }
    }
    for (const core::Share& share : rule.then.file_under) {
        value.then.file_under.push_back(
            {share.category, {write_decimal(share.basis_points, kPercentDecimals)}});
    }
    return value;
}

Result<core::Rule> to_rule(const SaveRule& value) {
    core::Rule rule;
    if (value.text.has_value() == (value.when.has_value() || value.then.has_value())) {
        return invalid_argument("/text", "either text is needed, or when and then");
    }
    if (value.text) {
        auto read = core::parse_rule(*value.text);
        if (!read.has_value()) {
            return fail(read.error().code, "/text",
                        format("{} ({})", read.error().message, read.error().place));
        }
        rule = std::move(*read);
    } else {
        if (!value.when || !value.then) {
            return invalid_argument(value.when ? "/then" : "/when", "is needed");
        }
        for (std::size_t i = 0; i < value.when->size(); ++i) {
            core::TestGroup group;
            for (std::size_t j = 0; j < (*value.when)[i].all.size(); ++j) {
                ATLAS_TRY_ASSIGN(core::Test test,
                                 to_test((*value.when)[i].all[j], format("/when/{}/all/{}", i, j)));
                group.push_back(std::move(test));
            }
            rule.when.push_back(std::move(group));
        }
        for (std::size_t i = 0; i < value.then->file_under.size(); ++i) {
            const RuleShareValue& share = value.then->file_under[i];
            ATLAS_TRY_ASSIGN(const std::int64_t points,
                             read_decimal(share.percent.text, kPercentDecimals,
                                          format("/then/file_under/{}/percent", i)));
            rule.then.file_under.push_back({share.category, points});
        }
        rule.then.tags = value.then->tags;
        rule.then.note = value.then->note;
        rule.then.rename = value.then->rename;
    }
    rule.id = value.id.value_or("");
    rule.name = value.name;
    rule.is_enabled = value.enabled;
    ATLAS_TRY(core::check_rule(rule));
    return rule;
}

}  // namespace atlas::contracts
