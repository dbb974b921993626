// SPDX-License-Identifier: Apache-2.0
// Transactions as people see and file them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/route.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::contracts {

using TransactionStatus = finance::ledger::TransactionStatus;
template <>
struct Description<TransactionStatus> {
    static constexpr std::string_view name = "TransactionStatus";
    static constexpr auto words = std::to_array<std::string_view>({"posted", "pending"});
};

using FilingSource = finance::ledger::FilingSource;
template <>
struct Description<FilingSource> {
    static constexpr std::string_view name = "FilingSource";
    static constexpr auto words = std::to_array<std::string_view>(
        {"none", "rule", "memory", "merchant", "model", "import", "user"});
};

struct SplitValue {
    std::string category;
    MoneyValue amount;
    std::optional<std::string> note;
    std::vector<std::string> tags;
};
template <>
struct Description<SplitValue> {
    static constexpr std::string_view name = "Split";
    static constexpr std::string_view doc = "A part of a transaction with its own category.";
    static constexpr auto fields = std::array{
        field<&SplitValue::category>("category", "Category id, food.groceries.").at_most(200),
        field<&SplitValue::amount>("amount", "Signed like the transaction's."),
        field<&SplitValue::note>("note", "Free text."),
        field<&SplitValue::tags>("tags", "Free labels.").at_most(64).or_default(),
    };
};

struct FilingValue {
    FilingSource source = FilingSource::none;
    double confidence = 0.0;
    bool reviewed = false;
};
template <>
struct Description<FilingValue> {
    static constexpr std::string_view name = "Filing";
    static constexpr std::string_view doc = "Who decided the category, and how surely.";
    static constexpr auto fields = std::array{
        field<&FilingValue::source>("source", "Who decided."),
        field<&FilingValue::confidence>("confidence", "Probability that it is right.").range(0, 1),
        field<&FilingValue::reviewed>("reviewed", "A person has looked at it."),
    };
};

struct SourceValue {
    ImportId import_id;
    std::string file;
    std::int64_t line = 0;
    std::int64_t column = 0;
};
template <>
struct Description<SourceValue> {
    static constexpr std::string_view name = "Source";
    static constexpr std::string_view doc = "Where it was read.";
    static constexpr auto fields = std::array{
        field<&SourceValue::import_id>("import_id", "The import."),
        field<&SourceValue::file>("file", "File name."),
        field<&SourceValue::line>("line", "From 1."),
        field<&SourceValue::column>("column", "From 1, in bytes."),
    };
};

struct TransactionValue {
    TransactionId id;
    AccountId account_id;
    Date date;
    std::optional<Date> posted_date;
    MoneyValue amount;
    std::optional<MoneyValue> original_amount;
    std::string description;
    std::optional<std::string> merchant;
    TransactionStatus status = TransactionStatus::posted;
    std::vector<SplitValue> splits;
    std::optional<TransferId> transfer_id;
    FilingValue filed;
    SourceValue source;
    std::optional<std::string> title;
    std::optional<std::string> chosen_merchant;
    std::optional<std::string> note;
    std::optional<TransactionId> refund_of;
    std::optional<std::string> bank_category{};
};
template <>
struct Description<TransactionValue> {
    static constexpr std::string_view name = "Transaction";
    static constexpr std::string_view doc = "One movement on one account. Money out is negative.";
    static constexpr auto fields = std::array{
        field<&TransactionValue::id>("id", "Stays the same on re-import and restore."),
        field<&TransactionValue::account_id>("account_id", "Its account."),
        field<&TransactionValue::date>("date", "Booking date as printed."),
        field<&TransactionValue::posted_date>("posted_date", "Value date, if the bank gave one."),
        field<&TransactionValue::amount>("amount", "Signed from the account's point of view."),
        field<&TransactionValue::original_amount>("original_amount",
                                                  "In the currency of the purchase."),
        field<&TransactionValue::description>("description", "The bank's text, untouched."),
        field<&TransactionValue::merchant>("merchant", "Who it was with, if known."),
        field<&TransactionValue::status>("status", "Pending ones may still change."),
        field<&TransactionValue::splits>("splits", "Sum to the amount; at least one."),
        field<&TransactionValue::transfer_id>("transfer_id", "Shared by both legs."),
        field<&TransactionValue::filed>("filed", "How the category came about."),
        field<&TransactionValue::source>("source", "Where it was read."),
        field<&TransactionValue::title>("title", "A person's words instead of the bank's."),
        field<&TransactionValue::chosen_merchant>("chosen_merchant",
                                                  "A person's word for the merchant."),
        field<&TransactionValue::note>("note", "A person's note."),
        field<&TransactionValue::refund_of>("refund_of", "The purchase it gives money back for."),
        field<&TransactionValue::bank_category>("bank_category",
                                                "The bank's own code of the trade, an MCC."),
    };
};

