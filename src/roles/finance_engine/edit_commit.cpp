// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/edit_commit.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "roles/finance_engine/ledger_write.hpp"

namespace atlas::contracts {

template <>
struct Description<roles::finance_engine::KeptEdit> {
    using T = roles::finance_engine::KeptEdit;
    static constexpr std::string_view name = "KeptEdit";
    static constexpr std::string_view doc = "What the record of a step keeps.";
    static constexpr auto fields = std::array{
        field<&T::action>("action", "What was done."),
        field<&T::summary>("summary", "In plain words."),
        field<&T::changed>("changed", "Transactions."),
        field<&T::rejected>("rejected", "Pairs it has rejected.").or_default(),
        field<&T::unrejected>("unrejected", "Pairs it has taken back.").or_default(),
    };
};

}  // namespace atlas::contracts

namespace atlas::roles::finance_engine {
namespace {

std::vector<std::string> keep_pairs(const std::vector<ports::RejectedPair>& pairs) {
    std::vector<std::string> kept;
    for (const ports::RejectedPair& pair : pairs) {
        kept.push_back(to_string(pair.out) + " " + to_string(pair.in));
    }
    return kept;
}

bool is_without_effect(const PlannedEdit& plan) {
    return plan.replaced.empty() && plan.added.empty() && plan.removed.empty() &&
           plan.accounts.empty() && plan.changed_accounts.empty() &&
           plan.removed_accounts.empty() && plan.rejected_pairs.empty() &&
           plan.unrejected_pairs.empty() && plan.decisions.empty() && !plan.undone.has_value();
}

void fill_change(const PlannedEdit& plan, ports::LedgerChange& change) {
    for (const finance::ledger::Account& account : plan.accounts) {
        change.accounts.push_back(account);
        change.events.push_back(account_opened(account));
    }
    for (const PlannedEdit::ChangedAccount& each : plan.changed_accounts) {
        change.accounts.push_back(each.after);
        change.events.push_back(account_changed(each.before, each.after));
    }
    for (const PlannedEdit::Replaced& each : plan.replaced) {
        change.replaced.push_back(each.after);
        change.events.push_back(transaction_changed(each.before, each.after));
    }
    for (const finance::ledger::Transaction& transaction : plan.added) {
        change.added.push_back(transaction);
        change.events.push_back(transaction_event(contracts::kTransactionRecorded, transaction));
    }
    for (const finance::ledger::Transaction& transaction : plan.removed) {
        change.removed.push_back(transaction.id);
        change.events.push_back(transaction_event(contracts::kTransactionRemoved, transaction));
    }
    for (const AccountId account : plan.removed_accounts) {
        change.removed_accounts.push_back(account);
        change.events.push_back({std::string(contracts::kAccountRemoved),
                                 contracts::encode(contracts::AccountRemovedEvent{
                                     .version = 1, .account_id = account, .unknown_fields = {}})});
    }
    change.events.insert(change.events.end(), plan.decisions.begin(), plan.decisions.end());
    change.rejected_pairs = plan.rejected_pairs;
    change.unrejected_pairs = plan.unrejected_pairs;
}

contracts::EditResult result_of(const PlannedEdit& plan, std::int64_t sequence) {
    contracts::EditResult result;
    result.unchanged = plan.unchanged;
    result.sequence = sequence;
    const auto list = [&](const finance::ledger::Transaction& transaction) {
        if (result.transactions.size() < contracts::kChangedListedMax) {
            result.transactions.push_back(contracts::to_value(transaction));
        }
    };
    for (const PlannedEdit::Replaced& each : plan.replaced) {
        list(each.after);
    }
    for (const finance::ledger::Transaction& transaction : plan.added) {
        list(transaction);
    }
    for (const contracts::EditSkipped& skipped : plan.skipped) {
        if (result.skipped.size() < contracts::kChangedListedMax) {
            result.skipped.push_back(skipped);
        }
    }
    return result;
}

}  // namespace

contracts::EditValue to_value(const ports::EditRecord& record, const KeptEdit& kept) {
    return {.id = record.id,
            .at = record.created_at,
            .action = kept.action,
            .summary = kept.summary,
            .changed = kept.changed,
            .undone = record.undone};
}

Result<KeptEdit> read_kept(const ports::EditRecord& record) {
    return contracts::decode<KeptEdit>(record.report);
}

Result<std::vector<ports::RejectedPair>> read_pairs(const std::vector<std::string>& kept) {
    std::vector<ports::RejectedPair> pairs;
    for (const std::string& text : kept) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const auto out = TransactionId::parse(text.substr(0, space));
        const auto in = TransactionId::parse(text.substr(std::min(space + 1, text.size())));
        if (!out.has_value() || !in.has_value()) {
            return fail(ErrorCode::data_loss, "edit", "a kept pair is no pair");
        }
        pairs.push_back({*out, *in});
    }
    return pairs;
}

Result<contracts::EditResult> commit_edit(const Parts& parts, const ports::CallContext& context,
                                          const EditRequest& request,
                                          const std::function<Result<PlannedEdit>()>& plan) {
    const auto edit_id = parts.ids.make<EditId>();
    const auto decide = [&]() -> Result<Decision> {
        Decision decision;
        ATLAS_TRY_ASSIGN(const ports::Sequence before, parts.ledger.sequence(context.household));
        ATLAS_TRY_ASSIGN(const PlannedEdit planned, plan());
        decision.change.expected = before;
        fill_change(planned, decision.change);
        const auto last = before + static_cast<ports::Sequence>(decision.change.events.size());
        contracts::EditResult result = result_of(planned, last);
        const auto changed = static_cast<std::int64_t>(
            planned.replaced.size() + planned.added.size() + planned.removed.size());
        if (!is_without_effect(planned)) {
            const KeptEdit kept{.action = std::string(request.action),
                                .summary = planned.summary,
                                .changed = changed,
                                .rejected = keep_pairs(planned.rejected_pairs),
                                .unrejected = keep_pairs(planned.unrejected_pairs)};
            const ports::EditRecord record{.id = edit_id,
                                           .created_at = parts.clock.now(),
                                           .actor = to_string(context.user),
                                           .report = contracts::encode(kept),
                                           .first = before + 1,
                                           .last = last};
            result.edit = to_value(record, kept);
            decision.change.edits.push_back(record);
            if (planned.undone.has_value()) {
                decision.change.edits.push_back(*planned.undone);
            }
        }
        decision.response = contracts::encode(result);
        decision.audit_detail = format(R"({{"edit_id":"{}","changed":{},"skipped":{}}})",
                                       to_string(edit_id), changed, planned.skipped.size());
        return decision;
    };
    ATLAS_TRY_ASSIGN(const std::string response,
                     write_once(parts, context, {request.bytes, request.action}, decide));
    return contracts::decode<contracts::EditResult>(response);
}

}  // namespace atlas::roles::finance_engine
