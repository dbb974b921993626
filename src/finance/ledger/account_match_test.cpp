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

TEST(AccountMatch, ANumberIsNoNameAndNeverShownInFull) {
    statements::AccountHints hints;
    hints.name = "DE02 1001 0010 0006 8201 01";
    hints.number = "DE02100100100006820101";
    EXPECT_EQ(match_account(hints, {}, {}).suggested_name, "Account …0101");
    hints.name = "Giro";
    EXPECT_EQ(match_account(hints, {}, {}).suggested_name, "Giro …0101");
}

TEST(AccountMatch, MaskShowsTheEndOnly) {
    EXPECT_EQ(mask_number("DE89 3704 0044 0532 0130 00"), "…3000");
    EXPECT_EQ(mask_number("1234"), "…1234");
    EXPECT_EQ(mask_number("123"), "…3");
    EXPECT_EQ(mask_number(" - "), std::nullopt);
}

TEST(AccountMatch, AnIbanAndItsGermanPartsAreOneAccount) {
    // The example of the registry of IBANs: DE75 5121 0800 1245 1261 99.
    const std::vector<statements::AccountHints> forms = {
        hints("", "DE75512108001245126199"), hints("", "DE75 5121 0800 1245 1261 99"),
        hints("SOGEDEFF", "DE75512108001245126199"), hints("51210800", "1245126199")};
    const auto is_found = [](const statements::AccountHints& known,
                             const statements::AccountHints& asked) {
        const Account one = account("Known", hash_number(known));
        return match_account(asked, "", std::span(&one, 1)).existing.has_value();
    };
    for (const auto& first : forms) {
        for (const auto& second : {forms[0], forms[1], forms[3]}) {
            const bool foreign_bank = first.bank_id == "SOGEDEFF";
            EXPECT_EQ(is_found(first, second), !foreign_bank) << first.number << second.number;
            EXPECT_TRUE(foreign_bank || is_found(second, first));
        }
        EXPECT_FALSE(is_found(first, hints("51210801", "1245126199")));
        EXPECT_FALSE(is_found(first, hints("", "DE75512108001245126198")));
    }
    EXPECT_TRUE(is_found(hints("12345678", "0001020304"), hints("12345678", "1020304")));
    EXPECT_TRUE(is_found(hints("12345678", "1020304"), hints("12345678", "0001020304")));
}

}  // namespace
}  // namespace atlas::finance::ledger
