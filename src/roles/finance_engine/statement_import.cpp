// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/statement_import.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "finance/ledger/deduplicate.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "finance/statements/recognise.hpp"
#include "roles/finance_engine/csv_mapping_value.hpp"
#include "roles/finance_engine/entry_spool.hpp"
#include "roles/finance_engine/exports_restore.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/import_accounts.hpp"
#include "roles/finance_engine/import_days.hpp"
#include "roles/finance_engine/import_known.hpp"
#include "roles/finance_engine/import_reading.hpp"
#include "roles/finance_engine/import_rows.hpp"
#include "roles/finance_engine/import_transfers.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
namespace statements = finance::statements;
using ledger::Account;
using ledger::Transaction;

/// Days after an entry that are looked at before it is decided: more than anything moves by.
constexpr std::int32_t kWindowAheadDays = ledger::kDuplicateDaysMax + 4;

/// The file and the ledger side by side, while the plan is made.
class Planner {
public:
    Planner(ports::LedgerStore& store, IdSource& ids, HouseholdId household,
            const ImportQuestion& question)
        : store_(store),
          ids_(ids),
          household_(household),
          question_(question),
          accounts_(ids, household, question),
          spool_(question.scratch, to_string(ids.make<ImportId>())) {}

    Result<PlannedImport> run();

private:
    void tell_statement(const Account& account, const statements::Statement& statement,
                        const EntryFacts* facts);
    Result<void> plan_statement(const Account& account, std::size_t number);
    Result<void> plan_entries(const Account& account, std::size_t number);
    Result<bool> fill_window(std::size_t number);
    Result<void> plan_window(const Account& account, std::size_t number, std::size_t decided);
    Result<std::vector<ledger::EntryDecision>> decide(const Account& account,
                                                      const EntryFacts& facts,
                                                      const KnownAround& known);
    Result<void> plan_opening(const Account& account, const statements::Statement& statement,
                              const EntryFacts& facts);
    Result<void> open_account(const Account& account, const statements::Statement& statement,
                              const EntryFacts& facts);
    Result<void> reconcile(const Account& account, const statements::Statement& statement);
    Result<void> pair_transfers();
    void link(const FoundLeg& leg, const PlannedLeg& transfer);
    void write_events();
    void report_entry(const statements::StatementEntry& entry,
                      const ledger::EntryDecision& decision);
    void report_pair(const Transaction& out, const Transaction& in, double confidence);
    void report_rejected(const std::vector<statements::Rejected>& rejected);
    void list(const std::vector<statements::Rejected>& places,
              std::vector<contracts::RejectedEntry>& listed) const;
    Result<KnownAround> known_around(const Account& account, Date first, Date last);
    Transaction* planned(TransactionId id);
    bool is_new(AccountId id) const { return accounts_.is_new(id); }

    ports::LedgerStore& store_;
    IdSource& ids_;
    HouseholdId household_;
    const ImportQuestion& question_;
    PlannedImport plan_;
    ImportRows rows_;
    ImportAccounts accounts_;
    std::optional<Date> first_day_;
    std::optional<Date> last_day_;
    EntrySpool spool_;
    std::vector<statements::Statement> statements_;  ///< Without their entries.
    std::map<AccountId, std::size_t> shares_;        ///< Statements of the file an account has.
    std::map<AccountId, std::vector<Transaction>> earlier_;  ///< Added, where it has several.
    std::vector<Transaction> later_;                         ///< Of the statement at hand.
    std::map<AccountId, DaySums> days_;                      ///< Added so far.
    DaySums statement_days_;                                 ///< By the statement at hand.
    // Of the statement at hand:
    std::vector<statements::StatementEntry> window_;
    std::vector<std::pair<Date, TransactionId>> matched_;  ///< By earlier windows.
    IdHeads own_ids_;                                      ///< Given, and may come again.
    Date split_day_;                                       ///< Whose entries two windows share.
    IdHeads split_day_ids_;                                ///< Given by the earlier of them.
    std::set<TransactionId> taken_ids_;                    ///< By what is not near in the ledger.
};

