// SPDX-License-Identifier: Apache-2.0
#include "adapters/feature_store/timescaledb/feature_store.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/format.hpp"

namespace atlas::adapters::feature_store::timescaledb {
namespace {

using ports::StoredScalar;
using ports::StoredVector;

constexpr int kSchemaVersion = 1;

// Names of the architecture's schema. user_id holds the household; computed_at is when the value
// became known. Moments travel as microseconds, days as numbers: no time zone can touch them.
constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS ml_features(
    user_id uuid NOT NULL,
    feature_name text NOT NULL,
    feature_value numeric,
    feature_vector float8[],
    computed_at timestamptz NOT NULL,
    model_version text,
    event_at date NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY(user_id, feature_name, computed_at)
);
CREATE TABLE IF NOT EXISTS ml_feature_days(
    user_id uuid NOT NULL,
    feature_name text NOT NULL,
    day date NOT NULL,
    count bigint NOT NULL,
    lowest float8 NOT NULL,
    highest float8 NOT NULL,
    mean float8 NOT NULL,
    PRIMARY KEY(user_id, feature_name, day)
);
CREATE TABLE IF NOT EXISTS ml_feature_state(
    user_id uuid PRIMARY KEY,
    sequence bigint NOT NULL,
    bytes bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS atlas_schema(component text PRIMARY KEY, version int NOT NULL);
INSERT INTO atlas_schema VALUES('features', 1) ON CONFLICT DO NOTHING;
)sql";

std::string moment(std::string_view parameter) {
    return format("(timestamptz 'epoch' + {}::bigint * interval '1 microsecond')", parameter);
}
std::string micros(std::string_view column) {
    return format("(extract(epoch FROM {}) * 1000000)::bigint", column);
}

Parameter text(std::string value) {
    return {std::move(value), false};
}
Parameter number(std::int64_t value) {
    return {format("{}", value), false};
}
Parameter id(HouseholdId household) {
    return {to_string(household), false};
}

std::string name_of_vector(std::string_view catalogue) {
    return format("vector:{}", catalogue);
}

/// PostgreSQL's spelling of an array; shortest digits that come back the same.
std::string array_of(std::span<const double> values) {
    std::string out = "{";
    for (const double value : values) {
        out += out.size() > 1 ? "," : "";
        out += std::isnan(value)   ? "NaN"
               : std::isinf(value) ? (value > 0 ? "Infinity" : "-Infinity")
                                   : format("{}", value);
    }
    return out + "}";
}

Result<std::vector<double>> read_array(std::string_view braces) {
    std::vector<double> values;
    const auto broken = [&] {
        return fail(ErrorCode::data_loss, "ml_features", "a vector that is not an array");
    };
    if (braces.size() < 2 || braces.front() != '{' || braces.back() != '}') {
        return broken();
    }
    braces = braces.substr(1, braces.size() - 2);
    while (!braces.empty()) {
        const std::string_view digits = braces.substr(0, braces.find(','));
        braces.remove_prefix(std::min(digits.size() + 1, braces.size()));
        double value = 0.0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
            return broken();
        }
        values.push_back(value);
    }
    return values;
}

Command vector_command(const StoredVector& vector) {
    return {format("INSERT INTO ml_features(user_id, feature_name, computed_at, event_at, "
                   "sequence, feature_vector, model_version) "
                   "VALUES($1, $2, {}, date 'epoch' + $4::int, $5, $6, $7) "
                   "ON CONFLICT(user_id, feature_name, computed_at) DO UPDATE SET "
                   "event_at = excluded.event_at, sequence = excluded.sequence, "
                   "feature_vector = excluded.feature_vector",
                   moment("$3")),
            {id(vector.household), text(name_of_vector(vector.catalogue)),
             number(vector.computed_at.micros), number(vector.event_at.days_since_epoch()),
             number(vector.sequence), text(array_of(vector.values)), text(vector.catalogue)}};
}

/// A number as `numeric` reads it.
std::string numeric_of(double value) {
    return std::isnan(value)   ? "NaN"
           : std::isinf(value) ? (value > 0 ? "Infinity" : "-Infinity")
                               : format("{}", value);
}

Command scalar_command(HouseholdId household, const StoredScalar& scalar, std::int64_t sequence) {
    return {format("INSERT INTO ml_features(user_id, feature_name, computed_at, event_at, "
                   "sequence, feature_value) VALUES($1, $2, {}, date 'epoch' + $4::int, $5, $6) "
                   "ON CONFLICT(user_id, feature_name, computed_at) DO UPDATE SET "
                   "event_at = excluded.event_at, sequence = excluded.sequence, "
                   "feature_value = excluded.feature_value",
                   moment("$3")),
            {id(household), text(scalar.name), number(scalar.computed_at.micros),
             number(scalar.event_at.days_since_epoch()), number(sequence),
             text(numeric_of(scalar.value))}};
}

Result<Date> read_day(const Rows& rows, int row, int column) {
    ATLAS_TRY_ASSIGN(const std::int64_t day, rows.integer(row, column));
    return Date::from_days(static_cast<std::int32_t>(day));
}

Result<ports::FeatureStoreCapabilities> make_tables(Connection& connection,
                                                    const std::string& schema) {
    ATLAS_TRY(connection.script(format("CREATE SCHEMA IF NOT EXISTS {}", schema)));
    ATLAS_TRY(connection.script(kTables));
    ATLAS_TRY_ASSIGN(const Rows version, connection.run("SELECT version FROM atlas_schema WHERE "
                                                        "component = 'features'"));
    ATLAS_TRY_ASSIGN(const std::int64_t found, version.integer(0, 0));
    if (found > kSchemaVersion) {
        return conflict(
            format("these tables are of version {}; this program knows {}", found, kSchemaVersion));
    }
    ports::FeatureStoreCapabilities capabilities{.engine = "postgresql", .survives_crash = true};
    ATLAS_TRY_ASSIGN(const Rows sync, connection.run("SHOW synchronous_commit"));
    capabilities.survives_crash = sync.text(0, 0) != "off";
    ATLAS_TRY_ASSIGN(const Rows offered, connection.run("SELECT 1 FROM pg_available_extensions "
                                                        "WHERE name = 'timescaledb'"));
    if (offered.count() == 0) {
        return capabilities;
    }
    ATLAS_TRY(
        connection.script("SET client_min_messages = error; "
                          "CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public"));
    ATLAS_TRY(
        connection.run("SELECT create_hypertable('ml_features', 'computed_at', "
                       "chunk_time_interval => interval '7 days', if_not_exists => true)"));
    ATLAS_TRY_ASSIGN(const Rows licence, connection.run("SHOW timescaledb.license"));
    capabilities.engine = "timescaledb";
    capabilities.is_hypertable = true;
    capabilities.licence = std::string(licence.text(0, 0));
    return capabilities;
}

}  // namespace

