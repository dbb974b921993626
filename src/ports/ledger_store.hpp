// SPDX-License-Identifier: Apache-2.0
// The ledger store is the truth for a household's accounts and transactions. One call changes it:
// apply() writes the new state and its outbox rows in one durable transaction, numbered by the
// household's sequence. A relay reads the outbox and publishes; nothing else leaves the store.
// Contract suite: ports/testing/ledger_store_contract.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
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
inline constexpr std::size_t kEditsReadMax = 1000;
/// Records of one kind that a household keeps.
inline constexpr std::size_t kKeptRecordsMax = 10'000;

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
    /// Of a record that is replaced: the store's content stays, and `content` is not looked at.
    bool keeps_content = false;
    /// Instead of `content` where that would be a copy: bytes that outlive the call to apply().
    std::string_view borrowed_content{};
};

/// An event for the outbox; the store adds household, sequence and recorded_at.
struct OutboxEvent {
    std::string type{};     ///< "TransactionRecorded"
    std::string payload{};  ///< JSON of the contract type.
};

/// A further place that tells of a transaction: a second file with the same movement. The first
/// one is the transaction's own source.
struct Telling {
    TransactionId transaction{};
    finance::ledger::SourcePlace place{};
    /// As printed there, where that is not the transaction's own: so it is known there again.
    std::optional<std::string> fingerprint{};

    friend bool operator==(const Telling&, const Telling&) = default;
};

/// The part of an account's life that one imported file speaks of, and the balance it tells.
struct ToldStatement {
    AccountId account{};
    ImportId import{};
    std::string file{};
    Date from{};
    Date to{};
    std::optional<money::Money> closing{};
    std::optional<Date> closing_date{};  ///< Present when `closing` is.

    friend bool operator==(const ToldStatement&, const ToldStatement&) = default;
};

/// Two transactions a person has said are not the two legs of one transfer.
struct RejectedPair {
    TransactionId out{};
    TransactionId in{};

    friend auto operator<=>(const RejectedPair&, const RejectedPair&) = default;
};

/// One step of a person's, which can be taken back: what it changed stands in the history as the
/// events from `first` to `last`.
struct EditRecord {
    EditId id{};
    Timestamp created_at{};
    std::string actor{};   ///< User id.
    std::string report{};  ///< JSON for the role that wrote it.
    Sequence first = 0;
    Sequence last = 0;  ///< Below `first` when no event came of it.
    bool undone = false;

    friend bool operator==(const EditRecord&, const EditRecord&) = default;
};

/// A line for the audit log, kept with its change until the log has it.
struct AuditNote {
    EditId id{};
    Timestamp at{};
    std::string actor{};
    std::string action{};
    std::string detail{};  ///< JSON.

    friend bool operator==(const AuditNote&, const AuditNote&) = default;
};

struct WaitingNote {
    HouseholdId household{};
    AuditNote note{};
};

using RecordId = Id<struct RecordTag>;

/// What a household keeps beside its transactions, one small document each: its debts, say. The
/// kind names the contract type of the body.
struct KeptRecord {
    std::string kind{};  ///< "debt"
    RecordId id{};
    std::string body{};  ///< JSON of the contract type.
    Timestamp updated_at{};

    friend bool operator==(const KeptRecord&, const KeptRecord&) = default;
};

struct KeptKey {
    std::string kind{};
    RecordId id{};

    friend bool operator==(const KeptKey&, const KeptKey&) = default;
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

/// One piece of a ChangeStream: a transaction that comes, goes or becomes another, with its event;
/// a telling; or an event alone, of what else the change does.
struct StreamedChange {
    std::optional<finance::ledger::Transaction> added{};
    OutboxEvent event{};  ///< Of one of the others or none; without a type there is none.
    std::optional<Telling> told{};
    std::optional<TransactionId> removed{};                  ///< Must exist then.
    std::optional<finance::ledger::Transaction> replaced{};  ///< By id; must exist then.
};

/// The part of a change that is too large to hold. It is the same however often it is read. Its
/// pieces take effect in their order. It may read the store while the change is being written, and
/// then sees it as it was before.
class ChangeStream {
public:
    virtual ~ChangeStream() = default;

