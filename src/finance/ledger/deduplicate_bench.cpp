// SPDX-License-Identifier: Apache-2.0
// How fast de-duplication decides: 100,000 entries against a ledger that has half of them, with
// bank ids and without.
#include <benchmark/benchmark.h>

#include <span>
#include <vector>

#include "base/check.hpp"
#include "finance/ledger/deduplicate.hpp"
#include "finance/ledger/export_generator.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr int kDays = 25'000;
constexpr std::size_t kEntries = 100'000;

void deduplicate_100k(benchmark::State& state) {
    Random random(1);
    const bool with_ids = state.range(0) == 1;
    const export_generator::Look look{.id_style = with_ids ? 1 : 0};
    const auto life = export_generator::live(random, kDays);
    const Export all = export_generator::take(life, 0, kDays, look, random);
    const auto entries = std::span(all.entries).first(kEntries);
    std::vector<Transaction> existing;
    const std::span half = entries.first(kEntries / 2);
    const auto first = deduplicate({{}, {}, {}, half});
    for (std::size_t i = 0; i < half.size(); ++i) {
        existing.push_back(make_transaction(half[i], first[i], {}, {}));
    }
    for (auto _ : state) {
        const auto decisions = deduplicate({{}, {}, existing, entries});
        ATLAS_CHECK(decisions.front().verdict == EntryVerdict::duplicate);
        ATLAS_CHECK(decisions.back().verdict == EntryVerdict::added);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries.size()));
}
BENCHMARK(deduplicate_100k)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::finance::ledger
