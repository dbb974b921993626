// SPDX-License-Identifier: Apache-2.0
// What every FeatureStore does: each commit once and whole, vectors by the moment they were known,
// no answer from a later one, roll-ups that equal a sum by hand, erasure without a trace.
//
//     struct Engine { ports::FeatureStore& store(); void reopen(); };  // and is_there(), if it
//                                                                     // may not be.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <thread>

#include "base/random.hpp"
#include "ports/feature_store.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

inline constexpr std::string_view kCatalogue = "0123456789abcdef";
inline constexpr std::int64_t kDayMicros = 86'400'000'000;
/// 2026-06-01T00:00:00Z.
inline constexpr std::int64_t kJune = 1'780'272'000'000'000;

template <class Engine>
class FeatureStoreContract : public ::testing::Test {
protected:
    void SetUp() override {
        if constexpr (requires { engine_.is_there(); }) {
            if (!engine_.is_there()) {
                GTEST_SKIP() << "the engine is not installed here";
            }
        }
    }
    FeatureStore& store() { return engine_.store(); }
    static StoredVector vector_at(std::int64_t micros, double value,
                                  HouseholdId household = kHome) {
        return {.household = household,
                .computed_at = {kJune + micros},
                .event_at = *Date::create(2026, 6, 1),
                .sequence = 7,
                .catalogue = std::string(kCatalogue),
                .values = {value, std::numeric_limits<double>::quiet_NaN(), -0.1, 1e300, 5e-324,
                           1.0 / 3.0}};
    }
    static StoredScalar scalar_at(std::int64_t micros, double value,
                                  std::string name = "cash.runway") {
        return {.name = std::move(name),
                .computed_at = {kJune + micros},
                .event_at = *Date::create(2026, 6, 1),
                .value = value};
    }
    /// By assignment: g++ 12 takes the braces of a nested aggregate for uninitialised.
    static FeatureCommit commit_of(std::int64_t sequence, std::string bytes,
                                   std::vector<StoredVector> vectors = {},
                                   std::vector<StoredScalar> scalars = {}) {
        FeatureCommit commit;
        commit.state.sequence = sequence;
        commit.state.bytes = std::move(bytes);
        commit.vectors = std::move(vectors);
        commit.scalars = std::move(scalars);
        return commit;
    }
    std::optional<StoredVector> ask(std::int64_t micros, HouseholdId household = kHome,
                                    std::string_view catalogue = kCatalogue) {
        const FeatureQuestion question{household, {kJune + micros}};
        auto answers = store().vectors_as_of(catalogue, std::span(&question, 1));
        EXPECT_TRUE(answers.has_value()) << to_string(answers.error());
        return answers.has_value() ? answers->at(0) : std::nullopt;
    }
    /// The value the first place holds; NaN where there is no vector.
    double first(std::int64_t micros, HouseholdId household = kHome) {
        const auto vector = ask(micros, household);
        return vector.has_value() ? vector->values.at(0) : std::numeric_limits<double>::quiet_NaN();
    }
    std::vector<StoredScalar> all_scalars(std::string_view name = "cash.runway",
                                          HouseholdId household = kHome) {
        return *store().scalars(household, name, {kJune - kDayMicros}, {kJune + 100 * kDayMicros});
    }
    Engine engine_;
};

TYPED_TEST_SUITE_P(FeatureStoreContract);

TYPED_TEST_P(FeatureStoreContract, CommitsStateVectorsAndScalarsOnceAndTogether) {
    EXPECT_EQ(this->store().state(kHome)->sequence, 0);
    EXPECT_EQ(this->store().state(kHome)->bytes, "");
    const std::string bytes("tiles\0with a nul\xff", 17);
    const FeatureCommit commit =
        this->commit_of(3, bytes, {this->vector_at(5, 1.5)}, {this->scalar_at(5, 0.25)});
    EXPECT_TRUE(*this->store().commit(kHome, commit));
    FeatureCommit again = commit;
    again.vectors = {this->vector_at(6, 99)};
    again.scalars = {this->scalar_at(6, 99)};
    EXPECT_FALSE(*this->store().commit(kHome, again));
    again.state.sequence = 2;
    EXPECT_FALSE(*this->store().commit(kHome, again));
    this->engine_.reopen();
    EXPECT_EQ(*this->store().state(kHome), commit.state);
    EXPECT_EQ(this->first(10), 1.5);
    EXPECT_EQ(this->all_scalars(), commit.scalars);
    EXPECT_EQ(this->store().state(kNeighbours)->sequence, 0);
}

TYPED_TEST_P(FeatureStoreContract, GivesEveryValueBackBitForBit) {
    const StoredVector put = this->vector_at(5, 0.1 + 0.2);
    ASSERT_TRUE(*this->store().commit(kHome, this->commit_of(1, "x", {put})));
    const auto got = this->ask(5);
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->household, kHome);
    EXPECT_EQ(got->computed_at, put.computed_at);
    EXPECT_EQ(got->event_at, put.event_at);
    EXPECT_EQ(got->sequence, 7);
    EXPECT_EQ(got->catalogue, kCatalogue);
    ASSERT_EQ(got->values.size(), put.values.size());
    for (std::size_t i = 0; i < put.values.size(); ++i) {
        EXPECT_TRUE(got->values[i] == put.values[i] ||
                    (std::isnan(got->values[i]) && std::isnan(put.values[i])))
            << i;
    }
}

