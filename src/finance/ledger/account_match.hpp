// SPDX-License-Identifier: Apache-2.0
// Which of the household's accounts a statement belongs to. The full number is hashed, never kept.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "finance/ledger/account.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::ledger {

struct AccountMatch {
    std::optional<std::size_t> existing;  ///< Index into the accounts given.
    /// Where none exists: what to call it. Empty when neither the file nor the person says.
    std::string suggested_name;
};

/// The account the person names wins; else the number's hash decides, where an IBAN and Germany's
/// bank code with account number are the same account; else the file's own name
/// for it. A name that is taken by an account with another number gets the masked number added.
AccountMatch match_account(const statements::AccountHints& hints, std::string_view asked_name,
                           std::span<const Account> accounts);

/// "…6789", or nothing for an empty number. A number of four was masked by the
/// bank itself; shorter ones show their last character.
std::optional<std::string> mask_number(std::string_view number);

/// SHA-256 (hex) of bank and account number without spaces, in upper case; nothing for an empty
/// number. Banks write the same number with and without spaces and hyphens.
std::optional<std::string> hash_number(const statements::AccountHints& hints);

}  // namespace atlas::finance::ledger
