// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/page_query.hpp"

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
