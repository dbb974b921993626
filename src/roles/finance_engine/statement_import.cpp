// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/statement_import.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "finance/ledger/account_match.hpp"
#include "finance/ledger/deduplicate.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "finance/ledger/pair_transfers.hpp"
#include "finance/statements/recognise.hpp"
#include "roles/finance_engine/csv_mapping_value.hpp"
#include "roles/finance_engine/exports_restore.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/import_rows.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
namespace statements = finance::statements;
using ledger::Account;
using ledger::Transaction;

/// The file and the ledger side by side, while the plan is made.
class Planner {
public:
    Planner(ports::LedgerStore& store, IdSource& ids, HouseholdId household,
            const ImportQuestion& question)
        : store_(store),
          ids_(ids),
          household_(household),
          question_(question) {}

    Result<PlannedImport> run();

private:
    Result<statements::ReadOptions> read_options() const;
    Result<statements::StatementFile> read_file();
    Result<std::optional<statements::CsvMapping>> kept_mapping(
        const statements::CsvMapping& inferred);
    Result<Account> settle_account(const statements::Statement& statement);
    AccountId account_id(const statements::Statement& statement, std::string_view name);
    void tell_statement(const Account& account, const statements::Statement& statement);
    Result<Account> make_account(const statements::Statement& statement, std::string name,
                                 ledger::AccountType type);
    Result<void> plan_statement(const statements::Statement& statement);
    Result<void> plan_opening(const Account& account, const statements::Statement& statement,
                              const std::vector<Transaction>& added);
    Result<void> open_account(const Account& account, const statements::Statement& statement);
    Result<void> reconcile(const Account& account, const statements::Statement& statement);
    Result<std::vector<Transaction>> transfer_candidates();
    Result<void> pair_transfers();
    void write_events();
    void report_entry(const statements::StatementEntry& entry,
                      const ledger::EntryDecision& decision);
    void report_pair(const Transaction& out, const Transaction& in, double confidence);
    void report_rejected(const std::vector<statements::Rejected>& rejected);
    Result<std::vector<Transaction>> known_around(const Account& account, Date first, Date last);
    Transaction* planned(TransactionId id);
    bool is_new(AccountId id) const { return new_accounts_.contains(id); }

    ports::LedgerStore& store_;
    IdSource& ids_;
    HouseholdId household_;
    const ImportQuestion& question_;
    PlannedImport plan_;
    ImportRows rows_;
    std::vector<ports::AccountBalance> accounts_;  ///< Of the ledger, and those made here.
    std::set<AccountId> new_accounts_;
    std::optional<Date> first_day_;
    std::optional<Date> last_day_;
};

Result<PlannedImport> Planner::run() {
    ATLAS_TRY_ASSIGN(plan_.change.expected, store_.sequence(household_));
    ATLAS_TRY_ASSIGN(accounts_, store_.accounts(household_));
    ATLAS_TRY_ASSIGN(const statements::StatementFile file, read_file());
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
    for (const statements::Statement& statement : file.statements) {
        ATLAS_TRY(plan_statement(statement));
    }
    ATLAS_TRY(pair_transfers());
    write_events();
    plan_.rows = rows_.take();
    return std::move(plan_);
}

Result<statements::StatementFile> Planner::read_file() {
    ATLAS_TRY_ASSIGN(statements::ReadOptions options, read_options());
    ATLAS_TRY_ASSIGN(statements::StatementFile file,
                     statements::read_statements(question_.content, question_.file_name, options));
    const bool is_open = file.csv.has_value() && !file.csv->ambiguities.empty();
    if (!is_open || options.mapping.has_value()) {
        return file;
    }
    ATLAS_TRY_ASSIGN(options.mapping, kept_mapping(file.csv->mapping));
    return options.mapping.has_value()
               ? statements::read_statements(question_.content, question_.file_name, options)
               : std::move(file);
}

/// What a person has answered for an earlier file of the account counts for the next one of the
/// same shape: the last mapping given with a committed import, if its columns and the lines above
/// them are those found here.
Result<std::optional<statements::CsvMapping>> Planner::kept_mapping(
    const statements::CsvMapping& inferred) {
    ATLAS_TRY_ASSIGN(const auto records, store_.imports(household_));
    for (const ports::ImportRecord& record : records) {
        if (record.state != ports::ImportState::committed || record.account != question_.account) {
            continue;
        }
        const auto request = contracts::decode<contracts::CreateImport>(record.mapping);
        if (!request.has_value() || request->mapping.value_or("").empty()) {
            continue;
        }
        const auto value = contracts::decode<contracts::CsvMappingValue>(*request->mapping);
        const auto mapping = value.has_value()
                                 ? read_mapping(*value)
                                 : Result<statements::CsvMapping>(Unexpected(value.error()));
        if (mapping.has_value() && mapping->delimiter == inferred.delimiter &&
            mapping->skip_records == inferred.skip_records &&
            mapping->columns.size() == inferred.columns.size()) {
            return std::optional(*mapping);
        }
    }
    return std::optional<statements::CsvMapping>();
}

