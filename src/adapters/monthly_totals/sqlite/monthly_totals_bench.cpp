// SPDX-License-Identifier: Apache-2.0
// Events per second of the projection, by events in one transaction.
#include "adapters/monthly_totals/sqlite/monthly_totals.hpp"

#include <benchmark/benchmark.h>

#include <vector>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::monthly_totals::sqlite {
namespace {

void BM_Apply(benchmark::State& state) {
    const ports::testing::TemporaryFolder folder;
    disk::posix::PosixDisk disk;
    const auto vfs = *adapters::sqlite::ChecksumVfs::create(disk);
    const auto store =
        *SqliteMonthlyTotals::open({.path = folder.file("projections.db"), .vfs = vfs->name()});
    const ports::MonthlyTotal change{.month = *Date::create(2026, 6, 1),
                                     .category = "food.groceries",
                                     .amount = ports::testing::dollars(-1234),
                                     .count = 1};
    const auto count = static_cast<std::size_t>(state.range(0));
    std::int64_t sequence = 0;
    for (auto ignored : state) {
        std::vector<ports::MonthlyTotalsEvent> events(count);
        for (ports::MonthlyTotalsEvent& event : events) {
            event = {.sequence = ++sequence, .changes = std::span(&change, 1)};
        }
        ATLAS_CHECK(store->apply_batch(ports::testing::kHome, events).has_value());
    }
    state.SetItemsProcessed(sequence);
}
BENCHMARK(BM_Apply)->Arg(1)->Arg(10)->Arg(1000)->UseRealTime();

}  // namespace
}  // namespace atlas::adapters::monthly_totals::sqlite
