// SPDX-License-Identifier: Apache-2.0
// What makes a transaction the same one in every import, replay and restore.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/id.hpp"
#include "money/money.hpp"

namespace atlas::finance::ledger {

/// Hash of date, amount and folded text, 32 hexadecimal digits: what identifies a movement where
/// the bank gives no id.
std::string fingerprint_of(Date date, money::Money amount, std::string_view text);

/// UUIDv8 of SHA-256(household, account, bank id or fingerprint, occurrence): decision 5.
TransactionId transaction_id(HouseholdId household, AccountId account, std::string_view key,
                             std::int64_t occurrence);

}  // namespace atlas::finance::ledger