Result<statements::ReadOptions> Planner::read_options() const {
    statements::ReadOptions options;
    options.currency = question_.base_currency;
    if (question_.currency.has_value()) {
        ATLAS_TRY_ASSIGN(options.currency,
                         contracts::read_currency(*question_.currency, "/currency"));
    }
    for (const ports::AccountBalance& row : accounts_) {
        if (!question_.currency.has_value() && row.account.name == question_.account) {
            options.currency = row.account.currency;
        }
    }
    if (question_.mapping.has_value()) {
        ATLAS_TRY_ASSIGN(options.mapping, read_mapping(*question_.mapping));
    }
    return options;
}

// The same file makes the same account again after an undo, and with it the same transactions. Only
// where that id is taken (the account was renamed, and a file names the old name) is it a new one.
AccountId Planner::account_id(const statements::Statement& statement, std::string_view name) {
    const std::string key =
        ledger::hash_number(statement.account).value_or("name " + std::string(name));
    const AccountId derived{
        Uuid::from_digest(sha256(format("account {} {}", to_string(household_), key)))};
    const bool is_taken = std::ranges::any_of(
        accounts_, [&](const ports::AccountBalance& row) { return row.account.id == derived; });
    return is_taken ? ids_.make<AccountId>() : derived;
}

Result<Account> Planner::make_account(const statements::Statement& statement, std::string name,
                                      ledger::AccountType type) {
    if (!statement.currency.has_value() && !question_.currency.has_value()) {
        return invalid_argument("/currency",
                                format("the file does not say its currency; say which one "
                                       "account \"{}\" has",
                                       name));
    }
    Account account{.id = account_id(statement, name),
                    .name = std::move(name),
                    .type = type,
                    .currency = statement.currency.has_value()
                                    ? *statement.currency
                                    : money::Currency::parse(*question_.currency).value(),
                    .institution = std::nullopt,
                    .number_masked = ledger::mask_number(statement.account.number),
                    .number_hash = ledger::hash_number(statement.account),
                    .opened = std::nullopt,
                    .closed = std::nullopt};
    if (!statement.account.institution.empty()) {
        account.institution = statement.account.institution;
    }
    new_accounts_.insert(account.id);
    plan_.change.accounts.push_back(account);
    accounts_.push_back({.account = account,
                         .balance = money::Money::zero(account.currency),
                         .balance_date = std::nullopt,
                         .transactions = 0});
    return account;
}

Result<Account> Planner::settle_account(const statements::Statement& statement) {
    std::vector<Account> known;
    for (const ports::AccountBalance& row : accounts_) {
        known.push_back(row.account);
        if (row.account.name == question_.account && statement.currency.has_value() &&
            *statement.currency != row.account.currency) {
            return invalid_argument(
                "/currency",
                format("the file is in {}, account \"{}\" in {}", statement.currency->code(),
                       row.account.name, row.account.currency.code()));
        }
    }
    const ledger::AccountMatch match =
        ledger::match_account(statement.account, question_.account, known);
    if (match.existing.has_value()) {
        return known[*match.existing];
    }
    if (match.suggested_name.empty()) {
        return invalid_argument("/account",
                                "the file does not say which account it belongs to; name one");
    }
    const ledger::AccountType type = question_.account_type.value_or(
        statement.account.type.value_or(ledger::AccountType::checking));
    return make_account(statement, match.suggested_name, type);
}

Result<std::vector<Transaction>> Planner::known_around(const Account& account, Date first,
                                                       Date last) {
    std::vector<Transaction> known;
    if (!is_new(account.id)) {
        ATLAS_TRY_ASSIGN(known,
                         store_.transactions_between(household_, account.id,
                                                     first.plus_days(-ledger::kDuplicateDaysMax),
                                                     last.plus_days(ledger::kDuplicateDaysMax)));
    }
    const TransactionId opening = ledger::opening_id(household_, account.id);
    std::erase_if(known, [&](const Transaction& t) { return t.id == opening; });
    for (const Transaction& transaction : plan_.change.added) {
        if (transaction.account_id == account.id) {
            known.push_back(transaction);  // An earlier statement of the same file.
        }
    }
    return known;
}

