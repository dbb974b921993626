// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/kafka/event_bus.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "adapters/event_bus/kafka/admin.hpp"
#include "adapters/event_bus/kafka/member.hpp"
#include "adapters/event_bus/kafka/producer.hpp"
#include "adapters/event_bus/kafka/readers.hpp"
#include "adapters/event_bus/port_checks.hpp"
#include "adapters/event_bus/sealed_event.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

using ports::Event;
using ports::Offset;
using ports::Partition;

constexpr Partition kPartitionsMax = 1024;
/// A payload, its key and seal, with room.
constexpr const char* kMessageBytesMax = "2097152";
constexpr std::size_t kChunkBytesMax = std::size_t{8} << 20;
constexpr int kSliceMs = 50;  ///< Between two looks at the stop token.
constexpr std::size_t kScanStep = 500;

/// Kafka's clock has milliseconds, and nothing before 1970.
std::int64_t timestamp_ms(Timestamp at) {
    return std::max<std::int64_t>(at.micros, 0) / 1000;
}

/// Sleeps, but not beyond a stop.
void pause(const std::stop_token& stop, int milliseconds) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, std::chrono::milliseconds(milliseconds), [] { return false; });
}

std::string value_of(const std::map<std::string, std::string>& settings, const char* name) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
}

}  // namespace

KafkaEventBus::KafkaEventBus(KafkaOptions options, ports::Secrets& secrets, Parts parts)
    : options_(std::move(options)),
      secrets_(secrets),
      admin_(std::move(parts.admin)),
      readers_(std::move(parts.readers)),
      producer_(std::move(parts.producer)) {}

KafkaEventBus::~KafkaEventBus() = default;

Result<std::unique_ptr<KafkaEventBus>> KafkaEventBus::open(KafkaOptions options,
                                                           ports::Secrets& secrets) {
    if (options.brokers.empty()) {
        return invalid_argument("event_bus", "kafka needs host:port");
    }
    if (options.partitions < 1 || options.partitions > kPartitionsMax) {
        return invalid_argument("event_bus", format("{} partitions; 1 to {} are possible",
                                                    options.partitions, kPartitionsMax));
    }
    if (options.waiting_events_max < ports::kEventBatchMax) {
        return invalid_argument("event_bus",
                                format("a buffer of {} events is smaller than one batch of {}",
                                       options.waiting_events_max, ports::kEventBatchMax));
    }
    Parts parts;
    ATLAS_TRY_ASSIGN(parts.admin, Admin::start(options.brokers, options.timeout_ms));
    ATLAS_TRY_ASSIGN(parts.producer, Producer::start({.brokers = options.brokers,
                                                      .waiting_max = options.waiting_events_max}));
    parts.readers = std::make_unique<ReaderPool>(options.brokers, options.readers_max);
    auto bus = std::make_unique<KafkaEventBus>(std::move(options), secrets, std::move(parts));
    ATLAS_TRY(bus->settle());
    return bus;
}

/// Looks at the ledger's topic: what an acknowledgement stands for is what its settings say, not
/// what we wished for when it was made.
Result<void> KafkaEventBus::settle() {
    const std::string topic(ports::kLedgerTopic);
    ATLAS_TRY(ensure_topic(topic));
    ATLAS_TRY_ASSIGN(const auto facts, admin_->topic(cluster_name(topic)));
    ATLAS_TRY_ASSIGN(const auto settings, admin_->settings(cluster_name(topic)));
    const std::string in_sync = value_of(settings, "min.insync.replicas");
    capabilities_ = {.engine = "kafka", .events_max = 0, .shares_groups = true};
    // A broker that does not sync acknowledges from its page cache, and so do its followers: two of
    // them are safer than one, and still not on a disk.
    capabilities_.survives_crash = value_of(settings, "flush.messages") == "1";
    capabilities_.durability =
        format("acks=all by at least {} of {} replicas, {}", in_sync, facts ? facts->replicas : 0,
               capabilities_.survives_crash ? "each synced to its disk before (flush.messages=1)"
                                            : "from memory: not on a disk when acknowledged");
    return {};
}

Result<void> KafkaEventBus::ensure_topic(const std::string& topic) {
    ATLAS_TRY_ASSIGN(const bool is_there, has_topic(topic));
    if (is_there) {
        return {};
    }
    NewTopic wanted{.name = cluster_name(topic), .partitions = options_.partitions};
    const auto kept = options_.kept_ms.find(topic);
    wanted.settings = {
        {"cleanup.policy", "delete"},
        {"retention.ms", kept == options_.kept_ms.end() ? "-1" : format("{}", kept->second)},
        {"retention.bytes", "-1"},
        {"max.message.bytes", kMessageBytesMax},
        {"message.timestamp.type", "CreateTime"},
    };
    if (options_.syncs_every_batch) {
        wanted.settings["flush.messages"] = "1";
    }
    ATLAS_TRY(admin_->create(wanted));
    ATLAS_TRY_ASSIGN(const bool is_there_now, has_topic(topic));
    return is_there_now ? Result<void>()
                        : unavailable(format("kafka: the topic {} did not come", wanted.name));
}

