// SPDX-License-Identifier: Apache-2.0
// Goal: a statement finds its account by what identifies it, and never another's.
#include "finance/ledger/account_match.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace atlas::finance::ledger {
namespace {

Account account(std::string name, std::optional<std::string> hash) {
    return {.id = {},
            .name = std::move(name),
            .type = AccountType::checking,
            .currency = money::Currency::parse("USD").value(),
            .institution = std::nullopt,
            .number_masked = std::nullopt,
            .number_hash = std::move(hash),
            .opened = std::nullopt,
            .closed = std::nullopt};
}

statements::AccountHints hints(std::string bank, std::string number) {
    statements::AccountHints made;
    made.bank_id = std::move(bank);
    made.number = std::move(number);
    made.type = AccountType::checking;
    return made;
}

TEST(AccountMatch, NumberDecidesWhateverItsSpacing) {
    const std::vector<Account> known{account("A", hash_number(hints("1", "12-34 56"))),
                                     account("B", hash_number(hints("1", "999")))};
    const AccountMatch match = match_account(hints("1", "123456"), "", known);
    ASSERT_TRUE(match.existing.has_value());
    EXPECT_EQ(*match.existing, 0U);
}

TEST(AccountMatch, TheSameNumberAtAnotherBankIsAnotherAccount) {
    const std::vector<Account> known{account("Checking …3456", hash_number(hints("1", "123456")))};
    const AccountMatch match = match_account(hints("2", "123456"), "", known);
    EXPECT_FALSE(match.existing.has_value());
    EXPECT_EQ(match.suggested_name, "Checking …3456 (2)");
}

TEST(AccountMatch, ThePersonsNameWins) {
    const std::vector<Account> known{account("Mine", std::nullopt)};
    EXPECT_EQ(match_account(hints("1", "5"), "Mine", known).existing,
              std::optional<std::size_t>(0));
    const AccountMatch made = match_account(hints("1", "5"), "New", known);
    EXPECT_FALSE(made.existing.has_value());
    EXPECT_EQ(made.suggested_name, "New");
}

TEST(AccountMatch, AFileThatSaysNothingNeedsAName) {
    const AccountMatch match = match_account({}, "", {});
    EXPECT_FALSE(match.existing.has_value());
    EXPECT_TRUE(match.suggested_name.empty());
}

TEST(AccountMatch, MaskShowsTheEndOnly) {
    EXPECT_EQ(mask_number("DE89 3704 0044 0532 0130 00"), "…3000");
    EXPECT_EQ(mask_number("1234"), "…1234");
    EXPECT_EQ(mask_number("123"), "…3");
    EXPECT_EQ(mask_number(" - "), std::nullopt);
}

}  // namespace
}  // namespace atlas::finance::ledger