    /// Back to the beginning; before the first next(). Errors: the stream's own.
    virtual Result<void> rewind() = 0;
    /// Nothing at the end. Errors: the stream's own.
    virtual Result<std::optional<StreamedChange>> next() = 0;
    /// How many of them have an event: each takes a number of the sequence, after `events`.
    virtual std::int64_t events() const = 0;
};

/// One unit of work. Either all of it is durable, or none.
struct LedgerChange {
    std::vector<finance::ledger::Account> accounts{};  ///< Inserted, or replaced by id.
    std::vector<finance::ledger::Transaction> added{};
    std::vector<finance::ledger::Transaction> replaced{};  ///< By id; must exist.
    std::vector<TransactionId> removed{};                  ///< Must exist.
    std::optional<ImportRecord> import{};                  ///< Inserted, or replaced by id.
    std::vector<ImportRecord> imports{};  ///< More of them: a history brought back.
    /// Not empty when accounts, transactions or kept records change, unless `stream` has events.
    std::vector<OutboxEvent> events{};
    std::optional<IdempotentAnswer> answer{};
    /// When given: refuse with conflict unless the household's sequence is still this one, so
    /// that a decision taken on a read (de-duplication) holds when it is written.
    std::optional<Sequence> expected{};
    std::vector<AccountId> removed_accounts{};  ///< Must exist, and have no transaction then.
    std::vector<Telling> told{};                ///< Of transactions that exist then.
    std::vector<ToldStatement> statements{};
    /// Forgets what this import told besides the transactions whose source it is: tellings and
    /// statements. Comes before `told` and `statements`.
    std::optional<ImportId> untold{};
    std::vector<RejectedPair> rejected_pairs{};    ///< Remembered; again is no error.
    std::vector<RejectedPair> unrejected_pairs{};  ///< Forgotten; unknown is no error.
    std::vector<EditRecord> edits{};               ///< Inserted, or replaced by id.
    std::optional<AuditNote> audit{};
    std::vector<KeptRecord> kept{};  ///< Inserted, or replaced by kind and id.
    std::vector<KeptKey> dropped{};  ///< Must exist.
    /// Comes after all of the above. Shared with the plan that the change is a part of.
    std::shared_ptr<ChangeStream> stream{};
};

struct AccountBalance {
    finance::ledger::Account account;
    money::Money balance;              ///< Sum of posted and pending transactions.
    std::optional<Date> balance_date;  ///< Date of the last transaction, if any.
    std::int64_t transactions = 0;
};

/// What an account took in and gave out on one day.
struct DayMovement {
    Date date;
    money::Money posted;
    money::Money pending;
    std::int64_t transactions = 0;

    friend bool operator==(const DayMovement&, const DayMovement&) = default;
};

enum class ListOrder : std::uint8_t { newest, oldest, largest, smallest };
enum class Flow : std::uint8_t { in, out };

/// Amounts of a range are absolute, in millionths of a unit of the account's currency, so that one
/// range serves every currency.
inline constexpr std::int64_t kAmountScale = 1'000'000;
inline constexpr std::size_t kSearchWordsMax = 24;

/// All given conditions must hold. Order: date descending, then id descending; with `order`, the
/// date ascending, or the amount without its sign.
struct TransactionQuery {
    std::optional<AccountId> account_id;
    std::optional<Date> from;             ///< Included.
    std::optional<Date> to;               ///< Included.
    std::optional<std::string> category;  ///< A leaf, or a parent with all its leaves.
    /// Words, each anywhere in description, merchant, title, notes or tags, without regard to case
    /// and accents; or an amount ("12.30"), or a day, month or year ("2026-06"). All must fit.
    std::optional<std::string> text;
    std::optional<ImportId> import_id;
    std::size_t limit = 100;                   ///< 1 to kTransactionsPageMax.
    std::string cursor;                        ///< Opaque, from the page before; empty: the first.
    std::optional<std::int64_t> amount_min{};  ///< Included, see kAmountScale.
    std::optional<std::int64_t> amount_max{};  ///< Included.
    std::optional<Flow> flow{};
    std::optional<finance::ledger::TransactionStatus> status{};
    std::optional<finance::ledger::FilingSource> filed_by{};
    std::optional<bool> reviewed{};
    std::optional<bool> tagged{};      ///< Some split has a tag.
    std::optional<std::string> tag{};  ///< Some split has this one, exactly.
    ListOrder order = ListOrder::newest;
    bool count = false;  ///< Fill `total` and `sums`.
};

struct TransactionPage {
    std::vector<finance::ledger::Transaction> items;
    std::string next_cursor;  ///< Empty at the end.
    Sequence as_of = 0;
    std::optional<std::int64_t> total{};  ///< Of all pages, when asked for.
    std::vector<money::Money> sums{};     ///< Likewise, one a currency, by code.
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
    ///         an account with transactions changes its currency or is removed, the idempotency key
    ///         has a living answer, whoever's: read answer() and compare the request),
    ///         invalid_argument (splits do not sum, a currency is not the account's, a balance
    ///         leaves the range of Money, state changes without an event), exhausted
    ///         (kKeptRecordsMax), no_space, unavailable, deadline_exceeded; then nothing has
    ///         changed. One exception: after a failed fsync, reported as unavailable, a crash may
    ///         bring the change back at the next start.
    virtual Result<Sequence> apply(HouseholdId household, const LedgerChange& change,
                                   Deadline deadline) = 0;

