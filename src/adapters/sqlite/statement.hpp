// SPDX-License-Identifier: Apache-2.0
// One prepared SQL statement, borrowed from its Database's cache and given back (reset, bindings
// cleared) when it goes out of scope. Bind, step, read columns; the error of a bind is reported
// by the next step, so binds chain.
//
//     ATLAS_TRY_ASSIGN(auto rows, database.prepare("SELECT id, name FROM account WHERE h = ?1"));
//     rows.bind(1, household.uuid);
//     for (;;) {
//         ATLAS_TRY_ASSIGN(const bool is_row, rows.step());
//         if (!is_row) { break; }
//         use(rows.blob(0), rows.text(1));
//     }
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/id.hpp"
#include "base/result.hpp"

struct sqlite3_stmt;

namespace atlas::adapters::sqlite {

class Connection;

class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) = delete;
    ~Statement();

    /// Binds parameter `index`, from 1 as in SQL. A number that does not exist stops the program.
    template <std::integral T>
    Statement& bind(int index, T value) {
        ATLAS_CHECK(std::in_range<std::int64_t>(value));
        return bind_integer(index, static_cast<std::int64_t>(value));
    }
    Statement& bind(int index, bool value) { return bind_integer(index, value ? 1 : 0); }
    Statement& bind(int index, double value);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, const char* text) { return bind(index, std::string_view(text)); }
    Statement& bind(int index, const std::string& text) {
        return bind(index, std::string_view(text));
    }
    Statement& bind(int index, std::span<const std::byte> blob);
    Statement& bind(int index, const Uuid& uuid) { return bind(index, std::span(uuid.bytes)); }
    template <class Tag>
    Statement& bind(int index, const Id<Tag>& id) {
        return bind(index, id.uuid);
    }
    Statement& bind(int index, std::nullopt_t);
    template <class T>
    Statement& bind(int index, const std::optional<T>& value) {
        return value ? bind(index, *value) : bind(index, std::nullopt);
    }
    /// Binds parameters 1, 2, … in order.
    template <class... Values>
    Statement& bind_all(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    /// Runs to the next row: true with a row, false at the end.
    /// Errors: those of code_of(), e.g. conflict for a broken constraint.
    Result<bool> step();
    /// Runs to the end, rows ignored.
    Result<void> run();
    /// Ready to run again; bindings stay.
    void reset();

    /// Columns of the current row, from 0. SQLite converts a column of another type.
    std::int64_t integer(int column) const;
    double real(int column) const;
    bool boolean(int column) const { return integer(column) != 0; }
    /// Valid until the next step, reset or conversion of the same column.
    std::string_view text(int column) const;
    std::span<const std::byte> blob(int column) const;
    bool is_null(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;
    std::optional<std::string> optional_text(int column) const;
    /// A 16-byte blob. Errors: data_loss for any other length.
    Result<Uuid> uuid(int column) const;
    template <class IdType>
    Result<IdType> id(int column) const {
        return uuid(column).transform([](const Uuid& value) { return IdType{value}; });
    }

private:
    friend class Connection;
    Statement(Connection& owner, sqlite3_stmt* statement, std::string sql)
        : owner_(&owner),
          statement_(statement),
          sql_(std::move(sql)) {}
    Statement& bind_integer(int index, std::int64_t value);
    Statement& note(int sqlite_result);

    Connection* owner_;  ///< Null once moved from.
    sqlite3_stmt* statement_;
    std::string sql_;  ///< Key in the cache.
    int bind_result_ = 0;
};

}  // namespace atlas::adapters::sqlite
