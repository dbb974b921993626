// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/write_change.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/ledger_store/sqlite/id_writer.hpp"
#include "adapters/ledger_store/sqlite/list_indexes.hpp"
#include "adapters/ledger_store/sqlite/outbox.hpp"
#include "adapters/ledger_store/sqlite/rows.hpp"
#include "adapters/ledger_store/sqlite/write_side.hpp"
#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using finance::ledger::Account;
using finance::ledger::Split;
using finance::ledger::Transaction;
using finance::ledger::TransactionStatus;
using ports::LedgerChange;
using ports::Sequence;

constexpr std::string_view kInsertTransaction =
    "INSERT INTO transactions(household, id, account_id, date, posted_date, amount_minor, "
    "currency, original_minor, original_currency, description, merchant, status, transfer_id, "
    "filed_by, confidence, reviewed, import_id, source_file, source_line, source_column, "
    "bank_id, fingerprint, occurrence, title, own_merchant, note, refund_of, "
    "bank_category) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
    "?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";

// Two statements: SQLite takes out and puts in again what an index has of a column that is set,
// whether it changes or not, and most changes are none of an index.
constexpr std::string_view kUpdateRow =
    "UPDATE transactions SET posted_date = ?5, amount_minor = ?6, currency = ?7, "
    "original_minor = ?8, original_currency = ?9, description = ?10, merchant = ?11, "
    "status = ?12, filed_by = ?14, confidence = ?15, reviewed = ?16, source_file = ?18, "
    "source_line = ?19, source_column = ?20, bank_id = ?21, fingerprint = ?22, "
    "occurrence = ?23, title = ?24, own_merchant = ?25, note = ?26, bank_category = ?28 "
    "WHERE row = ?1";
constexpr std::string_view kUpdateIndexed =
    "UPDATE transactions SET account_id = ?2, date = ?3, transfer_id = ?4, import_id = ?5, "
    "refund_of = ?6 WHERE row = ?1";

// Three of the four indexes end in (date, id): rows that come in that order are appended to them,
// not scattered over them, and lie together when a page is read.
std::vector<const Transaction*> in_page_order(const std::vector<Transaction>& transactions) {
    std::vector<const Transaction*> order;
    order.reserve(transactions.size());
    for (const Transaction& transaction : transactions) {
        order.push_back(&transaction);
    }
    std::ranges::sort(order, [](const Transaction* a, const Transaction* b) {
        return std::pair(a->date, a->id) < std::pair(b->date, b->id);
    });
    return order;
}

Result<void> check_transaction(const Transaction& transaction) {
    if (!finance::ledger::is_balanced(transaction)) {
        return invalid_argument({}, format("the splits of transaction {} do not sum to its amount",
                                           to_string(transaction.id)));
    }
    return {};
}

/// Writes one change for one household; lives as long as the change is being written.
class ChangeWriter {
public:
    ChangeWriter(Database& database, HouseholdId household, Timestamp recorded_at)
        : database_(database),
          household_(household),
          recorded_at_(recorded_at),
          ids_(database, household),
          outbox_(database, household, recorded_at) {}

    Result<Written> write(const LedgerChange& change) {
        ATLAS_TRY_ASSIGN(const Sequence before, last_sequence(database_, household_));
        if (change.expected && *change.expected != before) {
            return conflict(format("the ledger is at {}, the change was decided at {}", before,
                                   *change.expected));
        }
        if (change.answer) {
            ATLAS_TRY(write_answer(*change.answer));
        }
        for (const Account& account : change.accounts) {
            ATLAS_TRY(write_account(account));
        }
        for (const TransactionId id : change.removed) {
            ATLAS_TRY(remove(id));
        }
        for (const Transaction& transaction : change.replaced) {
            ATLAS_TRY(replace(transaction));
        }
        ATLAS_TRY(add(in_page_order(change.added)));
        ATLAS_TRY_ASSIGN(Sequence after, outbox_.write(before, change.events));
        if (change.stream != nullptr) {
            ATLAS_TRY_ASSIGN(after, write_stream(*change.stream, after));
        }
        ATLAS_TRY(ids_.flush());
        if (after != before) {
            ATLAS_TRY(write_sequence(after));
        }
        ATLAS_TRY(write_balances());
        ATLAS_TRY(write_days());
        for (const AccountId account : change.removed_accounts) {
            ATLAS_TRY(remove_account(account));
        }
        if (change.import) {
            ATLAS_TRY(write_import(*change.import));
        }
        for (const ports::ImportRecord& record : change.imports) {
            ATLAS_TRY(write_import(record));
        }
        const SideWriter side(database_, household_, recorded_at_);
        ATLAS_TRY(side.write(change));
        return Written{.before = before, .after = after, .rows = std::move(rows_)};
    }

private:
    enum class Direction : std::int8_t { in = 1, out = -1 };

