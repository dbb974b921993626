// SPDX-License-Identifier: Apache-2.0
// Holds a vector of the engine against the oracle's figures: exact features bit for bit, rounded
// ones within 1e-9 of their size or of the largest amount about.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/format.hpp"
#include "features/testing/slow_habits.hpp"

namespace atlas::features::testing {

struct Tolerance {
    double relative = 1e-9;
    /// What rounding works on: the size of the figures a rounded feature is made of.
    double scale = 1.0;
};

/// Names of the features that differ, with both values; empty when all agree.
inline std::string differences(const FeatureVector& vector, const Figures& expected,
                               const Tolerance& tolerance = {}) {
    std::string found;
    std::size_t named = 0;
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
        const FeatureRow& row = catalogue()[i];
        const auto slow = expected.find(std::string(row.name.view()));
        named += slow != expected.end() ? 1U : 0U;
        const bool is_missing = slow == expected.end();
        const double want = is_missing ? row.fallback : slow->second;
        const double got = vector.values[i];
        const double size = std::max({std::abs(want), std::abs(got), tolerance.scale});
        const bool agrees = is_missing == vector.missing[i] &&
                            (row.exactness == Exactness::exact || is_missing
                                 ? std::bit_cast<std::uint64_t>(got + 0.0) ==
                                       std::bit_cast<std::uint64_t>(want + 0.0)
                                 : std::abs(want - got) <= tolerance.relative * size);
        if (!agrees) {
            found +=
                format("{}: engine {}{}, oracle {}{}\n", row.name.view(), got,
                       vector.missing[i] ? " (missing)" : "", want, is_missing ? " (missing)" : "");
        }
    }
    if (named != expected.size()) {
        found += "the oracle names a feature that is not in the catalogue\n";
    }
    return found;
}

}  // namespace atlas::features::testing
