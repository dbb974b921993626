// SPDX-License-Identifier: Apache-2.0
// The ledger as OFX 2.2 XML: one statement an account, with its balance.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "finance/ledger/account.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::finance::ledger {

/// Bank statements and card statements stand in two different message sets: the first of each kind
/// opens it, the last closes it.
enum class OfxSet : std::uint8_t { bank, card };
OfxSet ofx_set(const Account& account);

/// `as_of`: day of the last transaction; a file has no date of its own making.
std::string ofx_head(std::optional<Date> as_of);
std::string ofx_open_set(OfxSet set);
std::string ofx_close_set(OfxSet set);
std::string ofx_tail();

/// What stands around an account's transactions.
struct OfxStatement {
    Account account;
    Date first;
    Date last;
    money::Money balance;
};
std::string ofx_open_statement(const OfxStatement& statement);
std::string ofx_close_list();
/// `pending`: the account's transactions that are not booked, told apart from the booked ones.
std::string ofx_close_statement(const OfxStatement& statement,
                                std::span<const Transaction> pending);

/// Booked transactions; pending ones among them are left out. NAME holds 32 characters: a longer
/// description stands whole in MEMO. FITID is the bank's id, else the ledger's.
/// Source: OFX 2.2, chapter 11.
std::string ofx_entries(std::span<const Transaction> transactions);

}  // namespace atlas::finance::ledger
