// SPDX-License-Identifier: Apache-2.0
// One PostgreSQL connection that closes itself and comes back after a break. Private to this
// folder; libpq is seen in connection.cpp alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct pg_conn;
struct pg_result;

namespace atlas::adapters::feature_store::timescaledb {

/// A parameter: text, or bytes as they are.
struct Parameter {
    std::string value;
    bool is_binary = false;
};

/// Rows of text.
class Rows {
public:
    explicit Rows(pg_result* result) : result_(result, &clear) {}
    int count() const;
    bool is_null(int row, int column) const;
    std::string_view text(int row, int column) const;
    /// Errors: data_loss where it is not a whole number.
    Result<std::int64_t> integer(int row, int column) const;
    /// Errors: data_loss where it is not a number.
    Result<double> real(int row, int column) const;
    /// A bytea. Errors: data_loss.
    Result<std::string> bytes(int row, int column) const;

private:
    static void clear(pg_result* result);
    std::unique_ptr<pg_result, void (*)(pg_result*)> result_;
};

/// A statement of a pipeline.
struct Command {
    std::string sql;
    std::vector<Parameter> parameters;
};

/// One thread at a time.
class Connection {
public:
    /// Runs `greeting` on each new connection. Errors: unavailable.
    static Result<Connection> open(std::string url, std::string greeting);

    /// Runs one statement with parameters $1, $2, …
    /// Errors: unavailable (the server is away, or gave up in time), no_space, conflict (a broken
    ///         constraint), internal (anything else, with the server's words).
    Result<Rows> run(const std::string& sql, const std::vector<Parameter>& parameters = {});

    /// Several statements of one round trip, in one transaction of the caller's making: the first
    /// error ends them and is returned.
    Result<void> pipeline(std::span<const Command> commands);

    /// COPY … FROM STDIN with its lines. Errors: as run.
    Result<void> copy_in(const std::string& sql, std::string_view lines);

    /// Several statements without parameters: schemas.
    Result<void> script(const std::string& sql);

    /// After a break: a new connection. A transaction that was open is gone.
    Result<void> require_alive();

private:
    Connection(std::string url, std::string greeting)
        : url_(std::move(url)),
          greeting_(std::move(greeting)) {}
    Result<void> connect();
    static void finish(pg_conn* connection);

    std::string url_;  ///< Holds a password: never in a message.
    std::string greeting_;
    std::unique_ptr<pg_conn, void (*)(pg_conn*)> handle_{nullptr, &finish};
};

}  // namespace atlas::adapters::feature_store::timescaledb
