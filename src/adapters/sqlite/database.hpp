// SPDX-License-Identifier: Apache-2.0
// A SQLite connection that closes itself: open, run, transactions, a cache of prepared
// statements. One thread at a time may use a Database; open one writer and several readers.
// Nothing above adapters/ knows that SQLite is there.
//
//     ATLAS_TRY_ASSIGN(Database database, Database::open(path, {.vfs = vfs.name()}));
//     ATLAS_TRY(migrate(database, kMigrations));
//     ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
//     ATLAS_TRY(database.run("INSERT INTO account(id, name) VALUES(?1, ?2)", id, name));
//     ATLAS_TRY(transaction.commit());
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "adapters/sqlite/statement.hpp"
#include "base/result.hpp"

namespace atlas::adapters::sqlite {

enum class Access : std::uint8_t { create, read_write, read_only };

/// full: a commit is on stable storage when it returns. normal: the last commits may be lost by a
/// power cut (never half); for projections that can be rebuilt.
enum class Synchronous : std::uint8_t { full, normal };

struct OpenOptions {
    /// Name of a registered VFS, ChecksumVfs::name(). Empty: SQLite's own, without page checksums.
    std::string vfs{};
    Access access = Access::create;
    Synchronous synchronous = Synchronous::full;
    std::int32_t page_size_bytes = 4096;  ///< For a new file: a power of two, 512 to 65536.
    std::int32_t cache_kib = 8192;
    std::int32_t busy_timeout_ms = 5000;  ///< How long BEGIN IMMEDIATE waits for the other writer.
};

/// BEGIN … COMMIT. Rolls back when it goes out of scope without commit().
class Transaction {
public:
    Transaction(Transaction&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Errors: any; then nothing of the transaction is in the store, as far as this process will
    /// ever read. After a failed fsync the bytes may still surface at the next start.
    Result<void> commit();
    void rollback();

private:
    friend class Database;
    explicit Transaction(Connection& owner) : owner_(&owner) {}
    Connection* owner_;  ///< Null once moved from or over.
};

class Database {
public:
    /// Opens `path` in WAL mode with foreign keys on, secure_delete on, temporary tables in memory.
    /// Errors: not_found (no file and access is not create), unavailable (cannot open, or held by
    /// another process), data_loss (fails its checksums), invalid_argument (through ChecksumVfs: a
    /// store without page checksums).
    static Result<Database> open(const std::string& path, const OpenOptions& options = {});

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// A statement from the cache; the same SQL may be in use twice at once.
    /// Errors: internal for wrong SQL.
    Result<Statement> prepare(std::string_view sql);

    /// Runs one statement with parameters 1, 2, …; returns the rows it changed.
    template <class... Values>
    Result<std::int64_t> run(std::string_view sql, const Values&... values) {
        ATLAS_TRY_ASSIGN(Statement statement, prepare(sql));
        ATLAS_TRY(statement.bind_all(values...).run());
        return changes();
    }

    /// Calls `row(statement)` for each row, where `row` returns Result<void>; stops at its error.
    template <class F, class... Values>
    Result<void> each(std::string_view sql, F&& row, const Values&... values) {
        ATLAS_TRY_ASSIGN(Statement statement, prepare(sql));
        statement.bind_all(values...);
        for (;;) {
            ATLAS_TRY_ASSIGN(const bool is_row, statement.step());
            if (!is_row) {
                return {};
            }
            ATLAS_TRY(row(static_cast<const Statement&>(statement)));
        }
    }

    /// The integer in the first column of the first row. Errors: not_found without a row.
    template <class... Values>
    Result<std::int64_t> integer(std::string_view sql, const Values&... values) {
        ATLAS_TRY_ASSIGN(Statement statement, prepare(sql));
        ATLAS_TRY_ASSIGN(const bool is_row, statement.bind_all(values...).step());
        if (!is_row) {
            return not_found("no row");
        }
        return statement.integer(0);
    }

    /// Writes `bytes` over a BLOB of the same size (zeroblob) where it lies. A value that is bound
    /// is copied by bind and once more into its row; this holds none of it.
    /// Errors: not_found (no such row), invalid_argument (another size), those of a write.
    Result<void> overwrite_blob(const std::string& table, const std::string& column,
                                std::int64_t rowid, std::span<const std::byte> bytes);

    /// Runs a script: several statements, no parameters. For schemas and pragmas.
    Result<void> execute(const std::string& script);

    /// BEGIN IMMEDIATE: the one writer. Errors: unavailable while another connection writes.
    Result<Transaction> begin();
    /// BEGIN: one snapshot for several reads.
    Result<Transaction> begin_read();

    std::int64_t changes() const;
    std::int64_t last_insert_rowid() const;
    bool is_in_transaction() const;
    const std::string& path() const;

    /// Copies the write-ahead log into the file and empties it. Errors: unavailable while readers
    /// hold it back.
    Result<void> checkpoint();
    /// Reads every page and index. Errors: data_loss with SQLite's first finding.
    Result<void> verify();

private:
    explicit Database(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace atlas::adapters::sqlite
