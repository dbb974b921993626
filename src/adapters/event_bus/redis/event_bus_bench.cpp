// SPDX-License-Identifier: Apache-2.0
// Durable events a second through a real Redis on this machine: 100-byte payloads, each append
// answered after its sync (appendfsync always). Beside segment_log's and kafka's benches, which do
// the same work.
#include <benchmark/benchmark.h>

#include <memory>

#include "adapters/event_bus/redis/event_bus.hpp"
#include "adapters/event_bus/redis/real_server.hpp"
#include "ports/testing/event_bus_bench.hpp"
#include "ports/testing/plain_secrets.hpp"

namespace atlas::adapters::event_bus::redis {
namespace {

ports::testing::PlainSecrets secrets;
std::unique_ptr<RedisEventBus> bus;

void redis_append(benchmark::State& state) {
    if (state.thread_index() == 0 && testing::server().is_here()) {
        RedisOptions options = testing::options_of(testing::server().url());
        options.partitions = 1;
        auto opened = RedisEventBus::open(options, secrets);
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
BENCHMARK(redis_append)->Arg(100)->Arg(1000)->Arg(10'000)->UseRealTime();
BENCHMARK(redis_append)->Arg(1000)->Threads(16)->UseRealTime();

}  // namespace
}  // namespace atlas::adapters::event_bus::redis
