// SPDX-License-Identifier: Apache-2.0
// Goal: legs of one transfer find each other, nothing else does, and what could go two ways goes
// none. Method: cases by hand; the assignment against every permutation; a seeded household that
// knows its transfers.
#include "finance/ledger/pair_transfers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/random.hpp"
#include "finance/ledger/assignment.hpp"

namespace atlas::finance::ledger {
namespace {

AccountId account(int number) {
    AccountId id;
    id.uuid.bytes[15] = static_cast<std::byte>(number);
    return id;
}

Transaction leg(int on, const char* date, const char* amount, const char* text,
                const char* currency = "USD") {
    const auto money = *money::Money::parse(amount, *money::Currency::parse(currency));
    return {.id = {},
            .account_id = account(on),
            .date = *Date::parse(date),
            .posted_date = {},
            .amount = money,
            .original_amount = {},
            .description = text,
            .merchant = {},
            .status = TransactionStatus::posted,
            .splits = {{std::string(kUnknownCategory), money, {}, {}}},
            .transfer_id = {},
            .filed = {},
            .source = {},
            .bank_id = {},
            .fingerprint = {},
            .occurrence = 0};
}

std::string told(const TransferPairs& result) {
    std::string out;
    for (const TransferPair& pair : result.pairs) {
        out += std::to_string(pair.out) + ">" + std::to_string(pair.in) + " ";
    }
    for (const AmbiguousTransfer& open : result.ambiguous) {
        out += "?" + std::to_string(open.legs.size()) + " ";
    }
    return out;
}

TEST(PairTransfers, EqualAndOppositeOnTwoAccounts) {
    const std::vector legs = {leg(1, "2026-01-05", "-500.00", "TRANSFER TO SAVINGS"),
                              leg(2, "2026-01-07", "500.00", "TRANSFER FROM CHECKING"),
                              leg(2, "2026-01-07", "-20.00", "SHOP"),
                              leg(1, "2026-01-09", "30.00", "REFUND")};
    const auto result = pair_transfers(legs);
    EXPECT_EQ(told(result), "0>1 ");
    EXPECT_GT(result.pairs[0].confidence, 0.6);
    EXPECT_LE(result.pairs[0].confidence, 1.0);
}

TEST(PairTransfers, NotWithinAnAccountNotFarApartNotAnotherAmountOrCurrency) {
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-5.00", "TRANSFER"),
                                              leg(1, "2026-01-05", "5.00", "TRANSFER")})),
              "");
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-5.00", "TRANSFER"),
                                              leg(2, "2026-01-11", "5.00", "TRANSFER")})),
              "");
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-5.00", "TRANSFER"),
                                              leg(2, "2026-01-10", "5.00", "TRANSFER")})),
              "0>1 ");
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-5.00", "TRANSFER"),
                                              leg(2, "2026-01-05", "5.01", "TRANSFER")})),
              "");
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-5.00", "TRANSFER"),
                                              leg(2, "2026-01-05", "5.00", "TRANSFER", "EUR")})),
              "");
}

TEST(PairTransfers, WithoutAWordOfTransferOnlyTheNextDayCounts) {
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-5.00", "ABC"),
                                              leg(2, "2026-01-06", "5.00", "XYZ")})),
              "0>1 ");
    EXPECT_EQ(told(pair_transfers(std::vector{leg(1, "2026-01-05", "-50.00", "SHOP"),
                                              leg(2, "2026-01-08", "50.00", "CASHBACK")})),
              "");
}

// Both were pairs in the sample household once: equal amounts of two days in a row, by chance.
TEST(PairTransfers, WhatWasBoughtOrEarnedIsNoTransfer) {
    EXPECT_TRUE(pair_transfers({{leg(1, "2026-06-01", "-116.41", "CHECKCARD 1229 NOVAK'S SALON"),
                                 leg(2, "2026-06-02", "116.41", "INTEREST PAYMENT")}})
                    .pairs.empty());
    EXPECT_TRUE(pair_transfers({{leg(1, "2026-06-01", "-10.63", "CHECKCARD 0101 CHICK-FIL-A"),
                                 leg(2, "2026-06-01", "10.63", "AMZN Mktp US*TBQW4PTGJ CA")}})
                    .pairs.empty());
    EXPECT_EQ(pair_transfers({{leg(1, "2026-06-01", "-10.63", "INTEREST TRANSFER"),
                               leg(2, "2026-06-01", "10.63", "REFUND")}})
                  .pairs.size(),
              1U)
        << "a word of transfer goes before";
}

