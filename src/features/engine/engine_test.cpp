// SPDX-License-Identifier: Apache-2.0
// Goal: the engine's vector is the oracle's, after any history and in any order of arrival.
// Method: seeded hostile histories, compared with testing/slow_vector.hpp at random days and
// moments; laws (order, repetition, take-back, saving and loading); hand-computed figures.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

#include "base/crc32c.hpp"
#include "base/little_endian.hpp"
#include "features/testing/compare.hpp"
#include "features/testing/hostile_history.hpp"

namespace atlas::features::testing {
namespace {

constexpr Timestamp kForever{INT64_MAX};

double value(const FeatureVector& vector, std::string_view name) {
    return vector.values[*index_of(name)];
}
bool is_missing(const FeatureVector& vector, std::string_view name) {
    return vector.missing[*index_of(name)];
}

HouseholdTiles replay(std::span<const Change> changes) {
    HouseholdTiles tiles;
    for (const Change& change : changes) {
        EXPECT_TRUE(*tiles.apply(change));
    }
    return tiles;
}

Date random_day(Random& random) {
    return kLastDay.plus_days(static_cast<std::int32_t>(random.between(-700, 30)));
}

TEST(FeatureEngine, EqualsTheOracleOnHostileHistories) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const auto changes = hostile_history(seed, {.changes = 100 + seed * 10});
        Random random(seed);
        HouseholdTiles tiles;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            ASSERT_TRUE(*tiles.apply(changes[i]));
            if (i + 1 == changes.size() || random.chance(0.01)) {
                const Date day = random.chance(0.5) ? kLastDay : random_day(random);
                ASSERT_EQ(
                    differences(tiles.compute(day),
                                slow_vector(std::span(changes).first(i + 1), {day, kForever}, 2)),
                    "")
                    << "seed " << seed << " after " << i + 1 << " on " << to_string(day);
            }
        }
    }
}

TEST(FeatureEngine, EqualsTheOracleAtTheEndsOfTheRange) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto changes = hostile_history(seed, {.changes = 300, .has_extremes = true});
        const HouseholdTiles tiles = replay(changes);
        for (const Date day : {kLastDay, *Date::create(9999, 12, 31), *Date::create(1, 1, 1),
                               *Date::create(2, 3, 1)}) {
            // Amounts of 9.2e16 lie about: what is rounded is rounded to their size.
            const Tolerance tolerance{.relative = 1e-9, .scale = 1e18};
            ASSERT_EQ(differences(tiles.compute(day), slow_vector(changes, {day, kForever}, 2),
                                  tolerance),
                      "")
                << "seed " << seed << " on " << to_string(day);
        }
    }
}

TEST(FeatureEngine, TheOrderOfArrivalLeavesNoTrace) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        // Puts of different transactions commute; keep the last state of each and shuffle.
        const auto changes = hostile_history(
            seed, {.changes = 400, .has_extremes = seed % 2 == 0, .has_plans = false});
        std::map<TransactionId, FactChange> last;
        std::map<AccountId, FactChange> accounts;
        for (const Change& change : changes) {
            if (const auto* put = std::get_if<TransactionFact>(&change.body)) {
                last.insert_or_assign(put->id, change.body);
            } else if (const auto* gone = std::get_if<TransactionRemoved>(&change.body)) {
                last.erase(gone->id);
            } else if (const auto* account = std::get_if<AccountFact>(&change.body)) {
                accounts.insert_or_assign(account->id, change.body);
            }
        }
        std::vector<FactChange> facts;
        for (const auto& [id, fact] : last) {
            facts.push_back(fact);
        }
        for (const auto& [id, fact] : accounts) {
            facts.push_back(fact);
        }
        Random random(seed);
        for (std::size_t i = facts.size(); i > 1; --i) {
            std::swap(facts[i - 1], facts[random.below(i)]);
        }
        HouseholdTiles shuffled;
        for (const FactChange& fact : facts) {
            ASSERT_TRUE(shuffled.apply_fact(fact));
        }
        const HouseholdTiles tiles = replay(changes);
        for (const Date day : {kLastDay, kLastDay.plus_days(-200)}) {
            ASSERT_EQ(tiles.compute(day), shuffled.compute(day)) << "seed " << seed;
        }
    }
}

