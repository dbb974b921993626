// SPDX-License-Identifier: Apache-2.0
// Durable events a second through a real Kafka on this machine: 100-byte payloads, each append
// acknowledged by the broker, which syncs first ("synced") or answers from memory, as it does by
// its own default. Beside segment_log's and redis' benches, which do the same work.
#include <benchmark/benchmark.h>

#include <memory>

#include "adapters/event_bus/kafka/event_bus.hpp"
#include "adapters/event_bus/kafka/real_broker.hpp"
#include "ports/testing/event_bus_bench.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

ports::testing::PlainSecrets secrets;
std::unique_ptr<KafkaEventBus> bus;

void kafka_append(benchmark::State& state, bool is_synced) {
    if (state.thread_index() == 0 && testing::broker().is_here()) {
        KafkaOptions options = testing::options_of(testing::unused_prefix());
        options.partitions = 1;
        options.syncs_every_batch = is_synced;
        options.waiting_events_max = 100'000;
        auto opened = KafkaEventBus::open(options, secrets);
        bus = opened.has_value() ? *std::move(opened) : nullptr;
    }
    const auto events = ports::testing::events_to_append(state);
    if (state.thread_index() == 0 && bus != nullptr) {
        // A topic is made by its first append: not what is measured.
        const auto warm = bus->append("user", events, Deadline{});
        bus = warm.has_value() ? std::move(bus) : nullptr;
    }
    ports::testing::append_each_time(state, events, bus);
    if (state.thread_index() == 0) {
        bus.reset();
    }
}
BENCHMARK_CAPTURE(kafka_append, synced, true)->Arg(100)->Arg(1000)->Arg(10'000)->UseRealTime();
BENCHMARK_CAPTURE(kafka_append, synced, true)->Arg(1000)->Threads(16)->UseRealTime();
BENCHMARK_CAPTURE(kafka_append, from_memory, false)->Arg(1000)->Arg(10'000)->UseRealTime();
BENCHMARK_CAPTURE(kafka_append, from_memory, false)->Arg(1000)->Threads(16)->UseRealTime();

}  // namespace
}  // namespace atlas::adapters::event_bus::kafka
