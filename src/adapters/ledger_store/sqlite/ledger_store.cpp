// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/ledger_store.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/ledger_store/sqlite/outbox.hpp"
#include "adapters/ledger_store/sqlite/page_query.hpp"
#include "adapters/ledger_store/sqlite/read_side.hpp"
#include "adapters/ledger_store/sqlite/rows.hpp"
#include "adapters/ledger_store/sqlite/schema.hpp"
#include "adapters/ledger_store/sqlite/write_change.hpp"
#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Access;
using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using finance::ledger::Transaction;
using ports::ImportRecord;
using ports::LedgerChange;
using ports::OutboxRow;
using ports::Sequence;

Result<void> check_outbox_limit(std::size_t limit) {
    if (limit < 1 || limit > ports::kOutboxReadMax) {
        return invalid_argument(
            "/limit", format("1 to {} events at a time, not {}", ports::kOutboxReadMax, limit));
    }
    return {};
}

}  // namespace

class SqliteLedgerStore::Reader {
public:
    explicit Reader(SqliteLedgerStore& store) : store_(store), database_(take(store)) {}
    ~Reader() {
        {
            const std::lock_guard lock(store_.readers_mutex_);
            store_.readers_.push_back(std::move(database_));
        }
        store_.reader_free_.notify_one();
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    Database& operator*() { return database_; }
    Database* operator->() { return &database_; }

private:
    static Database take(SqliteLedgerStore& store) {
        std::unique_lock lock(store.readers_mutex_);
        store.reader_free_.wait(lock, [&] { return !store.readers_.empty(); });
        Database database = std::move(store.readers_.back());
        store.readers_.pop_back();
        return database;
    }

    SqliteLedgerStore& store_;
    Database database_;
};

SqliteLedgerStore::SqliteLedgerStore(Parts parts, const Clock& clock)
    : clock_(clock),
      writer_(std::move(parts.writer), clock),
      readers_(std::move(parts.readers)),
      outbox_(parts.outbox) {}

Result<std::unique_ptr<SqliteLedgerStore>> SqliteLedgerStore::open(
    const LedgerStoreOptions& options, const Clock& clock) {
    constexpr int kReadersMax = 16;
    if (options.readers < 1 || options.readers > kReadersMax) {
        return invalid_argument("/readers", format("1 to {} readers", kReadersMax));
    }
    ATLAS_TRY_ASSIGN(
        Database writer,
        Database::open(options.path, {.vfs = options.vfs, .cache_kib = options.writer_cache_kib}));
    // An import may grow the log to 100 MB; the next checkpoint gives the space back.
    ATLAS_TRY(writer.execute("PRAGMA journal_size_limit = 4194304"));
    ATLAS_TRY(adapters::sqlite::migrate(writer, ledger_migrations()));
    // A process that died, or whose sync failed, leaves commits that only the page cache has. They
    // are read from here on, so they go into the store, and onto stable storage, first.
    if (const auto copied = writer.checkpoint();
        !copied.has_value() && copied.error().code != ErrorCode::no_space) {
        return Unexpected(copied.error());
    }
    Outbox outbox;
    ATLAS_TRY_ASSIGN(outbox.last_position, last_position(writer));
    ATLAS_TRY_ASSIGN(outbox.relayed_position, writer.integer("SELECT relayed_position FROM relay"));
    std::vector<Database> readers;
    for (int i = 0; i < options.readers; ++i) {
        ATLAS_TRY_ASSIGN(Database reader,
                         Database::open(options.path, {.vfs = options.vfs,
                                                       .access = Access::read_only,
                                                       .cache_kib = options.reader_cache_kib}));
        readers.push_back(std::move(reader));
    }
    return std::make_unique<SqliteLedgerStore>(
        Parts{.writer = std::move(writer), .readers = std::move(readers), .outbox = outbox}, clock);
}

template <class F>
void SqliteLedgerStore::change_outbox(F&& change) {
    {
        const std::lock_guard lock(outbox_mutex_);
        change(outbox_);
    }
    outbox_changed_.notify_all();
}

Result<Sequence> SqliteLedgerStore::sequence(HouseholdId household) {
    Reader reader(*this);
    return last_sequence(*reader, household);
}

Result<Sequence> SqliteLedgerStore::apply(HouseholdId household, const LedgerChange& change,
                                          Deadline deadline) {
    ATLAS_TRY(check_change(change));
    std::int64_t position = 0;
    const auto work = [&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(Written written, write_change(database, household, change, clock_.now()));
        ATLAS_TRY_ASSIGN(position, last_position(database));
        // Before the commit, so that no reader can see the change and miss the note; a note of a
        // change that is undone costs a second look at its rows.
        lists_.note(household, written.before, written.after, std::move(written.rows));
        return written.after;
    };
    ATLAS_TRY_ASSIGN(const Sequence sequence, writer_.run(work, deadline));
    if (!change.events.empty() || change.stream != nullptr) {
        change_outbox([&](Outbox& outbox) {
            outbox.last_position = std::max(outbox.last_position, position);
        });
    }
    return sequence;
}

Result<std::vector<ports::AccountBalance>> SqliteLedgerStore::accounts(HouseholdId household) {
    Reader reader(*this);
    std::vector<ports::AccountBalance> found;
    ATLAS_TRY(reader->each(
        format("SELECT {}, (SELECT max(date) FROM transactions INDEXED BY transactions_by_account "
               "WHERE household = ?1 AND account_id = accounts.id) "
               "FROM accounts WHERE household = ?1 ORDER BY name",
               kAccountColumns),
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(finance::ledger::Account account, read_account(row));
            std::optional<Date> last;
            if (!row.is_null(11)) {
                ATLAS_TRY_ASSIGN(last, read_date(row, 11));
            }
            const auto balance = money::Money::from_minor(row.integer(9), account.currency);
            found.push_back({.account = std::move(account),
                             .balance = balance,
                             .balance_date = last,
                             .transactions = row.integer(10)});
            return {};
        },
        household));
    return found;
}

