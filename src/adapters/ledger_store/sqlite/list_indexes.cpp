// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/list_indexes.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "adapters/ledger_store/sqlite/cursor.hpp"
#include "adapters/ledger_store/sqlite/outbox.hpp"
#include "adapters/ledger_store/sqlite/rows.hpp"
#include "adapters/ledger_store/sqlite/search_text.hpp"
#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using finance::ledger::FilingSource;
using ports::Sequence;
using ports::TransactionPage;
using ports::TransactionQuery;

constexpr std::string_view kListColumns =
    "row, id, account_id, date, amount_minor, status, filed_by, reviewed, import_id, description, "
    "merchant, title, own_merchant, note";

Result<ListedTransaction> read_listed(const Statement& row) {
    ListedTransaction listed;
    listed.row.row = row.integer(0);
    ATLAS_TRY_ASSIGN(listed.row.id, row.id<TransactionId>(1));
    ATLAS_TRY_ASSIGN(listed.account, row.id<AccountId>(2));
    ATLAS_TRY_ASSIGN(const Date date, read_date(row, 3));
    listed.row.day = date.days_since_epoch();
    listed.row.amount_minor = row.integer(4);
    listed.row.is_pending = row.text(5) == "pending";
    const std::string_view filed_by = row.text(6);
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(FilingSource::user); ++i) {
        if (finance::ledger::name_of(static_cast<FilingSource>(i)) == filed_by) {
            listed.row.filed_by = i;
        }
    }
    listed.row.is_reviewed = row.boolean(7);
    ATLAS_TRY_ASSIGN(listed.import, row.id<ImportId>(8));
    for (int column = 9; column <= 13; ++column) {
        if (!row.is_null(column)) {
            listed.text += row.text(column);
            listed.text += '\n';
        }
    }
    return listed;
}

/// Columns category, note, tags from `first`.
Result<void> add_split(const Statement& row, int first, ListedTransaction& listed) {
    listed.categories.emplace_back(row.text(first));
    if (!row.is_null(first + 1)) {
        listed.split_notes += row.text(first + 1);
        listed.split_notes += '\n';
    }
    if (!row.is_null(first + 2)) {
        ATLAS_TRY_ASSIGN(const std::vector<std::string> tags, read_tags(row.text(first + 2)));
        listed.tags.insert(listed.tags.end(), tags.begin(), tags.end());
    }
    return {};
}

Result<void> read_accounts(Database& database, HouseholdId household, ListIndex& index) {
    return database.each(
        "SELECT id, currency FROM accounts WHERE household = ?1",
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(const AccountId id, row.id<AccountId>(0));
            ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(row, 1));
            index.set_account(id, currency);
            return {};
        },
        household);
}

/// Splits of one household in the order of its transactions' rows.
class SplitsInOrder {
public:
    static Result<SplitsInOrder> begin(Database& database, HouseholdId household) {
        ATLAS_TRY_ASSIGN(Statement rows,
                         database.prepare("SELECT transaction_row, category, note, tags "
                                          "FROM splits WHERE household = ?1 "
                                          "ORDER BY transaction_row, position"));
        ATLAS_TRY_ASSIGN(const bool is_row, rows.bind_all(household).step());
        return SplitsInOrder(std::move(rows), is_row);
    }

    /// Adds those of this transaction. Rows come ascending.
    Result<void> add_to(ListedTransaction& listed) {
        while (is_row_ && rows_.integer(0) <= listed.row.row) {
            if (rows_.integer(0) == listed.row.row) {
                ATLAS_TRY(add_split(rows_, 1, listed));
            }
            ATLAS_TRY_ASSIGN(is_row_, rows_.step());
        }
        return {};
    }

private:
    SplitsInOrder(Statement rows, bool is_row) : rows_(std::move(rows)), is_row_(is_row) {}

    Statement rows_;
    bool is_row_;
};

/// Transactions and splits lie in the order of their rows: two passes side by side.
Result<void> read_all(Database& database, HouseholdId household, ListIndex& index,
                      const std::stop_token& stop) {
    ATLAS_TRY(read_accounts(database, household, index));
    ATLAS_TRY_ASSIGN(SplitsInOrder splits, SplitsInOrder::begin(database, household));
    ATLAS_TRY(database.each(
        format("SELECT {} FROM transactions NOT INDEXED WHERE household = ?1 ORDER BY row",
               kListColumns),
        [&](const Statement& row) -> Result<void> {
            if (stop.stop_requested()) {
                return unavailable("the program stops");
            }
            ATLAS_TRY_ASSIGN(ListedTransaction listed, read_listed(row));
            const auto added = splits.add_to(listed);
            index.append(listed);
            return added;
        },
        household));
    index.settle();
    return {};
}

Result<void> read_changed(Database& database, HouseholdId household,
                          const std::unordered_set<std::int64_t>& rows, ListIndex& index) {
    ATLAS_TRY(read_accounts(database, household, index));
    std::vector<ListedTransaction> present;
    std::vector<std::int64_t> absent;
    const std::string sql =
        format("SELECT {} FROM transactions WHERE row = ?2 AND household = ?1", kListColumns);
    for (const std::int64_t number : rows) {
        const std::size_t before = present.size();
        ATLAS_TRY(database.each(
            sql,
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(ListedTransaction listed, read_listed(row));
                present.push_back(std::move(listed));
                return {};
            },
            household, number));
        if (present.size() == before) {
            absent.push_back(number);
            continue;
        }
        ATLAS_TRY(database.each(
            "SELECT category, note, tags FROM splits WHERE household = ?1 "
            "AND transaction_row = ?2 ORDER BY position",
            [&](const Statement& row) { return add_split(row, 0, present.back()); }, household,
            number));
    }
    index.change(present, absent);
    return {};
}

}  // namespace