TEST(FeatureEngine, ARepeatedDeliveryChangesNothingAndAGapIsAConflict) {
    const auto changes = hostile_history(7);
    HouseholdTiles tiles;
    Random random(7);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        ASSERT_TRUE(*tiles.apply(changes[i]));
        const FeatureVector before = tiles.compute(kLastDay);
        for (int again = 0; again < 2; ++again) {
            EXPECT_FALSE(*tiles.apply(changes[random.below(i + 1)]));
        }
        ASSERT_EQ(tiles.compute(kLastDay), before);
        EXPECT_EQ(tiles.sequence(), static_cast<std::int64_t>(i + 1));
        if (i + 2 < changes.size()) {
            EXPECT_EQ(tiles.apply(changes[i + 2]).error().code, ErrorCode::conflict);
        }
        i += i > 20 ? 30 : 0;
        if (i > 20) {
            tiles = replay(std::span(changes).first(std::min(i + 1, changes.size())));
        }
    }
}

TEST(FeatureEngine, WhatIsTakenBackWasNeverThere) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        auto changes = hostile_history(seed, {.changes = 200, .has_plans = false});
        HouseholdTiles tiles = replay(changes);
        const FeatureVector before = tiles.compute(kLastDay);
        const auto extra = hostile_history(seed + 1000, {.changes = 50, .has_plans = false});
        std::vector<TransactionId> added;
        for (const Change& change : extra) {
            if (const auto* put = std::get_if<TransactionFact>(&change.body)) {
                TransactionFact fact = *put;
                fact.id.uuid.bytes[0] = std::byte{0xAA};  // None of the others.
                ASSERT_TRUE(tiles.apply_fact(fact));
                added.push_back(fact.id);
            }
        }
        EXPECT_NE(tiles.compute(kLastDay), before);
        for (const TransactionId& id : added) {
            ASSERT_TRUE(tiles.apply_fact(TransactionRemoved{id}));
        }
        EXPECT_EQ(tiles.compute(kLastDay), before) << "seed " << seed;
    }
}

TEST(FeatureEngine, SavedAndLoadedTilesGoOnAsBefore) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto changes = hostile_history(seed, {.changes = 300, .has_extremes = seed % 2 == 0});
        const std::size_t half = changes.size() / 2;
        HouseholdTiles tiles = replay(std::span(changes).first(half));
        auto loaded = HouseholdTiles::load(tiles.save(), {});
        ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error());
        EXPECT_EQ(loaded->sequence(), tiles.sequence());
        EXPECT_EQ(loaded->known_at(), tiles.known_at());
        EXPECT_EQ(loaded->compute(kLastDay), tiles.compute(kLastDay));
        for (const Change& change : std::span(changes).subspan(half)) {
            ASSERT_TRUE(*tiles.apply(change));
            ASSERT_TRUE(*loaded->apply(change));
        }
        EXPECT_EQ(loaded->compute(kLastDay), tiles.compute(kLastDay)) << "seed " << seed;
        EXPECT_EQ(loaded->transactions(), tiles.transactions());
    }
}

TEST(FeatureEngine, RefusesDamagedTiles) {
    const std::string bytes = replay(hostile_history(3)).save();
    Random random(3);
    for (int i = 0; i < 500; ++i) {
        std::string damaged = bytes;
        if (random.chance(0.3)) {
            damaged.resize(random.below(bytes.size()));
        } else {
            damaged[random.below(bytes.size())] ^= static_cast<char>(1 << random.below(8));
        }
        EXPECT_EQ(HouseholdTiles::load(damaged, {}).error().code, ErrorCode::data_loss);
    }
    EXPECT_EQ(HouseholdTiles::load(bytes, {.decimals = 0}).error().code, ErrorCode::data_loss);
    EXPECT_TRUE(HouseholdTiles::load(bytes, {}).has_value());
}

