// SPDX-License-Identifier: Apache-2.0
// The schema version gate and the list of migrations. The version lies in SQLite's user_version;
// each migration runs in one transaction with its new version, so a crash leaves a whole version.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "adapters/sqlite/database.hpp"

namespace atlas::adapters::sqlite {

/// Migration number i (from 1) is element i - 1 of the list; the list only ever grows.
struct Migration {
    const char* name;    ///< E.g. "outbox"; for messages.
    const char* script;  ///< SQL statements without BEGIN and COMMIT.
};

/// PRAGMA user_version; 0 for a new store.
Result<std::int32_t> schema_version(Database& database);

/// Errors: conflict naming both versions when the store is newer than `known`.
Result<void> refuse_newer_schema(Database& database, std::int32_t known);

/// Brings the store to version migrations.size(). Returns the version it had before.
/// Errors: conflict (newer store), otherwise the failing migration's, by name.
Result<std::int32_t> migrate(Database& database, std::span<const Migration> migrations);

}  // namespace atlas::adapters::sqlite
