// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/redis/event_bus.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>

#include "adapters/event_bus/port_checks.hpp"
#include "adapters/event_bus/redis/member.hpp"
#include "adapters/event_bus/sealed_event.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::redis {
namespace {

using ports::Event;
using ports::Offset;
using ports::Partition;

constexpr Partition kPartitionsMax = 1024;
constexpr std::size_t kChunkBytesMax = std::size_t{8} << 20;
constexpr std::size_t kStepMin = 16;
constexpr std::size_t kStepMax = 2048;
constexpr std::chrono::milliseconds kSlice{50};  ///< Between two looks at the stop token.

/// Repositions a group that nobody is a member of; a group of Redis' own follows.
constexpr std::string_view kCommitScript = R"(
if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local made = redis.pcall('XGROUP', 'CREATE', KEYS[2], ARGV[3], '0-' .. ARGV[2], 'MKSTREAM')
if made['err'] then
  redis.call('XGROUP', 'SETID', KEYS[2], ARGV[3], '0-' .. ARGV[2])
  redis.call('XGROUP', 'DESTROY', KEYS[2], ARGV[3])
  redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[3], '0-' .. ARGV[2])
end
return 1)";

}  // namespace

Result<Offset> offset_in(std::string_view id) {
    std::int64_t number = 0;
    const std::string_view digits = id.starts_with("0-") ? id.substr(2) : std::string_view();
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || code != std::errc() || end != digits.data() + digits.size()) {
        return fail(ErrorCode::data_loss, {},
                    format("redis: \"{}\" is no id of an event of ours", id));
    }
    return number - 1;
}

std::string id_before(Offset from) {
    return format("0-{}", from);
}

Result<std::string_view> bytes_in(const Reply& entry) {
    if (entry.items.size() != 2 || entry.items[1].items.size() != 2) {
        return fail(ErrorCode::data_loss, {}, "redis: an entry is no event of ours");
    }
    return std::string_view(entry.items[1].items[1].text);
}

Result<ports::StoredEvent> event_in(ports::Secrets& secrets, std::string_view topic,
                                    const Reply& entry) {
    ATLAS_TRY_ASSIGN(const std::string_view bytes, bytes_in(entry));
    ATLAS_TRY_ASSIGN(const Offset offset, offset_in(entry.items[0].text));
    ATLAS_TRY_ASSIGN(Event event, open_event(secrets, topic, bytes));
    return ports::StoredEvent{offset, std::move(event)};
}

RedisEventBus::RedisEventBus(RedisOptions options, ports::Secrets& secrets)
    : options_(std::move(options)),
      secrets_(secrets),
      connections_({.address = options_.address,
                    .allows_loss = options_.allows_loss,
                    .timeout_ms = options_.timeout_ms}) {}

Result<std::unique_ptr<RedisEventBus>> RedisEventBus::open(RedisOptions options,
                                                           ports::Secrets& secrets) {
    if (options.address.host.empty()) {
        return invalid_argument("event_bus", "redis needs host:port");
    }
    if (options.partitions < 1 || options.partitions > kPartitionsMax) {
        return invalid_argument("event_bus", format("{} partitions; 1 to {} are possible",
                                                    options.partitions, kPartitionsMax));
    }
    auto bus = std::make_unique<RedisEventBus>(std::move(options), secrets);
    ATLAS_TRY(bus->settle());
    return bus;
}

/// The number is written down with the streams: with another one, households would change places.
Result<void> RedisEventBus::settle() {
    const std::string own = format("{}", options_.partitions);
    const std::string key = options_.prefix + "meta";
    ATLAS_TRY_ASSIGN(
        const Reply found,
        connections_.run({}, [&](RespConnection& connection, Moment until) -> Result<Reply> {
            ATLAS_TRY(connection.call({"SET", key, own, "NX"}, until));
            return connection.call({"GET", key}, until);
        }));
    if (found.text != own) {
        return invalid_argument(
            "event_bus",
            format("redis holds {} partitions, and {} are asked for", found.text, own));
    }
    return {};
}

ports::BusCapabilities RedisEventBus::capabilities() const {
    const ServerFacts facts = connections_.facts();
    return {.engine = "redis",
            .survives_crash = facts.is_durable,
            .durability = facts.durability,
            .events_max = 0,
            .shares_groups = true};
}

Partition RedisEventBus::partition_of(HouseholdId household) const {
    return ports::stable_partition(household, options_.partitions);
}

std::string RedisEventBus::stream_of(std::string_view topic, Partition partition) const {
    return format("{}{}:{}", options_.prefix, topic, partition);
}

