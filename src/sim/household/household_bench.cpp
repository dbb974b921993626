// SPDX-License-Identifier: Apache-2.0
// How fast households are told and written: later issues train on thousands of seeds.
#include <benchmark/benchmark.h>

#include "sim/household/household.hpp"
#include "sim/household/statements.hpp"

namespace atlas::sim::household {
namespace {

const Date kLastDay = Date::create(2026, 10, 31).value();

void GenerateSixtyMonths(benchmark::State& state) {
    std::uint64_t seed = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(generate({.seed = seed++, .last_day = kLastDay}).value());
    }
}
BENCHMARK(GenerateSixtyMonths)->Unit(benchmark::kMillisecond);

void WriteYearlyStatements(benchmark::State& state) {
    const Household household = generate({.last_day = kLastDay}).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(write_statements(household, {}).value());
    }
}
BENCHMARK(WriteYearlyStatements)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::sim::household
