// SPDX-License-Identifier: Apache-2.0
// Goal: QIF of Quicken and of everybody else, with the order of dates and the decimal mark settled
// by the whole file or asked. Method: one small file for each rule, seeded damage.
#include "finance/statements/qif.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "finance/statements/fuzz_laws.hpp"
#include "finance/statements/qif_records.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

ReadOptions dollars() {
    return {.currency = *money::Currency::parse("USD"), .mapping = {}};
}

StatementFile read(const std::string& text, const ReadOptions& options = dollars()) {
    const auto file = read_statements(text, "test.qif", options);
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    StatementFile none;
    none.statements.resize(1);
    return file.has_value() ? *file : none;
}

/// Days of a file's entries, then its open questions.
std::string days(const std::vector<std::string>& dates) {
    std::string text = "!Type:Bank\n";
    for (const std::string& date : dates) {
        text += "D" + date + "\nT-1.50\nPX\n^\n";
    }
    const StatementFile file = read(text);
    std::string out;
    for (const StatementEntry& entry : file.statements[0].entries) {
        out += to_string(entry.date) + " ";
    }
    for (const Rejected& refused : file.statements[0].rejected) {
        out += "refused:" + std::to_string(refused.position.line) + " ";
    }
    if (file.csv.has_value()) {
        for (const CsvAmbiguity& question : file.csv->ambiguities) {
            out += question.field + "?";
        }
    }
    return out;
}

TEST(Qif, TheWholeFileSettlesTheOrderOfDates) {
    EXPECT_EQ(days({"1/31'24", "2/ 1' 4"}), "2024-01-31 2004-02-01 ");
    EXPECT_EQ(days({"01/31/2024", "02/01/2024"}), "2024-01-31 2024-02-01 ");
    EXPECT_EQ(days({"31.1.2024", "1.2.24"}), "2024-01-31 2024-02-01 ");
    EXPECT_EQ(days({"2024-01-31", "2024-02-01"}), "2024-01-31 2024-02-01 ");
    EXPECT_EQ(days({"24-01-31", "24-02-01", "24-12-05"}), "2024-01-31 2024-02-01 2024-12-05 ");
    EXPECT_EQ(days({"31-01-24", "01-02-24", "05-12-24"}), "2024-01-31 2024-02-01 2024-12-05 ");
    EXPECT_EQ(days({"24-01-05", "24-01-06"}), "2024-01-05 2024-01-06 ");
    EXPECT_EQ(days({"05.01.24", "06.01.24"}), "2024-01-05 2024-01-06 ");
    EXPECT_EQ(days({"12/31/98", "1/1/99"}), "1998-12-31 1999-01-01 ");
    EXPECT_EQ(days({"20240131"}), "2024-01-31 ");
    EXPECT_EQ(days({"31 Jan 2024"}), "2024-01-31 ");
    EXPECT_EQ(days({"01/31/2024", "31/31/2024"}), "2024-01-31 refused:6 ");
}

TEST(Qif, DatesThatSettleNothingAreAQuestionAndAMappingAnswersIt) {
    EXPECT_NE(days({"3/4/2024", "5/4/2024"}).find("date_order?"), std::string::npos);
    EXPECT_NE(days({"24-01-05"}).find("date_order?"), std::string::npos);
    ReadOptions options = dollars();
    options.mapping = CsvMapping{.delimiter = ',',
                                 .encoding = {},
                                 .skip_records = 0,
                                 .columns = {},
                                 .date_order = DateOrder::day_month_year,
                                 .decimal_mark = DecimalMark::unknown,
                                 .sign = AmountSign::positive_is_in,
                                 .currency = {}};
    const auto file = read("!Type:Bank\nD3/4/2024\nT1\nPX\n^\n", options);
    EXPECT_EQ(to_string(file.statements[0].entries.at(0).date), "2024-04-03");
    EXPECT_TRUE(file.csv.has_value() && file.csv->ambiguities.empty());
    // Sorted under one order and not under the other.
    EXPECT_EQ(days({"1/2/2024", "2/2/2024", "12/2/2024", "1/3/2024", "9/3/2024", "2/4/2024"}),
              "2024-02-01 2024-02-02 2024-02-12 2024-03-01 2024-03-09 2024-04-02 ");
}

