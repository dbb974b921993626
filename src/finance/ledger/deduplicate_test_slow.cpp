// SPDX-License-Identifier: Apache-2.0
// Goal: of each kind of export at least .999 of the movements that two files share are found, and
// none of a thousand is found wrongly, on seeds that nobody looked at while the rules were made.
// Method: the generator of deduplicate_test.cpp on twenty seeds, 60 pairs a kind each, with the
// lower end of the 95 % interval; ATLAS_DEDUP_SEED names the first seed.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "finance/ledger/testing/import_book.hpp"

namespace atlas::finance::ledger {
namespace {

using testing::Tally;
using testing::wilson_low;

TEST(DeduplicateSlow, EveryKindOfExportOnSeedsNotSeenBefore) {
    constexpr std::uint64_t kSeeds = 20;
    constexpr int kRounds = 60;
    const char* const named = std::getenv("ATLAS_DEDUP_SEED");
    const std::uint64_t first = named == nullptr ? 700'001 : std::strtoull(named, nullptr, 10);
    Tally all;
    for (const ExportStyle style : all_export_styles()) {
        Tally tally;
        for (std::uint64_t seed = first; seed < first + kSeeds; ++seed) {
            tally.add(testing::measure(style, seed, kRounds));
        }
        std::printf("[ dedup    ] %-20s precision %.5f (>= %.5f) recall %.5f (>= %.5f) of %zu\n",
                    std::string(name_of(style)).c_str(), tally.precision(),
                    wilson_low(tally.merged_right, tally.merged_wrong), tally.recall(),
                    wilson_low(tally.merged_right, tally.missed),
                    tally.merged_right + tally.missed);
        EXPECT_GE(tally.precision(), 0.999) << name_of(style) << " from seed " << first;
        EXPECT_GE(tally.recall(), 0.999) << name_of(style) << " from seed " << first;
        EXPECT_EQ(tally.grown, 0U) << name_of(style) << " from seed " << first;
        all.add(tally);
    }
    std::printf("[ dedup    ] all: precision %.5f recall %.5f\n", all.precision(), all.recall());
}

}  // namespace
}  // namespace atlas::finance::ledger
