// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/backup.hpp"

#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::sqlite {

Result<void> back_up(Database& source, const BackupRequest& request) {
    OpenOptions options = request.options;
    options.access = Access::read_only;
    if (const auto present = Database::open(request.target, options);
        present || present.error().code != ErrorCode::not_found) {
        return fail(ErrorCode::conflict, request.target,
                    "there is a file already; a backup never overwrites one");
    }
    ATLAS_TRY(source.run("VACUUM INTO ?1", request.target));
    ATLAS_TRY_ASSIGN(const std::int32_t expected, schema_version(source));
    // VACUUM INTO does not sync what it wrote; opening for writing and one commit does, because
    // the switch to a write-ahead log is a transaction of its own.
    options.access = Access::read_write;
    ATLAS_TRY_ASSIGN(Database copy, Database::open(request.target, options));
    ATLAS_TRY(copy.execute(format("PRAGMA user_version = {}", expected)));
    ATLAS_TRY(copy.checkpoint());
    return copy.verify();
}

}  // namespace atlas::adapters::sqlite
