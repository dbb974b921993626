// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/transaction.hpp"

#include <array>

namespace atlas::finance::ledger {

std::string_view name_of(TransactionStatus status) {
    return status == TransactionStatus::posted ? "posted" : "pending";
}

std::string_view name_of(FilingSource source) {
    constexpr std::array<std::string_view, 7> kNames = {"none",  "rule",   "memory", "merchant",
                                                        "model", "import", "user"};
    return kNames[static_cast<std::size_t>(source)];
}

bool is_balanced(const Transaction& transaction) {
    if (transaction.splits.empty()) {
        return false;
    }
    auto sum = Result<money::Money>(money::Money::zero(transaction.amount.currency()));
    for (const Split& split : transaction.splits) {
        sum = money::checked_add(*sum, split.amount);
        if (!sum.has_value()) {
            return false;
        }
    }
    return *sum == transaction.amount;
}

}  // namespace atlas::finance::ledger
