// SPDX-License-Identifier: Apache-2.0
// Goal: what comes again is found in the tiles' own rows, by what was known and in whatever order
// it came. Method: a rent, a subscription and a loan made by hand among purchases; the same facts
// shuffled; later ones added; training rows against vectors.
#include "features/engine/recurring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/format.hpp"
#include "base/random.hpp"
#include "base/sha256.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/history.hpp"
#include "finance/recurring/recurring.hpp"

namespace atlas::features {
namespace {

const TileOptions kOptions{.decimals = 2, .currency = money::Currency::parse("USD").value()};

Date day(std::string_view text) {
    return Date::parse(text).value();
}

Uuid id_of(int number) {
    return Uuid::from_digest(sha256(format("transaction {}", number)));
}

class Facts {
public:
    void pay(Date on, std::int64_t minor, const std::string& merchant,
             const std::string& category) {
        const int number = static_cast<int>(changes.size());
        changes.push_back({number + 1,
                           {on.days_since_epoch() * std::int64_t{86'400'000'000}},
                           TransactionFact{.id = {id_of(number)},
                                           .account = {id_of(-1)},
                                           .date = on,
                                           .merchant = merchant,
                                           .splits = {{category, minor}}}});
    }
    /// Two years of a rent, a subscription and shopping without a rhythm.
    static Facts two_years() {
        Facts facts;
        Random random(3);
        for (int month = 0; month < 24; ++month) {
            const Date first = day("2024-12-01").plus_months(month);
            facts.pay(first, -120'000, "greenfield homes", "housing.rent");
            facts.pay(first.plus_days(9), -1'599, "netflix com", "leisure.streaming");
            facts.pay(first.plus_days(2), 300'000, "acme payroll", "income.wages");
            for (int i = 0; i < 6; ++i) {
                facts.pay(first.plus_days(static_cast<std::int32_t>(random.below(28))),
                          -static_cast<std::int64_t>(random.below(9'000) + 100),
                          format("shop {}", random.below(400)), "shopping.other");
            }
        }
        std::ranges::stable_sort(facts.changes, {}, &Change::recorded_at);
        for (std::size_t i = 0; i < facts.changes.size(); ++i) {
            facts.changes[i].sequence = static_cast<std::int64_t>(i) + 1;
        }
        return facts;
    }

    std::vector<Change> changes;
};

HouseholdTiles tiles_of(const std::vector<Change>& changes, TileOptions options = kOptions) {
    HouseholdTiles tiles(options);
    for (const Change& change : changes) {
        EXPECT_TRUE(tiles.apply_fact(change.body).has_value());
    }
    return tiles;
}

double value_of(const FeatureVector& vector, std::string_view name) {
    const std::size_t index = index_of(name).value();
    EXPECT_FALSE(vector.missing[index]) << name;
    return vector.values[index];
}

constexpr std::string_view kToday = "2026-11-20";

TEST(FeatureRecurring, FindsChargesAndTheirNextDates) {
    HouseholdTiles tiles = tiles_of(Facts::two_years().changes);
    derive_recurring(tiles, day(kToday));
    const FeatureVector vector = tiles.compute(day(kToday));
    EXPECT_EQ(value_of(vector, "recurring.count"), 2);
    EXPECT_EQ(value_of(vector, "recurring.subscriptions"), 1);
    // A year has 365.2425 days, a month of the catalogue 30: 1215.99 × 30 / 30.44.
    EXPECT_NEAR(value_of(vector, "recurring.monthly"), 1215.99, 30);
    EXPECT_NEAR(value_of(vector, "recurring.subscriptions_monthly"), 15.99, 0.5);
    EXPECT_EQ(value_of(vector, "recurring.next_30_days"), 1215.99);
    EXPECT_NEAR(value_of(vector, "recurring.days_to_next"), 11, 2);  // Rent, 1 December.
}

TEST(FeatureRecurring, TheOrderOfArrivalLeavesNoTrace) {
    const Facts facts = Facts::two_years();
    HouseholdTiles tiles = tiles_of(facts.changes);
    derive_recurring(tiles, day(kToday));
    const FeatureVector wanted = tiles.compute(day(kToday));
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        std::vector<Change> shuffled = facts.changes;
        Random random(seed);
        for (std::size_t i = shuffled.size(); i > 1; --i) {
            std::swap(shuffled[i - 1], shuffled[random.below(i)]);
        }
        HouseholdTiles other = tiles_of(shuffled);
        derive_recurring(other, day(kToday));
        EXPECT_EQ(other.compute(day(kToday)).values, wanted.values) << "seed " << seed;
        // Nor does what was derived before, nor being stored.
        derive_recurring(other, day("2025-06-01"));
        auto loaded = HouseholdTiles::load(other.save(), kOptions);
        ASSERT_TRUE(loaded.has_value());
        derive_recurring(*loaded, day(kToday));
        EXPECT_EQ(loaded->compute(day(kToday)).values, wanted.values) << "seed " << seed;
    }
}

TEST(FeatureRecurring, LooksAtNothingAfterTheDay) {
    Facts facts = Facts::two_years();
    HouseholdTiles before = tiles_of(facts.changes);
    derive_recurring(before, day(kToday));
    for (int week = 1; week < 20; ++week) {
        facts.pay(day(kToday).plus_days(week * 7), -5'000, "gym of the future", "leisure.sport");
    }
    HouseholdTiles after = tiles_of(facts.changes);
    derive_recurring(after, day(kToday));
    EXPECT_EQ(after.compute(day(kToday)).values, before.compute(day(kToday)).values);
    derive_recurring(after, day(kToday).plus_days(19 * 7));
    // By then it is known, and what did not come for months is over.
    ASSERT_EQ(after.plan().recurring.size(), 1U);
    EXPECT_TRUE(after.plan().recurring.begin()->first.starts_with("gym"));
}

/// Names and amounts as the detector tells them of everything at once, in its own order.
std::map<std::string, std::int64_t> told_by_the_detector(const Facts& facts) {
    namespace recurring = finance::recurring;
    std::vector<recurring::Movement> movements;
    for (const Change& change : facts.changes) {
        const auto& fact = std::get<TransactionFact>(change.body);
        if (fact.date > day(kToday)) {
            continue;
        }
        const SplitFact& split = fact.splits.front();
        const std::string_view category = split.category;
        const bool is_spend = !category.starts_with("income");
        movements.push_back(
            {.date = fact.date,
             .amount = money::Money::from_minor(split.amount_minor, *kOptions.currency),
             .description = fact.merchant,
             .category = is_spend ? category.substr(0, category.find('.')) : std::string_view()});
    }
    std::ranges::sort(movements, {}, [](const recurring::Movement& movement) {
        return std::tuple(movement.date, movement.amount.minor(), movement.description);
    });
    std::map<std::string, std::int64_t> charges;
    for (const recurring::Series& series : recurring::detect(movements, {.as_of = day(kToday)})) {
        if (series.usual.minor() < 0 && series.next.has_value() &&
            series.state != recurring::SeriesState::stopped &&
            series.kind != recurring::SeriesKind::transfer) {
            std::string name = series.name;
            for (int number = 2; charges.contains(name); ++number) {
                name = format("{} #{}", series.name, number);
            }
            charges[name] = -series.usual.minor();
        }
    }
    return charges;
}

TEST(FeatureRecurring, AreTheSameHoweverManyRowsAreLookedAtAtOnce) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Facts facts = Facts::two_years();
        Random random(seed);
        // Contracts of a few insurers, several each: what shares a name is numbered in an order.
        for (int contract = 0; contract < 24; ++contract) {
            const std::string who =
                format("insurer {} {}", "abcd"[random.below(4)], random.below(1'000'000));
            const std::int64_t minor = -random.between(500, 50'000);
            const auto on = static_cast<std::int32_t>(random.below(28));
            for (int month = 0; month < 24; ++month) {
                facts.pay(day("2024-12-01").plus_months(month).plus_days(on), minor, who,
                          "insurance.car");
            }
        }
        HouseholdTiles tiles = tiles_of(facts.changes);
        const auto charges = [&](std::size_t rows_at_once) {
            derive_recurring(tiles, day(kToday), rows_at_once);
            std::string all;
            for (const auto& [key, charge] : tiles.plan().recurring) {
                all += format("{} {} {} {} {}\n", key, charge.amount_minor, charge.period_days,
                              charge.next.days_since_epoch(), charge.is_subscription);
            }
            return all;
        };
        const std::string at_once = charges(1'000'000);
        EXPECT_NE(at_once.find(" #2 "), std::string::npos) << "seed " << seed << "\n" << at_once;
        std::map<std::string, std::int64_t> amounts;
        for (const auto& [key, charge] : tiles.plan().recurring) {
            amounts[key] = charge.amount_minor;
        }
        EXPECT_EQ(amounts, told_by_the_detector(facts)) << "seed " << seed;
        for (const std::size_t rows : {1U, 40U, 300U}) {
            EXPECT_EQ(charges(rows), at_once) << "seed " << seed << ", " << rows << " at once";
        }
    }
}

TEST(FeatureRecurring, WithoutACurrencyFactsTell) {
    HouseholdTiles tiles = tiles_of(Facts::two_years().changes, {.decimals = 2});
    ASSERT_TRUE(
        tiles.apply_fact(RecurringFact{.key = "told", .amount_minor = 100, .next = day(kToday)})
            .has_value());
    derive_recurring(tiles, day(kToday));
    EXPECT_EQ(tiles.plan().recurring.size(), 1U);
    EXPECT_TRUE(tiles.plan().recurring.contains("told"));
}

TEST(FeatureRecurring, TrainingRowsHaveWhatVectorsHave) {
    const Facts facts = Facts::two_years();
    TrainingSet set;
    set.features = {index_of("recurring.count").value(), index_of("recurring.monthly").value(),
                    index_of("recurring.next_30_days").value()};
    std::vector<LabelRow> rows;
    for (int month = 6; month < 24; ++month) {
        const Date end = day("2024-12-20").plus_months(month);
        rows.push_back({{end, end_of(end)}, 0.0});
    }
    ASSERT_TRUE(add_training_rows(set, facts.changes, rows, kOptions).has_value());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto vector = vector_at(facts.changes, rows[i].moment, kOptions);
        ASSERT_TRUE(vector.has_value());
        for (std::size_t k = 0; k < set.features.size(); ++k) {
            const std::size_t feature = set.features[k];
            const float told = set.values[i * set.features.size() + k];
            EXPECT_EQ(std::isnan(told), vector->missing[feature]) << i;
            if (!std::isnan(told)) {
                EXPECT_EQ(told, static_cast<float>(vector->values[feature])) << i;
            }
        }
    }
    EXPECT_FALSE(std::isnan(set.values.back()));
}

TEST(FeatureRecurring, OutsideFactsCountOnceByTheirPlace) {
    HouseholdTiles tiles(kOptions);
    const RateFact rate{RateKind::policy, day("2026-01-01"), 0.05};
    EXPECT_TRUE(*tiles.apply_outside(7, {5}, rate));
    EXPECT_EQ(tiles.outside_next(), 8);
    EXPECT_EQ(tiles.known_at(), Timestamp{5});
    EXPECT_FALSE(*tiles.apply_outside(7, {9}, RateFact{RateKind::policy, rate.date, 0.9}));
    EXPECT_EQ(tiles.plan().rates[0].at(rate.date), 0.05);
    const auto loaded = HouseholdTiles::load(tiles.save(), kOptions);
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(loaded->outside_next(), 8);
    EXPECT_EQ(loaded->plan().rates[0].at(rate.date), 0.05);
    EXPECT_EQ(tiles.sequence(), 0);
}

TEST(FeatureRecurring, APriceBeyondTheLimitIsRefusedAndACorrectionIsNot) {
    HouseholdTiles tiles(kOptions);
    const Date first = day("1900-01-01");
    const auto price = [&](std::size_t i, double value) {
        return PriceFact{.instrument = std::to_string(i / 50'000),
                         .date = first.plus_days(static_cast<std::int32_t>(i % 50'000)),
                         .price = value};
    };
    for (std::size_t i = 0; i + 1 < HouseholdTiles::kObservationsMax; ++i) {
        ASSERT_TRUE(tiles.apply_fact(price(i, 1.0)));
    }
    const RateFact rate{RateKind::policy, first, 0.05};
    ASSERT_TRUE(tiles.apply_fact(rate));
    const auto loaded = HouseholdTiles::load(tiles.save(), kOptions);
    ASSERT_TRUE(loaded.has_value());
    for (HouseholdTiles full : {tiles, *loaded}) {
        const auto refused = full.apply_outside(3, {5}, PriceFact{"NEW", first, 2.0});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::exhausted);
        EXPECT_EQ(refused.error().message, "more than 1000000 prices and rates");
        EXPECT_FALSE(full.plan().prices.contains("NEW"));
        EXPECT_FALSE(full.apply_fact(RateFact{RateKind::mortgage, first, 0.06}));
        EXPECT_TRUE(full.apply_fact(price(7, 3.0)));
        EXPECT_TRUE(full.apply_fact(RateFact{RateKind::policy, first, 0.07}));
        EXPECT_EQ(full.plan().prices.at("0").at(first.plus_days(7)), 3.0);
        EXPECT_EQ(full.plan().rates[0].at(first), 0.07);
    }
}

}  // namespace
}  // namespace atlas::features
