// SPDX-License-Identifier: Apache-2.0
// SQLite on the simulated disk, for the tests of this folder: open, fill, break, reopen.
#pragma once

#include <gtest/gtest.h>

#include "adapters/sqlite/checksum_vfs.hpp"
#include "adapters/sqlite/database.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::disk {

inline constexpr std::uint64_t kPageBytes = 4096;
inline constexpr const char* kStore = "store.db";
inline constexpr const char* kLog = "store.db-wal";

class StoreTest : public testing::Test {
protected:
    using Database = adapters::sqlite::Database;
    using OpenOptions = adapters::sqlite::OpenOptions;

    Result<Database> try_open(OpenOptions options = {}) {
        options.vfs = vfs_->name();
        return Database::open(kStore, options);
    }
    Database open(const OpenOptions& options = {}) {
        auto database = try_open(options);
        EXPECT_TRUE(database.has_value()) << to_string(database.error());
        return std::move(database).value();
    }
    /// A store of a few dozen pages of every kind: table and index, inner, leaf and overflow.
    void fill() {
        Database database = open();
        ASSERT_TRUE(
            database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, note TEXT);"
                             "CREATE INDEX t_name ON t(name)"));
        auto transaction = *database.begin();
        for (int i = 0; i < 400; ++i) {
            const std::string note(i % 50 == 0 ? 9000 : 60, static_cast<char>('a' + i % 26));
            ASSERT_TRUE(database.run("INSERT INTO t VALUES(?1, ?2, ?3)", i,
                                     std::to_string(i * 7919 % 1000), note));
        }
        ASSERT_TRUE(transaction.commit());
    }
    /// Reads all that the store holds, by table and by index. Errors: what the store answers.
    Result<std::int64_t> read_all() {
        auto database = try_open();
        if (!database) {
            return Unexpected(database.error());
        }
        ATLAS_TRY(database->verify());
        return database->integer("SELECT sum(length(note)) + count(name) FROM t");
    }
    std::uint64_t size_of(const std::string& path) {
        return *(*disk_.open(path, ports::FileMode::read_only))->size();
    }

    SimDisk disk_;
    std::unique_ptr<adapters::sqlite::ChecksumVfs> vfs_ =
        *adapters::sqlite::ChecksumVfs::create(disk_);
};

}  // namespace atlas::sim::disk