Result<ports::TransactionPage> SqliteLedgerStore::transactions(
    HouseholdId household, const ports::TransactionQuery& query) {
    ATLAS_TRY(check_query(query));
    if (needs_list_index(query) && !is_counted_by_days(query)) {
        ListIndexes::Turn turn = lists_.enter(household);
        Reader reader(*this);
        ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
        return turn.page(*reader, query);
    }
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    ATLAS_TRY_ASSIGN(ports::TransactionPage page, read_page(*reader, household, query));
    ATLAS_TRY_ASSIGN(page.as_of, last_sequence(*reader, household));
    if (query.count) {
        ATLAS_TRY(count_by_days(*reader, household, query, page));
    }
    return page;
}

Result<void> SqliteLedgerStore::warm_lists(HouseholdId household, const std::stop_token& stop) {
    ListIndexes::Turn turn = lists_.enter(household);
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    return turn.warm(*reader, stop);
}

Result<Transaction> SqliteLedgerStore::transaction(HouseholdId household, TransactionId id) {
    ATLAS_TRY_ASSIGN(std::vector<Transaction> found, transactions_of(household, {&id, 1}));
    if (found.empty()) {
        return not_found(format("there is no transaction {}", to_string(id)));
    }
    return std::move(found.front());
}

Result<std::vector<Transaction>> SqliteLedgerStore::transactions_of(
    HouseholdId household, std::span<const TransactionId> ids) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    ATLAS_TRY_ASSIGN(Statement rows,
                     reader->prepare(format("SELECT {} FROM transactions WHERE row = (SELECT "
                                            "transaction_row FROM transaction_ids "
                                            "WHERE household = ?1 AND id = ?2)",
                                            kTransactionColumns)));
    std::vector<Transaction> found;
    for (const TransactionId id : ids) {
        ATLAS_TRY_ASSIGN(const bool is_row, rows.bind_all(household, id).step());
        if (is_row) {
            ATLAS_TRY_ASSIGN(Transaction transaction, read_transaction(*reader, household, rows));
            found.push_back(std::move(transaction));
        }
        rows.reset();
    }
    return found;
}

