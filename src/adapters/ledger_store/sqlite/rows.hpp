// SPDX-License-Identifier: Apache-2.0
// Between rows and values: the only place that knows which column holds which field. Values that
// no program of ours writes (an unknown enumeration, a date that does not exist) are data_loss.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Columns of `transactions` as read_transaction expects them, from column 0.
inline constexpr std::string_view kTransactionColumns =
    "row, id, account_id, date, posted_date, amount_minor, currency, original_minor, "
    "original_currency, description, merchant, status, transfer_id, filed_by, confidence, "
    "reviewed, import_id, source_file, source_line, source_column, bank_id, fingerprint, "
    "occurrence, title, own_merchant, note, refund_of, bank_category";
inline constexpr int kDescriptionColumn = 9;
inline constexpr int kMerchantColumn = 10;

/// Columns of `accounts` as read_account expects them, from column 0.
inline constexpr std::string_view kAccountColumns =
    "id, name, type, currency, institution, number_masked, number_hash, opened, closed, "
    "balance_minor, transactions";

/// Columns of `imports` as read_import expects them, from column 0; content comes last.
inline constexpr std::string_view kImportColumns =
    "id, state, file_name, format, account, mapping, report, created_at_us, added";

/// A current row of kTransactionColumns, with its splits, which are looked up.
/// Errors: data_loss.
Result<finance::ledger::Transaction> read_transaction(adapters::sqlite::Database& database,
                                                      HouseholdId household,
                                                      const adapters::sqlite::Statement& row);
/// Binds the fields of `transaction` to parameters 2 …, in the order of kTransactionColumns
/// without row; parameter 1 is the caller's.
void bind_transaction(adapters::sqlite::Statement& statement,
                      const finance::ledger::Transaction& transaction);

/// Errors: data_loss.
Result<finance::ledger::Account> read_account(const adapters::sqlite::Statement& row);
/// Without content. Errors: data_loss.
Result<ports::ImportRecord> read_import(const adapters::sqlite::Statement& row);

Result<Date> read_date(const adapters::sqlite::Statement& row, int column);
Result<money::Currency> read_currency(const adapters::sqlite::Statement& row, int column);
std::string_view name_of(ports::ImportState state);

/// Tags as a JSON array of strings; nothing for none.
std::optional<std::string> write_tags(const std::vector<std::string>& tags);
/// Reads what write_tags writes. Errors: data_loss.
Result<std::vector<std::string>> read_tags(std::string_view text);

}  // namespace atlas::adapters::ledger_store::sqlite