/// With the checksum that belongs to them.
std::string sealed(std::string bytes) {
    const std::uint32_t sum = crc32c(std::as_bytes(std::span(bytes)));
    bytes.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return bytes;
}

TEST(FeatureEngine, SurvivesTilesWhoseChecksumWasMadeToFit) {
    std::string bytes = replay(hostile_history(3, {.changes = 60})).save();
    bytes.resize(bytes.size() - sizeof(std::uint32_t));
    Random random(11);
    int refused = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string lying = bytes;
        lying[random.below(bytes.size())] = static_cast<char>(random.below(256));
        auto loaded = HouseholdTiles::load(sealed(lying), {});
        if (!loaded.has_value()) {
            EXPECT_EQ(loaded.error().code, ErrorCode::data_loss);
            ++refused;
            continue;
        }
        // Whatever it says now, it is a state like another.
        for (const Change& change : hostile_history(4, {.changes = 40})) {
            ASSERT_TRUE(loaded->apply_fact(change.body));
        }
        const FeatureVector vector = loaded->compute(kLastDay);
        EXPECT_EQ(HouseholdTiles::load(loaded->save(), {})->compute(kLastDay), vector);
    }
    EXPECT_GT(refused, 100);
}

TEST(FeatureEngine, LoadsTilesOfTheLayoutBefore) {
    const auto changes = hostile_history(6, {.changes = 200, .has_extremes = true});
    std::vector<Change> plain;  // Transactions alone: what differs between the two.
    for (const Change& change : changes) {
        if (std::holds_alternative<TransactionFact>(change.body)) {
            plain.push_back(change);
        }
    }
    HouseholdTiles tiles;
    for (const Change& change : plain) {
        ASSERT_TRUE(tiles.apply_fact(change.body));
    }
    // What it wrote: magic, decimals, three numbers, accounts, names, rows, plans, checksum.
    ByteWriter out;
    out.number(std::uint64_t{0x3230'454c'4954'4d41});
    out.number(2);
    for (int i = 0; i < 3; ++i) {
        out.number(std::int64_t{0});
    }
    const auto put_id = [&](const Uuid& id) {
        for (const std::byte byte : id.bytes) {
            out.number(static_cast<std::uint8_t>(byte));
        }
    };
    out.number(static_cast<std::uint64_t>(tiles.accounts().size()));
    for (const TileAccount& account : tiles.accounts()) {
        put_id(account.id.uuid);
        out.number(static_cast<std::uint8_t>(account.type));
        out.number(std::uint8_t{0});
        out.number(std::int64_t{0});
    }
    const auto names = tiles.merchant_names();
    out.number(static_cast<std::uint64_t>(names.size() - 1));
    for (std::size_t i = 1; i < names.size(); ++i) {
        out.text(names[i]);
    }
    out.number(static_cast<std::uint64_t>(tiles.row_count()));
    for (const TileRow& row : tiles.rows()) {
        Uuid id;  // Any that tells them apart.
        std::memcpy(id.bytes.data(), &row.transaction, sizeof row.transaction);
        put_id(id);
        out.number(row.amount_minor);
        out.number(row.day);
        out.number(row.merchant);
        out.number(row.account);
        out.number(row.minute);
        out.number(static_cast<std::uint8_t>(row.filing.flow));
        out.number(static_cast<std::uint8_t>(row.filing.group));
        out.number(static_cast<std::uint8_t>(row.filing.is_bank_charge));
        out.number(static_cast<std::uint8_t>(row.is_first));
        out.number(static_cast<std::uint8_t>(row.is_pending));
    }
    for (std::size_t i = 0; i < 5 + kRateKinds; ++i) {
        out.number(std::uint64_t{0});
    }
    const auto loaded = HouseholdTiles::load(sealed(out.take()), {});
    ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error());
    EXPECT_EQ(loaded->compute(kLastDay), tiles.compute(kLastDay));
    EXPECT_EQ(loaded->transactions(), tiles.transactions());
}

TEST(FeatureEngine, RefusesTooManyPartsAndNone) {
    HouseholdTiles tiles;
    TransactionFact fact;
    EXPECT_EQ(tiles.apply_fact(fact).error().code, ErrorCode::invalid_argument);
    fact.splits.resize(HouseholdTiles::kSplitsMax + 1);
    EXPECT_EQ(tiles.apply_fact(fact).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(tiles.compute(kLastDay), HouseholdTiles().compute(kLastDay));
}

/// A household small enough for paper: 3,000.00 on the 1st, rent of 1,000.00 on the 2nd, and
/// 10.00 of groceries each day, for two years.
HouseholdTiles paper_household() {
    HouseholdTiles tiles;
    std::uint64_t ids = 0;
    const auto add = [&](Date date, std::string category, std::int64_t amount,
                         std::string merchant) {
        TransactionFact fact{.id = {},
                             .account = {},
                             .date = date,
                             .merchant = std::move(merchant),
                             .splits = {{std::move(category), amount}}};
        ++ids;
        fact.id.uuid.bytes[0] = static_cast<std::byte>(ids);
        fact.id.uuid.bytes[1] = static_cast<std::byte>(ids >> 8);
        EXPECT_TRUE(tiles.apply_fact(fact));
    };
    for (Date day = kLastDay.plus_days(-729); day <= kLastDay; day = day.plus_days(1)) {
        if (day.parts().day == 1) {
            add(day, "income.wages", 300'000, "employer");
        }
        if (day.parts().day == 2) {
            add(day, "housing.rent", -100'000, "landlord");
        }
        add(day, "food.groceries", -1'000, "grocer");
    }
    return tiles;
}

TEST(FeatureEngine, FiguresOnPaper) {
    const FeatureVector v = paper_household().compute(kLastDay);
    EXPECT_EQ(v.missing.count(), 2U + kDebtRows.size() - 8 + kGoalRows.size() +
                                     kHoldingRows.size() + kRecurringRows.size() +
                                     kRateRows.size());
    EXPECT_EQ(value(v, "spend.groceries.sum.7d"), 70.0);
    EXPECT_EQ(value(v, "spend.groceries.mean.365d"), 10.0);
    EXPECT_EQ(value(v, "spend.groceries.deviation.365d"), 0.0);
    EXPECT_EQ(value(v, "spend.groceries.trend.90d"), 0.0);
    EXPECT_EQ(value(v, "spend.housing.sum.365d"), 12'000.0);
    EXPECT_EQ(value(v, "spend.housing.count.30d"), 1.0);
    EXPECT_EQ(value(v, "spend.all.max.7d"), 10.0);
    EXPECT_EQ(value(v, "income.sum.365d"), 36'000.0);
    EXPECT_EQ(value(v, "income.last_pay"), 3'000.0);
    EXPECT_EQ(value(v, "income.days_since_pay"), 21.0);
    EXPECT_EQ(value(v, "income.pay_gap.180d"), 31.0);  // Gaps 30 31 31 30 31: the middle is 31.
    EXPECT_EQ(value(v, "income.days_to_pay"), 10.0);
    EXPECT_EQ(value(v, "income.sources.365d"), 1.0);
    EXPECT_EQ(value(v, "income.monthly_deviation.12m"), 0.0);
    EXPECT_EQ(value(v, "income.stability.12m"), 1.0);
    EXPECT_EQ(value(v, "cash.net.365d"), 36'000.0 - 12'000.0 - 3'650.0);
    EXPECT_EQ(value(v, "cash.liquid_balance"), 24 * 2'000.0 - 7'300.0);
    EXPECT_EQ(value(v, "saving.streak"), 12.0);
    EXPECT_EQ(value(v, "saving.positive_months.12m"), 1.0);
    EXPECT_EQ(value(v, "season.spend_change_year.365d"), 0.0);
    EXPECT_EQ(value(v, "merchant.distinct.365d"), 2.0);
    EXPECT_DOUBLE_EQ(value(v, "merchant.top_share.365d"), 12'000.0 / 15'650.0);
    EXPECT_EQ(value(v, "merchant.repeat_share.90d"), 1.0);
    EXPECT_EQ(value(v, "merchant.new_count.30d"), 0.0);
    EXPECT_EQ(value(v, "season.day_of_month"), 22.0);
    EXPECT_EQ(value(v, "season.month_spend"), 1'000.0 + 22 * 10.0);
    EXPECT_EQ(value(v, "quality.history_days"), 729.0);
    // Nothing was ever below zero; nothing could take 40,700.00 in 30 days.
    EXPECT_EQ(value(v, "cash.overdraft_risk.30d"), 0.0);
    EXPECT_EQ(value(v, "cash.days_negative.365d"), 0.0);
    EXPECT_DOUBLE_EQ(value(v, "cash.runway"), 40'700.0 / ((3'000.0 + 900.0) / 90));
}

TEST(FeatureEngine, AShortHistoryGivesDefaultsThatSaySo) {
    HouseholdTiles tiles;
    EXPECT_TRUE(is_missing(tiles.compute(kLastDay), "cash.liquid_balance"));
    EXPECT_FALSE(is_missing(tiles.compute(kLastDay), "season.day_of_month"));
    ASSERT_TRUE(tiles.apply_fact(TransactionFact{.id = {},
                                                 .account = {},
                                                 .date = kLastDay.plus_days(-28),
                                                 .merchant = "",
                                                 .splits = {{"food.groceries", -100}}}));
    const FeatureVector young = tiles.compute(kLastDay);
    EXPECT_FALSE(is_missing(young, "spend.all.sum.7d"));
    EXPECT_TRUE(is_missing(young, "spend.all.sum.30d"));
    EXPECT_FALSE(is_missing(tiles.compute(kLastDay.plus_days(1)), "spend.all.sum.30d"));
    EXPECT_TRUE(is_missing(tiles.compute(kLastDay.plus_days(-29)), "cash.liquid_balance"));
}

TEST(FeatureEngine, SquaresDoNotOverflow) {
    Moments moments;
    Moments half;
    constexpr std::uint64_t kLargest = std::uint64_t{1} << 63;
    for (int i = 0; i < 8; ++i) {
        half.add(kLargest);
        half.add(1);
    }
    moments.merge(half);
    moments.merge(half);
    // Half of them at 2^63, half at nearly nothing: both lie 2^62 from the mean.
    EXPECT_EQ(moments.count(), 32);
    EXPECT_NEAR(moments.deviation() / std::ldexp(1.0, 62), 1.0, 1e-12);
    EXPECT_NEAR(half.deviation() / std::ldexp(1.0, 62), 1.0, 1e-12);
}

TEST(FeatureEngine, AMerchantIsNewUpToTheDayBeforeTheWindow) {
    for (const auto& [back, expected] : {std::pair(30, 0.0), std::pair(29, 1.0)}) {
        HouseholdTiles tiles;
        std::uint8_t ids = 0;
        const auto buy = [&](int days, std::string who) {
            TransactionFact fact{.id = {},
                                 .account = {},
                                 .date = kLastDay.plus_days(-days),
                                 .merchant = std::move(who),
                                 .splits = {{"food.groceries", -100}}};
            fact.id.uuid.bytes[0] = static_cast<std::byte>(++ids);
            ASSERT_TRUE(tiles.apply_fact(fact));
        };
        buy(400, "old shop");
        buy(back, "shop");
        buy(1, "shop");
        EXPECT_EQ(value(tiles.compute(kLastDay), "merchant.new_count.30d"), expected) << back;
    }
}

}  // namespace
}  // namespace atlas::features::testing
