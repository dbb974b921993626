// SPDX-License-Identifier: Apache-2.0
// Goal: Database, Statement and Transaction do what their docstrings say, on SQLite's own VFS.
// Method: round trips, each error once, rollback seen from a second connection.
#include "adapters/sqlite/database.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "adapters/sqlite/error.hpp"
#include "adapters/sqlite/migration.hpp"

namespace atlas::adapters::sqlite {
namespace {

class DatabaseTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "atlas-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string path() const { return (folder_ / "store.db").string(); }
    Database open(const OpenOptions& options = {}) {
        auto database = Database::open(path(), options);
        EXPECT_TRUE(database.has_value()) << to_string(database.error());
        return std::move(database).value();
    }
    std::filesystem::path folder_;
};

TEST_F(DatabaseTest, KeepsEachTypeAsItWasBound) {
    Database database = open();
    ASSERT_TRUE(database.execute("CREATE TABLE t(i, r, s, b, n, o, u) STRICT").error().code ==
                ErrorCode::internal);  // STRICT wants types: wrong SQL is our mistake.
    ASSERT_TRUE(database.execute("CREATE TABLE t(i, r, s, b, n, o, u)"));
    const std::array bytes{std::byte{0}, std::byte{255}};
    const Uuid uuid = *Uuid::parse("01234567-89ab-cdef-0123-456789abcdef");
    ASSERT_EQ(*database.run("INSERT INTO t VALUES(?1,?2,?3,?4,?5,?6,?7)", INT64_MIN, 0.1, "a",
                            std::span<const std::byte>(bytes), std::nullopt,
                            std::optional<std::int64_t>(7), uuid),
              1);
    EXPECT_EQ(database.last_insert_rowid(), 1);
    auto rows = *database.prepare("SELECT i, r, s, b, n, o, u FROM t");
    ASSERT_TRUE(*rows.step());
    EXPECT_EQ(rows.integer(0), INT64_MIN);
    EXPECT_EQ(rows.real(1), 0.1);
    EXPECT_EQ(rows.text(2), "a");
    ASSERT_EQ(rows.blob(3).size(), 2U);
    EXPECT_EQ(rows.blob(3)[1], std::byte{255});
    EXPECT_TRUE(rows.is_null(4));
    EXPECT_EQ(rows.optional_text(4), std::nullopt);
    EXPECT_EQ(rows.optional_integer(5), 7);
    EXPECT_EQ(*rows.uuid(6), uuid);
    EXPECT_EQ(rows.uuid(3).error().code, ErrorCode::data_loss);
    EXPECT_FALSE(*rows.step());
}

TEST_F(DatabaseTest, KeepsEmptyTextAndEmptyBlobApartFromNull) {
    Database database = open();
    auto row = *database.prepare("SELECT ?1 IS NULL, ?2 IS NULL, typeof(?2), ?3 IS NULL");
    row.bind_all(std::string_view(), std::span<const std::byte>(), std::optional<std::string>());
    ASSERT_TRUE(*row.step());
    EXPECT_FALSE(row.boolean(0));
    EXPECT_FALSE(row.boolean(1));
    EXPECT_EQ(row.text(2), "blob");
    EXPECT_TRUE(row.boolean(3));
}

TEST_F(DatabaseTest, WritesABlobWhereItLies) {
    Database database = open();
    ASSERT_TRUE(database.execute("CREATE TABLE t(number INTEGER PRIMARY KEY, b BLOB) STRICT"));
    std::vector<std::byte> bytes(100'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::byte>(i * 7 % 251);
    }
    const auto size = static_cast<std::int64_t>(bytes.size());
    ASSERT_TRUE(database.run("INSERT INTO t VALUES(5, zeroblob(?1))", size));
    ASSERT_TRUE(database.overwrite_blob("t", "b", 5, bytes));
    {
        auto rows = *database.prepare("SELECT b FROM t");
        ASSERT_TRUE(*rows.step());
        const auto read = rows.blob(0);
        EXPECT_TRUE(std::equal(read.begin(), read.end(), bytes.begin(), bytes.end()));
    }
    EXPECT_EQ(database.overwrite_blob("t", "b", 6, bytes).error().code, ErrorCode::not_found);
    bytes.pop_back();
    EXPECT_EQ(database.overwrite_blob("t", "b", 5, bytes).error().code,
              ErrorCode::invalid_argument);
    bytes.clear();
    ASSERT_TRUE(database.run("UPDATE t SET b = zeroblob(0)"));
    EXPECT_TRUE(database.overwrite_blob("t", "b", 5, bytes));
}

TEST_F(DatabaseTest, ReusesAStatementWithoutItsOldBindings) {
    Database database = open();
    {
        auto first = *database.prepare("SELECT ?1");
        first.bind(1, 5);
        ASSERT_TRUE(*first.step());
    }
    auto second = *database.prepare("SELECT ?1");
    auto third = *database.prepare("SELECT ?1");  // In use twice at once.
    ASSERT_TRUE(*second.step());
    EXPECT_TRUE(second.is_null(0));
    third.bind(1, 6);
    ASSERT_TRUE(*third.step());
    EXPECT_EQ(third.integer(0), 6);
}

TEST_F(DatabaseTest, RollsBackWhatWasNotCommitted) {
    Database database = open();
    ASSERT_TRUE(database.execute("CREATE TABLE t(a)"));
    {
        auto transaction = *database.begin();
        ASSERT_TRUE(database.run("INSERT INTO t VALUES(1)"));
        EXPECT_TRUE(database.is_in_transaction());
    }
    EXPECT_FALSE(database.is_in_transaction());
    EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), 0);
    {
        auto transaction = *database.begin();
        ASSERT_TRUE(database.run("INSERT INTO t VALUES(1)"));
        ASSERT_TRUE(transaction.commit());
    }
    Database reader = open({.access = Access::read_only});
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 1);
    EXPECT_EQ(reader.run("INSERT INTO t VALUES(1)").error().code, ErrorCode::permission_denied);
}

