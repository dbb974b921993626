// SPDX-License-Identifier: Apache-2.0
// What a person does to transactions: changing one or many, adding and deleting those no bank
// tells, linking refunds, and taking any of it back as one step.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/resources/transactions.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

/// Transactions that one step may change.
inline constexpr std::size_t kBulkMax = 20'000;
/// Changed transactions that an answer lists.
inline constexpr std::size_t kChangedListedMax = 200;

struct TransactionChange {
    std::optional<std::string> category;
    std::optional<std::vector<SplitValue>> splits;
    std::optional<std::vector<std::string>> tags;
    std::vector<std::string> add_tags;
    std::vector<std::string> remove_tags;
    std::optional<std::string> title;
    std::optional<std::string> merchant;
    std::optional<std::string> note;
    std::optional<TransactionId> refund_of;
    std::optional<bool> reviewed;
    std::vector<std::string> clear;
};
template <>
struct Description<TransactionChange> {
    static constexpr std::string_view name = "TransactionChange";
    static constexpr std::string_view doc = "What is given is changed, the rest stays.";
    static constexpr auto fields = std::array{
        field<&TransactionChange::category>("category", "For all of it; replaces any splits.")
            .at_most(200),
        field<&TransactionChange::splits>("splits", "Must sum to the amount exactly.").at_most(64),
        field<&TransactionChange::tags>("tags", "These and no others, on every part.").at_most(64),
        field<&TransactionChange::add_tags>("add_tags", "On every part.").at_most(64).or_default(),
        field<&TransactionChange::remove_tags>("remove_tags", "From every part.")
            .at_most(64)
            .or_default(),
        field<&TransactionChange::title>("title", "Shown instead of the bank's text.").at_most(500),
        field<&TransactionChange::merchant>("merchant", "Shown instead of the merchant found.")
            .at_most(200),
        field<&TransactionChange::note>("note", "Free text.").at_most(4000),
        field<&TransactionChange::refund_of>("refund_of", "The purchase it gives money back for."),
        field<&TransactionChange::reviewed>("reviewed", "A person has looked at it."),
        field<&TransactionChange::clear>("clear", "title, merchant, note, refund_of, tags.")
            .at_most(8)
            .or_default(),
    };
};

struct EditTransaction {
    TransactionId id;
    TransactionChange change;
};
template <>
struct Description<EditTransaction> {
    static constexpr std::string_view name = "EditTransaction";
    static constexpr std::string_view doc = "One transaction, changed by a person.";
    static constexpr auto fields = std::array{
        field<&EditTransaction::id>("id", "Identifier."),
        field<&EditTransaction::change>("change", "What becomes of it."),
    };
};

/// The conditions of ListTransactions, without a page.
struct TransactionFilter {
    std::optional<AccountId> account_id;
    std::optional<Date> from;
    std::optional<Date> to;
    std::optional<std::string> category;
    std::optional<std::string> q;
    std::optional<ImportId> import_id;
    std::optional<DecimalText> amount_min;
    std::optional<DecimalText> amount_max;
    std::optional<FlowDirection> flow;
    std::optional<TransactionStatus> status;
    std::optional<FilingSource> filed_by;
    std::optional<bool> reviewed;
    std::optional<bool> tagged;
    std::optional<std::string> tag;
};
template <>
struct Description<TransactionFilter> {
    using T = TransactionFilter;
    static constexpr std::string_view name = "TransactionFilter";
    static constexpr std::string_view doc = "As list_transactions understands them.";
    static constexpr auto fields = std::array{
        field<&T::account_id>("account_id", "Of this account."),
        field<&T::from>("from", "First day, included."),
        field<&T::to>("to", "Last day, included."),
        field<&T::category>("category", "A leaf, or a parent with its leaves.").at_most(200),
        field<&T::q>("q", "A search.").at_most(200),
        field<&T::import_id>("import_id", "Added by this import."),
        field<&T::amount_min>("amount_min", "Without sign, included."),
        field<&T::amount_max>("amount_max", "Without sign, included."),
        field<&T::flow>("flow", "Money in or money out."),
        field<&T::status>("status", "Posted or pending."),
        field<&T::filed_by>("filed_by", "Who decided the category."),
        field<&T::reviewed>("reviewed", "A person has looked at it."),
        field<&T::tagged>("tagged", "With some tag."),
        field<&T::tag>("tag", "With this tag.").at_most(100),
    };
};

