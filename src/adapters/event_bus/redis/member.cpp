// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/redis/member.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "adapters/event_bus/redis/event_bus.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::redis {
namespace {

using ports::Offset;
using ports::Partition;

constexpr std::chrono::milliseconds kSlice{50};  ///< Between two looks at the stop token.
constexpr int kBalancesALease = 4;
/// Large events: so many in one answer at most.
constexpr std::size_t kFetchMax = 500;

/// Who lives shares out the partitions by number; a lease is taken when it is free, kept while it
/// is ours by that rule, given back when it is not. Returns the partitions held, and of each
/// whether it is new. KEYS: alive, then the leases; ARGV: own number, lease in ms.
constexpr std::string_view kBalanceScript = R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], ARGV[1], now + ARGV[2])
local alive = redis.call('HGETALL', KEYS[1])
local ids = {}
for i = 1, #alive, 2 do
  if tonumber(alive[i + 1]) < now then redis.call('HDEL', KEYS[1], alive[i])
  else ids[#ids + 1] = tonumber(alive[i]) end
end
table.sort(ids)
local held = {}
for k = 2, #KEYS do
  local owner = redis.call('GET', KEYS[k])
  local wanted = ids[(k - 2) % #ids + 1] == tonumber(ARGV[1])
  if wanted and not owner then
    redis.call('SET', KEYS[k], ARGV[1], 'PX', ARGV[2])
    held[#held + 1] = k - 2
    held[#held + 1] = 1
  elseif owner == ARGV[1] and wanted then
    redis.call('PEXPIRE', KEYS[k], ARGV[2])
    held[#held + 1] = k - 2
    held[#held + 1] = 0
  elseif owner == ARGV[1] then
    redis.call('DEL', KEYS[k])
  end
end
return held)";

/// What the owner reads next: first what somebody fetched and never committed, then what is new.
/// KEYS: lease, stream, groups; ARGV: own number, group, limit, claim cursor or '', field, lease.
/// Returns false where the lease is another's, else the next cursor and the entries.
constexpr std::string_view kFetchScript = R"(
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
local from = redis.call('HGET', KEYS[3], ARGV[5]) or '0'
redis.pcall('XGROUP', 'CREATE', KEYS[2], ARGV[2], '0-' .. from, 'MKSTREAM')
if ARGV[4] ~= '' then
  local claimed = redis.call('XAUTOCLAIM', KEYS[2], ARGV[2], ARGV[1], 0, ARGV[4], 'COUNT', ARGV[3])
  return {claimed[1], claimed[2]}
end
local read = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[1], 'COUNT', ARGV[3],
                        'STREAMS', KEYS[2], '>')
if not read then return {'', {}} end
return {'', read[1][2]})";

/// KEYS: lease, stream, groups; ARGV: own number, group, next, field, lease in ms.
constexpr std::string_view kCommitScript = R"(
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('HSET', KEYS[3], ARGV[4], ARGV[3])
while redis.call('EXISTS', KEYS[2]) == 1 do
  local done = redis.pcall('XPENDING', KEYS[2], ARGV[2], '-', '0-' .. ARGV[3], 1000)
  if done['err'] or #done == 0 then break end
  for i = 1, #done do redis.call('XACK', KEYS[2], ARGV[2], done[i][1]) end
end
return 1)";

/// KEYS: alive, then the leases; ARGV: own number.
constexpr std::string_view kLeaveScript = R"(
redis.call('HDEL', KEYS[1], ARGV[1])
for k = 2, #KEYS do
  if redis.call('GET', KEYS[k]) == ARGV[1] then redis.call('DEL', KEYS[k]) end
end
return 1)";

}  // namespace

GroupKeys group_keys(const std::string& prefix, const ports::GroupPosition& position) {
    return {
        .groups = prefix + "groups",
        .field = format("{}|{}|{}", position.group, position.topic, position.partition),
        .lease =
            format("{}lease:{}:{}:{}", prefix, position.group, position.topic, position.partition),
    };
}

void pause(const std::stop_token& stop, std::chrono::milliseconds span) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, span, [] { return false; });
}

