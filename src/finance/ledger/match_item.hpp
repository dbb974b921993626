// SPDX-License-Identifier: Apache-2.0
// Entries and transactions reduced to what de-duplication compares.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "finance/ledger/transaction.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::ledger {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Currency and minor units: amounts of different currencies are simply different keys.
struct AmountKey {
    money::Currency currency;
    std::int64_t minor;
    friend auto operator<=>(const AmountKey&, const AmountKey&) = default;
};
inline AmountKey key_of(money::Money amount) {
    return {amount.currency(), amount.minor()};
}
struct AmountHash {
    std::size_t operator()(const AmountKey& key) const {
        const std::string_view code = key.currency.code();
        const auto mixed = (static_cast<std::uint64_t>(key.minor) * 0x9e3779b97f4a7c15ULL) ^
                           (static_cast<std::uint64_t>(static_cast<unsigned char>(code[0])) << 8U) ^
                           static_cast<unsigned char>(code[1]);
        return static_cast<std::size_t>(mixed ^ (mixed >> 29U));
    }
};

/// One side of the comparison, reduced to what is compared.
struct Item {
    Date date;
    std::optional<Date> posted;
    std::optional<Date> initiated;
    AmountKey amount;
    bool pending = false;
    std::string_view bank_id;
    std::string text;   ///< Folded description.
    std::string other;  ///< Folded payee and memo, or merchant.
    std::string fingerprint;
    std::int32_t shift = 0;       ///< Days from the file's date to the ledger's, around it.
    std::size_t partner = kNone;  ///< Index on the other side once matched.
};

/// Borrow the bank id from their argument.
Item item_of(const statements::StatementEntry& entry);
Item item_of(const Transaction& transaction);

/// The best text_similarity of any text of the one and any of the other.
double similarity(const Item& entry, const Item& known);

/// The pattern of a bank id: "2024-0117-A" is "9999-9999-a". Ids of one source share it.
std::string shape_of(std::string_view id);

}  // namespace atlas::finance::ledger