struct BulkEdit {
    std::vector<TransactionId> ids;
    std::optional<TransactionFilter> filter;
    TransactionChange change;
};
template <>
struct Description<BulkEdit> {
    static constexpr std::string_view name = "BulkEdit";
    static constexpr std::string_view doc = "The same change to a selection, or to all of a list.";
    static constexpr auto fields = std::array{
        field<&BulkEdit::ids>("ids", "A selection.").at_most(kBulkMax).or_default(),
        field<&BulkEdit::filter>("filter", "All that fit; instead of ids."),
        field<&BulkEdit::change>("change", "What becomes of each."),
    };
};

struct AddTransaction {
    AccountId account_id;
    Date date;
    MoneyValue amount;
    std::string description;
    std::optional<std::string> category;
    std::optional<std::vector<SplitValue>> splits;
    std::optional<std::string> merchant;
    std::optional<std::string> note;
    std::vector<std::string> tags;
};
template <>
struct Description<AddTransaction> {
    using T = AddTransaction;
    static constexpr std::string_view name = "AddTransaction";
    static constexpr std::string_view doc = "A transaction that no bank tells, or not yet.";
    static constexpr auto fields = std::array{
        field<&T::account_id>("account_id", "Its account."),
        field<&T::date>("date", "The day."),
        field<&T::amount>("amount", "Signed: money out is negative."),
        field<&T::description>("description", "What it was.").at_most(500),
        field<&T::category>("category", "For all of it.").at_most(200),
        field<&T::splits>("splits", "Must sum to the amount exactly.").at_most(64),
        field<&T::merchant>("merchant", "Who it was with.").at_most(200),
        field<&T::note>("note", "Free text.").at_most(4000),
        field<&T::tags>("tags", "Free labels.").at_most(64).or_default(),
    };
};

struct EditValue {
    EditId id;
    Timestamp at;
    std::string action;
    std::string summary;
    std::int64_t changed = 0;
    bool undone = false;
};
template <>
struct Description<EditValue> {
    static constexpr std::string_view name = "Edit";
    static constexpr std::string_view doc = "One step of a person's, which can be taken back.";
    static constexpr auto fields = std::array{
        field<&EditValue::id>("id", "For undo."),
        field<&EditValue::at>("at", "When."),
        field<&EditValue::action>("action", "transaction.edit, transfer.reject, …"),
        field<&EditValue::summary>("summary", "In plain words."),
        field<&EditValue::changed>("changed", "How many transactions."),
        field<&EditValue::undone>("undone", "It has been taken back."),
    };
};

struct EditSkipped {
    TransactionId id;
    std::string reason;
};
template <>
struct Description<EditSkipped> {
    static constexpr std::string_view name = "EditSkipped";
    static constexpr std::string_view doc = "A transaction that was left as it is, and why.";
    static constexpr auto fields = std::array{
        field<&EditSkipped::id>("id", "Which one."),
        field<&EditSkipped::reason>("reason", "In plain words."),
    };
};

struct EditResult {
    std::optional<EditValue> edit;
    std::vector<TransactionValue> transactions;
    std::int64_t unchanged = 0;
    std::vector<EditSkipped> skipped;
    std::int64_t sequence = 0;
};
template <>
struct Description<EditResult> {
    static constexpr std::string_view name = "EditResult";
    static constexpr std::string_view doc = "What changed; absent edit: nothing did.";
    static constexpr auto fields = std::array{
        field<&EditResult::edit>("edit", "The step, for undo; absent when nothing changed."),
        field<&EditResult::transactions>("transactions", "As they are now; the first 200."),
        field<&EditResult::unchanged>("unchanged", "Were like that already."),
        field<&EditResult::skipped>("skipped", "Left as they are; the first 200."),
        field<&EditResult::sequence>("sequence", "Ledger sequence after it."),
    };
};