TEST(Qif, AmountsTakeTheMarkTheFileProves) {
    const auto amounts = [](const std::vector<std::string>& list) {
        std::string text = "!Type:Bank\n";
        for (const std::string& amount : list) {
            text += "D2024-01-31\nT" + amount + "\nPX\n^\n";
        }
        const StatementFile file = read(text);
        std::string out;
        for (const StatementEntry& entry : file.statements[0].entries) {
            out += to_decimal(entry.amount) + " ";
        }
        return out + (file.csv.has_value() ? "?" : "");
    };
    EXPECT_EQ(amounts({"-1,234.56", "1,234"}), "-1234.56 1234.00 ");
    EXPECT_EQ(amounts({"-1.234,56", "1.234"}), "-1234.56 1234.00 ");
    EXPECT_EQ(amounts({"-12.5", "+7"}), "-12.50 7.00 ");
    EXPECT_EQ(amounts({"1,234"}), "?");
}

TEST(Qif, FieldsSplitsTransfersAndClassesAreKept) {
    const auto file = read(
        "!Type:Bank\nD2024-01-31\nU-100.00\nT-100.00\nCX\nN1042\nPWhole Foods\nMweekly\nAStreet\n"
        "LFood:Groceries/Trip\nSFood:Groceries\nEbread\n$-60.00\nSHousehold\n$-40.00\n^\n"
        "D2024-02-01\nT-250.00\nNTXFR\nL[Savings]\n^\nD2024-02-02\nT5\nPX\nSA\n$2\nSB\n$2\n^\n"
        "D2024-02-03\nT5\nPX\nL[Visa]/Class\n^\n");
    const auto& entries = file.statements[0].entries;
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].description + "|" + entries[0].payee + "|" + entries[0].memo,
              "Whole Foods|Whole Foods|weekly");
    EXPECT_EQ(entries[0].check_number, "1042");
    EXPECT_EQ(entries[0].category, "Food:Groceries");
    EXPECT_EQ(entries[0].tags, std::vector<std::string>{"Trip"});
    ASSERT_EQ(entries[0].splits.size(), 2U);
    EXPECT_EQ(entries[0].splits[0].memo, "bread");
    EXPECT_EQ(to_string(entries[0].splits[1].amount), "-40.00 USD");
    EXPECT_EQ(entries[1].description + entries[1].category + entries[1].kind,
              "[Savings][Savings]TXFR");
    EXPECT_TRUE(entries[2].splits.empty());
    EXPECT_EQ(file.statements[0].notes.size(), 1U);
    EXPECT_EQ(entries[3].category + entries[3].tags.at(0), "[Visa]Class");
}

TEST(Qif, RegistersBelongToTheirAccounts) {
    const auto file = read(
        "!Option:AutoSwitch\n!Account\nNChecking\nTBank\n^\nNVisa\nTCCard\n^\n!Clear:AutoSwitch\n"
        "!Type:Cat\nNFood\nE\n^\n!Account\nNChecking\nTBank\n^\n!Type:Bank\nD2024-01-01\nT100\n"
        "POpening Balance\nL[Checking]\n^\nD2024-01-05\nT-1\nPX\n^\n!Account\nNVisa\nTCCard\n^\n"
        "!Type:CCard\nD2024-01-06\nT-2\nPY\n^\n!Account\nNChecking\nTBank\n^\n!Type:Bank\n"
        "D2024-01-07\nT-3\nPZ\n^\n!Account\nNBroker\nTInvst\n^\n!Type:Invst\nD2024-01-07\nNBuy\n"
        "YACME\n^\n!Type:Prices\n\"ACME\",12,\"1/1/24\"\n^\n");
    ASSERT_EQ(file.statements.size(), 3U);
    EXPECT_EQ(file.statements[0].account.name, "Checking");
    EXPECT_EQ(file.statements[0].entries.size(), 2U);
    EXPECT_EQ(to_string(file.statements[0].opening_balance->amount), "100.00 USD");
    EXPECT_EQ(to_string(file.statements[0].closing_balance->amount), "96.00 USD");
    EXPECT_EQ(to_string(*file.statements[0].closing_balance->date), "2024-01-07");
    EXPECT_EQ(*file.statements[1].account.type, ledger::AccountType::credit_card);
    EXPECT_EQ(file.statements[2].rejected.size(), 1U);
    EXPECT_EQ(file.statements[2].entries.size(), 0U);
    const auto named = read("!Type:Cash\nD2024-01-01\nT9\nPOpening Balance\nL[Purse]\n^\n");
    EXPECT_EQ(named.statements[0].account.name, "Purse");
    EXPECT_EQ(*named.statements[0].account.type, ledger::AccountType::cash);
}

