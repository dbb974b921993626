// SPDX-License-Identifier: Apache-2.0
// The ledger as one JSON document: everything that is not derived, so that reading it into an
// empty ledger gives the same ids and the same ledger. Money stands as decimals of the account's
// currency. Left out: the bytes of imported files, previews, and the undo history of edits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/resources/accounts.hpp"
#include "contracts/resources/transactions.hpp"
#include "finance/ledger/account.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::contracts {

/// How a document begins; nothing else does.
inline constexpr std::string_view kLedgerDocumentStart = R"({"format":"atlas-ledger",)";
inline constexpr std::int64_t kLedgerDocumentVersion = 1;
inline constexpr std::size_t kDocumentItemsMax = std::size_t{1} << 32;

struct LedgerAccount {
    AccountId id;
    std::string name;
    AccountType type = AccountType::other;
    std::string currency;
    std::optional<std::string> institution;
    std::optional<std::string> number_masked;
    std::optional<std::string> number_hash;
    std::optional<Date> opened;
    std::optional<Date> closed;
};
template <>
struct Description<LedgerAccount> {
    using T = LedgerAccount;
    static constexpr std::string_view name = "LedgerAccount";
    static constexpr std::string_view doc = "An account.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Identifier."),
        field<&T::name>("name", "What the person calls it."),
        field<&T::type>("type", "Kind of account."),
        field<&T::currency>("currency", "ISO 4217 code."),
        field<&T::institution>("institution", "Bank or lender."),
        field<&T::number_masked>("number_masked", "Last digits only."),
        field<&T::number_hash>("number_hash", "Recognises it in the next file."),
        field<&T::opened>("opened", "First day."),
        field<&T::closed>("closed", "Last day."),
    };
};

struct LedgerImport {
    ImportId id;
    std::string state;
    std::string file_name;
    std::string format;
    std::string account;
    std::string mapping;
    std::string report;
    Timestamp created_at;
    std::int64_t added = 0;
};
template <>
struct Description<LedgerImport> {
    using T = LedgerImport;
    static constexpr std::size_t kTextMax = std::size_t{1} << 30;
    static constexpr std::string_view name = "LedgerImport";
    static constexpr std::string_view doc = "A file that was imported, or imported and undone.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Identifier."),
        field<&T::state>("state", "committed or undone."),
        field<&T::file_name>("file_name", "Its name."),
        field<&T::format>("format", "ofx, csv, …"),
        field<&T::account>("account", "Asked for."),
        field<&T::mapping>("mapping", "How it was asked to be read, JSON.").at_most(kTextMax),
        field<&T::report>("report", "What it did, and what undo needs, JSON.").at_most(kTextMax),
        field<&T::created_at>("created_at", "When."),
        field<&T::added>("added", "New transactions."),
    };
};

struct LedgerTransaction {
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
    std::optional<std::string> bank_id;
    std::string fingerprint;
    std::int64_t occurrence = 0;
    std::optional<std::string> title;
    std::optional<std::string> chosen_merchant;
    std::optional<std::string> note;
    std::optional<TransactionId> refund_of;
    std::optional<std::string> bank_category{};
};
template <>
struct Description<LedgerTransaction> {
    using T = LedgerTransaction;
    static constexpr std::string_view name = "LedgerTransaction";
    static constexpr std::string_view doc = "A transaction with all the ledger keeps of it.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Identifier."),
        field<&T::account_id>("account_id", "Its account."),
        field<&T::date>("date", "Booking date."),
        field<&T::posted_date>("posted_date", "Value date."),
        field<&T::amount>("amount", "Signed from the account's point of view."),
        field<&T::original_amount>("original_amount", "In the currency of the purchase."),
        field<&T::description>("description", "The bank's text."),
        field<&T::merchant>("merchant", "Who it was with."),
        field<&T::status>("status", "posted or pending."),
        field<&T::splits>("splits", "Sum to the amount."),
        field<&T::transfer_id>("transfer_id", "Shared by both legs."),
        field<&T::filed>("filed", "How the category came about."),
        field<&T::source>("source", "Where it was read."),
        field<&T::bank_id>("bank_id", "The bank's own id."),
        field<&T::fingerprint>("fingerprint", "Identifies it where there is none."),
        field<&T::occurrence>("occurrence", "Among equal fingerprints, from 0."),
        field<&T::title>("title", "A person's words instead of the bank's."),
        field<&T::chosen_merchant>("chosen_merchant", "A person's word for the merchant."),
        field<&T::note>("note", "A person's note."),
        field<&T::refund_of>("refund_of", "The purchase it gives money back for."),
        field<&T::bank_category>("bank_category", "The bank's own code of the trade, an MCC."),
    };
};

