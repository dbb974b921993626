// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/exports_restore.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "contracts/ledger_document.hpp"
#include "roles/finance_engine/exports.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/removal_stream.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
using contracts::LedgerDocument;
using ledger::Transaction;

Unexpected at(std::string place, Error error) {
    error.place = std::move(place) + error.place;
    return Unexpected(std::move(error));
}

/// Checks what the codec cannot: that everything named is there, once.
class Restoration {
public:
    Restoration(const LedgerDocument& document, const ImportQuestion& question)
        : document_(document),
          question_(question) {}

    Result<PlannedImport> run() {
        ATLAS_TRY(add_accounts());
        ATLAS_TRY(add_imports());
        ATLAS_TRY(add_transactions());
        ATLAS_TRY(add_statements());
        ATLAS_TRY(add_links());
        write_report();
        return std::move(plan_);
    }

private:
    Result<void> add_accounts() {
        std::set<std::string> names;
        for (std::size_t i = 0; i < document_.accounts.size(); ++i) {
            const std::string place = format("/accounts/{}", i);
            auto account = contracts::from_document(document_.accounts[i]);
            if (!account.has_value()) {
                return at(place, std::move(account).error());
            }
            if (!currencies_.emplace(account->id, account->currency).second) {
                return invalid_argument(place + "/id", "this account stands above already");
            }
            if (!names.insert(account->name).second) {
                return invalid_argument(place + "/name", "an account above is called the same");
            }
            plan_.change.events.push_back(account_opened(*account));
            plan_.change.accounts.push_back(*std::move(account));
        }
        return {};
    }

    Result<void> add_imports() {
        for (std::size_t i = 0; i < document_.imports.size(); ++i) {
            const contracts::LedgerImport& value = document_.imports[i];
            const std::string place = format("/imports/{}", i);
            if (value.state != "committed" && value.state != "undone") {
                return invalid_argument(place + "/state", "it is not committed or undone");
            }
            if (value.id == question_.id || !imports_.insert(value.id).second) {
                return invalid_argument(place + "/id", "this import is there already");
            }
            plan_.change.imports.push_back({.id = value.id,
                                            .state = value.state == "committed"
                                                         ? ports::ImportState::committed
                                                         : ports::ImportState::undone,
                                            .file_name = value.file_name,
                                            .format = value.format,
                                            .account = value.account,
                                            .mapping = value.mapping,
                                            .content = {},
                                            .report = value.report,
                                            .created_at = value.created_at,
                                            .added = value.added});
        }
        return {};
    }

    Result<void> add_transactions() {
        for (std::size_t i = 0; i < document_.transactions.size(); ++i) {
            const std::string place = format("/transactions/{}", i);
            auto transaction = contracts::from_document(document_.transactions[i]);
            if (!transaction.has_value()) {
                return at(place, std::move(transaction).error());
            }
            const auto account = currencies_.find(transaction->account_id);
            if (account == currencies_.end()) {
                return invalid_argument(place + "/account_id", "no account above has this id");
            }
            if (account->second != transaction->amount.currency()) {
                return invalid_argument(place + "/amount/currency",
                                        format("its account is in {}", account->second.code()));
            }
            if (!transactions_.insert(transaction->id).second) {
                return invalid_argument(place + "/id", "this transaction stands above already");
            }
            if (transaction->transfer_id.has_value()) {
                ++legs_[*transaction->transfer_id];
            }
            plan_.change.events.push_back(
                transaction_event(contracts::kTransactionRecorded, *transaction));
            plan_.change.added.push_back(*std::move(transaction));
        }
        return {};
    }

    Result<void> add_statements() {
        for (std::size_t i = 0; i < document_.statements.size(); ++i) {
            const contracts::LedgerStatement& value = document_.statements[i];
            const std::string place = format("/statements/{}", i);
            if (!currencies_.contains(value.account)) {
                return invalid_argument(place + "/account", "no account above has this id");
            }
            if (!imports_.contains(value.import_id)) {
                return invalid_argument(place + "/import_id", "no import above has this id");
            }
            ports::ToldStatement told{.account = value.account,
                                      .import = value.import_id,
                                      .file = value.file,
                                      .from = value.from,
                                      .to = value.to,
                                      .closing = {},
                                      .closing_date = value.closing_date};
            if (value.closing.has_value()) {
                told.closing = contracts::to_money(*value.closing);
            }
            plan_.change.statements.push_back(std::move(told));
        }
        return {};
    }

    Result<void> add_links() {
        for (std::size_t i = 0; i < document_.tellings.size(); ++i) {
            const contracts::LedgerTelling& value = document_.tellings[i];
            if (!transactions_.contains(value.transaction)) {
                return invalid_argument(format("/tellings/{}/transaction", i),
                                        "there is no such transaction");
            }
            if (!imports_.contains(value.place.import_id)) {
                return invalid_argument(format("/tellings/{}/place/import_id", i),
                                        "there is no such import");
            }
            plan_.change.told.push_back(
                {value.transaction,
                 {value.place.import_id, value.place.file, value.place.line, value.place.column},
                 value.fingerprint});
        }
        for (const contracts::LedgerRejectedPair& pair : document_.rejected_pairs) {
            plan_.change.rejected_pairs.push_back({pair.out, pair.in});
        }
        return {};
    }