Result<void> RedisEventBus::check(std::string_view topic, Partition partition, Offset from) const {
    ATLAS_TRY(check_topic(topic));
    return check_partition({options_.partitions, partition, from});
}

Result<void> RedisEventBus::append(std::string_view topic, std::span<const Event> events,
                                   Deadline deadline) {
    ATLAS_TRY(check_batch(events));
    ATLAS_TRY(check_topic(topic));
    ATLAS_TRY_ASSIGN(const std::vector<std::string> sealed, seal_events(secrets_, topic, events));
    std::string commands;
    std::size_t count = 0;
    const auto store = [&](RespConnection& connection, Moment until) -> Result<void> {
        ATLAS_TRY_ASSIGN(const auto replies, connection.exchange(commands, count + 2, until));
        for (const Reply& reply : replies) {
            if (reply.is_error()) {
                return error_of(reply);
            }
        }
        // MULTI, then QUEUED each, then all ids at once: stored whole, synced once.
        if (replies.back().items.size() != count) {
            return unavailable("redis: the batch was not stored");
        }
        for (const Reply& id : replies.back().items) {
            if (id.is_error()) {
                return error_of(id);
            }
        }
        return {};
    };
    constexpr std::array<std::string_view, 1> kMulti{"MULTI"};
    constexpr std::array<std::string_view, 1> kExec{"EXEC"};
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (count == 0) {
            commands.clear();
            append_command(commands, kMulti);
        }
        const std::string stream = stream_of(topic, partition_of(events[i].household));
        const std::array<std::string_view, 5> add{"XADD", stream, "0-*", "e", sealed[i]};
        append_command(commands, add);
        ++count;
        if (commands.size() >= kChunkBytesMax || i + 1 == events.size()) {
            append_command(commands, kExec);
            ATLAS_TRY(connections_.run(deadline, store));
            count = 0;
        }
    }
    return {};
}

Result<Reply> RedisEventBus::entries(const std::string& stream, Offset from, std::size_t count) {
    const std::string first = id_before(from + 1);
    const std::string many = format("{}", count);
    return connections_.run({}, [&](RespConnection& connection, Moment until) {
        return connection.call({"XRANGE", stream, first, "+", "COUNT", many}, until);
    });
}

Result<std::vector<ports::StoredEvent>> RedisEventBus::read(std::string_view topic,
                                                            Partition partition, Offset from,
                                                            std::size_t limit) {
    ATLAS_TRY(check(topic, partition, from));
    limit = std::min(limit, ports::kEventBatchMax);
    std::vector<ports::StoredEvent> events;
    std::size_t step = kStepMin;
    for (std::size_t bytes = 0; events.size() < limit && bytes < kChunkBytesMax;) {
        const std::size_t count = std::min(step, limit - events.size());
        ATLAS_TRY_ASSIGN(const Reply found, entries(stream_of(topic, partition), from, count));
        for (const Reply& entry : found.items) {
            ATLAS_TRY_ASSIGN(ports::StoredEvent stored, event_in(secrets_, topic, entry));
            bytes += stored.event.payload.size();
            from = stored.offset + 1;
            events.push_back(std::move(stored));
        }
        if (found.items.size() < count) {
            break;
        }
        // Steps grow while events are small: never many large ones in one answer.
        step = bytes < kChunkBytesMax / 8 ? std::min(step * 4, kStepMax) : kStepMin;
    }
    return events;
}

Result<ports::OffsetRange> RedisEventBus::range(std::string_view topic, Partition partition) {
    ATLAS_TRY(check(topic, partition, 0));
    const std::string stream = stream_of(topic, partition);
    const auto reply = connections_.run({}, [&](RespConnection& connection, Moment until) {
        return connection.call({"XINFO", "STREAM", stream}, until);
    });
    if (!reply.has_value()) {
        const bool is_missing = reply.error().message.find("no such key") != std::string::npos;
        return is_missing ? Result<ports::OffsetRange>(ports::OffsetRange{})
                          : Unexpected(reply.error());
    }
    ports::OffsetRange range;
    std::string first;
    for (std::size_t i = 0; i + 1 < reply->items.size(); i += 2) {
        const std::string& name = reply->items[i].text;
        const Reply& value = reply->items[i + 1];
        if (name == "last-generated-id") {
            ATLAS_TRY_ASSIGN(const Offset last, offset_in(value.text));
            range.end = last + 1;
        } else if (name == "first-entry" && !value.items.empty()) {
            first = value.items[0].text;
        }
    }
    range.begin = range.end;
    if (!first.empty()) {
        ATLAS_TRY_ASSIGN(range.begin, offset_in(first));
    }
    return range;
}