Result<bool> KafkaEventBus::has_topic(const std::string& topic) {
    if (topics_.with([&](const auto& seen) { return seen.contains(topic); })) {
        return true;
    }
    ATLAS_TRY_ASSIGN(const auto facts, admin_->topic(cluster_name(topic)));
    if (!facts) {
        return false;
    }
    if (facts->partitions != options_.partitions) {
        // With another number households would change places.
        return invalid_argument(
            "event_bus", format("the topic {} has {} partitions, and {} are asked for",
                                cluster_name(topic), facts->partitions, options_.partitions));
    }
    topics_.with([&](auto& seen) { seen.insert(topic); });
    return true;
}

Partition KafkaEventBus::partition_of(HouseholdId household) const {
    return ports::stable_partition(household, options_.partitions);
}

Result<void> KafkaEventBus::append(std::string_view topic, std::span<const Event> events,
                                   Deadline deadline) {
    ATLAS_TRY(check_batch(events));
    ATLAS_TRY(check_topic(topic));
    if (events.empty()) {
        return {};
    }
    const std::string name(topic);
    ATLAS_TRY(ensure_topic(name));
    ATLAS_TRY_ASSIGN(std::vector<std::string> sealed, seal_events(secrets_, topic, events));
    std::vector<Outgoing> messages;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        bytes += sealed[i].size();
        messages.push_back({.partition = partition_of(event.household),
                            .timestamp_ms = timestamp_ms(event.recorded_at),
                            .key = to_string(event.household),
                            .value = std::move(sealed[i])});
        // Large batches go in pieces, each acknowledged before the next: what waits is bounded.
        if (bytes >= kChunkBytesMax || i + 1 == events.size()) {
            ATLAS_TRY(producer_->send(cluster_name(topic), messages, deadline));
            messages.clear();
            bytes = 0;
        }
    }
    return {};
}

Result<void> KafkaEventBus::check(std::string_view topic, Partition partition, Offset from) const {
    ATLAS_TRY(check_topic(topic));
    return check_partition({options_.partitions, partition, from});
}

Result<std::vector<ports::StoredEvent>> KafkaEventBus::read(std::string_view topic,
                                                            Partition partition, Offset from,
                                                            std::size_t limit) {
    ATLAS_TRY(check(topic, partition, from));
    std::vector<ports::StoredEvent> events;
    ATLAS_TRY_ASSIGN(const ports::OffsetRange kept, range(topic, partition));
    const Offset begin = std::max(from, kept.begin);
    limit = std::min(limit, ports::kEventBatchMax);
    if (limit == 0 || begin >= kept.end) {
        return events;
    }
    const auto until =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(options_.timeout_ms);
    ATLAS_TRY_ASSIGN(auto reader, readers_->borrow({cluster_name(topic), partition, begin},
                                                   std::chrono::milliseconds(options_.timeout_ms)));
    std::size_t bytes = 0;
    while (events.size() < limit && bytes < kChunkBytesMax) {
        const int left = milliseconds_until(until, options_.timeout_ms);
        ATLAS_TRY_ASSIGN(const bool is_there, reader->fetch(left));
        if (!is_there) {
            if (!events.empty()) {
                break;
            }
            return unavailable(
                format("kafka: no event of {} in {} ms", topic, options_.timeout_ms));
        }
        if (reader->next_offset() >= kept.end) {
            break;  // Came since we asked; the next call's.
        }
        const Message message = reader->take();
        const std::string_view value(static_cast<const char*>(message->payload), message->len);
        ATLAS_TRY_ASSIGN(Event event, open_event(secrets_, topic, value));
        bytes += value.size();
        events.push_back({message->offset, std::move(event)});
        if (message->offset + 1 >= kept.end) {
            break;
        }
    }
    return events;
}

Result<ports::OffsetRange> KafkaEventBus::range(std::string_view topic, Partition partition) {
    ATLAS_TRY(check(topic, partition, 0));
    ATLAS_TRY_ASSIGN(const bool is_there, has_topic(std::string(topic)));
    if (!is_there) {
        return ports::OffsetRange{};
    }
    // Asked one after the other: retention may move the begin in between.
    ATLAS_TRY_ASSIGN(const Offset end,
                     admin_->end(cluster_name(topic), partition, options_.timeout_ms));
    ATLAS_TRY_ASSIGN(const Offset begin, admin_->begin(cluster_name(topic), partition));
    return ports::OffsetRange{std::min(begin, end), end};
}

