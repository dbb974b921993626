// SPDX-License-Identifier: Apache-2.0
// A transaction: one movement on one account as its bank reported it, and how it is filed.
// Amounts are signed from the account's point of view: money out is negative.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/id.hpp"
#include "money/money.hpp"

namespace atlas::finance::ledger {

enum class TransactionStatus : std::uint8_t { posted, pending };
std::string_view name_of(TransactionStatus status);

/// Who decided the category. A user's choice outranks any model, always.
enum class FilingSource : std::uint8_t { none, rule, memory, merchant, model, import, user };
std::string_view name_of(FilingSource source);

/// The category of something nobody has filed.
inline constexpr std::string_view kUnknownCategory = "other.unknown";
/// The category of a leg of a transfer between the household's own accounts.
inline constexpr std::string_view kTransferCategory = "transfer.internal";

/// A part of a transaction with a category of its own.
struct Split {
    std::string category;
    money::Money amount;
    std::optional<std::string> note;
    std::vector<std::string> tags;

    friend bool operator==(const Split&, const Split&) = default;
};

struct Filing {
    FilingSource source = FilingSource::none;
    double confidence = 0.0;  ///< 0 to 1.
    bool reviewed = false;    ///< A person has looked at it.

    friend bool operator==(const Filing&, const Filing&) = default;
};

/// Where a transaction was read. Lines and columns count from 1, columns in bytes.
struct SourcePlace {
    ImportId import_id;
    std::string file;
    std::int64_t line = 0;
    std::int64_t column = 0;

    friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

/// What a person says of a transaction where the bank's words do not do. No import touches it.
struct Remarks {
    std::optional<std::string> title{};     ///< Shown instead of the description.
    std::optional<std::string> merchant{};  ///< Shown instead of the merchant.
    std::optional<std::string> note{};
    std::optional<TransactionId> refund_of{};  ///< The purchase this gives money back for.

    friend bool operator==(const Remarks&, const Remarks&) = default;
};

/// Invariant: the splits are not empty and sum to `amount`.
struct Transaction {
    TransactionId id;
    AccountId account_id;
    Date date;  ///< Booking date as printed; what balances and months go by.
    std::optional<Date> posted_date;
    money::Money amount;
    std::optional<money::Money> original_amount;  ///< In the currency of the purchase.
    std::string description;
    std::optional<std::string> merchant;
    TransactionStatus status = TransactionStatus::posted;
    std::vector<Split> splits;
    std::optional<TransferId> transfer_id;
    Filing filed;
    SourcePlace source;
    /// The bank's own id (OFX FITID), trusted only within its account.
    std::optional<std::string> bank_id;
    /// What identifies it where the bank gives no id: hash of date, amount and normalised text.
    std::string fingerprint;
    /// 0 for the first of several equal ones on an account, 1 for the next, …
    std::int64_t occurrence = 0;
    Remarks remarks{};
    /// The bank's own code of the trade, as it came: a merchant category code ("5411"), one of
    /// Plaid's categories, or ISO 20022's code of the movement ("PMNT-CCRD-CWDL").
    std::optional<std::string> bank_category{};

    friend bool operator==(const Transaction&, const Transaction&) = default;
};

/// True when the splits are not empty, share the amount's currency and sum to it.
bool is_balanced(const Transaction& transaction);

}  // namespace atlas::finance::ledger
