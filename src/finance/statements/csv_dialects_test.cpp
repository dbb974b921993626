// SPDX-License-Identifier: Apache-2.0
// Goal: the exports of other programs and of the newer banks are known by their headers, without a
// question. Method: two or three rows of each, in the layout that program documents.
#include <gtest/gtest.h>

#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

StatementFile read(const std::string& text) {
    const ReadOptions options{.currency = *money::Currency::parse("EUR"), .mapping = {}};
    const auto file = read_statements(text, "test.csv", options);
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    StatementFile none;
    none.statements.resize(1);
    if (file.has_value() && file->csv.has_value()) {
        for (const CsvAmbiguity& question : file->csv->ambiguities) {
            ADD_FAILURE() << question.field << ": " << question.reason;
        }
    }
    return file.has_value() ? *file : none;
}

/// "account: date amount payee|description|memo|category|id", one entry a line.
std::string shown(const StatementFile& file) {
    std::string out;
    for (const Statement& statement : file.statements) {
        for (const StatementEntry& e : statement.entries) {
            out += statement.account.name + ": " + to_string(e.date) + " " + to_string(e.amount) +
                   " " + e.payee + "|" + e.description + "|" + e.memo + "|" + e.category + "|" +
                   e.bank_id + "\n";
        }
    }
    return out;
}

constexpr const char* kFireflyHeader =
    "user_id,group_id,journal_id,created_at,updated_at,group_title,type,currency_code,amount,"
    "foreign_currency_code,foreign_amount,primary_currency_code,pc_amount,pc_foreign_amount,"
    "description,date,source_name,source_iban,source_type,destination_name,destination_iban,"
    "destination_type,reconciled,category,budget,bill,tags,notes\n";

std::string firefly(const std::string& journal, const std::string& type, const std::string& money,
                    const std::string& parties, const std::string& rest = ",,,,,,") {
    return "1,1," + journal + ",2024-01-05T10:00:00+01:00,2024-01-05T10:00:00+01:00,," + type +
           "," + money + ",EUR,1,," + "Text " + journal + ",2024-01-05T00:00:00+01:00," + parties +
           "," + rest + "\n";
}

TEST(CsvDialects, FireflyGivesEachOwnAccountItsSide) {
    const std::string own = "Checking,DE75512108001245126199,Asset account";
    const std::string saved = "Savings,,Asset account";
    const auto file =
        read(std::string(kFireflyHeader) +
             firefly("1", "Withdrawal", "EUR,-12.50,USD,-13.60", own + ",Rewe,,Expense account",
                     "0,Groceries,Food,,\"weekly, family\",note") +
             firefly("2", "Deposit", "EUR,2150.77,,", "ACME,,Revenue account," + own) +
             firefly("3", "Transfer", "EUR,100.00,,", own + "," + saved) +
             firefly("4", "Opening balance", "EUR,500.00,,",
                     "Initial,,Initial balance account," + saved) +
             firefly("5", "Transfer", "EUR,10.00,USD,11.00", own + ",Dollars,,Asset account") +
             firefly("6", "Transfer", "EUR,1,,", "A,,Expense account,B,,Revenue account"));
    EXPECT_EQ(shown(file),
              "Checking: 2024-01-05 -12.50 EUR Rewe|Text 1|note|Groceries|firefly-1\n"
              "Checking: 2024-01-05 2150.77 EUR ACME|Text 2|||firefly-2\n"
              "Checking: 2024-01-05 -100.00 EUR Savings|Text 3||[Savings]|firefly-3\n"
              "Checking: 2024-01-05 -10.00 EUR Dollars|Text 5||[Dollars]|firefly-5\n"
              "Savings: 2024-01-05 100.00 EUR Checking|Text 3||[Checking]|firefly-3\n"
              "Dollars: 2024-01-05 11.00 USD Checking|Text 5||[Checking]|firefly-5\n");
    const auto& entries = file.statements[0].entries;
    EXPECT_EQ(to_string(*entries[0].original), "-13.60 USD");
    EXPECT_EQ(entries[0].tags, (std::vector<std::string>{"weekly", "family"}));
    EXPECT_EQ(file.statements[0].account.number, "DE75512108001245126199");
    EXPECT_EQ(to_string(file.statements[1].opening_balance->amount), "500.00 EUR");
    EXPECT_EQ(to_string(file.statements[1].closing_balance->amount), "600.00 EUR");
    ASSERT_EQ(file.statements[0].rejected.size(), 1U);
    EXPECT_EQ(file.statements[0].rejected[0].position.line, 7);
}

