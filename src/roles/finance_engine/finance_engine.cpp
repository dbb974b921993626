// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/finance_engine.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "roles/finance_engine/calculators.hpp"
#include "roles/finance_engine/ledger_write.hpp"
#include "roles/finance_engine/transaction_query.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;

contracts::AccountValue to_value(const ports::AccountBalance& row) {
    const ledger::Account& account = row.account;
    return {.id = account.id,
            .name = account.name,
            .type = account.type,
            .currency = std::string(account.currency.code()),
            .institution = account.institution,
            .number_masked = account.number_masked,
            .opened = account.opened,
            .closed = account.closed,
            .balance = contracts::to_value(row.balance),
            .balance_date = row.balance_date,
            .liability = is_liability(account.type)};
}

/// A handler that is a member of the engine.
template <class Request, class Response>
auto of(FinanceEngine& engine,
        Result<Response> (FinanceEngine::*method)(const Request&, const ports::CallContext&)) {
    return [&engine, method](const Request& request, const ports::CallContext& context) {
        return (engine.*method)(request, context);
    };
}
template <class Response>
auto of(FinanceEngine& engine,
        Result<Response> (FinanceEngine::*method)(const ports::CallContext&)) {
    return [&engine, method](const auto&, const ports::CallContext& context) {
        return (engine.*method)(context);
    };
}

}  // namespace

void FinanceEngine::bind(serving::HandlerTable& table) {
    table.handle(contracts::list_accounts, of(*this, &FinanceEngine::list_accounts));
    table.handle(contracts::list_transactions, of(*this, &FinanceEngine::list_transactions));
    table.handle(contracts::get_transaction, of(*this, &FinanceEngine::get_transaction));
    table.handle(contracts::file_transaction, of(*this, &FinanceEngine::file_transaction));
    table.handle(contracts::edit_transaction, of(*this, &FinanceEngine::edit_transaction));
    table.handle(contracts::bulk_edit, of(*this, &FinanceEngine::bulk_edit));
    table.handle(contracts::add_transaction, of(*this, &FinanceEngine::add_transaction));
    table.handle(contracts::delete_transaction, of(*this, &FinanceEngine::delete_transaction));
    table.handle(contracts::list_refunds, of(*this, &FinanceEngine::list_refunds));
    table.handle(contracts::list_edits, of(*this, &FinanceEngine::list_edits));
    table.handle(contracts::undo_edit, of(*this, &FinanceEngine::undo_edit));
    table.handle(contracts::get_balances, of(*this, &FinanceEngine::get_balances));
    table.handle(contracts::get_account_report, of(*this, &FinanceEngine::get_account_report));
    table.handle(contracts::get_worth, of(*this, &FinanceEngine::get_worth));
    table.handle(contracts::add_account, of(*this, &FinanceEngine::add_account));
    table.handle(contracts::edit_account, of(*this, &FinanceEngine::edit_account));
    table.handle(contracts::list_transfers, of(*this, &FinanceEngine::list_transfers));
    table.handle(contracts::pair_transfer, of(*this, &FinanceEngine::pair_transfer));
    table.handle(contracts::confirm_transfer, of(*this, &FinanceEngine::confirm_transfer));
    table.handle(contracts::reject_transfer, of(*this, &FinanceEngine::reject_transfer));
    table.handle(contracts::unpair_transfer, of(*this, &FinanceEngine::unpair_transfer));
    table.handle(contracts::list_counterparts, of(*this, &FinanceEngine::list_counterparts));
    table.handle(contracts::get_monthly_totals, of(*this, &FinanceEngine::get_monthly_totals));
    table.handle(contracts::create_import, of(*this, &FinanceEngine::create_import));
    table.handle(contracts::commit_import, of(*this, &FinanceEngine::commit_import));
    table.handle(contracts::undo_import, of(*this, &FinanceEngine::undo_import));
    table.handle(contracts::get_import, of(*this, &FinanceEngine::get_import));
    table.handle(contracts::list_imports, of(*this, &FinanceEngine::list_imports));
    table.handle(contracts::list_import_rows, of(*this, &FinanceEngine::list_import_rows));
    table.handle(contracts::read_table, of(*this, &FinanceEngine::read_table));
    table.handle(contracts::get_export_piece, of(*this, &FinanceEngine::get_export_piece));
    table.handle(contracts::get_export, of(*this, &FinanceEngine::get_export));
    table.handle(contracts::verify_audit, of(*this, &FinanceEngine::verify_audit));
    bind_calculators(table);
}

Result<void> FinanceEngine::recover() {
    ATLAS_TRY(carry_waiting_notes(parts_));
    return {};
}

Result<contracts::AuditCheckpointValue> FinanceEngine::verify_audit(const Context&) {
    ATLAS_TRY_ASSIGN(const ports::AuditCheckpoint checkpoint, parts_.audit.verify());
    return contracts::AuditCheckpointValue{checkpoint.entries, to_hex(checkpoint.head)};
}

Result<contracts::AccountList> FinanceEngine::list_accounts(const Context& context) {
    // The sequence is read first: what follows is at least that new, never older.
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
    contracts::AccountList list{.items = {}, .as_of_sequence = sequence};
    list.items.reserve(accounts.size());
    for (const ports::AccountBalance& account : accounts) {
        list.items.push_back(to_value(account));
    }
    return list;
}