TEST(Qif, WhatIsMissingIsRefusedAtItsPlace) {
    const auto refusal = [](const std::string& record) {
        const auto file = read("!Type:Bank\n" + record);
        const auto& refused = file.statements[0].rejected;
        return refused.size() != 1 || !file.statements[0].entries.empty()
                   ? std::string("none")
                   : std::to_string(refused[0].position.line) + ":" +
                         std::to_string(refused[0].position.column) + " " + refused[0].reason;
    };
    EXPECT_EQ(refusal("T1\nPX\n^\n"), "2:1 no date (D) in this transaction");
    EXPECT_EQ(refusal("D2024-01-31\nPX\n^\n"), "2:1 no amount (T) in this transaction");
    EXPECT_EQ(refusal("D2024-01-31\nT1\nU2\n^\n"),
              "4:2 T and U of this transaction are two different amounts");
    EXPECT_EQ(refusal("D2024-01-31\nTabc\n^\n").substr(0, 4), "3:2 ");
    EXPECT_EQ(refusal("D2024-01-31\nT1.234\n^\n").substr(0, 4), "3:2 ");
    EXPECT_EQ(refusal("D2024-02-30\nT1\n^\n").substr(0, 4), "2:2 ");
    EXPECT_EQ(refusal("D2024-01-31\nT1"), "2:1 the file ends inside this transaction");
    EXPECT_EQ(refusal("D2024-01-31\nT1\n"), "none");
    EXPECT_EQ(read("!Type:Bank\nD2024-01-31\nT1\n^\n", {}).statements[0].rejected.size(), 1U);
    EXPECT_FALSE(read_statements("!Type:Cat\nNFood\n^\n", "x", dollars()).has_value());
}

TEST(Qif, LineEndsHeadingsAndEncodingsDoNotMatter) {
    for (const std::string& text :
         {std::string("!Type:Bank\r\nD2024-01-31\r\nT-1.50\r\nPB\xE4"
                      "cker\r\n^\r\n"),
          std::string("!Type:Bank\rD2024-01-31\rT-1.50\rPB\xE4"
                      "cker\r^\r"),
          std::string("\xEF\xBB\xBF!type:bank \nD2024-01-31\nT-1.50\nPB\xC3\xA4"
                      "cker\n^\n"),
          std::string("D2024-01-31\nT-1.50\nPB\xC3\xA4"
                      "cker\n^\n"),
          std::string("\n!Type:Bank\nD2024-01-31\nT-1.50\nPB\xC3\xA4"
                      "cker\n!Type:Bank\n")}) {
        const auto file = read(text);
        ASSERT_EQ(file.statements[0].entries.size(), 1U) << text;
        EXPECT_EQ(file.statements[0].entries[0].description,
                  "B\xC3\xA4"
                  "cker");
        EXPECT_EQ(file.format, Format::qif);
    }
}

TEST(Qif, NoDamageBreaksTheLaws) {
    const std::string whole =
        "!Account\nNA\n^\n!Type:Bank\nD1/31'24\nT-1,234.50\nPX\nMm\nLA:B/C\nSA\nEe\n$-1,234.50\n^\n"
        "D2/1'24\nU5\nT5\nN12\nL[S]\n^\n";
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed);
        std::string text = whole;
        for (std::uint64_t hits = 1 + random.below(6); hits > 0; --hits) {
            const auto at = static_cast<std::size_t>(random.below(text.size()));
            switch (random.below(4)) {
                case 0: text.erase(at, static_cast<std::size_t>(random.below(10))); break;
                case 1: text[at] = static_cast<char>(random.below(256)); break;
                case 2: text.insert(at, text.substr(at / 2, 20)); break;
                default: text.insert(at, 1, '\n'); break;
            }
            text += ' ';
        }
        SCOPED_TRACE(seed);
        SourceText source(text);
        const auto file = read_qif(source, dollars());
        if (file.has_value()) {
            check_laws(*file, source.text().size());
        }
    }
}

TEST(Qif, HostileSizesAreLinearAndBounded) {
    for (const char* piece : {"S\n$1\n", "!Type:Bank\n", "^\n", "!Account\nNA\n^\n", "D\n"}) {
        std::string text = "!Type:Bank\nD2024-01-31\nT1\n";
        for (int i = 0; i < 200'000; ++i) {
            text += piece;
        }
        EXPECT_TRUE(read_statements(text + "^\n", "x", dollars()).has_value()) << piece;
    }
}

}  // namespace
}  // namespace atlas::finance::statements