Result<Offset> RedisEventBus::offset_at(std::string_view topic, Partition partition, Timestamp at) {
    ATLAS_TRY_ASSIGN(const ports::OffsetRange kept, range(topic, partition));
    Offset from = kept.begin;
    std::size_t step = kStepMin;
    while (from < kept.end) {
        ATLAS_TRY_ASSIGN(const Reply found, entries(stream_of(topic, partition), from, step));
        if (found.items.empty()) {
            break;
        }
        std::size_t bytes = 0;
        for (const Reply& entry : found.items) {
            ATLAS_TRY_ASSIGN(const std::string_view sealed, bytes_in(entry));
            ATLAS_TRY_ASSIGN(const PlainHead head, read_head(sealed));
            ATLAS_TRY_ASSIGN(const Offset offset, offset_in(entry.items[0].text));
            if (head.recorded_at >= at) {
                return offset;
            }
            bytes += sealed.size();
            from = offset + 1;
        }
        step = bytes < kChunkBytesMax / 8 ? std::min(step * 4, kStepMax) : kStepMin;
    }
    return kept.end;
}

Result<void> RedisEventBus::commit_offset(const ports::GroupPosition& position, Offset next) {
    ATLAS_TRY(check(position.topic, position.partition, next));
    ATLAS_TRY(check_topic(position.group));
    const GroupKeys keys = group_keys(options_.prefix, position);
    const std::string stream = stream_of(position.topic, position.partition);
    const std::string number = format("{}", next);
    ATLAS_TRY_ASSIGN(const Reply reply,
                     connections_.run({}, [&](RespConnection& connection, Moment until) {
                         return connection.call({"EVAL", kCommitScript, "3", keys.groups, stream,
                                                 keys.lease, keys.field, number, position.group},
                                                until);
                     }));
    return reply.integer == 1 ? Result<void>()
                              : conflict(format("the group {} has members", position.group));
}

Result<Offset> RedisEventBus::committed_offset(const ports::GroupPosition& position) {
    ATLAS_TRY(check(position.topic, position.partition, 0));
    ATLAS_TRY(check_topic(position.group));
    const GroupKeys keys = group_keys(options_.prefix, position);
    ATLAS_TRY_ASSIGN(const Reply reply,
                     connections_.run({}, [&](RespConnection& connection, Moment until) {
                         return connection.call({"HGET", keys.groups, keys.field}, until);
                     }));
    if (reply.kind == ReplyKind::nil) {
        return Offset{0};
    }
    ATLAS_TRY_ASSIGN(const Offset before, offset_in("0-" + reply.text));
    return before + 1;
}

Result<bool> RedisEventBus::wait(std::string_view topic, Partition partition, Offset from,
                                 Deadline deadline, std::stop_token stop) {
    ATLAS_TRY(check(topic, partition, from));
    const std::string stream = stream_of(topic, partition);
    const std::string after = id_before(from);
    for (;;) {
        const auto left =
            std::min<Moment::duration>(kSlice, deadline.at - std::chrono::steady_clock::now());
        // BLOCK 0 would be for ever: 1 ms is the least.
        const std::string block = format(
            "{}", std::max<std::int64_t>(
                      1, std::chrono::duration_cast<std::chrono::milliseconds>(left).count()));
        const auto reply = connections_.run({}, [&](RespConnection& connection, Moment until) {
            return connection.call(
                {"XREAD", "COUNT", "1", "BLOCK", block, "STREAMS", stream, after}, until);
        });
        if (reply.has_value() && reply->kind != ReplyKind::nil) {
            return true;
        }
        if (stop.stop_requested()) {
            return false;
        }
        if (std::chrono::steady_clock::now() >= deadline.at) {
            // A server that is away is said to be so; one that has nothing new has not.
            return reply.has_value() ? Result<bool>(false) : Unexpected(reply.error());
        }
        if (!reply.has_value()) {
            pause(stop, kSlice);
        }
    }
}

Result<std::unique_ptr<ports::GroupMember>> RedisEventBus::join(std::string_view group,
                                                                std::string_view topic) {
    ATLAS_TRY(check_topic(group));
    ATLAS_TRY(check_topic(topic));
    MemberOptions options{.prefix = options_.prefix,
                          .group = std::string(group),
                          .topic = std::string(topic),
                          .lease_ms = options_.lease_ms,
                          .streams = {}};
    for (Partition p = 0; p < options_.partitions; ++p) {
        options.streams.push_back(stream_of(topic, p));
    }
    ATLAS_TRY_ASSIGN(auto member,
                     RedisGroupMember::join(std::move(options), connections_, secrets_));
    return std::unique_ptr<ports::GroupMember>(std::move(member));
}

}  // namespace atlas::adapters::event_bus::redis
