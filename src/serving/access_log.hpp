// SPDX-License-Identifier: Apache-2.0
// One line of JSON a request. The route's pattern is logged, never the path, query, headers or
// body: a path can hold a one-use link, a query an amount.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/guarded.hpp"

namespace atlas::serving {

struct AccessRecord {
    Timestamp at;  ///< When the answer was ready.
    std::string_view request_id;
    std::string_view remote_address;
    std::string_view method;
    std::string_view route;  ///< The pattern, or "-" where none matched.
    int status = 0;
    std::uint64_t duration_micros = 0;
    std::uint64_t request_bytes = 0;   ///< Body.
    std::uint64_t response_bytes = 0;  ///< Body.
};

/// Where the lines go. Called from the loops: implementations are thread-safe and never wait.
class AccessLog {
public:
    virtual ~AccessLog() = default;
    virtual void record(const AccessRecord& record) = 0;
    /// Called about once a second by each loop.
    virtual void flush() {}
};

/// The line, with its line feed.
std::string to_json_line(const AccessRecord& record);

/// Writes to a file descriptor that it borrows (2, or an opened file), 32 KiB at a time. When
/// the descriptor does not take them, lines are dropped and counted.
class FileAccessLog final : public AccessLog {
public:
    explicit FileAccessLog(int descriptor);
    ~FileAccessLog() override;
    void record(const AccessRecord& record) override;
    void flush() override;
    std::uint64_t dropped_bytes() const;

private:
    struct State {
        std::string waiting;
        std::uint64_t dropped_bytes = 0;
    };
    void write_out(State& state) const;
    const int descriptor_;
    Guarded<State> state_;
};

/// Forgets.
class NullAccessLog final : public AccessLog {
public:
    void record(const AccessRecord&) override {}
};

}  // namespace atlas::serving
