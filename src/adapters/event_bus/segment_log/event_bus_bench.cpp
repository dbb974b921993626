// SPDX-License-Identifier: Apache-2.0
// Durable events a second: 100-byte payloads, each append acknowledged after its fdatasync, over
// batch size and number of producers; beside what one bare fdatasync of 4 KiB costs here.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

struct Place {
    ports::testing::TemporaryFolder folder;
    disk::posix::PosixDisk disk;
    ports::testing::PlainSecrets secrets;
    std::unique_ptr<SegmentLogBus> bus =
        *SegmentLogBus::open({.folder = folder.file("log"), .partitions = 1}, disk, secrets);
};
std::unique_ptr<Place> place;

void append(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    if (state.thread_index() == 0) {
        place = std::make_unique<Place>();
    }
    std::vector<ports::Event> events(count,
                                     {.household = ports::testing::id_of<HouseholdId>(
                                          static_cast<std::uint64_t>(state.thread_index()) + 1),
                                      .sequence = 1,
                                      .recorded_at = {1},
                                      .type = "UserEvent",
                                      .payload = std::string(100, 'u')});
    for (auto _ : state) {
        const auto appended = place->bus->append("user", events, Deadline{});
        if (!appended.has_value()) {
            state.SkipWithError(appended.error().message.c_str());
            break;
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
    if (state.thread_index() == 0) {
        place.reset();
    }
}
BENCHMARK(append)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->Arg(10'000)->UseRealTime();
BENCHMARK(append)->Arg(100)->Arg(1000)->Threads(16)->UseRealTime();
BENCHMARK(append)->Arg(100)->Threads(64)->UseRealTime();

void bare_sync(benchmark::State& state) {
    const ports::testing::TemporaryFolder folder;
    disk::posix::PosixDisk disk;
    const auto file = *disk.open(folder.file("f"), ports::FileMode::create);
    const std::vector<std::byte> bytes(4096, std::byte{1});
    for (auto _ : state) {
        if (!file->write_at(0, bytes).has_value() || !file->sync_data().has_value()) {
            state.SkipWithError("the disk failed");
            break;
        }
    }
}
BENCHMARK(bare_sync)->UseRealTime();

}  // namespace
}  // namespace atlas::adapters::event_bus::segment_log
