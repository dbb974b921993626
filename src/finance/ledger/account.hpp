// SPDX-License-Identifier: Apache-2.0
// What a household owns or owes with somebody else, as the ledger keeps it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/id.hpp"
#include "money/currency.hpp"
#include "money/money.hpp"

namespace atlas::finance::ledger {

enum class AccountType : std::uint8_t {
    checking,
    savings,
    credit_card,
    loan,
    investment,
    cash,
    other,
};

std::string_view name_of(AccountType type);
/// Errors: invalid_argument, naming the accepted words.
Result<AccountType> parse_account_type(std::string_view name);
/// True where a negative balance is the normal state: money owed.
bool is_liability(AccountType type);

struct Account {
    AccountId id;
    std::string name;  ///< What the person calls it; unique within a household.
    AccountType type = AccountType::other;
    money::Currency currency;
    std::optional<std::string> institution;
    std::optional<std::string> number_masked;  ///< "…1234": the full number is never stored.
    /// SHA-256 (hex) of institution and full number as the bank's files name them; recognises the
    /// account in the next file without keeping the number.
    std::optional<std::string> number_hash;
    std::optional<Date> opened;
    std::optional<Date> closed;

    friend bool operator==(const Account&, const Account&) = default;
};

}  // namespace atlas::finance::ledger