TimescaleFeatureStore::TimescaleFeatureStore(Parts parts)
    : connection_(std::move(parts.connection)),
      capabilities_(std::move(parts.capabilities)) {}

Result<std::unique_ptr<TimescaleFeatureStore>> TimescaleFeatureStore::open(
    const FeatureStoreOptions& options) {
    const bool is_plain =
        !options.schema.empty() && std::ranges::all_of(options.schema, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (!is_plain) {
        return invalid_argument("schema",
                                format("\"{}\": lower-case letters, digits and _", options.schema));
    }
    ATLAS_TRY_ASSIGN(
        Connection connection,
        Connection::open(options.url, format("SET client_min_messages = warning; SET search_path "
                                             "TO {}, public; SET statement_timeout = {}; "
                                             "SET extra_float_digits = 1; SET TIME ZONE 'UTC'",
                                             options.schema, options.statement_timeout_ms)));
    ATLAS_TRY_ASSIGN(auto capabilities, make_tables(connection, options.schema));
    return std::make_unique<TimescaleFeatureStore>(
        Parts{.connection = std::move(connection), .capabilities = std::move(capabilities)});
}

template <class Function>
auto TimescaleFeatureStore::with_connection(Function&& function) {
    return connection_.with([&](Connection& connection) -> decltype(function(connection)) {
        ATLAS_TRY(connection.require_alive());
        return function(connection);
    });
}

Result<bool> TimescaleFeatureStore::commit(HouseholdId household,
                                           const ports::FeatureCommit& commit) {
    ATLAS_TRY(ports::check_limits(household, commit));
    return with_connection([&](Connection& connection) -> Result<bool> {
        ATLAS_TRY(connection.script("BEGIN"));
        // The row's lock makes commits of one household wait for each other.
        ATLAS_TRY_ASSIGN(
            const Rows taken,
            connection.run("INSERT INTO ml_feature_state AS s VALUES($1, $2, $3) "
                           "ON CONFLICT(user_id) DO UPDATE SET sequence = excluded.sequence, "
                           "bytes = excluded.bytes WHERE s.sequence < excluded.sequence "
                           "RETURNING 1",
                           {id(household), number(commit.state.sequence),
                            Parameter{commit.state.bytes, true}}));
        if (taken.count() == 0 || commit.state.sequence <= 0) {
            ATLAS_TRY(connection.script("ROLLBACK"));
            return false;
        }
        std::vector<Command> commands;
        for (const StoredVector& vector : commit.vectors) {
            commands.push_back(vector_command(vector));
        }
        for (const StoredScalar& scalar : commit.scalars) {
            commands.push_back(scalar_command(household, scalar, commit.state.sequence));
        }
        commands.push_back({"COMMIT", {}});
        ATLAS_TRY(connection.pipeline(commands));
        return true;
    });
}

Result<ports::FeatureState> TimescaleFeatureStore::state(HouseholdId household) {
    return with_connection([&](Connection& connection) -> Result<ports::FeatureState> {
        ATLAS_TRY_ASSIGN(const Rows rows,
                         connection.run("SELECT sequence, bytes FROM ml_feature_state "
                                        "WHERE user_id = $1",
                                        {id(household)}));
        ports::FeatureState state;
        if (rows.count() > 0) {
            ATLAS_TRY_ASSIGN(state.sequence, rows.integer(0, 0));
            ATLAS_TRY_ASSIGN(state.bytes, rows.bytes(0, 1));
        }
        return state;
    });
}

Result<void> TimescaleFeatureStore::append(std::span<const StoredVector> vectors) {
    ATLAS_TRY(ports::check_limits(vectors));
    std::string lines;
    std::int64_t place = 0;
    for (const StoredVector& vector : vectors) {
        // Hashes are hexadecimal; a name with a tab or a backslash would break the line.
        if (vector.catalogue.find_first_of("\t\n\r\\") != std::string::npos) {
            return invalid_argument("/catalogue", "a catalogue hash has no such characters");
        }
        lines +=
            format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", to_string(vector.household), vector.catalogue,
                   vector.computed_at.micros, vector.event_at.days_since_epoch(), vector.sequence,
                   ++place, array_of(vector.values));
    }
    return with_connection([&](Connection& connection) -> Result<void> {
        ATLAS_TRY(connection.script(
            "BEGIN; CREATE TEMP TABLE staged(h uuid, catalogue text, at bigint, day int, "
            "sequence bigint, place bigint, vector float8[]) ON COMMIT DROP"));
        ATLAS_TRY(connection.copy_in("COPY staged FROM STDIN", lines));
        // The last of several rows with one key holds.
        ATLAS_TRY(connection.run(format(
            "INSERT INTO ml_features(user_id, feature_name, computed_at, event_at, sequence, "
            "feature_vector, model_version) SELECT DISTINCT ON (h, catalogue, at) h, "
            "'vector:' || catalogue, {}, date 'epoch' + day, sequence, vector, catalogue "
            "FROM staged ORDER BY h, catalogue, at, place DESC "
            "ON CONFLICT(user_id, feature_name, computed_at) DO UPDATE SET "
            "event_at = excluded.event_at, sequence = excluded.sequence, "
            "feature_vector = excluded.feature_vector",
            moment("at"))));
        return connection.script("COMMIT");
    });
}

