// SPDX-License-Identifier: Apache-2.0
// Tables of the ledger store, as numbered migrations. Written to be read with the sqlite3 command
// line too: dates are ISO texts, enumerations are their names, amounts are minor units beside
// their currency; ids are 16-byte blobs (hex(id) shows them).
#pragma once

#include <span>

#include "adapters/sqlite/migration.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Number i (from 1) brings the store from version i - 1 to i. The list only grows.
std::span<const adapters::sqlite::Migration> ledger_migrations();

}  // namespace atlas::adapters::ledger_store::sqlite
