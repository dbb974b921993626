// SPDX-License-Identifier: Apache-2.0
// What a bank's file says, before anybody decides what it means: entries with the place each came
// from, and what was refused with its reason. Every format's reader fills these and nothing else.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "finance/ledger/account.hpp"
#include "finance/statements/charset.hpp"
#include "finance/statements/csv_mapping.hpp"
#include "money/money.hpp"

namespace atlas::finance::statements {

/// The largest input any reader accepts.
inline constexpr std::size_t kInputBytesMax = std::size_t{1} << 30;

enum class Format : std::uint8_t { ofx, csv, qif, mt940, camt };
/// "ofx", "csv", "qif", "mt940", "camt".
std::string_view name_of(Format format);

/// Longest text kept of any field; a longer one is cut and ends in "…".
inline constexpr std::size_t kTextBytesMax = 1024;

/// Of a longer raw field of a file only so much is looked at; kTextBytesMax is what is kept of it.
inline constexpr std::size_t kFieldBytesMax = std::size_t{64} << 10;

/// Longest bank reference believed (OFX allows 255); a longer one is no reference.
inline constexpr std::size_t kBankIdBytesMax = 255;

/// Where something stands in its file. Lines and columns count from 1, columns in bytes; of a
/// UTF-16 file all three count in its UTF-8 form.
struct SourcePosition {
    std::int64_t line = 1;
    std::int64_t column = 1;
    std::int64_t offset = 0;  ///< Bytes before it.

    friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

/// A part of a movement with a category of its own, as the file files it.
struct EntrySplit {
    std::string category;
    std::string memo;
    money::Money amount;

    friend bool operator==(const EntrySplit&, const EntrySplit&) = default;
};

/// One movement as printed. Texts are UTF-8, trimmed, runs of white space made one space; they are
/// other people's text and mean nothing but themselves.
struct StatementEntry {
    Date date;                      ///< Booking date; a zone in the file never shifts it.
    std::optional<Date> posted;     ///< Value or settlement date, where the file gives one too.
    std::optional<Date> initiated;  ///< Day of the purchase, where the file gives one too.
    money::Money amount;            ///< Signed from the account's side: money out is negative.
    std::optional<money::Money> original;  ///< In the currency of the purchase.
    std::string description;               ///< Never empty: the best text the file has.
    std::string memo;
    std::string payee;
    std::string bank_id;
    std::string check_number;
    std::string kind;  ///< As the file names it: OFX TRNTYPE, the type column of a CSV.
    bool pending = false;
    SourcePosition position;
    /// The file's own filing, as a hint: "Food:Groceries", "[Savings]" for a transfer.
    std::string category{};
    std::vector<std::string> tags{};
    /// Of a movement the file itself divides: they sum to the amount, or there are none.
    std::vector<EntrySplit> splits{};
    /// The bank's own code of the trade: an ISO 18245 merchant code ("5411"), one of Plaid's
    /// categories, or ISO 20022's bank transaction code ("PMNT-CCRD-CWDL").
    std::string bank_category{};

    friend bool operator==(const StatementEntry&, const StatementEntry&) = default;
};

/// Something in the file that became no entry, and why. Never dropped without one of these.
struct Rejected {
    SourcePosition position;
    std::string reason;

    friend bool operator==(const Rejected&, const Rejected&) = default;
};

struct DatedBalance {
    money::Money amount;
    std::optional<Date> date;

    friend bool operator==(const DatedBalance&, const DatedBalance&) = default;
};

/// What the file says about the account; any part may be missing.
struct AccountHints {
    std::string institution;  ///< OFX FI/ORG, or empty.
    std::string bank_id;      ///< Routing number, BLZ, broker.
    std::string branch_id;
    std::string number;  ///< In full: for masking and hashing only, never stored.
    std::string name;    ///< The file's own name for it (a CSV account column).
    std::optional<ledger::AccountType> type;

    friend bool operator==(const AccountHints&, const AccountHints&) = default;
};

/// One account's part of a file.
struct Statement {
    AccountHints account;
    std::optional<money::Currency> currency;
    std::vector<StatementEntry> entries;  ///< In file order.
    std::vector<Rejected> rejected;       ///< Entries not taken, in file order.
    std::vector<Rejected> notes;          ///< Trouble that cost no entry: an unreadable balance.
    std::optional<DatedBalance> opening_balance;
    std::optional<DatedBalance> closing_balance;
    std::optional<DatedBalance> available_balance;

    friend bool operator==(const Statement&, const Statement&) = default;
};

/// A file with more is refused.
inline constexpr std::size_t kStatementsMax = 100'000;

/// All that was read from one file.
struct StatementFile {
    Format format = Format::ofx;
    Encoding encoding = Encoding::utf8;
    std::vector<Statement> statements;  ///< At least one.
    std::vector<Rejected> problems;     ///< Of the file as a whole: an error the bank answers.
    std::optional<CsvReading> csv;      ///< How a CSV was understood, for the preview.
};

/// Takes entries one by one as they are read, so that a reader need not keep a large file's.
class EntrySink {
public:
    virtual ~EntrySink() = default;
    /// `statement` is the place that the entry's statement has in StatementFile::statements.
    virtual void take(std::size_t statement, StatementEntry entry) = 0;
};

/// Refused entries and notes kept of a file whose entries go to a sink; the last one kept says how
/// many more there were.
inline constexpr std::size_t kStreamedRefusalsMax = 10'000;

/// What the caller knows beforehand.
struct ReadOptions {
    std::optional<money::Currency> currency;  ///< For a file, or part of it, that names none.
    std::optional<CsvMapping> mapping;        ///< Chosen by a person: wins over inference.
    /// Takes the entries instead of Statement::entries, in file order for each statement.
    EntrySink* sink = nullptr;
    /// Told now and then that the bytes before an offset have been read: a mapped file may let its
    /// pages go. They may be read again.
    std::function<void(std::size_t offset)> passed{};
    /// The file's own encoding, where the bytes given are already its text in UTF-8, without mark.
    std::optional<Encoding> converted_from{};
};

}  // namespace atlas::finance::statements
