// SPDX-License-Identifier: Apache-2.0
#include "sim/spine/feature_follower.hpp"

#include <cstring>

#include "base/format.hpp"

namespace atlas::sim::spine {
namespace {

constexpr std::size_t kHistoryMax = 10'000;

const roles::ml::FactContext& context() {
    static const roles::ml::FactContext kContext{.currency = *money::Currency::parse("USD")};
    return kContext;
}

features::TileOptions options() {
    return {.decimals = context().currency.decimals()};
}

/// Bit for bit: the same facts, folded in another order or after a restart, leave no trace.
bool are_equal(const features::HouseholdTiles& one, const features::HouseholdTiles& other) {
    for (const int month : {3, 7, 12}) {
        const Date day = Date::create(2026, month, 28).value();
        const features::FeatureVector a = one.compute(day);
        const features::FeatureVector b = other.compute(day);
        for (std::size_t i = 0; i < a.values.size(); ++i) {
            if (a.missing[i] != b.missing[i] ||
                (!a.missing[i] && std::memcmp(&a.values[i], &b.values[i], sizeof(double)) != 0)) {
                return false;
            }
        }
    }
    return true;
}

/// From the ledger's first `count` events, each fact by itself.
Result<features::HouseholdTiles> recompute(std::span<const ports::OutboxRow> rows,
                                           std::int64_t count) {
    features::HouseholdTiles tiles(options());
    for (std::int64_t i = 0; i < count; ++i) {
        const ports::OutboxRow& row = rows[static_cast<std::size_t>(i)];
        ATLAS_TRY_ASSIGN(const features::Change change, roles::ml::change_of(row, context()));
        ATLAS_TRY(tiles.apply_fact(change.body));
    }
    return tiles;
}

}  // namespace

Result<FeatureFollower> FeatureFollower::open(std::unique_ptr<ports::FeatureStore> store,
                                              std::span<const HouseholdId> households) {
    FeatureFollower follower(std::move(store));
    for (const HouseholdId household : households) {
        ATLAS_TRY_ASSIGN(const ports::FeatureState state, follower.store_->state(household));
        features::HouseholdTiles tiles(options());
        if (state.sequence > 0) {
            ATLAS_TRY_ASSIGN(tiles, features::HouseholdTiles::load(state.bytes, options()));
        }
        if (tiles.sequence() != state.sequence) {
            return internal(
                format("tiles of sequence {} stored as {}", tiles.sequence(), state.sequence));
        }
        follower.tiles_.emplace(household, std::move(tiles));
    }
    return follower;
}

Result<void> FeatureFollower::apply(const ports::StoredEvent& stored, ports::LedgerStore& ledger) {
    const ports::Event& event = stored.event;
    features::HouseholdTiles& tiles = tiles_.at(event.household);
    if (event.sequence > tiles.sequence() + 1) {
        ATLAS_TRY_ASSIGN(const auto rows,
                         ledger.history(event.household, tiles.sequence(), kHistoryMax));
        for (const ports::OutboxRow& row : rows) {
            ATLAS_TRY_ASSIGN(const features::Change change, roles::ml::change_of(row, context()));
            ATLAS_TRY(tiles.apply(change));
        }
        return {};
    }
    ATLAS_TRY_ASSIGN(features::FactChange fact,
                     roles::ml::fact_of({event.type, event.payload, event.recorded_at}, context()));
    ATLAS_TRY(tiles.apply({event.sequence, event.recorded_at, std::move(fact)}));
    return {};
}

Result<void> FeatureFollower::store(HouseholdId household) {
    const features::HouseholdTiles& tiles = tiles_.at(household);
    if (tiles.sequence() == 0) {
        return {};
    }
    ports::FeatureCommit commit;
    commit.state.sequence = tiles.sequence();
    commit.state.bytes = tiles.save();
    const auto stored = store_->commit(household, commit);
    if (!stored.has_value() && stored.error().code != ErrorCode::no_space) {
        return Unexpected(stored.error());  // Where the disk is full, the next one stores it.
    }
    return {};
}

std::int64_t FeatureFollower::sequence(HouseholdId household) const {
    return tiles_.at(household).sequence();
}

Result<void> FeatureFollower::check(ports::LedgerStore& ledger) {
    for (const auto& [household, tiles] : tiles_) {
        ATLAS_TRY_ASSIGN(const auto rows, ledger.history(household, 0, kHistoryMax));
        if (tiles.sequence() > static_cast<std::int64_t>(rows.size())) {
            return internal(format("feature tiles as of {}; the ledger ends at {}",
                                   tiles.sequence(), rows.size()));
        }
        ATLAS_TRY_ASSIGN(const auto slow, recompute(rows, tiles.sequence()));
        if (!are_equal(tiles, slow)) {
            return internal(
                format("feature tiles as of {} are not their recomputation", tiles.sequence()));
        }
        ATLAS_TRY_ASSIGN(const ports::FeatureState state, store_->state(household));
        if (state.sequence > tiles.sequence()) {
            return internal(format("feature tiles stored as of {}, known as of {}", state.sequence,
                                   tiles.sequence()));
        }
        if (state.sequence > 0) {
            ATLAS_TRY_ASSIGN(const auto stored,
                             features::HouseholdTiles::load(state.bytes, options()));
            ATLAS_TRY_ASSIGN(const auto then, recompute(rows, state.sequence));
            if (!are_equal(stored, then)) {
                return internal(format("feature tiles stored as of {} are not their recomputation",
                                       state.sequence));
            }
        }
    }
    return {};
}

}  // namespace atlas::sim::spine
