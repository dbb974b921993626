// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/finance_engine.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "roles/finance_engine/calculators.hpp"

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

constexpr std::chrono::hours kAnswersKept{24};

}  // namespace

void FinanceEngine::bind(serving::HandlerTable& table) {
    table.handle(contracts::list_accounts, of(*this, &FinanceEngine::list_accounts));
    table.handle(contracts::list_transactions, of(*this, &FinanceEngine::list_transactions));
    table.handle(contracts::get_transaction, of(*this, &FinanceEngine::get_transaction));
    table.handle(contracts::file_transaction, of(*this, &FinanceEngine::file_transaction));
    table.handle(contracts::get_monthly_totals, of(*this, &FinanceEngine::get_monthly_totals));
    table.handle(contracts::create_import, of(*this, &FinanceEngine::create_import));
    table.handle(contracts::commit_import, of(*this, &FinanceEngine::commit_import));
    table.handle(contracts::undo_import, of(*this, &FinanceEngine::undo_import));
    table.handle(contracts::get_import, of(*this, &FinanceEngine::get_import));
    table.handle(contracts::list_imports, of(*this, &FinanceEngine::list_imports));
    table.handle(contracts::get_export, of(*this, &FinanceEngine::get_export));
    bind_calculators(table);
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
    const ports::TransactionQuery query{.account_id = request.account_id,
                                        .from = request.from,
                                        .to = request.to,
                                        .category = request.category,
                                        .text = request.q,
                                        .import_id = request.import_id,
                                        .limit = static_cast<std::size_t>(request.limit),
                                        .cursor = request.cursor.value_or("")};
    ATLAS_TRY_ASSIGN(const ports::TransactionPage page,
                     parts_.ledger.transactions(context.household, query));
    contracts::TransactionList list{
        .items = {}, .next_cursor = std::nullopt, .as_of_sequence = page.as_of};
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
    if (!parts_.is_category(request.category)) {
        return invalid_argument(
            "/category", format("\"{}\" is not a category of the taxonomy", request.category));
    }
    const auto act = [&](std::optional<ports::IdempotentAnswer> answer) -> Result<std::string> {
        ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
        ATLAS_TRY_ASSIGN(const ledger::Transaction before,
                         parts_.ledger.transaction(context.household, request.id));
        ledger::Transaction after = before;
        after.splits = {{request.category, before.amount, std::nullopt, {}}};
        after.filed = {ledger::FilingSource::user, 1.0, true};
        std::string response = contracts::encode(contracts::to_value(after));
        ports::LedgerChange change;
        change.expected = sequence;
        change.replaced = {after};
        change.events = {transaction_changed(before, after)};
        if (answer.has_value()) {
            answer->body = response;
            change.answer = std::move(answer);
        }
        ATLAS_TRY(parts_.ledger.apply(context.household, change, context.deadline));
        return response;
    };
    ATLAS_TRY_ASSIGN(const std::string response,
                     answer_once(parts_, context, contracts::encode(request), act));
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

Result<void> FinanceEngine::record(const Context& context, std::string_view action,
                                   std::string detail) {
    ATLAS_TRY(parts_.audit.append({.household = context.household,
                                   .at = parts_.clock.now(),
                                   .actor = to_string(context.user),
                                   .action = std::string(action),
                                   .detail = std::move(detail)}));
    return {};
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

Result<std::string> answer_once(
    const Parts& parts, const ports::CallContext& context, std::string_view request_bytes,
    const std::function<Result<std::string>(std::optional<ports::IdempotentAnswer>)>& act) {
    if (context.idempotency_key.empty()) {
        return act(std::nullopt);
    }
    const std::string hash = to_hex(sha256(request_bytes));
    const auto kept = [&]() -> Result<std::optional<std::string>> {
        ATLAS_TRY_ASSIGN(
            const auto answer,
            parts.ledger.answer(context.household, context.idempotency_key, parts.clock.now()));
        if (!answer.has_value()) {
            return std::optional<std::string>();
        }
        if (answer->request_hash != hash) {
            return conflict("this Idempotency-Key was used for another request");
        }
        return std::optional(answer->body);
    };
    ATLAS_TRY_ASSIGN(std::optional<std::string> first, kept());
    if (first.has_value()) {
        return *std::move(first);
    }
    const auto expires =
        parts.clock.now().micros +
        std::chrono::duration_cast<std::chrono::microseconds>(kAnswersKept).count();
    auto outcome = act(ports::IdempotentAnswer{.key = context.idempotency_key,
                                               .request_hash = hash,
                                               .status = 200,
                                               .body = {},
                                               .expires_at = {expires}});
    if (!outcome.has_value() && outcome.error().code == ErrorCode::conflict) {
        // Another send of the same key may have won the race: then its answer is ours too.
        ATLAS_TRY_ASSIGN(std::optional<std::string> winner, kept());
        if (winner.has_value()) {
            return *std::move(winner);
        }
    }
    return outcome;
}

}  // namespace atlas::roles::finance_engine
