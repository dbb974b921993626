// SPDX-License-Identifier: Apache-2.0
// The handlers of /api/v1/debts: what a person says of their debts, kept beside the ledger.
#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events_plans.hpp"
#include "finance/debt/debt.hpp"
#include "roles/optimiser/known_debts.hpp"
#include "roles/optimiser/optimiser.hpp"
#include "roles/optimiser/outlook.hpp"

namespace atlas::roles::optimiser {
namespace {

std::string detail_of(contracts::DebtId id) {
    return format(R"({{"debt":"{}"}})", to_string(id));
}

}  // namespace

void Optimiser::bind(serving::HandlerTable& table) {
    bind_debt_calculators(table);
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
                       .changes = {},
                       .outlook = {},
                       .credit = {}},
                      context);
    });
    table.handle(contracts::ask_debt_advice, [this](const auto& request, const Context& context) {
        return advise(request, context);
    });
}

Date Optimiser::today() const {
    return parts_.zone.date_at(parts_.clock.now());
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

Result<bool> Optimiser::is_kept(const Context& context, contracts::DebtId id) {
    ATLAS_TRY_ASSIGN(const auto records,
                     parts_.ledger.kept(context.household, std::string(kDebtRecordKind)));
    return std::ranges::any_of(
        records, [&](const ports::KeptRecord& record) { return record.id.uuid == id.uuid; });
}

Result<Optimiser::Decision> Optimiser::decide_put(const Context& context,
                                                  const contracts::PutDebt& request) {
    ATLAS_TRY(check_terms(request.terms, today()));
    Decision decision;
    ATLAS_TRY_ASSIGN(decision.change.expected, parts_.ledger.sequence(context.household));
    ATLAS_TRY_ASSIGN(const auto records,
                     parts_.ledger.kept(context.household, std::string(kDebtRecordKind)));
    const bool is_new = std::ranges::none_of(records, [&](const ports::KeptRecord& record) {
        return record.id.uuid == request.id.uuid;
    });
    if (is_new && records.size() >= finance::debt::kDebtsMax) {
        return fail(ErrorCode::exhausted, "/debts",
                    format("a household keeps {} debts at most", finance::debt::kDebtsMax));
    }
    if (request.terms.account_id.has_value()) {
        ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
        const bool is_there = std::ranges::any_of(accounts, [&](const ports::AccountBalance& row) {
            return row.account.id == *request.terms.account_id;
        });
        if (!is_there) {
            return invalid_argument("/account_id", "there is no such account");
        }
    }
    // The answer belongs to the write: a repeat of the request gets it word for word, whatever has
    // become of the debt since.
    ATLAS_TRY_ASSIGN(const std::optional<KnownDebt> known,
                     know_debt(parts_, context.household, {request.id, request.terms}, today()));
    if (!known.has_value()) {
        return not_found("there is no such debt");
    }
    decision.response = contracts::encode(known->value);
    decision.change.kept.push_back({.kind = std::string(kDebtRecordKind),
                                    .id = {request.id.uuid},
                                    .body = contracts::encode(request.terms),
                                    .updated_at = parts_.clock.now()});
    const contracts::DebtSavedEvent event{
        .version = 1,
        .id = to_string(request.id),
        .name = request.terms.name,
        .balance = known->value.balance,
        .apr = known->value.apr,
        .minimum_payment = {},
        .account_id = request.terms.account_id,
        .terms = contracts::RawJson{contracts::encode(request.terms)},
        .unknown_fields = {}};
    decision.change.events.push_back(
        {std::string(contracts::kDebtSaved), contracts::encode(event)});
    decision.detail = detail_of(request.id);
    return decision;
}

Result<contracts::DebtRecordValue> Optimiser::create_debt(const contracts::DebtTermsValue& request,
                                                          const Context& context) {
    // A debt that is an account has the account's bytes, so that it is one and the same.
    const contracts::DebtId id = request.account_id.has_value()
                                     ? contracts::DebtId{request.account_id->uuid}
                                     : parts_.ids.make<contracts::DebtId>();
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(Decision decision, decide_put(context, {.id = id, .terms = request}));
        ATLAS_TRY_ASSIGN(const bool is_there, is_kept(context, id));
        if (is_there) {
            return conflict("this account has terms already; PUT replaces them");
        }
        return decision;
    };
    ATLAS_TRY_ASSIGN(const std::string response,
                     write_once(context, {.bytes = "create_debt " + contracts::encode(request),
                                          .action = "debt.put",
                                          .decide = decide}));
    return contracts::decode<contracts::DebtRecordValue>(response);
}

Result<contracts::DebtRecordValue> Optimiser::put_debt(const contracts::PutDebt& request,
                                                       const Context& context) {
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(const contracts::DebtRecordValue before,
                         get_debt({.id = request.id}, context));
        if (before.account_id != request.terms.account_id) {
            return invalid_argument("/terms/account_id", "a debt stays with its account");
        }
        auto decision = decide_put(context, request);
        if (!decision.has_value() && !decision.error().place.empty()) {
            return fail(decision.error().code, "/terms" + decision.error().place,
                        decision.error().message);
        }
        return decision;
    };
    ATLAS_TRY_ASSIGN(const std::string response,
                     write_once(context, {.bytes = "put_debt " + contracts::encode(request),
                                          .action = "debt.put",
                                          .decide = decide}));
    return contracts::decode<contracts::DebtRecordValue>(response);
}

Result<contracts::Empty> Optimiser::delete_debt(const contracts::DebtById& request,
                                                const Context& context) {
    const auto decide = [&]() -> Result<Decision> {
        Decision decision;
        ATLAS_TRY_ASSIGN(decision.change.expected, parts_.ledger.sequence(context.household));
        ATLAS_TRY_ASSIGN(const bool is_there, is_kept(context, request.id));
        if (!is_there) {
            return not_found("there is no such debt");
        }
        decision.change.dropped.push_back(
            {.kind = std::string(kDebtRecordKind), .id = {request.id.uuid}});
        decision.change.events.push_back(
            {std::string(contracts::kDebtRemoved),
             contracts::encode(contracts::RemovedEvent{
                 .version = 1, .id = to_string(request.id), .unknown_fields = {}})});
        decision.response = "{}";
        decision.detail = detail_of(request.id);
        return decision;
    };
    ATLAS_TRY(write_once(context, {.bytes = "delete_debt " + to_string(request.id),
                                   .action = "debt.delete",
                                   .decide = decide}));
    return contracts::Empty{};
}

}  // namespace atlas::roles::optimiser
