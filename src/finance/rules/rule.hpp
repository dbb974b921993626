// SPDX-License-Identifier: Apache-2.0
// A rule of the user's own: when these conditions hold, file like this. Conditions are kept as "any
// of these groups, all tests in a group", each test may be negated, so that every boolean
// expression has one flat form. As text (rule_text.hpp):
//
//     when description contains "BLUE BOTTLE" and money out then file under food.coffee, tag
//     "treat"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::finance::rules {

inline constexpr std::size_t kNameBytesMax = 100;
inline constexpr std::size_t kTextBytesMax = 200;  ///< Of a value in a test or an action.
inline constexpr std::size_t kGroupsMax = 64;
inline constexpr std::size_t kTestsMax = 16;  ///< In a group.
inline constexpr std::size_t kSplitsMax = 16;
inline constexpr std::size_t kTagsMax = 16;
inline constexpr std::size_t kRulesMax = 2000;

/// What a test looks at.
enum class TestKind : std::uint8_t {
    description_contains,  ///< Words, whatever their case, accents and punctuation.
    description_is,        ///< The same, all of it.
    description_matches,   ///< RE2, any case, anywhere in the text.
    merchant_is,           ///< Name of the merchant, any case.
    amount_between,        ///< Size of the amount, both ends included.
    money_out,
    money_in,
    account_is,    ///< Name or id.
    currency_is,   ///< ISO 4217.
    date_between,  ///< Both ends included.
    day_between,   ///< Day of the month, 1 to 31.
    month_is,      ///< 1 to 12.
    weekday_is,    ///< 0 is Monday.
    category_is,   ///< Where it is filed now: a leaf, or a parent with all its leaves.
};

struct Test {
    TestKind kind = TestKind::description_contains;
    bool is_negated = false;
    std::string text{};  ///< Of the first four, account, currency, category.
    /// Of amounts in ten-thousandths of the currency's unit, of days, months and weekdays as they
    /// are. Absent: no bound.
    std::optional<std::int64_t> low{};
    std::optional<std::int64_t> high{};
    std::optional<Date> from{};
    std::optional<Date> to{};

    friend bool operator==(const Test&, const Test&) = default;
};

using TestGroup = std::vector<Test>;

/// A share of the amount, in hundredths of a per cent.
struct Share {
    std::string category{};
    std::int64_t basis_points = 10'000;

    friend bool operator==(const Share&, const Share&) = default;
};

struct Actions {
    std::vector<Share> file_under{};  ///< Empty: the category stays; one: all of it.
    std::vector<std::string> tags{};
    std::optional<std::string> note{};
    std::optional<std::string> rename{};  ///< Name of the merchant.

    friend bool operator==(const Actions&, const Actions&) = default;
};

struct Rule {
    std::string id{};  ///< Whatever the keeper gave it.
    std::string name{};
    bool is_enabled = true;
    std::vector<TestGroup> when{};  ///< Any group.
    Actions then{};

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// Whether a rule can be kept. Places are JSON pointers into {name, when, then}.
/// Errors: invalid_argument (empty or too long, a bad expression, shares that do not sum to 100 %,
///         an interval the wrong way round, a name that no words are in).
Result<void> check_rule(const Rule& rule);

}  // namespace atlas::finance::rules
