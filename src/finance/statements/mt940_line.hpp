// SPDX-License-Identifier: Apache-2.0
// The two fields of MT940 that hold figures: the statement line (:61:) and the balances (:60F: and
// its like), taken apart without deciding what they mean for an account.
// Source: SWIFT Category 9 message reference guide, MT 940, field specifications 61 and 60a.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

enum class Mt940Mark : std::uint8_t {
    credit,
    debit,
    reversed_credit,  ///< RC: money out.
    reversed_debit,   ///< RD: money in.
    expected_credit,  ///< EC of MT942: not booked yet.
    expected_debit,
};
inline bool is_money_out(Mt940Mark mark) {
    return mark == Mt940Mark::debit || mark == Mt940Mark::reversed_credit ||
           mark == Mt940Mark::expected_debit;
}
inline bool is_expected(Mt940Mark mark) {
    return mark == Mt940Mark::expected_credit || mark == Mt940Mark::expected_debit;
}

/// A :61: as views into its text; an absent part is empty.
struct Mt940Line {
    Date date;                           ///< The entry date, else the value date.
    std::optional<Date> value_date;      ///< Where there is one and it exists.
    std::string_view impossible_date{};  ///< A date that does not exist, where the other does.
    Mt940Mark mark = Mt940Mark::debit;
    std::string_view amount{};
    std::string_view type{};  ///< "NTRF".
    std::string_view customer_reference{};
    std::string_view bank_reference{};
    std::string_view supplementary{};  ///< Its further lines.
};

/// What could not be read of a field, and where.
struct Mt940Refusal {
    std::string_view at;  ///< The part of the text that is to blame.
    std::string reason;
};

/// Takes a statement line apart; nothing where it cannot be, and then `refusal` says why. The
/// entry date has no year: the one nearest to the value date is meant.
std::optional<Mt940Line> read_mt940_line(std::string_view text, Mt940Refusal& refusal);

struct Mt940Balance {
    bool is_debit = false;
    std::optional<Date> date;
    std::string_view currency{};  ///< Empty where the bank leaves it out.
    std::string_view amount{};
};

/// Takes a balance apart; nothing where the text is none.
std::optional<Mt940Balance> read_mt940_balance(std::string_view text);

/// An amount as SWIFT writes it: digits, a comma, perhaps decimals.
/// Errors: invalid_argument, as read_amount().
Result<money::Money> read_mt940_amount(std::string_view text, money::Currency currency);

}  // namespace atlas::finance::statements