// A loan's two banks book days apart; neither says transfer.
TEST(PairTransfers, APaymentToALoanOfOnesOwnIsOne) {
    EXPECT_EQ(pair_transfers({{leg(1, "2026-06-01", "-1502.85", "HOMESTEAD MORTGAGE LOAN PMT"),
                               leg(2, "2026-06-04", "1502.85", "PAYMENT RECEIVED - THANK YOU")}})
                  .pairs.size(),
              1U);
}

TEST(PairTransfers, TheBestSetWinsNotTheFirstFit) {
    // Greedy by date would give 0>2 and strand 1; together 0>3 and 1>2 is right.
    const std::vector legs = {leg(1, "2026-01-05", "-100.00", "TRANSFER RENT ACCOUNT"),
                              leg(1, "2026-01-08", "-100.00", "TRANSFER HOLIDAY FUND"),
                              leg(2, "2026-01-09", "100.00", "HOLIDAY FUND"),
                              leg(3, "2026-01-05", "100.00", "RENT ACCOUNT")};
    EXPECT_EQ(told(pair_transfers(legs)), "0>3 1>2 ");
}

TEST(PairTransfers, WhatCouldGoTwoWaysGoesNone) {
    const std::vector legs = {leg(1, "2026-01-05", "-100.00", "TRANSFER"),
                              leg(2, "2026-01-05", "100.00", "TRANSFER"),
                              leg(3, "2026-01-05", "100.00", "TRANSFER")};
    EXPECT_EQ(told(pair_transfers(legs)), "?3 ");
}

TEST(PairTransfers, TwinsMayBeExchanged) {
    const std::vector legs = {
        leg(1, "2026-01-05", "-100.00", "TRANSFER"), leg(1, "2026-01-05", "-100.00", "TRANSFER"),
        leg(2, "2026-01-05", "100.00", "TRANSFER"), leg(2, "2026-01-05", "100.00", "TRANSFER")};
    const auto result = pair_transfers(legs);
    EXPECT_EQ(result.pairs.size(), 2U);
    EXPECT_TRUE(result.ambiguous.empty());
}

TEST(PairTransfers, WhatIsPairedOrReviewedIsLeftAlone) {
    std::vector legs = {leg(1, "2026-01-05", "-5.00", "TRANSFER"),
                        leg(2, "2026-01-05", "5.00", "TRANSFER")};
    legs[0].filed.reviewed = true;
    EXPECT_EQ(told(pair_transfers(legs)), "");
    legs[0].filed.reviewed = false;
    legs[1].transfer_id = TransferId{};
    EXPECT_EQ(told(pair_transfers(legs)), "");
}

TEST(PairTransfers, TwoCurrenciesNeedARateAndAgreeWithinATolerance) {
    const std::vector legs = {leg(1, "2026-01-05", "-110.00", "TRANSFER"),
                              leg(2, "2026-01-06", "101.00", "TRANSFER", "EUR")};
    const ExchangeAt rate = [](money::Money amount, money::Currency to, Date) {
        return std::optional(money::Money::from_minor(amount.minor() * 10 / 11, to));
    };
    EXPECT_EQ(told(pair_transfers(legs)), "");
    EXPECT_EQ(told(pair_transfers(legs, rate)), "0>1 ");
    std::vector off = legs;
    off[1] = leg(2, "2026-01-06", "105.00", "TRANSFER", "EUR");
    EXPECT_EQ(told(pair_transfers(off, rate)), "");
    off[1] = leg(2, "2026-01-06", "103.50", "TRANSFER", "EUR");
    off.push_back(leg(3, "2026-01-06", "100.00", "TRANSFER", "EUR"));
    EXPECT_EQ(told(pair_transfers(off, rate)), "0>2 ") << "the nearer amount";
}

TEST(PairTransfers, TooManyCompetitorsAreAmbiguousNotSlow) {
    std::vector<Transaction> legs;
    for (int i = 0; i < 200; ++i) {
        legs.push_back(leg(1 + i % 9, "2026-01-05", i % 2 == 0 ? "-5.00" : "5.00", "TRANSFER"));
    }
    const auto result = pair_transfers(legs);
    EXPECT_TRUE(result.pairs.empty());
    ASSERT_EQ(result.ambiguous.size(), 1U);
}

