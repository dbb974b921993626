// SPDX-License-Identifier: Apache-2.0
// The handlers of /api/v1/debts: what a person says of their debts, kept beside the ledger.
#include <algorithm>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "roles/optimiser/known_debts.hpp"
#include "roles/optimiser/optimiser.hpp"

namespace atlas::roles::optimiser {
namespace {

constexpr std::int64_t kAnswersKeptMicros = 86'400'000'000;

}  // namespace

void Optimiser::bind(serving::HandlerTable& table) {
    table.handle(contracts::list_debts,
                 [this](const auto&, const Context& context) { return list_debts(context); });
    table.handle(contracts::get_debt, [this](const auto& request, const Context& context) {
        return get_debt(request, context);
    });
    table.handle(contracts::create_debt, [this](const auto& request, const Context& context) {
        return create_debt(request, context);
    });
    table.handle(contracts::put_debt, [this](const auto& request, const Context& context) {
        return put_debt(request, context);
    });
    table.handle(contracts::delete_debt, [this](const auto& request, const Context& context) {
        return delete_debt(request, context);
    });
    table.handle(contracts::get_debt_advice, [this](const auto& request, const Context& context) {
        return advise({.monthly_budget = request.monthly_budget,
                       .strategy = request.strategy,
                       .record = {},
                       .changes = {}},
                      context);
    });
    table.handle(contracts::ask_debt_advice, [this](const auto& request, const Context& context) {
        return advise(request, context);
    });
}

Date Optimiser::today() const {
    constexpr std::int64_t kDayMicros = 86'400'000'000;
    return Date::from_days(static_cast<std::int32_t>(parts_.clock.now().micros / kDayMicros));
}

Result<void> Optimiser::note(const Context& context, std::string_view action, std::string detail) {
    ATLAS_TRY(parts_.audit.append({.household = context.household,
                                   .at = parts_.clock.now(),
                                   .actor = to_string(context.user),
                                   .action = std::string(action),
                                   .detail = std::move(detail)}));
    return {};
}

Result<contracts::DebtList> Optimiser::list_debts(const Context& context) {
    ATLAS_TRY_ASSIGN(auto known, load_debts(parts_, context.household, today()));
    contracts::DebtList list;
    for (KnownDebt& debt : known) {
        list.items.push_back(std::move(debt.value));
    }
    return list;
}

Result<contracts::DebtRecordValue> Optimiser::get_debt(const contracts::DebtById& request,
                                                       const Context& context) {
    ATLAS_TRY_ASSIGN(auto known, load_debts(parts_, context.household, today()));
    for (KnownDebt& debt : known) {
        if (debt.value.id == request.id) {
            return std::move(debt.value);
        }
    }
    return not_found("there is no such debt");
}

Result<contracts::DebtRecordValue> Optimiser::write(contracts::DebtId id,
                                                    const contracts::DebtTermsValue& terms,
                                                    const Context& context) {
    ATLAS_TRY(check_terms(terms, today()));
    if (terms.account_id.has_value()) {
        ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
        const bool is_there = std::ranges::any_of(accounts, [&](const ports::AccountBalance& row) {
            return row.account.id == *terms.account_id;
        });
        if (!is_there) {
            return invalid_argument("/account_id", "there is no such account");
        }
    }
    ports::DebtChange change{.put = ports::DebtRecord{.id = id,
                                                      .name = terms.name,
                                                      .terms = contracts::encode(terms),
                                                      .updated_at = parts_.clock.now()}};
    if (!context.idempotency_key.empty()) {
        change.answer = ports::IdempotentAnswer{
            .key = context.idempotency_key,
            .request_hash = to_hex(sha256("create_debt " + change.put->terms)),
            .status = 201,
            .body = to_string(id),
            .expires_at = {parts_.clock.now().micros + kAnswersKeptMicros}};
    }
    ATLAS_TRY(parts_.debts.apply(context.household, change));
    ATLAS_TRY(note(context, "debt.put", format(R"({{"debt":"{}"}})", to_string(id))));
    return get_debt({.id = id}, context);
}

Result<contracts::DebtRecordValue> Optimiser::create_debt(const contracts::DebtTermsValue& request,
                                                          const Context& context) {
    // A debt that is an account has the account's bytes, so that it is one and the same.
    const contracts::DebtId id = request.account_id.has_value()
                                     ? contracts::DebtId{request.account_id->uuid}
                                     : parts_.ids.make<contracts::DebtId>();
    if (!context.idempotency_key.empty()) {
        ATLAS_TRY_ASSIGN(
            const auto answer,
            parts_.debts.answer(context.household, context.idempotency_key, parts_.clock.now()));
        if (answer.has_value()) {
            if (answer->request_hash !=
                to_hex(sha256("create_debt " + contracts::encode(request)))) {
                return conflict("this Idempotency-Key was used for another request");
            }
            ATLAS_TRY_ASSIGN(const Uuid made, Uuid::parse(answer->body));
            return get_debt({.id = {made}}, context);
        }
    }
    const auto before = parts_.debts.debt(context.household, id);
    if (before.has_value()) {
        return conflict("this account has terms already; PUT replaces them");
    }
    if (before.error().code != ErrorCode::not_found) {
        return Unexpected(before.error());
    }
    auto written = write(id, request, context);
    if (!written.has_value() && written.error().code == ErrorCode::conflict &&
        !context.idempotency_key.empty()) {
        // Another send of the same key won: its answer is ours.
        ATLAS_TRY_ASSIGN(
            const auto winner,
            parts_.debts.answer(context.household, context.idempotency_key, parts_.clock.now()));
        if (winner.has_value()) {
            ATLAS_TRY_ASSIGN(const Uuid made, Uuid::parse(winner->body));
            return get_debt({.id = {made}}, context);
        }
    }
    return written;
}

Result<contracts::DebtRecordValue> Optimiser::put_debt(const contracts::PutDebt& request,
                                                       const Context& context) {
    ATLAS_TRY_ASSIGN(const contracts::DebtRecordValue before,
                     get_debt({.id = request.id}, context));
    if (before.account_id != request.terms.account_id) {
        return invalid_argument("/terms/account_id", "a debt stays with its account");
    }
    Context plain = context;  // A PUT repeats itself: it needs no key.
    plain.idempotency_key.clear();
    auto written = write(request.id, request.terms, plain);
    if (!written.has_value() && !written.error().place.empty()) {
        return fail(written.error().code, "/terms" + written.error().place,
                    written.error().message);
    }
    return written;
}

Result<contracts::Empty> Optimiser::delete_debt(const contracts::DebtById& request,
                                                const Context& context) {
    ATLAS_TRY(parts_.debts.apply(context.household, {.removed = request.id}));
    ATLAS_TRY(note(context, "debt.delete", format(R"({{"debt":"{}"}})", to_string(request.id))));
    return contracts::Empty{};
}

}  // namespace atlas::roles::optimiser