    struct Balance {
        money::Money amount;
        std::int64_t transactions = 0;
    };

    struct KeptTransaction {
        std::int64_t row = 0;
        AccountId account;
        std::int64_t amount_minor = 0;
        Date date;
        bool is_posted = true;
        ImportId import{};
        std::optional<TransferId> transfer{};
        std::optional<TransactionId> purchase{};

        bool is_indexed_as(const Transaction& transaction) const {
            return account == transaction.account_id && date == transaction.date &&
                   import == transaction.source.import_id && transfer == transaction.transfer_id &&
                   purchase == transaction.remarks.refund_of;
        }
    };

    /// Of one account and day; differences are kept wide, the store checks their sum.
    struct Day {
        std::int64_t posted_minor = 0;
        std::int64_t pending_minor = 0;
        std::int64_t transactions = 0;
    };

    /// What of a stream is written together: removals, replacements or additions, with tellings of
    /// any.
    struct StreamPart {
        std::vector<Transaction> added;
        std::vector<TransactionId> removed;
        std::vector<Transaction> replaced;
        std::vector<ports::OutboxEvent> events;
        std::vector<ports::Telling> told;

        /// True where it does to a transaction what the others do not: only the order of parts
        /// tells out after in from in after out.
        bool turns(const ports::StreamedChange& piece) const {
            return (piece.added.has_value() && !(removed.empty() && replaced.empty())) ||
                   (piece.removed.has_value() && !(added.empty() && replaced.empty())) ||
                   (piece.replaced.has_value() && !(added.empty() && removed.empty()));
        }
        /// Errors: invalid_argument (splits do not sum).
        Result<void> take(ports::StreamedChange piece);
    };

    Result<void> write_answer(const ports::IdempotentAnswer& answer);
    Result<void> write_account(const Account& account);
    Result<KeptTransaction> find(TransactionId id);
    Result<void> remove(TransactionId id);
    Result<void> replace(const Transaction& transaction);
    Result<void> add(const std::vector<const Transaction*>& transactions);
    Result<Sequence> write_stream(ports::ChangeStream& stream, Sequence sequence);
    Result<Sequence> write_part(StreamPart& part, Sequence sequence);
    Result<void> write_sequence(Sequence sequence);
    Result<void> write_splits(Statement& insert, std::int64_t row, const Transaction& transaction);
    Result<Balance*> balance_of(AccountId account);
    Result<void> take_out(const KeptTransaction& kept);
    Result<void> put_in(const Transaction& transaction);
    Result<void> write_balances();
    Result<void> move_day(const KeptTransaction& movement, Direction direction);
    Result<void> write_days();
    /// More than the list index keeps are none: it reads everything anew.
    void note_row(std::int64_t row) {
        if (rows_.size() <= kNotedRowsMax) {
            rows_.push_back(row);
        }
    }
    Result<void> remove_account(AccountId account);
    Result<void> write_import(const ports::ImportRecord& record);

