// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/account.hpp"

#include <array>

#include "base/format.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"checking",   "savings", "credit_card", "loan",
                                                    "investment", "cash",    "other"};

}  // namespace

std::string_view name_of(AccountType type) {
    return kNames[static_cast<std::size_t>(type)];
}

Result<AccountType> parse_account_type(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) {
            return static_cast<AccountType>(i);
        }
    }
    return invalid_argument({}, format("\"{}\" is not an account type: checking, savings, "
                                       "credit_card, loan, investment, cash or other",
                                       name.substr(0, 32)));
}

bool is_liability(AccountType type) {
    return type == AccountType::credit_card || type == AccountType::loan;
}

}  // namespace atlas::finance::ledger
