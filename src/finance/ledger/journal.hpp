// SPDX-License-Identifier: Apache-2.0
// The ledger seen as double entry: each transaction an entry whose postings sum to zero in every
// currency. Categories are accounts (expenses:food:groceries), a paired transfer is one entry, or
// two through assets:in-transit when its legs have different days, and two currencies meet only in
// equity:conversion. It is made at read; nothing of it is stored.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "finance/ledger/account.hpp"
#include "finance/ledger/transaction.hpp"
#include "money/quantity.hpp"
#include "money/rounding.hpp"

namespace atlas::finance::ledger {

struct Posting {
    std::string account;
    money::Money amount;

    friend bool operator==(const Posting&, const Posting&) = default;
};

struct JournalEntry {
    Date date;
    TransactionStatus status = TransactionStatus::posted;
    std::string code;         ///< Transaction id.
    std::string description;  ///< As the ledger has it: nothing is escaped yet.
    std::vector<Posting> postings;

    friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

/// The spans outlive the call. Transactions are of the accounts given.
struct JournalQuestion {
    std::span<const Account> accounts;  ///< All of them, in the same order for every page.
    std::span<const Transaction> transactions;
    /// Other legs of these transactions' transfers that stand on another page of the ledger:
    /// looked at, not told. Pages are in order of date, then id.
    std::span<const Transaction> elsewhere{};
};

/// Entries by date, then in the order given. Every entry sums to zero in every currency. The pages
/// of a ledger make the entries of the whole.
/// Errors: invalid_argument for a transaction of an account that is not given.
/// Cost: O(n log n).
Result<std::vector<JournalEntry>> journal_entries(const JournalQuestion& question);

/// What a journal declares before its entries; filled page by page.
struct JournalNames {
    std::set<std::string> accounts{};
    std::set<money::Currency> currencies{};
    std::optional<Date> first{};  ///< Day of the first entry.

    void add(std::span<const JournalEntry> entries);
};

/// What one unit of a currency cost where an entry exchanges one for another.
struct ImpliedPrice {
    money::Currency of;
    money::UnitPrice price;
};
/// Of an entry that goes through equity:conversion in two currencies, to nine decimals.
std::optional<ImpliedPrice> implied_price(const JournalEntry& entry);

/// Sum of each account and currency, in minor units wide enough for any ledger.
using JournalTotals = std::map<std::pair<std::string, money::Currency>, money::Int128>;
JournalTotals journal_totals(std::span<const JournalEntry> entries);

/// "assets:bank:Everyday", "liabilities:card:Visa": what hledger calls an account. A name that is
/// no account name there (colons, double spaces) is made one.
std::string journal_account(AccountType type, std::string_view name);

/// "expenses:food:groceries", "income:wages", "equity:opening", "assets:in-transit" for own
/// transfers without their other leg; an unknown category goes to income or expenses by the sign of
/// the split.
std::string category_account(std::string_view category, bool money_out);

}  // namespace atlas::finance::ledger
