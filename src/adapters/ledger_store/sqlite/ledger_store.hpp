// SPDX-License-Identifier: Apache-2.0
// The ledger store on SQLite: one file in WAL mode with synchronous = FULL, one writer with group
// commit, a few readers that never wait for it. `sqlite3 ledger.db` shows everything (schema.cpp).
//
//     ATLAS_TRY_ASSIGN(auto store, SqliteLedgerStore::open({.path = dir + "/ledger.db",
//                                                           .vfs = vfs.name()}, clock));
//     ATLAS_TRY_ASSIGN(const ports::Sequence at, store->apply(household, change, deadline));
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/ledger_store/sqlite/list_indexes.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/group_commit.hpp"
#include "base/clock.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

struct LedgerStoreOptions {
    std::string path;
    std::string vfs{};  ///< ChecksumVfs::name(); empty: no page checksums (tests).
    int readers = 2;    ///< Connections that read at the same time, 1 to 16.
    std::int32_t writer_cache_kib = 16384;
    std::int32_t reader_cache_kib = 4096;
};

class SqliteLedgerStore final : public ports::LedgerStore {
    struct Parts;

public:
    /// For open() alone: nobody else has Parts.
    SqliteLedgerStore(Parts parts, const Clock& clock);

    /// Opens or makes the store and brings its schema up to date. Borrows the clock.
    /// Errors: conflict (a newer program's store), data_loss, unavailable, invalid_argument.
    static Result<std::unique_ptr<SqliteLedgerStore>> open(const LedgerStoreOptions& options,
                                                           const Clock& clock);

    Result<ports::Sequence> sequence(HouseholdId household) override;
    /// Cost: one fsync, shared with the callers that wait at the same time.
    Result<ports::Sequence> apply(HouseholdId household, const ports::LedgerChange& change,
                                  Deadline deadline) override;
    Result<std::vector<ports::AccountBalance>> accounts(HouseholdId household) override;
    /// Cost: an index range by account, import and date; for the rest a pass over the list index
    /// (about 10 ms for a million transactions), which is read at the first such question after a
    /// start (a few µs a transaction).
    Result<ports::TransactionPage> transactions(HouseholdId household,
                                                const ports::TransactionQuery& query) override;
    Result<finance::ledger::Transaction> transaction(HouseholdId household,
                                                     TransactionId id) override;
    Result<std::vector<finance::ledger::Transaction>> transactions_of(
        HouseholdId household, std::span<const TransactionId> ids) override;
    Result<std::vector<finance::ledger::Transaction>> transactions_between(HouseholdId household,
                                                                           AccountId account,
                                                                           Date from,
                                                                           Date to) override;
    Result<std::vector<finance::ledger::Transaction>> legs(HouseholdId household,
                                                           TransferId transfer) override;
    Result<std::vector<finance::ledger::Transaction>> refunds(HouseholdId household,
                                                              TransactionId purchase) override;
    Result<std::vector<ports::DayMovement>> movements(HouseholdId household, AccountId account,
                                                      Date to) override;
    Result<std::vector<ports::Telling>> tellings(HouseholdId household,
                                                 std::span<const TransactionId> ids) override;
    Result<std::vector<ports::Telling>> told_otherwise(HouseholdId household, AccountId account,
                                                       Date from, Date to) override;
    Result<std::vector<ports::Telling>> told_besides(HouseholdId household,
                                                     ImportId import) override;
    Result<std::vector<ports::ToldStatement>> statements(HouseholdId household,
                                                         AccountId account) override;
    Result<std::vector<ports::RejectedPair>> rejected_pairs(HouseholdId household) override;
    Result<std::vector<ports::EditRecord>> edits(HouseholdId household, std::size_t limit) override;
    Result<ports::EditRecord> edit(HouseholdId household, EditId id) override;
    Result<std::vector<ports::KeptRecord>> kept(HouseholdId household,
                                                const std::string& kind) override;
    Result<std::vector<ports::WaitingNote>> waiting_notes(std::size_t limit) override;
    Result<void> forget_note(HouseholdId household, EditId id) override;
    Result<std::vector<ports::ImportRecord>> imports(HouseholdId household) override;
    Result<std::vector<TransactionId>> known_ids(HouseholdId household,
                                                 std::span<const TransactionId> ids) override;
    Result<ports::ImportRecord> import_head(HouseholdId household, ImportId id) override;
    Result<ports::ImportRecord> import(HouseholdId household, ImportId id) override;
    Result<std::optional<ports::IdempotentAnswer>> answer(HouseholdId household,
                                                          const std::string& key,
                                                          Timestamp now) override;
    Result<std::vector<ports::OutboxRow>> outbox(std::size_t limit) override;
    Result<void> mark_relayed(std::int64_t position) override;
    Result<bool> wait_outbox(Deadline deadline, std::stop_token stop) override;
    Result<std::vector<ports::OutboxRow>> history(HouseholdId household, ports::Sequence after,
                                                  std::size_t limit) override;

    /// Reads the list index, so that the first search does not wait for it. Errors: data_loss;
    /// unavailable once `stop` is requested.
    Result<void> warm_lists(HouseholdId household, const std::stop_token& stop);

private:
    /// A reader for the length of one call.
    class Reader;
    /// How far the outbox reaches and how much of it the relay has had.
    struct Outbox {
        std::int64_t last_position = 0;
        std::int64_t relayed_position = 0;
    };

    struct Parts {
        adapters::sqlite::Database writer;
        std::vector<adapters::sqlite::Database> readers;
        Outbox outbox;
    };

    template <class F>
    void change_outbox(F&& change);

    const Clock& clock_;
    adapters::sqlite::GroupCommit writer_;
    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<adapters::sqlite::Database> readers_;  ///< The idle ones.
    std::mutex outbox_mutex_;
    std::condition_variable_any outbox_changed_;
    Outbox outbox_;
    ListIndexes lists_;
};

}  // namespace atlas::adapters::ledger_store::sqlite
