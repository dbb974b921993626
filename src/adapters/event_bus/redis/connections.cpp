// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/redis/connections.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::adapters::event_bus::redis {
namespace {

/// The value after `name:` in INFO's text.
std::string info_value(std::string_view info, std::string_view name) {
    const std::size_t at = info.find(std::string(name) + ":");
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = info.substr(at + name.size() + 1);
    return std::string(rest.substr(0, rest.find('\r')));
}

/// The one value of CONFIG GET; empty where the server does not tell.
std::string config_value(RespConnection& connection, std::string_view name, Moment until) {
    const auto reply = connection.call({"CONFIG", "GET", name}, until);
    return reply.has_value() && reply->items.size() == 2 ? reply->items[1].text : std::string();
}

}  // namespace

Result<ServerFacts> look_at(RespConnection& connection, Moment until) {
    ATLAS_TRY_ASSIGN(const Reply info, connection.call({"INFO", "server"}, until));
    ServerFacts facts{.version = info_value(info.text, "redis_version"), .durability = {}};
    const std::string major = facts.version.substr(0, facts.version.find('.'));
    if (major.empty() || (major.size() == 1 && major < "7")) {
        return fail(ErrorCode::unsupported, "event_bus",
                    format("redis {} is too old: offsets need 7.0", facts.version));
    }
    const std::string append_only = config_value(connection, "appendonly", until);
    const std::string sync = config_value(connection, "appendfsync", until);
    const std::string memory = config_value(connection, "maxmemory", until);
    const std::string policy = config_value(connection, "maxmemory-policy", until);
    facts.is_durable = append_only == "yes" && sync == "always";
    facts.evicts = memory != "0" && policy != "noeviction";
    facts.durability = facts.is_durable ? "appendfsync always: synced before every acknowledgement"
                       : append_only == "yes"
                           ? format("appendfsync {}: the last moments may be lost", sync)
                       : append_only.empty() ? "not told by the server: taken as lost in a crash"
                                             : "appendonly no: lost with the process";
    return facts;
}

Result<RespConnection> Connections::make(Moment until) {
    ATLAS_TRY_ASSIGN(RespConnection connection, RespConnection::open(options_.address, until));
    ATLAS_TRY_ASSIGN(ServerFacts facts, look_at(connection, until));
    // Asked of each connection: somebody may have changed it while we ran.
    if (facts.evicts) {
        return invalid_argument("event_bus",
                                "redis may evict keys when its memory is full: set "
                                "maxmemory-policy noeviction");
    }
    if (!facts.is_durable && !options_.allows_loss) {
        return invalid_argument(
            "event_bus", format("redis would lose acknowledged events ({}): set appendonly yes and "
                                "appendfsync always, or say ?allow_loss=yes in the URL",
                                facts.durability));
    }
    const std::lock_guard lock(mutex_);
    facts_ = std::move(facts);
    return connection;
}

Result<RespConnection> Connections::take(Moment until) {
    {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_until(lock, until,
                                  [&] { return in_use_ < options_.connections_max; })) {
            return fail(ErrorCode::exhausted, {},
                        format("redis: all {} connections are in use", options_.connections_max));
        }
        ++in_use_;
        while (!idle_.empty()) {
            RespConnection connection = std::move(idle_.back());
            idle_.pop_back();
            if (connection.is_fresh()) {
                return connection;
            }
        }
    }
    auto made = make(until);
    if (!made.has_value()) {
        const std::lock_guard lock(mutex_);
        --in_use_;
        returned_.notify_one();
    }
    return made;
}

void Connections::give_back(RespConnection connection, bool is_usable) {
    {
        const std::lock_guard lock(mutex_);
        --in_use_;
        if (is_usable) {
            idle_.push_back(std::move(connection));
        }
    }
    returned_.notify_one();
}

ServerFacts Connections::facts() const {
    const std::lock_guard lock(mutex_);
    return facts_;
}

}  // namespace atlas::adapters::event_bus::redis
