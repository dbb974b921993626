// SPDX-License-Identifier: Apache-2.0
// Goal: a store on a full or failing disk refuses, keeps its old state and never acknowledges what
// is not stored; connections of one process see each other as they should. Method: the fault at
// every operation of a commit in turn; threads.
#include <atomic>
#include <thread>

#include "sim/disk/store_under_test.hpp"

namespace atlas::sim::disk {
namespace {

using adapters::sqlite::Access;
using adapters::sqlite::Synchronous;

class StoreFault : public StoreTest {
protected:
    static Result<void> commit_row(Database& database, int id, std::size_t size) {
        ATLAS_TRY_ASSIGN(auto transaction, database.begin());
        ATLAS_TRY(database.run("INSERT INTO t VALUES(?1, 'new', ?2)", id, std::string(size, 'x')));
        return transaction.commit();
    }
};

TEST_F(StoreFault, AFullDiskIsNoSpaceAndLeavesTheOldState) {
    fill();
    const auto before = *read_all();
    std::uint64_t used = size_of(kStore);
    for (std::uint64_t room = 0; room < 30000; room += 1900) {
        Database database = open();
        disk_.set_faults({.capacity_bytes = used + room});
        const auto refused = commit_row(database, 1000, 40000);
        ASSERT_FALSE(refused.has_value()) << room;
        EXPECT_EQ(refused.error().code, ErrorCode::no_space) << to_string(refused.error());
        EXPECT_TRUE(refused.error().place.starts_with("store.db-wal:"));
        EXPECT_FALSE(database.is_in_transaction());
        EXPECT_EQ(*database.integer("SELECT count(*) FROM t WHERE id = 1000"), 0);
        disk_.set_faults({});
        ASSERT_TRUE(commit_row(database, 1000, 40000));  // Room again: it goes on.
        ASSERT_TRUE(database.run("DELETE FROM t WHERE id = 1000"));
        ASSERT_TRUE(database.execute("VACUUM"));
        ASSERT_TRUE(database.checkpoint());
        used = size_of(kStore);
    }
    EXPECT_EQ(*read_all(), before);
}

TEST_F(StoreFault, AFailedSyncIsNeverACommit) {
    fill();
    auto database = std::make_optional(open());
    disk_.set_faults({.failed_sync_at = disk_.syncs() + 1});
    const auto refused = commit_row(*database, 1000, 100);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << to_string(refused.error());
    EXPECT_EQ(refused.error().place, kLog);
    EXPECT_EQ(*database->integer("SELECT count(*) FROM t WHERE id = 1000"), 0);
    // The handle refuses from now on: a second try must not look as if it had been stored.
    EXPECT_FALSE(commit_row(*database, 1001, 100));
    disk_.set_faults({.power_loss_at = disk_.operations() + 1});
    database.reset();
    disk_.restart(std::vector<Fate>(disk_.pending().size(), Fate::dropped));
    EXPECT_EQ(*open().integer("SELECT count(*) FROM t WHERE id >= 1000"), 0);
}

// Seed 1067 of the spine: after a sync that failed the page cache shows frames that the drive does
// not have and calls them clean; kill -9, a start that reads them, and a power cut follow.
TEST_F(StoreFault, WhatAStartReadsAfterAFailedSyncAndAKillOutlivesAPowerCut) {
    fill();
    const auto before = disk_.snapshot();
    int failed = 0;
    for (std::uint64_t sync = 1; sync <= 24; ++sync) {
        disk_.restore(*before);
        {
            Database database = open();
            ASSERT_TRUE(commit_row(database, 1000, 3000));
            disk_.set_faults({.failed_sync_at = disk_.syncs() + sync});
            bool goes_on = true;
            for (int id = 1001; goes_on && id < 1010; ++id) {
                goes_on = commit_row(database, id, 3000).has_value() &&
                          (id % 3 != 0 || database.checkpoint().has_value());
            }
            failed += goes_on ? 0 : 1;
            disk_.set_faults({.power_loss_at = disk_.operations() + 1});  // kill -9.
        }
        disk_.set_faults({});
        std::int64_t seen = 0;
        {
            Database database = open();
            // As the ledger store at its start, before anything is answered.
            ASSERT_TRUE(database.checkpoint());
            seen = *database.integer("SELECT count(*) FROM t");
            disk_.set_faults({.power_loss_at = disk_.operations() + 1});
        }
        disk_.restart(std::vector<Fate>(disk_.pending().size(), Fate::dropped));
        disk_.set_faults({});
        Database database = open();
        ASSERT_TRUE(database.verify()) << "sync " << sync;
        EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), seen) << "sync " << sync;
    }
    EXPECT_GT(failed, 8);
}

TEST_F(StoreFault, AnErrorAtAnyOperationLosesNothingAcknowledged) {
    fill();
    const auto before = disk_.snapshot();
    int refusals = 0;
    for (std::uint64_t at = 1; at < 120; ++at) {
        disk_.restore(*before);
        disk_.set_faults({.io_error_at = disk_.operations() + at});
        std::vector<int> acknowledged;
        if (auto database = try_open()) {
            for (int id = 1000; id < 1004; ++id) {
                if (commit_row(*database, id, 3000)) {
                    acknowledged.push_back(id);
                }
            }
            // It may fail, as any of them: that is the point.
            refusals += database->checkpoint() ? 0 : 1;
        }
        refusals += acknowledged.size() < 4 ? 1 : 0;
        disk_.set_faults({});
        Database database = open();
        for (const int id : acknowledged) {
            ASSERT_EQ(*database.integer("SELECT length(note) FROM t WHERE id = ?1", id), 3000)
                << "operation " << at;
        }
        ASSERT_TRUE(database.verify());
    }
    EXPECT_GT(refusals, 20);
}

