// SPDX-License-Identifier: Apache-2.0
// Goal: a person's own answers move a confidence by what came of claims of its size, and by nothing
// else. Method: sums done by hand and by a slow list on seeded claims; adding and taking back.
#include "learning/categorise/own_calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/decision.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/memory_state.hpp"
#include "learning/categorise/testing/own_cascade.hpp"

namespace atlas::learning::categorise {
namespace {

using Level = OwnCalibration::Level;

Claim claim(double leaf, bool leaf_right, double top, bool top_right) {
    return Claim({.leaf = {leaf, true, leaf_right}, .top = {top, true, top_right}});
}

Claim::Parts draw(Random& random) {
    return {.leaf = {random.uniform(), random.chance(0.8), random.chance(0.7)},
            .top = {random.uniform(), random.chance(0.9), random.chance(0.8)},
            .is_cold = random.chance(0.3)};
}

TEST(Claim, GivesBackWhatWasPutIn) {
    constexpr std::uint64_t kSeed = 31;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    for (int round = 0; round < 2000; ++round) {
        const Claim::Parts in = draw(random);
        const Claim::Parts out = Claim::of_bits(Claim(in).bits()).parts();
        EXPECT_EQ(out.is_cold, in.is_cold);
        for (const auto& [want, got] : {std::pair(in.leaf, out.leaf), std::pair(in.top, out.top)}) {
            EXPECT_EQ(got.is_counted, want.is_counted);
            EXPECT_EQ(got.is_right, want.is_counted && want.is_right);
            EXPECT_NEAR(got.confidence, want.is_counted ? want.confidence : 0.0, 0.5 / 1023 + 1e-9);
        }
    }
    EXPECT_EQ(Claim().bits(), 0U);
    EXPECT_EQ(Claim::of_bits(0xFFFFFFFFU).bits(), 0x01FFFFFFU);  // No claim has the others.
    EXPECT_EQ(Claim({.leaf = {}, .top = {2.0, true, true}}).parts().top.confidence, 1.0);
}

TEST(OwnCalibration, TwentyWrongClaimsWeighAsMuchAsTheShippedCalibration) {
    OwnCalibration own;
    EXPECT_EQ(own.mend(Level::top, false, 0.85), 0.85);
    for (int i = 0; i < 20; ++i) {
        own.add(claim(0.3, true, 0.85, false));
    }
    EXPECT_NEAR(own.mend(Level::top, false, 0.85), 0.425, 1e-3);  // 0.85 - 20 * 0.85 / (20 + 20)
    EXPECT_NEAR(own.mend(Level::top, false, 0.81), 0.385, 1e-3);  // Of the same size.
    EXPECT_NEAR(own.mend(Level::leaf, false, 0.3), 0.65, 1e-3);   // 0.3 + 20 * 0.7 / 40
    // Nothing was learned of claims of other sizes, of the other level, of what memory knows not.
    EXPECT_EQ(own.mend(Level::top, false, 0.75), 0.75);
    EXPECT_EQ(own.mend(Level::top, false, 0.92), 0.92);
    EXPECT_EQ(own.mend(Level::leaf, false, 0.85), 0.85);
    EXPECT_EQ(own.mend(Level::top, true, 0.85), 0.85);
}

TEST(OwnCalibration, StaysAProbability) {
    OwnCalibration own;
    for (int i = 0; i < 1000; ++i) {
        own.add(claim(0.01, true, 0.999, false));
    }
    EXPECT_EQ(own.mend(Level::leaf, false, 0.09), 1.0);
    EXPECT_GE(own.mend(Level::top, false, 0.981), 0.0);
    EXPECT_LT(own.mend(Level::top, false, 0.981), 0.01);
}

/// By the list of claims itself; ends of bins as the header's reader would write them.
double mend_slowly(const std::vector<Claim::Parts>& claims, Level level, bool is_cold,
                   double confidence) {
    const auto bin_of = [](double c) {
        const std::vector<double> ends = {.1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .98};
        int bin = 0;
        while (bin < 11 && c >= ends[static_cast<std::size_t>(bin)]) {
            ++bin;
        }
        return bin;
    };
    double sum = 0;
    double count = 0;
    for (const Claim::Parts& one : claims) {
        const Claim::Level& own = level == Level::leaf ? one.leaf : one.top;
        if (own.is_counted && one.is_cold == is_cold &&
            bin_of(own.confidence) == bin_of(confidence)) {
            sum += (own.is_right ? 1.0 : 0.0) - own.confidence;
            count += 1;
        }
    }
    return std::min(1.0, std::max(0.0, confidence + sum / (count + 20)));
}

TEST(OwnCalibration, EqualsTheListOfItsClaimsAndForgetsExactly) {
    constexpr std::uint64_t kSeed = 32;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    OwnCalibration own;
    std::vector<Claim::Parts> kept;
    for (int i = 0; i < 3000; ++i) {
        // Away from the ends of bins, where half a step decides.
        Claim::Parts parts = draw(random);
        parts.leaf.confidence = 0.005 + 0.01 * std::floor(99 * parts.leaf.confidence);
        parts.top.confidence = 0.005 + 0.01 * std::floor(99 * parts.top.confidence);
        own.add(Claim(parts));
        kept.push_back(parts);
    }
    for (int at = 0; at < 99; ++at) {
        const double confidence = 0.005 + 0.01 * at;
        for (const Level level : {Level::leaf, Level::top}) {
            for (const bool is_cold : {false, true}) {
                EXPECT_NEAR(own.mend(level, is_cold, confidence),
                            mend_slowly(kept, level, is_cold, confidence), 1e-3)
                    << confidence;
            }
        }
    }
    for (const Claim::Parts& parts : kept) {
        own.remove(Claim(parts));
    }
    EXPECT_EQ(own, OwnCalibration());
}

/// A person whose rows come out right less often than claimed: the claims mend themselves.
TEST(OwnCalibration, EndsUpCalibratedForWhoeverItServes) {
    constexpr std::uint64_t kSeed = 33;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    OwnCalibration own;
    double claimed = 0;
    double mended = 0;
    double right = 0;
    constexpr int kLearned = 1000;
    constexpr int kJudged = 20'000;
    for (int i = 0; i < kLearned + kJudged; ++i) {
        const double confidence = 0.5 + 0.5 * random.uniform();
        const bool is_right = random.chance(confidence - 0.15);
        if (i < kLearned) {
            own.add(claim(0, false, confidence, is_right));
            continue;
        }
        claimed += confidence;
        mended += own.mend(Level::top, false, confidence);
        right += is_right ? 1 : 0;
    }
    EXPECT_GT((claimed - right) / kJudged, 0.14);
    EXPECT_LT(std::abs(mended - right) / kJudged, 0.03);
}

CategoriseInput input_of(std::string_view description) {
    CategoriseInput input;
    input.description = description;
    input.amount_minor = -1230;
    input.currency = "USD";
    return input;
}

/// Coffee or not, told by nothing: what is claimed of it is wrong half the time.
TEST(OwnCalibration, AnswersAreHeldAgainstWhatWasClaimed) {
    const Cascade cascade = testing::own_cascade();
    Memory every;
    Memory questions;
    Memory nothing;
    for (int i = 0; i < 60; ++i) {
        const std::string text(i % 2 == 0 ? "COFFEE QUORVEX" : "COFFEE BLARF");
        const CategoriseInput input = input_of(text);
        const std::string filed = cascade.file(input, questions).category;
        const bool is_question = filed == "other.unknown" || !is_leaf_id(filed);
        const OwnCalibration before = questions.state().calibration;
        const std::string_view answer = i % 3 == 0 ? "transport.fuel" : "food.coffee";
        cascade.learn(every, input, answer, LookedAt::every_row);
        cascade.learn(questions, input, answer, LookedAt::questions);
        cascade.learn(nothing, input, answer);
        // Somebody who corrects what was filed says nothing of what they leave alone.
        EXPECT_EQ(questions.state().calibration == before, !is_question) << i;
    }
    EXPECT_EQ(nothing.state().calibration, OwnCalibration());
    EXPECT_NE(every.state().calibration, OwnCalibration());
    EXPECT_NE(every.state().calibration, questions.state().calibration);
    const CategoriseInput input = input_of("COFFEE QUORVEX");
    EXPECT_NE(cascade.file(input, every).confidence, cascade.file(input, nothing).confidence);
    // The sums follow from the records, and an answer taken back is taken out of them.
    const auto back = Memory::deserialise(every.serialise());
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->state().calibration, every.state().calibration);
    for (const std::string_view text : {"COFFEE QUORVEX", "COFFEE BLARF"}) {
        for (const std::string_view answer : {"transport.fuel", "food.coffee"}) {
            while (cascade.forget(every, input_of(text), answer)) {}
        }
    }
    EXPECT_TRUE(every.is_empty());
    EXPECT_EQ(every.state().calibration, OwnCalibration());
    const auto empty = Memory::deserialise(every.serialise());
    ASSERT_TRUE(empty.has_value());
    EXPECT_EQ(empty->state().calibration, OwnCalibration());
}

TEST(Replay, WhereOnlyQuestionsAreAnsweredOnlyTheyTeach) {
    const Cascade cascade = testing::own_cascade();
    // Asked about until it is known; then this person calls it something else, and nobody asks
    // until chance does.
    std::size_t checked = 8;
    while (!is_checked(checked, 1.0)) {
        ++checked;
    }
    std::vector<LabelledRow> rows(checked + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].description = "TESCO";
        rows[i].amount_minor = -500;
        rows[i].label = i < 8 ? "food.groceries" : "transport.fuel";
    }
    const auto filed = [&](Learning learning) {
        const auto judged = judge_rows(cascade, rows, learning);
        return std::pair(judged[7].filed, judged.back().filed);
    };
    const std::string groceries = "food.groceries";
    EXPECT_EQ(filed(Learning::on), std::pair(groceries, std::string("transport.fuel")));
    EXPECT_EQ(filed(Learning::from_questions), std::pair(groceries, groceries));
    EXPECT_EQ(filed(Learning::off).first, filed(Learning::off).second);
    rows.resize(checked + 150, rows.back());
    EXPECT_EQ(filed(Learning::from_questions), std::pair(groceries, std::string("transport.fuel")));
}

