// SPDX-License-Identifier: Apache-2.0
// The journal as text for beancount.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "finance/ledger/journal.hpp"

namespace atlas::finance::ledger {

/// What a journal account is called in beancount: "Assets:Bank:Everyday". Names there are letters
/// of ASCII, digits and hyphens, each level beginning with a capital or a digit; a name that has to
/// be changed beyond that gets six digits of its hash, so that two never fall together.
std::string beancount_account(std::string_view account);

/// Options and an `open` of every account on the day of the first entry, with its journal name as
/// metadata.
std::string beancount_head(const JournalNames& names);

/// Entries as transactions with the ledger's id as metadata; each exchange is followed by its
/// price.
/// Cost: linear in the entries.
/// Source: beancount language syntax, versions 2 and 3.
std::string beancount_entries(std::span<const JournalEntry> entries);

}  // namespace atlas::finance::ledger
