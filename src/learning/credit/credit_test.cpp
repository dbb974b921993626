// SPDX-License-Identifier: Apache-2.0
// Goal: the estimate is monotone, adds up, and its interval covers what it promises, also when
// little is told. Method: people made here by a known rule, held-out rows, laws on random input.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "learning/artefact/sections.hpp"
#include "learning/credit/score_model.hpp"

namespace atlas::learning::credit {
namespace {

std::vector<Example> people(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Example> all;
    for (std::size_t i = 0; i < count; ++i) {
        Example one;
        one.household = {std::exp(10.9 + 0.6 * random.normal()),
                         0.25 * random.uniform(),
                         12 + 240 * random.uniform(),
                         std::exp(9 + random.normal()),
                         random.uniform(),
                         std::floor(9 * random.uniform() * random.uniform()),
                         random.chance(0.12) ? 1.0 : 0.0,
                         random.chance(0.06) ? 1.0 : 0.0};
        const auto& h = one.household;
        const double noise = random.normal() * (10 + 20 * h[4]);  // Wider for heavy users.
        one.score = std::clamp(
            780 - 90 * h[4] + 0.15 * h[2] - 8 * h[5] - 35 * h[6] - 30 * h[7] - 60 * h[1] + noise,
            kScoreMin, kScoreMax);
        one.has_defaulted = random.chance(1 / (1 + std::exp((one.score - 640) / 40)));
        all.push_back(one);
    }
    return all;
}

const ScoreModel& fitted() {
    static const ScoreModel model =
        train(people(1200, 1), {.rounds = 80, .risk_rounds = 40, .folds = 3, .masked_copies = 2})
            .value();
    return model;
}

Household hide(Household household, double share, Random& random) {
    for (double& value : household) {
        value = random.chance(share) ? kUnknown : value;
    }
    return household;
}

TEST(CreditScore, CoversWhatItPromisesHoweverMuchIsTold) {
    const auto unseen = people(2000, 2);
    for (const double hidden : {0.0, 0.2, 0.5, 0.9}) {
        Random random(3);
        auto masked = unseen;
        for (Example& one : masked) {
            one.household = hide(one.household, hidden, random);
        }
        const Figures figures = evaluate(fitted(), masked);
        // Standard error .0067; the margins themselves come from 1,200 people.
        EXPECT_NEAR(figures.coverage, kCoverage, 0.035) << hidden;
        EXPECT_LT(figures.mean_width, hidden < 0.1 ? 95 : 140);
    }
    const Figures all = evaluate(fitted(), unseen);
    EXPECT_LT(all.mean_absolute_error, 19);  // The noise alone is 16; the mean's error 27.
    EXPECT_GT(all.risk_auc, 0.65);
    EXPECT_LT(all.risk_calibration_error, 0.04);
}

TEST(CreditScore, MoreOfABadThingNeverHelpsAndMoreOfAGoodOneNeverHurts) {
    Random random(4);
    for (const Example& one : people(150, 5)) {
        const Household before = hide(one.household, 0.2, random);
        const Estimate told = estimate(fitted(), before);
        for (std::size_t i = 0; i < kFeatures.size(); ++i) {
            if (std::isnan(before[i]) || kFeatures[i].direction == 0) {
                continue;
            }
            Household after = before;
            after[i] = before[i] * 1.5 + 0.3;
            const Estimate changed = estimate(fitted(), after);
            EXPECT_GE(kFeatures[i].direction * (changed.score - told.score), -1e-9)
                << kFeatures[i].name;
            EXPECT_LE(kFeatures[i].direction * (changed.default_risk - told.default_risk), 1e-12)
                << kFeatures[i].name;
        }
    }
}

TEST(CreditScore, ReasonsAddUpAndTheIntervalHoldsTheScore) {
    Random random(6);
    for (const Example& one : people(200, 7)) {
        const Estimate told = estimate(fitted(), hide(one.household, 0.3, random));
        double sum = told.baseline;
        for (const double effect : told.effects) {
            sum += effect;
        }
        EXPECT_NEAR(sum, told.score, 1e-9);
        EXPECT_LE(told.low, told.score);
        EXPECT_GE(told.high, told.score);
        EXPECT_GE(told.low, kScoreMin);
        EXPECT_LE(told.high, kScoreMax);
    }
}

TEST(CreditScore, ACutScoreKeepsItsReasonsInProportion) {
    ScoreModel high = fitted();
    high.score.base += 200;
    const Estimate told = estimate(high, people(1, 8)[0].household);
    EXPECT_EQ(told.score, kScoreMax);
    double sum = told.baseline;
    for (const double effect : told.effects) {
        sum += effect;
    }
    EXPECT_NEAR(sum, kScoreMax, 1e-9);
}

TEST(CreditScore, BandsAreFicos) {
    EXPECT_EQ(band_of(579.9), "poor");
    EXPECT_EQ(band_of(580), "fair");
    EXPECT_EQ(band_of(669.9), "fair");
    EXPECT_EQ(band_of(670), "good");
    EXPECT_EQ(band_of(740), "very good");
    EXPECT_EQ(band_of(799.9), "very good");
    EXPECT_EQ(band_of(800), "exceptional");
}

TEST(CreditScore, TheArtefactGivesTheSameModelBackAndDamageIsRefused) {
    const std::string bytes = encode(fitted());
    const ScoreModel again = decode(bytes).value();
    Random random(9);
    for (const Example& one : people(100, 10)) {
        const Household household = hide(one.household, 0.3, random);
        EXPECT_EQ(estimate(again, household).score, estimate(fitted(), household).score);
        EXPECT_EQ(estimate(again, household).low, estimate(fitted(), household).low);
        EXPECT_EQ(estimate(again, household).default_risk,
                  estimate(fitted(), household).default_risk);
    }
    EXPECT_EQ(encode(again), bytes);
    for (int look = 0; look < 300; ++look) {
        std::string damaged = bytes;
        damaged[random.below(damaged.size())] ^= static_cast<char>(1 << random.below(8));
        const auto refused = decode(damaged);
        // A bit between two sections means nothing; every other one is found.
        if (refused.has_value()) {
            EXPECT_EQ(encode(*refused), bytes);
        }
        EXPECT_FALSE(decode(bytes.substr(0, random.below(bytes.size()))).has_value());
    }
}

TEST(CreditScore, SectionsThatLieBehindTheirChecksumsAreRefused) {
    const std::string bytes = encode(fitted());
    const artefact::Sections whole = artefact::Sections::read(bytes).value();
    const auto with = [&](std::string_view name, auto change) {
        std::vector<artefact::Section> sections;
        for (const std::string_view one : {"score", "spread", "margins", "risk", "risk_map"}) {
            std::string content(whole.find(one).value());
            if (one == name) {
                change(content);
            }
            sections.emplace_back(one, std::move(content));
        }
        return decode(artefact::write_sections(sections)).has_value();
    };
    EXPECT_TRUE(with("none", [](std::string&) {}));
    for (const std::string_view name : {"score", "spread", "risk", "margins", "risk_map"}) {
        EXPECT_FALSE(with(name, [](std::string& s) { s.pop_back(); })) << name;
        EXPECT_FALSE(with(name, [](std::string& s) { s += 'x'; })) << name;
        EXPECT_FALSE(with(name, [](std::string& s) { s.clear(); })) << name;
    }
    EXPECT_FALSE(with("score", [](std::string& s) { s[0] = 9; }));       // Columns.
    EXPECT_FALSE(with("score", [](std::string& s) { s[7] = '\x7f'; }));  // Trees.
    EXPECT_FALSE(with("score", [](std::string& s) {
        s[24] = 0;
        s[25] = 0;
    }));                                                                   // A child.
    EXPECT_FALSE(with("margins", [](std::string& s) { s[7] = '\xff'; }));  // Below nothing.
}

TEST(CreditScore, ReadsTheLendersTableAndNamesWhatIsWrong) {
    const std::string header =
        "purpose,log.annual.inc,dti,days.with.cr.line,revol.bal,revol.util,inq.last.6mths,"
        "delinq.2yrs,pub.rec,fico,not.fully.paid\n";
    const auto one =
        read_lendingclub(header + "\"car\",11.0,14.29,3652.5,33623,76.7,1,0,0,707,1\r\n");
    ASSERT_TRUE(one.has_value());
    ASSERT_EQ(one->size(), 1U);
    const Example& example = one->front();
    EXPECT_NEAR(example.household[0], 59874.14, 0.01);
    EXPECT_NEAR(example.household[1], 0.1429, 1e-12);
    EXPECT_NEAR(example.household[2], 120, 1e-9);
    EXPECT_NEAR(example.household[4], 0.767, 1e-12);
    EXPECT_EQ(example.score, 707);
    EXPECT_TRUE(example.has_defaulted);
    EXPECT_EQ(read_lendingclub("dti,fico\n").error().place, "line 1");
    EXPECT_EQ(read_lendingclub(header + "car,11.0,x,1,1,1,1,0,0,707,1\n").error().place, "line 2");
    EXPECT_EQ(read_lendingclub(header + "\ncar,11.0\n").error().place, "line 3");
}

TEST(CreditScore, TrainingSaysWhatItCannotUse) {
    EXPECT_EQ(train(people(199, 1), {}).error().code, ErrorCode::invalid_argument);
    auto wrong = people(300, 1);
    wrong[7].score = 900;
    EXPECT_NE(train(wrong, {}).error().message.find("example 8"), std::string::npos);
    wrong[7].score = 700;
    wrong[8].household[2] = kUnknown;
    EXPECT_NE(train(wrong, {}).error().message.find("example 9"), std::string::npos);
    EXPECT_EQ(train(people(20'001, 1), {}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace atlas::learning::credit