Result<Offset> KafkaEventBus::offset_at(std::string_view topic, Partition partition, Timestamp at) {
    ATLAS_TRY_ASSIGN(const ports::OffsetRange kept, range(topic, partition));
    if (kept.begin == kept.end) {
        return kept.end;
    }
    // Ours are microseconds, theirs milliseconds, and theirs stop at 1970: from there on we look.
    Offset from = kept.begin;
    if (at.micros > 0) {
        ATLAS_TRY_ASSIGN(const auto first,
                         admin_->offset_at(cluster_name(topic), partition, timestamp_ms(at)));
        from = first.value_or(kept.end);
    }
    while (from < kept.end) {
        ATLAS_TRY_ASSIGN(const auto events, read(topic, partition, from, kScanStep));
        if (events.empty()) {
            break;
        }
        for (const ports::StoredEvent& stored : events) {
            if (stored.event.recorded_at >= at) {
                return stored.offset;
            }
        }
        from = events.back().offset + 1;
    }
    return kept.end;
}

Result<void> KafkaEventBus::commit_offset(const ports::GroupPosition& position, Offset next) {
    ATLAS_TRY(check(position.topic, position.partition, next));
    ATLAS_TRY(check_topic(position.group));
    ATLAS_TRY(ensure_topic(position.topic));
    const PartitionList to = one_partition(cluster_name(position.topic), position.partition, next);
    return admin_->set_group_offset(cluster_name(position.group), to->elems[0]);
}

Result<Offset> KafkaEventBus::committed_offset(const ports::GroupPosition& position) {
    ATLAS_TRY(check(position.topic, position.partition, 0));
    ATLAS_TRY(check_topic(position.group));
    const PartitionList of = one_partition(cluster_name(position.topic), position.partition, 0);
    ATLAS_TRY_ASSIGN(const std::int64_t offset,
                     admin_->group_offset(cluster_name(position.group), of->elems[0]));
    return std::max<Offset>(offset, 0);
}

Result<bool> KafkaEventBus::wait(std::string_view topic, Partition partition, Offset from,
                                 Deadline deadline, std::stop_token stop) {
    ATLAS_TRY(check(topic, partition, from));
    const std::string name(topic);
    for (;;) {
        const int slice = milliseconds_until(deadline.at, kSliceMs);
        const auto is_there = has_topic(name);
        const auto end = is_there.has_value() && *is_there
                             ? admin_->end(cluster_name(topic), partition, kSliceMs * 4)
                             : Result<Offset>(0);
        if (end.has_value() && *end > from) {
            return true;
        }
        if (stop.stop_requested()) {
            return false;
        }
        if (slice == 0) {
            // An engine that is away is said to be so; one that has nothing new has not.
            return end.has_value() ? Result<bool>(false) : Unexpected(end.error());
        }
        if (!end.has_value() || *end < from || !is_there.has_value() || !*is_there) {
            pause(stop, slice);
            continue;
        }
        // We stand at the end: the broker answers as soon as there is more.
        ATLAS_TRY_ASSIGN(auto reader, readers_->borrow({cluster_name(topic), partition, from},
                                                       std::chrono::milliseconds(kSliceMs)));
        while (!stop.stop_requested()) {
            const int left = milliseconds_until(deadline.at, kSliceMs);
            const auto came = reader->fetch(left);
            if (!came.has_value()) {
                break;
            }
            if (*came || left == 0) {
                return *came;
            }
        }
    }
}

Result<std::unique_ptr<ports::GroupMember>> KafkaEventBus::join(std::string_view group,
                                                                std::string_view topic) {
    ATLAS_TRY(check_topic(group));
    ATLAS_TRY(check_topic(topic));
    ATLAS_TRY(ensure_topic(std::string(topic)));
    ATLAS_TRY_ASSIGN(auto member,
                     KafkaGroupMember::join({.brokers = options_.brokers,
                                             .group = cluster_name(group),
                                             .topic = std::string(topic),
                                             .cluster_topic = cluster_name(topic),
                                             .session_timeout_ms = options_.session_timeout_ms},
                                            secrets_));
    return std::unique_ptr<ports::GroupMember>(std::move(member));
}

std::size_t KafkaEventBus::waiting_events() const {
    return producer_->waiting();
}

}  // namespace atlas::adapters::event_bus::kafka
