// SPDX-License-Identifier: Apache-2.0
#include "app/event_bus_url.hpp"

#include <string_view>

#include "adapters/event_bus/kafka/event_bus.hpp"
#include "adapters/event_bus/memory/event_bus.hpp"
#include "adapters/event_bus/redis/event_bus.hpp"
#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "app/engine_url.hpp"
#include "base/format.hpp"
#include "contracts/events_ingest.hpp"

namespace atlas::app {
namespace {

namespace event_bus = adapters::event_bus;

constexpr std::string_view kLog = "log://";
constexpr std::string_view kMemory = "memory://";
/// Of what people and markets send in; the ledger's topic is kept for ever.
constexpr std::int64_t kDayMicros = 86'400'000'000;
constexpr std::uint64_t kKeptBytesMax = std::uint64_t{4} << 30U;

event_bus::segment_log::SegmentLogOptions log_options(std::string folder) {
    event_bus::segment_log::SegmentLogOptions options;
    options.folder = std::move(folder);
    // One household writes on one machine: one partition, one thread a consumer.
    options.partitions = 1;
    options.policies.emplace(contracts::kEventsTopic,
                             event_bus::segment_log::TopicPolicy{
                                 .bytes_max = kKeptBytesMax, .age_micros_max = 400 * kDayMicros});
    // Written again every half day (upkeep); keys are remembered for a day.
    options.policies.emplace(contracts::kEventMarksTopic,
                             event_bus::segment_log::TopicPolicy{.age_micros_max = 3 * kDayMicros});
    return options;
}

constexpr std::string_view kKafka = "kafka://";
constexpr std::string_view kRedis = "redis://";
constexpr std::int32_t kPartitionsMax = 1024;
constexpr std::int64_t kDayMs = 86'400'000;

Result<std::unique_ptr<ports::EventBus>> open_kafka(const EventBusParts& parts) {
    ATLAS_TRY_ASSIGN(const EngineUrl url, parse_engine_url(parts.url));
    ATLAS_TRY(require_options(url, {"partitions", "sync"}));
    if (!url.user.empty() || !url.password.empty()) {
        return fail(ErrorCode::unsupported, "event_bus",
                    "kafka:// without user and password: only plain listeners are known");
    }
    event_bus::kafka::KafkaOptions options;
    options.brokers = url.hosts;
    options.prefix = url.name.empty() ? "atlas." : url.name + ".";
    ATLAS_TRY_ASSIGN(options.partitions, number_option(url, "partitions", 1, kPartitionsMax));
    ATLAS_TRY_ASSIGN(options.syncs_every_batch, flag_option(url, "sync", true));
    for (const char* topic : {"user", "market", "external"}) {
        options.kept_ms.emplace(topic, 400 * kDayMs);
    }
    ATLAS_TRY_ASSIGN(auto bus,
                     event_bus::kafka::KafkaEventBus::open(std::move(options), parts.secrets));
    return std::unique_ptr<ports::EventBus>(std::move(bus));
}

Result<std::unique_ptr<ports::EventBus>> open_redis(const EventBusParts& parts) {
    ATLAS_TRY_ASSIGN(const EngineUrl url, parse_engine_url(parts.url));
    ATLAS_TRY(require_options(url, {"partitions", "allow_loss"}));
    event_bus::redis::RedisOptions options;
    ATLAS_TRY_ASSIGN(const HostPort place, parse_host_port(url.hosts));
    options.address = {
        .host = place.host, .port = place.port, .user = url.user, .password = url.password};
    options.prefix = url.name.empty() ? "atlas:" : url.name + ":";
    ATLAS_TRY_ASSIGN(options.partitions, number_option(url, "partitions", 1, kPartitionsMax));
    ATLAS_TRY_ASSIGN(options.allows_loss, flag_option(url, "allow_loss", false));
    ATLAS_TRY_ASSIGN(auto bus,
                     event_bus::redis::RedisEventBus::open(std::move(options), parts.secrets));
    return std::unique_ptr<ports::EventBus>(std::move(bus));
}

}  // namespace

Result<std::unique_ptr<ports::EventBus>> open_event_bus(const EventBusParts& parts) {
    const std::string_view url = parts.url;
    if (url == kMemory) {
        ATLAS_TRY_ASSIGN(auto bus, event_bus::memory::MemoryEventBus::create({.partitions = 1}));
        return std::unique_ptr<ports::EventBus>(std::move(bus));
    }
    if (url.starts_with(kKafka)) {
        return open_kafka(parts);
    }
    if (url.starts_with(kRedis)) {
        return open_redis(parts);
    }
    if (!url.empty() && !url.starts_with(kLog)) {
        // The scheme alone: what follows may hold a password.
        return invalid_argument("event_bus",
                                format("\"{}\" is none of log://DIR, memory://, kafka://HOST:PORT, "
                                       "redis://HOST:PORT",
                                       url.substr(0, url.find(':'))));
    }
    const std::string_view given = url.empty() ? "events" : url.substr(kLog.size());
    if (given.empty()) {
        return invalid_argument("event_bus", "log:// needs a folder");
    }
    std::string folder(given);
    if (!folder.starts_with('/')) {
        folder = format("{}/{}", parts.folder, given);
    }
    ATLAS_TRY_ASSIGN(auto bus, event_bus::segment_log::SegmentLogBus::open(
                                   log_options(std::move(folder)), parts.disk, parts.secrets));
    return std::unique_ptr<ports::EventBus>(std::move(bus));
}

}  // namespace atlas::app