Result<PlannedImport> Planner::run() {
    ATLAS_TRY_ASSIGN(plan_.change.expected, store_.sequence(household_));
    ATLAS_TRY_ASSIGN(auto rows, store_.accounts(household_));
    accounts_.know(std::move(rows));
    ATLAS_TRY_ASSIGN(statements::StatementFile file,
                     read_import({store_, household_, question_, accounts_.rows()}, spool_));
    statements_ = std::move(file.statements);
    contracts::ImportValue& report = plan_.report;
    report.import_id = question_.id;
    report.file_name = question_.file_name;
    report.format = std::string(name_of(file.format));
    report.created_at = question_.created_at;
    if (file.csv.has_value()) {
        report.mapping = to_value(file.csv->mapping);
        for (const statements::CsvAmbiguity& question : file.csv->ambiguities) {
            report.questions.push_back(question.reason);
        }
    }
    report_rejected(file.problems);
    ATLAS_TRY(spool_.settle());
    plan_.streamed = std::make_shared<PlanSpool>(
        question_.scratch, to_string(ids_.make<ImportId>()),
        PlanSpool::Source{.import = question_.id, .file = question_.file_name});
    accounts_.expect(statements_);
    std::vector<Account> accounts;
    for (const statements::Statement& statement : statements_) {
        ATLAS_TRY_ASSIGN(Account account, accounts_.settle(statement));
        ++shares_[account.id];
        accounts.push_back(std::move(account));
    }
    for (std::size_t s = 0; s < statements_.size(); ++s) {
        ATLAS_TRY(plan_statement(accounts[s], s));
    }
    plan_.change.accounts = accounts_.made();
    ATLAS_TRY(plan_.streamed->settle());
    ATLAS_TRY(pair_transfers());
    write_events();
    plan_.change.stream = plan_.streamed;
    plan_.rows = rows_.take();
    return std::move(plan_);
}

Result<KnownAround> Planner::known_around(const Account& account, Date first, Date last) {
    return load_known(store_, household_,
                      {.account = account.id,
                       .is_new = is_new(account.id),
                       .first = first,
                       .last = last,
                       .earlier = earlier_[account.id],
                       .matched = matched_});
}

Result<void> Planner::plan_statement(const Account& account, std::size_t number) {
    const statements::Statement& statement = statements_[number];
    plan_.report.accounts.push_back(
        {.id = is_new(account.id) ? std::nullopt : std::optional<AccountId>(account.id),
         .name = account.name,
         .type = account.type,
         .currency = std::string(account.currency.code()),
         .number_masked = account.number_masked,
         .created = is_new(account.id)});
    report_rejected(statement.rejected);
    list(statement.notes, plan_.report.notes);
    const EntryFacts* const facts = spool_.facts(number);
    tell_statement(account, statement, facts);
    if (facts == nullptr) {
        return reconcile(account, statement);
    }
    first_day_ = std::min(first_day_.value_or(facts->first_day), facts->first_day);
    last_day_ = std::max(last_day_.value_or(facts->last_day), facts->last_day);
    statement_days_.clear();
    ATLAS_TRY(plan_entries(account, number));
    auto& earlier = earlier_[account.id];
    std::ranges::move(std::exchange(later_, {}), std::back_inserter(earlier));
    for (const auto& [day, sum] : statement_days_) {
        ATLAS_TRY(add_to(days_[account.id], day, sum));
    }
    ATLAS_TRY(plan_opening(account, statement, *facts));
    return reconcile(account, statement);
}