Result<std::vector<Transaction>> SqliteLedgerStore::transactions_between(HouseholdId household,
                                                                         AccountId account,
                                                                         Date from, Date to) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    std::vector<Transaction> found;
    ATLAS_TRY(reader->each(
        format("SELECT {} FROM transactions INDEXED BY transactions_by_account "
               "WHERE household = ?1 AND account_id = ?2 AND date BETWEEN ?3 AND ?4 "
               "ORDER BY date, id",
               kTransactionColumns),
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(Transaction transaction, read_transaction(*reader, household, row));
            found.push_back(std::move(transaction));
            return {};
        },
        household, account, to_string(from), to_string(to)));
    return found;
}

Result<std::vector<Transaction>> SqliteLedgerStore::legs(HouseholdId household,
                                                         TransferId transfer) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    return read_legs(*reader, household, transfer);
}

Result<std::vector<Transaction>> SqliteLedgerStore::refunds(HouseholdId household,
                                                            TransactionId purchase) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    return read_refunds(*reader, household, purchase);
}

Result<std::vector<ports::DayMovement>> SqliteLedgerStore::movements(HouseholdId household,
                                                                     AccountId account, Date to) {
    Reader reader(*this);
    return read_movements(*reader, household, account, to);
}

Result<std::vector<ports::Telling>> SqliteLedgerStore::tellings(
    HouseholdId household, std::span<const TransactionId> ids) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    return read_tellings_of(*reader, household, ids);
}

Result<std::vector<ports::Telling>> SqliteLedgerStore::told_besides(HouseholdId household,
                                                                    ImportId import) {
    Reader reader(*this);
    return read_told_besides(*reader, household, import);
}

Result<std::vector<ports::Telling>> SqliteLedgerStore::told_otherwise(HouseholdId household,
                                                                      AccountId account, Date from,
                                                                      Date to) {
    Reader reader(*this);
    return read_told_otherwise(*reader, household, account, from, to);
}

Result<std::vector<ports::ToldStatement>> SqliteLedgerStore::statements(HouseholdId household,
                                                                        AccountId account) {
    Reader reader(*this);
    return read_statements(*reader, household, account);
}

Result<std::vector<ports::RejectedPair>> SqliteLedgerStore::rejected_pairs(HouseholdId household) {
    Reader reader(*this);
    return read_rejected_pairs(*reader, household);
}

Result<std::vector<ports::EditRecord>> SqliteLedgerStore::edits(HouseholdId household,
                                                                std::size_t limit) {
    if (limit < 1 || limit > ports::kEditsReadMax) {
        return invalid_argument(
            "/limit", format("1 to {} edits at a time, not {}", ports::kEditsReadMax, limit));
    }
    Reader reader(*this);
    return read_edits(*reader, household, limit);
}

Result<ports::EditRecord> SqliteLedgerStore::edit(HouseholdId household, EditId id) {
    Reader reader(*this);
    return read_edit(*reader, household, id);
}

Result<std::vector<ports::KeptRecord>> SqliteLedgerStore::kept(HouseholdId household,
                                                               const std::string& kind) {
    Reader reader(*this);
    return read_kept(*reader, household, kind);
}

Result<std::vector<ports::WaitingNote>> SqliteLedgerStore::waiting_notes(std::size_t limit) {
    ATLAS_TRY(check_outbox_limit(limit));
    Reader reader(*this);
    return read_waiting_notes(*reader, limit);
}

Result<void> SqliteLedgerStore::forget_note(HouseholdId household, EditId id) {
    const auto work = [&](Database& database) {
        return database.run("DELETE FROM audit_notes WHERE household = ?1 AND id = ?2", household,
                            id);
    };
    ATLAS_TRY(writer_.run(work, Deadline{}));
    return {};
}

Result<std::vector<ImportRecord>> SqliteLedgerStore::imports(HouseholdId household) {
    Reader reader(*this);
    std::vector<ImportRecord> found;
    ATLAS_TRY(reader->each(
        format("SELECT {} FROM imports WHERE household = ?1 ORDER BY created_at_us DESC, id DESC",
               kImportColumns),
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(ImportRecord record, read_import(row));
            found.push_back(std::move(record));
            return {};
        },
        household));
    return found;
}

Result<std::vector<TransactionId>> SqliteLedgerStore::known_ids(
    HouseholdId household, std::span<const TransactionId> ids) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(Statement rows, reader->prepare("SELECT 1 FROM transaction_ids "
                                                     "WHERE household = ?1 AND id = ?2"));
    std::vector<TransactionId> known;
    for (const TransactionId id : ids) {
        ATLAS_TRY_ASSIGN(const bool is_row, rows.bind_all(household, id).step());
        if (is_row) {
            known.push_back(id);
        }
        rows.reset();
    }
    return known;
}

