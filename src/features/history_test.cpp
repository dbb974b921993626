// SPDX-License-Identifier: Apache-2.0
// Goal: no question about the past is answered with what was learnt later.
// Method: the oracle at random moments of hostile histories; planted facts from the future that
// must leave no trace, and the same facts one microsecond earlier that must; the join against a
// scan of everything.
#include "features/history.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "features/testing/compare.hpp"
#include "features/testing/hostile_history.hpp"

namespace atlas::features::testing {
namespace {

Moment random_moment(Random& random, std::span<const Change> changes) {
    const Timestamp first = changes.front().recorded_at;
    const Timestamp last = changes.back().recorded_at;
    return {kLastDay.plus_days(static_cast<std::int32_t>(random.between(-600, 20))),
            {random.between(first.micros - 1'000'000, last.micros + 1'000'000)}};
}

TEST(FeatureHistory, EqualsTheOracleAtAnyMoment) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto changes = hostile_history(seed, {.changes = 400});
        Random random(seed);
        for (int i = 0; i < 5; ++i) {
            const Moment moment = random_moment(random, changes);
            ASSERT_EQ(differences(*vector_at(changes, moment, {}), slow_vector(changes, moment, 2)),
                      "")
                << "seed " << seed << " day " << to_string(moment.day) << " known at "
                << moment.known_at.micros;
        }
    }
}

/// A history, and the same with corrections planted after a moment: every transaction rewritten,
/// removed or joined by others, all of them dated before it.
std::vector<Change> with_planted_future(std::vector<Change> changes, Timestamp first,
                                        std::uint64_t seed) {
    Random random(seed);
    std::vector<Change> planted = changes;
    std::int64_t sequence = static_cast<std::int64_t>(changes.size());
    std::int64_t at = first.micros;
    for (const Change& change : changes) {
        const auto* put = std::get_if<TransactionFact>(&change.body);
        if (put == nullptr) {
            continue;
        }
        TransactionFact wrong = *put;
        if (random.chance(0.3)) {
            planted.push_back({++sequence, {at++}, TransactionRemoved{put->id}});
            continue;
        }
        wrong.splits.front().amount_minor = 7'777'777;
        wrong.splits.front().category = random.chance(0.5) ? "income.wages" : "travel.flights";
        wrong.date = wrong.date.plus_days(-1);
        planted.push_back({++sequence, {at++}, wrong});
    }
    planted.push_back(
        {++sequence, {at}, RateFact{RateKind::policy, kLastDay.plus_days(-500), 9.9}});
    planted.push_back(
        {++sequence,
         {at},
         GoalFact{.key = "a", .target_minor = 1, .saved_minor = 0, .started = {}, .deadline = {}}});
    return planted;
}

TEST(FeatureHistory, PlantedCorrectionsFromTheFutureLeaveNoTrace) {
    std::size_t seen_later = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const auto changes = hostile_history(seed, {.changes = 200});
        Timestamp latest{INT64_MIN};
        for (const Change& change : changes) {
            latest = std::max(latest, change.recorded_at);
        }
        const Timestamp future{latest.micros + 1};
        const auto planted = with_planted_future(changes, future, seed);
        Random random(seed);
        std::vector<LabelRow> rows;
        for (int i = 0; i < 10; ++i) {
            rows.push_back({random_moment(random, changes), static_cast<double>(i)});
            rows.back().moment.known_at = std::min(rows.back().moment.known_at, latest);
        }
        rows.push_back({{kLastDay, latest}, 10.0});
        rows.push_back({{kLastDay, {latest.micros + 1'000'000}}, 11.0});
        TrainingSet honest;
        for (std::size_t i = 0; i < kFeatureCount; ++i) {
            honest.features.push_back(i);
        }
        TrainingSet tempted = honest;
        ASSERT_TRUE(add_training_rows(honest, changes, rows, {}));
        ASSERT_TRUE(add_training_rows(tempted, planted, rows, {}));
        const std::size_t before_plant = 11 * kFeatureCount * sizeof(float);
        EXPECT_EQ(std::memcmp(honest.values.data(), tempted.values.data(), before_plant), 0)
            << "seed " << seed;
        seen_later += std::memcmp(honest.values.data() + 11 * kFeatureCount,
                                  tempted.values.data() + 11 * kFeatureCount,
                                  kFeatureCount * sizeof(float)) != 0
                          ? 1U
                          : 0U;
    }
    EXPECT_EQ(seen_later, 30U);  // The plant is one that shows.
}

