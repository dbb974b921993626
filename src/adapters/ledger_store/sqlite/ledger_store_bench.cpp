// SPDX-License-Identifier: Apache-2.0
// Figures of the ledger store, on a folder of the machine's disk through the checksumming VFS:
// durable changes beside the same machine's fdatasync, a page, the accounts, a large import.
#include "adapters/ledger_store/sqlite/ledger_store.hpp"

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using ports::LedgerChange;
using ports::testing::id_of;
using ports::testing::kHome;
using ports::testing::scattered_id;

/// A typical TransactionRecorded.
const std::string kPayload(350, 'x');

class Bench {
public:
    explicit Bench(std::uint64_t transactions = 0) {
        LedgerChange change;
        for (std::uint64_t account = 1; account <= 8; ++account) {
            change.accounts.push_back(
                ports::testing::account_of(account, "Account " + std::to_string(account)));
        }
        change.events.push_back({.type = "Changed", .payload = "{}"});
        add(change, 0, transactions);
        ATLAS_CHECK(store->apply(kHome, change, {}).has_value());
    }
    static void add(LedgerChange& change, std::uint64_t first, std::uint64_t count) {
        for (std::uint64_t i = first; i < first + count; ++i) {
            change.added.push_back(ports::testing::transaction_of(
                scattered_id(i), id_of<AccountId>(1 + i % 8),
                Date::from_days(18000 + static_cast<std::int32_t>(i % 1826)), -1234));
            change.events.push_back({.type = "TransactionRecorded", .payload = kPayload});
        }
    }

    ports::testing::TemporaryFolder folder;
    SystemClock clock;
    disk::posix::PosixDisk disk;
    std::unique_ptr<adapters::sqlite::ChecksumVfs> vfs =
        *adapters::sqlite::ChecksumVfs::create(disk);
    std::unique_ptr<SqliteLedgerStore> store =
        *SqliteLedgerStore::open({.path = folder.file("ledger.db"), .vfs = vfs->name()}, clock);
};

/// The floor: 4 KiB appended and fdatasync, again and again.
void BM_Fdatasync(benchmark::State& state) {
    const ports::testing::TemporaryFolder folder;
    const int file = ::open(folder.file("f").c_str(), O_CREAT | O_WRONLY, 0600);
    ATLAS_CHECK(file >= 0);
    const std::string block(4096, 'x');
    for (auto ignored : state) {
        ATLAS_CHECK(::write(file, block.data(), block.size()) == 4096);
        ATLAS_CHECK(::fdatasync(file) == 0);
    }
    ::close(file);
}
BENCHMARK(BM_Fdatasync)->UseRealTime();

/// One durable change of one transaction after another, by so many callers at once.
void BM_Apply(benchmark::State& state) {
    Bench bench(1000);
    const auto callers = static_cast<std::uint64_t>(state.range(0));
    constexpr std::uint64_t kEach = 50;
    std::uint64_t next = 1000;
    for (auto ignored : state) {
        std::vector<std::jthread> threads;
        for (std::uint64_t caller = 0; caller < callers; ++caller) {
            threads.emplace_back([&, first = next + caller * kEach] {
                for (std::uint64_t i = first; i < first + kEach; ++i) {
                    LedgerChange change;
                    Bench::add(change, i, 1);
                    ATLAS_CHECK(bench.store->apply(kHome, change, {}).has_value());
                }
            });
        }
        threads.clear();
        next += callers * kEach;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(callers * kEach));
}
BENCHMARK(BM_Apply)->Arg(1)->Arg(4)->Arg(16)->Arg(64)->UseRealTime();

void BM_Import100k(benchmark::State& state) {
    LedgerChange change;
    Bench::add(change, 0, 100'000);
    for (auto ignored : state) {
        state.PauseTiming();
        auto bench = std::make_unique<Bench>();
        state.ResumeTiming();
        ATLAS_CHECK(bench->store->apply(kHome, change, {}).has_value());
        state.PauseTiming();
        bench.reset();
        state.ResumeTiming();
    }
}
BENCHMARK(BM_Import100k)->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime();

void BM_Accounts(benchmark::State& state) {
    Bench bench(static_cast<std::uint64_t>(state.range(0)));
    for (auto ignored : state) {
        benchmark::DoNotOptimize(bench.store->accounts(kHome)->size());
    }
}
BENCHMARK(BM_Accounts)->Arg(20'000)->Unit(benchmark::kMicrosecond);

void BM_FirstPageOf100(benchmark::State& state) {
    Bench bench(20'000);
    for (auto ignored : state) {
        benchmark::DoNotOptimize(bench.store->transactions(kHome, {})->items.size());
    }
}
BENCHMARK(BM_FirstPageOf100)->Unit(benchmark::kMicrosecond);

/// The worst case of a search: words that occur nowhere.
void BM_SearchInVain(benchmark::State& state) {
    Bench bench(static_cast<std::uint64_t>(state.range(0)));
    ports::TransactionQuery query;
    query.text = "zanzibar";
    for (auto ignored : state) {
        benchmark::DoNotOptimize(bench.store->transactions(kHome, query)->items.size());
    }
}
BENCHMARK(BM_SearchInVain)->Arg(20'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