/// A further place that tells of a transaction.
struct LedgerTelling {
    TransactionId transaction;
    SourceValue place;
    std::optional<std::string> fingerprint{};
};
template <>
struct Description<LedgerTelling> {
    using T = LedgerTelling;
    static constexpr std::string_view name = "LedgerTelling";
    static constexpr std::string_view doc = "A second file with the same movement.";
    static constexpr auto fields = std::array{
        field<&T::transaction>("transaction", "Identifier."),
        field<&T::place>("place", "Where it was read again."),
        field<&T::fingerprint>("fingerprint", "As printed there, where not as the ledger has it."),
    };
};

struct LedgerStatement {
    AccountId account;
    ImportId import_id;
    std::string file;
    Date from;
    Date to;
    std::optional<MoneyValue> closing;
    std::optional<Date> closing_date;
};
template <>
struct Description<LedgerStatement> {
    using T = LedgerStatement;
    static constexpr std::string_view name = "LedgerStatement";
    static constexpr std::string_view doc = "What a file said of an account.";
    static constexpr auto fields = std::array{
        field<&T::account>("account", "Identifier."),
        field<&T::import_id>("import_id", "The file's import."),
        field<&T::file>("file", "File name."),
        field<&T::from>("from", "First day told."),
        field<&T::to>("to", "Last day told."),
        field<&T::closing>("closing", "Its balance."),
        field<&T::closing_date>("closing_date", "Day of that."),
    };
};

struct LedgerRejectedPair {
    TransactionId out;
    TransactionId in;
};
template <>
struct Description<LedgerRejectedPair> {
    using T = LedgerRejectedPair;
    static constexpr std::string_view name = "LedgerRejectedPair";
    static constexpr std::string_view doc = "Two transactions that are no transfer.";
    static constexpr auto fields = std::array{
        field<&T::out>("out", "Money out."),
        field<&T::in>("in", "Money in."),
    };
};

struct LedgerDocument {
    std::string format;
    std::int64_t version = 0;
    std::vector<LedgerAccount> accounts;
    std::vector<LedgerImport> imports;
    std::vector<LedgerStatement> statements;
    std::vector<LedgerRejectedPair> rejected_pairs;
    std::vector<LedgerTelling> tellings;
    std::vector<LedgerTransaction> transactions;
};
template <>
struct Description<LedgerDocument> {
    using T = LedgerDocument;
    static constexpr std::string_view name = "LedgerDocument";
    static constexpr std::string_view doc = "A whole ledger.";
    static constexpr auto fields = std::array{
        field<&T::format>("format", "atlas-ledger."),
        field<&T::version>("version", "Of this format: 1."),
        field<&T::accounts>("accounts", "By id.").at_most(kDocumentItemsMax),
        field<&T::imports>("imports", "By id.").at_most(kDocumentItemsMax),
        field<&T::statements>("statements", "By account.").at_most(kDocumentItemsMax),
        field<&T::rejected_pairs>("rejected_pairs", "By id.").at_most(kDocumentItemsMax),
        field<&T::tellings>("tellings", "By import.").at_most(kDocumentItemsMax),
        field<&T::transactions>("transactions", "By date, then id.").at_most(kDocumentItemsMax),
    };
};

LedgerAccount to_document(const finance::ledger::Account& account);
LedgerTransaction to_document(const finance::ledger::Transaction& transaction);

/// `value` has been read by the codec. Errors: invalid_argument with a pointer relative to it:
/// an unknown currency, splits that are not of the amount's currency or do not sum to it.
Result<finance::ledger::Account> from_document(const LedgerAccount& value);
Result<finance::ledger::Transaction> from_document(const LedgerTransaction& value);

}  // namespace atlas::contracts
