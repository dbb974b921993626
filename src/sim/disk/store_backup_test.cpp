// SPDX-License-Identifier: Apache-2.0
// Goal: a backup is whole, sealed, durable and refused when it cannot be. Method: round trip, a
// reader and a writer at the same time, each documented error, a power cut after it.
#include "adapters/sqlite/backup.hpp"
#include "adapters/sqlite/migration.hpp"
#include "sim/disk/store_under_test.hpp"

namespace atlas::sim::disk {
namespace {

using adapters::sqlite::back_up;

class StoreBackup : public StoreTest {
protected:
    void SetUp() override { fill(); }
    Result<void> back_up_store(Database& database) {
        return back_up(database, {.target = "copy.db", .options = {.vfs = vfs_->name()}});
    }
    Result<std::int64_t> count_in_copy() {
        ATLAS_TRY_ASSIGN(Database copy, Database::open("copy.db", {.vfs = vfs_->name()}));
        ATLAS_TRY(copy.verify());
        return copy.integer("SELECT count(*) + sum(length(note)) FROM t");
    }
};

TEST_F(StoreBackup, HoldsTheCommittedStateAndItsVersion) {
    Database database = open();
    ASSERT_TRUE(database.execute("PRAGMA user_version = 4"));
    Database other = open();
    auto unfinished = *other.begin();
    ASSERT_TRUE(other.run("DELETE FROM t"));
    ASSERT_TRUE(back_up_store(database));
    EXPECT_EQ(*count_in_copy(), *database.integer("SELECT count(*) + sum(length(note)) FROM t"));
    Database copy = *Database::open("copy.db", {.vfs = vfs_->name()});
    EXPECT_EQ(*adapters::sqlite::schema_version(copy), 4);
}

TEST_F(StoreBackup, SurvivesAPowerCutOnceItsNameIsSynced) {
    Database database = open();
    const auto expected = *database.integer("SELECT count(*) + sum(length(note)) FROM t");
    ASSERT_TRUE(back_up_store(database));
    ASSERT_TRUE(disk_.sync_directory("."));
    disk_.set_faults({.power_loss_at = disk_.operations() + 1});
    disk_.restart(std::vector<Fate>(disk_.pending().size(), Fate::dropped));
    EXPECT_EQ(*count_in_copy(), expected);
}

TEST_F(StoreBackup, NeverOverwrites) {
    Database database = open();
    ASSERT_TRUE(back_up_store(database));
    const auto refused = back_up_store(database);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(refused.error().place, "copy.db");
}

TEST_F(StoreBackup, SaysWhenThereIsNoSpace) {
    Database database = open();
    disk_.set_faults({.capacity_bytes = size_of(kStore) * 3 / 2});
    const auto refused = back_up_store(database);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space);
    EXPECT_TRUE(database.verify());
}

TEST_F(StoreBackup, RefusesToCopyADamagedPage) {
    ASSERT_TRUE(disk_.flip_bit(kStore, (5 * kPageBytes + 1000) * 8));
    Database database = open();
    const auto refused = back_up_store(database);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::data_loss);
}

TEST_F(StoreBackup, FindsDamageDoneWhileWriting) {
    Database database = open();
    const auto before = disk_.snapshot();
    const auto start = disk_.writes();
    ASSERT_TRUE(back_up_store(database));
    const auto count = disk_.writes() - start;
    int refusals = 0;
    for (std::uint64_t i = 1; i <= count; ++i) {
        disk_.restore(*before);
        disk_.set_faults({.misdirected_write_at = start + i});
        if (!back_up_store(database)) {
            ++refusals;
            continue;
        }
        EXPECT_TRUE(count_in_copy()) << "write " << i;
    }
    EXPECT_GT(refusals, 20);
}

}  // namespace
}  // namespace atlas::sim::disk
