// SPDX-License-Identifier: Apache-2.0
// Imports: a bank's file is uploaded, previewed, committed, and can be undone as one step.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/resources/accounts.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

/// Largest statement that a server without a folder for uploads holds.
inline constexpr std::size_t kImportBytesMax = 64U << 20;
/// Largest statement accepted: it is read where it lies, by windows.
inline constexpr std::size_t kImportFileBytesMax = std::size_t{1} << 30;

enum class ImportStatus : std::uint8_t { preview, committed, undone };
template <>
struct Description<ImportStatus> {
    static constexpr std::string_view name = "ImportState";
    static constexpr auto words =
        std::to_array<std::string_view>({"preview", "committed", "undone"});
};

struct CreateImport {
    std::string file_name;
    std::optional<std::string> account;
    std::optional<AccountType> account_type;
    std::optional<std::string> currency;
    std::optional<std::string> mapping;
    std::string content;
};
template <>
struct Description<CreateImport> {
    static constexpr std::string_view name = "CreateImport";
    static constexpr std::string_view doc = "A statement file, as the bank gave it.";
    static constexpr auto fields = std::array{
        field<&CreateImport::file_name>("file_name", "Its name, percent-encoded.")
            .from_header("X-File-Name")
            .at_most(1024)
            .or_default(),
        field<&CreateImport::account>("account",
                                      "Account name; needed where the file does not say.")
            .from_query()
            .at_most(200),
        field<&CreateImport::account_type>("account_type", "Of an account made by this import.")
            .from_query(),
        field<&CreateImport::currency>("currency", "Of an account made by this import.")
            .from_query()
            .at_most(3),
        field<&CreateImport::mapping>("mapping", "CSV mapping as JSON; absent: recognised.")
            .from_query(),
        field<&CreateImport::content>("content", "The file.").from_raw_body().or_default(),
    };
};

/// How a CSV file is to be read; what `mapping` holds, as given and as recognised.
struct CsvMappingValue {
    std::string delimiter = ",";
    std::optional<std::string> encoding;
    std::int64_t skip_records = 0;
    std::vector<std::string> columns;
    std::string date_order = "unknown";
    std::string decimal_mark = "unknown";
    std::string sign = "positive_is_in";
    std::optional<std::string> currency;
};
template <>
struct Description<CsvMappingValue> {
    static constexpr std::string_view name = "CsvMapping";
    static constexpr std::string_view doc = "One role a column, and the conventions of the file.";
    static constexpr auto fields = std::array{
        field<&CsvMappingValue::delimiter>("delimiter", "One character.").at_most(1),
        field<&CsvMappingValue::encoding>("encoding", "Absent: by the bytes.").at_most(40),
        field<&CsvMappingValue::skip_records>("skip_records", "Preamble and header.")
            .range(0, 1000)
            .or_default(),
        field<&CsvMappingValue::columns>("columns", "date, amount, description, …").at_most(500),
        field<&CsvMappingValue::date_order>("date_order", "year_month_day, …").or_default(),
        field<&CsvMappingValue::decimal_mark>("decimal_mark", "point or comma.").or_default(),
        field<&CsvMappingValue::sign>("sign", "positive_is_in or positive_is_out.").or_default(),
        field<&CsvMappingValue::currency>("currency", "Of rows that name none.").at_most(3),
    };
};

struct RejectedEntry {
    std::string file;
    std::int64_t line = 0;
    std::int64_t column = 0;
    std::string reason;
};
template <>
struct Description<RejectedEntry> {
    static constexpr std::string_view name = "RejectedEntry";
    static constexpr std::string_view doc =
        "A place in a file and what is to be said of it: why an entry could not be used.";
    static constexpr auto fields = std::array{
        field<&RejectedEntry::file>("file", "File name."),
        field<&RejectedEntry::line>("line", "From 1."),
        field<&RejectedEntry::column>("column", "From 1, in bytes."),
        field<&RejectedEntry::reason>("reason", "In plain words."),
    };
};

struct Reconciliation {
    std::string account;
    MoneyValue statement_balance;
    MoneyValue ledger_balance;
    MoneyValue difference;
    std::optional<Date> date;
};
template <>
struct Description<Reconciliation> {
    static constexpr std::string_view name = "Reconciliation";
    static constexpr std::string_view doc = "The bank's balance beside the ledger's.";
    static constexpr auto fields = std::array{
        field<&Reconciliation::account>("account", "Account name."),
        field<&Reconciliation::statement_balance>("statement_balance", "As printed."),
        field<&Reconciliation::ledger_balance>("ledger_balance",
                                               "After this import, on the same day."),
        field<&Reconciliation::difference>("difference", "Statement minus ledger."),
        field<&Reconciliation::date>("date", "Day of the statement's balance."),
    };
};

struct ImportAccount {
    std::optional<AccountId> id;
    std::string name;
    AccountType type = AccountType::other;
    std::string currency;
    std::optional<std::string> number_masked;
    bool created = false;
};
template <>
struct Description<ImportAccount> {
    static constexpr std::string_view name = "ImportAccount";
    static constexpr std::string_view doc = "An account the file speaks of.";
    static constexpr auto fields = std::array{
        field<&ImportAccount::id>("id", "Absent while it does not exist."),
        field<&ImportAccount::name>("name", "Its name."),
        field<&ImportAccount::type>("type", "Kind of account."),
        field<&ImportAccount::currency>("currency", "ISO 4217 code."),
        field<&ImportAccount::number_masked>("number_masked", "Last digits only."),
        field<&ImportAccount::created>("created", "This import makes it."),
    };
};

