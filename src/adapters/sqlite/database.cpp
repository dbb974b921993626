// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/database.hpp"

#include <optional>

#include "adapters/sqlite/checksum_vfs.hpp"
#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/error.hpp"
#include "adapters/sqlite/page_seal.hpp"
#include "base/format.hpp"

namespace atlas::adapters::sqlite {
namespace {

int open_flags(Access access) {
    constexpr int kOneThread = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (access) {
        case Access::create: return kOneThread | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case Access::read_write: return kOneThread | SQLITE_OPEN_READWRITE;
        case Access::read_only: return kOneThread | SQLITE_OPEN_READONLY;
    }
    return kOneThread;
}

/// Pragmas of every connection. auto_vacuum stays off and secure_delete on: then SQLite writes
/// every page of the file, so that a page of zeros is damage and never a hole.
std::string settings(const OpenOptions& options) {
    std::string script = format(
        "PRAGMA page_size = {}; PRAGMA auto_vacuum = NONE; PRAGMA secure_delete = ON;"
        "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
        "PRAGMA cache_size = -{};",
        options.page_size_bytes, options.cache_kib);
    if (options.access != Access::read_only) {
        script += "PRAGMA journal_mode = WAL;";
    }
    script += options.synchronous == Synchronous::full ? "PRAGMA synchronous = FULL;"
                                                       : "PRAGMA synchronous = NORMAL;";
    return script;
}

/// Asks for a seal on each page, where the VFS is one of ours.
void prepare_seals(sqlite3* handle, Synchronous synchronous) {
    std::optional<Error> report;
    if (sqlite3_file_control(handle, "main", kTakeReport, &report) != SQLITE_OK) {
        return;
    }
    int reserved = static_cast<int>(kSealBytes);
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    if (synchronous == Synchronous::full) {
        sqlite3_file_control(handle, "main", kExpectFullSync, nullptr);
    }
}

bool is_present(const char* vfs_name, const std::string& path) {
    sqlite3_vfs* vfs = sqlite3_vfs_find(vfs_name);
    int present = 0;
    return vfs != nullptr &&
           vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &present) == SQLITE_OK &&
           present != 0;
}

}  // namespace

Unexpected Connection::failure(int sqlite_result) const {
    return Unexpected(error_of(handle_.get(), sqlite_result));
}

Result<Statement> Connection::prepare(std::string_view sql) {
    std::string key(sql);
    if (const auto found = idle_.find(key); found != idle_.end() && !found->second.empty()) {
        sqlite3_stmt* statement = found->second.back().release();
        found->second.pop_back();
        --cached_count_;
        return Statement(*this, statement, std::move(key));
    }
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(handle_.get(), key.data(), static_cast<int>(key.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) {
        return failure(result);
    }
    ATLAS_CHECK(statement != nullptr);
    return Statement(*this, statement, std::move(key));
}

void Connection::give_back(std::string sql, sqlite3_stmt* statement) {
    PreparedStatement owned(statement);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (cached_count_ < kCachedStatementsMax) {
        idle_[std::move(sql)].push_back(std::move(owned));
        ++cached_count_;
    }
}

Result<void> Connection::execute(const std::string& script) {
    const int result = sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) {
        return failure(result);
    }
    return {};
}

Transaction::~Transaction() {
    rollback();
}

Result<void> Transaction::commit() {
    ATLAS_CHECK(owner_ != nullptr);
    if (auto committed = owner_->execute("COMMIT"); !committed) {
        rollback();
        return committed;
    }
    owner_ = nullptr;
    return {};
}

void Transaction::rollback() {
    if (owner_ == nullptr) {
        return;
    }
    // After a full disk or a failed write SQLite has already rolled back by itself.
    if (sqlite3_get_autocommit(owner_->handle()) == 0) {
        sqlite3_exec(owner_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    owner_ = nullptr;
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& path, const OpenOptions& options) {
    sqlite3* raw = nullptr;
    const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
    const int result = sqlite3_open_v2(path.c_str(), &raw, open_flags(options.access), vfs);
    Handle handle(raw);
    if (handle == nullptr) {
        return fail(ErrorCode::exhausted, path, "no memory to open the store");
    }
    if (result != SQLITE_OK) {
        if (options.access != Access::create && !is_present(vfs, path)) {
            return fail(ErrorCode::not_found, path, "there is no such store");
        }
        Error error = error_of(handle.get(), result);
        error.place = path;
        return Unexpected(std::move(error));
    }
    prepare_seals(handle.get(), options.synchronous);
    sqlite3_busy_timeout(handle.get(), options.busy_timeout_ms);
    Database database(std::make_unique<Connection>(std::move(handle), path));
    ATLAS_TRY(database.execute(settings(options)));
    // Pragmas do not read page 1 by themselves; a damaged store must not open.
    ATLAS_TRY(database.integer("SELECT count(*) FROM sqlite_schema"));
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) {
    return connection_->prepare(sql);
}

Result<void> Database::execute(const std::string& script) {
    return connection_->execute(script);
}

Result<Transaction> Database::begin() {
    ATLAS_TRY(connection_->execute("BEGIN IMMEDIATE"));
    return Transaction(*connection_);
}

Result<Transaction> Database::begin_read() {
    ATLAS_TRY(connection_->execute("BEGIN"));
    return Transaction(*connection_);
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(connection_->handle());
}

std::int64_t Database::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(connection_->handle());
}

bool Database::is_in_transaction() const {
    return sqlite3_get_autocommit(connection_->handle()) == 0;
}

const std::string& Database::path() const {
    return connection_->path();
}

Result<void> Database::overwrite_blob(const std::string& table, const std::string& column,
                                      std::int64_t rowid, std::span<const std::byte> bytes) {
    sqlite3_blob* opened = nullptr;
    int result = sqlite3_blob_open(connection_->handle(), "main", table.c_str(), column.c_str(),
                                   rowid, 1, &opened);
    const std::unique_ptr<sqlite3_blob, CloseBlob> blob(opened);
    if (result == SQLITE_ERROR) {
        return not_found(format("no BLOB {} in row {} of {}", column, rowid, table));
    }
    if (result != SQLITE_OK) {
        return connection_->failure(result);
    }
    const auto size = static_cast<std::size_t>(sqlite3_blob_bytes(blob.get()));
    if (size != bytes.size()) {
        return invalid_argument(column, format("{} bytes for a BLOB of {}", bytes.size(), size));
    }
    result = sqlite3_blob_write(blob.get(), bytes.data(), static_cast<int>(size), 0);
    return result == SQLITE_OK ? Result<void>() : connection_->failure(result);
}

Result<void> Database::checkpoint() {
    const int result = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr,
                                                 SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (result != SQLITE_OK) {
        return connection_->failure(result);
    }
    return {};
}

Result<void> Database::verify() {
    ATLAS_TRY_ASSIGN(Statement check, prepare("PRAGMA integrity_check(1)"));
    ATLAS_TRY_ASSIGN(const bool is_row, check.step());
    if (!is_row || check.text(0) != "ok") {
        if (auto report = take_report(connection_->handle())) {
            return Unexpected(*std::move(report));
        }
        return fail(ErrorCode::data_loss, path(),
                    is_row ? std::string(check.text(0)) : "integrity_check gave no answer");
    }
    return {};
}

}  // namespace atlas::adapters::sqlite