Result<std::vector<std::optional<StoredVector>>> TimescaleFeatureStore::vectors_as_of(
    std::string_view catalogue, std::span<const ports::FeatureQuestion> questions) {
    if (questions.size() > ports::kFeatureRowsMax) {
        return invalid_argument("/questions", format("{} questions; at most {} accepted",
                                                     questions.size(), ports::kFeatureRowsMax));
    }
    std::string households = "{";
    std::string moments = "{";
    for (const ports::FeatureQuestion& question : questions) {
        households +=
            format("{}{}", households.size() > 1 ? "," : "", to_string(question.household));
        moments += format("{}{}", moments.size() > 1 ? "," : "", question.known_at.micros);
    }
    return with_connection([&](Connection& connection)
                               -> Result<std::vector<std::optional<StoredVector>>> {
        ATLAS_TRY_ASSIGN(
            const Rows rows,
            connection.run(
                format("SELECT q.place, {}, v.event_at - date 'epoch', v.sequence, "
                       "v.feature_vector FROM unnest($1::uuid[], $2::bigint[]) "
                       "WITH ORDINALITY q(h, at, place), LATERAL (SELECT computed_at, "
                       "event_at, sequence, feature_vector FROM ml_features f "
                       "WHERE f.user_id = q.h AND f.feature_name = $3 "
                       "AND f.computed_at <= {} ORDER BY computed_at DESC LIMIT 1) v",
                       micros("v.computed_at"), moment("q.at")),
                {text(households + "}"), text(moments + "}"), text(name_of_vector(catalogue))}));
        std::vector<std::optional<StoredVector>> answers(questions.size());
        for (int row = 0; row < rows.count(); ++row) {
            ATLAS_TRY_ASSIGN(const std::int64_t place, rows.integer(row, 0));
            const auto index = static_cast<std::size_t>(place - 1);
            ATLAS_TRY_ASSIGN(const std::int64_t at, rows.integer(row, 1));
            ATLAS_TRY_ASSIGN(const Date day, read_day(rows, row, 2));
            ATLAS_TRY_ASSIGN(const std::int64_t sequence, rows.integer(row, 3));
            ATLAS_TRY_ASSIGN(std::vector<double> values, read_array(rows.text(row, 4)));
            answers.at(index) = StoredVector{.household = questions[index].household,
                                             .computed_at = {at},
                                             .event_at = day,
                                             .sequence = sequence,
                                             .catalogue = std::string(catalogue),
                                             .values = std::move(values)};
        }
        return answers;
    });
}

