// SPDX-License-Identifier: Apache-2.0
// Goal: numbers fitted to one person's answers are used only where later answers say so, and come
// back from keeping. Method: two made-up people, one whom the fit helps and one whose later answers
// contradict the earlier; every documented refusal.
#include "learning/categorise/own_numbers.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "base/format.hpp"
#include "base/random.hpp"
#include "learning/categorise/testing/own_cascade.hpp"

namespace atlas::learning::categorise {
namespace {

/// Merchants of made-up names, each with a category that drifts for some.
std::vector<LabelledRow> rows_of(std::uint64_t seed, std::size_t count, double whim) {
    constexpr std::string_view kCategories[] = {"food.groceries", "food.coffee", "transport.fuel"};
    Random random(seed);
    std::vector<LabelledRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t shop = random.below(40);
        const std::uint64_t label = random.chance(whim) ? random.below(3) : shop % 3;
        LabelledRow row;
        row.description = format("QX{}RA VORBLE{} {}", shop, shop, random.below(9999));
        row.amount_minor = -static_cast<std::int64_t>(500 + shop * 20 + random.below(300));
        row.currency = "USD";
        row.label = kCategories[label];
        rows.push_back(row);
    }
    return rows;
}

/// What a fit looks at, by asking of each row how many of the surer ones are right.
double precision_slowly(const Cascade& cascade, std::span<const LabelledRow> rows) {
    const auto judged = judge_rows(cascade, rows.first(280), Learning::on);
    const std::span<const Judged> counted = std::span(judged).subspan(100);
    double sum = 0;
    const auto add = [&](const std::vector<calibration::Outcome>& outcomes) {
        double mean = 0;
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            double right = 0;
            double of = 0;
            for (std::size_t j = 0; j < outcomes.size(); ++j) {
                const double gap = outcomes[j].confidence - outcomes[i].confidence;
                if (gap > 0 || (gap == 0 && j <= i)) {
                    right += outcomes[j].is_right ? 1 : 0;
                    of += 1;
                }
            }
            mean += right / of / static_cast<double>(outcomes.size());
        }
        sum += mean;
    };
    add(top_outcomes(counted));
    add(leaf_outcomes(counted));
    return sum;
}

TEST(OwnNumbers, MoreRightIsNoReasonToFileMoreWrongly) {
    const Outcomes shipped{.filed_right = 90, .filed_wrong = 5, .asked = 25};
    EXPECT_TRUE(is_no_worse(shipped, shipped));
    EXPECT_TRUE(is_no_worse({.filed_right = 91, .filed_wrong = 4, .asked = 25}, shipped));
    EXPECT_FALSE(is_no_worse({.filed_right = 99, .filed_wrong = 6, .asked = 15}, shipped));
    EXPECT_FALSE(is_no_worse({.filed_right = 89, .filed_wrong = 0, .asked = 31}, shipped));
}

TEST(OwnNumbers, AFitThatMovedNothingIsNotUsed) {
    Cascade cascade = testing::own_cascade();
    const auto own = fit_own_numbers(cascade, rows_of(3, 400, 0), {.passes = 0});
    ASSERT_TRUE(own.has_value());
    EXPECT_EQ(to_numbers(own->fusion), to_numbers(cascade.model().fusion));
    EXPECT_TRUE(is_no_worse(own->own, own->shipped));
    EXPECT_FALSE(own->is_used);
}

TEST(OwnNumbers, AreUsedOnlyWhereLaterAnswersSaySo) {
    Cascade cascade = testing::own_cascade();
    const std::vector<double> shipped = to_numbers(cascade.model().fusion);
    std::size_t used = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const auto rows = rows_of(seed, 400, 0.05 * static_cast<double>(seed % 3));
        const auto own = fit_own_numbers(cascade, rows);
        ASSERT_TRUE(own.has_value()) << to_string(own.error());
        EXPECT_EQ(own->fitted_rows, 280U);
        EXPECT_EQ(own->judged_rows, 120U);
        // The same count, slowly: the judge's own replay over all rows, the last part counted.
        for (const bool is_own : {false, true}) {
            const Cascade weighed = is_own ? cascade.weighed_by(own->fusion)
                                           : cascade.weighed_by(cascade.model().fusion);
            const auto judged = judge_rows(weighed, rows, Learning::on);
            const Metrics metrics = measure(std::span(judged).subspan(280));
            const Outcomes& seen = is_own ? own->own : own->shipped;
            EXPECT_EQ(seen.filed_right + seen.filed_wrong, metrics.filed_top.right) << seed;
            EXPECT_EQ(seen.asked, 120 - metrics.filed_top.right) << seed;
            EXPECT_NEAR(static_cast<double>(seen.filed_wrong), metrics.corrections_per_100 * 1.2,
                        1e-9);
        }
        const bool has_moved = to_numbers(own->fusion) != shipped;
        EXPECT_EQ(own->is_used, has_moved && is_no_worse(own->own, own->shipped)) << seed;
        // What was taken on the way is surer of the right ones than what was shipped.
        const double before = precision_slowly(cascade, rows);
        const double after = precision_slowly(cascade.weighed_by(own->fusion), rows);
        EXPECT_TRUE(has_moved ? after > before : after == before) << before << " " << after;
        used += own->is_used ? 1U : 0U;
        EXPECT_EQ(to_numbers(cascade.model().fusion), shipped) << "the model was left changed";
    }
    EXPECT_GT(used, 0U);
}

TEST(OwnNumbers, TheSameRowsGiveTheSameNumbers) {
    Cascade cascade = testing::own_cascade();
    const auto rows = rows_of(7, 350, 0.1);
    const auto first = fit_own_numbers(cascade, rows);
    const auto again = fit_own_numbers(cascade, rows);
    ASSERT_TRUE(first.has_value() && again.has_value());
    EXPECT_EQ(to_numbers(first->fusion), to_numbers(again->fusion));
    EXPECT_NE(to_numbers(first->fusion), to_numbers(cascade.model().fusion)) << "nothing moved";
}

TEST(OwnNumbers, TooFewAnswersAreRefused) {
    Cascade cascade = testing::own_cascade();
    auto rows = rows_of(1, 285, 0);
    EXPECT_EQ(fit_own_numbers(cascade, rows).error().code, ErrorCode::invalid_argument);
    rows = rows_of(1, 286, 0);
    EXPECT_TRUE(fit_own_numbers(cascade, rows, {.passes = 0}).has_value());
    rows.front().label.clear();  // Not an answer.
    EXPECT_EQ(fit_own_numbers(cascade, rows).error().code, ErrorCode::invalid_argument);
}

TEST(OwnNumbers, ComeBackFromKeepingAndRefuseWhatIsNoFit) {
    const Fusion base;
    Fusion changed = base;
    changed.habit_alpha = 12.5F;
    changed.parent_yield = 3;
    const std::vector<double> numbers = to_numbers(changed);
    const auto back = with_numbers(base, numbers);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(to_numbers(*back), numbers);
    EXPECT_EQ(back->habit_alpha, 12.5F);
    for (const double bad : {0.0, -1.0, 1000.1, std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()}) {
        std::vector<double> broken = numbers;
        broken[3] = bad;
        EXPECT_EQ(with_numbers(base, broken).error().code, ErrorCode::data_loss) << bad;
    }
    EXPECT_FALSE(with_numbers(base, std::span(numbers).first(numbers.size() - 1)).has_value());
}

}  // namespace
}  // namespace atlas::learning::categorise