TYPED_TEST_P(FeatureStoreContract, AnswersWithTheLastVectorKnownAndNeverALaterOne) {
    ASSERT_TRUE(this->store().append(
        std::vector<StoredVector>{this->vector_at(30, 3), this->vector_at(10, 1),
                                  this->vector_at(20, 2), this->vector_at(15, -1, kNeighbours)}));
    EXPECT_TRUE(std::isnan(this->first(9)));
    EXPECT_EQ(this->first(10), 1);
    EXPECT_EQ(this->first(19), 1);
    EXPECT_EQ(this->first(20), 2);
    EXPECT_EQ(this->first(1000), 3);
    EXPECT_EQ(this->first(1000, kNeighbours), -1);
    EXPECT_TRUE(std::isnan(this->first(14, kNeighbours)));
    EXPECT_FALSE(this->ask(1000, kHome, "another").has_value());
    // A key that is there already is replaced.
    ASSERT_TRUE(this->store().append(std::vector<StoredVector>{this->vector_at(20, 2.5)}));
    EXPECT_EQ(this->first(29), 2.5);
}

TYPED_TEST_P(FeatureStoreContract, TheJoinEqualsAScanOfEverything) {
    constexpr std::uint64_t kSeed = 20261122;
    Random random(kSeed);
    std::map<std::pair<std::uint64_t, std::int64_t>, double> rows;
    std::vector<StoredVector> vectors;
    for (int i = 0; i < 300; ++i) {
        const std::uint64_t household = random.below(5);
        const std::int64_t at = random.between(0, 200);
        if (rows.emplace(std::pair(household, at), i).second) {
            vectors.push_back(this->vector_at(at, i, id_of<HouseholdId>(100 + household)));
        }
    }
    ASSERT_TRUE(this->store().append(vectors));
    std::vector<FeatureQuestion> questions;
    for (int i = 0; i < 500; ++i) {
        questions.push_back(
            {id_of<HouseholdId>(100 + random.below(6)), {kJune + random.between(-5, 210)}});
    }
    const auto answers = *this->store().vectors_as_of(kCatalogue, questions);
    ASSERT_EQ(answers.size(), questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        std::optional<double> expected;
        for (const auto& [key, value] : rows) {
            if (id_of<HouseholdId>(100 + key.first) == questions[i].household &&
                kJune + key.second <= questions[i].known_at.micros) {
                expected = value;  // In order of time within a household.
            }
        }
        ASSERT_EQ(answers[i].has_value(), expected.has_value()) << "seed " << kSeed << " " << i;
        if (expected.has_value()) {
            EXPECT_EQ(answers[i]->values[0], *expected) << "seed " << kSeed << " " << i;
        }
    }
    EXPECT_TRUE(this->store().vectors_as_of(kCatalogue, {})->empty());
}

TYPED_TEST_P(FeatureStoreContract, RollsUpByDay) {
    ASSERT_TRUE(*this->store().commit(
        kHome,
        this->commit_of(1, "x", {},
                        {this->scalar_at(0, 1.0), this->scalar_at(kDayMicros - 1, 4.0),
                         this->scalar_at(kDayMicros, 10.0), this->scalar_at(7, 5, "other")})));
    const Date june = *Date::create(2026, 6, 1);
    ASSERT_TRUE(this->store().roll_up(june, june.plus_days(1)));
    const auto read = [&] {
        return *this->store().days(kHome, "cash.runway", june, june.plus_days(9));
    };
    const std::vector<ScalarDay> expected{{june, 2, 1.0, 4.0, 2.5},
                                          {june.plus_days(1), 1, 10.0, 10.0, 10.0}};
    EXPECT_EQ(read(), expected);
    ASSERT_TRUE(*this->store().commit(
        kHome, this->commit_of(2, "x", {}, {this->scalar_at(kDayMicros + 5, 20.0)})));
    EXPECT_EQ(read(), expected);  // Not before the job runs again.
    ASSERT_TRUE(this->store().roll_up(june, june.plus_days(1)));
    EXPECT_EQ(read()[1], (ScalarDay{june.plus_days(1), 2, 10.0, 20.0, 15.0}));
    EXPECT_EQ(read()[0], expected[0]);
    EXPECT_TRUE(this->store().days(kNeighbours, "cash.runway", june, june)->empty());
}

