// SPDX-License-Identifier: Apache-2.0
// What the page checksums cost: the same work through the shim and through SQLite's own VFS, on
// the real disk; and the disk's own fdatasync, which every durable commit is a multiple of.
// Argument: 0 SQLite's own VFS, 1 the shim.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "adapters/sqlite/database.hpp"

namespace atlas::sim::disk {
namespace {

using adapters::disk::posix::PosixDisk;
using adapters::sqlite::ChecksumVfs;
using adapters::sqlite::Database;
using adapters::sqlite::OpenOptions;
using adapters::sqlite::Synchronous;

/// A store in a folder of its own, by one VFS or the other.
class Bench {
public:
    Bench(const benchmark::State& state, Synchronous synchronous, std::int32_t cache_kib) {
        std::string pattern = (std::filesystem::temp_directory_path() / "atlas-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        OpenOptions options{.synchronous = synchronous, .cache_kib = cache_kib};
        options.vfs = state.range(0) == 1 ? vfs_->name() : "";
        database_ = *Database::open(folder_ + "/store.db", options);
        check(database_->execute("CREATE TABLE t(id INTEGER PRIMARY KEY, note TEXT)"));
    }
    ~Bench() {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }
    Database& database() { return *database_; }
    void insert(int count) {
        auto transaction = *database_->begin();
        for (int i = 0; i < count; ++i) {
            check(database_->run("INSERT INTO t(note) VALUES(?1)", std::string(200, 'x')));
        }
        check(transaction.commit());
    }
    template <class T>
    static void check(const Result<T>& result) {
        ATLAS_CHECK(result.has_value());
    }

private:
    PosixDisk disk_;
    std::unique_ptr<ChecksumVfs> vfs_ = *ChecksumVfs::create(disk_);
    std::string folder_;
    std::optional<Database> database_;
};

void insert_in_batches_of_5000(benchmark::State& state) {
    Bench bench(state, Synchronous::normal, 8192);
    for (auto _ : state) {
        bench.insert(5000);
    }
    state.SetItemsProcessed(state.iterations() * 5000);
}
BENCHMARK(insert_in_batches_of_5000)->Arg(0)->Arg(1)->Iterations(60)->UseRealTime();

void commit_one_row_durably(benchmark::State& state) {
    Bench bench(state, Synchronous::full, 8192);
    for (auto _ : state) {
        bench.insert(1);
    }
}
BENCHMARK(commit_one_row_durably)->Arg(0)->Arg(1)->Iterations(300)->UseRealTime();

/// 200,000 rows, 42 MB, through a cache of 256 KiB: every page comes from the file.
void scan_without_cache(benchmark::State& state) {
    Bench bench(state, Synchronous::normal, 256);
    for (int i = 0; i < 40; ++i) {
        bench.insert(5000);
    }
    Bench::check(bench.database().checkpoint());
    for (auto _ : state) {
        benchmark::DoNotOptimize(bench.database().integer("SELECT sum(length(note)) FROM t"));
    }
}
BENCHMARK(scan_without_cache)->Arg(0)->Arg(1)->Iterations(20)->UseRealTime();

void look_up_without_cache(benchmark::State& state) {
    Bench bench(state, Synchronous::normal, 256);
    for (int i = 0; i < 40; ++i) {
        bench.insert(5000);
    }
    Bench::check(bench.database().checkpoint());
    Random random(1);
    for (auto _ : state) {
        benchmark::DoNotOptimize(bench.database().integer(
            "SELECT length(note) FROM t WHERE id = ?1", random.between(1, 200000)));
    }
}
BENCHMARK(look_up_without_cache)->Arg(0)->Arg(1)->Iterations(50000)->UseRealTime();

void fdatasync_of_one_page(benchmark::State& state) {
    PosixDisk disk;
    std::string pattern = (std::filesystem::temp_directory_path() / "atlas-XXXXXX").string();
    const std::string folder = mkdtemp(pattern.data());
    auto file = *disk.open(folder + "/file", ports::FileMode::create);
    const std::vector<std::byte> page(4096, std::byte{1});
    std::uint64_t at = 0;
    for (auto _ : state) {
        Bench::check(file->write_at(at, page));
        Bench::check(file->sync_data());
        at += page.size();
    }
    file.reset();
    std::filesystem::remove_all(folder);
}
BENCHMARK(fdatasync_of_one_page)->Iterations(300)->UseRealTime();

}  // namespace
}  // namespace atlas::sim::disk
