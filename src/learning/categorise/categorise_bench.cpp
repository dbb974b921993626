// SPDX-License-Identifier: Apache-2.0
// Transactions a second through the whole cascade, with the shipped model and a memory of 50,000
// answers; the load of the model. Descriptions are made from merchants' names and statement noise.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/check.hpp"
#include "base/embedded_model.hpp"
#include "base/random.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/decision.hpp"
#include "learning/categorise/evidence.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/train.hpp"

namespace atlas::learning::categorise {
namespace {

struct Drawn {
    std::string description;
    std::int64_t amount_minor = 0;
    std::string category;
};

/// A household: 400 merchants it comes back to, most often to the first ones, and new ones.
std::vector<Drawn> draw(const Model& model, std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Drawn> drawn;
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_regular = random.chance(0.85);
        const double place = random.uniform();
        const auto merchant = static_cast<std::uint32_t>(
            is_regular ? static_cast<std::uint64_t>(place * place * 400) * 61
                       : random.below(model.knowledge.size()));
        const KnownMerchant& entry = model.knowledge.entry(merchant);
        drawn.push_back({add_statement_noise(model.knowledge.display(merchant), random.next()),
                         -random.between(100, 20'000),
                         std::string(model.taxonomy.id(entry.categories[0]))});
    }
    return drawn;
}

CategoriseInput input_of(const Drawn& drawn) {
    CategoriseInput input;
    input.description = drawn.description;
    input.amount_minor = drawn.amount_minor;
    input.currency = "USD";
    return input;
}

struct Setup {
    Cascade cascade;
    Memory memory;
    std::vector<Drawn> rows;
};

const Setup& setup() {
    static const Setup kSetup = [] {
        auto cascade = Cascade::load(embedded_model("categorise"));
        ATLAS_CHECK(cascade.has_value());
        Setup made{*std::move(cascade), {}, {}};
        for (const Drawn& one : draw(made.cascade.model(), 50'000, 1)) {
            made.cascade.learn(made.memory, input_of(one), one.category);
        }
        made.rows = draw(made.cascade.model(), 20'000, 2);
        return made;
    }();
    return kSetup;
}

/// The decision and nothing else: what filing a household again costs.
void decide_with_memory(benchmark::State& state) {
    const Setup& with = setup();
    std::size_t at = 0;
    for (auto step : state) {
        Gathered gathered;
        const CategoriseInput input = input_of(with.rows[at]);
        gather_keys(with.cascade.model(), input, gathered);
        benchmark::DoNotOptimize(
            decide(with.cascade.model(), input, gathered, with.memory.state()));
        at = (at + 1) % with.rows.size();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide_with_memory);

/// The whole answer with reasons as text.
void file_with_memory(benchmark::State& state) {
    const Setup& with = setup();
    std::size_t at = 0;
    for (auto step : state) {
        benchmark::DoNotOptimize(with.cascade.file(input_of(with.rows[at]), with.memory));
        at = (at + 1) % with.rows.size();
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["memory_bytes"] = static_cast<double>(with.memory.footprint());
    state.counters["model_bytes"] = static_cast<double>(with.cascade.model().footprint());
}
BENCHMARK(file_with_memory);

void file_without_memory(benchmark::State& state) {
    const Setup& with = setup();
    const Memory nothing;
    std::size_t at = 0;
    for (auto step : state) {
        benchmark::DoNotOptimize(with.cascade.file(input_of(with.rows[at]), nothing));
        at = (at + 1) % with.rows.size();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(file_without_memory);

void load_model(benchmark::State& state) {
    for (auto step : state) {
        benchmark::DoNotOptimize(Cascade::load(embedded_model("categorise")));
    }
}
BENCHMARK(load_model)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::learning::categorise
