// SPDX-License-Identifier: Apache-2.0
// Accounts: what the household owns or owes with somebody else, each with its balance.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/route.hpp"
#include "finance/ledger/account.hpp"

namespace atlas::contracts {

using AccountType = finance::ledger::AccountType;
template <>
struct Description<AccountType> {
    static constexpr std::string_view name = "AccountType";
    static constexpr auto words = std::to_array<std::string_view>(
        {"checking", "savings", "credit_card", "loan", "investment", "cash", "other"});
};

struct AccountValue {
    AccountId id;
    std::string name;
    AccountType type = AccountType::other;
    std::string currency;
    std::optional<std::string> institution;
    std::optional<std::string> number_masked;
    std::optional<Date> opened;
    std::optional<Date> closed;
    MoneyValue balance;
    std::optional<Date> balance_date;
    bool liability = false;
};
template <>
struct Description<AccountValue> {
    static constexpr std::string_view name = "Account";
    static constexpr std::string_view doc = "An account and its balance by the ledger.";
    static constexpr auto fields = std::array{
        field<&AccountValue::id>("id", "Identifier."),
        field<&AccountValue::name>("name", "What the person calls it."),
        field<&AccountValue::type>("type", "Kind of account."),
        field<&AccountValue::currency>("currency", "ISO 4217 code; all its amounts are in it."),
        field<&AccountValue::institution>("institution", "Bank or lender."),
        field<&AccountValue::number_masked>("number_masked", "Last digits only."),
        field<&AccountValue::opened>("opened", "First day."),
        field<&AccountValue::closed>("closed", "Last day."),
        field<&AccountValue::balance>("balance", "Sum of its transactions; owed is negative."),
        field<&AccountValue::balance_date>("balance_date", "Date of its last transaction."),
        field<&AccountValue::liability>("liability", "True where money is owed."),
    };
};

struct ListAccounts {};
template <>
struct Description<ListAccounts> {
    static constexpr std::string_view name = "ListAccounts";
    static constexpr std::string_view doc = "No conditions.";
    static constexpr std::array<Field, 0> fields{};
};

struct AccountList {
    std::vector<AccountValue> items;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<AccountList> {
    static constexpr std::string_view name = "AccountList";
    static constexpr std::string_view doc = "All accounts of the household, by name.";
    static constexpr auto fields = std::array{
        field<&AccountList::items>("items", "The accounts."),
        field<&AccountList::as_of_sequence>("as_of_sequence", "Ledger sequence they stand at."),
    };
};

inline constexpr Route<ListAccounts, AccountList> list_accounts{
    {.method = Method::get,
     .path = "/api/v1/accounts",
     .operation = "list_accounts",
     .summary = "All accounts with their balances."}};

}  // namespace atlas::contracts
