// SPDX-License-Identifier: Apache-2.0
// Durable events a second: 100-byte payloads, each append acknowledged after its fdatasync, over
// batch size and number of producers; beside what one bare fdatasync of 4 KiB costs here.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "ports/testing/event_bus_bench.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

struct Place {
    ports::testing::TemporaryFolder folder;
    disk::posix::PosixDisk disk;
    ports::testing::PlainSecrets secrets;
};
std::unique_ptr<Place> place;
std::unique_ptr<SegmentLogBus> bus;

void append(benchmark::State& state) {
    if (state.thread_index() == 0) {
        place = std::make_unique<Place>();
        bus = *SegmentLogBus::open({.folder = place->folder.file("log"), .partitions = 1},
                                   place->disk, place->secrets);
    }
    ports::testing::append_each_time(state, ports::testing::events_to_append(state), bus);
    if (state.thread_index() == 0) {
        bus.reset();
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