TEST(Assignment, EqualsTheBestOfAllPermutations) {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        const auto rows = static_cast<std::size_t>(random.between(1, 6));
        const auto columns = static_cast<std::size_t>(random.between(1, 6));
        std::vector gain(rows, std::vector<double>(columns, 0.0));
        for (auto& row : gain) {
            for (double& cell : row) {
                cell = random.chance(0.3) ? 0.0 : random.uniform();
            }
        }
        const std::size_t size = std::max(rows, columns);
        std::vector<std::size_t> order(size);
        std::iota(order.begin(), order.end(), std::size_t{0});
        double best = 0.0;
        do {
            double total = 0.0;
            for (std::size_t r = 0; r < rows; ++r) {
                total += order[r] < columns ? gain[r][order[r]] : 0.0;
            }
            best = std::max(best, total);
        } while (std::ranges::next_permutation(order).found);
        const Assignment found = best_assignment(gain);
        EXPECT_NEAR(found.total, best, 1e-12) << "seed " << seed;
        std::set<std::size_t> used;
        double sum = 0.0;
        for (std::size_t r = 0; r < rows; ++r) {
            if (found.column_of_row[r].has_value()) {
                EXPECT_TRUE(used.insert(*found.column_of_row[r]).second) << "seed " << seed;
                sum += gain[r][*found.column_of_row[r]];
            }
        }
        EXPECT_NEAR(sum, best, 1e-12) << "seed " << seed;
    }
    EXPECT_TRUE(best_assignment({}).column_of_row.empty());
    EXPECT_EQ(best_assignment({{}, {}}).column_of_row.size(), 2U);
}

/// A year on three accounts: standing orders, card payments, and purchases whose amounts collide
/// with transfers and refunds. truth[i] is the other leg, or i itself.
struct Year {
    std::vector<Transaction> legs;
    std::vector<std::size_t> truth;
};

Year live_a_year(std::uint64_t seed) {
    Random random(seed);
    Year year;
    const auto add = [&](int on, std::int32_t day, std::int64_t minor, const char* text) {
        Transaction made = leg(on, "2026-01-01", "0.00", text);
        made.date = made.date.plus_days(day);
        made.amount = money::Money::from_minor(minor, made.amount.currency());
        year.truth.push_back(year.legs.size());
        year.legs.push_back(made);
    };
    const auto transfer = [&](int from, int to, std::int32_t day, std::int64_t minor,
                              const char* out, const char* in) {
        add(from, day, -minor, out);
        add(to, day + static_cast<std::int32_t>(random.below(4)), minor, in);
        year.truth[year.truth.size() - 1] = year.legs.size() - 2;
        year.truth[year.truth.size() - 2] = year.legs.size() - 1;
    };
    for (std::int32_t month = 0; month < 12; ++month) {
        transfer(1, 2, month * 30, 50000, "Standing order to savings", "TRANSFER FROM CHECKING");
        transfer(1, 3, month * 30 + 12, random.between(20000, 190000), "VISA AUTOPAY EPAYMENT",
                 "PAYMENT THANK YOU");
        if (random.chance(0.5)) {
            transfer(2, 1, month * 30 + 20, 10000 * random.between(1, 4), "Withdrawal transfer",
                     "Online transfer");
        }
        for (int i = 0; i < 25; ++i) {
            const auto day = month * 30 + static_cast<std::int32_t>(random.below(30));
            const std::int64_t minor =
                random.chance(0.2) ? 1000 * random.between(1, 50) : random.between(100, 30000);
            add(random.chance(0.5) ? 1 : 3, day, -minor, "SHOP PURCHASE");
            if (random.chance(0.05)) {
                add(3, day + 4, minor, "SHOP REFUND");
            }
        }
        add(1, month * 30 + 1, 250000, "ACME PAYROLL");
    }
    return year;
}

TEST(PairTransfers, SeededYearsHaveTheirTransfersBack) {
    std::size_t right = 0;
    std::size_t wrong = 0;
    std::size_t transfers = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const Year year = live_a_year(seed);
        for (std::size_t i = 0; i < year.truth.size(); ++i) {
            transfers += year.truth[i] != i && year.legs[i].amount.is_negative() ? 1U : 0U;
        }
        std::set<std::size_t> used;
        for (const TransferPair& pair : pair_transfers(year.legs).pairs) {
            EXPECT_TRUE(used.insert(pair.out).second && used.insert(pair.in).second);
            (year.truth[pair.out] == pair.in ? right : wrong) += 1;
        }
    }
    const double precision = static_cast<double>(right) / static_cast<double>(right + wrong);
    const double recall = static_cast<double>(right) / static_cast<double>(transfers);
    std::printf("[ transfers] precision %.5f recall %.5f (%zu transfers, seeds 1 to 100)\n",
                precision, recall, transfers);
    EXPECT_GE(precision, 0.99);
    EXPECT_GE(recall, 0.99);
}

}  // namespace
}  // namespace atlas::finance::ledger