TEST(Replay, AboutOneInSoManyIsAskedAbout) {
    constexpr std::uint64_t kRows = 100'000;
    std::uint64_t asked = 0;
    std::uint64_t asked_sure = 0;
    for (std::uint64_t row = 0; row < kRows; ++row) {
        asked += is_checked(row, 0.98) ? 1U : 0U;
        asked_sure += is_checked(row, 0.99) ? 1U : 0U;
        // What grows sure is asked about no more often for it.
        EXPECT_TRUE(is_checked(row, 0.5) || !is_checked(row, 1.0)) << row;
    }
    EXPECT_NEAR(static_cast<double>(asked), kRows / kCheckedEvery, 250);  // Four deviations.
    EXPECT_NEAR(static_cast<double>(asked_sure), kRows / kCheckedEverySure, 80);
}

TEST(Replay, HundredsOfOnesOwnCategoriesAreFiled) {
    const Cascade cascade = testing::own_cascade();
    constexpr std::size_t kOwn = 300;  // More than a decision keeps on the stack.
    const auto row_of = [](std::size_t i) {
        LabelledRow row;
        row.description = std::string("shop") + static_cast<char>('a' + i % 20) +
                          static_cast<char>('a' + i / 20) + "zz";
        row.amount_minor = -700;
        row.label = "mine." + row.description;
        return row;
    };
    std::vector<LabelledRow> rows;
    for (std::size_t i = 0; i < 2 * kOwn; ++i) {
        rows.push_back(row_of(i % kOwn));
    }
    const auto judged = judge_rows(cascade, rows, Learning::on);
    for (std::size_t i = kOwn; i < judged.size(); ++i) {
        ASSERT_EQ(judged[i].best, judged[i].label) << i;
    }
}

}  // namespace
}  // namespace atlas::learning::categorise
