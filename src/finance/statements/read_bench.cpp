// SPDX-License-Identifier: Apache-2.0
// How fast statements are read: one file of 100,000 entries in each format. ATLAS_BENCH_FILES=DIR
// also writes the two files there, for a peer to read the same bytes.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kEntries = 100'000;

std::string keep(const char* name, std::string text) {
    if (const char* const folder = std::getenv("ATLAS_BENCH_FILES"); folder != nullptr) {
        std::ofstream(std::string(folder) + "/" + name, std::ios::binary) << text;
    }
    return text;
}

std::string ofx_file() {
    Random random(1);
    std::string out =
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
        "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS>"
        "<TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM>"
        "<BANKID>1<ACCTID>12345<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20200101"
        "<DTEND>20261231\n";
    for (std::size_t i = 0; i < kEntries; ++i) {
        out += format(
            "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>2024{:02}{:02}120000[-5:EST]<TRNAMT>-{}.{:02}"
            "<FITID>T{:09}<NAME>SHOP NUMBER {}<MEMO>CARD PURCHASE AUSTIN TX</STMTTRN>\n",
            1 + random.below(12), 1 + random.below(28), random.below(900), random.below(100), i,
            random.below(5000));
    }
    return keep("bench.ofx", out +
                                 "</BANKTRANLIST><LEDGERBAL><BALAMT>1.00<DTASOF>20261231"
                                 "</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>");
}

std::string csv_file() {
    Random random(1);
    std::string out = "Date,Description,Amount,Reference\n";
    for (std::size_t i = 0; i < kEntries; ++i) {
        out += format("2024-{:02}-{:02},\"SHOP NUMBER {}, AUSTIN TX\",-{}.{:02},T{:09}\n",
                      1 + random.below(12), 1 + random.below(28), random.below(5000),
                      random.below(900), random.below(100), i);
    }
    return keep("bench.csv", out);
}

void read_all(benchmark::State& state, const std::string& text) {
    const ReadOptions options{.currency = *money::Currency::parse("USD"), .mapping = {}};
    for (auto _ : state) {
        const auto file = read_statements(text, "bench", options);
        ATLAS_CHECK(file.has_value());
        ATLAS_CHECK(file->statements.front().entries.size() == kEntries);
        benchmark::DoNotOptimize(file->statements.data());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEntries));
}

void read_ofx_100k(benchmark::State& state) {
    static const std::string text = ofx_file();
    read_all(state, text);
}
BENCHMARK(read_ofx_100k)->Unit(benchmark::kMillisecond);

void read_csv_100k(benchmark::State& state) {
    static const std::string text = csv_file();
    read_all(state, text);
}
BENCHMARK(read_csv_100k)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::finance::statements