enum class FlowDirection : std::uint8_t { in, out };
template <>
struct Description<FlowDirection> {
    static constexpr std::string_view name = "FlowDirection";
    static constexpr auto words = std::to_array<std::string_view>({"in", "out"});
};

enum class TransactionOrder : std::uint8_t { newest, oldest, largest, smallest };
template <>
struct Description<TransactionOrder> {
    static constexpr std::string_view name = "TransactionOrder";
    static constexpr auto words =
        std::to_array<std::string_view>({"newest", "oldest", "largest", "smallest"});
};

struct ListTransactions {
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
    TransactionOrder order = TransactionOrder::newest;
    bool count = true;
    std::int64_t limit = 100;
    std::optional<std::string> cursor;
};
template <>
struct Description<ListTransactions> {
    static constexpr std::string_view name = "ListTransactions";
    static constexpr std::string_view doc = "All conditions given must hold.";
    static constexpr auto fields = std::array{
        field<&ListTransactions::account_id>("account_id", "Of this account."),
        field<&ListTransactions::from>("from", "First day, included."),
        field<&ListTransactions::to>("to", "Last day, included."),
        field<&ListTransactions::category>("category", "A leaf, or a parent with its leaves.")
            .at_most(200),
        field<&ListTransactions::q>("q",
                                    "Words in description, merchant, notes or tags, without regard "
                                    "to case and accents; amounts (12.30, >100, 10..50); days "
                                    "(2026-06, 2026-06-03). All must fit.")
            .at_most(200),
        field<&ListTransactions::import_id>("import_id", "Added by this import."),
        field<&ListTransactions::amount_min>("amount_min", "Without sign, included."),
        field<&ListTransactions::amount_max>("amount_max", "Without sign, included."),
        field<&ListTransactions::flow>("flow", "Money in or money out."),
        field<&ListTransactions::status>("status", "Posted or pending."),
        field<&ListTransactions::filed_by>("filed_by", "Who decided the category."),
        field<&ListTransactions::reviewed>("reviewed", "false: what a person has yet to look at."),
        field<&ListTransactions::tagged>("tagged", "false: without any tag."),
        field<&ListTransactions::tag>("tag", "With this tag.").at_most(100),
        field<&ListTransactions::order>("order", "By date, or by amount without sign.")
            .or_default(),
        field<&ListTransactions::count>("count", "Answer total and sums too.").or_default(),
        field<&ListTransactions::limit>("limit", "Items a page.").range(1, 1000).or_default(),
        field<&ListTransactions::cursor>("cursor", "next_cursor of the page before."),
    };
};

struct TransactionList {
    std::vector<TransactionValue> items;
    std::optional<std::string> next_cursor;
    std::int64_t as_of_sequence = 0;
    std::optional<std::int64_t> total;
    std::vector<MoneyValue> sums;
};
template <>
struct Description<TransactionList> {
    static constexpr std::string_view name = "TransactionList";
    static constexpr std::string_view doc = "One page, in the order asked for.";
    static constexpr auto fields = std::array{
        field<&TransactionList::items>("items", "The transactions."),
        field<&TransactionList::next_cursor>("next_cursor", "Absent on the last page."),
        field<&TransactionList::as_of_sequence>("as_of_sequence", "Ledger sequence they stand at."),
        field<&TransactionList::total>("total", "Of all pages."),
        field<&TransactionList::sums>("sums", "Of all pages, one a currency.").or_default(),
    };
};

struct GetTransaction {
    TransactionId id;
};
template <>
struct Description<GetTransaction> {
    static constexpr std::string_view name = "GetTransaction";
    static constexpr std::string_view doc = "Which one.";
    static constexpr auto fields = std::array{field<&GetTransaction::id>("id", "Identifier.")};
};

struct FileTransaction {
    TransactionId id;
    std::string category;
};
template <>
struct Description<FileTransaction> {
    static constexpr std::string_view name = "FileTransaction";
    static constexpr std::string_view doc = "A person's choice of category, for all of it.";
    static constexpr auto fields = std::array{
        field<&FileTransaction::id>("id", "Identifier."),
        field<&FileTransaction::category>("category", "Category id, food.groceries.").at_most(200),
    };
};

inline constexpr Route<ListTransactions, TransactionList> list_transactions{
    {.method = Method::get,
     .path = "/api/v1/transactions",
     .operation = "list_transactions",
     .summary = "Transactions, newest first, filtered and paged."}};

inline constexpr Route<GetTransaction, TransactionValue> get_transaction{
    {.method = Method::get,
     .path = "/api/v1/transactions/{id}",
     .operation = "get_transaction",
     .summary = "One transaction."}};

inline constexpr Route<FileTransaction, TransactionValue> file_transaction{
    {.method = Method::put,
     .path = "/api/v1/transactions/{id}/category",
     .operation = "file_transaction",
     .summary = "Files a transaction under a category of the person's choice.",
     .scope = Scope::write}};

/// The ledger's own type as the contract shows it.
TransactionValue to_value(const finance::ledger::Transaction& transaction);

}  // namespace atlas::contracts
