// SPDX-License-Identifier: Apache-2.0
// CRC-32C of one page, by the instruction and by tables.
#include <benchmark/benchmark.h>

#include <vector>

#include "base/crc32c.hpp"

namespace atlas {
namespace {

template <auto kFunction>
void checksum_page(benchmark::State& state) {
    const std::vector<std::byte> page(static_cast<std::size_t>(state.range(0)), std::byte{42});
    for (auto _ : state) {
        benchmark::DoNotOptimize(kFunction(page, 0));
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

BENCHMARK(checksum_page<detail::crc32c_hardware>)->Arg(4096)->Arg(8192);
BENCHMARK(checksum_page<detail::crc32c_software>)->Arg(4096)->Arg(8192);

}  // namespace
}  // namespace atlas
