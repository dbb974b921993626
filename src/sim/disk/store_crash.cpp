// SPDX-License-Identifier: Apache-2.0
#include "sim/disk/store_crash.hpp"

#include <map>

#include "adapters/sqlite/checksum_vfs.hpp"
#include "adapters/sqlite/database.hpp"
#include "base/format.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::disk {
namespace {

using adapters::sqlite::ChecksumVfs;
using adapters::sqlite::Database;

constexpr const char* kPath = "crash.db";
constexpr int kCrashesPerSeed = 3;
constexpr int kTransactionsMax = 12;
constexpr std::uint64_t kKeys = 40;

/// What the store should hold: the size of the note under each key.
using Model = std::map<std::int64_t, std::int64_t>;

struct Run {
    SimDisk& disk;
    const ChecksumVfs& vfs;
    Random& random;
    Model acknowledged{};
    Model attempted{};  ///< With the commit under way; equal to `acknowledged` if there is none.
    CrashOutcome outcome{};
};

/// Several rows in one transaction, so that a half of it would show.
Result<void> commit_some(Run& run, Database& database) {
    run.attempted = run.acknowledged;
    ATLAS_TRY_ASSIGN(auto transaction, database.begin());
    const std::uint64_t rows = 1 + run.random.below(run.random.chance(0.2) ? 30 : 5);
    for (std::uint64_t i = 0; i < rows; ++i) {
        const auto key = static_cast<std::int64_t>(run.random.below(kKeys));
        const auto size = static_cast<std::int64_t>(run.random.below(6000));
        if (run.random.chance(0.2)) {
            ATLAS_TRY(database.run("DELETE FROM t WHERE key = ?1", key));
            run.attempted.erase(key);
        } else {
            ATLAS_TRY(database.run("INSERT OR REPLACE INTO t VALUES(?1, zeroblob(?2))", key, size));
            run.attempted[key] = size;
        }
    }
    if (run.random.chance(0.15)) {
        // What it spilled stays in the log, with the right salts, and is overwritten in part.
        transaction.rollback();
        run.attempted = run.acknowledged;
        return {};
    }
    ATLAS_TRY(transaction.commit());
    run.acknowledged = run.attempted;
    ++run.outcome.acknowledged;
    return {};
}

Result<void> work_until_power_fails(Run& run) {
    // Half of the runs have so small a cache that pages go to the log before their commit.
    const std::int32_t cache_kib = run.random.chance(0.5) ? 16 : 8192;
    ATLAS_TRY_ASSIGN(Database database,
                     Database::open(kPath, {.vfs = run.vfs.name(), .cache_kib = cache_kib}));
    ATLAS_TRY(database.execute("CREATE TABLE IF NOT EXISTS t(key INTEGER PRIMARY KEY, note BLOB)"));
    for (int i = 0; i < kTransactionsMax; ++i) {
        ATLAS_TRY(commit_some(run, database));
        if (run.random.chance(0.15)) {
            const auto copied = database.checkpoint();
            run.outcome.is_in_checkpoint |= !copied.has_value();
            ATLAS_TRY(copied);
        } else if (run.random.chance(0.2)) {
            // Leaves the log in place: the next commit starts over, with old frames behind it.
            ATLAS_TRY(database.execute("PRAGMA wal_checkpoint(PASSIVE)"));
        }
    }
    return {};
}

Result<Model> read_model(const Run& run) {
    Model found;
    ATLAS_TRY_ASSIGN(Database database, Database::open(kPath, {.vfs = run.vfs.name()}));
    ATLAS_TRY(database.verify());
    ATLAS_TRY_ASSIGN(const std::int64_t tables,
                     database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 't'"));
    if (tables == 0) {
        return found;
    }
    ATLAS_TRY(database.each("SELECT key, length(note) FROM t",
                            [&](const adapters::sqlite::Statement& row) -> Result<void> {
                                found[row.integer(0)] = row.integer(1);
                                return {};
                            }));
    return found;
}

}  // namespace

Result<CrashOutcome> crash_store(std::uint64_t seed) {
    Random random(seed);
    SimDisk disk;
    ATLAS_TRY_ASSIGN(const auto vfs, ChecksumVfs::create(disk));
    Run run{disk, *vfs, random};
    for (int i = 0; i < kCrashesPerSeed; ++i) {
        disk.set_faults({.power_loss_at = disk.operations() + 1 + random.below(350)});
        const auto worked = work_until_power_fails(run);
        disk.restart(random);
        ++run.outcome.crashes;
        const auto found = read_model(run);
        if (!found) {
            return internal(format("seed {}: the store does not open: {}; before: {}", seed,
                                   to_string(found.error()),
                                   worked ? "no error" : to_string(worked.error())));
        }
        if (*found != run.acknowledged && *found != run.attempted) {
            return internal(format("seed {}: {} rows acknowledged, {} found", seed,
                                   run.acknowledged.size(), found->size()));
        }
        run.outcome.is_last_kept |= *found != run.acknowledged;
        run.acknowledged = *found;
        run.attempted = *found;
    }
    return run.outcome;
}

}  // namespace atlas::sim::disk
