// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/filer.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "finance/rules/rule_set.hpp"

namespace atlas::roles::ml {

/// The report of a step, as the finance engine keeps those of its own, so that it can take ours
/// back.
struct KeptFiling {
    std::string action;
    std::string summary;
    std::int64_t changed = 0;
};

}  // namespace atlas::roles::ml

namespace atlas::contracts {

template <>
struct Description<roles::ml::KeptFiling> {
    using T = roles::ml::KeptFiling;
    static constexpr std::string_view name = "KeptFiling";
    static constexpr std::string_view doc = "What the record of a step keeps.";
    static constexpr auto fields = std::array{
        field<&T::action>("action", "What was done."),
        field<&T::summary>("summary", "In plain words."),
        field<&T::changed>("changed", "Transactions."),
    };
};

}  // namespace atlas::contracts

namespace atlas::roles::ml {
namespace {

namespace ledger = finance::ledger;
using ledger::Transaction;

constexpr std::size_t kReadMax = 1000;
constexpr int kAttemptsMax = 5;
constexpr std::chrono::seconds kWriteDeadline{30};

ports::OutboxEvent changed_event(const Transaction& before, const Transaction& after) {
    const contracts::TransactionChangedEvent event{.version = 1,
                                                   .before = contracts::to_value(before),
                                                   .after = contracts::to_value(after),
                                                   .unknown_fields = {}};
    return {std::string(contracts::kTransactionChanged), contracts::encode(event)};
}

/// Takes over what filing decides, and leaves the rest as the store has it.
Transaction merged(const Transaction& stored, const Transaction& wanted) {
    Transaction after = stored;
    after.splits = wanted.splits;
    after.filed = wanted.filed;
    after.merchant = wanted.merchant;
    return after;
}

std::int64_t count_of(const std::vector<ports::OutboxEvent>& events) {
    return static_cast<std::int64_t>(events.size());
}

bool is_filed_alike(const Transaction& left, const Transaction& right) {
    return left.splits == right.splits && left.merchant == right.merchant &&
           left.filed.source == right.filed.source;
}

}  // namespace

Result<void> Filer::start(std::span<const HouseholdId> households, Deadline patience) {
    is_following_ = true;
    for (const HouseholdId household : households) {
        ATLAS_TRY_ASSIGN(const ports::Sequence now, parts_.ledger.sequence(household));
        const std::lock_guard lock(mutex_);
        household_locked(household).started_at = now;
    }
    // The bus says that there is news; the ledger's own history says which, without gaps.
    return follower_.start(
        households,
        {.catch_up = [this](HouseholdId household) { return catch_up(household); },
         .apply = [this](HouseholdId household, auto) { return catch_up(household); }},
        patience);
}

Filer::~Filer() {
    follower_.stop();  // Stopped and joined: nobody changes the books from here on.
    for (const auto& [household, state] : households_) {
        // A book that cannot be kept is folded again at the next start.
        static_cast<void>(keep(household).has_value());
    }
}

Filer::Household& Filer::household_locked(HouseholdId household) {
    Household& state = households_[household];
    if (state.book == nullptr) {
        state.book = std::make_unique<FilingBook>(parts_.cascade, parts_.taxonomy);
    }
    return state;
}

std::mutex& Filer::turn_of(HouseholdId household) {
    const std::lock_guard lock(mutex_);
    return household_locked(household).turn;  // Where it is, it stays.
}

Result<void> Filer::catch_up(HouseholdId household) {
    ATLAS_TRY(fold(household));
    return file_waiting(household);
}

Result<void> Filer::load(HouseholdId household) {
    {
        const std::lock_guard lock(mutex_);
        if (household_locked(household).is_loaded) {
            return {};
        }
    }
    std::unique_ptr<FilingBook> kept;
    if (parts_.snapshots.disk != nullptr) {
        ATLAS_TRY_ASSIGN(kept, read_book(household));
    }
    with_turn(household, [&](Household& state) {
        if (kept != nullptr && state.book->sequence() == 0) {
            state.kept_at = kept->sequence();
            state.book = std::move(kept);
            progress_.reach(household, state.kept_at);
        }
        state.is_loaded = true;
    });
    return {};
}

Result<std::unique_ptr<FilingBook>> Filer::read_book(HouseholdId household) {
    ATLAS_TRY_ASSIGN(const auto snapshot, read_snapshot(parts_.snapshots, household));
    if (!snapshot.has_value() || snapshot->folded_by != folded_by_) {
        return std::unique_ptr<FilingBook>();
    }
    auto book = FilingBook::load(parts_.cascade, parts_.taxonomy, snapshot->book);
    if (!book.has_value() || (*book)->sequence() == 0) {
        return std::unique_ptr<FilingBook>();
    }
    // The ledger may be an older one, brought back by hand: the book is of this history or of none.
    ATLAS_TRY_ASSIGN(const std::vector<ports::OutboxRow> last,
                     parts_.ledger.history(household, (*book)->sequence() - 1, 1));
    const bool is_ours = !last.empty() && mark_of(last.front()) == snapshot->last_event;
    return is_ours ? *std::move(book) : nullptr;
}

Result<void> Filer::keep(HouseholdId household) {
    const std::lock_guard turn(turn_of(household));
    const FilingBook* book = nullptr;
    ports::Sequence kept_at = 0;
    {
        const std::lock_guard lock(mutex_);
        const Household& state = household_locked(household);
        book = state.book.get();
        kept_at = state.kept_at;
    }
    const ports::Sequence at = book->sequence();
    if (parts_.snapshots.disk == nullptr || at == kept_at) {
        return {};
    }
    ATLAS_TRY_ASSIGN(const std::vector<ports::OutboxRow> last,
                     parts_.ledger.history(household, at - 1, 1));
    if (last.empty()) {
        return fail(ErrorCode::data_loss, {}, "the ledger lacks an event that was read of it");
    }
    const FilingSnapshot head{
        .folded_by = folded_by_, .last_event = mark_of(last.front()), .book = {}};
    ATLAS_TRY(write_snapshot(parts_.snapshots, household, head,
                             [&](const BookSink& sink) { return book->save(sink); }));
    const std::lock_guard lock(mutex_);
    household_locked(household).kept_at = at;
    return {};
}

void Filer::keep_if_due(HouseholdId household) {
    {
        const std::lock_guard lock(mutex_);
        const Household& state = household_locked(household);
        const std::int64_t ahead = state.book->sequence() - state.kept_at;
        if (ahead < kBookKeptEvents + state.book->held() / kBookKeptShare) {
            return;
        }
    }
    static_cast<void>(keep(household).has_value());  // Tried again with the next events.
}

Result<void> Filer::fold(HouseholdId household) {
    ATLAS_TRY(load(household));
    for (;;) {
        std::int64_t known = 0;
        {
            const std::lock_guard lock(mutex_);
            known = book_locked(household).sequence();
        }
        ATLAS_TRY_ASSIGN(const std::vector<ports::OutboxRow> rows,
                         parts_.ledger.history(household, known, kReadMax));
        if (rows.empty()) {
            return {};
        }
        if (follower_.is_stopping()) {
            return unavailable("the program stops");
        }
        const Result<void> folded = with_turn(household, [&](Household& state) {
            Result<void> applied;
            for (auto row = rows.begin(); row != rows.end() && applied.has_value(); ++row) {
                applied = state.book->apply(row->sequence, row->event.type, row->event.payload);
            }
            known = state.book->sequence();
            return applied;
        });
        progress_.reach(household, known);
        ATLAS_TRY(folded);
        if (rows.size() == kReadMax) {
            keep_if_due(household);  // A long history: a kill does not cost all of it.
        }
    }
}

Result<void> Filer::settle(const Context& context) {
    if (!is_following_) {
        // A broken history shows as a book that is behind, as it does while somebody follows.
        static_cast<void>(fold(context.household).has_value());
        return {};
    }
    const auto sequence = parts_.ledger.sequence(context.household);
    if (sequence.has_value()) {
        const Deadline patience{
            std::min(context.deadline.at, Deadline::after(parts_.clock, kBookWait).at)};
        static_cast<void>(wait_for(context.household, *sequence, patience));
    }
    return require_book(context.household, Deadline::after(parts_.clock, {}));
}

Result<void> Filer::require_book(HouseholdId household, Deadline patience) {
    ports::Sequence started_at = 0;
    {
        const std::lock_guard lock(mutex_);
        started_at = household_locked(household).started_at;
    }
    if (!wait_for(household, started_at, patience)) {
        return unavailable(format(
            "the ledger's history is still being read, event {} of {}: ask again in a moment",
            sequence(household), started_at));
    }
    return {};
}

Result<void> Filer::file_waiting(HouseholdId household) {
    for (;;) {
        keep_if_due(household);
        const FilingBook::Waiting waiting = with_turn(
            household, [](Household& state) { return state.book->take_waiting(kFiledAtOnceMax); });
        if (waiting.places.empty()) {
            return {};
        }
        const Result<void> filed =
            follower_.is_stopping() ? unavailable("the program stops") : file(household, waiting);
        with_turn(household, [&](Household& state) {
            if (filed.has_value()) {
                state.book->finish(waiting);
            } else {
                // Tried again with the next event, or in a moment, by the follower.
                state.book->give_back(waiting);
            }
        });
        ATLAS_TRY(filed);
        ATLAS_TRY(fold(household));
    }
}

/// The lock is never held across a call to the store; what a person does in between is seen when
/// the write is refused, because the sequence has moved.
Result<void> Filer::file(HouseholdId household, const FilingBook::Waiting& waiting) {
    ports::LedgerChange change;
    ATLAS_TRY_ASSIGN(change.expected, parts_.ledger.sequence(household));
    ATLAS_TRY_ASSIGN(const std::vector<Transaction> stored,
                     parts_.ledger.transactions_of(household, waiting.ids()));
    std::vector<const Transaction*> changed;
    {
        const std::lock_guard lock(mutex_);
        const FilingBook& book = book_locked(household);
        for (const Transaction& before : stored) {
            if (!book.is_due(before, waiting)) {
                continue;
            }
            const Transaction after = book.judge(before).after;
            if (!is_filed_alike(before, after)) {
                changed.push_back(&before);
                change.replaced.push_back(merged(before, after));
                change.events.push_back(changed_event(before, change.replaced.back()));
            }
        }
    }
    if (change.replaced.empty()) {
        return {};
    }
    ATLAS_TRY(
        parts_.ledger.apply(household, change, Deadline::after(parts_.clock, kWriteDeadline)));
    // What was written is at hand: it is folded without being read. Where the book has not all of
    // what was before it, or somebody has folded it in between, fold() does what is left to do.
    with_turn(household, [&](Household& state) {
        FilingBook& book = *state.book;
        if (book.sequence() == change.expected) {
            for (std::size_t i = 0; i < changed.size(); ++i) {
                book.apply_change(book.sequence() + 1, *changed[i], change.replaced[i]);
            }
            progress_.reach(household, book.sequence());
        }
    });
    return {};
}

Result<void> Filer::each_page(const Context& context, ports::TransactionQuery query,
                              const std::function<Result<void>(Page)>& use) {
    query.limit = ports::kTransactionsPageMax;
    for (;;) {
        ATLAS_TRY_ASSIGN(const ports::TransactionPage page,
                         parts_.ledger.transactions(context.household, query));
        ATLAS_TRY(use(page.items));
        if (page.next_cursor.empty()) {
            return {};
        }
        if (context.deadline.has_passed(parts_.clock)) {
            return fail(ErrorCode::deadline_exceeded, {},
                        "there are more transactions than can be looked at in the time given");
        }
        query.cursor = page.next_cursor;
    }
}

Result<bool> Filer::is_category(HouseholdId household, std::string_view id) {
    if (!is_following_) {
        ATLAS_TRY(fold(household));
    }
    ATLAS_TRY(require_book(household, Deadline::after(parts_.clock, kBookWait)));
    const std::lock_guard lock(mutex_);
    return book_locked(household).categories().is_offered(id);
}

std::string Filer::memory_of(HouseholdId household) {
    const std::lock_guard lock(mutex_);
    return book_locked(household).memory().serialise();
}

Result<void> Filer::apply_audited(const Context& context, std::string_view action,
                                  ports::LedgerChange change) {
    change.audit =
        ports::AuditNote{.id = parts_.ids.make<EditId>(),
                         .at = parts_.clock.now(),
                         .actor = to_string(context.user),
                         .action = std::string(action),
                         .detail = format(R"({{"changed":{}}})", change.replaced.size())};
    ATLAS_TRY(parts_.ledger.apply(context.household, change, context.deadline));
    const ports::AuditNote& note = *change.audit;
    const ports::AuditEntry entry{.household = context.household,
                                  .at = note.at,
                                  .actor = note.actor,
                                  .action = note.action,
                                  .detail = note.detail};
    if (parts_.audit.append(entry).has_value()) {
        // Where this fails, the next start finds the note and the line, and forgets it then.
        static_cast<void>(parts_.ledger.forget_note(context.household, note.id).has_value());
    }
    return {};
}

Result<std::optional<std::string>> Filer::kept_answer(const Context& context,
                                                      std::string_view request_hash) {
    ATLAS_TRY_ASSIGN(
        const auto kept,
        parts_.ledger.answer(context.household, context.idempotency_key, parts_.clock.now()));
    if (kept.has_value() && kept->request_hash != request_hash) {
        return conflict("this Idempotency-Key was used for another request");
    }
    return kept.has_value() ? std::optional(kept->body) : std::nullopt;
}

void Filer::keep_answer(const Context& context, std::string body,
                        ports::LedgerChange& change) const {
    const std::size_t end = context.idempotency_key.rfind(kHashMark);
    if (end == std::string::npos) {
        return;
    }
    constexpr std::chrono::hours kAnswersKept{24};
    const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(kAnswersKept);
    change.answer =
        ports::IdempotentAnswer{.key = context.idempotency_key.substr(0, end),
                                .request_hash = context.idempotency_key.substr(end + 1),
                                .status = 200,
                                .body = std::move(body),
                                .expires_at = {parts_.clock.now().micros + kept.count()}};
}

Result<void> Filer::write_decision(const Context& context, std::string_view action,
                                   ports::OutboxEvent event, std::string answer) {
    ports::LedgerChange change;
    change.events.push_back(std::move(event));
    keep_answer(context, std::move(answer), change);
    ATLAS_TRY(apply_audited(context, action, std::move(change)));
    return fold(context.household);
}

Result<contracts::EditResult> Filer::write_step(const Context& context, const Step& step,
                                                const std::vector<Transaction>& wanted,
                                                std::vector<ports::OutboxEvent> decisions) {
    for (int attempt = 1;; ++attempt) {
        contracts::EditResult result;
        ports::LedgerChange change;
        ATLAS_TRY_ASSIGN(const ports::Sequence before, parts_.ledger.sequence(context.household));
        change.expected = before;
        for (const Transaction& each : wanted) {
            auto stored = parts_.ledger.transaction(context.household, each.id);
            if (!stored.has_value()) {
                result.skipped.push_back({each.id, "it is gone"});
                continue;
            }
            if (finance::rules::is_persons_choice(*stored) &&
                !finance::rules::is_persons_choice(each)) {
                result.skipped.push_back({each.id, "somebody chose since"});
                continue;
            }
            Transaction after = merged(*stored, each);
            if (after == *stored) {
                ++result.unchanged;
                continue;
            }
            change.events.push_back(changed_event(*stored, after));
            if (result.transactions.size() < contracts::kChangedListedMax) {
                result.transactions.push_back(contracts::to_value(after));
            }
            change.replaced.push_back(std::move(after));
        }
        const auto changed = static_cast<std::int64_t>(change.replaced.size());
        if (changed > 0) {
            const contracts::EditValue edit{.id = parts_.ids.make<EditId>(),
                                            .at = parts_.clock.now(),
                                            .action = std::string(step.action),
                                            .summary = step.summary,
                                            .changed = changed,
                                            .undone = false};
            change.edits.push_back({.id = edit.id,
                                    .created_at = edit.at,
                                    .actor = to_string(context.user),
                                    .report = contracts::encode(KeptFiling{std::string(step.action),
                                                                           step.summary, changed}),
                                    .first = before + 1,
                                    .last = before + changed + count_of(decisions)});
            result.edit = edit;
        }
        change.events.insert(change.events.end(), decisions.begin(), decisions.end());
        result.sequence = before + static_cast<std::int64_t>(change.events.size());
        if (change.events.empty()) {
            return result;
        }
        keep_answer(context, contracts::encode(result), change);
        const auto applied = apply_audited(context, step.action, std::move(change));
        if (applied.has_value()) {
            ATLAS_TRY(fold(context.household));
            return result;
        }
        if (applied.error().code != ErrorCode::conflict || attempt == kAttemptsMax) {
            return Unexpected(applied.error());
        }
    }
}

}  // namespace atlas::roles::ml
