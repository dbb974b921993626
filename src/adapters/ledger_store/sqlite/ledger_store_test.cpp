// SPDX-License-Identifier: Apache-2.0
// Goal: the SQLite ledger store keeps the port's contract, and large imports.
// Method: the contract suite through the checksumming VFS in a temporary folder.
#include "adapters/ledger_store/sqlite/ledger_store.hpp"

#include <gtest/gtest.h>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "ports/testing/ledger_store_bulk_contract.hpp"
#include "ports/testing/ledger_store_contract.hpp"
#include "ports/testing/ledger_store_reads_contract.hpp"
#include "ports/testing/ledger_store_side_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

class SqliteEngine {
public:
    SqliteEngine() { open(); }
    ports::LedgerStore& store() { return *store_; }
    void reopen() {
        store_.reset();
        open();
    }
    ManualClock clock{Timestamp{1'000'000}};

private:
    void open() {
        auto opened = SqliteLedgerStore::open(
            {.path = folder_.file("ledger.db"), .vfs = vfs_->name()}, clock);
        ATLAS_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }
    ports::testing::TemporaryFolder folder_;
    disk::posix::PosixDisk disk_;
    std::unique_ptr<adapters::sqlite::ChecksumVfs> vfs_ =
        *adapters::sqlite::ChecksumVfs::create(disk_);
    std::unique_ptr<SqliteLedgerStore> store_;
};

// A page that does not fit into the cache goes to the log early, and again when it changes once
// more; the checksums of the log are then written anew at the commit.
TEST(SqliteLedgerStoreTest, AnImportLargerThanTheCacheIsStoredWhole) {
    const ports::testing::TemporaryFolder folder;
    const ManualClock clock(Timestamp{1});
    disk::posix::PosixDisk disk;
    const auto vfs = *adapters::sqlite::ChecksumVfs::create(disk);
    const LedgerStoreOptions options{
        .path = folder.file("ledger.db"), .vfs = vfs->name(), .writer_cache_kib = 64};
    constexpr std::uint64_t kCount = 3000;
    ports::LedgerChange change;
    change.accounts.push_back(ports::testing::account_of(1, "Everyday"));
    change.events.push_back({.type = "Changed", .payload = "{}"});
    for (std::uint64_t i = 0; i < kCount; ++i) {
        change.added.push_back(ports::testing::transaction_of(
            ports::testing::scattered_id(i), change.accounts[0].id,
            Date::from_days(20000 + static_cast<std::int32_t>(i % 700)), 1));
    }
    {
        auto store = *SqliteLedgerStore::open(options, clock);
        const auto applied = store->apply(ports::testing::kHome, change, {});
        ASSERT_TRUE(applied) << to_string(applied.error());
    }
    auto store = *SqliteLedgerStore::open(options, clock);
    EXPECT_EQ(store->accounts(ports::testing::kHome)->at(0).balance,
              ports::testing::dollars(kCount));
    EXPECT_EQ(store
                  ->transactions_between(ports::testing::kHome, change.accounts[0].id,
                                         Date::from_days(0), Date::from_days(30000))
                  ->size(),
              kCount);
}

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LedgerStoreContract,
                               atlas::adapters::ledger_store::sqlite::SqliteEngine);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LedgerStoreBulkContract,
                               atlas::adapters::ledger_store::sqlite::SqliteEngine);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LedgerStoreSideContract,
                               atlas::adapters::ledger_store::sqlite::SqliteEngine);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LedgerStoreReadsContract,
                               atlas::adapters::ledger_store::sqlite::SqliteEngine);
}  // namespace atlas::ports::testing
