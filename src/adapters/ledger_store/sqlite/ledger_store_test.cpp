// SPDX-License-Identifier: Apache-2.0
// Goal: the SQLite ledger store keeps the port's contract, and what is its own: the version gate.
// Method: the contract suite on a store in a temporary folder.
#include "adapters/ledger_store/sqlite/ledger_store.hpp"

#include <gtest/gtest.h>

#include "ports/testing/ledger_store_contract.hpp"
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
        auto opened = SqliteLedgerStore::open({.path = folder_.file("ledger.db")}, clock);
        ATLAS_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }
    ports::testing::TemporaryFolder folder_;
    std::unique_ptr<SqliteLedgerStore> store_;
};

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LedgerStoreContract,
                               atlas::adapters::ledger_store::sqlite::SqliteEngine);
}  // namespace atlas::ports::testing