TEST(FeatureHistory, AClockSetBackMakesNothingKnownEarlier) {
    TransactionFact fact{.id = {},
                         .account = {},
                         .date = kLastDay,
                         .merchant = "",
                         .splits = {{"income.wages", 100}}};
    std::vector<Change> changes{{1, {1000}, OtherFact{}}, {2, {500}, fact}};
    const auto balance = [&](std::int64_t at) {
        return vector_at(changes, {kLastDay, {at}}, {})->values[index_of(CashItem::liquid_balance)];
    };
    EXPECT_EQ(balance(499), 0.0);
    EXPECT_EQ(balance(999), 0.0);
    EXPECT_EQ(balance(1000), 1.0);
}

TEST(FeatureHistory, TrainingRowsAreTheVectorsOfTheirMoments) {
    const auto changes = hostile_history(11, {.changes = 300});
    Random random(11);
    std::vector<LabelRow> rows;
    for (int i = 0; i < 40; ++i) {
        rows.push_back({random_moment(random, changes), random.uniform()});
    }
    TrainingSet set;
    set.features = {index_of(CashItem::liquid_balance), spend_index({0, 3, SpendStatistic::sum}),
                    index_of(GoalItem::count)};
    ASSERT_TRUE(add_training_rows(set, changes, rows, {}));
    ASSERT_TRUE(add_training_rows(set, changes, std::span(rows).first(1), {}));  // Appends.
    ASSERT_EQ(set.labels.size(), 41U);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const FeatureVector vector = *vector_at(changes, rows[i].moment, {});
        EXPECT_EQ(set.labels[i], rows[i].label);
        for (std::size_t k = 0; k < 3; ++k) {
            const float got = set.values[i * 3 + k];
            if (vector.missing[set.features[k]]) {
                EXPECT_TRUE(std::isnan(got));
            } else {
                EXPECT_EQ(got, static_cast<float>(vector.values[set.features[k]]));
            }
        }
    }
    EXPECT_EQ(set.labels[40], rows[0].label);
    set.features = {kFeatureCount};
    EXPECT_EQ(add_training_rows(set, changes, rows, {}).error().code, ErrorCode::invalid_argument);
}

TEST(FeatureHistory, TooManyTrainingRowsAreRefusedWithTheLimit) {
    TrainingSet set;
    const std::vector<LabelRow> rows(10'000'001);
    const auto added = add_training_rows(set, {}, rows, {});
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(added.error().message, "10000001 rows; at most 10000000 accepted");
    EXPECT_TRUE(set.labels.empty());
}

TEST(FeatureHistory, TheJoinFindsTheLastVectorKnown) {
    Random random(5);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> storage;
        std::vector<Timestamp> times;
        std::int64_t at = 0;
        const std::uint64_t count = random.below(40);
        for (std::uint64_t i = 0; i < count; ++i) {
            at += random.between(0, 3);
            times.push_back({at});
            storage.push_back(random.uniform());
            storage.push_back(random.uniform());
        }
        std::vector<KnownVector> vectors;
        for (std::size_t i = 0; i < times.size(); ++i) {
            vectors.push_back({times[i], std::span(storage).subspan(2 * i, 2)});
        }
        std::vector<Timestamp> moments;
        for (int i = 0; i < 30; ++i) {
            moments.push_back({random.between(-2, at + 3)});
        }
        if (round % 2 == 0) {
            std::ranges::sort(moments);
        }
        std::vector<double> out(moments.size() * 2);
        join_as_of(vectors, moments, 2, out);
        for (std::size_t i = 0; i < moments.size(); ++i) {
            std::optional<std::size_t> last;
            for (std::size_t v = 0; v < vectors.size(); ++v) {
                last = vectors[v].known_at <= moments[i] ? std::optional(v) : last;
            }
            if (last.has_value()) {
                EXPECT_EQ(out[2 * i], storage[2 * *last]);
                EXPECT_EQ(out[2 * i + 1], storage[2 * *last + 1]);
            } else {
                EXPECT_TRUE(std::isnan(out[2 * i]) && std::isnan(out[2 * i + 1]));
            }
        }
    }
}

TEST(FeatureHistory, ADayEndsWithItsLastMicrosecond) {
    EXPECT_EQ(end_of(*Date::create(1970, 1, 1)).micros, 86'399'999'999);
    EXPECT_EQ(end_of(*Date::create(1969, 12, 31)).micros, -1);
}

}  // namespace
}  // namespace atlas::features::testing