    void write_report() {
        contracts::ImportValue& report = plan_.report;
        report.import_id = question_.id;
        report.file_name = question_.file_name;
        report.format = std::string(kLedgerFormat);
        report.created_at = question_.created_at;
        report.added = static_cast<std::int64_t>(plan_.change.added.size());
        for (const auto& [transfer, legs] : legs_) {
            report.transfers += legs == 2 ? 1 : 0;
        }
        for (const ledger::Account& account : plan_.change.accounts) {
            report.accounts.push_back({.id = account.id,
                                       .name = account.name,
                                       .type = account.type,
                                       .currency = std::string(account.currency.code()),
                                       .number_masked = account.number_masked,
                                       .created = true});
        }
        for (const Transaction& transaction : plan_.change.added) {
            if (report.sample.size() == kSampleMax) {
                break;
            }
            report.sample.push_back({.date = transaction.date,
                                     .amount = contracts::to_value(transaction.amount),
                                     .description = transaction.description,
                                     .decision = "added",
                                     .reason = "as it was exported",
                                     .line = 1});
        }
    }

    const LedgerDocument& document_;
    const ImportQuestion& question_;
    PlannedImport plan_;
    std::map<AccountId, money::Currency> currencies_;
    std::set<ImportId> imports_;
    std::set<TransactionId> transactions_;
    std::map<TransferId, int> legs_;
};

Result<LedgerDocument> read_document(std::string_view content) {
    ATLAS_TRY_ASSIGN(LedgerDocument document, contracts::decode<LedgerDocument>(content));
    if (document.version != contracts::kLedgerDocumentVersion) {
        return invalid_argument("/version", format("{}; this program reads {}", document.version,
                                                   contracts::kLedgerDocumentVersion));
    }
    return document;
}

}  // namespace

bool is_ledger_document(std::string_view content) {
    return content.starts_with(contracts::kLedgerDocumentStart);
}

Result<PlannedImport> plan_restore(ports::LedgerStore& store, HouseholdId household,
                                   const ImportQuestion& question) {
    ATLAS_TRY_ASSIGN(const ports::Sequence sequence, store.sequence(household));
    ATLAS_TRY_ASSIGN(const auto accounts, store.accounts(household));
    if (!accounts.empty()) {
        return conflict(
            format("a whole ledger goes into an empty one; this one has {} accounts, "
                   "{} among them",
                   accounts.size(), accounts.front().account.name));
    }
    ATLAS_TRY_ASSIGN(const LedgerDocument document, read_document(question.content));
    ATLAS_TRY_ASSIGN(PlannedImport plan, Restoration(document, question).run());
    plan.change.expected = sequence;
    return plan;
}

Result<ports::LedgerChange> plan_restore_undo(ports::LedgerStore& store, HouseholdId household,
                                              const ports::ImportRecord& record) {
    ports::LedgerChange change;
    ATLAS_TRY_ASSIGN(change.expected, store.sequence(household));
    ATLAS_TRY_ASSIGN(const LedgerDocument document, read_document(record.content));
    std::set<TransactionId> ours;
    for (const contracts::LedgerTransaction& transaction : document.transactions) {
        ours.insert(transaction.id);
    }
    Removal removal;
    ATLAS_TRY_ASSIGN(const auto accounts, store.accounts(household));
    for (const contracts::LedgerAccount& account : document.accounts) {
        const auto there =
            std::ranges::find(accounts, account.id, [](const auto& row) { return row.account.id; });
        if (there == accounts.end()) {
            continue;
        }
        ports::TransactionQuery of_account;
        of_account.account_id = account.id;
        LeaverPages pages(store, household, {.queries = {of_account}, .disowned = {}});
        for (;;) {
            ATLAS_TRY_ASSIGN(const Leaver* const leaver, pages.next());
            if (leaver == nullptr) {
                break;
            }
            if (!ours.contains(leaver->transaction.id)) {
                return conflict(
                    format("account {} has transactions that came since; undo those "
                           "imports first",
                           there->account.name));
            }
            ++removal.count;
        }
        removal.leavers.queries.push_back(std::move(of_account));
        change.removed_accounts.push_back(account.id);
        removal.after.push_back(
            {std::string(contracts::kAccountRemoved),
             contracts::encode(contracts::AccountRemovedEvent{
                 .version = 1, .account_id = account.id, .unknown_fields = {}})});
    }
    change.stream = std::make_shared<RemovalStream>(store, household, std::move(removal));
    std::set<ImportId> told;
    for (const contracts::LedgerImport& import : document.imports) {
        told.insert(import.id);
    }
    ATLAS_TRY_ASSIGN(auto records, store.imports(household));
    for (ports::ImportRecord& each : records) {
        if (told.contains(each.id)) {
            each.state = ports::ImportState::undone;
            change.imports.push_back(std::move(each));
        }
    }
    return change;
}

}  // namespace atlas::roles::finance_engine
