// SPDX-License-Identifier: Apache-2.0
// What was known when. A history is a household's changes in the order of their sequence; a change
// is known from its recorded_at on, and never before the change that precedes it, so a clock that
// was set back cannot make a later fact look earlier. A question names a day and a moment: facts of
// the day and before, as far as they were known at the moment.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/engine/tiles.hpp"

namespace atlas::features {

/// Which vector is wanted: as of the end of `day`, by what was known at `known_at`.
struct Moment {
    Date day;
    Timestamp known_at;
};

/// The last microsecond of a day, UTC: what "as of that day" knows.
Timestamp end_of(Date day);

/// One vector out of a history. `changes` in order of sequence.
/// Errors: those of HouseholdTiles::apply_fact. Cost: one replay.
Result<FeatureVector> vector_at(std::span<const Change> changes, const Moment& moment,
                                TileOptions options);

/// A row to train or to judge a model on: what was known at the moment, and what came of it.
struct LabelRow {
    Moment moment;
    double label = 0.0;
};

/// Values of chosen features for each label, row after row; missing ones are NaN.
struct TrainingSet {
    std::vector<std::size_t> features;  ///< Indices into the catalogue.
    std::vector<float> values;          ///< labels × features, row-major.
    std::vector<double> labels;         ///< In the order of the rows given.
};

/// Replays the history once and takes each row's vector when its moment has come: no row can hold
/// a fact recorded after it. Rows may come in any order and keep it.
/// Errors: invalid_argument (a feature index outside the catalogue, too many rows), those of
///         HouseholdTiles::apply_fact. Cost: one replay and one vector a row.
Result<void> add_training_rows(TrainingSet& set, std::span<const Change> changes,
                               std::span<const LabelRow> rows, TileOptions options);

/// A vector and when it became known: a row of the feature store. Sorted by known_at.
struct KnownVector {
    Timestamp known_at;
    std::span<const double> values;
};

/// For each moment the last vector known at or before it; absent where there was none yet.
/// Shapes: out[i × width + k] is value k for moments[i]; NaN in the whole row where absent.
/// `vectors` sorted by known_at, each of `width` values.
/// Cost: a binary search a moment, or one pass where the moments are sorted.
void join_as_of(std::span<const KnownVector> vectors, std::span<const Timestamp> moments,
                std::size_t width, std::span<double> out);

}  // namespace atlas::features
