// SPDX-License-Identifier: Apache-2.0
// Cost of reading and checking the lines of POST /api/v1/events: 10,000 of 100 bytes, as programs
// write them and with a space that sends each the general way.
#include <benchmark/benchmark.h>

#include <string>

#include "contracts/events_lines.hpp"

namespace atlas::contracts {
namespace {

std::string lines_of(std::string_view head) {
    std::string text;
    for (std::size_t i = 0; i < kEventLinesMax; ++i) {
        std::string line(head);
        line += std::to_string(i);
        line += std::string(100 - line.size() - 3, 'x') + "\"}}\n";
        text += line;
    }
    return text;
}

void read_all(benchmark::State& state, const std::string& text) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(read_event_lines(text));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEventLinesMax));
}

void BM_PlainLines(benchmark::State& state) {
    read_all(state, lines_of(R"({"type":"UserEvent","payload":{"occurred_at":)"
                             R"("2026-11-23T10:00:00Z","name":"p","subject":")"));
}
BENCHMARK(BM_PlainLines);

void BM_LinesOfAnyLayout(benchmark::State& state) {
    read_all(state, lines_of(R"({"type": "UserEvent","payload":{"occurred_at":)"
                             R"("2026-11-23T10:00:00Z","name":"p","subject":")"));
}
BENCHMARK(BM_LinesOfAnyLayout);

}  // namespace
}  // namespace atlas::contracts
