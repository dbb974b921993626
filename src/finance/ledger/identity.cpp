// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/identity.hpp"

#include <span>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::ledger {

std::string fingerprint_of(Date date, money::Money amount, std::string_view text) {
    const Sha256 digest = sha256(format("{}\n{}\n{}\n{}", date.days_since_epoch(), amount.minor(),
                                        amount.currency().code(), statements::fold_text(text)));
    return to_hex(std::span(digest).first(16));
}

TransactionId transaction_id(HouseholdId household, AccountId account, std::string_view key,
                             std::int64_t occurrence) {
    return {Uuid::from_digest(sha256(
        format("{}\n{}\n{}\n{}", to_string(household), to_string(account), key, occurrence)))};
}

}  // namespace atlas::finance::ledger
