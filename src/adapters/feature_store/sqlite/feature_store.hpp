// SPDX-License-Identifier: Apache-2.0
// The feature store on SQLite, in a file of its own: synchronous = NORMAL, because a power cut that
// takes the last commits takes their sequences too, and replay brings both back.
#pragma once

#include <memory>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "base/guarded.hpp"
#include "ports/feature_store.hpp"

namespace atlas::adapters::feature_store::sqlite {

struct FeatureStoreOptions {
    std::string path;
    std::string vfs{};  ///< ChecksumVfs::name(); empty: no page checksums (tests).
};

class SqliteFeatureStore final : public ports::FeatureStore {
    struct Parts;

public:
    /// Errors: conflict (a newer program's store), data_loss, unavailable.
    static Result<std::unique_ptr<SqliteFeatureStore>> open(const FeatureStoreOptions& options);

    /// For open() alone: nobody else has Parts.
    explicit SqliteFeatureStore(Parts parts);

    ports::FeatureStoreCapabilities capabilities() const override;
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
        adapters::sqlite::Database writer;
        adapters::sqlite::Database reader;
    };
    Guarded<adapters::sqlite::Database> writer_;
    Guarded<adapters::sqlite::Database> reader_;
};

}  // namespace atlas::adapters::feature_store::sqlite