Result<void> Planner::plan_statement(const statements::Statement& statement) {
    ATLAS_TRY_ASSIGN(const Account account, settle_account(statement));
    plan_.report.accounts.push_back(
        {.id = is_new(account.id) ? std::nullopt : std::optional<AccountId>(account.id),
         .name = account.name,
         .type = account.type,
         .currency = std::string(account.currency.code()),
         .number_masked = account.number_masked,
         .created = is_new(account.id)});
    report_rejected(statement.rejected);
    report_rejected(statement.notes);
    tell_statement(account, statement);
    if (statement.entries.empty()) {
        return reconcile(account, statement);
    }
    const auto [first, last] =
        std::ranges::minmax_element(statement.entries, {}, &statements::StatementEntry::date);
    first_day_ = std::min(first_day_.value_or(first->date), first->date);
    last_day_ = std::max(last_day_.value_or(last->date), last->date);
    ATLAS_TRY_ASSIGN(const std::vector<Transaction> existing,
                     known_around(account, first->date, last->date));
    const auto decisions = ledger::deduplicate({.household = household_,
                                                .account = account.id,
                                                .existing = existing,
                                                .entries = statement.entries});
    std::vector<Transaction> added;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const statements::StatementEntry& entry = statement.entries[i];
        const ledger::EntryDecision& decision = decisions[i];
        report_entry(entry, decision);
        if (decision.verdict == ledger::EntryVerdict::added) {
            added.push_back(ledger::make_transaction(
                entry, decision, account.id,
                {question_.id, question_.file_name, entry.position.line, entry.position.column}));
        } else if (decision.existing.has_value() &&
                   existing[*decision.existing].source.import_id != question_.id) {
            plan_.change.told.push_back(
                {existing[*decision.existing].id,
                 {question_.id, question_.file_name, entry.position.line, entry.position.column}});
        }
        if (decision.verdict == ledger::EntryVerdict::booked) {
            const Transaction& pending = existing[*decision.existing];
            plan_.before.push_back(pending);
            plan_.change.replaced.push_back(ledger::book_pending(pending, entry, decision));
        }
    }
    plan_.change.added.insert(plan_.change.added.end(), added.begin(), added.end());
    ATLAS_TRY(plan_opening(account, statement, added));
    return reconcile(account, statement);
}

