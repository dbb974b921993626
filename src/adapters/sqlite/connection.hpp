// SPDX-License-Identifier: Apache-2.0
// The connection behind Database, Statement and Transaction: it stays at one address, so that
// those may point to it while a Database is moved. Private to this folder.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/sqlite/statement.hpp"
#include "base/result.hpp"

namespace atlas::adapters::sqlite {

struct CloseConnection {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct CloseBlob {
    void operator()(sqlite3_blob* blob) const { sqlite3_blob_close(blob); }
};
using Handle = std::unique_ptr<sqlite3, CloseConnection>;
using PreparedStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class Connection {
public:
    static constexpr std::size_t kCachedStatementsMax = 256;

    Connection(Handle handle, std::string path)
        : handle_(std::move(handle)),
          path_(std::move(path)) {}

    Result<Statement> prepare(std::string_view sql);
    Result<void> execute(const std::string& script);
    void give_back(std::string sql, sqlite3_stmt* statement);

    sqlite3* handle() const { return handle_.get(); }
    const std::string& path() const { return path_; }
    Unexpected failure(int sqlite_result) const;

private:
    Handle handle_;  // Declared first: statements are finalized before it closes.
    std::string path_;
    std::size_t cached_count_ = 0;
    std::unordered_map<std::string, std::vector<PreparedStatement>> idle_;
};

}  // namespace atlas::adapters::sqlite