TEST(CsvDialects, FireflyRowsThatCannotBeReadHaveTheirPlace) {
    const std::string parties = "C,,Asset account,R,,Expense account";
    const auto file = read(
        std::string(kFireflyHeader) + firefly("1", "Withdrawal", "EUR,abc,,", parties) +
        firefly("2", "Withdrawal", "XQX,1,,", parties) +
        "1,1,3,,,,Withdrawal,EUR,-1,,,,,,X,2024-02-30,C,,Asset account,R,,Expense account,0,,,,,"
        "\n");
    ASSERT_EQ(file.statements[0].rejected.size(), 3U);
    EXPECT_EQ(file.statements[0].rejected[2].position.line, 4);
    EXPECT_TRUE(file.statements[0].entries.empty());
}

TEST(CsvDialects, YnabRegistersHaveOutflowAndInflow) {
    EXPECT_EQ(
        shown(read("\"Account\",\"Flag\",\"Date\",\"Payee\",\"Category Group/Category\",\"Category "
                   "Group\",\"Category\",\"Memo\",\"Outflow\",\"Inflow\",\"Cleared\"\n"
                   "\"Checking\",\"\",\"01/15/2024\",\"Whole Foods\",\"Food: Groceries\",\"Food\","
                   "\"Groceries\",\"weekly\",$45.10,$0.00,\"Cleared\"\n"
                   "\"Checking\",\"\",\"01/16/2024\",\"Transfer : Savings\",\"\",\"\",\"\",\"\","
                   "$100.00,$0.00,\"Cleared\"\n\"Savings\",\"\",\"01/16/2024\",\"Transfer : "
                   "Checking\",\"\",\"\",\"\",\"\",$0.00,$100.00,\"Uncleared\"\n")),
        "Checking: 2024-01-15 -45.10 EUR Whole Foods|Whole Foods|weekly|Food: Groceries|\n"
        "Checking: 2024-01-16 -100.00 EUR Transfer : Savings|Transfer : Savings|||\n"
        "Savings: 2024-01-16 100.00 EUR Transfer : Checking|Transfer : Checking|||\n");
    const auto plan = read_statements(
        "\"Month\",\"Category Group/Category\",\"Category Group\",\"Category\",\"Budgeted\","
        "\"Activity\",\"Available\"\n\"Jan 2024\",\"Food: G\",\"Food\",\"G\",$300.00,-$45.10,"
        "$254.90\n",
        "plan.csv", {});
    ASSERT_FALSE(plan.has_value());
    EXPECT_NE(plan.error().message.find("YNAB's plan"), std::string::npos);
}

TEST(CsvDialects, MintHasDirectionCategoryAndLabels) {
    const auto file = read(
        "\"Date\",\"Description\",\"Original Description\",\"Amount\",\"Transaction Type\","
        "\"Category\",\"Account Name\",\"Labels\",\"Notes\"\n\"1/15/2024\",\"Whole Foods\","
        "\"WHOLEFDS 123\",\"45.10\",\"debit\",\"Groceries\",\"Checking\",\"a,b\",\"\"\n"
        "\"1/14/2024\",\"Paycheck\",\"ACME\",\"2150.77\",\"credit\",\"Paycheck\",\"Checking\","
        "\"\",\"bonus\"\n");
    EXPECT_EQ(shown(file),
              "Checking: 2024-01-15 -45.10 EUR |Whole Foods WHOLEFDS 123||Groceries|\n"
              "Checking: 2024-01-14 2150.77 EUR |Paycheck ACME|bonus|Paycheck|\n");
    EXPECT_EQ(file.statements[0].entries[0].tags, (std::vector<std::string>{"a", "b"}));
}

TEST(CsvDialects, NewerBanksAreReadWithoutAQuestion) {
    const auto revolut = read(
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,"
        "Balance\nCARD_PAYMENT,Current,2024-01-05 10:11:12,2024-01-06 11:12:13,Tesco,-12.50,"
        "0.00,GBP,COMPLETED,87.50\nTRANSFER,Current,2024-01-07 10:11:12,,To Anna,-5.00,0.50,"
        "GBP,PENDING,\nCARD_PAYMENT,Current,2024-01-08 10:11:12,2024-01-08 11:12:13,Tesco,"
        "-2.50,0.00,GBP,REVERTED,87.50\n");
    EXPECT_EQ(shown(revolut),
              ": 2024-01-06 -12.50 GBP |Tesco|||\n: 2024-01-07 -5.50 GBP |To Anna|||\n");
    EXPECT_TRUE(revolut.statements[0].entries[1].pending);
    EXPECT_EQ(revolut.statements[0].rejected.size(), 1U);
    const auto n26 = read(
        "\"Booking Date\",\"Value Date\",\"Partner Name\",\"Partner Iban\",Type,\"Payment "
        "Reference\",\"Account Name\",\"Amount (EUR)\",\"Original Amount\",\"Original "
        "Currency\",\"Exchange Rate\"\n2024-01-05,2024-01-05,Rewe,,Presentment,-,\"Main\","
        "-12.50,13.60,USD,1.088\n");
    EXPECT_EQ(to_string(*n26.statements[0].entries.at(0).original), "-13.60 USD");
    const auto wise = read(
        "\"TransferWise ID\",Date,Amount,Currency,Description,\"Payment Reference\",\"Running "
        "Balance\",\"Total fees\"\nCARD-123,05-01-2024,-12.50,EUR,\"Card\",,87.50,0\n"
        "TRANSFER-5,31-01-2024,100.00,EUR,\"Received\",rent,187.50,0\n");
    EXPECT_EQ(shown(wise),
              ": 2024-01-05 -12.50 EUR |Card|||CARD-123\n"
              ": 2024-01-31 100.00 EUR |Received|rent||TRANSFER-5\n");
}

