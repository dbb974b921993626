// SPDX-License-Identifier: Apache-2.0
// Goal: the detector finds the pay, bills and subscriptions of households it was not tuned on.
// Method: five years of a generated household, the last one held back; series are matched with the
// generator's truth, next dates with what then came. Beside it a rule of thumb on the same rows.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "base/format.hpp"
#include "sim/filing/recurring_score.hpp"

namespace atlas::sim::filing {
namespace {

struct Both {
    Score detector;
    Score baseline;
};

Both measure(std::uint64_t first_seed, std::uint64_t last_seed, bool is_loud) {
    Both both;
    for (std::uint64_t seed = first_seed; seed <= last_seed; ++seed) {
        const Date last = Date::create(2026, 10, 31).value();
        const auto house =
            household::generate({.seed = seed, .last_day = last, .months = 48}).value();
        const Rows later = take_rows(house, last);
        const Rows rows = take_rows(house, last.plus_days(-397));
        std::vector<std::string> misses;
        both.detector.add(
            score(house, rows, later, run_detector(rows), is_loud ? &misses : nullptr));
        both.baseline.add(score(house, rows, later, run_baseline(rows)));
        for (const std::string& miss : misses) {
            std::printf("%3d %s\n", static_cast<int>(seed), miss.c_str());
        }
    }
    return both;
}

void print(const char* name, const Score& s) {
    std::printf(
        "%s: precision %.4f recall %.4f (%ld true, %ld found); next date exact %.3f, "
        "mean %.2f days off, inside %.3f, width %.1f days (%ld)\n",
        name, s.precision(), s.recall(), s.true_series, s.found_series,
        static_cast<double>(s.exact) / static_cast<double>(s.nexts),
        static_cast<double>(s.days_off) / static_cast<double>(s.nexts),
        static_cast<double>(s.inside) / static_cast<double>(s.nexts),
        static_cast<double>(s.width_days) / static_cast<double>(s.nexts), s.nexts);
}

TEST(Recurring, FindsWhatComesAgainInHouseholdsItWasNotTunedOn) {
    const char* range = std::getenv("ATLAS_RECURRING_SEEDS");
    std::uint64_t first = 1001;
    std::uint64_t last = 1020;
    if (range != nullptr) {
        char* rest = nullptr;
        first = std::strtoull(range, &rest, 10);
        last = std::strtoull(rest + 1, nullptr, 10);
    }
    const Both both = measure(first, last, std::getenv("ATLAS_RECURRING_LOUD") != nullptr);
    print("detector", both.detector);
    print("baseline", both.baseline);
    EXPECT_GE(both.detector.precision(), 0.90);
    EXPECT_GE(both.detector.recall(), 0.90);
    EXPECT_GT(both.detector.recall(), both.baseline.recall());
}

}  // namespace
}  // namespace atlas::sim::filing
