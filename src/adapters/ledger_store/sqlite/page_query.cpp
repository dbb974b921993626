// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/page_query.hpp"

#include <map>
#include <optional>
#include <string>

#include "adapters/ledger_store/sqlite/cursor.hpp"
#include "adapters/ledger_store/sqlite/rows.hpp"
#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using ports::TransactionPage;
using ports::TransactionQuery;

// Parameter numbers; fixed, so that the statements of the cache differ in their conditions only.
enum Parameter : int {
    kHousehold = 1,
    kAccount,
    kImport,
    kFrom,
    kTo,
    kCursorDate,
    kCursorId,
    kLimit,
};

// The index is named, so that the plan does not depend on statistics: rows come in page order and
// the read stops when the page is full.
std::string page_sql(const TransactionQuery& query) {
    std::string_view index = "transactions_by_date";
    if (query.account_id) {
        index = "transactions_by_account";
    } else if (query.import_id) {
        index = "transactions_by_import";
    }
    std::string sql = format("SELECT {} FROM transactions INDEXED BY {} WHERE household = ?1",
                             kTransactionColumns, index);
    if (query.account_id) {
        sql += " AND account_id = ?2";
    }
    if (query.import_id) {
        sql += " AND import_id = ?3";
    }
    if (query.from) {
        sql += " AND date >= ?4";
    }
    if (query.to) {
        sql += " AND date <= ?5";
    }
    if (!query.cursor.empty()) {
        sql += " AND (date, id) < (?6, ?7)";
    }
    return sql + " ORDER BY date DESC, id DESC LIMIT ?8";
}

Result<void> bind_conditions(Statement& statement, HouseholdId household,
                             const TransactionQuery& query) {
    statement.bind(kHousehold, household);
    if (query.account_id) {
        statement.bind(kAccount, *query.account_id);
    }
    if (query.import_id) {
        statement.bind(kImport, *query.import_id);
    }
    if (query.from) {
        statement.bind(kFrom, to_string(*query.from));
    }
    if (query.to) {
        statement.bind(kTo, to_string(*query.to));
    }
    if (!query.cursor.empty()) {
        ATLAS_TRY_ASSIGN(const CursorPlace place, decode_cursor(household, query));
        statement.bind(kCursorDate, to_string(place.date));
        statement.bind(kCursorId, place.id);
    }
    return {};
}

}  // namespace

bool is_counted_by_days(const TransactionQuery& query) {
    const bool needs_rows = query.text || query.category || query.amount_min || query.amount_max ||
                            query.flow || query.status || query.filed_by || query.reviewed ||
                            query.tagged || query.tag || query.import_id;
    return query.count && !needs_rows && query.order == ports::ListOrder::newest;
}

Result<void> count_by_days(Database& database, HouseholdId household, const TransactionQuery& query,
                           TransactionPage& page) {
    constexpr std::string_view kLastDay = "9999-12-31";
    std::map<std::string, money::Int128> sums;
    std::int64_t total = 0;
    ATLAS_TRY(database.each(
        format("SELECT accounts.currency, posted_minor, pending_minor, account_days.transactions "
               "FROM account_days JOIN accounts ON accounts.household = account_days.household "
               "AND accounts.id = account_days.account_id WHERE account_days.household = ?1 "
               "AND date BETWEEN ?2 AND ?3{}",
               query.account_id ? " AND account_id = ?4" : " AND ?4 IS NOT NULL"),
        [&](const Statement& row) -> Result<void> {
            money::Int128& sum = sums[std::string(row.text(0))];
            sum += row.integer(1);
            sum += row.integer(2);
            total += row.integer(3);
            return {};
        },
        household, query.from ? to_string(*query.from) : std::string(),
        query.to ? to_string(*query.to) : std::string(kLastDay),
        query.account_id.value_or(AccountId{})));
    page.total = total;
    for (const auto& [code, sum] : sums) {
        if (sum != 0 && sum <= INT64_MAX && sum >= -INT64_MAX) {
            ATLAS_TRY_ASSIGN(const money::Currency currency, money::Currency::parse(code));
            page.sums.push_back(money::Money::from_minor(static_cast<std::int64_t>(sum), currency));
        }
    }
    return {};
}

Result<TransactionPage> read_page(Database& database, HouseholdId household,
                                  const TransactionQuery& query) {
    ATLAS_TRY_ASSIGN(Statement rows, database.prepare(page_sql(query)));
    ATLAS_TRY(bind_conditions(rows, household, query));
    // One row more than asked for tells whether there is another page.
    rows.bind(kLimit, static_cast<std::int64_t>(query.limit) + 1);
    TransactionPage page;
    for (;;) {
        ATLAS_TRY_ASSIGN(const bool is_row, rows.step());
        if (!is_row) {
            return page;
        }
        if (page.items.size() == query.limit) {
            const auto& last = page.items.back();
            page.next_cursor = encode_cursor(household, query, {.date = last.date, .id = last.id});
            return page;
        }
        ATLAS_TRY_ASSIGN(finance::ledger::Transaction transaction,
                         read_transaction(database, household, rows));
        page.items.push_back(std::move(transaction));
    }
}

}  // namespace atlas::adapters::ledger_store::sqlite
