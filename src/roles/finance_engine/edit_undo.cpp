// SPDX-License-Identifier: Apache-2.0
// Taking a step back: the history says what each transaction was before it and after it. What has
// been changed again since then stays, and the answer names it.
#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "contracts/filing_events.hpp"
#include "finance/ledger/identity.hpp"
#include "roles/finance_engine/edit_commit.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
using contracts::TransactionValue;
using ledger::Transaction;

/// What hangs together: a category without its transfer, or a transfer without its category, would
/// be neither the state before nor the one after.
struct FilingState {
    std::vector<ledger::Split> splits;
    ledger::Filing filed;
    std::optional<TransferId> transfer_id;

    friend bool operator==(const FilingState&, const FilingState&) = default;
};

FilingState filing_of(const TransactionValue& value) {
    FilingState state{.splits = {},
                      .filed = {value.filed.source, value.filed.confidence, value.filed.reviewed},
                      .transfer_id = value.transfer_id};
    for (const contracts::SplitValue& split : value.splits) {
        state.splits.push_back(
            {split.category, contracts::to_money(split.amount), split.note, split.tags});
    }
    return state;
}

/// Has the program alone filed anew what the step had left, a rejected transfer's leg for one? A
/// person's step goes before that: taking it back is not held up.
bool is_refiled(const FilingState& now, const FilingState& became) {
    using ledger::FilingSource;
    const bool by_program =
        now.filed.source != FilingSource::user && now.filed.source != FilingSource::import;
    return by_program && !now.filed.reviewed && now.transfer_id == became.transfer_id &&
           now.splits.size() == 1 && became.splits.size() == 1 &&
           now.splits.front().tags == became.splits.front().tags &&
           now.splits.front().note == became.splits.front().note;
}

/// Puts `was` back where the step had made `became` of it; false where that changed again.
template <class T>
bool put_back(T& now, const T& was, const T& became) {
    if (was == became) {
        return true;
    }
    if (now != became) {
        return false;
    }
    now = was;
    return true;
}

class UndoPlan {
public:
    UndoPlan(ports::LedgerStore& store, HouseholdId household)
        : store_(store),
          household_(household) {}

    Result<PlannedEdit> run(const ports::EditRecord& record) {
        ATLAS_TRY_ASSIGN(const KeptEdit kept, read_kept(record));
        ATLAS_TRY_ASSIGN(plan_.rejected_pairs, read_pairs(kept.unrejected));
        ATLAS_TRY_ASSIGN(plan_.unrejected_pairs, read_pairs(kept.rejected));
        ports::Sequence at = record.first - 1;
        while (at < record.last) {
            ATLAS_TRY_ASSIGN(const auto rows,
                             store_.history(household_, at, ports::kOutboxReadMax));
            for (const ports::OutboxRow& row : rows) {
                if (row.sequence <= record.last) {
                    ATLAS_TRY(take_back(row.event));
                }
            }
            if (rows.empty()) {
                return fail(ErrorCode::data_loss, "history", format("event {} is missing", at + 1));
            }
            at = rows.back().sequence;
        }
        plan_.summary = "undone: " + kept.summary;
        plan_.undone = record;
        plan_.undone->undone = true;
        return std::move(plan_);
    }

private:
    Result<void> take_back(const ports::OutboxEvent& event) {
        if (event.type == contracts::kTransactionChanged) {
            ATLAS_TRY_ASSIGN(const auto changed,
                             contracts::decode<contracts::TransactionChangedEvent>(event.payload));
            return restore(changed.before, changed.after);
        }
        if (event.type == contracts::kTransactionRecorded) {
            ATLAS_TRY_ASSIGN(const auto recorded,
                             contracts::decode<contracts::TransactionEvent>(event.payload));
            return remove(recorded.transaction);
        }
        if (event.type == contracts::kTransactionRemoved) {
            ATLAS_TRY_ASSIGN(const auto removed,
                             contracts::decode<contracts::TransactionEvent>(event.payload));
            return add_again(removed.transaction);
        }
        if (event.type == contracts::kCategorySaved) {
            return take_back_category(event);
        }
        return take_back_account(event);
    }

    /// A merged category is offered again; what it was called meanwhile stays.
    Result<void> take_back_category(const ports::OutboxEvent& event) {
        ATLAS_TRY_ASSIGN(auto saved,
                         contracts::decode<contracts::CategorySavedEvent>(event.payload));
        if (saved.merged_into.has_value()) {
            saved.merged_into = std::nullopt;
            saved.hidden = false;
            plan_.decisions.push_back(
                {std::string(contracts::kCategorySaved), contracts::encode(saved)});
        }
        return {};
    }

    void skip(TransactionId id, std::string reason) {
        plan_.skipped.push_back({id, std::move(reason)});
    }

    /// Nothing when it is gone.
    Result<std::optional<Transaction>> current(TransactionId id) {
        auto now = store_.transaction(household_, id);
        if (now.has_value()) {
            return std::optional(*std::move(now));
        }
        if (now.error().code == ErrorCode::not_found) {
            return std::optional<Transaction>();
        }
        return Unexpected(std::move(now).error());
    }

