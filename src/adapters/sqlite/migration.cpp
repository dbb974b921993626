// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/migration.hpp"

#include "base/format.hpp"

namespace atlas::adapters::sqlite {

Result<std::int32_t> schema_version(Database& database) {
    ATLAS_TRY_ASSIGN(const std::int64_t version, database.integer("PRAGMA user_version"));
    return static_cast<std::int32_t>(version);
}

Result<void> refuse_newer_schema(Database& database, std::int32_t known) {
    ATLAS_TRY_ASSIGN(const std::int32_t version, schema_version(database));
    if (version > known) {
        return fail(ErrorCode::conflict, database.path(),
                    format("the store has schema version {}, this program knows up to {}; "
                           "start the newer program, or restore a backup made by this one",
                           version, known));
    }
    return {};
}

Result<std::int32_t> migrate(Database& database, std::span<const Migration> migrations) {
    const auto known = static_cast<std::int32_t>(migrations.size());
    ATLAS_TRY(refuse_newer_schema(database, known));
    ATLAS_TRY_ASSIGN(const std::int32_t before, schema_version(database));
    for (std::int32_t version = before + 1; version <= known; ++version) {
        const Migration& migration = migrations[static_cast<std::size_t>(version - 1)];
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        const auto applied = database.execute(migration.script);
        if (!applied) {
            return fail(applied.error().code, database.path(),
                        format("migration {} \"{}\": {}", version, migration.name,
                               applied.error().message));
        }
        ATLAS_TRY(database.execute(format("PRAGMA user_version = {}", version)));
        ATLAS_TRY(transaction.commit());
    }
    return before;
}

}  // namespace atlas::adapters::sqlite
