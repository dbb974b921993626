// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/account_match.hpp"

#include <algorithm>
#include <vector>

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

bool is_iban(std::string_view number) {
    constexpr std::size_t kSizeMin = 15;
    constexpr std::size_t kSizeMax = 34;
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return number.size() >= kSizeMin && number.size() <= kSizeMax && letter(number[0]) &&
           letter(number[1]) && !letter(number[2]) && !letter(number[3]);
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The check digits of an IBAN: 98 minus the remainder by 97 of the rest with the country behind,
/// letters as numbers (ISO 13616, ISO 7064 MOD 97-10). `rest` are digits, the country is DE.
std::string german_iban(std::string_view rest) {
    int remainder = 0;
    for (const std::string_view part : {rest, std::string_view("131400")}) {
        for (const char c : part) {
            remainder = (remainder * 10 + (c - '0')) % 97;
        }
    }
    return format("DE{:02}{}", 98 - remainder, rest);
}

std::string hash_of(std::string_view bank, std::string_view branch, std::string_view number) {
    return to_hex(sha256(format("{}|{}|{}", bank, branch, number)));
}

/// All the hashes under which the account may be known: banks give an IBAN in one format, its bank
/// code and account number in another. Only Germany's parts are taken apart: of fixed length, and
/// nearly always the IBAN's own digits. An account that is no such one is merely not found.
std::vector<std::string> hashes_of(const statements::AccountHints& hints) {
    constexpr std::size_t kBankDigits = 8;
    constexpr std::size_t kAccountDigits = 10;
    const std::string number = bare(hints.number);
    const std::string bank = bare(hints.bank_id);
    std::vector<std::string> out{hash_of(bank, bare(hints.branch_id), number)};
    const auto add_german = [&](std::string_view code, std::string account) {
        account.insert(0, kAccountDigits - account.size(), '0');
        out.push_back(hash_of({}, {}, german_iban(std::string(code) + account)));
        out.push_back(hash_of(code, {}, account));
        account.erase(0, std::min(account.find_first_not_of('0'), account.size() - 1));
        out.push_back(hash_of(code, {}, account));
    };
    if (is_iban(number)) {
        out.push_back(hash_of({}, {}, number));
        const std::string_view digits = std::string_view(number).substr(4);
        if (number.starts_with("DE") && digits.size() == kBankDigits + kAccountDigits &&
            is_digits(digits)) {
            add_german(digits.substr(0, kBankDigits), std::string(digits.substr(kBankDigits)));
        }
    } else if (bank.size() == kBankDigits && is_digits(bank) && is_digits(number) &&
               number.size() <= kAccountDigits) {
        add_german(bank, number);
    }
    return out;
}

}  // namespace

AccountMatch match_account(const statements::AccountHints& hints, std::string_view asked_name,
                           std::span<const Account> accounts) {
    if (!asked_name.empty()) {
        return {find_by_name(accounts, asked_name), std::string(asked_name)};
    }
    const std::optional<std::string> hash = hash_number(hints);
    if (hash.has_value()) {
        for (const std::string& known : hashes_of(hints)) {
            const auto same =
                std::ranges::find(accounts, std::optional(known), &Account::number_hash);
            if (same != accounts.end()) {
                return {static_cast<std::size_t>(same - accounts.begin()), {}};
            }
        }
    }
    if (!hash.has_value()) {
        return hints.name.empty() ? AccountMatch{}
                                  : AccountMatch{find_by_name(accounts, hints.name), hints.name};
    }
    // A number is no name: it would be kept and shown in full.
    const bool is_named = !hints.name.empty() && bare(hints.name) != bare(hints.number);
    std::string name = is_named                    ? hints.name
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
    return hash_of(bare(hints.bank_id), bare(hints.branch_id), number);
}

}  // namespace atlas::finance::ledger
