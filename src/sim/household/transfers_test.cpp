// SPDX-License-Identifier: Apache-2.0
// Goal: transfers of sample households are found, and nothing else is taken for one. Method: the
// rows of ten seeds as transactions, held against the generator's own partners. No rates are given,
// so the few transfers between two currencies count as missed.
#include <gtest/gtest.h>

#include <cstdio>

#include "finance/ledger/pair_transfers.hpp"
#include "sim/household/household.hpp"

namespace atlas::sim::household {
namespace {

namespace ledger = finance::ledger;

std::vector<ledger::Transaction> transactions_of(const Household& household) {
    std::vector<ledger::Transaction> transactions;
    for (const TruthRow& row : household.rows) {
        AccountId account;
        account.uuid.bytes[0] = static_cast<std::byte>(row.account + 1);
        ledger::Transaction made{.id = {},
                                 .account_id = account,
                                 .date = row.posted,
                                 .posted_date = {},
                                 .amount = row.amount,
                                 .original_amount = {},
                                 .description = row.bank_description,
                                 .merchant = {},
                                 .status = ledger::TransactionStatus::posted,
                                 .splits = {},
                                 .transfer_id = {},
                                 .filed = {},
                                 .source = {},
                                 .bank_id = {},
                                 .fingerprint = {},
                                 .occurrence = 0};
        transactions.push_back(std::move(made));
    }
    return transactions;
}

TEST(HouseholdTransfers, AreFoundAndNothingElseIs) {
    std::size_t right = 0;
    std::size_t wrong = 0;
    std::size_t transfers = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto household =
            generate({.seed = seed, .last_day = Date::parse("2026-10-31").value(), .months = 60});
        ASSERT_TRUE(household.has_value()) << to_string(household.error());
        for (const TruthRow& row : household->rows) {
            transfers += row.transfer_partner.has_value() && row.amount.is_negative() ? 1U : 0U;
        }
        for (const auto& pair : ledger::pair_transfers(transactions_of(*household)).pairs) {
            const TruthRow& out = household->rows[pair.out];
            const TruthRow& in = household->rows[pair.in];
            if (out.transfer_partner == pair.in) {
                ++right;
                continue;
            }
            ++wrong;
            std::printf("seed %llu: %s %s / %s %s\n", static_cast<unsigned long long>(seed),
                        to_string(out.posted).c_str(), out.bank_description.c_str(),
                        to_string(in.posted).c_str(), in.bank_description.c_str());
        }
    }
    const double precision = static_cast<double>(right) / static_cast<double>(right + wrong);
    const double recall = static_cast<double>(right) / static_cast<double>(transfers);
    std::printf("[ transfers] precision %.4f recall %.4f (%zu transfers, seeds 1 to 10)\n",
                precision, recall, transfers);
    EXPECT_GE(precision, 0.99);
    EXPECT_GE(recall, 0.97);
}

}  // namespace
}  // namespace atlas::sim::household
