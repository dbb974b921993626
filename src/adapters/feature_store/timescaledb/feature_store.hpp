// SPDX-License-Identifier: Apache-2.0
// The feature store on PostgreSQL with TimescaleDB: ml_features as a hypertable on computed_at,
// bulk writes by COPY, a commit as one pipelined transaction, retention by drop_chunks and roll-ups
// by jobs of our own: the Apache edition refuses policies, compression and continuous aggregates.
// On PostgreSQL alone it is the same with a plain table.
#pragma once

#include <memory>
#include <string>

#include "adapters/feature_store/timescaledb/connection.hpp"
#include "base/guarded.hpp"
#include "ports/feature_store.hpp"

namespace atlas::adapters::feature_store::timescaledb {

struct FeatureStoreOptions {
    std::string url;               ///< postgresql://user:password@host:port/database
    std::string schema = "atlas";  ///< Lower-case letters, digits and '_'.
    int statement_timeout_ms = 30'000;
};

class TimescaleFeatureStore final : public ports::FeatureStore {
    struct Parts;

public:
    /// Connects and makes the tables where they are not there.
    /// Errors: unavailable, invalid_argument (a schema of other letters), conflict (a newer
    ///         program's tables).
    static Result<std::unique_ptr<TimescaleFeatureStore>> open(const FeatureStoreOptions& options);

    /// For open() alone: nobody else has Parts.
    explicit TimescaleFeatureStore(Parts parts);

    ports::FeatureStoreCapabilities capabilities() const override { return capabilities_; }
    Result<bool> commit(HouseholdId household, const ports::FeatureCommit& commit) override;
    Result<ports::FeatureState> state(HouseholdId household) override;
    Result<void> append(std::span<const ports::StoredVector> vectors) override;
    Result<std::vector<std::optional<ports::StoredVector>>> vectors_as_of(
        std::string_view catalogue, std::span<const ports::FeatureQuestion> questions) override;
    Result<std::vector<ports::StoredScalar>> scalars(HouseholdId household, std::string_view name,
                                                     Timestamp from, Timestamp to) override;
    Result<void> roll_up(Date from, Date to) override;
    Result<std::vector<ports::ScalarDay>> days(HouseholdId household, std::string_view name,
                                               Date from, Date to) override;
    Result<void> drop_before(Timestamp before) override;
    Result<void> erase(HouseholdId household) override;

private:
    struct Parts {
        Connection connection;
        ports::FeatureStoreCapabilities capabilities;
    };
    template <class Function>
    auto with_connection(Function&& function);

    Guarded<Connection> connection_;
    ports::FeatureStoreCapabilities capabilities_;
};

}  // namespace atlas::adapters::feature_store::timescaledb
