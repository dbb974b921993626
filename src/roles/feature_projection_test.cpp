// SPDX-License-Identifier: Apache-2.0
// Goal: the features' state is stored seldom enough for a long history and often enough for a kill,
// and what is read after a kill makes the same features. Method: the policy over millions of events
// in seeded batches, counted; the projection on stores in memory, cut off at any moment, beside one
// that was left alone.
#include "roles/ml/feature_projection.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "base/random.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/testing/fakes.hpp"

namespace atlas::roles {
namespace {

using finance_engine::testing::FakeBus;
using finance_engine::testing::FakeLedger;
using finance_engine::testing::household_number;
using finance_engine::testing::recorded;
using finance_engine::testing::transaction_of;
using ml::FeatureProjection;
using ml::is_snapshot_due;
using ml::kSnapshotEvents;
using ml::kSnapshotShare;
using ml::kSnapshotShareFrom;
using ml::SnapshotPlace;

const HouseholdId kHome = household_number(1);
constexpr std::int64_t kBatchMax = 1'000;

struct Written {
    std::int64_t snapshots = 0;
    std::int64_t events = 0;         ///< Behind all of them together: what is written grows so.
    std::int64_t unstored_most = 0;  ///< What a kill at the worst moment costs.
};

/// A history that is read at once: no time passes.
Written read_at_once(std::int64_t length, std::uint64_t seed) {
    Random random(seed);
    Written written;
    SnapshotPlace place;
    while (place.sequence < length) {
        place.sequence += random.between(1, kBatchMax);
        if (is_snapshot_due(place)) {
            ++written.snapshots;
            written.events += place.sequence;
            place.stored_sequence = place.sequence;
        }
        written.unstored_most =
            std::max(written.unstored_most, place.sequence - place.stored_sequence);
    }
    return written;
}

TEST(FeatureSnapshots, OfALongHistoryAreAsManyAsItsLogarithm) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        Written shorter = read_at_once(100'000, seed);
        EXPECT_GE(shorter.snapshots, 20) << "seed " << seed;
        for (std::int64_t length = 200'000; length <= 12'800'000; length *= 2) {
            const Written written = read_at_once(length, seed);
            const std::int64_t more = written.snapshots - shorter.snapshots;
            // A share of a quarter: 1 + 1/3 each time, so that two to three double it.
            EXPECT_GE(more, 2) << length << " events, seed " << seed;
            EXPECT_LE(more, 4) << length << " events, seed " << seed;
            EXPECT_LE(written.events, (kSnapshotShare + 6) * length) << "seed " << seed;
            EXPECT_LE(written.unstored_most, length / kSnapshotShare + kBatchMax);
            shorter = written;
        }
    }
}

TEST(FeatureSnapshots, OfAShortHistoryComeWithEvents) {
    const Written written = read_at_once(40'000, 7);
    EXPECT_GE(written.snapshots, 40'000 / (kSnapshotEvents + kBatchMax));
    EXPECT_LE(written.snapshots, 40'000 / kSnapshotEvents);
    EXPECT_LE(written.unstored_most, kSnapshotEvents + kBatchMax);
}

TEST(FeatureSnapshots, WaitForTimeWhereLittleCame) {
    using std::chrono::minutes;
    using std::chrono::seconds;
    EXPECT_FALSE(is_snapshot_due({.sequence = 100, .stored_sequence = 99, .age = seconds(9)}));
    EXPECT_TRUE(is_snapshot_due({.sequence = 100, .stored_sequence = 99, .age = seconds(10)}));
    EXPECT_FALSE(is_snapshot_due({.sequence = 100, .stored_sequence = 100, .age = minutes(90)}));
    // A long history waits for its share, and at most an hour.
    const std::int64_t share = (3'000'000 - kSnapshotShareFrom) / kSnapshotShare;
    SnapshotPlace place{.sequence = 3'000'000, .stored_sequence = 3'000'000 - share + 1};
    place.age = minutes(59);
    EXPECT_FALSE(is_snapshot_due(place));
    place.age = minutes(60);
    EXPECT_TRUE(is_snapshot_due(place));
    place = {.sequence = 3'000'000, .stored_sequence = 3'000'000 - share};
    EXPECT_TRUE(is_snapshot_due(place));
}

/// State alone: all that was ever committed.
class FakeFeatures final : public ports::FeatureStore {
public:
    ports::FeatureStoreCapabilities capabilities() const override { return {.engine = "fake"}; }
    Result<bool> commit(HouseholdId, const ports::FeatureCommit& commit) override {
        ++tries;
        if (is_away) {
            return unavailable("the store is away");
        }
        committed.push_back(commit.state);
        return true;
    }
    Result<ports::FeatureState> state(HouseholdId) override {
        return committed.empty() ? ports::FeatureState{} : committed.back();
    }
    Result<void> erase(HouseholdId) override {
        committed.clear();
        return {};
    }

    Result<void> append(std::span<const ports::StoredVector>) override { return absent(); }
    Result<std::vector<std::optional<ports::StoredVector>>> vectors_as_of(
        std::string_view, std::span<const ports::FeatureQuestion>) override {
        return absent();
    }
    Result<std::vector<ports::StoredScalar>> scalars(HouseholdId, std::string_view, Timestamp,
                                                     Timestamp) override {
        return absent();
    }
    Result<void> roll_up(Date, Date) override { return absent(); }
    Result<std::vector<ports::ScalarDay>> days(HouseholdId, std::string_view, Date, Date) override {
        return absent();
    }
    Result<void> drop_before(Timestamp) override { return absent(); }

    std::vector<ports::FeatureState> committed;
    std::int64_t tries = 0;
    bool is_away = false;

private:
    static Unexpected absent() { return unavailable("not part of this test"); }
};

/// Transactions that come, are filed, move and go.
void write_history(FakeLedger& ledger, std::int64_t events, std::uint64_t seed) {
    Random random(seed);
    std::vector<finance::ledger::Transaction> living;
    int number = 0;
    for (std::int64_t i = 0; i < events; ++i) {
        if (living.size() < 50 || random.chance(0.5)) {
            const Date date =
                Date::create(2026, 11, 20)->plus_days(-static_cast<int>(random.below(700)));
            auto fresh = transaction_of(0, -random.between(100, 90'000), "food", to_string(date));
            ++number;
            for (std::size_t at = 0; at < 4; ++at) {
                fresh.id.uuid.bytes[at] = static_cast<std::byte>(number >> (8 * at));
            }
            fresh.description = format("SHOP NUMBER {}", random.below(40));
            ledger.write(kHome, recorded(fresh));
            living.push_back(std::move(fresh));
            continue;
        }
        const std::size_t at = random.below(living.size());
        if (random.chance(0.2)) {
            ledger.write(kHome, finance_engine::transaction_event(contracts::kTransactionRemoved,
                                                                  living[at]));
            living.erase(living.begin() + static_cast<std::ptrdiff_t>(at));
            continue;
        }
        auto after = living[at];
        after.splits.front().category = random.chance(0.5) ? "travel" : "leisure.sport";
        ledger.write(kHome, finance_engine::transaction_changed(living[at], after));
        living[at] = std::move(after);
    }
}

std::vector<double> figures_of(FeatureProjection& projection) {
    const auto current = projection.current(kHome, *Date::create(2026, 11, 20));
    return {current.vector.values.begin(), current.vector.values.end()};
}

struct Line {
    FakeBus bus;
    FakeLedger ledger;

    std::unique_ptr<FeatureProjection> open(FakeFeatures& store, const Clock& clock) {
        return std::make_unique<FeatureProjection>(FeatureProjection::Parts{
            ledger, store, bus, clock, {.currency = money::Currency::parse("USD").value()}});
    }
};

TEST(FeatureSnapshots, AKillCostsWhatCameSinceTheLastAndNothingElse) {
    constexpr std::int64_t kEvents = 9'500;
    constexpr std::uint64_t kSeed = 20261123;
    const std::array<HouseholdId, 1> households{kHome};
    Line line;
    write_history(line.ledger, kEvents, kSeed);
    const ManualClock still({});
    FakeFeatures undisturbed;
    const auto whole = line.open(undisturbed, still);
    ASSERT_TRUE(whole->catch_up(kHome).has_value());
    EXPECT_EQ(whole->sequence(kHome), kEvents);
    ASSERT_EQ(undisturbed.committed.size(), 4U);  // One for every two thousand.
    const std::vector<double> wanted = figures_of(*whole);
    const SystemClock clock;
    for (const ports::FeatureState& last : undisturbed.committed) {
        FakeFeatures store;
        store.committed = {last};  // What a kill after it leaves.
        const auto next = line.open(store, clock);
        serving::Metrics metrics;
        const auto counting = next->report_to(metrics);
        ASSERT_TRUE(next->start(households).has_value());
        EXPECT_EQ(next->sequence(kHome), kEvents);
        EXPECT_EQ(figures_of(*next), wanted) << "killed after " << last.sequence;
        // What was stored is not stored again.
        EXPECT_EQ(static_cast<std::int64_t>(store.committed.size()) - 1,
                  (kEvents - last.sequence) / kSnapshotEvents);
        const std::string read =
            format("\natlas_features_events_total {}\n", kEvents - last.sequence);
        EXPECT_NE(metrics.exposition().find(read), std::string::npos)
            << read << metrics.exposition();
    }
}

TEST(FeatureSnapshots, AStoreThatIsAwayIsNotAskedWithEveryBatch) {
    Line line;
    write_history(line.ledger, 9'500, 5);
    const ManualClock still({});
    FakeFeatures store;
    store.is_away = true;
    {
        const auto projection = line.open(store, still);
        ASSERT_TRUE(projection->catch_up(kHome).has_value());
        EXPECT_EQ(store.tries, 4);
        EXPECT_EQ(store.committed.size(), 0U);
        store.is_away = false;
    }
    // What is not stored by then is stored at the end.
    ASSERT_EQ(store.committed.size(), 1U);
    EXPECT_EQ(store.committed.back().sequence, 9'500);
}

}  // namespace
}  // namespace atlas::roles