Result<ImportRecord> SqliteLedgerStore::import_head(HouseholdId household, ImportId id) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(Statement rows, reader->prepare(format(
                                         "SELECT {} FROM imports WHERE household = ?1 AND id = ?2",
                                         kImportColumns)));
    ATLAS_TRY_ASSIGN(const bool is_row, rows.bind_all(household, id).step());
    if (!is_row) {
        return not_found(format("there is no import {}", to_string(id)));
    }
    return read_import(rows);
}

Result<ImportRecord> SqliteLedgerStore::import(HouseholdId household, ImportId id) {
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(Statement rows, reader->prepare(format("SELECT {}, content FROM imports "
                                                            "WHERE household = ?1 AND id = ?2",
                                                            kImportColumns)));
    ATLAS_TRY_ASSIGN(const bool is_row, rows.bind_all(household, id).step());
    if (!is_row) {
        return not_found(format("there is no import {}", to_string(id)));
    }
    ATLAS_TRY_ASSIGN(ImportRecord record, read_import(rows));
    const std::span<const std::byte> content = rows.blob(9);
    record.content.assign(reinterpret_cast<const char*>(content.data()), content.size());
    return record;
}

Result<std::optional<ports::IdempotentAnswer>> SqliteLedgerStore::answer(HouseholdId household,
                                                                         const std::string& key,
                                                                         Timestamp now) {
    Reader reader(*this);
    std::optional<ports::IdempotentAnswer> found;
    ATLAS_TRY(reader->each(
        "SELECT request_hash, status, body, expires_at_us FROM answers "
        "WHERE household = ?1 AND key = ?2 AND expires_at_us > ?3",
        [&](const Statement& row) -> Result<void> {
            found = ports::IdempotentAnswer{.key = key,
                                            .request_hash = std::string(row.text(0)),
                                            .status = static_cast<int>(row.integer(1)),
                                            .body = std::string(row.text(2)),
                                            .expires_at = {row.integer(3)}};
            return {};
        },
        household, key, now.micros));
    return found;
}

Result<std::vector<OutboxRow>> SqliteLedgerStore::outbox(std::size_t limit) {
    ATLAS_TRY(check_outbox_limit(limit));
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    return read_outbox(*reader, limit);
}

Result<void> SqliteLedgerStore::mark_relayed(std::int64_t position) {
    std::int64_t relayed = 0;
    const auto work = [&](Database& database) -> Result<std::int64_t> {
        // Never back, and never past what exists: a later row must not be skipped.
        ATLAS_TRY_ASSIGN(const std::int64_t last, last_position(database));
        ATLAS_TRY(database.run("UPDATE relay SET relayed_position = ?1 WHERE relayed_position < ?1",
                               std::min(position, last)));
        ATLAS_TRY_ASSIGN(relayed, database.integer("SELECT relayed_position FROM relay"));
        return relayed;
    };
    ATLAS_TRY(writer_.run(work, Deadline{}));
    change_outbox([&](Outbox& outbox) {
        outbox.relayed_position = std::max(outbox.relayed_position, relayed);
    });
    return {};
}

Result<bool> SqliteLedgerStore::wait_outbox(Deadline deadline, std::stop_token stop) {
    std::unique_lock lock(outbox_mutex_);
    const auto has_rows = [&] { return outbox_.last_position > outbox_.relayed_position; };
    if (deadline.at == Deadline{}.at) {
        return outbox_changed_.wait(lock, stop, has_rows);
    }
    return outbox_changed_.wait_until(lock, stop, deadline.at, has_rows);
}

Result<std::vector<OutboxRow>> SqliteLedgerStore::history(HouseholdId household, Sequence after,
                                                          std::size_t limit) {
    ATLAS_TRY(check_outbox_limit(limit));
    Reader reader(*this);
    ATLAS_TRY_ASSIGN(adapters::sqlite::Transaction snapshot, reader->begin_read());
    return read_history(*reader, household, after, limit);
}

}  // namespace atlas::adapters::ledger_store::sqlite
