// SPDX-License-Identifier: Apache-2.0
// Goal: rows that are missing from a file are told with their place and sum, and nothing is told of
// a whole one, however it is ordered.
// Method: seeded registers whose rows are taken out, turned round and swapped within a day; files
// of three formats by hand.
#include "finance/statements/balance_chain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

money::Money euro(std::int64_t cents) {
    return money::Money::from_minor(cents, money::Currency::parse("EUR").value());
}

struct Row {
    std::int64_t amount = 0;
    std::optional<std::int64_t> balance{};
    std::int64_t line = 0;
};

/// Rows in the order of time, each with its balance and its number as its line.
std::vector<Row> drawn(Random& random, std::size_t count) {
    std::vector<Row> rows;
    std::int64_t balance = random.between(-50'000, 50'000);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t amount = random.between(1, 9'999) * (random.chance(0.8) ? -1 : 1);
        balance += amount;
        rows.push_back({amount, balance, static_cast<std::int64_t>(i) + 1});
    }
    return rows;
}

BalanceChain chain_of(const std::vector<Row>& rows) {
    BalanceChain chain;
    for (const Row& row : rows) {
        const auto balance = row.balance.has_value() ? std::optional(euro(*row.balance))
                                                     : std::optional<money::Money>();
        chain.add(euro(row.amount), balance, {.line = row.line});
    }
    return chain;
}

TEST(BalanceChain, TellsEachGapWithItsPlaceAndSum) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        std::vector<Row> rows = drawn(random, 12 + random.below(60));
        // Between the ends, one or two rows that lie next to each other.
        const std::size_t at = 2 + random.below(rows.size() - 5);
        const std::size_t count = 1 + random.below(2);
        std::int64_t missing = 0;
        for (std::size_t i = at; i < at + count; ++i) {
            missing += rows[i].amount;
        }
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at),
                   rows.begin() + static_cast<std::ptrdiff_t>(at + count));
        const std::int64_t line = rows[at].line;
        const bool turned = random.chance(0.5);
        if (turned) {
            std::reverse(rows.begin(), rows.end());
        }
        const BalanceChain chain = chain_of(rows);
        EXPECT_EQ(chain.runs_back(), turned);
        const auto gaps = chain.gaps(turned);
        ASSERT_EQ(gaps.size(), missing == 0 ? 0U : 1U);
        if (missing != 0) {
            EXPECT_EQ(gaps[0].position.line, line);
            EXPECT_NE(gaps[0].reason.find(" " + to_string(euro(missing)) + " of it"),
                      std::string::npos)
                << gaps[0].reason;
        }
    }
}

TEST(BalanceChain, SaysNothingOfAWholeFile) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        std::vector<Row> rows = drawn(random, 3 + random.below(60));
        if (random.chance(0.5)) {
            std::reverse(rows.begin(), rows.end());
        }
        const bool back = rows.front().line > rows.back().line;
        EXPECT_TRUE(chain_of(rows).gaps(back).empty());
        // Two of one day in another order: every sum is still right.
        auto swapped = rows;
        const std::size_t at = random.below(rows.size() - 1);
        std::swap(swapped[at], swapped[at + 1]);
        if (at > 0 && at + 2 < rows.size()) {
            EXPECT_TRUE(chain_of(swapped).gaps(back).empty());
        }
        // A balance only behind the last row of a day.
        auto sparse = rows;
        for (std::size_t i = 1; i + 1 < sparse.size(); ++i) {
            if (random.chance(0.5)) {
                sparse[i].balance.reset();
            }
        }
        EXPECT_TRUE(chain_of(sparse).gaps(back).empty());
    }
}

