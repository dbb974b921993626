// SPDX-License-Identifier: Apache-2.0
#include "adapters/feature_store/timescaledb/connection.hpp"

#include <postgresql/libpq-fe.h>

#include <charconv>
#include <cstring>

#include "base/format.hpp"

namespace atlas::adapters::feature_store::timescaledb {
namespace {

using ResultPointer = std::unique_ptr<pg_result, void (*)(pg_result*)>;

ResultPointer own(pg_result* result) {
    return {result, [](pg_result* r) { PQclear(r); }};
}

/// The server's words without a line end.
std::string words_of(const char* message) {
    std::string text = message == nullptr ? "" : message;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

Unexpected failure(PGconn* connection, const PGresult* result) {
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state == nullptr ? "" : state;
    const std::string words = words_of(PQerrorMessage(connection));
    if (code == "53100") {
        return fail(ErrorCode::no_space, "postgresql", words);
    }
    if (code.starts_with("23")) {
        return conflict(words);
    }
    // 08: connection, 53: resources, 57: shutdown or a cancelled statement, 55P03: lock timeout.
    if (code.empty() || code.starts_with("08") || code.starts_with("53") ||
        code.starts_with("57") || code == "55P03" || PQstatus(connection) != CONNECTION_OK) {
        return unavailable(words);
    }
    return internal(format("postgresql {}: {}", code, words));
}

bool is_done(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/// The shape libpq wants its parameters in; borrows them.
struct Bound {
    explicit Bound(const std::vector<Parameter>& parameters) {
        for (const Parameter& parameter : parameters) {
            values.push_back(parameter.value.c_str());
            lengths.push_back(static_cast<int>(parameter.value.size()));
            formats.push_back(parameter.is_binary ? 1 : 0);
        }
    }
    int count() const { return static_cast<int>(values.size()); }
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
};

}  // namespace

void Rows::clear(pg_result* result) {
    PQclear(result);
}
int Rows::count() const {
    return PQntuples(result_.get());
}
bool Rows::is_null(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) == 1;
}
std::string_view Rows::text(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

Result<std::int64_t> Rows::integer(int row, int column) const {
    const std::string_view digits = text(row, column);
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
        return fail(ErrorCode::data_loss, "postgresql",
                    format("\"{}\" is not a whole number", digits));
    }
    return value;
}

Result<double> Rows::real(int row, int column) const {
    const std::string_view digits = text(row, column);
    double value = 0.0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
        return fail(ErrorCode::data_loss, "postgresql", format("\"{}\" is not a number", digits));
    }
    return value;
}

Result<std::string> Rows::bytes(int row, int column) const {
    std::size_t size = 0;
    unsigned char* raw = PQunescapeBytea(
        reinterpret_cast<const unsigned char*>(PQgetvalue(result_.get(), row, column)), &size);
    if (raw == nullptr) {
        return fail(ErrorCode::data_loss, "postgresql", "bytes that cannot be read");
    }
    std::string bytes(reinterpret_cast<const char*>(raw), size);
    PQfreemem(raw);
    return bytes;
}

void Connection::finish(pg_conn* connection) {
    PQfinish(connection);
}

Result<Connection> Connection::open(std::string url, std::string greeting) {
    Connection connection(std::move(url), std::move(greeting));
    ATLAS_TRY(connection.connect());
    return connection;
}

Result<void> Connection::connect() {
    handle_.reset(PQconnectdb(url_.c_str()));
    if (PQstatus(handle_.get()) != CONNECTION_OK) {
        return unavailable(words_of(PQerrorMessage(handle_.get())));
    }
    return script(greeting_);
}

Result<void> Connection::require_alive() {
    if (PQstatus(handle_.get()) == CONNECTION_OK &&
        PQtransactionStatus(handle_.get()) == PQTRANS_IDLE) {
        return {};
    }
    return connect();
}

Result<Rows> Connection::run(const std::string& sql, const std::vector<Parameter>& parameters) {
    const Bound bound(parameters);
    pg_result* result =
        PQexecParams(handle_.get(), sql.c_str(), bound.count(), nullptr, bound.values.data(),
                     bound.lengths.data(), bound.formats.data(), 0);
    if (!is_done(result)) {
        const ResultPointer owned = own(result);
        return failure(handle_.get(), result);
    }
    return Rows(result);
}

Result<void> Connection::script(const std::string& sql) {
    const ResultPointer result = own(PQexec(handle_.get(), sql.c_str()));
    if (!is_done(result.get())) {
        return failure(handle_.get(), result.get());
    }
    return {};
}

Result<void> Connection::pipeline(std::span<const Command> commands) {
    PGconn* handle = handle_.get();
    if (PQenterPipelineMode(handle) != 1) {
        return failure(handle, nullptr);
    }
    Result<void> outcome;
    for (const Command& command : commands) {
        const Bound bound(command.parameters);
        if (PQsendQueryParams(handle, command.sql.c_str(), bound.count(), nullptr,
                              bound.values.data(), bound.lengths.data(), bound.formats.data(),
                              0) != 1) {
            outcome = failure(handle, nullptr);
            break;
        }
    }
    if (PQpipelineSync(handle) != 1) {
        return failure(handle, nullptr);  // require_alive() makes a new connection.
    }
    for (bool is_synced = false; !is_synced;) {
        const ResultPointer result = own(PQgetResult(handle));
        if (result == nullptr) {
            if (PQstatus(handle) != CONNECTION_OK) {
                return failure(handle, nullptr);
            }
            continue;  // The end of one command's results.
        }
        is_synced = PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC;
        const bool is_aborted = PQresultStatus(result.get()) == PGRES_PIPELINE_ABORTED;
        if (!is_synced && !is_aborted && !is_done(result.get()) && outcome.has_value()) {
            outcome = failure(handle, result.get());
        }
    }
    if (PQexitPipelineMode(handle) != 1 && outcome.has_value()) {
        return failure(handle, nullptr);
    }
    return outcome;
}

Result<void> Connection::copy_in(const std::string& sql, std::string_view lines) {
    PGconn* handle = handle_.get();
    const ResultPointer start = own(PQexec(handle, sql.c_str()));
    if (PQresultStatus(start.get()) != PGRES_COPY_IN) {
        return failure(handle, start.get());
    }
    constexpr std::size_t kChunk = 1U << 20;
    for (std::size_t at = 0; at < lines.size(); at += kChunk) {
        const std::string_view piece = lines.substr(at, kChunk);
        if (PQputCopyData(handle, piece.data(), static_cast<int>(piece.size())) != 1) {
            return failure(handle, nullptr);
        }
    }
    if (PQputCopyEnd(handle, nullptr) != 1) {
        return failure(handle, nullptr);
    }
    Result<void> outcome;
    for (;;) {
        const ResultPointer result = own(PQgetResult(handle));
        if (result == nullptr) {
            return outcome;
        }
        if (!is_done(result.get()) && outcome.has_value()) {
            outcome = failure(handle, result.get());
        }
    }
}

}  // namespace atlas::adapters::feature_store::timescaledb
