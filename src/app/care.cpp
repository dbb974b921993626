// SPDX-License-Identifier: Apache-2.0
// `atlas audit verify`, `atlas backup` and `atlas restore`: is everything whole, and elsewhere too?
#include <cstdio>
#include <filesystem>

#include "app/backup.hpp"
#include "app/commands.hpp"
#include "app/door.hpp"
#include "base/format.hpp"

namespace atlas::app {
namespace {

/// A question about a folder must not make it.
Result<Door> open_existing(const std::string& data, std::string_view store) {
    if (!std::filesystem::exists(format("{}/{}", data, store))) {
        return not_found(format("there is no {} in {}", store, data));
    }
    return Door::open(data);
}

Result<contracts::AuditCheckpointValue> verify(const std::string& data) {
    ATLAS_TRY_ASSIGN(Door door, open_existing(data, "audit.db"));
    ATLAS_TRY_ASSIGN(const auto checkpoint, door.call(contracts::verify_audit, {}));
    return *checkpoint;
}

Result<contracts::BackupValue> back_up(const BackupOptions& options) {
    ATLAS_TRY_ASSIGN(Door door, open_existing(options.data, "ledger.db"));
    // The server stands in another folder than this shell.
    ATLAS_TRY_ASSIGN(const auto backup,
                     door.call(contracts::create_backup,
                               {.folder = std::filesystem::absolute(options.backup).string()}));
    return *backup;
}

int print(const Result<contracts::BackupValue>& done, std::string_view what) {
    if (!done.has_value()) {
        return report(done.error());
    }
    std::int64_t bytes = 0;
    for (const contracts::BackupFile& file : done->files) {
        bytes += file.size_bytes;
    }
    std::fprintf(stdout, "%s",
                 format("{}: {} files, {} bytes, {} and verified\n", done->folder,
                        done->files.size(), bytes, what)
                     .c_str());
    return 0;
}

}  // namespace

int run_audit_verify(const std::string& data) {
    const auto checkpoint = verify(data);
    if (!checkpoint.has_value()) {
        return report(checkpoint.error());
    }
    std::printf("%lld entries, head %s\n", static_cast<long long>(checkpoint->entries),
                checkpoint->head.c_str());
    return 0;
}

int run_backup(const BackupOptions& options) {
    const int code = print(back_up(options), "copied");
    if (code == 0) {
        std::fprintf(stderr, "atlas: it holds the keys: whoever has it can read everything\n");
    }
    return code;
}

int run_restore(const BackupOptions& options) {
    return print(restore_house({.data = options.data, .backup = options.backup}), "restored");
}

}  // namespace atlas::app