Result<contracts::TransactionList> FinanceEngine::list_transactions(
    const contracts::ListTransactions& request, const Context& context) {
    ATLAS_TRY_ASSIGN(ports::TransactionQuery query, query_of(filter_of(request)));
    query.order = static_cast<ports::ListOrder>(request.order);
    query.count = request.count;
    query.limit = static_cast<std::size_t>(request.limit);
    query.cursor = request.cursor.value_or("");
    ATLAS_TRY_ASSIGN(const ports::TransactionPage page,
                     parts_.ledger.transactions(context.household, query));
    contracts::TransactionList list{.items = {},
                                    .next_cursor = std::nullopt,
                                    .as_of_sequence = page.as_of,
                                    .total = page.total,
                                    .sums = {}};
    for (const money::Money sum : page.sums) {
        list.sums.push_back(contracts::to_value(sum));
    }
    list.items.reserve(page.items.size());
    for (const ledger::Transaction& transaction : page.items) {
        list.items.push_back(contracts::to_value(transaction));
    }
    if (!page.next_cursor.empty()) {
        list.next_cursor = page.next_cursor;
    }
    return list;
}

Result<contracts::TransactionValue> FinanceEngine::get_transaction(
    const contracts::GetTransaction& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const ledger::Transaction transaction,
                     parts_.ledger.transaction(context.household, request.id));
    return contracts::to_value(transaction);
}

Result<contracts::TransactionValue> FinanceEngine::file_transaction(
    const contracts::FileTransaction& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const bool is_known, parts_.is_category(request.category));
    if (!is_known) {
        return invalid_argument(
            "/category", format("\"{}\" is not a category of the taxonomy", request.category));
    }
    const auto decide = [&]() -> Result<Decision> {
        Decision decision;
        ATLAS_TRY_ASSIGN(decision.change.expected, parts_.ledger.sequence(context.household));
        ATLAS_TRY_ASSIGN(const ledger::Transaction before,
                         parts_.ledger.transaction(context.household, request.id));
        ledger::Transaction after = before;
        after.splits = {{request.category, before.amount, std::nullopt, {}}};
        after.filed = {ledger::FilingSource::user, 1.0, true};
        decision.change.replaced = {after};
        decision.change.events = {transaction_changed(before, after)};
        decision.response = contracts::encode(contracts::to_value(after));
        decision.audit_detail = contracts::encode(request);
        return decision;
    };
    ATLAS_TRY_ASSIGN(
        const std::string response,
        write_once(parts_, context, {"file " + contracts::encode(request), "transaction.file"},
                   decide));
    return contracts::decode<contracts::TransactionValue>(response);
}

Result<contracts::MonthlyTotalList> FinanceEngine::get_monthly_totals(
    const contracts::GetMonthlyTotals& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    const Deadline patience{
        std::min(context.deadline.at, Deadline::after(parts_.clock, kProjectionWait).at)};
    const bool up_to_date = parts_.projection.wait_for(context.household, sequence, patience);
    const Date first = Date::create(1, 1, 1).value();
    const Date last = Date::create(9999, 12, 31).value();
    ATLAS_TRY_ASSIGN(const ports::MonthlyTotals totals,
                     parts_.totals.read(context.household, request.from.value_or(first),
                                        request.to.value_or(last)));
    contracts::MonthlyTotalList list{
        .items = {}, .as_of_sequence = totals.as_of, .up_to_date = up_to_date};
    list.items.reserve(totals.items.size());
    for (const ports::MonthlyTotal& total : totals.items) {
        list.items.push_back({.month = to_string(total.month).substr(0, 7),
                              .category = total.category,
                              .amount = contracts::to_value(total.amount),
                              .count = total.count});
    }
    return list;
}

ports::OutboxEvent transaction_event(std::string_view type,
                                     const ledger::Transaction& transaction) {
    const contracts::TransactionEvent event{
        .version = 1, .transaction = contracts::to_value(transaction), .unknown_fields = {}};
    return {std::string(type), contracts::encode(event)};
}

ports::OutboxEvent transaction_changed(const ledger::Transaction& before,
                                       const ledger::Transaction& after) {
    const contracts::TransactionChangedEvent event{.version = 1,
                                                   .before = contracts::to_value(before),
                                                   .after = contracts::to_value(after),
                                                   .unknown_fields = {}};
    return {std::string(contracts::kTransactionChanged), contracts::encode(event)};
}

ports::OutboxEvent account_opened(const ledger::Account& account) {
    const contracts::AccountOpenedEvent event{.version = 1,
                                              .account_id = account.id,
                                              .name = account.name,
                                              .type = std::string(name_of(account.type)),
                                              .currency = std::string(account.currency.code()),
                                              .unknown_fields = {}};
    return {std::string(contracts::kAccountOpened), contracts::encode(event)};
}

ports::OutboxEvent account_changed(const ledger::Account& before, const ledger::Account& after) {
    const auto state_of = [](const ledger::Account& account) {
        return contracts::AccountState{.id = account.id,
                                       .name = account.name,
                                       .type = std::string(name_of(account.type)),
                                       .institution = account.institution,
                                       .opened = account.opened,
                                       .closed = account.closed};
    };
    const contracts::AccountChangedEvent event{
        .version = 1, .before = state_of(before), .after = state_of(after), .unknown_fields = {}};
    return {std::string(contracts::kAccountChanged), contracts::encode(event)};
}

}  // namespace atlas::roles::finance_engine