TEST(BalanceChain, IsSilentWhereTheColumnIsNoRunningBalance) {
    std::vector<Row> rows;
    for (std::int64_t i = 0; i < 20; ++i) {
        rows.push_back({-100 - i, 5'000 + i % 2, i + 1});
    }
    EXPECT_TRUE(chain_of(rows).gaps(false).empty());
    EXPECT_TRUE(BalanceChain().gaps(false).empty());
    EXPECT_TRUE(chain_of({{100, 200, 1}}).gaps(true).empty());
}

TEST(BalanceChain, SumsBeyondTheRangeOfMoneyAreNoGaps) {
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    EXPECT_TRUE(
        chain_of({{1, -most, 1}, {1, most, 2}, {1, -most, 3}, {2, most, 4}}).gaps(false).empty());
}

TEST(BalanceChain, SumsOfRowsWithoutABalanceBeyondTheRangeAreNoGaps) {
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const std::vector<Row> rows = {{1, 100, 1},   {1, 101, 2},   {1, 102, 3}, {1, 103, 4},
                                   {most, {}, 5}, {most, {}, 6}, {1, 110, 7}};
    EXPECT_TRUE(chain_of(rows).gaps(false).empty());
    // The same within the range is one gap.
    const std::vector<Row> small = {{1, 100, 1}, {1, 101, 2}, {1, 102, 3}, {1, 103, 4},
                                    {2, {}, 5},  {2, {}, 6},  {1, 110, 7}};
    EXPECT_EQ(chain_of(small).gaps(false).size(), 1U);
}

TEST(BalanceChain, AtMostFiveGapsAreTold) {
    Random random(7);
    std::vector<Row> rows = drawn(random, 60);
    for (std::size_t i = 50; i > 5; i -= 5) {
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
    }
    EXPECT_EQ(chain_of(rows).gaps(false).size(), kBalanceGapsMax);
}

Statement read(const std::string& text, const char* name) {
    auto file = read_statements(text, name, {});
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    return file.has_value() && file->statements.size() == 1 ? file->statements[0] : Statement();
}

TEST(StatementSums, ACsvSaysBeforeWhichRowSomethingIsMissing) {
    const Statement s = read(
        "Date,Description,Amount,Balance\n2026-01-02,Coffee,-3.50,96.50\n"
        "2026-01-03,Lunch,-10.00,86.50\n2026-01-05,Salary,1000.00,1076.50\n"
        "2026-01-06,Books,-20.00,1056.50\n",
        "a.csv");
    ASSERT_EQ(s.notes.size(), 1U);
    EXPECT_EQ(s.notes[0].position.line, 4);
    EXPECT_EQ(s.notes[0].reason,
              "the balance goes from 86.50 USD to 1076.50 USD, and -10.00 USD of it is in no row "
              "that was read: rows are missing");
}

TEST(StatementSums, OfOneDayTheBalancesTellWhichRowIsTheNewest) {
    const std::string head = "Date,Description,Amount,Balance\n";
    const std::string rows[] = {"2026-01-02,Coffee,-3.50,96.50\n",
                                "2026-01-02,Lunch,-10.00,86.50\n",
                                "2026-01-02,Salary,1000.00,1086.50\n"};
    for (const bool back : {false, true}) {
        const Statement s =
            read(back ? head + rows[2] + rows[1] + rows[0] : head + rows[0] + rows[1] + rows[2],
                 "a.csv");
        EXPECT_EQ(to_string(s.opening_balance.value().amount), "100.00 USD");
        EXPECT_EQ(to_string(s.closing_balance.value().amount), "1086.50 USD");
        EXPECT_TRUE(s.notes.empty());
    }
}

std::string mt940(const std::string& lines, const char* closing) {
    return ":20:X\n:25:12345678/0001020304\n:28C:1/1\n:60F:C260101EUR100,00\n" + lines +
           ":62F:" + closing + "\n-\n";
}

TEST(StatementSums, AStatementWhoseBalancesAndMovementsDoNotMeetSaysSo) {
    const std::string line = ":61:2601050105D12,34NMSCNONREF\n:86:SHOP\n";
    EXPECT_TRUE(read(mt940(line, "C260131EUR87,66"), "a.sta").notes.empty());
    const Statement s = read(mt940(line, "C260131EUR80,00"), "a.sta");
    ASSERT_EQ(s.notes.size(), 1U);
    EXPECT_EQ(s.notes[0].position.line, 5);
    EXPECT_EQ(s.notes[0].reason,
              "the statement opens with 100.00 EUR and closes with 80.00 EUR, where its movements "
              "make 87.66 EUR: -7.66 EUR is missing from the file");
    // Announced movements are in no balance; refused ones may be what is missing.
    EXPECT_TRUE(read(mt940(line + ":61:2601300130EDR5,00NMSCNONREF\n", "C260131EUR87,66"), "a.sta")
                    .notes.empty());
    const Statement refused =
        read(mt940(line + ":61:26AB05D7,66NMSCNONREF\n", "C260131EUR80,00"), "a.sta");
    ASSERT_EQ(refused.notes.size(), 1U);
    EXPECT_TRUE(refused.notes[0].reason.ends_with(
        "-7.66 EUR is in those refused, or missing from the file"));
}

TEST(StatementSums, SheetsThatGoOnAreOneSum) {
    const std::string first =
        ":20:S\n:25:1/2\n:28C:1/1\n:60F:C260101EUR100,00\n"
        ":61:2601050105D12,34NMSCNONREF\n:62M:C260105EUR87,66\n-\n";
    const std::string next =
        ":20:S\n:25:1/2\n:28C:1/2\n:60M:C260105EUR87,66\n"
        ":61:2601060106D1,00NMSCNONREF\n:62F:C260106EUR";
    EXPECT_TRUE(read(first + next + "86,66\n-\n", "a.sta").notes.empty());
    EXPECT_EQ(read(first + next + "86,65\n-\n", "a.sta").notes.size(), 1U);
}

std::string camt(const char* closing) {
    const auto balance = [](const char* type, const char* amount) {
        return format(
            "<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>",
            type, amount);
    };
    const auto entry = [](const char* amount, const char* state) {
        return format(
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>{}</Sts>"
            "<BookgDt><Dt>2026-01-05</Dt></BookgDt></Ntry>",
            amount, state);
    };
    return "<?xml version=\"1.0\"?><Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>1</"
           "Id>"
           "<Acct><Id><IBAN>DE02100100100006820101</IBAN></Id><Ccy>EUR</Ccy></Acct>" +
           balance("OPBD", "100.00") + balance("CLBD", closing) + entry("12.34", "BOOK") +
           entry("5.00", "PDNG") + "</Stmt></BkToCstmrStmt></Document>";
}

TEST(StatementSums, CamtIsHeldToItsBalancesToo) {
    EXPECT_TRUE(read(camt("87.66"), "a.xml").notes.empty());
    const Statement s = read(camt("187.66"), "a.xml");
    ASSERT_EQ(s.notes.size(), 1U);
    EXPECT_TRUE(s.notes[0].reason.ends_with("100.00 EUR is missing from the file"));
}

}  // namespace
}  // namespace atlas::finance::statements