Result<std::unique_ptr<RedisGroupMember>> RedisGroupMember::join(MemberOptions options,
                                                                 Connections& connections,
                                                                 ports::Secrets& secrets) {
    const std::string counter = options.prefix + "members";
    ATLAS_TRY_ASSIGN(const Reply number,
                     connections.run({}, [&](RespConnection& connection, Moment until) {
                         return connection.call({"INCR", counter}, until);
                     }));
    auto member = std::make_unique<RedisGroupMember>(Parts{.options = std::move(options),
                                                           .connections = connections,
                                                           .secrets = secrets,
                                                           .name = format("{}", number.integer)});
    ATLAS_TRY(member->balance());
    return member;
}

RedisGroupMember::~RedisGroupMember() {
    std::vector<std::string> keys{alive_key()};
    for (std::size_t p = 0; p < parts_.options.streams.size(); ++p) {
        keys.push_back(keys_of(static_cast<Partition>(p)).lease);
    }
    // Where it cannot be said, the leases run out by themselves.
    const auto left = evaluate(kLeaveScript, std::move(keys), {parts_.name});
    static_cast<void>(left.has_value());
}

GroupKeys RedisGroupMember::keys_of(Partition partition) const {
    return group_keys(parts_.options.prefix,
                      {parts_.options.group, parts_.options.topic, partition});
}

std::string RedisGroupMember::alive_key() const {
    return format("{}alive:{}:{}", parts_.options.prefix, parts_.options.group,
                  parts_.options.topic);
}

std::vector<Partition> RedisGroupMember::partitions() const {
    std::vector<Partition> all;
    for (const auto& [partition, owned] : owned_) {
        all.push_back(partition);
    }
    return all;
}

Result<Reply> RedisGroupMember::evaluate(std::string_view script, std::vector<std::string> keys,
                                         std::vector<std::string> arguments) {
    const std::string count = format("{}", keys.size());
    std::vector<std::string_view> words{"EVAL", script, count};
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), arguments.begin(), arguments.end());
    return parts_.connections.run({}, [&](RespConnection& connection, Moment until) {
        return connection.call(words, until);
    });
}

Result<void> RedisGroupMember::balance() {
    const auto now = std::chrono::steady_clock::now();
    if (now < balance_at_) {
        return {};
    }
    std::vector<std::string> keys{alive_key()};
    for (std::size_t p = 0; p < parts_.options.streams.size(); ++p) {
        keys.push_back(keys_of(static_cast<Partition>(p)).lease);
    }
    ATLAS_TRY_ASSIGN(const Reply held,
                     evaluate(kBalanceScript, std::move(keys),
                              {parts_.name, format("{}", parts_.options.lease_ms)}));
    std::map<Partition, Owned> owned;
    for (std::size_t i = 0; i + 1 < held.items.size(); i += 2) {
        const auto partition = static_cast<Partition>(held.items[i].integer);
        const bool is_new = held.items[i + 1].integer != 0 || !owned_.contains(partition);
        owned[partition] = is_new ? Owned{} : owned_[partition];
        if (is_new) {
            seen_.erase(partition);
        }
    }
    owned_ = std::move(owned);
    balance_at_ = now + std::chrono::milliseconds(parts_.options.lease_ms / kBalancesALease);
    return {};
}

Result<ports::GroupBatch> RedisGroupMember::fetch(Partition partition, std::size_t limit) {
    const MemberOptions& own = parts_.options;
    const GroupKeys keys = keys_of(partition);
    Owned& state = owned_[partition];
    ATLAS_TRY_ASSIGN(
        const Reply reply,
        evaluate(kFetchScript,
                 {keys.lease, own.streams[static_cast<std::size_t>(partition)], keys.groups},
                 {parts_.name, own.group, format("{}", std::min(limit, kFetchMax)), state.claim,
                  keys.field, format("{}", own.lease_ms)}));
    ports::GroupBatch batch{.partition = partition, .events = {}};
    if (reply.items.size() != 2) {
        owned_.erase(partition);  // Another's by now.
        return batch;
    }
    state.claim = reply.items[0].text == "0-0" ? std::string() : reply.items[0].text;
    for (const Reply& entry : reply.items[1].items) {
        if (entry.kind == ReplyKind::nil) {
            continue;  // Trimmed away since it was fetched.
        }
        ATLAS_TRY_ASSIGN(ports::StoredEvent stored, event_in(parts_.secrets, own.topic, entry));
        seen_[partition] = stored.offset + 1;
        batch.events.push_back(std::move(stored));
    }
    return batch;
}