Result<std::vector<StoredScalar>> TimescaleFeatureStore::scalars(HouseholdId household,
                                                                 std::string_view name,
                                                                 Timestamp from, Timestamp to) {
    return with_connection([&](Connection& connection) -> Result<std::vector<StoredScalar>> {
        ATLAS_TRY_ASSIGN(
            const Rows rows,
            connection.run(
                format("SELECT {}, event_at - date 'epoch', feature_value "
                       "FROM ml_features WHERE user_id = $1 AND feature_name = $2 "
                       "AND computed_at BETWEEN {} AND {} ORDER BY computed_at",
                       micros("computed_at"), moment("$3"), moment("$4")),
                {id(household), text(std::string(name)), number(from.micros), number(to.micros)}));
        std::vector<StoredScalar> found;
        for (int row = 0; row < rows.count(); ++row) {
            ATLAS_TRY_ASSIGN(const std::int64_t at, rows.integer(row, 0));
            ATLAS_TRY_ASSIGN(const Date day, read_day(rows, row, 1));
            ATLAS_TRY_ASSIGN(const double value, rows.real(row, 2));
            found.push_back({std::string(name), {at}, day, value});
        }
        return found;
    });
}

Result<void> TimescaleFeatureStore::roll_up(Date from, Date to) {
    return with_connection([&](Connection& connection) -> Result<void> {
        ATLAS_TRY(connection.run(
            "INSERT INTO ml_feature_days SELECT user_id, feature_name, "
            "(computed_at AT TIME ZONE 'UTC')::date, count(*), min(feature_value)::float8, "
            "max(feature_value)::float8, avg(feature_value)::float8 FROM ml_features "
            "WHERE computed_at >= (date 'epoch' + $1::int) "
            "AND computed_at < (date 'epoch' + $2::int) AND feature_value IS NOT NULL "
            "GROUP BY 1, 2, 3 ON CONFLICT(user_id, feature_name, day) DO UPDATE SET "
            "count = excluded.count, lowest = excluded.lowest, highest = excluded.highest, "
            "mean = excluded.mean",
            {number(from.days_since_epoch()), number(to.days_since_epoch() + 1)}));
        return {};
    });
}

