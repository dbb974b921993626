// SPDX-License-Identifier: Apache-2.0
// Which account each statement of a file belongs to: one of the ledger's, or one that the import
// makes.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {

class ImportAccounts {
public:
    /// Borrows the question.
    ImportAccounts(IdSource& ids, HouseholdId household, const ImportQuestion& question)
        : ids_(ids),
          household_(household),
          question_(question) {}

    void know(std::vector<ports::AccountBalance> rows) { rows_ = std::move(rows); }

    /// The account that was named is that of a file which tells of one. Where a file tells of
    /// several, each is known by its own number or name.
    void expect(const std::vector<finance::statements::Statement>& statements);

    /// Errors: invalid_argument (no account is named or told of, no currency, another currency
    ///         than the account's).
    Result<finance::ledger::Account> settle(const finance::statements::Statement& statement);

    /// Of the ledger, and those made here.
    const std::vector<ports::AccountBalance>& rows() const { return rows_; }
    const std::vector<finance::ledger::Account>& made() const { return made_; }
    bool is_new(AccountId id) const { return new_.contains(id); }

private:
    AccountId account_id(const finance::statements::Statement& statement, std::string_view name);
    Result<finance::ledger::Account> make(const finance::statements::Statement& statement,
                                          std::string name, finance::ledger::AccountType type);

    IdSource& ids_;
    HouseholdId household_;
    /// The name asked for, where it means this statement's account.
    std::string asked(const finance::statements::Statement& statement) const;

    const ImportQuestion& question_;
    bool tells_of_several_ = false;
    std::vector<ports::AccountBalance> rows_;
    std::vector<finance::ledger::Account> made_;
    std::set<AccountId> new_;
};

}  // namespace atlas::roles::finance_engine
