// SPDX-License-Identifier: Apache-2.0
// How well the shipped model files what a household abroad sees on its first day, nothing learned:
// strings of eight countries labelled by hand, half of them held back. Printed with Wilson
// intervals; the bounds keep what was reached.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/embedded_model.hpp"
#include "base/format.hpp"
#include "learning/calibration/calibration.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/taxonomy.hpp"
#include "learning/categorise/testing/everyday_strings.hpp"

namespace atlas::learning::categorise {
namespace {

using testing::EverydayString;

std::string currency_of(std::string_view country) {
    return country == "gb" ? "GBP" : country == "pt" ? "BRL" : country == "pl" ? "PLN" : "EUR";
}

std::string told(const Share& share) {
    const auto interval = calibration::wilson(share.right, share.of);
    return format("{:.1f} % ({:.1f}-{:.1f})", 100 * share.value(), 100 * interval.low,
                  100 * interval.high);
}

/// ATLAS_SHOW_STRINGS=1 prints what is wrong on the half that is not held back.
Metrics figures_of(bool is_held_back) {
    static const Cascade kCascade = *Cascade::load(embedded_model("categorise"));
    std::vector<LabelledRow> rows;
    for (const EverydayString& string : testing::kEverydayStrings) {
        if (testing::is_held_back(string) == is_held_back) {
            LabelledRow row;
            row.description = string.text;
            row.amount_minor = string.amount_minor;
            row.currency = currency_of(string.country);
            row.label = string.category;
            rows.push_back(row);
        }
    }
    const std::vector<Judged> judged = judge_rows(kCascade, rows, Learning::off);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!is_held_back && std::getenv("ATLAS_SHOW_STRINGS") != nullptr &&
            judged[i].best != rows[i].label) {
            fmt::print("  {} -> {}, wanted {}\n", rows[i].description, judged[i].best,
                       rows[i].label);
        }
    }
    const Metrics metrics = measure(judged);
    fmt::print("{} of {}: top {}; leaf {}; filed {}, right {}\n",
               is_held_back ? "held back" : "development", metrics.rows, told(metrics.top),
               told(metrics.leaf), told(metrics.filed_top), told(metrics.filed_top_right));
    return metrics;
}

TEST(EverydayStrings, AreEnoughEachOnceAndEachUnderALeaf) {
    std::map<std::string_view, int> texts;
    std::map<std::string_view, int> countries;
    for (const EverydayString& string : testing::kEverydayStrings) {
        EXPECT_EQ(++texts[string.text], 1) << string.text;
        EXPECT_TRUE(is_leaf_id(string.category)) << string.category;
        ++countries[string.country];
    }
    EXPECT_EQ(countries.size(), 8U);
    for (const auto& [country, count] : countries) {
        EXPECT_GE(count, 40) << country;
    }
}

TEST(EverydayStrings, AreFiledWithNothingLearned) {
    for (const bool is_held_back : {false, true}) {
        const Metrics metrics = figures_of(is_held_back);
        EXPECT_GE(metrics.top.value(), 0.83);
        EXPECT_GE(metrics.leaf.value(), 0.80);
        EXPECT_GE(metrics.filed_top.value(), 0.44);
        EXPECT_GE(metrics.filed_top_right.value(), 0.97);
    }
}

}  // namespace
}  // namespace atlas::learning::categorise
