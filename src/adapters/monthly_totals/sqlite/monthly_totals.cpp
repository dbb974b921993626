// SPDX-License-Identifier: Apache-2.0
#include "adapters/monthly_totals/sqlite/monthly_totals.hpp"

#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::monthly_totals::sqlite {
namespace {

using adapters::sqlite::Access;
using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using adapters::sqlite::Synchronous;
using adapters::sqlite::Transaction;
using ports::MonthlyTotal;
using ports::MonthlyTotalsEvent;

// The offset lies beside the totals, so that both are in one transaction. A row without
// splits is not shown, but it stays while an amount is left over, so that sums do not depend on the
// order in which corrections come.
constexpr const char* kFirst = R"sql(
CREATE TABLE monthly_totals(
    household BLOB NOT NULL,
    month TEXT NOT NULL,
    category TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY(household, month, category, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE monthly_totals_offsets(
    household BLOB NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array<adapters::sqlite::Migration, 1> kMigrations = {{{"monthly totals", kFirst}}};

Result<std::int64_t> read_offset(Database& database, HouseholdId household) {
    auto offset = database.integer(
        "SELECT sequence FROM monthly_totals_offsets WHERE household = ?1", household);
    if (!offset && offset.error().code == ErrorCode::not_found) {
        return std::int64_t{0};
    }
    return offset;
}

/// The changes of several events, summed by row: each row is written once.
using Key = std::tuple<Date, std::string, money::Currency>;
struct Sum {
    money::Money amount;
    std::int64_t count = 0;
};
using Sums = std::map<Key, Sum>;

Result<void> add_changes(Sums& sums, std::span<const MonthlyTotal> changes) {
    for (const MonthlyTotal& change : changes) {
        if (change.month != change.month.first_of_month()) {
            return invalid_argument(
                "/month", format("{} is not the first of a month", to_string(change.month)));
        }
        const money::Currency currency = change.amount.currency();
        Sum& sum = sums.try_emplace({change.month, change.category, currency},
                                    Sum{.amount = money::Money::zero(currency)})
                       .first->second;
        ATLAS_TRY_ASSIGN(sum.amount, money::checked_add(sum.amount, change.amount));
        sum.count += change.count;
    }
    return {};
}

// Adds in C++, where an overflow is an error and not a rounded number.
Result<void> write_sum(Database& database, HouseholdId household, const Key& key, const Sum& sum) {
    const auto& [month, category, currency] = key;
    Sum total = sum;
    ATLAS_TRY(database.each(
        "SELECT amount_minor, count FROM monthly_totals "
        "WHERE household = ?1 AND month = ?2 AND category = ?3 AND currency = ?4",
        [&](const Statement& row) -> Result<void> {
            const auto kept = money::Money::from_minor(row.integer(0), total.amount.currency());
            ATLAS_TRY_ASSIGN(total.amount, money::checked_add(total.amount, kept));
            total.count += row.integer(1);
            return {};
        },
        household, to_string(month), category, currency.code()));
    if (total.count == 0 && total.amount.is_zero()) {
        ATLAS_TRY(
            database.run("DELETE FROM monthly_totals WHERE household = ?1 AND month = ?2 "
                         "AND category = ?3 AND currency = ?4",
                         household, to_string(month), category, currency.code()));
        return {};
    }
    ATLAS_TRY(database.run(
        "INSERT INTO monthly_totals VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
        "ON CONFLICT(household, month, category, currency) "
        "DO UPDATE SET amount_minor = ?5, count = ?6",
        household, to_string(month), category, currency.code(), total.amount.minor(), total.count));
    return {};
}

// The offset after the events, having written those that are new.
Result<std::int64_t> write_events(Database& database, HouseholdId household,
                                  std::span<const MonthlyTotalsEvent> events) {
    ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
    ATLAS_TRY_ASSIGN(const std::int64_t before, read_offset(database, household));
    std::int64_t offset = before;
    Sums sums;
    for (const MonthlyTotalsEvent& event : events) {
        if (event.sequence <= offset) {
            continue;
        }
        if (event.sequence != offset + 1) {
            return conflict(format("event {} cannot follow event {}: some are missing between",
                                   event.sequence, offset));
        }
        ATLAS_TRY(add_changes(sums, event.changes));
        offset = event.sequence;
    }
    if (offset == before) {
        return offset;
    }
    for (const auto& [key, sum] : sums) {
        ATLAS_TRY(write_sum(database, household, key, sum));
    }
    ATLAS_TRY(
        database.run("INSERT INTO monthly_totals_offsets VALUES(?1, ?2) "
                     "ON CONFLICT(household) DO UPDATE SET sequence = ?2",
                     household, offset));
    ATLAS_TRY(transaction.commit());
    return offset;
}

Result<MonthlyTotal> read_total(const Statement& row) {
    const auto month = Date::parse(row.text(0));
    const auto currency = money::Currency::parse(row.text(2));
    if (!month || !currency) {
        return fail(
            ErrorCode::data_loss, "monthly totals",
            format("\"{}\" \"{}\" is not a month and a currency", row.text(0), row.text(2)));
    }
    return MonthlyTotal{.month = *month,
                        .category = std::string(row.text(1)),
                        .amount = money::Money::from_minor(row.integer(3), *currency),
                        .count = row.integer(4)};
}

}  // namespace

SqliteMonthlyTotals::SqliteMonthlyTotals(Parts parts)
    : writer_(std::move(parts.writer)),
      reader_(std::move(parts.reader)) {}

Result<std::unique_ptr<SqliteMonthlyTotals>> SqliteMonthlyTotals::open(
    const MonthlyTotalsOptions& options) {
    ATLAS_TRY_ASSIGN(
        Database writer,
        Database::open(options.path, {.vfs = options.vfs, .synchronous = Synchronous::normal}));
    ATLAS_TRY(adapters::sqlite::migrate(writer, kMigrations));
    ATLAS_TRY_ASSIGN(Database reader, Database::open(options.path, {.vfs = options.vfs,
                                                                    .access = Access::read_only}));
    return std::make_unique<SqliteMonthlyTotals>(
        Parts{.writer = std::move(writer), .reader = std::move(reader)});
}

Result<bool> SqliteMonthlyTotals::apply(HouseholdId household, std::int64_t sequence,
                                        std::span<const MonthlyTotal> changes) {
    return writer_.with([&](Database& database) -> Result<bool> {
        ATLAS_TRY_ASSIGN(const std::int64_t before, read_offset(database, household));
        if (sequence <= before) {
            return false;
        }
        const MonthlyTotalsEvent event{.sequence = sequence, .changes = changes};
        ATLAS_TRY(write_events(database, household, std::span(&event, 1)));
        return true;
    });
}

Result<std::int64_t> SqliteMonthlyTotals::apply_batch(HouseholdId household,
                                                      std::span<const MonthlyTotalsEvent> events) {
    return writer_.with(
        [&](Database& database) { return write_events(database, household, events); });
}

Result<ports::MonthlyTotals> SqliteMonthlyTotals::read(HouseholdId household, Date from, Date to) {
    return reader_.with([&](Database& database) -> Result<ports::MonthlyTotals> {
        ATLAS_TRY_ASSIGN(Transaction snapshot, database.begin_read());
        ports::MonthlyTotals totals;
        ATLAS_TRY_ASSIGN(totals.as_of, read_offset(database, household));
        ATLAS_TRY(database.each(
            "SELECT month, category, currency, amount_minor, count FROM monthly_totals "
            "WHERE household = ?1 AND month BETWEEN ?2 AND ?3 AND count <> 0 ORDER BY month, "
            "category, currency",
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(MonthlyTotal total, read_total(row));
                totals.items.push_back(std::move(total));
                return {};
            },
            household, to_string(from.first_of_month()), to_string(to)));
        return totals;
    });
}

Result<void> SqliteMonthlyTotals::reset(HouseholdId household) {
    return writer_.with([&](Database& database) -> Result<void> {
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        ATLAS_TRY(database.run("DELETE FROM monthly_totals WHERE household = ?1", household));
        ATLAS_TRY(
            database.run("DELETE FROM monthly_totals_offsets WHERE household = ?1", household));
        return transaction.commit();
    });
}

}  // namespace atlas::adapters::monthly_totals::sqlite