    Result<Statement> prepare_split() {
        return database_.prepare("INSERT INTO splits VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    }

    Database& database_;
    const HouseholdId household_;
    const Timestamp recorded_at_;
    IdWriter ids_;
    OutboxWriter outbox_;
    std::unordered_map<AccountId, Balance> balances_;  ///< Of the accounts touched so far.
    std::unordered_map<AccountId, std::unordered_map<std::int32_t, Day>> days_;
    std::vector<std::int64_t> rows_;  ///< Of transactions touched so far.
};

// An expired answer makes room; a living one is a conflict even for the same request, because its
// effect has happened: the caller reads answer() and repeats what it says.
Result<void> ChangeWriter::write_answer(const ports::IdempotentAnswer& answer) {
    ATLAS_TRY(database_.run("DELETE FROM answers WHERE household = ?1 AND expires_at_us <= ?2",
                            household_, recorded_at_.micros));
    ATLAS_TRY_ASSIGN(const std::int64_t inserted,
                     database_.run("INSERT INTO answers VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
                                   "ON CONFLICT(household, key) DO NOTHING",
                                   household_, answer.key, answer.request_hash, answer.status,
                                   answer.body, answer.expires_at.micros));
    if (inserted == 0) {
        return conflict("the idempotency key has been used already");
    }
    return {};
}

Result<void> ChangeWriter::write_account(const Account& account) {
    ATLAS_TRY_ASSIGN(Statement rival,
                     database_.prepare(
                         "SELECT 1 FROM accounts WHERE household = ?1 AND name = ?2 AND id <> ?3"));
    ATLAS_TRY_ASSIGN(const bool is_taken,
                     rival.bind_all(household_, account.name, account.id).step());
    if (is_taken) {
        return conflict(format("there is another account named \"{}\"", account.name));
    }
    ATLAS_TRY_ASSIGN(
        Statement moved,
        database_.prepare("SELECT currency FROM accounts WHERE household = ?1 AND id = ?2 "
                          "AND currency <> ?3 AND transactions > 0"));
    ATLAS_TRY_ASSIGN(const bool has_moved,
                     moved.bind_all(household_, account.id, account.currency.code()).step());
    if (has_moved) {
        return conflict(
            format("account \"{}\" has transactions in {}, its currency cannot become "
                   "{}",
                   account.name, moved.text(0), account.currency.code()));
    }
    const auto text_of = [](const std::optional<Date>& date) {
        return date ? std::optional(to_string(*date)) : std::nullopt;
    };
    ATLAS_TRY(database_.run(
        "INSERT INTO accounts(household, id, name, type, currency, institution, "
        "number_masked, number_hash, opened, closed) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(household, id) DO UPDATE "
        "SET name = ?3, type = ?4, currency = ?5, institution = ?6, number_masked = ?7, "
        "number_hash = ?8, opened = ?9, closed = ?10",
        household_, account.id, account.name, finance::ledger::name_of(account.type),
        account.currency.code(), account.institution, account.number_masked, account.number_hash,
        text_of(account.opened), text_of(account.closed)));
    return {};
}

Result<ChangeWriter::KeptTransaction> ChangeWriter::find(TransactionId id) {
    ATLAS_TRY_ASSIGN(
        Statement query,
        database_.prepare("SELECT row, account_id, amount_minor, date, status, import_id, "
                          "transfer_id, refund_of FROM transactions WHERE row = (SELECT "
                          "transaction_row FROM transaction_ids "
                          "WHERE household = ?1 AND id = ?2)"));
    ATLAS_TRY_ASSIGN(const bool is_row, query.bind_all(household_, id).step());
    if (!is_row) {
        return conflict(format("there is no transaction {} to change", to_string(id)));
    }
    ATLAS_TRY_ASSIGN(const AccountId account, query.id<AccountId>(1));
    ATLAS_TRY_ASSIGN(const Date date, read_date(query, 3));
    KeptTransaction kept{.row = query.integer(0),
                         .account = account,
                         .amount_minor = query.integer(2),
                         .date = date,
                         .is_posted = query.text(4) == "posted"};
    ATLAS_TRY_ASSIGN(kept.import, query.id<ImportId>(5));
    if (!query.is_null(6)) {
        ATLAS_TRY_ASSIGN(kept.transfer, query.id<TransferId>(6));
    }
    if (!query.is_null(7)) {
        ATLAS_TRY_ASSIGN(kept.purchase, query.id<TransactionId>(7));
    }
    note_row(kept.row);
    return kept;
}

Result<void> ChangeWriter::remove(TransactionId id) {
    ATLAS_TRY_ASSIGN(const KeptTransaction kept, find(id));
    ATLAS_TRY(take_out(kept));
    ATLAS_TRY(database_.run("DELETE FROM splits WHERE household = ?1 AND transaction_row = ?2",
                            household_, kept.row));
    ATLAS_TRY(database_.run("DELETE FROM transactions WHERE row = ?1", kept.row));
    return ids_.remove(id);
}

Result<void> ChangeWriter::replace(const Transaction& transaction) {
    ATLAS_TRY_ASSIGN(const KeptTransaction kept, find(transaction.id));
    ATLAS_TRY(take_out(kept));
    ATLAS_TRY(put_in(transaction));
    ATLAS_TRY_ASSIGN(Statement update, database_.prepare(kUpdateRow));
    update.bind(1, kept.row);
    bind_transaction(update, transaction);
    ATLAS_TRY(update.run());
    if (!kept.is_indexed_as(transaction)) {
        ATLAS_TRY(database_.run(kUpdateIndexed, kept.row, transaction.account_id,
                                to_string(transaction.date), transaction.transfer_id,
                                transaction.source.import_id, transaction.remarks.refund_of));
    }
    ATLAS_TRY(database_.run("DELETE FROM splits WHERE household = ?1 AND transaction_row = ?2",
                            household_, kept.row));
    ATLAS_TRY_ASSIGN(Statement insert_split, prepare_split());
    return write_splits(insert_split, kept.row, transaction);
}

// A part of the stream at a time, so that its rows come in the order of a page too. What is told of
// waits for longer: each time the ids held back have to be there.
Result<Sequence> ChangeWriter::write_stream(ports::ChangeStream& stream, Sequence sequence) {
    constexpr std::size_t kPart = 2048;
    constexpr std::size_t kToldPart = 32'768;
    ATLAS_TRY(stream.rewind());
    StreamPart part;
    for (bool is_end = false; !is_end;) {
        ATLAS_TRY_ASSIGN(auto piece, stream.next());
        is_end = !piece.has_value();
        const bool turns = !is_end && part.turns(*piece);
        const bool tells = is_end || part.told.size() >= kToldPart ||
                           (piece->removed.has_value() && !part.told.empty());
        if (tells || turns || part.events.size() >= kPart) {
            ATLAS_TRY_ASSIGN(sequence, write_part(part, sequence));
        }
        if (tells) {
            ATLAS_TRY(ids_.flush());
            ATLAS_TRY(SideWriter(database_, household_, recorded_at_).tell(part.told));
            part.told.clear();
        }
        if (!is_end) {
            ATLAS_TRY(part.take(*std::move(piece)));
        }
    }
    return sequence;
}

Result<void> ChangeWriter::StreamPart::take(ports::StreamedChange piece) {
    if (piece.added.has_value()) {
        ATLAS_TRY(check_transaction(*piece.added));
        added.push_back(*std::move(piece.added));
    } else if (piece.removed.has_value()) {
        removed.push_back(*piece.removed);
    } else if (piece.replaced.has_value()) {
        ATLAS_TRY(check_transaction(*piece.replaced));
        replaced.push_back(*std::move(piece.replaced));
    } else if (piece.told.has_value()) {
        told.push_back(*std::move(piece.told));
    }
    if (!piece.event.type.empty()) {
        events.push_back(std::move(piece.event));
    }
    return {};
}

// Without what is told.
Result<Sequence> ChangeWriter::write_part(StreamPart& part, Sequence sequence) {
    if (!part.removed.empty()) {
        ATLAS_TRY(ids_.flush());  // It may have come earlier in this change.
        for (const TransactionId id : part.removed) {
            ATLAS_TRY(remove(id));
        }
        const SideWriter side(database_, household_, recorded_at_);
        ATLAS_TRY(side.forget_removed(part.removed));
    }
    if (!part.replaced.empty()) {
        ATLAS_TRY(ids_.flush());
        for (const Transaction& transaction : part.replaced) {
            ATLAS_TRY(replace(transaction));
        }
    }
    ATLAS_TRY(add(in_page_order(part.added)));
    part.removed.clear();
    part.replaced.clear();
    part.added.clear();
    ATLAS_TRY_ASSIGN(sequence, outbox_.write(sequence, part.events));
    part.events.clear();
    return sequence;
}

Result<void> ChangeWriter::write_sequence(Sequence sequence) {
    ATLAS_TRY(
        database_.run("INSERT INTO households VALUES(?1, ?2) "
                      "ON CONFLICT(household) DO UPDATE SET sequence = ?2",
                      household_, sequence));
    return {};
}

Result<void> ChangeWriter::add(const std::vector<const Transaction*>& transactions) {
    if (transactions.empty()) {
        return {};
    }
    ATLAS_TRY_ASSIGN(Statement insert, database_.prepare(kInsertTransaction));
    ATLAS_TRY_ASSIGN(Statement insert_split, prepare_split());
    for (const Transaction* transaction : transactions) {
        ATLAS_TRY(put_in(*transaction));
        insert.bind(1, household_);
        bind_transaction(insert, *transaction);
        ATLAS_TRY(insert.run());
        const std::int64_t row = database_.last_insert_rowid();
        note_row(row);
        insert.reset();
        ATLAS_TRY(ids_.add(transaction->id, row));
        ATLAS_TRY(write_splits(insert_split, row, *transaction));
    }
    return {};
}

Result<void> ChangeWriter::write_splits(Statement& insert, std::int64_t row,
                                        const Transaction& transaction) {
    std::int64_t position = 0;
    for (const Split& split : transaction.splits) {
        insert.bind_all(household_, row, position++, split.category, split.amount.minor(),
                        split.note, write_tags(split.tags));
        ATLAS_TRY(insert.run());
        insert.reset();
    }
    return {};
}

Result<ChangeWriter::Balance*> ChangeWriter::balance_of(AccountId account) {
    if (const auto found = balances_.find(account); found != balances_.end()) {
        return &found->second;
    }
    ATLAS_TRY_ASSIGN(Statement query,
                     database_.prepare("SELECT balance_minor, transactions, currency FROM accounts "
                                       "WHERE household = ?1 AND id = ?2"));
    ATLAS_TRY_ASSIGN(const bool is_row, query.bind_all(household_, account).step());
    if (!is_row) {
        return conflict(format("there is no account {}", to_string(account)));
    }
    ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(query, 2));
    const Balance balance{.amount = money::Money::from_minor(query.integer(0), currency),
                          .transactions = query.integer(1)};
    return &balances_.emplace(account, balance).first->second;
}

Result<void> ChangeWriter::take_out(const KeptTransaction& kept) {
    ATLAS_TRY_ASSIGN(Balance* const balance, balance_of(kept.account));
    const auto amount = money::Money::from_minor(kept.amount_minor, balance->amount.currency());
    // A kept amount is never INT64_MIN: put_in would have refused it.
    ATLAS_TRY_ASSIGN(balance->amount, money::checked_add(balance->amount, -amount));
    --balance->transactions;
    return move_day(kept, Direction::out);
}

Result<void> ChangeWriter::put_in(const Transaction& transaction) {
    ATLAS_TRY_ASSIGN(Balance* const balance, balance_of(transaction.account_id));
    if (transaction.amount.minor() == INT64_MIN) {
        return invalid_argument({}, "the amount is beyond the range of amounts");
    }
    ATLAS_TRY_ASSIGN(balance->amount, money::checked_add(balance->amount, transaction.amount));
    ++balance->transactions;
    return move_day({.row = 0,
                     .account = transaction.account_id,
                     .amount_minor = transaction.amount.minor(),
                     .date = transaction.date,
                     .is_posted = transaction.status == TransactionStatus::posted},
                    Direction::in);
}

Result<void> ChangeWriter::move_day(const KeptTransaction& movement, Direction direction) {
    const auto sign = static_cast<std::int64_t>(direction);
    Day& day = days_[movement.account][movement.date.days_since_epoch()];
    std::int64_t& sum = movement.is_posted ? day.posted_minor : day.pending_minor;
    // An amount is never INT64_MIN: put_in refuses it.
    if (__builtin_add_overflow(sum, sign * movement.amount_minor, &sum)) {
        return invalid_argument({},
                                "what an account moves in a day is beyond the range of amounts");
    }
    day.transactions += sign;
    return {};
}

Result<void> ChangeWriter::write_days() {
    ATLAS_TRY_ASSIGN(
        Statement upsert,
        database_.prepare("INSERT INTO account_days VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
                          "ON CONFLICT(household, account_id, date) DO UPDATE SET "
                          "posted_minor = posted_minor + ?4, pending_minor = pending_minor + ?5, "
                          "transactions = transactions + ?6"));
    for (const auto& [account, days] : days_) {
        for (const auto& [day, moved] : days) {
            upsert.bind_all(household_, account, to_string(Date::from_days(day)),
                            moved.posted_minor, moved.pending_minor, moved.transactions);
            ATLAS_TRY(upsert.run());
            upsert.reset();
        }
        ATLAS_TRY(
            database_.run("DELETE FROM account_days WHERE household = ?1 AND account_id = ?2 "
                          "AND transactions = 0",
                          household_, account));
    }
    return {};
}

Result<void> ChangeWriter::remove_account(AccountId account) {
    ATLAS_TRY_ASSIGN(const std::int64_t removed,
                     database_.run("DELETE FROM accounts WHERE household = ?1 AND id = ?2 "
                                   "AND transactions = 0",
                                   household_, account));
    if (removed == 0) {
        return conflict(
            format("account {} does not exist or has transactions", to_string(account)));
    }
    ATLAS_TRY(database_.run("DELETE FROM statements WHERE household = ?1 AND account_id = ?2",
                            household_, account));
    return {};
}

Result<void> ChangeWriter::write_balances() {
    for (const auto& [account, balance] : balances_) {
        ATLAS_TRY(
            database_.run("UPDATE accounts SET balance_minor = ?3, transactions = ?4 "
                          "WHERE household = ?1 AND id = ?2",
                          household_, account, balance.amount.minor(), balance.transactions));
    }
    return {};
}

Result<void> ChangeWriter::write_import(const ports::ImportRecord& record) {
    if (record.keeps_content) {
        ATLAS_TRY_ASSIGN(
            const std::int64_t updated,
            database_.run("UPDATE imports SET state = ?3, file_name = ?4, format = ?5, "
                          "account = ?6, mapping = ?7, report = ?8, created_at_us = ?9, "
                          "added = ?10 WHERE household = ?1 AND id = ?2",
                          household_, record.id, name_of(record.state), record.file_name,
                          record.format, record.account, record.mapping, record.report,
                          record.created_at.micros, record.added));
        return updated == 1 ? Result<void>() : conflict("there is no such import to change");
    }
    ATLAS_TRY(database_.run(
        "INSERT INTO imports VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
        "ON CONFLICT(household, id) DO UPDATE SET state = ?3, file_name = ?4, format = ?5, "
        "account = ?6, mapping = ?7, report = ?8, created_at_us = ?9, added = ?10, content = ?11",
        household_, record.id, name_of(record.state), record.file_name, record.format,
        record.account, record.mapping, record.report, record.created_at.micros, record.added,
        std::as_bytes(std::span(record.borrowed_content.empty() ? std::string_view(record.content)
                                                                : record.borrowed_content))));
    return {};
}

}  // namespace

Result<void> check_change(const LedgerChange& change) {
    for (const Transaction& transaction : change.added) {
        ATLAS_TRY(check_transaction(transaction));
    }
    for (const Transaction& transaction : change.replaced) {
        ATLAS_TRY(check_transaction(transaction));
    }
    const bool changes_state = !change.accounts.empty() || !change.added.empty() ||
                               !change.replaced.empty() || !change.removed.empty() ||
                               !change.removed_accounts.empty() || !change.kept.empty() ||
                               !change.dropped.empty();
    const bool has_event =
        !change.events.empty() || (change.stream != nullptr && change.stream->events() > 0);
    if (changes_state && !has_event) {
        return invalid_argument({}, "what the household keeps changes without an event");
    }
    return {};
}

Result<Written> write_change(Database& database, HouseholdId household, const LedgerChange& change,
                             Timestamp recorded_at) {
    return ChangeWriter(database, household, recorded_at).write(change);
}

}  // namespace atlas::adapters::ledger_store::sqlite
