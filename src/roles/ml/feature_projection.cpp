// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/feature_projection.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "features/engine/recurring.hpp"

namespace atlas::roles::ml {
namespace {

constexpr std::size_t kReadMax = 1000;

/// Features kept as rows of their own besides the vectors, when they change: what people chart.
constexpr std::array<std::string_view, 8> kScalars{
    "cash.liquid_balance", "cash.net_worth",  "cash.runway",       "cash.overdraft_risk.30d",
    "income.sum.30d",      "saving.rate.90d", "spend.all.sum.30d", "debt.utilisation"};

}  // namespace

bool is_snapshot_due(const SnapshotPlace& place) {
    const std::int64_t ahead = place.sequence - place.stored_sequence;
    const bool is_long = ahead < (place.sequence - kSnapshotShareFrom) / kSnapshotShare;
    if (ahead <= 0 || (is_long && place.age < kSnapshotAgeMax)) {
        return false;
    }
    return ahead >= kSnapshotEvents || place.age >= kSnapshotAge;
}

FeatureProjection::~FeatureProjection() {
    outside_follower_.stop();
    follower_.stop();  // Stopped and joined: nobody changes the tiles from here on.
    for (const auto& [household, state] : households_) {
        // A state that cannot be stored is built again at the next start.
        const Result<void> stored = snapshot(household);
        if (!stored.has_value()) {
            count_failure();
        }
    }
}

Result<void> FeatureProjection::start(std::span<const HouseholdId> households, Deadline patience) {
    for (const HouseholdId household : households) {
        ATLAS_TRY(load(household));
    }
    ATLAS_TRY(follow_outside(households));
    return follower_.start(
        households,
        {.catch_up =
             [this](HouseholdId household) {
                 auto caught_up = catch_up(household);
                 if (!caught_up.has_value() && !follower_.is_stopping()) {
                     count_failure();
                 }
                 return caught_up;
             },
         .apply =
             [this](HouseholdId household, std::span<const ports::StoredEvent* const> events) {
                 auto applied = apply(household, events);
                 snapshot_if_due(household);
                 return applied;
             }},
        patience);
}

features::TileOptions FeatureProjection::tile_options() const {
    return {.decimals = parts_.context.currency.decimals(), .currency = parts_.context.currency};
}

FeatureProjection::Household& FeatureProjection::household_of(HouseholdId household) {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<Household>& state = households_[household];
    if (state == nullptr) {
        state = std::make_unique<Household>();
        state->tiles = features::HouseholdTiles(tile_options());
        state->tried_at = parts_.clock.steady_now();
    }
    return *state;
}

Result<void> FeatureProjection::load(HouseholdId household) {
    ATLAS_TRY_ASSIGN(const ports::FeatureState stored, parts_.store.state(household));
    if (stored.sequence == 0) {
        return {};
    }
    auto tiles = features::HouseholdTiles::load(stored.bytes, tile_options());
    if (!tiles.has_value()) {
        // Derived data: what cannot be read is dropped and built again.
        return parts_.store.erase(household);
    }
    Household& state = household_of(household);
    const std::lock_guard lock(state.mutex);
    state.tiles = *std::move(tiles);
    state.stored_sequence = stored.sequence;
    state.tried_sequence = stored.sequence;
    remember(household, state.tiles.sequence());
    return {};
}

Result<void> FeatureProjection::catch_up(HouseholdId household) {
    Household& state = household_of(household);
    for (;;) {
        if (follower_.is_stopping()) {
            return unavailable("the program stops");
        }
        std::int64_t from = 0;
        {
            const std::lock_guard lock(state.mutex);
            from = state.tiles.sequence();
        }
        ATLAS_TRY_ASSIGN(const std::vector<ports::OutboxRow> rows,
                         parts_.ledger.history(household, from, kReadMax));
        if (rows.empty()) {
            remember(household, from);
            break;
        }
        snapshot_if_due(household);
        // The follower may have been here meanwhile: what is known is passed over.
        const std::lock_guard lock(state.mutex);
        for (const ports::OutboxRow& row : rows) {
            ATLAS_TRY_ASSIGN(const features::Change change, change_of(row, parts_.context));
            ATLAS_TRY(state.tiles.apply(change));
        }
        meter([&](Meters& meters) { meters.events.add(rows.size()); });
        remember(household, state.tiles.sequence());
    }
    snapshot_if_due(household);
    return {};
}

void FeatureProjection::with_tiles(
    HouseholdId household, const std::function<void(const features::HouseholdTiles&)>& read) {
    Household& state = household_of(household);
    const std::lock_guard lock(state.mutex);
    read(state.tiles);
}

Result<features::FeatureVector> FeatureProjection::vector_at(HouseholdId household,
                                                             const features::Moment& moment) {
    features::HouseholdTiles tiles(tile_options());
    ATLAS_TRY(replay_outside(household, moment.known_at, tiles));
    const auto vector = [&] {
        features::derive_recurring(tiles, moment.day);
        return tiles.compute(moment.day);
    };
    Timestamp known{std::numeric_limits<std::int64_t>::min()};
    std::int64_t sequence = 0;
    for (;;) {
        ATLAS_TRY_ASSIGN(const std::vector<ports::OutboxRow> rows,
                         parts_.ledger.history(household, sequence, kReadMax));
        for (const ports::OutboxRow& row : rows) {
            known = std::max(known, row.recorded_at);
            if (known > moment.known_at) {
                return vector();
            }
            ATLAS_TRY_ASSIGN(const features::Change change, change_of(row, parts_.context));
            ATLAS_TRY(tiles.apply_fact(change.body));
            sequence = row.sequence;
        }
        if (rows.empty()) {
            return vector();
        }
    }
}

ports::FeatureCommit FeatureProjection::commit_of(HouseholdId household, Household& state) const {
    const Timestamp known = state.tiles.known_at();
    const Date day = parts_.zone.date_at(known);
    const features::FeatureVector vector = vector_of(state, day);
    ports::FeatureCommit commit;
    commit.state.sequence = state.tiles.sequence();
    commit.state.bytes = state.tiles.save();
    ports::StoredVector row{.household = household,
                            .computed_at = known,
                            .event_at = day,
                            .sequence = state.tiles.sequence(),
                            .catalogue = features::catalogue_hash(),
                            .values = {vector.values.begin(), vector.values.end()}};
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (vector.missing[i]) {
            row.values[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
    commit.vectors.push_back(std::move(row));
    for (const std::string_view name : kScalars) {
        const std::size_t index = features::index_of(name).value();
        const auto before = state.scalars.find(std::string(name));
        if (!vector.missing[index] &&
            (before == state.scalars.end() || before->second != vector.values[index])) {
            commit.scalars.push_back({std::string(name), known, day, vector.values[index]});
        }
    }
    return commit;
}

Result<void> FeatureProjection::snapshot(HouseholdId household) {
    Household& state = household_of(household);
    ports::FeatureCommit commit;
    {
        const std::lock_guard lock(state.mutex);
        if (state.tiles.sequence() == state.stored_sequence) {
            return {};
        }
        commit = commit_of(household, state);
        // One that cannot be stored is not tried with every event either.
        state.tried_sequence = commit.state.sequence;
        state.tried_at = parts_.clock.steady_now();
    }
    ATLAS_TRY(parts_.store.commit(household, commit));
    const std::lock_guard lock(state.mutex);
    state.stored_sequence = std::max(state.stored_sequence, commit.state.sequence);
    for (const ports::StoredScalar& scalar : commit.scalars) {
        state.scalars[scalar.name] = scalar.value;
    }
    meter([](Meters& meters) { meters.snapshots.add(); });
    return {};
}

void FeatureProjection::snapshot_if_due(HouseholdId household) {
    Household& state = household_of(household);
    {
        const std::lock_guard lock(state.mutex);
        if (!is_snapshot_due({.sequence = state.tiles.sequence(),
                              .stored_sequence = state.tried_sequence,
                              .age = parts_.clock.steady_now() - state.tried_at})) {
            return;
        }
    }
    if (!snapshot(household).has_value()) {
        count_failure();
    }
}

Result<void> FeatureProjection::apply(HouseholdId household,
                                      std::span<const ports::StoredEvent* const> events) {
    Household& state = household_of(household);
    const std::lock_guard lock(state.mutex);
    for (const ports::StoredEvent* stored : events) {
        const ports::Event& event = stored->event;
        if (event.sequence <= state.tiles.sequence()) {
            meter([](Meters& meters) { meters.repeated.add(); });
            continue;
        }
        ATLAS_TRY_ASSIGN(features::FactChange fact,
                         fact_of({event.type, event.payload, event.recorded_at}, parts_.context));
        ATLAS_TRY(state.tiles.apply({event.sequence, event.recorded_at, std::move(fact)}));
        meter([](Meters& meters) { meters.events.add(); });
    }
    remember(household, state.tiles.sequence());
    return {};
}

void FeatureProjection::remember(HouseholdId household, std::int64_t sequence) {
    progress_.reach(household, sequence);
    meter([&](Meters& meters) { meters.known.set(sequence); });
}

void FeatureProjection::count_failure() {
    meter([](Meters& meters) { meters.failures.add(); });
}

void FeatureProjection::meter(const std::function<void(Meters&)>& add) {
    meters_.with([&](std::unique_ptr<Meters>& meters) {
        if (meters != nullptr) {
            add(*meters);
        }
    });
}

std::shared_ptr<void> FeatureProjection::report_to(serving::Metrics& metrics) {
    meters_.with([&](std::unique_ptr<Meters>& meters) {
        meters = std::make_unique<Meters>(Meters{
            metrics.counter("atlas_features_events_total", "Ledger events folded into tiles."),
            metrics.counter("atlas_features_outside_total", "Prices and rates folded in."),
            metrics.counter("atlas_features_repeated_total", "Deliveries known already."),
            metrics.counter("atlas_features_snapshots_total", "States stored."),
            metrics.counter("atlas_features_failures_total",
                            "Attempts to catch up or to store that failed."),
            metrics.gauge("atlas_features_sequence", "Last ledger sequence folded in.")});
    });
    // Owned by the caller alone; dropping it stops the counting.
    return {this, [this](void*) {
                meters_.with([](std::unique_ptr<Meters>& meters) { meters.reset(); });
            }};
}

}  // namespace atlas::roles::ml