// What the file covers: its entries, and the day of its balance where that is later.
void Planner::tell_statement(const Account& account, const statements::Statement& statement) {
    std::optional<Date> first;
    std::optional<Date> last;
    const auto include = [&](Date day) {
        first = std::min(first.value_or(day), day);
        last = std::max(last.value_or(day), day);
    };
    for (const statements::StatementEntry& entry : statement.entries) {
        include(entry.date);
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
                                   const std::vector<Transaction>& added) {
    const TransactionId id = ledger::opening_id(household_, account.id);
    if (Transaction* opening = planned(id); opening != nullptr) {
        ATLAS_TRY_ASSIGN(*opening, ledger::step_back(*opening, added));
        return {};
    }
    auto opening = store_.transaction(household_, id);
    if (!opening.has_value()) {
        return opening.error().code == ErrorCode::not_found
                   ? open_account(account, statement)
                   : Result<void>(Unexpected(std::move(opening).error()));
    }
    ATLAS_TRY_ASSIGN(Transaction moved, ledger::step_back(*opening, added));
    if (moved != *opening) {
        plan_.before.push_back(*opening);
        plan_.change.replaced.push_back(std::move(moved));
    }
    return {};
}

Result<void> Planner::open_account(const Account& account, const statements::Statement& statement) {
    if (!statement.closing_balance.has_value()) {
        return {};
    }
    const auto last =
        std::ranges::max_element(statement.entries, {}, &statements::StatementEntry::date);
    const Date day = statement.closing_balance->date.value_or(last->date);
    if (last->date > day) {
        return {};  // What lies between would be a guess.
    }
    std::vector<Transaction> booked;
    if (!is_new(account.id)) {
        ATLAS_TRY_ASSIGN(booked, store_.transactions_between(household_, account.id,
                                                             Date::create(1, 1, 1).value(), day));
    }
    for (const Transaction& transaction : plan_.change.added) {
        if (transaction.account_id == account.id && transaction.date <= day) {
            booked.push_back(transaction);
        }
    }
    ATLAS_TRY_ASSIGN(auto opening, ledger::open_account(household_, account.id, booked,
                                                        {statement.closing_balance->amount, day}));
    if (opening.has_value()) {
        opening->source = {question_.id, question_.file_name, last->position.line,
                           last->position.column};
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
            accounts_, [&](const ports::AccountBalance& a) { return a.account.id == account.id; });
        balance = row->balance;
        if (closing.date.has_value() && row->balance_date.has_value() &&
            *closing.date < *row->balance_date) {
            ATLAS_TRY_ASSIGN(const auto later, store_.transactions_between(
                                                   household_, account.id,
                                                   closing.date->plus_days(1), *row->balance_date));
            for (const Transaction& transaction : later) {
                balance -= transaction.amount;
            }
        }
    }
    const auto counts = [&](const Transaction& transaction) {
        return transaction.account_id == account.id &&
               (!closing.date.has_value() || transaction.date <= *closing.date);
    };
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

Result<std::vector<Transaction>> Planner::transfer_candidates() {
    std::map<TransactionId, Transaction> pool;
    for (const ports::AccountBalance& row : accounts_) {
        if (is_new(row.account.id)) {
            continue;
        }
        ATLAS_TRY_ASSIGN(const auto near, store_.transactions_between(
                                              household_, row.account.id,
                                              first_day_->plus_days(-ledger::kTransferDaysMax),
                                              last_day_->plus_days(ledger::kTransferDaysMax)));
        for (const Transaction& transaction : near) {
            pool.emplace(transaction.id, transaction);
        }
    }
    for (const auto* list : {&plan_.change.replaced, &plan_.change.added}) {
        for (const Transaction& transaction : *list) {
            pool.insert_or_assign(transaction.id, transaction);
        }
    }
    std::vector<Transaction> candidates;
    for (auto& [id, transaction] : pool) {
        if (!ledger::is_equity(transaction.splits.front().category)) {
            candidates.push_back(std::move(transaction));
        }
    }
    return candidates;
}

Result<void> Planner::pair_transfers() {
    // A transfer has two accounts.
    if (plan_.change.added.empty() || !first_day_.has_value() || accounts_.size() < 2) {
        return {};
    }
    ATLAS_TRY_ASSIGN(const std::vector<Transaction> candidates, transfer_candidates());
    std::map<TransactionId, std::pair<std::vector<Transaction>*, std::size_t>> planned;
    for (auto* list : {&plan_.change.replaced, &plan_.change.added}) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            planned.emplace((*list)[i].id, std::pair(list, i));
        }
    }
    ATLAS_TRY_ASSIGN(const std::vector<ports::RejectedPair> rejected,
                     store_.rejected_pairs(household_));  // In order.
    const auto is_rejected = [&](const Transaction& out, const Transaction& in) {
        return std::ranges::binary_search(rejected, ports::RejectedPair{out.id, in.id});
    };
    for (const ledger::TransferPair& pair :
         ledger::pair_transfers(candidates, {}, is_rejected).pairs) {
        const Transaction& out = candidates[pair.out];
        const Transaction& in = candidates[pair.in];
        if (!planned.contains(out.id) && !planned.contains(in.id)) {
            continue;  // Both were here before: this file tells nothing new about them.
        }
        const TransferId transfer{Uuid::from_digest(
            sha256(format("transfer {} {}", to_string(out.id), to_string(in.id))))};
        for (const Transaction* leg : {&out, &in}) {
            Transaction linked = *leg;
            linked.transfer_id = transfer;
            linked.splits = {
                {std::string(ledger::kTransferCategory), leg->amount, std::nullopt, {}}};
            linked.filed = {ledger::FilingSource::rule, pair.confidence, false};
            if (const auto mine = planned.find(leg->id); mine != planned.end()) {
                (*mine->second.first)[mine->second.second] = std::move(linked);
            } else {
                plan_.before.push_back(*leg);
                plan_.change.replaced.push_back(std::move(linked));
            }
        }
        report_pair(out, in, pair.confidence);
        ++plan_.report.transfers;
    }
    return {};
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
        const auto row = std::ranges::find_if(accounts_, [&](const ports::AccountBalance& a) {
            return a.account.id == t.account_id;
        });
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
        if (plan_.report.rejected.size() < kRejectedListedMax) {
            plan_.report.rejected.push_back(
                {question_.file_name, entry.position.line, entry.position.column, entry.reason});
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
