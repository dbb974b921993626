// SPDX-License-Identifier: Apache-2.0
// The journal as text for beancount.
#pragma once

#include <map>
#include <span>
#include <string>

#include "finance/ledger/journal.hpp"

namespace atlas::finance::ledger {

/// What each journal account is called in beancount: "Assets:Bank:Everyday". Its names are letters
/// of ASCII, digits and hyphens, each level beginning with a capital or a digit; what falls
/// together gets a number.
using BeancountNames = std::map<std::string, std::string>;
BeancountNames beancount_names(const JournalNames& names);

/// Options and an `open` of every account on the day of the first entry, with its journal name as
/// metadata where that says more.
std::string beancount_head(const JournalNames& names, const BeancountNames& accounts);

/// Entries as transactions with the ledger's id as metadata; each exchange is followed by its
/// price. Every account is in `accounts`, checked.
/// Cost: linear in the entries.
/// Source: beancount language syntax, version 2 and 3.
std::string beancount_entries(std::span<const JournalEntry> entries,
                              const BeancountNames& accounts);

}  // namespace atlas::finance::ledger
