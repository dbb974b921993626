// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/rows.hpp"

#include <array>
#include <utility>

#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using finance::ledger::Account;
using finance::ledger::FilingSource;
using finance::ledger::Split;
using finance::ledger::Transaction;
using finance::ledger::TransactionStatus;

constexpr std::array<std::string_view, 3> kImportStates = {"preview", "committed", "undone"};

Unexpected damaged(std::string_view column, std::string_view value) {
    return fail(ErrorCode::data_loss, "ledger store",
                format("\"{}\" is not a {}", value.substr(0, 40), column));
}

// The enumerator whose name is in the row. `last` bounds the search.
template <class Enum, class NameOf>
Result<Enum> read_enum(std::string_view text, Enum last, NameOf name) {
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
        if (name(static_cast<Enum>(i)) == text) {
            return static_cast<Enum>(i);
        }
    }
    return damaged("name of a state", text);
}

Result<std::optional<Date>> read_optional_date(const Statement& row, int column) {
    if (row.is_null(column)) {
        return std::optional<Date>();
    }
    return read_date(row, column).transform([](Date date) { return std::optional(date); });
}

Result<std::vector<Split>> read_splits(Database& database, HouseholdId household,
                                       std::int64_t transaction_row, money::Currency currency) {
    std::vector<Split> splits;
    ATLAS_TRY(database.each(
        "SELECT category, amount_minor, note, tags FROM splits "
        "WHERE household = ?1 AND transaction_row = ?2 ORDER BY position",
        [&](const Statement& row) -> Result<void> {
            Split split{.category = std::string(row.text(0)),
                        .amount = money::Money::from_minor(row.integer(1), currency),
                        .note = row.optional_text(2),
                        .tags = {}};
            if (!row.is_null(3)) {
                ATLAS_TRY_ASSIGN(split.tags, read_tags(row.text(3)));
            }
            splits.push_back(std::move(split));
            return {};
        },
        household, transaction_row));
    return splits;
}

}  // namespace

Result<Date> read_date(const Statement& row, int column) {
    auto date = Date::parse(row.text(column));
    if (!date) {
        return damaged("date", row.text(column));
    }
    return date;
}

Result<money::Currency> read_currency(const Statement& row, int column) {
    auto currency = money::Currency::parse(row.text(column));
    if (!currency) {
        return damaged("currency", row.text(column));
    }
    return currency;
}

std::string_view name_of(ports::ImportState state) {
    return kImportStates[static_cast<std::size_t>(state)];
}

Result<Transaction> read_transaction(Database& database, HouseholdId household,
                                     const Statement& row) {
    ATLAS_TRY_ASSIGN(const TransactionId id, row.id<TransactionId>(1));
    ATLAS_TRY_ASSIGN(const AccountId account, row.id<AccountId>(2));
    ATLAS_TRY_ASSIGN(const Date date, read_date(row, 3));
    ATLAS_TRY_ASSIGN(const std::optional<Date> posted, read_optional_date(row, 4));
    ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(row, 6));
    std::optional<money::Money> original;
    if (!row.is_null(7)) {
        ATLAS_TRY_ASSIGN(const money::Currency original_currency, read_currency(row, 8));
        original = money::Money::from_minor(row.integer(7), original_currency);
    }
    ATLAS_TRY_ASSIGN(const TransactionStatus status,
                     read_enum(row.text(11), TransactionStatus::pending,
                               [](TransactionStatus s) { return finance::ledger::name_of(s); }));
    std::optional<TransferId> transfer;
    if (!row.is_null(12)) {
        ATLAS_TRY_ASSIGN(transfer, row.id<TransferId>(12));
    }
    ATLAS_TRY_ASSIGN(const FilingSource filed_by,
                     read_enum(row.text(13), FilingSource::user,
                               [](FilingSource s) { return finance::ledger::name_of(s); }));
    ATLAS_TRY_ASSIGN(const ImportId import_id, row.id<ImportId>(16));
    std::optional<TransactionId> purchase;
    if (!row.is_null(26)) {
        ATLAS_TRY_ASSIGN(purchase, row.id<TransactionId>(26));
    }
    ATLAS_TRY_ASSIGN(std::vector<Split> splits,
                     read_splits(database, household, row.integer(0), currency));
    return Transaction{
        .id = id,
        .account_id = account,
        .date = date,
        .posted_date = posted,
        .amount = money::Money::from_minor(row.integer(5), currency),
        .original_amount = original,
        .description = std::string(row.text(kDescriptionColumn)),
        .merchant = row.optional_text(kMerchantColumn),
        .status = status,
        .splits = std::move(splits),
        .transfer_id = transfer,
        .filed = {.source = filed_by, .confidence = row.real(14), .reviewed = row.boolean(15)},
        .source = {.import_id = import_id,
                   .file = std::string(row.text(17)),
                   .line = row.integer(18),
                   .column = row.integer(19)},
        .bank_id = row.optional_text(20),
        .fingerprint = std::string(row.text(21)),
        .occurrence = row.integer(22),
        .remarks = {.title = row.optional_text(23),
                    .merchant = row.optional_text(24),
                    .note = row.optional_text(25),
                    .refund_of = purchase},
        .bank_category = row.optional_text(27)};
}

