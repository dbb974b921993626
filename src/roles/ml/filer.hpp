// SPDX-License-Identifier: Apache-2.0
// Files transactions as they are recorded: a consumer of ledger events that keeps a FilingBook a
// household, asks it about what is new, and writes the answer to the ledger, never over a person's
// choice. A correction is learned from the same events, so it holds after a restart and a replay.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/categories.hpp"
#include "contracts/resources/recurring.hpp"
#include "contracts/resources/reviews.hpp"
#include "contracts/resources/rules.hpp"
#include "ports/audit_log.hpp"
#include "ports/event_bus.hpp"
#include "ports/ledger_store.hpp"
#include "ports/roles/role_client.hpp"
#include "roles/ledger_follower.hpp"
#include "roles/ledger_progress.hpp"
#include "roles/ml/filing_book.hpp"
#include "roles/ml/filing_snapshot.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::ml {

/// How long a question waits for the book to have the ledger's last change.
inline constexpr std::chrono::milliseconds kBookWait{500};
/// Transactions written as one change.
inline constexpr std::size_t kFiledAtOnceMax = 1000;
/// A book is kept after so many events, and an eighth of what it holds more: a large one is large.
inline constexpr std::int64_t kBookKeptEvents = 10'000;
inline constexpr std::int64_t kBookKeptShare = 8;

/// Thread-safe. Borrows what it is given; runs from start() to destruction.
class Filer {
public:
    struct Parts {
        ports::LedgerStore& ledger;
        ports::EventBus& bus;
        ports::AuditLog& audit;
        ports::RoleClient& engine;  ///< The finance engine: a person's own changes go through it.
        const Clock& clock;
        IdSource& ids;
        const learning::categorise::Cascade& cascade;
        std::string_view taxonomy;
        SnapshotFolder snapshots{};  ///< Where books are kept between starts.
    };
    explicit Filer(Parts parts)
        : parts_(std::move(parts)),
          folded_by_(roles::ml::folded_by(parts_.cascade, parts_.taxonomy) + ' ' +
                     parts_.snapshots.program),
          follower_(parts_.bus, parts_.clock) {}
    Filer(const Filer&) = delete;
    Filer& operator=(const Filer&) = delete;
    /// Stops following and keeps the books.
    ~Filer();

    using Context = ports::CallContext;

    void bind(serving::HandlerTable& table);
    /// Reads the households' history, then follows the bus on one thread a partition.
    /// Returns when all is folded and filed, or `patience` is over (LedgerFollower::start).
    Result<void> start(std::span<const HouseholdId> households, Deadline patience = {});
    /// Folds everything the ledger has, and files what waits. Errors: those of the store.
    Result<void> catch_up(HouseholdId household);
    /// Waits until the book has `sequence`, or the deadline: false.
    bool wait_for(HouseholdId household, std::int64_t sequence, Deadline deadline) const {
        return progress_.wait_for(household, sequence, deadline);
    }
    /// The last ledger event in the book.
    std::int64_t sequence(HouseholdId household) const { return progress_.sequence(household); }
    std::string trouble() const { return follower_.trouble(); }
    /// Whether something may be filed under it. Errors: unavailable while the book is not read.
    Result<bool> is_category(HouseholdId household, std::string_view id);
    /// What the household's answers taught, as bytes; for tests and the curious.
    std::string memory_of(HouseholdId household);

    Result<contracts::ReviewList> list_reviews(const contracts::ListReviews& request,
                                               const Context& context);
    Result<contracts::EditResult> accept_review(const contracts::AcceptReview& request,
                                                const Context& context);
    Result<contracts::EditResult> pick_review(const contracts::PickReview& request,
                                              const Context& context);
    Result<contracts::ReviewList> skip_review(const contracts::ReviewById& request,
                                              const Context& context);
    Result<contracts::EditResult> refile(const Context& context);
    Result<contracts::FitResult> fit(const Context& context);
    Result<contracts::ReviewItem> explain(const contracts::ReviewById& request,
                                          const Context& context);

    Result<contracts::RuleList> list_rules(const Context& context);
    Result<contracts::RuleValue> save_rule(const contracts::SaveRule& request,
                                           const Context& context);
    Result<contracts::RuleList> remove_rule(const contracts::RuleById& request,
                                            const Context& context);
    Result<contracts::DryRunValue> dry_run(const contracts::SaveRule& request,
                                           const Context& context);
    Result<contracts::EditResult> apply_rules(const Context& context);
    Result<contracts::RuleSuggestionList> list_suggestions(const Context& context);
    Result<contracts::RuleSuggestionList> reject_suggestion(const contracts::RuleById& request,
                                                            const Context& context);