    Result<void> restore(const TransactionValue& was, const TransactionValue& became) {
        ATLAS_TRY_ASSIGN(const auto now, current(was.id));
        if (!now.has_value()) {
            skip(was.id, "it is no longer in the ledger");
            return {};
        }
        Transaction back = *now;
        FilingState filing{now->splits, now->filed, now->transfer_id};
        const FilingState before = filing_of(was);
        const FilingState left = filing_of(became);
        const bool gives_way = before != left && is_refiled(filing, left);
        bool whole = put_back(filing, before, gives_way ? filing : left);
        back.splits = std::move(filing.splits);
        back.filed = filing.filed;
        back.transfer_id = filing.transfer_id;
        whole &= put_back(back.remarks.title, was.title, became.title);
        whole &= put_back(back.remarks.merchant, was.chosen_merchant, became.chosen_merchant);
        whole &= put_back(back.remarks.note, was.note, became.note);
        whole &= put_back(back.remarks.refund_of, was.refund_of, became.refund_of);
        if (!whole) {
            skip(was.id, "it was changed again since");
        }
        if (back != *now) {
            plan_.replaced.push_back({*now, std::move(back)});
        }
        return {};
    }

    Result<void> remove(const TransactionValue& recorded) {
        ATLAS_TRY_ASSIGN(const auto now, current(recorded.id));
        if (!now.has_value()) {
            return {};
        }
        if (contracts::encode(contracts::to_value(*now)) != contracts::encode(recorded)) {
            skip(recorded.id, "it was changed since");
            return {};
        }
        plan_.removed.push_back(*now);
        return {};
    }

    /// Only what was added by hand can be deleted, so nothing of a bank's is missing in the event.
    Result<void> add_again(const TransactionValue& removed) {
        ATLAS_TRY_ASSIGN(const auto now, current(removed.id));
        if (now.has_value()) {
            return {};
        }
        FilingState filing = filing_of(removed);
        const money::Money amount = contracts::to_money(removed.amount);
        plan_.added.push_back(
            {.id = removed.id,
             .account_id = removed.account_id,
             .date = removed.date,
             .posted_date = removed.posted_date,
             .amount = amount,
             .original_amount = std::nullopt,
             .description = removed.description,
             .merchant = removed.merchant,
             .status = removed.status,
             .splits = std::move(filing.splits),
             .transfer_id = std::nullopt,
             .filed = filing.filed,
             .source = {removed.source.import_id, removed.source.file, removed.source.line,
                        removed.source.column},
             .bank_id = std::nullopt,
             .fingerprint = ledger::fingerprint_of(removed.date, amount, removed.description),
             .occurrence = 0,
             .remarks = {.title = removed.title,
                         .merchant = removed.chosen_merchant,
                         .note = removed.note,
                         .refund_of = removed.refund_of},
             .bank_category = removed.bank_category});
        return {};
    }

    Result<void> take_back_account(const ports::OutboxEvent& event) {
        ATLAS_TRY_ASSIGN(const auto accounts, store_.accounts(household_));
        const auto find = [&](AccountId id) {
            return std::ranges::find(accounts, id, [](const auto& row) { return row.account.id; });
        };
        if (event.type == contracts::kAccountOpened) {
            ATLAS_TRY_ASSIGN(const auto opened,
                             contracts::decode<contracts::AccountOpenedEvent>(event.payload));
            const auto found = find(opened.account_id);
            if (found != accounts.end() && found->transactions == 0) {
                plan_.removed_accounts.push_back(opened.account_id);
            }
        }
        if (event.type == contracts::kAccountChanged) {
            ATLAS_TRY_ASSIGN(const auto changed,
                             contracts::decode<contracts::AccountChangedEvent>(event.payload));
            const auto found = find(changed.before.id);
            if (found != accounts.end()) {
                ATLAS_TRY(restore_account(found->account, changed));
            }
        }
        return {};
    }

    Result<void> restore_account(const ledger::Account& now,
                                 const contracts::AccountChangedEvent& event) {
        ATLAS_TRY_ASSIGN(const auto type_was, ledger::parse_account_type(event.before.type));
        ATLAS_TRY_ASSIGN(const auto type_became, ledger::parse_account_type(event.after.type));
        ledger::Account back = now;
        put_back(back.name, event.before.name, event.after.name);
        put_back(back.type, type_was, type_became);
        put_back(back.institution, event.before.institution, event.after.institution);
        put_back(back.opened, event.before.opened, event.after.opened);
        put_back(back.closed, event.before.closed, event.after.closed);
        if (back != now) {
            plan_.changed_accounts.push_back({now, std::move(back)});
        }
        return {};
    }

    ports::LedgerStore& store_;
    HouseholdId household_;
    PlannedEdit plan_;
};

}  // namespace

Result<contracts::EditResult> FinanceEngine::undo_edit(const contracts::EditById& request,
                                                       const Context& context) {
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const ports::EditRecord record,
                         parts_.ledger.edit(context.household, request.id));
        if (record.undone) {
            return conflict("this step was taken back already");
        }
        return UndoPlan(parts_.ledger, context.household).run(record);
    };
    return commit_edit(parts_, context, {"undo edit " + to_string(request.id), "edit.undo"}, plan);
}

Result<contracts::EditList> FinanceEngine::list_edits(const contracts::ListEdits& request,
                                                      const Context& context) {
    ATLAS_TRY_ASSIGN(
        const auto records,
        parts_.ledger.edits(context.household, static_cast<std::size_t>(request.limit)));
    contracts::EditList list;
    for (const ports::EditRecord& record : records) {
        ATLAS_TRY_ASSIGN(const KeptEdit kept, read_kept(record));
        list.items.push_back(to_value(record, kept));
    }
    return list;
}

}  // namespace atlas::roles::finance_engine
