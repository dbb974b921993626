// SPDX-License-Identifier: Apache-2.0
#include "adapters/feature_store/sqlite/feature_store.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::feature_store::sqlite {
namespace {

using adapters::sqlite::Access;
using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using adapters::sqlite::Synchronous;
using adapters::sqlite::Transaction;
using ports::StoredScalar;
using ports::StoredVector;

static_assert(std::endian::native == std::endian::little);  // Of the stored doubles.

constexpr std::int64_t kDayMicros = 86'400'000'000;

// The names of docs/adr and of the external engine: one row a vector under the name
// "vector:CATALOGUE", scalars under their own.
constexpr const char* kFirst = R"sql(
CREATE TABLE ml_features(
    household BLOB NOT NULL,
    feature_name TEXT NOT NULL,
    computed_at INTEGER NOT NULL,
    event_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    feature_value REAL,
    feature_vector BLOB,
    PRIMARY KEY(household, feature_name, computed_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX ml_features_by_time ON ml_features(computed_at);
CREATE TABLE ml_feature_days(
    household BLOB NOT NULL,
    feature_name TEXT NOT NULL,
    day INTEGER NOT NULL,
    count INTEGER NOT NULL,
    lowest REAL NOT NULL,
    highest REAL NOT NULL,
    mean REAL NOT NULL,
    PRIMARY KEY(household, feature_name, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE ml_feature_state(
    household BLOB NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
)sql";
constexpr std::array<adapters::sqlite::Migration, 1> kMigrations = {{{"features", kFirst}}};

std::string name_of_vector(std::string_view catalogue) {
    return format("vector:{}", catalogue);
}

Result<std::int64_t> read_sequence(Database& database, HouseholdId household) {
    auto sequence =
        database.integer("SELECT sequence FROM ml_feature_state WHERE household = ?1", household);
    if (!sequence && sequence.error().code == ErrorCode::not_found) {
        return std::int64_t{0};
    }
    return sequence;
}

Result<void> write_vectors(Database& database, std::span<const StoredVector> vectors) {
    for (const StoredVector& vector : vectors) {
        ATLAS_TRY(
            database.run("INSERT INTO ml_features VALUES(?1, ?2, ?3, ?4, ?5, NULL, ?6) "
                         "ON CONFLICT(household, feature_name, computed_at) "
                         "DO UPDATE SET event_at = ?4, sequence = ?5, feature_vector = ?6",
                         vector.household, name_of_vector(vector.catalogue),
                         vector.computed_at.micros, vector.event_at.days_since_epoch(),
                         vector.sequence, std::as_bytes(std::span(vector.values))));
    }
    return {};
}

Result<StoredVector> read_vector(const Statement& row, HouseholdId household,
                                 std::string_view catalogue) {
    const std::span<const std::byte> bytes = row.blob(3);
    if (bytes.size() % sizeof(double) != 0) {
        return fail(ErrorCode::data_loss, "ml_features",
                    format("a vector of {} bytes is not one of doubles", bytes.size()));
    }
    StoredVector vector{.household = household,
                        .computed_at = {row.integer(0)},
                        .event_at = Date::from_days(static_cast<std::int32_t>(row.integer(1))),
                        .sequence = row.integer(2),
                        .catalogue = std::string(catalogue),
                        .values = std::vector<double>(bytes.size() / sizeof(double))};
    std::memcpy(vector.values.data(), bytes.data(), bytes.size());
    return vector;
}

/// Tens of megabytes in a large household: never held twice.
Result<void> write_state(Database& database, HouseholdId household,
                         const ports::FeatureState& state) {
    ATLAS_TRY(
        database.run("INSERT INTO ml_feature_state VALUES(?1, ?2, zeroblob(?3)) "
                     "ON CONFLICT(household) DO UPDATE SET sequence = ?2, bytes = zeroblob(?3)",
                     household, state.sequence, static_cast<std::int64_t>(state.bytes.size())));
    ATLAS_TRY_ASSIGN(
        const std::int64_t row,
        database.integer("SELECT rowid FROM ml_feature_state WHERE household = ?1", household));
    return database.overwrite_blob("ml_feature_state", "bytes", row,
                                   std::as_bytes(std::span(state.bytes)));
}

}  // namespace

SqliteFeatureStore::SqliteFeatureStore(Parts parts)
    : writer_(std::move(parts.writer)),
      reader_(std::move(parts.reader)) {}

Result<std::unique_ptr<SqliteFeatureStore>> SqliteFeatureStore::open(
    const FeatureStoreOptions& options) {
    ATLAS_TRY_ASSIGN(
        Database writer,
        Database::open(options.path, {.vfs = options.vfs, .synchronous = Synchronous::normal}));
    ATLAS_TRY(adapters::sqlite::migrate(writer, kMigrations));
    ATLAS_TRY_ASSIGN(Database reader, Database::open(options.path, {.vfs = options.vfs,
                                                                    .access = Access::read_only}));
    return std::make_unique<SqliteFeatureStore>(
        Parts{.writer = std::move(writer), .reader = std::move(reader)});
}

ports::FeatureStoreCapabilities SqliteFeatureStore::capabilities() const {
    return {.engine = "sqlite", .survives_crash = false};
}

Result<bool> SqliteFeatureStore::commit(HouseholdId household, const ports::FeatureCommit& commit) {
    ATLAS_TRY(check_limits(household, commit));
    return writer_.with([&](Database& database) -> Result<bool> {
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        ATLAS_TRY_ASSIGN(const std::int64_t before, read_sequence(database, household));
        if (commit.state.sequence <= before) {
            return false;
        }
        ATLAS_TRY(write_state(database, household, commit.state));
        ATLAS_TRY(write_vectors(database, commit.vectors));
        for (const StoredScalar& scalar : commit.scalars) {
            ATLAS_TRY(database.run(
                "INSERT INTO ml_features VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULL) "
                "ON CONFLICT(household, feature_name, computed_at) "
                "DO UPDATE SET event_at = ?4, sequence = ?5, feature_value = ?6",
                household, scalar.name, scalar.computed_at.micros,
                scalar.event_at.days_since_epoch(), commit.state.sequence, scalar.value));
        }
        ATLAS_TRY(transaction.commit());
        return true;
    });
}

Result<ports::FeatureState> SqliteFeatureStore::state(HouseholdId household) {
    return reader_.with([&](Database& database) -> Result<ports::FeatureState> {
        ports::FeatureState state;
        ATLAS_TRY(database.each(
            "SELECT sequence, bytes FROM ml_feature_state WHERE household = ?1",
            [&](const Statement& row) -> Result<void> {
                state.sequence = row.integer(0);
                const auto bytes = row.blob(1);
                state.bytes.resize(bytes.size());
                std::memcpy(state.bytes.data(), bytes.data(), bytes.size());
                return {};
            },
            household));
        return state;
    });
}

Result<void> SqliteFeatureStore::append(std::span<const StoredVector> vectors) {
    ATLAS_TRY(ports::check_limits(vectors));
    return writer_.with([&](Database& database) -> Result<void> {
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        ATLAS_TRY(write_vectors(database, vectors));
        return transaction.commit();
    });
}

Result<std::vector<std::optional<StoredVector>>> SqliteFeatureStore::vectors_as_of(
    std::string_view catalogue, std::span<const ports::FeatureQuestion> questions) {
    if (questions.size() > ports::kFeatureRowsMax) {
        return invalid_argument("/questions", format("{} questions; at most {} accepted",
                                                     questions.size(), ports::kFeatureRowsMax));
    }
    return reader_.with(
        [&](Database& database) -> Result<std::vector<std::optional<StoredVector>>> {
            ATLAS_TRY_ASSIGN(Transaction snapshot, database.begin_read());
            std::vector<std::optional<StoredVector>> answers(questions.size());
            const std::string name = name_of_vector(catalogue);
            for (std::size_t i = 0; i < questions.size(); ++i) {
                ATLAS_TRY(database.each(
                    "SELECT computed_at, event_at, sequence, feature_vector FROM ml_features "
                    "WHERE household = ?1 AND feature_name = ?2 AND computed_at <= ?3 "
                    "ORDER BY computed_at DESC LIMIT 1",
                    [&](const Statement& row) -> Result<void> {
                        ATLAS_TRY_ASSIGN(answers[i],
                                         read_vector(row, questions[i].household, catalogue));
                        return {};
                    },
                    questions[i].household, name, questions[i].known_at.micros));
            }
            return answers;
        });
}

Result<std::vector<StoredScalar>> SqliteFeatureStore::scalars(HouseholdId household,
                                                              std::string_view name, Timestamp from,
                                                              Timestamp to) {
    return reader_.with([&](Database& database) -> Result<std::vector<StoredScalar>> {
        std::vector<StoredScalar> found;
        ATLAS_TRY(database.each(
            "SELECT computed_at, event_at, feature_value FROM ml_features WHERE household = ?1 "
            "AND feature_name = ?2 AND computed_at BETWEEN ?3 AND ?4 ORDER BY computed_at",
            [&](const Statement& row) -> Result<void> {
                found.push_back(
                    {.name = std::string(name),
                     .computed_at = {row.integer(0)},
                     .event_at = Date::from_days(static_cast<std::int32_t>(row.integer(1))),
                     .value = row.real(2)});
                return {};
            },
            household, name, from.micros, to.micros));
        return found;
    });
}

Result<void> SqliteFeatureStore::roll_up(Date from, Date to) {
    return writer_.with([&](Database& database) -> Result<void> {
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        ATLAS_TRY(database.run(
            "INSERT INTO ml_feature_days SELECT household, feature_name, "
            "(computed_at - ((computed_at % ?3) + ?3) % ?3) / ?3, count(*), min(feature_value), "
            "max(feature_value), avg(feature_value) FROM ml_features "
            "WHERE computed_at >= ?1 AND computed_at < ?2 AND feature_value IS NOT NULL "
            "GROUP BY 1, 2, 3 ON CONFLICT(household, feature_name, day) DO UPDATE SET "
            "count = excluded.count, lowest = excluded.lowest, highest = excluded.highest, "
            "mean = excluded.mean",
            from.days_since_epoch() * kDayMicros, (to.days_since_epoch() + 1) * kDayMicros,
            kDayMicros));
        return transaction.commit();
    });
}

Result<std::vector<ports::ScalarDay>> SqliteFeatureStore::days(HouseholdId household,
                                                               std::string_view name, Date from,
                                                               Date to) {
    return reader_.with([&](Database& database) -> Result<std::vector<ports::ScalarDay>> {
        std::vector<ports::ScalarDay> found;
        ATLAS_TRY(database.each(
            "SELECT day, count, lowest, highest, mean FROM ml_feature_days WHERE household = ?1 "
            "AND feature_name = ?2 AND day BETWEEN ?3 AND ?4 ORDER BY day",
            [&](const Statement& row) -> Result<void> {
                found.push_back({.day = Date::from_days(static_cast<std::int32_t>(row.integer(0))),
                                 .count = row.integer(1),
                                 .lowest = row.real(2),
                                 .highest = row.real(3),
                                 .mean = row.real(4)});
                return {};
            },
            household, name, from.days_since_epoch(), to.days_since_epoch()));
        return found;
    });
}

Result<void> SqliteFeatureStore::drop_before(Timestamp before) {
    return writer_.with([&](Database& database) -> Result<void> {
        ATLAS_TRY(database.run("DELETE FROM ml_features WHERE computed_at < ?1", before.micros));
        return {};
    });
}

Result<void> SqliteFeatureStore::erase(HouseholdId household) {
    return writer_.with([&](Database& database) -> Result<void> {
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        ATLAS_TRY(database.run("DELETE FROM ml_features WHERE household = ?1", household));
        ATLAS_TRY(database.run("DELETE FROM ml_feature_days WHERE household = ?1", household));
        ATLAS_TRY(database.run("DELETE FROM ml_feature_state WHERE household = ?1", household));
        return transaction.commit();
    });
}

}  // namespace atlas::adapters::feature_store::sqlite
