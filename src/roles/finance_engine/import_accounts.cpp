// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/import_accounts.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "finance/ledger/account_match.hpp"

namespace atlas::roles::finance_engine {

namespace ledger = finance::ledger;
namespace statements = finance::statements;
using ledger::Account;

// The same file makes the same account again after an undo, and with it the same transactions. Only
// where that id is taken (the account was renamed, and a file names the old name) is it a new one.
AccountId ImportAccounts::account_id(const statements::Statement& statement,
                                     std::string_view name) {
    const std::string key =
        ledger::hash_number(statement.account).value_or("name " + std::string(name));
    const AccountId derived{
        Uuid::from_digest(sha256(format("account {} {}", to_string(household_), key)))};
    const bool is_taken = std::ranges::any_of(
        rows_, [&](const ports::AccountBalance& row) { return row.account.id == derived; });
    return is_taken ? ids_.make<AccountId>() : derived;
}

Result<Account> ImportAccounts::make(const statements::Statement& statement, std::string name,
                                     ledger::AccountType type) {
    if (!statement.currency.has_value() && !question_.currency.has_value()) {
        return invalid_argument("/currency",
                                format("the file does not say its currency; say which one "
                                       "account \"{}\" has",
                                       name));
    }
    Account account{.id = account_id(statement, name),
                    .name = std::move(name),
                    .type = type,
                    .currency = statement.currency.has_value()
                                    ? *statement.currency
                                    : money::Currency::parse(*question_.currency).value(),
                    .institution = std::nullopt,
                    .number_masked = ledger::mask_number(statement.account.number),
                    .number_hash = ledger::hash_number(statement.account),
                    .opened = std::nullopt,
                    .closed = std::nullopt};
    if (!statement.account.institution.empty()) {
        account.institution = statement.account.institution;
    }
    new_.insert(account.id);
    made_.push_back(account);
    rows_.push_back({.account = account,
                     .balance = money::Money::zero(account.currency),
                     .balance_date = std::nullopt,
                     .transactions = 0});
    return account;
}

namespace {

std::string own_name(const statements::AccountHints& account) {
    return ledger::hash_number(account).value_or(account.name);
}

}  // namespace

void ImportAccounts::expect(const std::vector<statements::Statement>& all) {
    std::set<std::string> names;
    for (const statements::Statement& statement : all) {
        names.insert(own_name(statement.account));
    }
    names.erase("");
    tells_of_several_ = names.size() > 1;
}

std::string ImportAccounts::asked(const statements::Statement& statement) const {
    return tells_of_several_ && !own_name(statement.account).empty() ? std::string()
                                                                     : question_.account;
}

Result<Account> ImportAccounts::settle(const statements::Statement& statement) {
    const std::string name = asked(statement);
    std::vector<Account> known;
    for (const ports::AccountBalance& row : rows_) {
        known.push_back(row.account);
        if (row.account.name == name && statement.currency.has_value() &&
            *statement.currency != row.account.currency) {
            return invalid_argument(
                "/currency",
                format("the file is in {}, account \"{}\" in {}", statement.currency->code(),
                       row.account.name, row.account.currency.code()));
        }
    }
    const ledger::AccountMatch match = ledger::match_account(statement.account, name, known);
    if (match.existing.has_value()) {
        return known[*match.existing];
    }
    if (match.suggested_name.empty()) {
        return invalid_argument("/account",
                                "the file does not say which account it belongs to; name one");
    }
    const ledger::AccountType type = question_.account_type.value_or(
        statement.account.type.value_or(ledger::AccountType::checking));
    return make(statement, match.suggested_name, type);
}

}  // namespace atlas::roles::finance_engine
