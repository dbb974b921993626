// SPDX-License-Identifier: Apache-2.0
// Transactions a second through the whole cascade, with the shipped model and a memory of 50,000
// answers; the load of the model. Descriptions are made from merchants' names and statement noise.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
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

/// One user's rows (ATLAS_CATEGORISE_ROWS: description, minor amount, currency, label between
/// tabs, as bench/categorise/peer.py writes them), answered again and again until memory holds
/// 50,000; then each is filed. The peer predicts the same rows.
struct UserRows {
    Cascade cascade;
    Memory memory;
    std::vector<Drawn> rows;
    std::string currency;
};

UserRows read_user_rows(const char* path) {
    UserRows user{*Cascade::load(embedded_model("categorise")), {}, {}, {}};
    std::ifstream file(path);
    Drawn row;
    std::string amount;
    while (std::getline(file, row.description, '\t') && std::getline(file, amount, '\t') &&
           std::getline(file, user.currency, '\t') && std::getline(file, row.category)) {
        row.amount_minor = std::strtoll(amount.c_str(), nullptr, 10);
        user.rows.push_back(row);
    }
    ATLAS_CHECK(!user.rows.empty());
    for (std::size_t i = 0; i < 50'000; ++i) {
        const Drawn& one = user.rows[i % user.rows.size()];
        user.cascade.learn(user.memory, input_of(one), one.category);
    }
    return user;
}

template <class File>
void over_user_rows(benchmark::State& state, File file) {
    const char* path = std::getenv("ATLAS_CATEGORISE_ROWS");
    if (path == nullptr) {
        state.SkipWithError("ATLAS_CATEGORISE_ROWS names no file");
        return;
    }
    static const UserRows kUser = read_user_rows(path);
    std::size_t at = 0;
    for (auto step : state) {
        CategoriseInput input = input_of(kUser.rows[at]);
        input.currency = kUser.currency;
        file(kUser, input);
        at = (at + 1) % kUser.rows.size();
    }
    state.SetItemsProcessed(state.iterations());
}

void decide_user_rows(benchmark::State& state) {
    over_user_rows(state, [](const UserRows& user, const CategoriseInput& input) {
        Gathered gathered;
        gather_keys(user.cascade.model(), input, gathered);
        benchmark::DoNotOptimize(
            decide(user.cascade.model(), input, gathered, user.memory.state()));
    });
}
BENCHMARK(decide_user_rows);

void file_user_rows(benchmark::State& state) {
    over_user_rows(state, [](const UserRows& user, const CategoriseInput& input) {
        benchmark::DoNotOptimize(user.cascade.file(input, user.memory));
    });
}
BENCHMARK(file_user_rows);

void load_model(benchmark::State& state) {
    for (auto step : state) {
        benchmark::DoNotOptimize(Cascade::load(embedded_model("categorise")));
    }
}
BENCHMARK(load_model)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::learning::categorise