TEST(CsvDialects, ANetAmountHasItsFeeInIt) {
    EXPECT_EQ(shown(read("\"Date\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\","
                         "\"Net\",\"Transaction ID\",\"Balance\"\n\"1/15/2024\",\"Bob\",\"General "
                         "Payment\",\"Completed\",\"USD\",\"10.00\",\"-0.59\",\"9.41\",\"9AB\","
                         "\"89.41\"\n")),
              ": 2024-01-15 9.41 USD |Bob|||9AB\n");
}

TEST(CsvDialects, EveryEncodingGivesTheSameEntries) {
    const std::string utf8 =
        "Kontostand;Stand 31.01.2024;;\n\nDatum;Empf\xC3\xA4nger;Betrag;W\xC3\xA4hrung\n"
        "05.01.2024;B\xC3\xA4"
        "ckerei M\xC3\xBCller;-12,50;EUR\n"
        "31.01.2024;L\xC3\xB6hne;2.150,77;EUR\nSumme;;2.138,27;\n";
    const std::string expected = shown(read(utf8));
    EXPECT_EQ(expected,
              ": 2024-01-05 -12.50 EUR B\xC3\xA4"
              "ckerei M\xC3\xBCller|B\xC3\xA4"
              "ckerei "
              "M\xC3\xBCller|||\n: 2024-01-31 2150.77 EUR L\xC3\xB6hne|L\xC3\xB6hne|||\n");
    std::string latin;
    std::string little = "\xFF\xFE";
    std::string big = "\xFE\xFF";
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        unsigned point = static_cast<unsigned char>(utf8[i]);
        if (point == 0xC3) {
            point = 0xC0 + (static_cast<unsigned char>(utf8[++i]) & 0x3FU);
        }
        latin += static_cast<char>(point);
        little += static_cast<char>(point);
        little += '\0';
        big += '\0';
        big += static_cast<char>(point);
    }
    EXPECT_EQ(shown(read(latin)), expected);
    EXPECT_EQ(shown(read(little)), expected);
    EXPECT_EQ(shown(read(big)), expected);
    EXPECT_EQ(shown(read(little.substr(2))), expected);  // Without its mark.
    EXPECT_EQ(shown(read("\xEF\xBB\xBF" + utf8)), expected);
}

TEST(CsvDialects, OneByteEncodingsAreToldApart) {
    // "Žluťoučký kůň", "Łódź żółć", "Пятёрочка", "Müller Café", as those tables write them.
    const auto of = [](const std::string& text) {
        return shown(read("Date;Description;Amount\n2026-03-01;" + text + ";-3,50\n"));
    };
    EXPECT_NE(of("\x8Elu\x9Dou\xE8k\xFD k\xF9\xF2").find("Žluťoučký kůň"), std::string::npos);
    EXPECT_NE(of("\xA3\xF3"
                 "d\x9F \xBF\xF3\xB3\xE6")
                  .find("Łódź żółć"),
              std::string::npos);
    EXPECT_NE(of("\xCF\xFF\xF2\xB8\xF0\xEE\xF7\xEA\xE0").find("Пятёрочка"), std::string::npos);
    EXPECT_NE(of("\xBFQu\xE9? 12 m\xB3 agua").find("¿Qué? 12 m³ agua"), std::string::npos);
    EXPECT_NE(of("M\xFCller Caf\xE9 \xC5se").find("Müller Café Åse"), std::string::npos);
    EXPECT_NE(of("R\xF8"
                 "dgr\xF8"
                 "d med fl\xF8"
                 "de, d\xE9j\xE0")
                  .find("Rødgrød med fløde, déjà"),
              std::string::npos);
}

}  // namespace
}  // namespace atlas::finance::statements
