// SPDX-License-Identifier: Apache-2.0
#include "app/event_bus_url.hpp"

#include <string_view>

#include "adapters/event_bus/memory/event_bus.hpp"
#include "adapters/event_bus/segment_log/event_bus.hpp"
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

}  // namespace

Result<std::unique_ptr<ports::EventBus>> open_event_bus(const EventBusParts& parts) {
    const std::string_view url = parts.url;
    if (url == kMemory) {
        ATLAS_TRY_ASSIGN(auto bus, event_bus::memory::MemoryEventBus::create({.partitions = 1}));
        return std::unique_ptr<ports::EventBus>(std::move(bus));
    }
    if (!url.empty() && !url.starts_with(kLog)) {
        return invalid_argument("event_bus",
                                format("\"{}\" is neither log://DIR nor memory://", url));
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