Result<ports::GroupBatch> RedisGroupMember::fetch_any(std::size_t limit) {
    // From one after another, so that a busy partition does not keep the others waiting.
    std::vector<Partition> order = partitions();
    const auto first = std::lower_bound(order.begin(), order.end(), turn_);
    std::rotate(order.begin(), first, order.end());
    for (const Partition partition : order) {
        ATLAS_TRY_ASSIGN(ports::GroupBatch batch, fetch(partition, limit));
        if (!batch.events.empty()) {
            turn_ = partition + 1;
            return batch;
        }
    }
    return ports::GroupBatch{};
}

void RedisGroupMember::wait_for_events(Moment until, const std::stop_token& stop) {
    const bool is_taking_over = std::any_of(
        owned_.begin(), owned_.end(), [](const auto& one) { return !one.second.claim.empty(); });
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::min<Moment::duration>(kSlice, until - std::chrono::steady_clock::now()));
    if (is_taking_over || span.count() < 1) {
        return;
    }
    if (owned_.empty() || seen_.size() < owned_.size()) {
        pause(stop, std::min(span, kSlice / 5));
        return;
    }
    const std::string block = format("{}", span.count());
    std::vector<std::string> after;
    std::vector<std::string_view> words{"XREAD", "COUNT", "1", "BLOCK", block, "STREAMS"};
    for (const auto& [partition, owned] : owned_) {
        words.emplace_back(parts_.options.streams[static_cast<std::size_t>(partition)]);
        after.push_back(id_before(seen_[partition]));
    }
    words.insert(words.end(), after.begin(), after.end());
    const auto came = parts_.connections.run({}, [&](RespConnection& connection, Moment limit) {
        return connection.call(words, limit);
    });
    if (!came.has_value()) {
        pause(stop, span);
    }
}

Result<ports::GroupBatch> RedisGroupMember::next(std::size_t limit, Deadline deadline,
                                                 std::stop_token stop) {
    if (limit == 0) {
        return ports::GroupBatch{};
    }
    for (;;) {
        // A server that is away comes back: what it says of us then is asked again.
        const auto balanced = balance();
        auto batch = balanced.has_value() ? fetch_any(limit)
                                          : Result<ports::GroupBatch>(Unexpected(balanced.error()));
        const bool is_passing =
            !batch.has_value() && (batch.error().code == ErrorCode::unavailable ||
                                   batch.error().code == ErrorCode::deadline_exceeded);
        if (!batch.has_value() ? !is_passing : !batch->events.empty()) {
            return batch;
        }
        if (stop.stop_requested() || std::chrono::steady_clock::now() >= deadline.at) {
            return batch.has_value() ? batch : Result<ports::GroupBatch>(Unexpected(batch.error()));
        }
        if (is_passing) {
            pause(stop, kSlice);
        } else {
            wait_for_events(deadline.at, stop);
        }
    }
}

Result<void> RedisGroupMember::commit(Partition partition, Offset next) {
    if (next < 0) {
        return invalid_argument({}, format("offset {} is below 0", next));
    }
    if (owned_.contains(partition)) {
        const GroupKeys keys = keys_of(partition);
        ATLAS_TRY_ASSIGN(
            const Reply reply,
            evaluate(kCommitScript,
                     {keys.lease, parts_.options.streams[static_cast<std::size_t>(partition)],
                      keys.groups},
                     {parts_.name, parts_.options.group, format("{}", next), keys.field,
                      format("{}", parts_.options.lease_ms)}));
        if (reply.integer == 1) {
            return {};
        }
        owned_.erase(partition);
    }
    return conflict(format("partition {} went to another member of the group", partition));
}

}  // namespace atlas::adapters::event_bus::redis
