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

Result<void> Filer::start(std::span<const HouseholdId> households) {
    is_following_ = true;
    // The bus says that there is news; the ledger's own history says which, without gaps.
    return follower_.start(
        households, {.catch_up = [this](HouseholdId household) { return catch_up(household); },
                     .apply = [this](HouseholdId household, auto) { return catch_up(household); }});
}

FilingBook& Filer::book_locked(HouseholdId household) {
    std::unique_ptr<FilingBook>& book = books_[household];
    if (book == nullptr) {
        book = std::make_unique<FilingBook>(parts_.cascade, parts_.taxonomy);
    }
    return *book;
}

Result<void> Filer::catch_up(HouseholdId household) {
    ATLAS_TRY(fold(household));
    return file_waiting(household);
}

Result<void> Filer::fold(HouseholdId household) {
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
        {
            const std::lock_guard lock(mutex_);
            FilingBook& book = book_locked(household);
            for (const ports::OutboxRow& row : rows) {
                ATLAS_TRY(book.apply(row.sequence, row.event.type, row.event.payload));
            }
        }
        changed_.notify_all();
    }
}

bool Filer::wait_for(HouseholdId household, std::int64_t sequence, Deadline deadline) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline.at,
                               [&] { return book_locked(household).sequence() >= sequence; });
}

void Filer::settle(const Context& context) {
    if (!is_following_) {
        // A broken history shows as a book that is behind, as it does while somebody follows.
        static_cast<void>(fold(context.household));
        return;
    }
    const auto sequence = parts_.ledger.sequence(context.household);
    if (sequence.has_value()) {
        const Deadline patience{
            std::min(context.deadline.at, Deadline::after(parts_.clock, kBookWait).at)};
        static_cast<void>(wait_for(context.household, *sequence, patience));
    }
}

/// The lock is never held across a call to the store; what a person does in between is seen when
/// the write is refused, because the sequence has moved.
Result<void> Filer::file_waiting(HouseholdId household) {
    std::vector<Transaction> wanted;
    {
        const std::lock_guard lock(mutex_);
        FilingBook& book = book_locked(household);
        for (const TransactionId id : book.take_waiting()) {
            const FilingBook::Entry* entry = book.find(id);
            if (entry == nullptr || !FilingBook::is_open(entry->transaction)) {
                continue;
            }
            Transaction after = book.judge(*entry).after;
            if (!is_filed_alike(entry->transaction, after)) {
                wanted.push_back(std::move(after));
            }
        }
    }
    for (std::size_t begin = 0; begin < wanted.size(); begin += kFiledAtOnceMax) {
        ports::LedgerChange change;
        ATLAS_TRY_ASSIGN(change.expected, parts_.ledger.sequence(household));
        const std::size_t end = std::min(begin + kFiledAtOnceMax, wanted.size());
        for (std::size_t i = begin; i < end; ++i) {
            const auto stored = parts_.ledger.transaction(household, wanted[i].id);
            if (!stored.has_value() || !FilingBook::is_open(*stored)) {
                continue;
            }
            change.replaced.push_back(merged(*stored, wanted[i]));
            change.events.push_back(changed_event(*stored, change.replaced.back()));
        }
        if (change.replaced.empty()) {
            continue;
        }
        const auto applied =
            parts_.ledger.apply(household, change, Deadline::after(parts_.clock, kWriteDeadline));
        if (!applied.has_value()) {
            // Tried again with the next event, or in a moment, by the follower.
            const std::lock_guard lock(mutex_);
            for (std::size_t i = begin; i < wanted.size(); ++i) {
                const TransactionId id = wanted[i].id;
                book_locked(household).wait_again(std::span(&id, 1));
            }
            return Unexpected(applied.error());
        }
    }
    return {};
}

bool Filer::is_category(HouseholdId household, std::string_view id) {
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
