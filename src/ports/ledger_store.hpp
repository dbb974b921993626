// SPDX-License-Identifier: Apache-2.0
// The ledger store is the truth for a household's accounts and transactions. One call changes it:
// apply() writes the new state and its outbox rows in one durable transaction, numbered by the
// household's sequence. A relay reads the outbox and publishes; nothing else leaves the store.
// Contract suite: ports/testing/ledger_store_contract.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "finance/ledger/account.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::ports {

/// Position in a household's ledger: 0 before the first change, then 1, 2, … without gaps.
using Sequence = std::int64_t;

inline constexpr std::size_t kTransactionsPageMax = 1000;
inline constexpr std::size_t kOutboxReadMax = 10'000;

enum class ImportState : std::uint8_t { preview, committed, undone };

/// One file on its way into the ledger, and afterwards its history.
struct ImportRecord {
    ImportId id{};
    ImportState state = ImportState::preview;
    std::string file_name{};
    std::string format{};   ///< "ofx", "csv", …
    std::string account{};  ///< Account name asked for, empty: taken from the file.
    std::string mapping{};  ///< JSON of a CSV mapping, empty: recognised.
    std::string content{};  ///< The file's bytes; kept until undone, so that a replay is possible.
    std::string report{};   ///< JSON shown to the person: counts, rejected rows, reconciliation.
    Timestamp created_at{};
    std::int64_t added = 0;
};

/// An event for the outbox; the store adds household, sequence and recorded_at.
struct OutboxEvent {
    std::string type{};     ///< "TransactionRecorded"
    std::string payload{};  ///< JSON of the contract type.
};

/// The answer to a write, kept with the write so that a repeat gets the same bytes.
struct IdempotentAnswer {
    std::string key{};
    std::string request_hash{};  ///< Of method, path and body: the same key for another request is
                                 ///< a conflict.
    int status = 200;
    std::string body{};
    Timestamp expires_at{};
};

/// One unit of work. Either all of it is durable, or none.
struct LedgerChange {
    std::vector<finance::ledger::Account> accounts{};  ///< Inserted, or replaced by id.
    std::vector<finance::ledger::Transaction> added{};
    std::vector<finance::ledger::Transaction> replaced{};  ///< By id; must exist.
    std::vector<TransactionId> removed{};                  ///< Must exist.
    std::optional<ImportRecord> import{};                  ///< Inserted, or replaced by id.
    std::vector<OutboxEvent> events{};  ///< Not empty when accounts or transactions change.
    std::optional<IdempotentAnswer> answer{};
    /// When given: refuse with conflict unless the household's sequence is still this one, so
    /// that a decision taken on a read (de-duplication) holds when it is written.
    std::optional<Sequence> expected{};
};

struct AccountBalance {
    finance::ledger::Account account;
    money::Money balance;              ///< Sum of posted and pending transactions.
    std::optional<Date> balance_date;  ///< Date of the last transaction, if any.
    std::int64_t transactions = 0;
};

/// All given conditions must hold. Order: date descending, then id descending.
struct TransactionQuery {
    std::optional<AccountId> account_id;
    std::optional<Date> from;             ///< Included.
    std::optional<Date> to;               ///< Included.
    std::optional<std::string> category;  ///< A leaf, or a parent with all its leaves.
    std::optional<std::string> text;      ///< Words in description or merchant, any case.
    std::optional<ImportId> import_id;
    std::size_t limit = 100;  ///< 1 to kTransactionsPageMax.
    std::string cursor;       ///< Opaque, from the page before; empty: the first.
};

struct TransactionPage {
    std::vector<finance::ledger::Transaction> items;
    std::string next_cursor;  ///< Empty at the end.
    Sequence as_of = 0;
};

struct OutboxRow {
    std::int64_t position = 0;  ///< Across households, ascending, gaps allowed.
    HouseholdId household;
    Sequence sequence = 0;
    Timestamp recorded_at;
    OutboxEvent event;
};

/// Thread-safe. Every method begins with the household, but the relay's own.
class LedgerStore {
public:
    virtual ~LedgerStore() = default;

    /// Current position. 0 for a household nothing was written for.
    virtual Result<Sequence> sequence(HouseholdId household) = 0;

    /// Applies the change and returns the household's new sequence once it is on stable storage:
    /// one number per event, in their order.
    /// Errors: conflict (`expected` is past, an id exists or is missing, an account name is taken,
    ///         an account with transactions changes its currency, the idempotency key has a living
    ///         answer, whoever's: read answer() and compare the request),
    ///         invalid_argument (splits do not sum, a currency is not the account's, a balance
    ///         leaves the range of Money, state changes without an event), no_space, unavailable,
    ///         deadline_exceeded; then nothing has changed. One exception: after a failed fsync,
    ///         reported as unavailable, a crash may bring the change back at the next start.
    virtual Result<Sequence> apply(HouseholdId household, const LedgerChange& change,
                                   Deadline deadline) = 0;

    /// All accounts with balances, by name.
    virtual Result<std::vector<AccountBalance>> accounts(HouseholdId household) = 0;

    /// Errors: invalid_argument (limit, cursor not ours).
    virtual Result<TransactionPage> transactions(HouseholdId household,
                                                 const TransactionQuery& query) = 0;

    /// Errors: not_found.
    virtual Result<finance::ledger::Transaction> transaction(HouseholdId household,
                                                             TransactionId id) = 0;

    /// Every transaction of an account with from <= date <= to, date ascending: what
    /// de-duplication and transfer pairing look at. No limit but the account's size.
    virtual Result<std::vector<finance::ledger::Transaction>> transactions_between(
        HouseholdId household, AccountId account, Date from, Date to) = 0;

    /// Newest first, without `content`.
    virtual Result<std::vector<ImportRecord>> imports(HouseholdId household) = 0;
    /// With `content`. Errors: not_found.
    virtual Result<ImportRecord> import(HouseholdId household, ImportId id) = 0;

    /// The kept answer for a key, if it has not expired at `now`.
    virtual Result<std::optional<IdempotentAnswer>> answer(HouseholdId household,
                                                           const std::string& key,
                                                           Timestamp now) = 0;

    /// Rows not yet marked as relayed, in position order; 1 <= limit <= kOutboxReadMax.
    virtual Result<std::vector<OutboxRow>> outbox(std::size_t limit) = 0;
    /// Marks all rows up to and including `position` as relayed. They are kept for history().
    virtual Result<void> mark_relayed(std::int64_t position) = 0;
    /// Waits until outbox() would not be empty, the deadline passes or `stop` is requested; true
    /// when there is a row. Cheap to call in a loop: the store is asked nothing while waiting.
    virtual Result<bool> wait_outbox(Deadline deadline, std::stop_token stop) = 0;

    /// Every event of a household numbered above `after`, relayed or not, in order of sequence:
    /// what a projection is rebuilt from, and what fills the gap when a bus forgot in a crash.
    /// 1 <= limit <= kOutboxReadMax.
    virtual Result<std::vector<OutboxRow>> history(HouseholdId household, Sequence after,
                                                   std::size_t limit) = 0;
};

}  // namespace atlas::ports