bool needs_list_index(const TransactionQuery& query) {
    return query.text || query.category || query.amount_min || query.amount_max || query.flow ||
           query.status || query.filed_by || query.reviewed || query.tagged || query.tag ||
           query.order != ports::ListOrder::newest || query.count;
}

Result<void> check_query(const TransactionQuery& query) {
    if (query.limit < 1 || query.limit > ports::kTransactionsPageMax) {
        return invalid_argument("/limit", format("a page has 1 to {} transactions, not {}",
                                                 ports::kTransactionsPageMax, query.limit));
    }
    if (query.text && read_search(*query.text).size() > ports::kSearchWordsMax) {
        return invalid_argument("/q",
                                format("a search has at most {} words", ports::kSearchWordsMax));
    }
    return {};
}

ListIndexes::ListIndexes() = default;
ListIndexes::~ListIndexes() = default;

ListIndexes::Turn ListIndexes::enter(HouseholdId household) {
    Household& entry = households_.with([&](auto& all) -> Household& {
        auto& slot = all[household];
        if (slot == nullptr) {
            slot = std::make_unique<Household>();
        }
        return *slot;
    });
    return Turn(*this, household, entry);
}

void ListIndexes::note(HouseholdId household, Sequence before, Sequence after,
                       std::vector<std::int64_t> rows) {
    notes_.with([&](auto& all) {
        const auto found = all.find(household);
        if (found == all.end() || before == after) {
            return;
        }
        Notes& kept = found->second;
        kept.rows += rows.size();
        kept.notes.push_back({before, after, std::move(rows)});
        // A hole in the notes is found by notes_up_to's caller, who reads everything anew.
        while (kept.rows > kNotedRowsMax) {
            kept.rows -= kept.notes.front().rows.size();
            kept.notes.pop_front();
        }
    });
}

std::vector<ListIndexes::Note> ListIndexes::notes_up_to(HouseholdId household, Sequence now) {
    return notes_.with([&](auto& all) {
        std::vector<Note> taken;
        Notes& kept = all[household];  // From now on notes are kept.
        while (!kept.notes.empty() && kept.notes.front().after <= now) {
            kept.rows -= kept.notes.front().rows.size();
            taken.push_back(std::move(kept.notes.front()));
            kept.notes.pop_front();
        }
        return taken;
    });
}

Result<void> ListIndexes::Turn::catch_up(Database& reader, Sequence now,
                                         const std::stop_token& stop) {
    const std::vector<Note> notes = owner_.notes_up_to(id_, now);
    if (household_.index != nullptr && household_.at == now) {
        return {};
    }
    std::unordered_set<std::int64_t> rows;
    Sequence reached = household_.at;
    for (const Note& note : notes) {
        if (note.before <= reached) {
            reached = std::max(reached, note.after);
        }
        rows.insert(note.rows.begin(), note.rows.end());
    }
    const bool is_whole = household_.index != nullptr && reached == now;
    auto index = is_whole ? std::move(household_.index) : std::make_unique<ListIndex>();
    household_.index = nullptr;  // Until it is right.
    ATLAS_TRY(is_whole ? read_changed(reader, id_, rows, *index)
                       : read_all(reader, id_, *index, stop));
    household_.index = std::move(index);
    household_.at = now;
    return {};
}

Result<void> ListIndexes::Turn::warm(Database& reader, const std::stop_token& stop) {
    ATLAS_TRY_ASSIGN(const Sequence now, last_sequence(reader, id_));
    return catch_up(reader, now, stop);
}

Result<TransactionPage> ListIndexes::Turn::page(Database& reader, const TransactionQuery& query) {
    std::optional<CursorPlace> after;
    if (!query.cursor.empty()) {
        ATLAS_TRY_ASSIGN(after, decode_cursor(id_, query));
    }
    ATLAS_TRY_ASSIGN(const Sequence now, last_sequence(reader, id_));
    ATLAS_TRY(catch_up(reader, now));
    const ListFound found = household_.index->find(query, after);
    lock_.unlock();  // The rows come from the snapshot, not from the index.
    TransactionPage page;
    page.as_of = now;
    if (query.count) {
        page.total = found.total;
        page.sums = found.sums;
    }
    if (found.next) {
        page.next_cursor = encode_cursor(id_, query, *found.next);
    }
    ATLAS_TRY_ASSIGN(
        Statement rows,
        reader.prepare(format("SELECT {} FROM transactions WHERE row = ?1", kTransactionColumns)));
    for (const std::int64_t number : found.rows) {
        rows.bind(1, number);
        ATLAS_TRY_ASSIGN(const bool is_row, rows.step());
        if (!is_row) {
            return fail(ErrorCode::internal, "ledger store",
                        "a list names a row that is not there");
        }
        ATLAS_TRY_ASSIGN(finance::ledger::Transaction transaction,
                         read_transaction(reader, id_, rows));
        page.items.push_back(std::move(transaction));
        rows.reset();
    }
    return page;
}

}  // namespace atlas::adapters::ledger_store::sqlite