TEST_F(DatabaseTest, ASecondWriterIsToldToWait) {
    Database first = open();
    Database second = open({.busy_timeout_ms = 0});
    auto transaction = *first.begin();
    const auto refused = second.begin();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_EQ(refused.error().place, path());
}

TEST_F(DatabaseTest, AReadTransactionSeesOneState) {
    Database writer = open();
    ASSERT_TRUE(writer.execute("CREATE TABLE t(a)"));
    Database reader = open({.access = Access::read_only});
    auto snapshot = *reader.begin_read();
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 0);
    ASSERT_TRUE(writer.run("INSERT INTO t VALUES(1)"));
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 0);
    ASSERT_TRUE(snapshot.commit());
    EXPECT_EQ(*reader.integer("SELECT count(*) FROM t"), 1);
}

TEST_F(DatabaseTest, SpeaksOfBrokenConstraintsAsConflict) {
    Database database = open();
    ASSERT_TRUE(
        database.execute("CREATE TABLE p(a INTEGER PRIMARY KEY);"
                         "CREATE TABLE c(a REFERENCES p(a))"));
    ASSERT_TRUE(database.run("INSERT INTO p VALUES(1)"));
    EXPECT_EQ(database.run("INSERT INTO p VALUES(1)").error().code, ErrorCode::conflict);
    EXPECT_EQ(database.run("INSERT INTO c VALUES(2)").error().code, ErrorCode::conflict);
}

TEST_F(DatabaseTest, MapsResultCodes) {
    EXPECT_EQ(code_of(SQLITE_FULL), ErrorCode::no_space);
    EXPECT_EQ(code_of(SQLITE_CORRUPT_INDEX), ErrorCode::data_loss);
    EXPECT_EQ(code_of(SQLITE_NOTADB), ErrorCode::data_loss);
    EXPECT_EQ(code_of(SQLITE_IOERR_DATA), ErrorCode::data_loss);
    EXPECT_EQ(code_of(SQLITE_IOERR_FSYNC), ErrorCode::unavailable);
    EXPECT_EQ(code_of(SQLITE_BUSY_SNAPSHOT), ErrorCode::unavailable);
    EXPECT_EQ(code_of(SQLITE_INTERRUPT), ErrorCode::deadline_exceeded);
    EXPECT_EQ(code_of(SQLITE_TOOBIG), ErrorCode::too_large);
    EXPECT_EQ(code_of(SQLITE_NOMEM), ErrorCode::exhausted);
    EXPECT_EQ(code_of(SQLITE_MISUSE), ErrorCode::internal);
}

TEST_F(DatabaseTest, DoesNotMakeAStoreUnlessAsked) {
    const auto refused = Database::open(path(), {.access = Access::read_write});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::not_found);
    EXPECT_EQ(refused.error().place, path());
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(DatabaseTest, MigratesEachVersionOnce) {
    constexpr Migration kAll[] = {{"first", "CREATE TABLE a(x)"},
                                  {"second", "CREATE TABLE b(x); INSERT INTO a VALUES(1)"}};
    Database database = open();
    EXPECT_EQ(*migrate(database, std::span(kAll, 1)), 0);
    EXPECT_EQ(*migrate(database, kAll), 1);
    EXPECT_EQ(*migrate(database, kAll), 2);
    EXPECT_EQ(*schema_version(database), 2);
    EXPECT_EQ(*database.integer("SELECT count(*) FROM a"), 1);
}

TEST_F(DatabaseTest, AFailingMigrationLeavesTheVersionBefore) {
    constexpr Migration kAll[] = {{"first", "CREATE TABLE a(x)"},
                                  {"broken", "CREATE TABLE b(x); CREATE TABLE a(x)"}};
    Database database = open();
    const auto refused = migrate(database, kAll);
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().message.find("migration 2 \"broken\""), std::string::npos);
    EXPECT_EQ(*schema_version(database), 1);
    EXPECT_EQ(*database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
}

TEST_F(DatabaseTest, RefusesANewerStoreNamingBothVersions) {
    Database database = open();
    ASSERT_TRUE(database.execute("PRAGMA user_version = 7"));
    const auto refused = migrate(database, {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_NE(refused.error().message.find("version 7"), std::string::npos);
    EXPECT_NE(refused.error().message.find("up to 0"), std::string::npos);
}

}  // namespace
}  // namespace atlas::adapters::sqlite