/// In windows of so many entries, by date: each is decided knowing what comes in the days after
/// it, and which of the ledger's transactions the ones before it have turned out to be.
Result<void> Planner::plan_entries(const Account& account, std::size_t number) {
    window_.clear();
    matched_.clear();
    own_ids_ = {};
    split_day_ids_ = {};
    for (bool is_end = false; !is_end || !window_.empty();) {
        ATLAS_TRY_ASSIGN(is_end, fill_window(number));
        std::size_t decided = window_.size();
        if (!is_end) {
            const Date sure = window_.back().date.plus_days(-kWindowAheadDays);
            decided = static_cast<std::size_t>(
                std::ranges::partition_point(window_,
                                             [&](const auto& e) { return e.date < sure; }) -
                window_.begin());
            decided = decided == 0 ? window_.size() / 2 : decided;  // Very many on a day.
        }
        ATLAS_TRY(plan_window(account, number, decided));
        window_.erase(window_.begin(), window_.begin() + static_cast<std::ptrdiff_t>(decided));
        if (!window_.empty()) {
            const Date near = window_.front().date.plus_days(-2 * kWindowAheadDays);
            std::erase_if(matched_, [&](const auto& match) { return match.first < near; });
        }
    }
    return {};
}

/// True when the statement has no more.
Result<bool> Planner::fill_window(std::size_t number) {
    constexpr auto kWindow = static_cast<std::size_t>(kDecidedAtOnce);
    while (window_.size() <= kWindow ||
           (window_.size() < 3 * kWindow &&
            window_.back().date <= window_[kWindow].date.plus_days(kWindowAheadDays))) {
        ATLAS_TRY_ASSIGN(auto entry, spool_.next(number));
        if (!entry.has_value()) {
            return true;
        }
        window_.push_back(*std::move(entry));
    }
    return false;
}

/// Decides again while an id that was given turns out to stand for something else.
Result<std::vector<ledger::EntryDecision>> Planner::decide(const Account& account,
                                                           const EntryFacts& facts,
                                                           const KnownAround& known) {
    const bool is_part = facts.count > static_cast<std::int64_t>(window_.size());
    ledger::DuplicateQuestion question{.household = household_,
                                       .account = account.id,
                                       .existing = known.transactions,
                                       .entries = window_};
    question.told = known.told;
    if (is_part) {
        question.covered = std::pair(facts.first_day, facts.last_day);
    }
    question.is_taken = [&](TransactionId id) {
        return own_ids_.contains(id) || split_day_ids_.contains(id) || taken_ids_.contains(id);
    };
    while (true) {
        auto decisions = ledger::deduplicate(question);
        std::vector<TransactionId> given;
        for (const ledger::EntryDecision& decision : decisions) {
            if (decision.verdict == ledger::EntryVerdict::added && !is_new(account.id)) {
                given.push_back(decision.id);
            }
        }
        ATLAS_TRY_ASSIGN(const auto taken, store_.known_ids(household_, given));
        if (taken.empty()) {
            return decisions;
        }
        taken_ids_.insert(taken.begin(), taken.end());
    }
}

Result<void> Planner::plan_window(const Account& account, std::size_t number, std::size_t decided) {
    if (decided == 0) {
        return {};
    }
    const EntryFacts& facts = *spool_.facts(number);
    const auto [first, last] =
        std::ranges::minmax_element(window_, {}, &statements::StatementEntry::date);
    ATLAS_TRY_ASSIGN(const KnownAround around, known_around(account, first->date, last->date));
    ATLAS_TRY_ASSIGN(const auto decisions, decide(account, facts, around));
    const bool is_all = facts.count == static_cast<std::int64_t>(decided);
    const bool is_day_split = decided < window_.size();
    for (std::size_t i = 0; i < decided; ++i) {
        const statements::StatementEntry& entry = window_[i];
        const ledger::EntryDecision& decision = decisions[i];
        report_entry(entry, decision);
        if (decision.verdict == ledger::EntryVerdict::added) {
            ATLAS_TRY(plan_.streamed->add(entry, decision, account.id));
            ATLAS_TRY(add_to(statement_days_, entry.date, entry.amount));
            // An id made of the day cannot come again on another one: the bank's own can.
            if (spool_.may_come_again(number, entry)) {
                own_ids_.insert(decision.id);
            } else if (is_day_split && entry.date == window_[decided].date) {
                if (std::exchange(split_day_, entry.date) != entry.date) {
                    split_day_ids_ = {};
                }
                split_day_ids_.insert(decision.id);
            }
            if (shares_[account.id] > 1) {
                later_.push_back(
                    ledger::make_transaction(entry, decision, account.id,
                                             {question_.id, question_.file_name,
                                              entry.position.line, entry.position.column}));
            }
            continue;
        }
        if (!decision.existing.has_value()) {
            continue;
        }
        const Transaction& known = around.transactions[*decision.existing];
        if (known.source.import_id != question_.id) {
            const bool as_known = decision.verdict == ledger::EntryVerdict::booked ||
                                  decision.fingerprint == known.fingerprint;
            ATLAS_TRY(plan_.streamed->tell(known.id, entry.position,
                                           as_known ? "" : decision.fingerprint));
        }
        if (decision.verdict == ledger::EntryVerdict::booked) {
            plan_.before.push_back(known);
            plan_.change.replaced.push_back(ledger::book_pending(known, entry, decision));
        }
        if (!is_all) {
            matched_.emplace_back(known.date, known.id);
        }
    }
    return {};
}