Result<std::vector<ports::ScalarDay>> TimescaleFeatureStore::days(HouseholdId household,
                                                                  std::string_view name, Date from,
                                                                  Date to) {
    return with_connection([&](Connection& connection) -> Result<std::vector<ports::ScalarDay>> {
        ATLAS_TRY_ASSIGN(
            const Rows rows,
            connection.run("SELECT day - date 'epoch', count, lowest, highest, mean "
                           "FROM ml_feature_days WHERE user_id = $1 AND feature_name = $2 "
                           "AND day BETWEEN date 'epoch' + $3::int AND date 'epoch' + $4::int "
                           "ORDER BY day",
                           {id(household), text(std::string(name)), number(from.days_since_epoch()),
                            number(to.days_since_epoch())}));
        std::vector<ports::ScalarDay> found;
        for (int row = 0; row < rows.count(); ++row) {
            ports::ScalarDay day;
            ATLAS_TRY_ASSIGN(day.day, read_day(rows, row, 0));
            ATLAS_TRY_ASSIGN(day.count, rows.integer(row, 1));
            ATLAS_TRY_ASSIGN(day.lowest, rows.real(row, 2));
            ATLAS_TRY_ASSIGN(day.highest, rows.real(row, 3));
            ATLAS_TRY_ASSIGN(day.mean, rows.real(row, 4));
            found.push_back(day);
        }
        return found;
    });
}

Result<void> TimescaleFeatureStore::drop_before(Timestamp before) {
    return with_connection([&](Connection& connection) -> Result<void> {
        const std::string at = moment("$1");
        ATLAS_TRY(
            connection.run(capabilities_.is_hypertable
                               ? format("SELECT drop_chunks('ml_features', older_than => {})", at)
                               : format("DELETE FROM ml_features WHERE computed_at < {}", at),
                           {number(before.micros)}));
        return {};
    });
}

Result<void> TimescaleFeatureStore::erase(HouseholdId household) {
    return with_connection([&](Connection& connection) -> Result<void> {
        ATLAS_TRY(connection.script("BEGIN"));
        const std::vector<Parameter> who{id(household)};
        ATLAS_TRY(connection.pipeline(
            std::vector<Command>{{"DELETE FROM ml_features WHERE user_id = $1", who},
                                 {"DELETE FROM ml_feature_days WHERE user_id = $1", who},
                                 {"DELETE FROM ml_feature_state WHERE user_id = $1", who},
                                 {"COMMIT", {}}}));
        return {};
    });
}

}  // namespace atlas::adapters::feature_store::timescaledb
