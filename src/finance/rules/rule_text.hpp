// SPDX-License-Identifier: Apache-2.0
// Rules as a person writes and reads them.
//
//     when CONDITION then ACTION, ACTION
//     CONDITION:  description contains "X" | description is "X" | description matches "REGEX"
//                 merchant is "X" | account is "X" | currency is USD | category is food.coffee
//                 amount 5.00 to 20.00 | amount at least 5 | amount at most 20 | amount is 9.99
//                 money out | money in | date from 2026-01-01 | date to 2026-12-31
//                 date 2026-01-01 to 2026-12-31 | day 1 to 5 | day 15 | month 12 | weekday saturday
//                 joined by "and", "or", "not" and brackets
//     ACTION:     file under food.coffee | split 70% food.groceries and 30% family.pets
//                 tag "X" | note "X" | rename "X"
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "finance/rules/rule.hpp"

namespace atlas::finance::rules {

inline constexpr std::size_t kRuleTextBytesMax = 4000;
inline constexpr std::size_t kBracketsMax = 16;

/// A rule without id and name. The place of an error is "line:column", both from 1.
/// Errors: invalid_argument; too_large beyond kRuleTextBytesMax.
Result<Rule> parse_rule(std::string_view text);

/// One line; parse_rule reads it back as the same conditions and actions.
std::string write_rule(const Rule& rule);

std::string write_conditions(const std::vector<TestGroup>& when);
std::string write_actions(const Actions& then);
/// One test, "description contains \"X\"".
std::string write_test(const Test& test);

}  // namespace atlas::finance::rules