TEST_F(StoreFault, ANameIsSyncedBeforeTheFirstCommitIsAcknowledged) {
    {
        Database database = open();
        ASSERT_TRUE(database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name, note)"));
        ASSERT_TRUE(commit_row(database, 1, 10));
        disk_.set_faults({.power_loss_at = disk_.operations() + 1});
    }
    disk_.restart(std::vector<Fate>(disk_.pending().size(), Fate::dropped));
    EXPECT_EQ(*open().integer("SELECT count(*) FROM t"), 1);
}

TEST_F(StoreFault, ATransactionThatOutgrowsTheCacheIsWholeOrUndone) {
    fill();
    auto database = std::make_optional(open({.cache_kib = 16}));
    const auto rewrite = [&](const char* note) {
        // Twice over all pages: a page that left the cache is written to the log again.
        for (const char* order : {"id % 7", "id % 11", "id % 3"}) {
            const std::string sql =
                std::string("UPDATE t SET note = ?1 || id WHERE ") + order + " < 2";
            ASSERT_TRUE(database->run(sql, note));
        }
    };
    {
        auto transaction = *database->begin();
        rewrite("undone");
    }
    EXPECT_EQ(*database->integer("SELECT count(*) FROM t WHERE note LIKE 'undone%'"), 0);
    // A frame in front: else SQLite starts over at the log's header.
    ASSERT_TRUE(commit_row(*database, 1000, 10));
    auto transaction = *database->begin();
    rewrite("done");
    const auto committed = transaction.commit();
    ASSERT_TRUE(committed) << to_string(committed.error());
    const auto expected = *database->integer("SELECT count(*) FROM t WHERE note LIKE 'done%'");
    EXPECT_GT(expected, 200);
    disk_.set_faults({.power_loss_at = disk_.operations() + 1});
    database.reset();
    disk_.restart(std::vector<Fate>(disk_.pending().size(), Fate::dropped));
    Database again = open();
    EXPECT_EQ(*again.integer("SELECT count(*) FROM t WHERE note LIKE 'done%'"), expected);
    EXPECT_TRUE(again.verify());
}

TEST_F(StoreFault, AnotherProcessIsKeptOut) {
    fill();
    Database database = open();
    // Another VFS has its own handles, like another process.
    const auto other = *adapters::sqlite::ChecksumVfs::create(disk_);
    const auto refused = Database::open(kStore, {.vfs = other->name(), .busy_timeout_ms = 0});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
}

TEST_F(StoreFault, SecondWriterWaitsReadersSeeOneState) {
    fill();
    Database writer = open();
    Database second = open({.busy_timeout_ms = 0});
    Database reader = open({.access = Access::read_only});
    auto snapshot = *reader.begin_read();
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 400);
    {
        auto transaction = *writer.begin();
        EXPECT_EQ(second.begin().error().code, ErrorCode::unavailable);
        ASSERT_TRUE(writer.run("DELETE FROM t WHERE id < 100"));
        ASSERT_TRUE(transaction.commit());
    }
    EXPECT_EQ(*second.integer("SELECT count(*) FROM t"), 300);
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 400);
    ASSERT_TRUE(snapshot.commit());
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 300);
    EXPECT_EQ(reader.run("DELETE FROM t").error().code, ErrorCode::permission_denied);
}

TEST_F(StoreFault, OneWriterAndTwoReadersInThreads) {
    fill();
    Database writer = open();
    ASSERT_TRUE(writer.execute("CREATE TABLE pair(a, b); INSERT INTO pair VALUES(0, 0)"));
    std::atomic<bool> is_done = false;
    std::atomic<int> reads = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i) {
        readers.emplace_back([&] {
            Database reader = open({.access = Access::read_only});
            std::int64_t last = 0;
            while (!is_done || reads < 50) {
                const auto found = reader.integer("SELECT CASE WHEN a = b THEN a END FROM pair");
                ASSERT_TRUE(found.has_value()) << to_string(found.error());
                ASSERT_GE(*found, last);  // Never half, never backwards.
                last = *found;
                ++reads;
            }
        });
    }
    for (int i = 1; i <= 300; ++i) {
        auto transaction = *writer.begin();
        ASSERT_TRUE(writer.run("UPDATE pair SET a = ?1", i));
        ASSERT_TRUE(writer.run("UPDATE pair SET b = ?1", i));
        ASSERT_TRUE(transaction.commit());
        if (i % 100 == 0) {
            const auto copied = writer.checkpoint();
            ASSERT_TRUE(copied || copied.error().code == ErrorCode::unavailable);
        }
    }
    is_done = true;
    for (std::thread& reader : readers) {
        reader.join();
    }
    EXPECT_TRUE(writer.verify());
}

}  // namespace
}  // namespace atlas::sim::disk
