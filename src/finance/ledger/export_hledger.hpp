// SPDX-License-Identifier: Apache-2.0
// The journal as text for hledger (and Ledger): also an independent check of our own totals.
#pragma once

#include <span>
#include <string>

#include "finance/ledger/journal.hpp"

namespace atlas::finance::ledger {

/// A journal that `hledger check --strict` accepts: decimal mark, commodities and accounts
/// declared, then the entries by date, each exchange followed by its price. Descriptions cannot
/// break out of their line: control characters become spaces, ';' (a comment) a comma, '|' (payee
/// and note) a slash; the code in front keeps a leading '*', '!' or '(' from being read as
/// anything else.
/// Cost: linear in the entries.
/// Source: hledger manual 1.25, "Journal format".
std::string export_hledger(std::span<const JournalEntry> entries);

/// The same in parts, for ledgers of any size: the head once, then the entries page by page.
std::string hledger_head(const JournalNames& names);
std::string hledger_entries(std::span<const JournalEntry> entries);

}  // namespace atlas::finance::ledger