    /// All accounts with balances, by name.
    virtual Result<std::vector<AccountBalance>> accounts(HouseholdId household) = 0;

    /// Errors: invalid_argument (limit, cursor not ours, more than kSearchWordsMax words).
    virtual Result<TransactionPage> transactions(HouseholdId household,
                                                 const TransactionQuery& query) = 0;

    /// Errors: not_found.
    virtual Result<finance::ledger::Transaction> transaction(HouseholdId household,
                                                             TransactionId id) = 0;

    /// Those of `ids` that are there, in their order, all as of one moment. Cost: a look-up each.
    virtual Result<std::vector<finance::ledger::Transaction>> transactions_of(
        HouseholdId household, std::span<const TransactionId> ids) = 0;

    /// Those of `ids` that are transactions, in their order. Cost: a look-up each.
    virtual Result<std::vector<TransactionId>> known_ids(HouseholdId household,
                                                         std::span<const TransactionId> ids) = 0;

    /// Every transaction of an account with from <= date <= to, date ascending: what
    /// de-duplication and transfer pairing look at. No limit but the account's size.
    virtual Result<std::vector<finance::ledger::Transaction>> transactions_between(
        HouseholdId household, AccountId account, Date from, Date to) = 0;

    /// Both legs of a transfer, or what is left of them.
    virtual Result<std::vector<finance::ledger::Transaction>> legs(HouseholdId household,
                                                                   TransferId transfer) = 0;
    /// The refunds linked to a purchase, oldest first.
    virtual Result<std::vector<finance::ledger::Transaction>> refunds(HouseholdId household,
                                                                      TransactionId purchase) = 0;
    /// Days up to and including `to` on which an account moved, ascending: what a balance over
    /// time adds up. Cost: the account's days, not its transactions.
    virtual Result<std::vector<DayMovement>> movements(HouseholdId household, AccountId account,
                                                       Date to) = 0;

    /// Who tells of these transactions besides their first source: in their order, and of each in
    /// the order told. Cost: a look-up each.
    virtual Result<std::vector<Telling>> tellings(HouseholdId household,
                                                  std::span<const TransactionId> ids) = 0;
    /// What this import tells of transactions whose source is another one.
    virtual Result<std::vector<Telling>> told_besides(HouseholdId household, ImportId import) = 0;
    /// Tellings with a fingerprint, of an account's transactions with from <= date <= to.
    virtual Result<std::vector<Telling>> told_otherwise(HouseholdId household, AccountId account,
                                                        Date from, Date to) = 0;
    /// Of an account, by `to`, then by `from`.
    virtual Result<std::vector<ToldStatement>> statements(HouseholdId household,
                                                          AccountId account) = 0;
    virtual Result<std::vector<RejectedPair>> rejected_pairs(HouseholdId household) = 0;

    /// Newest first; 1 <= limit <= kEditsReadMax.
    virtual Result<std::vector<EditRecord>> edits(HouseholdId household, std::size_t limit) = 0;
    /// Errors: not_found.
    virtual Result<EditRecord> edit(HouseholdId household, EditId id) = 0;

    /// Records of a kind, by id.
    virtual Result<std::vector<KeptRecord>> kept(HouseholdId household,
                                                 const std::string& kind) = 0;

    /// Audit notes not yet forgotten, in order; 1 <= limit <= kOutboxReadMax.
    virtual Result<std::vector<WaitingNote>> waiting_notes(std::size_t limit) = 0;
    /// Forgets one. Unknown is no error.
    virtual Result<void> forget_note(HouseholdId household, EditId id) = 0;

    /// Newest first, without `content`.
    virtual Result<std::vector<ImportRecord>> imports(HouseholdId household) = 0;
    /// Without `content`. Errors: not_found.
    virtual Result<ImportRecord> import_head(HouseholdId household, ImportId id) = 0;
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