TYPED_TEST_P(FeatureStoreContract, RetentionTakesTheOldAndLeavesTheRest) {
    const std::int64_t old = -400 * kDayMicros;
    ASSERT_TRUE(*this->store().commit(
        kHome, this->commit_of(1, "state", {this->vector_at(old, 1), this->vector_at(10, 2)},
                               {this->scalar_at(old, 1), this->scalar_at(10, 2)})));
    const Date past = Date::from_days(static_cast<std::int32_t>((kJune + old) / kDayMicros));
    ASSERT_TRUE(this->store().roll_up(past, past));
    ASSERT_TRUE(this->store().drop_before({kJune - 100 * kDayMicros}));
    EXPECT_FALSE(this->ask(-1).has_value());
    EXPECT_EQ(this->first(10), 2);
    EXPECT_EQ(this->all_scalars().size(), 1U);
    EXPECT_TRUE(this->store().scalars(kHome, "cash.runway", {kJune + old}, {kJune + old})->empty());
    EXPECT_EQ(this->store().days(kHome, "cash.runway", past, past)->size(), 1U);
    EXPECT_EQ(this->store().state(kHome)->bytes, "state");
}

TYPED_TEST_P(FeatureStoreContract, ErasesAHouseholdAndNoOther) {
    for (const HouseholdId household : {kHome, kNeighbours}) {
        ASSERT_TRUE(*this->store().commit(
            household,
            this->commit_of(4, "x", {this->vector_at(1, 1, household)}, {this->scalar_at(1, 1)})));
    }
    const Date june = *Date::create(2026, 6, 1);
    ASSERT_TRUE(this->store().roll_up(june, june));
    ASSERT_TRUE(this->store().erase(kHome));
    EXPECT_EQ(this->store().state(kHome)->sequence, 0);
    EXPECT_FALSE(this->ask(10).has_value());
    EXPECT_TRUE(this->all_scalars().empty());
    EXPECT_TRUE(this->store().days(kHome, "cash.runway", june, june)->empty());
    EXPECT_EQ(this->store().state(kNeighbours)->sequence, 4);
    EXPECT_TRUE(this->ask(10, kNeighbours).has_value());
    EXPECT_EQ(this->store().days(kNeighbours, "cash.runway", june, june)->size(), 1U);
    // The sequence may start again.
    EXPECT_TRUE(*this->store().commit(kHome, this->commit_of(1, "y")));
}

TYPED_TEST_P(FeatureStoreContract, RefusesWhatIsTooMuchOrAnothers) {
    const auto code = [](const auto& result) { return result.error().code; };
    FeatureCommit foreign = this->commit_of(1, "x", {this->vector_at(1, 1, kNeighbours)});
    EXPECT_EQ(code(this->store().commit(kHome, foreign)), ErrorCode::invalid_argument);
    FeatureCommit empty = this->commit_of(1, "x", {this->vector_at(1, 1)});
    empty.vectors[0].values.clear();
    EXPECT_EQ(code(this->store().commit(kHome, empty)), ErrorCode::invalid_argument);
    empty.vectors[0].values.resize(kFeatureWidthMax + 1);
    EXPECT_EQ(code(this->store().append(empty.vectors)), ErrorCode::invalid_argument);
    FeatureCommit scalars = this->commit_of(1, "x");
    scalars.scalars.resize(kFeatureRowsMax + 1);
    EXPECT_EQ(code(this->store().commit(kHome, scalars)), ErrorCode::invalid_argument);
    FeatureCommit large = this->commit_of(1, std::string(kFeatureStateBytesMax + 1, 'x'));
    EXPECT_EQ(code(this->store().commit(kHome, large)), ErrorCode::invalid_argument);
    const std::vector<FeatureQuestion> questions(kFeatureRowsMax + 1);
    EXPECT_EQ(code(this->store().vectors_as_of(kCatalogue, questions)),
              ErrorCode::invalid_argument);
    EXPECT_EQ(this->store().state(kHome)->sequence, 0);
}

TYPED_TEST_P(FeatureStoreContract, OfManyAtOnceEachCommitCountsOnce) {
    std::atomic<int> counted = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (std::int64_t sequence = 1; sequence <= 10; ++sequence) {
                    const auto done = this->store().commit(
                        kHome, this->commit_of(sequence, "x", {this->vector_at(sequence, 1.0)}));
                    counted += done.has_value() && *done ? 1 : 0;
                }
            });
        }
    }
    // Each number at most once, and the last one surely.
    EXPECT_LE(counted, 10);
    EXPECT_GE(counted, 1);
    EXPECT_EQ(this->store().state(kHome)->sequence, 10);
}

REGISTER_TYPED_TEST_SUITE_P(FeatureStoreContract, CommitsStateVectorsAndScalarsOnceAndTogether,
                            GivesEveryValueBackBitForBit,
                            AnswersWithTheLastVectorKnownAndNeverALaterOne,
                            TheJoinEqualsAScanOfEverything, RollsUpByDay,
                            RetentionTakesTheOldAndLeavesTheRest, ErasesAHouseholdAndNoOther,
                            RefusesWhatIsTooMuchOrAnothers, OfManyAtOnceEachCommitCountsOnce);

}  // namespace atlas::ports::testing
