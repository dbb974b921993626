// SPDX-License-Identifier: Apache-2.0
// Where feature vectors are kept by the moment they became known, and the state of the consumer
// that makes them. State and vectors are written in one transaction with the sequence they stand
// on, so that a repeated delivery changes nothing and a restart goes on where it was.
// Contract suite: ports/testing/feature_store_contract.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace atlas::ports {

inline constexpr std::size_t kFeatureRowsMax = 100'000;  ///< In one call.
inline constexpr std::size_t kFeatureWidthMax = 10'000;  ///< Values of one vector.
inline constexpr std::size_t kFeatureStateBytesMax = 64U << 20;

/// A household's vector, from the moment it was known. Key: household, catalogue, computed_at.
struct StoredVector {
    HouseholdId household;
    Timestamp computed_at;  ///< When the value became known.
    Date event_at;          ///< The day its windows end with.
    std::int64_t sequence = 0;
    std::string catalogue;       ///< Hash of the catalogue its places belong to.
    std::vector<double> values;  ///< NaN: missing.
};

/// One feature of its own. Key: household, name, computed_at.
struct StoredScalar {
    std::string name;
    Timestamp computed_at;
    Date event_at;
    double value = 0.0;
    friend bool operator==(const StoredScalar&, const StoredScalar&) = default;
};

/// A feature over one UTC day of computed_at.
struct ScalarDay {
    Date day;
    std::int64_t count = 0;
    double lowest = 0.0;
    double highest = 0.0;
    double mean = 0.0;
    friend bool operator==(const ScalarDay&, const ScalarDay&) = default;
};

/// What a consumer needs to go on: its state as of a sequence.
struct FeatureState {
    std::int64_t sequence = 0;
    std::string bytes;
    friend bool operator==(const FeatureState&, const FeatureState&) = default;
};

/// One write of a consumer; vectors and scalars are the household's own.
struct FeatureCommit {
    FeatureState state;
    std::vector<StoredVector> vectors{};
    std::vector<StoredScalar> scalars{};
};

/// Which vector is wanted: the last one known at or before.
struct FeatureQuestion {
    HouseholdId household;
    Timestamp known_at;
};

struct FeatureStoreCapabilities {
    std::string engine;           ///< "sqlite", "timescaledb"
    bool survives_crash = false;  ///< A commit outlives power loss.
    bool is_hypertable = false;   ///< Retention drops whole chunks.
    std::string licence{};        ///< Of the engine, where it limits what may be asked.
};

/// Thread-safe.
class FeatureStore {
public:
    virtual ~FeatureStore() = default;
    virtual FeatureStoreCapabilities capabilities() const = 0;

    /// All of it in one transaction, or nothing. A sequence at or before the one remembered
    /// changes nothing: false. A vector or scalar whose key is there already is replaced.
    /// Errors: invalid_argument (another household's vector, over a limit), unavailable, no_space.
    virtual Result<bool> commit(HouseholdId household, const FeatureCommit& commit) = 0;

    /// Sequence 0 and no bytes where nothing was committed.
    virtual Result<FeatureState> state(HouseholdId household) = 0;

    /// Vectors of any households at once, for back-filling; those whose key is there are replaced.
    /// Errors: as commit. Cost: the engine's bulk way.
    virtual Result<void> append(std::span<const StoredVector> vectors) = 0;

    /// The point-in-time join: for each question the last vector of that catalogue known at or
    /// before its moment, or nothing; answers in the order of the questions.
    /// Errors: invalid_argument (over kFeatureRowsMax), unavailable, data_loss.
    virtual Result<std::vector<std::optional<StoredVector>>> vectors_as_of(
        std::string_view catalogue, std::span<const FeatureQuestion> questions) = 0;

    /// Of one feature, from <= computed_at <= to, by computed_at.
    virtual Result<std::vector<StoredScalar>> scalars(HouseholdId household, std::string_view name,
                                                      Timestamp from, Timestamp to) = 0;

    /// Sums up the scalars of the UTC days from..to, both included, replacing what was summed up
    /// for them before; days without scalars are left as they are. What retention has taken
    /// stays summed up.
    virtual Result<void> roll_up(Date from, Date to) = 0;
    virtual Result<std::vector<ScalarDay>> days(HouseholdId household, std::string_view name,
                                                Date from, Date to) = 0;

    /// Forgets vectors and scalars known before `before`, except that an engine which keeps whole
    /// chunks may keep those that share one with later rows. State and days stay.
    virtual Result<void> drop_before(Timestamp before) = 0;

    /// Everything of a household.
    virtual Result<void> erase(HouseholdId household) = 0;
};

/// What every engine refuses before it asks its database. Errors: invalid_argument.
Result<void> check_limits(HouseholdId household, const FeatureCommit& commit);
Result<void> check_limits(std::span<const StoredVector> vectors);

}  // namespace atlas::ports
