// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/error.hpp"

#include <sqlite3.h>

#include <utility>

#include "adapters/sqlite/checksum_vfs.hpp"

namespace atlas::adapters::sqlite {
namespace {

bool is_from_the_disk(int sqlite_result) {
    switch (sqlite_result & 0xff) {
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN: return true;
        default: return false;
    }
}

}  // namespace

ErrorCode code_of(int sqlite_result) {
    if (sqlite_result == SQLITE_IOERR_DATA || sqlite_result == SQLITE_IOERR_CORRUPTFS) {
        return ErrorCode::data_loss;
    }
    switch (sqlite_result & 0xff) {
        case SQLITE_FULL: return ErrorCode::no_space;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return ErrorCode::data_loss;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR: return ErrorCode::unavailable;
        case SQLITE_CONSTRAINT: return ErrorCode::conflict;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH: return ErrorCode::permission_denied;
        case SQLITE_INTERRUPT: return ErrorCode::deadline_exceeded;
        case SQLITE_TOOBIG: return ErrorCode::too_large;
        case SQLITE_NOMEM: return ErrorCode::exhausted;
        default: return ErrorCode::internal;
    }
}

Error error_of(sqlite3* connection, int sqlite_result) {
    const char* path = sqlite3_db_filename(connection, "main");
    Error error{code_of(sqlite_result), sqlite3_errmsg(connection),
                path == nullptr ? std::string() : std::string(path)};
    std::optional<Error> report = take_report(connection);
    return report && is_from_the_disk(sqlite_result) ? *std::move(report) : error;
}

std::optional<Error> take_report(sqlite3* connection) {
    std::optional<Error> report;
    sqlite3_file_control(connection, "main", kTakeReport, &report);
    return report;
}

}  // namespace atlas::adapters::sqlite
