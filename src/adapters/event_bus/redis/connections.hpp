// SPDX-License-Identifier: Apache-2.0
// Connections to one Redis, each looked at before it is used: signed in, new enough, and keeping
// what it acknowledges.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "adapters/event_bus/redis/resp.hpp"
#include "base/clock.hpp"

namespace atlas::adapters::event_bus::redis {

/// What a server says of itself.
struct ServerFacts {
    std::string version;
    bool is_durable = false;  ///< appendonly yes and appendfsync always.
    std::string durability;   ///< In words.
    bool evicts = false;      ///< It may drop keys when its memory is full.
};

/// Errors: unsupported (older than 7.0), those of call.
Result<ServerFacts> look_at(RespConnection& connection, Moment until);

/// Thread-safe.
class Connections {
public:
    struct Options {
        RedisAddress address;
        bool allows_loss = false;  ///< Take a server that is not durable.
        std::size_t connections_max = 32;
        int timeout_ms = 10'000;
    };
    explicit Connections(Options options) : options_(std::move(options)) {}

    /// Runs `function(RespConnection&, Moment until)` on a connection of its own; one that failed
    /// is thrown away. Errors: unavailable, exhausted (all are in use), those of `function`.
    template <class Function>
    auto run(Deadline deadline, Function&& function)
        -> decltype(function(std::declval<RespConnection&>(), Moment{})) {
        const Moment until =
            std::min(deadline.at, std::chrono::steady_clock::now() +
                                      std::chrono::milliseconds(options_.timeout_ms));
        ATLAS_TRY_ASSIGN(RespConnection connection, take(until));
        auto result = function(connection, until);
        // A refusal leaves the connection in order; a break, or an answer still to come, does not.
        const bool is_usable =
            result.has_value() || (result.error().code != ErrorCode::unavailable &&
                                   result.error().code != ErrorCode::deadline_exceeded &&
                                   result.error().code != ErrorCode::data_loss);
        give_back(std::move(connection), is_usable);
        return result;
    }

    /// Of the last connection that was made.
    ServerFacts facts() const;

private:
    Result<RespConnection> take(Moment until);
    Result<RespConnection> make(Moment until);
    void give_back(RespConnection connection, bool is_usable);

    const Options options_;
    mutable std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<RespConnection> idle_;
    std::size_t in_use_ = 0;
    ServerFacts facts_;
};

}  // namespace atlas::adapters::event_bus::redis
