// SPDX-License-Identifier: Apache-2.0
// What SQLite's result codes mean in Atlas: one table, used by every SQLite-backed adapter.
#pragma once

#include <optional>

#include "base/error.hpp"

struct sqlite3;

namespace atlas::adapters::sqlite {

/// Code for a SQLite result (plain or extended): FULL is no_space; CORRUPT, NOTADB and IOERR_DATA
/// are data_loss; BUSY, LOCKED, CANTOPEN and other IOERR are unavailable; CONSTRAINT is conflict;
/// READONLY is permission_denied; INTERRUPT is deadline_exceeded; TOOBIG is too_large; NOMEM is
/// exhausted; all else is internal.
ErrorCode code_of(int sqlite_result);

/// The Error of the last call on `connection`, which returned `sqlite_result`. Where the disk
/// beneath left its own report (file, page, offset), that report is the answer. Never null input.
Error error_of(sqlite3* connection, int sqlite_result);

/// The disk's own report of the last damage or failure on this connection, which it then forgets.
std::optional<Error> take_report(sqlite3* connection);

}  // namespace atlas::adapters::sqlite