// What the file covers: its entries, and the day of its balance where that is later.
void Planner::tell_statement(const Account& account, const statements::Statement& statement,
                             const EntryFacts* facts) {
    std::optional<Date> first;
    std::optional<Date> last;
    const auto include = [&](Date day) {
        first = std::min(first.value_or(day), day);
        last = std::max(last.value_or(day), day);
    };
    if (facts != nullptr) {
        include(facts->first_day);
        include(facts->last_day);
    }
    if (statement.opening_balance.has_value() && statement.opening_balance->date.has_value()) {
        include(*statement.opening_balance->date);
    }
    const auto& closing = statement.closing_balance;
    if (closing.has_value() && closing->date.has_value()) {
        include(*closing->date);
    }
    if (!first.has_value()) {
        return;
    }
    ports::ToldStatement told{.account = account.id,
                              .import = question_.id,
                              .file = question_.file_name,
                              .from = *first,
                              .to = *last};
    if (closing.has_value()) {
        told.closing = closing->amount;
        told.closing_date = closing->date.value_or(*last);
    }
    plan_.change.statements.push_back(std::move(told));
}

Result<void> Planner::plan_opening(const Account& account, const statements::Statement& statement,
                                   const EntryFacts& facts) {
    const TransactionId id = ledger::opening_id(household_, account.id);
    const std::vector<Transaction> added = as_movements(account.id, statement_days_);
    if (Transaction* opening = planned(id); opening != nullptr) {
        ATLAS_TRY_ASSIGN(*opening, ledger::step_back(*opening, added));
        return {};
    }
    auto opening = store_.transaction(household_, id);
    if (!opening.has_value()) {
        return opening.error().code == ErrorCode::not_found
                   ? open_account(account, statement, facts)
                   : Result<void>(Unexpected(std::move(opening).error()));
    }
    ATLAS_TRY_ASSIGN(Transaction moved, ledger::step_back(*opening, added));
    if (moved != *opening) {
        plan_.before.push_back(*opening);
        plan_.change.replaced.push_back(std::move(moved));
    }
    return {};
}

Result<void> Planner::open_account(const Account& account, const statements::Statement& statement,
                                   const EntryFacts& facts) {
    if (!statement.closing_balance.has_value()) {
        return {};
    }
    const Date day = statement.closing_balance->date.value_or(facts.last_day);
    if (facts.last_day > day) {
        return {};  // What lies between would be a guess.
    }
    DaySums booked;
    if (!is_new(account.id)) {
        ATLAS_TRY_ASSIGN(const auto movements, store_.movements(household_, account.id, day));
        for (const ports::DayMovement& moved : movements) {
            ATLAS_TRY(add_to(booked, moved.date, moved.posted));
            ATLAS_TRY(add_to(booked, moved.date, moved.pending));
        }
    }
    for (const auto& [date, sum] : days_[account.id]) {
        if (date <= day) {
            ATLAS_TRY(add_to(booked, date, sum));
        }
    }
    ATLAS_TRY_ASSIGN(auto opening,
                     ledger::open_account(household_, account.id, as_movements(account.id, booked),
                                          {statement.closing_balance->amount, day}));
    if (opening.has_value()) {
        opening->source = {question_.id, question_.file_name, facts.last_place.line,
                           facts.last_place.column};
        plan_.change.added.push_back(*std::move(opening));
    }
    return {};
}

