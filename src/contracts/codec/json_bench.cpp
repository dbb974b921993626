// SPDX-License-Identifier: Apache-2.0
// What a transaction of some 700 bytes costs to read and to write.
#include <benchmark/benchmark.h>

#include "contracts/codec/json.hpp"
#include "contracts/resources/transactions.hpp"

namespace {

using atlas::contracts::TransactionValue;

TransactionValue sample() {
    TransactionValue value;
    value.date = atlas::Date::parse("2026-11-22").value();
    value.amount = {"-42.17", "USD"};
    value.description = "SQ *BLUE BOTTLE COFFEE OAKLAND CA 94607";
    value.merchant = "Blue Bottle Coffee";
    value.splits = {{"food.coffee", {"-42.17", "USD"}, std::nullopt, {"work"}}};
    value.source = {{}, "checking-2026.ofx", 2543, 1};
    return value;
}

void read_transaction(benchmark::State& state) {
    const std::string json = atlas::contracts::encode(sample());
    for (auto _ : state) {
        benchmark::DoNotOptimize(atlas::contracts::decode<TransactionValue>(json));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(json.size()) * state.iterations());
}
BENCHMARK(read_transaction);

void write_transaction(benchmark::State& state) {
    const TransactionValue value = sample();
    std::string json;
    for (auto _ : state) {
        json.clear();
        atlas::contracts::write_json(atlas::contracts::type_info<TransactionValue>, &value, json);
        benchmark::DoNotOptimize(json);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(json.size()) * state.iterations());
}
BENCHMARK(write_transaction);

}  // namespace
