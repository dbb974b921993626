// SPDX-License-Identifier: Apache-2.0
// The part of the projection that follows prices and rates, and what a vector needs besides.
#include <algorithm>
#include <thread>

#include "features/engine/recurring.hpp"
#include "roles/event_slice.hpp"
#include "roles/ml/feature_projection.hpp"

namespace atlas::roles::ml {
namespace {

constexpr std::size_t kSliceMax = 1'000;
/// In a flood of user events, which say nothing of features, reading leaves the processor to those
/// who send: at most 200,000 events a second.
constexpr std::size_t kFlood = 500;
constexpr std::chrono::microseconds kFloodPause{2'500};

bool is_about_features(const features::FactChange& fact) {
    return !std::holds_alternative<features::OtherFact>(fact);
}

}  // namespace

features::FeatureVector FeatureProjection::vector_of(Household& state, Date day) {
    const std::pair known{state.tiles.sequence(), day};
    if (state.derived != known) {
        features::derive_recurring(state.tiles, day);
        state.derived = known;
    }
    return state.tiles.compute(day);
}

FeatureProjection::Current FeatureProjection::current(HouseholdId household, Date day) {
    Household& state = household_of(household);
    const std::lock_guard lock(state.mutex);
    return {vector_of(state, day), state.tiles.sequence(), state.tiles.known_at()};
}

/// What cannot be read stands in nobody's way: it is counted, and about nothing.
features::FactChange FeatureProjection::read_outside(std::string_view type,
                                                     std::string_view payload) {
    auto fact = outside_fact_of(type, payload, parts_.context);
    if (!fact.has_value()) {
        count_failure();
        return features::OtherFact{};
    }
    return *std::move(fact);
}

/// Where to go on from a place that retention may have taken, or that another engine gave.
Result<std::int64_t> FeatureProjection::outside_begin(HouseholdId household, std::int64_t from) {
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range,
                     parts_.bus.range(contracts::kEventsTopic, parts_.bus.partition_of(household)));
    return from > range.end ? range.begin : std::max(from, range.begin);
}

Result<void> FeatureProjection::follow_outside(std::span<const HouseholdId> households) {
    const std::vector<HouseholdId> all(households.begin(), households.end());
    const auto begin = [this, all](ports::Partition partition) -> Result<ports::Offset> {
        std::optional<ports::Offset> first;
        for (const HouseholdId household : all) {
            if (parts_.bus.partition_of(household) != partition) {
                continue;
            }
            std::int64_t next = 0;
            with_tiles(household,
                       [&](const features::HouseholdTiles& tiles) { next = tiles.outside_next(); });
            ATLAS_TRY_ASSIGN(next, outside_begin(household, next));
            first = std::min(first.value_or(next), next);
        }
        if (first.has_value()) {
            return *first;
        }
        ATLAS_TRY_ASSIGN(const ports::OffsetRange range,
                         parts_.bus.range(contracts::kEventsTopic, partition));
        return range.end;
    };
    return outside_follower_.start(
        households,
        {.catch_up = [](HouseholdId) -> Result<void> { return {}; },  // Applying does not fail.
         .apply = [this](HouseholdId household,
                         std::span<const ports::StoredEvent* const> events) -> Result<void> {
             apply_outside(household, events);
             if (events.size() >= kFlood) {
                 std::this_thread::sleep_for(kFloodPause);
             }
             return {};
         },
         .begin = begin});
}

void FeatureProjection::apply_outside(HouseholdId household,
                                      std::span<const ports::StoredEvent* const> events) {
    Household& state = household_of(household);
    std::int64_t folded = 0;
    {
        const std::lock_guard lock(state.mutex);
        for (const ports::StoredEvent* stored : events) {
            const ports::Event& event = stored->event;
            const features::FactChange fact = read_outside(event.type, event.payload);
            if (!is_about_features(fact)) {
                continue;
            }
            const auto is_new = state.tiles.apply_outside(stored->offset, event.recorded_at, fact);
            if (!is_new.has_value()) {
                count_failure();  // More than the tiles hold: nobody behind it is kept waiting.
                continue;
            }
            folded += *is_new ? 1 : 0;
        }
    }
    if (folded > 0) {
        outside_version_.fetch_add(folded);
        meter([&](Meters& meters) { meters.outside.add(static_cast<std::uint64_t>(folded)); });
    }
}

/// Without any, a replay need not read the topic.
bool FeatureProjection::has_outside_facts(HouseholdId household) {
    bool has_any = false;
    with_tiles(household, [&](const features::HouseholdTiles& tiles) {
        has_any = !tiles.plan().prices.empty() ||
                  std::ranges::any_of(tiles.plan().rates,
                                      [](const auto& values) { return !values.empty(); });
    });
    return has_any;
}

Result<void> FeatureProjection::replay_outside(HouseholdId household, Timestamp known_at,
                                               features::HouseholdTiles& tiles) {
    if (!has_outside_facts(household)) {
        return {};
    }
    ATLAS_TRY_ASSIGN(std::int64_t from, outside_begin(household, 0));
    for (bool is_at_end = false; !is_at_end;) {
        ATLAS_TRY_ASSIGN(const EventSlice slice,
                         read_event_slice(parts_.bus, {.topic = contracts::kEventsTopic,
                                                       .household = household,
                                                       .from = from,
                                                       .limit = kSliceMax}));
        for (const contracts::EventValue& item : slice.items) {
            if (item.recorded_at > known_at) {
                return {};  // Nor is anything behind it known: a clock may have been set back.
            }
            if (!tiles.apply_fact(read_outside(item.type, item.payload.text))) {
                count_failure();
            }
        }
        from = slice.next;
        is_at_end = slice.is_at_end;
    }
    return {};
}

}  // namespace atlas::roles::ml