Result<void> Planner::reconcile(const Account& account, const statements::Statement& statement) {
    if (!statement.closing_balance.has_value()) {
        return {};
    }
    const statements::DatedBalance& closing = *statement.closing_balance;
    money::Money balance = money::Money::zero(account.currency);
    if (!is_new(account.id)) {
        const auto row = std::ranges::find_if(
            accounts_.rows(),
            [&](const ports::AccountBalance& a) { return a.account.id == account.id; });
        balance = row->balance;
        if (closing.date.has_value() && row->balance_date.has_value() &&
            *closing.date < *row->balance_date) {
            ATLAS_TRY_ASSIGN(const auto movements,
                             store_.movements(household_, account.id, *row->balance_date));
            for (const ports::DayMovement& moved : movements) {
                if (moved.date > *closing.date) {
                    balance -= moved.posted;
                    balance -= moved.pending;
                }
            }
        }
    }
    const auto counts = [&](const Transaction& transaction) {
        return transaction.account_id == account.id &&
               (!closing.date.has_value() || transaction.date <= *closing.date);
    };
    for (const auto& [day, sum] : days_[account.id]) {
        balance = !closing.date.has_value() || day <= *closing.date ? balance + sum : balance;
    }
    for (const Transaction& transaction : plan_.change.added) {
        balance = counts(transaction) ? balance + transaction.amount : balance;
    }
    for (std::size_t i = 0; i < plan_.before.size(); ++i) {
        balance = counts(plan_.before[i]) ? balance - plan_.before[i].amount : balance;
    }
    for (const Transaction& transaction : plan_.change.replaced) {
        balance = counts(transaction) ? balance + transaction.amount : balance;
    }
    ATLAS_TRY_ASSIGN(const money::Money difference, checked_add(closing.amount, -balance));
    plan_.report.reconciliation.push_back({.account = account.name,
                                           .statement_balance = contracts::to_value(closing.amount),
                                           .ledger_balance = contracts::to_value(balance),
                                           .difference = contracts::to_value(difference),
                                           .date = closing.date});
    return {};
}

Result<void> Planner::pair_transfers() {
    // A transfer has two accounts.
    if (plan_.streamed->added() == 0 || !first_day_.has_value() || accounts_.rows().size() < 2) {
        return {};
    }
    std::vector<AccountId> kept;
    for (const ports::AccountBalance& row : accounts_.rows()) {
        if (!is_new(row.account.id)) {
            kept.push_back(row.account.id);
        }
    }
    ATLAS_TRY_ASSIGN(const std::vector<FoundPair> pairs,
                     find_transfers({.store = store_,
                                     .household = household_,
                                     .accounts = kept,
                                     .replaced = plan_.change.replaced,
                                     .streamed = *plan_.streamed,
                                     .first = *first_day_,
                                     .last = *last_day_}));
    for (const FoundPair& pair : pairs) {
        const TransferId transfer{
            Uuid::from_digest(sha256(format("transfer {} {}", to_string(pair.out.transaction.id),
                                            to_string(pair.in.transaction.id))))};
        link(pair.out, {transfer, pair.confidence});
        link(pair.in, {transfer, pair.confidence});
        report_pair(pair.out.transaction, pair.in.transaction, pair.confidence);
        ++plan_.report.transfers;
    }
    return {};
}

