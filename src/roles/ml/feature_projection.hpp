// SPDX-License-Identifier: Apache-2.0
// Keeps each household's feature tiles in memory, in step with the ledger: a consumer of ledger
// events that de-duplicates by sequence and stores its state, its sequence and a vector together.
// What the bus forgot in a crash it reads from the ledger's history. Prices and rates come from the
// topic of outside events; their place in it is part of the state.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/time_zone.hpp"
#include "contracts/events_ingest.hpp"
#include "features/history.hpp"
#include "ports/event_bus.hpp"
#include "ports/feature_store.hpp"
#include "ports/ledger_store.hpp"
#include "roles/ledger_follower.hpp"
#include "roles/ledger_progress.hpp"
#include "roles/ml/feature_facts.hpp"
#include "serving/metrics.hpp"

namespace atlas::roles::ml {

/// The state is stored after so many events, and after so much time with any.
inline constexpr std::int64_t kSnapshotEvents = 2'000;
inline constexpr std::chrono::seconds kSnapshotAge{10};
/// The state grows with the history, so that of a long one waits for a share of it beyond so many
/// events: what is written in all stays in proportion to what is kept, and what a kill costs to the
/// history too. People chart what is stored with it, so that an hour is enough whatever came.
inline constexpr std::int64_t kSnapshotShare = 4;
inline constexpr std::int64_t kSnapshotShareFrom = 40'000;
inline constexpr std::chrono::hours kSnapshotAgeMax{1};

/// How far a household's state is, and since when it has not been stored.
struct SnapshotPlace {
    std::int64_t sequence = 0;
    std::int64_t stored_sequence = 0;
    std::chrono::steady_clock::duration age{};
};
bool is_snapshot_due(const SnapshotPlace& place);

/// Borrows what it is given; runs from start() to destruction.
class FeatureProjection {
public:
    struct Parts {
        ports::LedgerStore& ledger;
        ports::FeatureStore& store;
        ports::EventBus& bus;
        const Clock& clock;
        FactContext context;
        TimeZone zone{};  ///< Of the households: the day a stored vector is of.
    };
    explicit FeatureProjection(Parts parts)
        : parts_(std::move(parts)),
          follower_(parts_.bus, parts_.clock),
          outside_follower_(parts_.bus, parts_.clock, contracts::kEventsTopic) {}
    FeatureProjection(const FeatureProjection&) = delete;
    FeatureProjection& operator=(const FeatureProjection&) = delete;
    /// Stops the followers and stores what is not stored yet.
    ~FeatureProjection();

    /// Loads the households' state, brings them up to the ledger, then follows the bus on one
    /// thread a partition. State that cannot be read is built again from the ledger. Outside events
    /// that are not in the state yet are read behind its back: there may be millions of them.
    /// Returns when all are up to the ledger, or `patience` is over (LedgerFollower::start).
    Result<void> start(std::span<const HouseholdId> households, Deadline patience = {});

    /// Applies everything the ledger has that the tiles lack.
    Result<void> catch_up(HouseholdId household);

    /// Waits until the tiles include `sequence`, or the deadline: false.
    bool wait_for(HouseholdId household, std::int64_t sequence, Deadline deadline) const {
        return progress_.wait_for(household, sequence, deadline);
    }
    /// The last ledger event in the tiles, as far as known since the start.
    std::int64_t sequence(HouseholdId household) const { return progress_.sequence(household); }
    std::string trouble() const { return follower_.trouble(); }

    /// Outside events about features that were folded in since the start.
    std::int64_t outside_version() const { return outside_version_.load(); }

    /// The household's vector of a day by everything known, with the ledger's sequence in it.
    struct Current {
        features::FeatureVector vector;
        std::int64_t sequence = 0;
        Timestamp known_at;
    };
    Current current(HouseholdId household, Date day);

    /// Calls `read` with the household's tiles while nothing changes them.
    void with_tiles(HouseholdId household,
                    const std::function<void(const features::HouseholdTiles&)>& read);

    /// A vector by what was known at a moment, replayed from the ledger's history and from what the
    /// topic of outside events still has.
    Result<features::FeatureVector> vector_at(HouseholdId household,
                                              const features::Moment& moment);

    /// Stores tiles, sequence and vector now. Errors: those of FeatureStore::commit.
    Result<void> snapshot(HouseholdId household);

    /// Counts events, snapshots and failures there until the link is dropped.
    [[nodiscard]] std::shared_ptr<void> report_to(serving::Metrics& metrics);

private:
    struct Household {
        std::mutex mutex;
        features::HouseholdTiles tiles;    ///< Guarded by mutex, as the rest.
        std::int64_t stored_sequence = 0;  ///< Of the last snapshot.
        /// Of the last try, whether it succeeded or not.
        std::int64_t tried_sequence = 0;
        std::chrono::steady_clock::time_point tried_at{};
        std::map<std::string, double> scalars{};  ///< As last stored.
        /// Of what the recurring charges in the tiles were found in.
        std::optional<std::pair<std::int64_t, Date>> derived{};
    };
    struct Meters {
        serving::Counter& events;
        serving::Counter& outside;
        serving::Counter& repeated;
        serving::Counter& snapshots;
        serving::Counter& failures;
        serving::Gauge& known;
    };

    Household& household_of(HouseholdId household);
    features::TileOptions tile_options() const;
    static features::FeatureVector vector_of(Household& state, Date day);
    void apply_outside(HouseholdId household, std::span<const ports::StoredEvent* const> events);
    Result<void> follow_outside(std::span<const HouseholdId> households);
    bool has_outside_facts(HouseholdId household);
    Result<void> replay_outside(HouseholdId household, Timestamp known_at,
                                features::HouseholdTiles& tiles);
    Result<std::int64_t> outside_begin(HouseholdId household, std::int64_t from);
    features::FactChange read_outside(std::string_view type, std::string_view payload);
    Result<void> load(HouseholdId household);
    Result<void> apply(HouseholdId household, std::span<const ports::StoredEvent* const> events);
    void snapshot_if_due(HouseholdId household);
    void remember(HouseholdId household, std::int64_t sequence);
    ports::FeatureCommit commit_of(HouseholdId household, Household& state) const;
    void meter(const std::function<void(Meters&)>& add);
    void count_failure();

    Parts parts_;
    std::mutex mutex_;
    std::map<HouseholdId, std::unique_ptr<Household>> households_;  ///< Guarded by mutex_.
    LedgerProgress progress_;
    Guarded<std::unique_ptr<Meters>> meters_;
    std::atomic<std::int64_t> outside_version_{0};
    LedgerFollower follower_;  ///< Last, with the other: stopped before what they use.
    LedgerFollower outside_follower_;
};

}  // namespace atlas::roles::ml