void bind_transaction(Statement& statement, const Transaction& transaction) {
    const auto date_text = [](const std::optional<Date>& date) {
        return date ? std::optional(to_string(*date)) : std::nullopt;
    };
    std::optional<std::int64_t> original_minor;
    std::optional<std::string_view> original_currency;
    if (transaction.original_amount) {
        original_minor = transaction.original_amount->minor();
        original_currency = transaction.original_amount->currency().code();
    }
    int next = 2;
    const auto add = [&](const auto& value) { statement.bind(next++, value); };
    add(transaction.id);
    add(transaction.account_id);
    add(to_string(transaction.date));
    add(date_text(transaction.posted_date));
    add(transaction.amount.minor());
    add(transaction.amount.currency().code());
    add(original_minor);
    add(original_currency);
    add(transaction.description);
    add(transaction.merchant);
    add(finance::ledger::name_of(transaction.status));
    add(transaction.transfer_id);
    add(finance::ledger::name_of(transaction.filed.source));
    add(transaction.filed.confidence);
    add(transaction.filed.reviewed);
    add(transaction.source.import_id);
    add(transaction.source.file);
    add(transaction.source.line);
    add(transaction.source.column);
    add(transaction.bank_id);
    add(transaction.fingerprint);
    add(transaction.occurrence);
    add(transaction.remarks.title);
    add(transaction.remarks.merchant);
    add(transaction.remarks.note);
    add(transaction.remarks.refund_of);
    add(transaction.bank_category);
}

Result<Account> read_account(const Statement& row) {
    ATLAS_TRY_ASSIGN(const AccountId id, row.id<AccountId>(0));
    const auto type = finance::ledger::parse_account_type(row.text(2));
    if (!type) {
        return damaged("account type", row.text(2));
    }
    ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(row, 3));
    ATLAS_TRY_ASSIGN(const std::optional<Date> opened, read_optional_date(row, 7));
    ATLAS_TRY_ASSIGN(const std::optional<Date> closed, read_optional_date(row, 8));
    return Account{.id = id,
                   .name = std::string(row.text(1)),
                   .type = *type,
                   .currency = currency,
                   .institution = row.optional_text(4),
                   .number_masked = row.optional_text(5),
                   .number_hash = row.optional_text(6),
                   .opened = opened,
                   .closed = closed};
}

Result<ports::ImportRecord> read_import(const Statement& row) {
    ATLAS_TRY_ASSIGN(const ImportId id, row.id<ImportId>(0));
    ATLAS_TRY_ASSIGN(const ports::ImportState state,
                     read_enum(row.text(1), ports::ImportState::undone,
                               [](ports::ImportState s) { return name_of(s); }));
    return ports::ImportRecord{.id = id,
                               .state = state,
                               .file_name = std::string(row.text(2)),
                               .format = std::string(row.text(3)),
                               .account = std::string(row.text(4)),
                               .mapping = std::string(row.text(5)),
                               .content = {},
                               .report = std::string(row.text(6)),
                               .created_at = {row.integer(7)},
                               .added = row.integer(8)};
}

std::optional<std::string> write_tags(const std::vector<std::string>& tags) {
    if (tags.empty()) {
        return std::nullopt;
    }
    std::string out = "[";
    for (const std::string& tag : tags) {
        out += out.size() == 1 ? "\"" : ",\"";
        for (const char c : tag) {
            if (static_cast<unsigned char>(c) < 0x20) {
                out += format("\\u{:04x}", static_cast<unsigned>(c));
                continue;
            }
            if (c == '"' || c == '\\') {
                out += '\\';
            }
            out += c;
        }
        out += '"';
    }
    return out + "]";
}

Result<std::vector<std::string>> read_tags(std::string_view text) {
    std::vector<std::string> tags;
    std::size_t i = 0;
    const auto at = [&](char c) { return i < text.size() && text[i] == c; };
    if (!at('[')) {
        return damaged("list of tags", text);
    }
    while (!at(']')) {
        ++i;  // '[' or ','
        if (!at('"')) {
            return damaged("list of tags", text);
        }
        std::string tag;
        for (++i; i < text.size() && text[i] != '"'; ++i) {
            if (text[i] != '\\') {
                tag += text[i];
            } else if (i + 5 < text.size() && text[i + 1] == 'u') {
                const unsigned high = text[i + 4] == '1' ? 16 : 0;
                const char low = text[i + 5];
                tag += static_cast<char>(
                    high + static_cast<unsigned>(low <= '9' ? low - '0' : low - 'a' + 10));
                i += 5;
            } else if (++i < text.size()) {
                tag += text[i];
            }
        }
        ++i;  // The closing quote.
        if (!at(',') && !at(']')) {
            return damaged("list of tags", text);
        }
        tags.push_back(std::move(tag));
    }
    return tags;
}

}  // namespace atlas::adapters::ledger_store::sqlite