struct EditById {
    EditId id;
};
template <>
struct Description<EditById> {
    static constexpr std::string_view name = "EditById";
    static constexpr std::string_view doc = "Which one.";
    static constexpr auto fields = std::array{field<&EditById::id>("id", "Identifier.")};
};

struct ListEdits {
    std::int64_t limit = 50;
};
template <>
struct Description<ListEdits> {
    static constexpr std::string_view name = "ListEdits";
    static constexpr std::string_view doc = "How many.";
    static constexpr auto fields =
        std::array{field<&ListEdits::limit>("limit", "Newest first.").range(1, 1000).or_default()};
};

struct EditList {
    std::vector<EditValue> items;
};
template <>
struct Description<EditList> {
    static constexpr std::string_view name = "EditList";
    static constexpr std::string_view doc = "What people did, newest first.";
    static constexpr auto fields = std::array{field<&EditList::items>("items", "The steps.")};
};

struct MatchSuggestion {
    TransactionValue transaction;
    double score = 0.0;
    std::string reason;
};
template <>
struct Description<MatchSuggestion> {
    static constexpr std::string_view name = "MatchSuggestion";
    static constexpr std::string_view doc = "Another transaction that may belong to this one.";
    static constexpr auto fields = std::array{
        field<&MatchSuggestion::transaction>("transaction", "The other one."),
        field<&MatchSuggestion::score>("score", "How well it fits; no probability.").range(0, 1),
        field<&MatchSuggestion::reason>("reason", "In plain words."),
    };
};

struct RefundList {
    std::vector<TransactionValue> refunds;
    MoneyValue refunded;
    MoneyValue remaining;
    std::vector<MatchSuggestion> suggestions;
};
template <>
struct Description<RefundList> {
    static constexpr std::string_view name = "RefundList";
    static constexpr std::string_view doc =
        "For a purchase: its refunds and what may be one. For money in: purchases it may repay.";
    static constexpr auto fields = std::array{
        field<&RefundList::refunds>("refunds", "Linked to it."),
        field<&RefundList::refunded>("refunded", "Their sum."),
        field<&RefundList::remaining>("remaining", "What the purchase still costs."),
        field<&RefundList::suggestions>("suggestions", "Best first, at most ten."),
    };
};

inline constexpr Route<EditTransaction, EditResult> edit_transaction{
    {.method = Method::patch,
     .path = "/api/v1/transactions/{id}",
     .operation = "edit_transaction",
     .summary = "Changes what a person may change of a transaction.",
     .scope = Scope::write}};

inline constexpr Route<BulkEdit, EditResult> bulk_edit{
    {.method = Method::post,
     .path = "/api/v1/transactions/bulk",
     .operation = "bulk_edit",
     .summary = "Changes a selection or all of a list, as one step.",
     .scope = Scope::write,
     .body_bytes_max = 2 << 20,
     .deadline_ms = 60'000}};

inline constexpr Route<AddTransaction, EditResult> add_transaction{
    {.method = Method::post,
     .path = "/api/v1/transactions",
     .operation = "add_transaction",
     .summary = "Adds a transaction by hand.",
     .scope = Scope::write,
     .status = 201}};

inline constexpr Route<GetTransaction, EditResult> delete_transaction{
    {.method = Method::del,
     .path = "/api/v1/transactions/{id}",
     .operation = "delete_transaction",
     .summary = "Deletes a transaction that was added by hand.",
     .scope = Scope::write}};

inline constexpr Route<GetTransaction, RefundList> list_refunds{
    {.method = Method::get,
     .path = "/api/v1/transactions/{id}/refunds",
     .operation = "list_refunds",
     .summary = "Refunds of a purchase, and what may be one."}};

inline constexpr Route<ListEdits, EditList> list_edits{{.method = Method::get,
                                                        .path = "/api/v1/edits",
                                                        .operation = "list_edits",
                                                        .summary = "What people changed."}};

inline constexpr Route<EditById, EditResult> undo_edit{
    {.method = Method::post,
     .path = "/api/v1/edits/{id}/undo",
     .operation = "undo_edit",
     .summary = "Takes a step back, but for what was changed again since.",
     .scope = Scope::write,
     .deadline_ms = 60'000}};

}  // namespace atlas::contracts