void Planner::link(const FoundLeg& leg, const PlannedLeg& transfer) {
    if (leg.origin == LegOrigin::streamed) {
        return plan_.streamed->pair(leg.transaction.id, transfer);
    }
    Transaction linked = leg.transaction;
    linked.transfer_id = transfer.transfer;
    linked.splits = {{std::string(ledger::kTransferCategory), linked.amount, std::nullopt, {}}};
    linked.filed = {ledger::FilingSource::rule, transfer.confidence, false};
    if (Transaction* const mine = planned(linked.id); mine != nullptr) {
        *mine = std::move(linked);
        return;
    }
    plan_.before.push_back(leg.transaction);
    plan_.change.replaced.push_back(std::move(linked));
}

Transaction* Planner::planned(TransactionId id) {
    for (auto* list : {&plan_.change.added, &plan_.change.replaced}) {
        const auto found = std::ranges::find(*list, id, &Transaction::id);
        if (found != list->end()) {
            return &*found;
        }
    }
    return nullptr;
}

void Planner::write_events() {
    std::map<TransactionId, const Transaction*> before;
    for (const Transaction& transaction : plan_.before) {
        before.emplace(transaction.id, &transaction);
    }
    auto& events = plan_.change.events;
    for (const Account& account : plan_.change.accounts) {
        events.push_back(account_opened(account));
    }
    for (const Transaction& transaction : plan_.change.replaced) {
        events.push_back(transaction_changed(*before.at(transaction.id), transaction));
    }
    for (const Transaction& transaction : plan_.change.added) {
        events.push_back(transaction_event(contracts::kTransactionRecorded, transaction));
    }
}

void Planner::report_entry(const statements::StatementEntry& entry,
                           const ledger::EntryDecision& decision) {
    contracts::ImportValue& report = plan_.report;
    if (question_.wants_rows) {
        rows_.add(entry, decision, report.accounts.back().name);
    }
    switch (decision.verdict) {
        case ledger::EntryVerdict::added: ++report.added; break;
        case ledger::EntryVerdict::duplicate: ++report.duplicates; break;
        case ledger::EntryVerdict::booked: ++report.updated; break;
    }
    if (report.sample.size() < kSampleMax) {
        report.sample.push_back({.date = entry.date,
                                 .amount = contracts::to_value(entry.amount),
                                 .description = entry.description,
                                 .decision = std::string(name_of(decision.verdict)),
                                 .reason = decision.reason,
                                 .line = entry.position.line});
    }
}

void Planner::report_pair(const Transaction& out, const Transaction& in, double confidence) {
    if (!question_.wants_rows) {
        return;
    }
    const auto leg = [&](const Transaction& t) {
        const auto row = std::ranges::find_if(
            accounts_.rows(),
            [&](const ports::AccountBalance& a) { return a.account.id == t.account_id; });
        return contracts::ImportPair{.account = row->account.name,
                                     .date = t.date,
                                     .amount = contracts::to_value(t.amount),
                                     .description = t.description,
                                     .confidence = confidence};
    };
    rows_.pair(out.id, leg(in));
    rows_.pair(in.id, leg(out));
}

void Planner::report_rejected(const std::vector<statements::Rejected>& rejected) {
    for (const statements::Rejected& entry : rejected) {
        if (question_.wants_rows) {
            rows_.reject(entry);
        }
    }
    list(rejected, plan_.report.rejected);
}

void Planner::list(const std::vector<statements::Rejected>& places,
                   std::vector<contracts::RejectedEntry>& listed) const {
    for (const statements::Rejected& each : places) {
        if (listed.size() < kRejectedListedMax) {
            listed.push_back(
                {question_.file_name, each.position.line, each.position.column, each.reason});
        }
    }
}

}  // namespace

Result<PlannedImport> plan_import(ports::LedgerStore& store, IdSource& ids, HouseholdId household,
                                  const ImportQuestion& question) {
    if (is_ledger_document(question.content)) {
        return plan_restore(store, household, question);
    }
    return Planner(store, ids, household, question).run();
}

}  // namespace atlas::roles::finance_engine
