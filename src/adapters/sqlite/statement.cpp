// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/statement.hpp"

#include <algorithm>

#include "adapters/sqlite/connection.hpp"
#include "base/format.hpp"

namespace atlas::adapters::sqlite {

Statement::Statement(Statement&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)),
      statement_(other.statement_),
      sql_(std::move(other.sql_)),
      bind_result_(other.bind_result_) {}

Statement::~Statement() {
    if (owner_ != nullptr) {
        owner_->give_back(std::move(sql_), statement_);
    }
}

Statement& Statement::note(int sqlite_result) {
    ATLAS_CHECK(sqlite_result != SQLITE_RANGE);
    if (bind_result_ == SQLITE_OK) {
        bind_result_ = sqlite_result;
    }
    return *this;
}

Statement& Statement::bind_integer(int index, std::int64_t value) {
    return note(sqlite3_bind_int64(statement_, index, value));
}

Statement& Statement::bind(int index, double value) {
    return note(sqlite3_bind_double(statement_, index, value));
}

Statement& Statement::bind(int index, std::string_view text) {
    // An empty view may hold a null pointer, which SQLite would take for NULL.
    const char* data = text.empty() ? "" : text.data();
    return note(
        sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::bind(int index, std::span<const std::byte> blob) {
    if (blob.empty()) {
        return note(sqlite3_bind_zeroblob(statement_, index, 0));
    }
    return note(sqlite3_bind_blob64(statement_, index, blob.data(), blob.size(), SQLITE_TRANSIENT));
}

Statement& Statement::bind(int index, std::nullopt_t) {
    return note(sqlite3_bind_null(statement_, index));
}

Result<bool> Statement::step() {
    if (bind_result_ != SQLITE_OK) {
        return owner_->failure(bind_result_);
    }
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) {
        return true;
    }
    if (result == SQLITE_DONE) {
        return false;
    }
    return owner_->failure(result);
}

Result<void> Statement::run() {
    for (;;) {
        ATLAS_TRY_ASSIGN(const bool is_row, step());
        if (!is_row) {
            return {};
        }
    }
}

void Statement::reset() {
    // Its result repeats the error of the last step, which the caller has seen.
    sqlite3_reset(statement_);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
    const unsigned char* data = sqlite3_column_text(statement_, column);
    if (data == nullptr) {
        return {};
    }
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::span<const std::byte> Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    if (data == nullptr) {
        return {};
    }
    return {static_cast<const std::byte*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Statement::optional_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(std::string(text(column)));
}

Result<Uuid> Statement::uuid(int column) const {
    const std::span<const std::byte> bytes = blob(column);
    Uuid value;
    if (bytes.size() != value.bytes.size()) {
        return fail(ErrorCode::data_loss, owner_->path(),
                    format("an identifier has {} bytes, not {}", bytes.size(), value.bytes.size()));
    }
    std::ranges::copy(bytes, value.bytes.begin());
    return value;
}

}  // namespace atlas::adapters::sqlite
