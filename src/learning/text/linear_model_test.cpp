// SPDX-License-Identifier: Apache-2.0
// Goal: the fast scorer says what the slow one says, training learns, bytes come back. Method: an
// independent look-up by binary search over seeded random models and features.
#include "learning/text/linear_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "finance/merchants/merchant_text.hpp"
#include "learning/text/features.hpp"
#include "learning/text/train_linear.hpp"

namespace atlas::learning::text {
namespace {

LinearModel random_model(Random& random, std::size_t classes, std::size_t rows) {
    std::vector<LinearModel::Row> table;
    for (std::size_t i = 0; i < rows; ++i) {
        LinearModel::Row row{random.next(), {}};
        for (std::size_t c = 0; c < classes; ++c) {
            row.weights.push_back(static_cast<float>(random.normal()));
        }
        table.push_back(std::move(row));
    }
    std::ranges::sort(table, {}, &LinearModel::Row::feature);
    std::vector<float> bias(classes);
    for (float& value : bias) {
        value = static_cast<float>(random.normal());
    }
    return LinearModel::create(classes, bias, table);
}

TEST(LinearModel, FastScoreEqualsTheSlowOne) {
    constexpr std::uint64_t kSeed = 31;
    SCOPED_TRACE(kSeed);
    for (const std::size_t classes : {1U, 15U, 16U, 75U, 112U}) {
        Random random(kSeed + classes);
        const LinearModel model = random_model(random, classes, 500);
        Random same(kSeed + classes);
        std::vector<std::uint64_t> known;
        for (std::size_t i = 0; i < 500; ++i) {
            known.push_back(same.next());
            for (std::size_t c = 0; c < classes; ++c) {
                static_cast<void>(same.normal());
            }
        }
        for (int round = 0; round < 200; ++round) {
            std::vector<std::uint64_t> features;
            for (std::uint64_t i = random.below(FeatureList::kMax + 1); i > 0; --i) {
                features.push_back(random.chance(0.7) ? known[random.below(500)] : random.next());
            }
            std::vector<float> fast(classes);
            std::vector<float> slow(classes);
            ASSERT_EQ(model.score(features, fast).known, model.score_slowly(features, slow).known);
            ASSERT_EQ(fast, slow);
        }
    }
}

TEST(LinearModel, BytesComeBackAndDamageIsRefused) {
    Random random(3);
    const LinearModel model = random_model(random, 20, 50);
    const std::string bytes = model.encode();
    const auto read = LinearModel::decode(bytes);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->encode(), bytes);
    EXPECT_EQ(read->row_count(), 50U);
    for (std::size_t size = 0; size < bytes.size(); size += 7) {
        EXPECT_FALSE(LinearModel::decode(bytes.substr(0, size)).has_value());
    }
    std::string many = bytes;
    many[0] = 120;  // More classes than there may be.
    EXPECT_EQ(LinearModel::decode(many).error().code, ErrorCode::data_loss);
}

TEST(LinearModel, LearnsWhatExamplesSayAndIsTheSameEachTime) {
    std::vector<TrainingExample> examples;
    const auto add = [&](std::string_view text, std::uint16_t category) {
        finance::merchants::MerchantText read;
        read.read(text);
        FeatureList features;
        extract_features(read, features);
        const auto list = features.features();
        examples.push_back({{list.begin(), list.end()}, {{category, 1.0F}}, 1.0F});
    };
    for (int i = 0; i < 20; ++i) {
        add("corner bakery", 0);
        add("stone bakery", 0);
        add("river taxi", 1);
        add("night taxi", 1);
    }
    const TrainingOptions options{.class_count = 3, .rows_max = 500, .epochs = 4, .seed = 9};
    const LinearModel model = train_linear(examples, options);
    EXPECT_EQ(model.encode(), train_linear(examples, options).encode());
    const auto best = [&](std::string_view text) {
        finance::merchants::MerchantText read;
        read.read(text);
        FeatureList features;
        extract_features(read, features);
        std::vector<float> scores(3);
        EXPECT_GT(model.score(features.features(), scores).known, 0U) << text;
        return std::ranges::max_element(scores) - scores.begin();
    };
    EXPECT_EQ(best("UNKNOWN BAKERY 12"), 0);
    EXPECT_EQ(best("SOME BAKERIE"), 0);  // By its letters.
    EXPECT_EQ(best("TAXI 4711"), 1);
}

// Seven of ten equal examples are of one class. The last step would be off by which came last; the
// mean of many is not.
TEST(LinearModel, WeightsAreTheMeanOfManySteps) {
    std::vector<TrainingExample> examples;
    for (int i = 0; i < 8000; ++i) {
        const auto category = static_cast<std::uint16_t>(i % 10 < 7 ? 0 : 1);
        examples.push_back({{42}, {{category, 1.0F}}, 1.0F});
    }
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const LinearModel model =
            train_linear(examples, {.class_count = 2, .rows_max = 5, .epochs = 9, .seed = seed});
        std::vector<float> scores(2);
        const std::uint64_t feature = 42;
        ASSERT_EQ(model.score({&feature, 1}, scores).known, 1U);
        EXPECT_NEAR(1 / (1 + std::exp(scores[1] - scores[0])), 0.7F, 0.01F) << "seed " << seed;
    }
}

TEST(Features, OneIsThatSomethingStandsBeforeAndBehindTo) {
    const auto count = [](std::string_view description) {
        finance::merchants::MerchantText text;
        text.read(description);
        FeatureList features;
        extract_features(text, features);
        return features.features().size();
    };
    EXPECT_EQ(count("bakery to gorvale"), count("to bakery gorvale") + 1);
    EXPECT_EQ(count("bakery to gorvale"), count("bakery gorvale to") + 1);
}

TEST(Features, AreOfWordsNotOfNumbers) {
    finance::merchants::MerchantText text;
    FeatureList one;
    FeatureList two;
    text.read("TESCO STORES 5504");
    extract_features(text, one);
    text.read("TESCO STORES 6227");
    extract_features(text, two);
    EXPECT_TRUE(std::ranges::equal(one.features(), two.features()));
    text.read("TESCO");
    extract_features(text, two);
    EXPECT_FALSE(std::ranges::equal(one.features(), two.features()));
    const auto list = two.features();
    EXPECT_NE(std::ranges::find(list, word_feature(text.words()[0].hash)), list.end());
}

}  // namespace
}  // namespace atlas::learning::text