    Result<contracts::CategoryList> list_categories(const Context& context);
    Result<contracts::CategoryList> add_category(const contracts::AddCategory& request,
                                                 const Context& context);
    Result<contracts::CategoryList> change_category(const contracts::ChangeCategory& request,
                                                    const Context& context);
    Result<contracts::SeriesList> list_recurring(const contracts::ListRecurring& request,
                                                 const Context& context);

private:
    struct Household {
        /// Whoever changes the book holds this and mutex_, whoever reads it one of them: readers do
        /// not wait while a large book is written to the disk, which only changes have to.
        std::mutex turn;
        std::unique_ptr<FilingBook> book;
        bool is_loaded = false;          ///< What was kept of it was looked for.
        ports::Sequence kept_at = 0;     ///< Where the book on the disk ends.
        ports::Sequence started_at = 0;  ///< Before it has this, the book answers nothing.
    };
    /// Takes up the book that was kept, once. One that does not fit is as none.
    Result<void> load(HouseholdId household);
    /// The kept book where it is whole, this program's and of this history; else null.
    Result<std::unique_ptr<FilingBook>> read_book(HouseholdId household);
    Result<void> keep(HouseholdId household);
    void keep_if_due(HouseholdId household);
    /// Folds what the ledger has beyond the book.
    Result<void> fold(HouseholdId household);
    Result<void> file_waiting(HouseholdId household);
    Result<void> file(HouseholdId household, const FilingBook::Waiting& waiting);
    Household& household_locked(HouseholdId household);
    /// Runs `change` on the household, as the only one who changes it.
    template <class Change>
    auto with_turn(HouseholdId household, Change change) {
        const std::lock_guard turn(turn_of(household));
        const std::lock_guard lock(mutex_);
        return change(household_locked(household));
    }
    std::mutex& turn_of(HouseholdId household);
    FilingBook& book_locked(HouseholdId household) { return *household_locked(household).book; }
    /// Runs `use` on the book under the lock, once it has the ledger's last change or the patience
    /// is over. Errors: those of `use`, which returns a Result; unavailable while the book lacks
    /// what the ledger had at the start.
    template <class Use>
    auto with_book(const Context& context, Use use)
        -> decltype(use(std::declval<const FilingBook&>())) {
        ATLAS_TRY(settle(context));
        const std::lock_guard lock(mutex_);
        return use(std::as_const(book_locked(context.household)));
    }
    Result<void> settle(const Context& context);
    /// Errors: unavailable where the book has not what the ledger had at the start by then.
    Result<void> require_book(HouseholdId household, Deadline patience);

    using Page = std::span<const finance::ledger::Transaction>;
    /// Calls `use` with what the query finds, a page at a time. Errors: the store's and `use`'s.
    Result<void> each_page(const Context& context, ports::TransactionQuery query,
                           const std::function<Result<void>(Page)>& use);

    /// What a change of many transactions is called.
    struct Step {
        std::string_view action;
        std::string summary;
    };
    /// Replaces transactions and appends events, as one step with an undo where there are any.
    Result<contracts::EditResult> write_step(
        const Context& context, const Step& step,
        const std::vector<finance::ledger::Transaction>& wanted,
        std::vector<ports::OutboxEvent> decisions);
    /// One decision (a rule, a category …) as an event, folded before it returns.
    /// `answer`: what a repeat under the same Idempotency-Key is told; empty where it reads anew.
    Result<void> write_decision(const Context& context, std::string_view action,
                                ports::OutboxEvent event, std::string answer = {});

    /// Stands between an Idempotency-Key and the hash of its request, on the way from at_most_once
    /// to the change they are written with; no header can hold it.
    static constexpr char kHashMark = '\n';
    /// What was answered to the same request under the context's key, if it was sent before.
    /// Errors: conflict when the key was used for another request.
    Result<std::optional<std::string>> kept_answer(const Context& context,
                                                   std::string_view request_hash);
    /// Writes the answer with the change, where at_most_once asked for it.
    void keep_answer(const Context& context, std::string body, ports::LedgerChange& change) const;
    /// Runs `act` unless its effect is there already: then its answer is the kept one, or, where
    /// none was kept because it is a list, `read`'s.
    template <class Act, class Read>
    auto at_most_once(const Context& context, const std::string& request, Act act, Read read)
        -> decltype(act(context)) {
        using Answer = typename decltype(act(context))::value_type;
        if (context.idempotency_key.empty()) {
            return act(context);
        }
        const std::string hash = to_hex(sha256(request));
        ATLAS_TRY_ASSIGN(const auto kept, kept_answer(context, hash));
        if (kept.has_value()) {
            return kept->empty() ? read(context) : contracts::decode<Answer>(*kept);
        }
        Context marked = context;
        marked.idempotency_key += kHashMark + hash;
        return act(marked);
    }
    Result<void> apply_audited(const Context& context, std::string_view action,
                               ports::LedgerChange change);

    Parts parts_;
    std::mutex mutex_;
    LedgerProgress progress_;
    const std::string folded_by_;
    std::map<HouseholdId, Household> households_;  ///< Guarded by mutex_.
    /// What comes again, as last found: looking is a pass over all transactions.
    struct KnownSeries {
        ports::Sequence sequence = 0;
        std::optional<Date> asked_for{};
        contracts::SeriesList list{};
    };
    Guarded<std::map<HouseholdId, KnownSeries>> series_;
    /// False in a house opened for one command: nobody else folds what the ledger has.
    std::atomic<bool> is_following_{false};
    LedgerFollower follower_;  ///< Last: stopped before what it uses.
};

}  // namespace atlas::roles::ml