struct SampleEntry {
    Date date;
    MoneyValue amount;
    std::string description;
    std::string decision;
    std::string reason;
    std::int64_t line = 0;
};
template <>
struct Description<SampleEntry> {
    static constexpr std::string_view name = "SampleEntry";
    static constexpr std::string_view doc = "What would happen to one entry, and why.";
    static constexpr auto fields = std::array{
        field<&SampleEntry::date>("date", "Booking date."),
        field<&SampleEntry::amount>("amount", "Signed."),
        field<&SampleEntry::description>("description", "The bank's text."),
        field<&SampleEntry::decision>("decision",
                                      "added, duplicate or booked (a pending one now posted)."),
        field<&SampleEntry::reason>("reason", "In plain words."),
        field<&SampleEntry::line>("line", "In the file."),
    };
};

struct ImportValue {
    ImportId import_id;
    ImportStatus state = ImportStatus::preview;
    std::string file_name;
    std::string format;
    std::optional<CsvMappingValue> mapping;
    std::vector<ImportAccount> accounts;
    std::int64_t added = 0;
    std::int64_t duplicates = 0;
    std::int64_t updated = 0;
    std::int64_t transfers = 0;
    std::vector<RejectedEntry> rejected;
    std::vector<RejectedEntry> notes{};
    std::vector<Reconciliation> reconciliation;
    std::vector<SampleEntry> sample;
    std::vector<std::string> questions;
    Timestamp created_at;
    std::int64_t sequence = 0;
};
template <>
struct Description<ImportValue> {
    static constexpr std::string_view name = "Import";
    static constexpr std::string_view doc = "A file on its way into the ledger, or in it.";
    static constexpr auto fields = std::array{
        field<&ImportValue::import_id>("import_id", "Identifier."),
        field<&ImportValue::state>("state", "A preview has changed nothing."),
        field<&ImportValue::file_name>("file_name", "As uploaded."),
        field<&ImportValue::format>("format", "ofx, csv, …"),
        field<&ImportValue::mapping>("mapping", "How CSV columns were read."),
        field<&ImportValue::accounts>("accounts", "Accounts the file speaks of."),
        field<&ImportValue::added>("new", "Entries added, or to be added."),
        field<&ImportValue::duplicates>("duplicates", "Entries the ledger already has."),
        field<&ImportValue::updated>("updated", "Pending transactions now posted."),
        field<&ImportValue::transfers>("transfers", "Pairs found across own accounts."),
        field<&ImportValue::rejected>("rejected", "Entries that could not be used; the first 1000.")
            .at_most(1000),
        field<&ImportValue::notes>("notes",
                                   "What else there is to say of the file: balances that do not "
                                   "follow, lines that are no entry. They cost no entry.")
            .at_most(1000)
            .or_default(),
        field<&ImportValue::reconciliation>("reconciliation", "Balances beside the bank's."),
        field<&ImportValue::sample>("sample", "The first entries and what becomes of them."),
        field<&ImportValue::questions>("questions", "What a person should decide."),
        field<&ImportValue::created_at>("created_at", "When it was uploaded."),
        field<&ImportValue::sequence>("sequence", "Ledger sequence after it; 0 in a preview.")
            .or_default(),
    };
};

struct ImportById {
    ImportId id;
};
template <>
struct Description<ImportById> {
    static constexpr std::string_view name = "ImportById";
    static constexpr std::string_view doc = "Which one.";
    static constexpr auto fields = std::array{field<&ImportById::id>("id", "Identifier.")};
};

struct ImportList {
    std::vector<ImportValue> items;
};
template <>
struct Description<ImportList> {
    static constexpr std::string_view name = "ImportList";
    static constexpr std::string_view doc = "Newest first; previews not committed included.";
    static constexpr auto fields = std::array{field<&ImportList::items>("items", "The imports.")};
};

inline constexpr Route<CreateImport, ImportValue> create_import{
    {.method = Method::post,
     .path = "/api/v1/imports",
     .operation = "create_import",
     .summary = "Uploads a statement and says what importing it would do.",
     .scope = Scope::write,
     .request_format = BodyFormat::bytes,
     .body_bytes_max = kImportBytesMax,
     .spilled_bytes_max = kImportFileBytesMax,
     .deadline_ms = 600'000,
     .status = 201}};

inline constexpr Route<ImportById, ImportValue> commit_import{
    {.method = Method::post,
     .path = "/api/v1/imports/{id}/commit",
     .operation = "commit_import",
     .summary = "Puts a previewed file into the ledger.",
     .scope = Scope::write,
     .deadline_ms = 3'600'000}};  // A gigabyte is fifteen million rows.

inline constexpr Route<ImportById, ImportValue> undo_import{
    {.method = Method::post,
     .path = "/api/v1/imports/{id}/undo",
     .operation = "undo_import",
     .summary = "Takes everything an import added out again.",
     .scope = Scope::write,
     .deadline_ms = 3'600'000}};  // As much work as the commit it takes back.

inline constexpr Route<ImportById, ImportValue> get_import{
    {.method = Method::get,
     .path = "/api/v1/imports/{id}",
     .operation = "get_import",
     .summary = "One import and its report."}};

inline constexpr Route<Empty, ImportList> list_imports{{.method = Method::get,
                                                        .path = "/api/v1/imports",
                                                        .operation = "list_imports",
                                                        .summary = "The history of imports."}};

}  // namespace atlas::contracts
