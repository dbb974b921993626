// SPDX-License-Identifier: Apache-2.0
#include "features/history.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/format.hpp"
#include "base/time_zone.hpp"
#include "features/engine/recurring.hpp"

namespace atlas::features {
namespace {

constexpr std::size_t kTrainingRowsMax = 10'000'000;

/// Feeds changes to tiles, up to a moment that only moves on.
class Replay {
public:
    Replay(std::span<const Change> changes, TileOptions options)
        : changes_(changes),
          tiles_(options) {}

    Result<HouseholdTiles*> advance_to(Timestamp moment) {
        while (next_ < changes_.size()) {
            const Change& change = changes_[next_];
            if (change.recorded_at > moment) {
                break;  // Nor is anything after it known: a clock may have been set back.
            }
            ATLAS_TRY(tiles_.apply_fact(change.body));
            ++next_;
        }
        return &tiles_;
    }

private:
    std::span<const Change> changes_;
    HouseholdTiles tiles_;
    std::size_t next_ = 0;
};

}  // namespace

Timestamp end_of(Date day) {
    return TimeZone().end_of(day);
}

Result<FeatureVector> vector_at(std::span<const Change> changes, const Moment& moment,
                                TileOptions options) {
    Replay replay(changes, options);
    ATLAS_TRY_ASSIGN(HouseholdTiles* const tiles, replay.advance_to(moment.known_at));
    derive_recurring(*tiles, moment.day);
    return tiles->compute(moment.day);
}

Result<void> add_training_rows(TrainingSet& set, std::span<const Change> changes,
                               std::span<const LabelRow> rows, TileOptions options) {
    for (const std::size_t feature : set.features) {
        if (feature >= kFeatureCount) {
            return invalid_argument("/features", format("there is no feature {}", feature));
        }
    }
    const bool wants_recurring = std::ranges::any_of(set.features, reads_recurring);
    if (rows.size() > kTrainingRowsMax) {
        return invalid_argument(
            "/rows", format("{} rows; at most {} accepted", rows.size(), kTrainingRowsMax));
    }
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return rows[i].moment.known_at; });

    const std::size_t width = set.features.size();
    const std::size_t begin = set.labels.size();
    set.values.resize((begin + rows.size()) * width);
    set.labels.resize(begin + rows.size());
    Replay replay(changes, options);
    for (const std::size_t i : order) {
        ATLAS_TRY_ASSIGN(HouseholdTiles* const tiles, replay.advance_to(rows[i].moment.known_at));
        if (wants_recurring) {
            derive_recurring(*tiles, rows[i].moment.day);
        }
        const FeatureVector vector = tiles->compute(rows[i].moment.day);
        set.labels[begin + i] = rows[i].label;
        for (std::size_t k = 0; k < width; ++k) {
            const std::size_t feature = set.features[k];
            set.values[(begin + i) * width + k] = vector.missing[feature]
                                                      ? std::numeric_limits<float>::quiet_NaN()
                                                      : static_cast<float>(vector.values[feature]);
        }
    }
    return {};
}

void join_as_of(std::span<const KnownVector> vectors, std::span<const Timestamp> moments,
                std::size_t width, std::span<double> out) {
    ATLAS_CHECK(out.size() == moments.size() * width);
    const auto row = [&](std::size_t i) { return out.subspan(i * width, width); };
    std::size_t after = 0;  // First vector known later than the moment before.
    Timestamp before{std::numeric_limits<std::int64_t>::min()};
    for (std::size_t i = 0; i < moments.size(); ++i) {
        if (moments[i] < before) {
            after = 0;
        }
        before = moments[i];
        // Moments that go forward in small steps find their vector next door.
        constexpr std::size_t kSteps = 8;
        std::size_t steps = 0;
        while (after < vectors.size() && vectors[after].known_at <= moments[i] && steps < kSteps) {
            ++after;
            ++steps;
        }
        if (steps == kSteps) {
            const auto found = std::ranges::upper_bound(vectors.subspan(after), moments[i], {},
                                                        &KnownVector::known_at);
            after = static_cast<std::size_t>(found - vectors.subspan(after).begin()) + after;
        }
        if (after == 0) {
            std::ranges::fill(row(i), std::numeric_limits<double>::quiet_NaN());
        } else {
            std::ranges::copy(vectors[after - 1].values.first(width), row(i).begin());
        }
    }
}

}  // namespace atlas::features
