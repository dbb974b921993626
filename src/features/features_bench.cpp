// SPDX-License-Identifier: Apache-2.0
// How fast: feature values a second, one event to a new vector, a replay, a training row, a join;
// and how many bytes a household takes.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>

#include "base/random.hpp"
#include "features/history.hpp"

namespace atlas::features {
namespace {

const Date kToday = *Date::create(2026, 11, 22);

/// Five years of an ordinary household: about 4.5 movements a day, 300 shops, pay twice a month.
std::vector<Change> ordinary_history(double per_day) {
    constexpr const char* kCategories[] = {
        "food.groceries",   "food.groceries",   "food.restaurants",    "food.coffee",
        "transport.fuel",   "shopping.general", "entertainment.video", "health.pharmacy",
        "utilities.energy", "travel.lodging",   "debt.mortgage",       "family.childcare"};
    Random random(1);
    std::vector<Change> changes;
    std::uint64_t ids = 0;
    const auto add = [&](Date date, std::string category, std::int64_t amount, std::string who) {
        TransactionFact fact{.id = {},
                             .account = {},
                             .date = date,
                             .merchant = std::move(who),
                             .splits = {{std::move(category), amount}}};
        fact.account.uuid.bytes[0] = static_cast<std::byte>(1 + random.below(3));
        ++ids;
        for (std::size_t i = 0; i < 4; ++i) {
            fact.id.uuid.bytes[i] = static_cast<std::byte>(ids >> (8 * i));
        }
        changes.push_back({static_cast<std::int64_t>(changes.size() + 1),
                           {end_of(date).micros - 3'600'000'000},
                           std::move(fact)});
    };
    for (Date day = kToday.plus_days(-5 * 365); day <= kToday; day = day.plus_days(1)) {
        if (day.parts().day == 1 || day.parts().day == 15) {
            add(day, "income.wages", 250'000, "employer");
        }
        const auto count = static_cast<int>(per_day * 2 * random.uniform() + 0.5);
        for (int i = 0; i < count; ++i) {
            add(day, kCategories[random.below(std::size(kCategories))],
                -random.between(100, 15'000), "shop " + std::to_string(random.below(300)));
        }
    }
    return changes;
}

HouseholdTiles filled(std::span<const Change> changes) {
    HouseholdTiles tiles;
    for (const Change& change : changes) {
        ATLAS_CHECK(tiles.apply(change).has_value());
    }
    return tiles;
}

void BM_Vector(benchmark::State& state) {
    const auto changes = ordinary_history(static_cast<double>(state.range(0)) / 10);
    const HouseholdTiles tiles = filled(changes);
    int day = 0;
    for (auto ignored : state) {
        benchmark::DoNotOptimize(tiles.compute(kToday.plus_days(-(day++ % 30))));
    }
    state.counters["values/s"] = benchmark::Counter(
        static_cast<double>(kFeatureCount) * static_cast<double>(state.iterations()),
        benchmark::Counter::kIsRate);
    state.counters["transactions"] = static_cast<double>(tiles.transactions());
    state.counters["bytes"] = static_cast<double>(tiles.memory_bytes());
}
BENCHMARK(BM_Vector)->Arg(45)->Arg(200);

double thread_micros() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// One event in, one whole vector out: new ones, one in ten late by up to a year, one in ten a
/// correction of any old one. Processor time of this thread, so that a busy machine does not count.
void BM_EventToVector(benchmark::State& state) {
    const auto changes = ordinary_history(4.5);
    HouseholdTiles tiles = filled(changes);
    Random random(2);
    std::vector<double> micros;
    TransactionId last{};
    for (auto ignored : state) {
        const auto& known = changes[random.below(changes.size())];
        TransactionFact fact = std::get<TransactionFact>(known.body);
        const std::uint64_t what = random.below(10);
        if (what != 0) {
            fact.id.uuid.bytes[8] = std::byte{1};
            fact.date = what == 1 ? kToday.plus_days(-static_cast<std::int32_t>(random.below(365)))
                                  : kToday;
        }
        const Change change{tiles.sequence() + 1, {}, fact};
        const double start = thread_micros();
        ATLAS_CHECK(tiles.apply(change).has_value());
        benchmark::DoNotOptimize(tiles.compute(kToday));
        micros.push_back(thread_micros() - start);
        if (what != 0) {  // The household stays as large as it was.
            ATLAS_CHECK(tiles.apply_fact(TransactionRemoved{last}).has_value());
            last = fact.id;
        }
    }
    std::ranges::sort(micros);
    state.counters["p50_us"] = micros[micros.size() / 2];
    state.counters["p99_us"] = micros[micros.size() * 99 / 100];
    state.counters["p99.9_us"] = micros[micros.size() * 999 / 1000];
}
BENCHMARK(BM_EventToVector)->Iterations(20'000);

/// A transaction of any day filed anew, as after an import: the length of the history must not
/// show.
void BM_CorrectionAnywhere(benchmark::State& state) {
    const auto changes = ordinary_history(static_cast<double>(state.range(0)) / 10);
    HouseholdTiles tiles = filled(changes);
    Random random(5);
    for (auto ignored : state) {
        TransactionFact fact =
            std::get<TransactionFact>(changes[random.below(changes.size())].body);
        fact.splits.front().category = random.chance(0.5) ? "leisure.sport" : "travel.lodging";
        ATLAS_CHECK(tiles.apply_fact(fact).has_value());
    }
    state.counters["transactions"] = static_cast<double>(tiles.transactions());
    state.counters["bytes"] = static_cast<double>(tiles.memory_bytes());
}
BENCHMARK(BM_CorrectionAnywhere)->Arg(45)->Arg(1'600);

void BM_Replay(benchmark::State& state) {
    const auto changes = ordinary_history(4.5);
    for (auto ignored : state) {
        benchmark::DoNotOptimize(filled(changes));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(changes.size()));
}
BENCHMARK(BM_Replay)->Unit(benchmark::kMillisecond);

void BM_SaveAndLoad(benchmark::State& state) {
    const HouseholdTiles tiles = filled(ordinary_history(4.5));
    for (auto ignored : state) {
        benchmark::DoNotOptimize(HouseholdTiles::load(tiles.save(), {}));
    }
    state.counters["bytes"] = static_cast<double>(tiles.save().size());
}
BENCHMARK(BM_SaveAndLoad)->Unit(benchmark::kMillisecond);

/// 10,000 rows of 200 features, made from raw facts, each as of its own moment.
void BM_TrainingRows(benchmark::State& state) {
    const auto changes = ordinary_history(4.5);
    Random random(3);
    std::vector<LabelRow> rows;
    for (int i = 0; i < 10'000; ++i) {
        const Date day = kToday.plus_days(-static_cast<std::int32_t>(random.below(4 * 365)));
        rows.push_back({{day, end_of(day)}, 0.0});
    }
    for (auto ignored : state) {
        TrainingSet set;
        for (std::size_t i = 0; i < 200; ++i) {
            set.features.push_back(i * 3);
        }
        ATLAS_CHECK(add_training_rows(set, changes, rows, {}).has_value());
        benchmark::DoNotOptimize(set.values.data());
    }
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(BM_TrainingRows)->Unit(benchmark::kMillisecond);

/// The join that bench/features/join.py does with pandas.merge_asof: 100,000 questions against the
/// 200 features of 500 households, 365 vectors each.
void BM_JoinAsOf(benchmark::State& state) {
    constexpr std::size_t kWidth = 200;
    constexpr std::size_t kHouseholds = 500;
    constexpr std::size_t kVectors = 365;
    constexpr std::size_t kRows = 100'000;
    std::vector<double> storage(kHouseholds * kVectors * kWidth);
    Random random(4);
    for (double& value : storage) {
        value = random.uniform();
    }
    std::vector<KnownVector> vectors;
    for (std::size_t i = 0; i < kHouseholds * kVectors; ++i) {
        vectors.push_back({{static_cast<std::int64_t>(i % kVectors) * 1'000'000},
                           std::span(storage).subspan(i * kWidth, kWidth)});
    }
    std::vector<std::vector<Timestamp>> moments(kHouseholds);
    for (std::size_t i = 0; i < kRows; ++i) {
        moments[i % kHouseholds].push_back({random.between(0, 365'000'000)});
    }
    std::vector<double> out(kRows * kWidth);
    for (auto ignored : state) {
        std::size_t at = 0;
        for (std::size_t household = 0; household < kHouseholds; ++household) {
            join_as_of(std::span(vectors).subspan(household * kVectors, kVectors),
                       moments[household], kWidth,
                       std::span(out).subspan(at, moments[household].size() * kWidth));
            at += moments[household].size() * kWidth;
        }
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
}
BENCHMARK(BM_JoinAsOf)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::features
