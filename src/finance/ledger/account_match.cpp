// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/account_match.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/sha256.hpp"

namespace atlas::finance::ledger {
namespace {

/// Letters and digits only, letters in upper case.
std::string bare(std::string_view number) {
    std::string out;
    for (const char c : number) {
        if (c >= 'a' && c <= 'z') {
            out += static_cast<char>(c - 'a' + 'A');
        } else if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
            out += c;
        }
    }
    return out;
}

std::string type_word(std::optional<AccountType> type) {
    switch (type.value_or(AccountType::other)) {
        case AccountType::checking: return "Checking";
        case AccountType::savings: return "Savings";
        case AccountType::credit_card: return "Card";
        case AccountType::loan: return "Loan";
        case AccountType::investment: return "Investment";
        case AccountType::cash: return "Cash";
        case AccountType::other: break;
    }
    return "Account";
}

std::optional<std::size_t> find_by_name(std::span<const Account> accounts, std::string_view name) {
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        if (accounts[i].name == name) {
            return i;
        }
    }
    return std::nullopt;
}

}  // namespace

AccountMatch match_account(const statements::AccountHints& hints, std::string_view asked_name,
                           std::span<const Account> accounts) {
    if (!asked_name.empty()) {
        return {find_by_name(accounts, asked_name), std::string(asked_name)};
    }
    const std::optional<std::string> hash = hash_number(hints);
    if (hash.has_value()) {
        const auto same = std::ranges::find(accounts, hash, &Account::number_hash);
        if (same != accounts.end()) {
            return {static_cast<std::size_t>(same - accounts.begin()), {}};
        }
    }
    if (!hash.has_value()) {
        return hints.name.empty() ? AccountMatch{}
                                  : AccountMatch{find_by_name(accounts, hints.name), hints.name};
    }
    std::string name = !hints.name.empty()         ? hints.name
                       : hints.institution.empty() ? type_word(hints.type)
                                                   : hints.institution;
    name = format("{} {}", name, mask_number(hints.number).value_or(""));
    // Two numbers may end alike: count on until the name is free.
    std::string free_name = name;
    for (int count = 2; find_by_name(accounts, free_name).has_value(); ++count) {
        free_name = format("{} ({})", name, count);
    }
    return {std::nullopt, free_name};
}

std::optional<std::string> mask_number(std::string_view number) {
    const std::string digits = bare(number);
    if (digits.empty()) {
        return std::nullopt;
    }
    // Exactly four is what a bank prints that has masked the number itself.
    constexpr std::size_t kShown = 4;
    return "…" + digits.substr(digits.size() - (digits.size() >= kShown ? kShown : 1));
}

std::optional<std::string> hash_number(const statements::AccountHints& hints) {
    const std::string number = bare(hints.number);
    if (number.empty()) {
        return std::nullopt;
    }
    return to_hex(sha256(format("{}|{}|{}", bare(hints.bank_id), bare(hints.branch_id), number)));
}

}  // namespace atlas::finance::ledger
