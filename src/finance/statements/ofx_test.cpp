// SPDX-License-Identifier: Apache-2.0
// Goal: OFX of either kind and any damage gives its good entries with their places, and a reason
// for each other. Method: small files by hand for every rule, real-world files where they are at
// hand, and seeded damage under the fuzzer's laws.
#include "finance/statements/ofx.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/random.hpp"
#include "finance/statements/fuzz_laws.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

StatementFile read(const std::string& text, ReadOptions options = {}) {
    const auto file = read_statements(text, "test.ofx", options);
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    StatementFile none;
    none.statements.resize(1);
    return file.has_value() ? *file : none;
}

std::string bank(const std::string& body, const std::string& currency = "USD") {
    return "<OFX>\n<STMTRS><CURDEF>" + currency +
           "<BANKACCTFROM><BANKID>1<ACCTID>12345<ACCTTYPE>SAVINGS</"
           "BANKACCTFROM>\n<BANKTRANLIST>\n" +
           body + "\n</BANKTRANLIST></STMTRS></OFX>";
}

std::string entry(const std::string& date, const std::string& amount,
                  const std::string& more = "<NAME>X") {
    return "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>" + date + "<TRNAMT>" + amount + "<FITID>1" + more +
           "</STMTTRN>\n";
}

/// The only entry, or the only refusal, of a body: "2026-01-05 -12.30 USD" or "line:column why".
std::string outcome(const std::string& body, const std::string& currency = "USD") {
    const StatementFile file = read(bank(body, currency));
    const Statement& statement = file.statements.front();
    if (statement.entries.size() + statement.rejected.size() != 1) {
        return "entries " + std::to_string(statement.entries.size());
    }
    if (!statement.entries.empty()) {
        return to_string(statement.entries[0].date) + " " + to_string(statement.entries[0].amount);
    }
    const Rejected& refused = statement.rejected[0];
    return std::to_string(refused.position.line) + ":" + std::to_string(refused.position.column) +
           " " + refused.reason;
}

TEST(Ofx, DatesKeepTheDayAsPrinted) {
    for (const char* text :
         {"20260105", "20260105120000", "20260105235959.999[-5:EST]", "20260105000000.000[+12:NZ]",
          "20260105000000[-:EST]", "2026-01-05", "20260105 ", "202601051200"}) {
        EXPECT_EQ(outcome(entry(text, "-12.30")), "2026-01-05 -12.30 USD") << text;
    }
    EXPECT_EQ(outcome(entry("20260230", "-1")), "4:34 there is no 2026-02-30");
    EXPECT_EQ(outcome(entry("2026010", "-1")), "4:34 \"2026010\" is not a date like 20260131");
    EXPECT_EQ(outcome(entry("202601051", "-1")), "4:34 \"202601051\" is not a date like 20260131");
    EXPECT_EQ(outcome(entry("", "-1")), "4:1 no date (DTPOSTED) in this transaction");
}

TEST(Ofx, AmountsAreReadWhereTheyMeanOneThing) {
    for (const char* text : {"-1234.50", "-1234,50", "-1,234.50", "-1.234,50", "-1 234,50",
                             "-1'234.50", "(1,234.50)", "1234.50-", "-1234.500", "-01234.5"}) {
        EXPECT_EQ(outcome(entry("20260105", text)), "2026-01-05 -1234.50 USD") << text;
    }
    EXPECT_EQ(outcome(entry("20260105", "-1,234,567")), "2026-01-05 -1234567.00 USD");
    EXPECT_EQ(outcome(entry("20260105", "-12,34,567.00")), "2026-01-05 -1234567.00 USD");
    EXPECT_EQ(outcome(entry("20260105", "-1,234"), "JPY"), "2026-01-05 -1234 JPY");
    EXPECT_EQ(outcome(entry("20260105", "-1.234"), "KWD"), "2026-01-05 -1.234 KWD");
    EXPECT_EQ(outcome(entry("20260105", "-0,234"), "KWD"), "2026-01-05 -0.234 KWD");
}

TEST(Ofx, AmountsThatMeanTwoThingsAreRefusedAtTheirPlace) {
    EXPECT_NE(outcome(entry("20260105", "-1,234")).find("4:50 \"-1,234\" is ambiguous"),
              std::string::npos);
    for (const char* text : {"0,234", "-1.234", "$12", "12.3.4", "1,23,45", "--5", "1-5", "", "abc",
                             "1e3", "12.345", "NaN", "0x10", "99999999999999999999", "-"}) {
        const std::string got = outcome(entry("20260105", text));
        EXPECT_EQ(got.find("2026"), std::string::npos) << text << " -> " << got;
    }
    EXPECT_NE(outcome(entry("20260105", "12.345")).find("4:50 "), std::string::npos);
}

TEST(Ofx, OtherAmountsTellAnAmbiguousOne) {
    const auto point = read(bank(entry("20260105", "-1,234") + entry("20260106", "-1.50")));
    ASSERT_EQ(point.statements[0].entries.size(), 2U);
    EXPECT_EQ(to_decimal(point.statements[0].entries[0].amount), "-1234.00");
    const auto comma = read(bank(entry("20260105", "-1.234") + entry("20260106", "-1,50")));
    EXPECT_EQ(to_decimal(comma.statements[0].entries[0].amount), "-1234.00");
    const auto quarrel = read(bank(entry("20260105", "-1,234") + entry("20260106", "-1,50") +
                                   entry("20260107", "-1.50")));
    EXPECT_EQ(quarrel.statements[0].entries.size(), 2U);
    EXPECT_EQ(quarrel.statements[0].rejected.size(), 1U);
}

TEST(Ofx, AccountCurrencyBalancesAndPlaces) {
    const StatementFile file = read(
        "OFXHEADER:100\nCHARSET:1252\n\n<OFX><FI><ORG>My Bank<FID>7</FI>\n"
        "<CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>4111 1</CCACCTFROM><BANKTRANLIST>\n"
        "  <STMTTRN><TRNTYPE>POS<DTPOSTED>20260105<DTUSER>20260103<DTAVAIL>20260107"
        "<TRNAMT>-2<FITID>a&amp;b<CHECKNUM>17<SIC>5814<NAME>CAF\xC9 &lt;1&gt;<MEMO>m &#8364; "
        "&bogus;</STMTTRN>\n"
        "</BANKTRANLIST><LEDGERBAL><BALAMT>-7,50<DTASOF>20260131</LEDGERBAL>"
        "<AVAILBAL><BALAMT>92.5<DTASOF>x</AVAILBAL></CCSTMTRS></OFX>");
    ASSERT_EQ(file.statements.size(), 1U);
    const Statement& card = file.statements[0];
    EXPECT_EQ(file.encoding, Encoding::windows_1252);
    EXPECT_EQ(card.account.institution, "My Bank");
    EXPECT_EQ(card.account.number, "4111 1");
    EXPECT_EQ(card.account.type, ledger::AccountType::credit_card);
    ASSERT_EQ(card.entries.size(), 1U);
    const StatementEntry& e = card.entries[0];
    EXPECT_EQ(e.position, (SourcePosition{6, 3, 138}));
    EXPECT_EQ(e.description, "CAFÉ <1>");
    EXPECT_EQ(e.memo, "m € &bogus;");
    EXPECT_EQ(e.bank_id, "a&b");
    EXPECT_EQ(e.check_number, "17");
    EXPECT_EQ(e.kind, "POS");
    EXPECT_EQ(e.bank_category, "5814");
    EXPECT_EQ(to_string(*e.initiated), "2026-01-03");
    EXPECT_EQ(to_string(*e.posted), "2026-01-07");
    EXPECT_EQ(to_string(card.closing_balance->amount), "-7.50 EUR");
    EXPECT_EQ(to_string(*card.closing_balance->date), "2026-01-31");
    EXPECT_EQ(to_string(card.available_balance->amount), "92.50 EUR");
    EXPECT_FALSE(card.available_balance->date.has_value());
}

TEST(Ofx, EachEncodingIsRead) {
    const auto name_in = [](const std::string& charset, const std::string& bytes) {
        const auto file = read("OFXHEADER:100\nENCODING:USASCII\nCHARSET:" + charset + "\n\n" +
                               bank(entry("20260105", "1", "<NAME>" + bytes)));
        return file.statements[0].entries.at(0).description;
    };
    EXPECT_EQ(name_in("1252", "caf\xE9 \x80"), "café €");
    EXPECT_EQ(name_in("1250",
                      "\xB3\xF3"
                      "d\x9F"),
              "łódź");
    EXPECT_EQ(name_in("ISO-8859-1", "caf\xE9"), "café");
    EXPECT_EQ(name_in("8859-1", "caf\xE9"), "café");
    EXPECT_EQ(name_in("ISO-8859-15", "\xA4"), "€");
    EXPECT_EQ(name_in("ISO-8859-2", "\xB3"), "ł");
    EXPECT_EQ(name_in("NONE", "caf\xC3\xA9"), "café");
    EXPECT_EQ(name_in("1252", "caf\xC3\xA9"), "café") << "well-formed UTF-8 is UTF-8";
    EXPECT_EQ(name_in("UTF-8", "caf\xE9"), "café") << "what is not UTF-8 is Windows-1252";
}

TEST(Ofx, Utf16AndMarksAreRead) {
    const std::string ascii = bank(entry("20260105", "-3.50", "<NAME>Caf"));
    for (const bool little : {true, false}) {
        for (const bool mark : {true, false}) {
            std::string wide = mark ? (little ? "\xFF\xFE" : "\xFE\xFF") : "";
            for (const char c : ascii) {
                wide += little ? std::string{c, '\0'} : std::string{'\0', c};
            }
            const StatementFile file = read(wide);
            EXPECT_EQ(file.encoding, Encoding::utf16);
            ASSERT_EQ(file.statements[0].entries.size(), 1U);
            EXPECT_EQ(file.statements[0].entries[0].position.line, 4);
        }
    }
    EXPECT_EQ(read("\xEF\xBB\xBF" + ascii).statements[0].entries.size(), 1U);
}

TEST(Ofx, TagSoupIsRead) {
    // No closing tag at all, small letters, a comment, CDATA, a '<' in a text, an empty element.
    const StatementFile file = read(
        "<ofx><stmtrs><curdef>USD\n<bankacctfrom><acctid>9\n<banktranlist><!-- <STMTTRN> -->\n"
        "<stmttrn><dtposted>20260105<trnamt>-1<name>A < B\n"
        "<stmttrn><dtposted>20260106<trnamt>-2<name><![CDATA[C & <D>]]>\n<memo/>"
        "<stmttrn><dtposted>20260107<trnamt>-3<name>E\n");
    const Statement& statement = file.statements.at(0);
    ASSERT_EQ(statement.entries.size(), 3U);
    EXPECT_EQ(statement.entries[0].description, "A < B");
    EXPECT_EQ(statement.entries[1].description, "C & <D>");
    EXPECT_EQ(statement.account.number, "9");
}

TEST(Ofx, CommentsHoldNoTransactions) {
    const StatementFile file =
        read(bank("<!-- " + entry("20260105", "-1.00") + " -->" + entry("20260106", "-2.00")));
    ASSERT_EQ(file.statements[0].entries.size(), 1U);
    EXPECT_EQ(to_decimal(file.statements[0].entries[0].amount), "-2.00");
}

TEST(Ofx, ATornFileKeepsItsWholeEntries) {
    const std::string whole = bank(entry("20260105", "-1.00") + entry("20260106", "-2.00"));
    const std::size_t second = whole.rfind("<STMTTRN>");
    for (std::size_t cut = second + 9; cut < whole.find("</STMTTRN>", second); ++cut) {
        const StatementFile file = read(whole.substr(0, cut));
        ASSERT_EQ(file.statements[0].entries.size(), 1U) << cut;
        ASSERT_EQ(file.statements[0].rejected.size(), 1U) << cut;
        EXPECT_EQ(file.statements[0].rejected[0].reason, "the file ends inside this transaction");
    }
}

TEST(Ofx, TransactionsThatRunTogetherAreRefused) {
    const StatementFile file =
        read(bank("<STMTTRN><DTPOSTED>20260105<TRNAMT>-1<FITID>1<NAME>A\n"
                  "<DTPOSTED>20260106<TRNAMT>-2<FITID>2<NAME>B</STMTTRN>"));
    EXPECT_TRUE(file.statements[0].entries.empty());
    EXPECT_EQ(file.statements[0].rejected.size(), 1U);
}

TEST(Ofx, ForeignCurrenciesFollowTheirRate) {
    const std::string printed = "<CURRENCY><CURRATE>1.06<CURSYM>USD</CURRENCY>";
    const auto foreign = read(bank(entry("20260105", "-3.65", "<NAME>X" + printed), "CAD"));
    EXPECT_EQ(to_string(foreign.statements[0].entries[0].amount), "-3.87 CAD");
    EXPECT_EQ(to_string(*foreign.statements[0].entries[0].original), "-3.65 USD");
    const std::string converted = "<ORIGCURRENCY><CURRATE>0.0065<CURSYM>JPY</ORIGCURRENCY>";
    const auto home = read(bank(entry("20260105", "-6.50", "<NAME>X" + converted)));
    EXPECT_EQ(to_string(home.statements[0].entries[0].amount), "-6.50 USD");
    EXPECT_EQ(to_string(*home.statements[0].entries[0].original), "-1000 JPY");
    const std::string own = "<CURRENCY><CURRATE>1.00<CURSYM>USD</CURRENCY>";
    const auto same = read(bank(entry("20260105", "-3.65", "<NAME>X" + own)));
    EXPECT_FALSE(same.statements[0].entries[0].original.has_value()) << "its own currency";
    const std::string broken = "<CURRENCY><CURRATE>0<CURSYM>USD</CURRENCY>";
    const auto refused = read(bank(entry("20260105", "-3.65", "<NAME>X" + broken), "CAD"));
    EXPECT_EQ(refused.statements[0].rejected.size(), 1U);
}

TEST(Ofx, TheMemoCompletesATruncatedName) {
    const auto described = [](const std::string& more) {
        return read(bank(entry("20260105", "1", more))).statements[0].entries.at(0).description;
    };
    EXPECT_EQ(described("<NAME>LONG NA<MEMO>LONG NAME INC"), "LONG NAME INC");
    EXPECT_EQ(described("<NAME>A<MEMO>note"), "A");
    EXPECT_EQ(described("<MEMO>note"), "note");
    EXPECT_EQ(described("<PAYEE><NAME>P<CITY>Q</PAYEE>"), "P");
    EXPECT_EQ(described("<CHECKNUM>17"), "17");
    EXPECT_EQ(described(""), "DEBIT");
}

TEST(Ofx, PendingTradesCorrectionsAndMissingCurrency) {
    const auto pending = read(
        "<OFX><STMTRS><CURDEF>USD<BANKTRANLISTP><STMTTRNP><TRNTYPE>POS"
        "<DTTRAN>20260105<TRNAMT>-4<NAME>Z</STMTTRNP></BANKTRANLISTP></OFX>");
    EXPECT_TRUE(pending.statements[0].entries.at(0).pending);
    const auto trades = read(
        "<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST><BUYSTOCK><INVBUY><INVTRAN>"
        "<FITID>1</INVTRAN><TOTAL>-5</INVBUY></BUYSTOCK><INVBANKTRAN>" +
        entry("20260105", "1") + "</INVBANKTRAN></INVTRANLIST></INVSTMTRS></OFX>");
    EXPECT_EQ(trades.statements[0].entries.size(), 1U);
    EXPECT_EQ(trades.statements[0].rejected.size(), 1U);
    EXPECT_NE(outcome(entry("20260105", "1", "<CORRECTFITID>7<CORRECTACTION>DELETE"))
                  .find("corrects an earlier"),
              std::string::npos);
    EXPECT_NE(outcome(entry("20260105", "1"), "").find("in which currency"), std::string::npos);
    const auto told = read(bank(entry("20260105", "1"), ""),
                           {.currency = *money::Currency::parse("CHF"), .mapping = {}});
    EXPECT_EQ(told.statements[0].entries.size(), 1U);
}

TEST(Ofx, WhatIsNoStatementIsAnErrorWithItsReason) {
    const auto refused = read_statements(
        "<OFX><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong "
        "password</STATUS></SONRS></OFX>",
        "x.ofx", {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().message, "the bank answered with error 15500: Wrong password");
    EXPECT_EQ(refused.error().place, "x.ofx");
    for (const char* text : {"", "  \n", "%PDF-1.4", "PK\x03\x04zip", "<html>", "hello"}) {
        const auto file = read_statements(text, "x", {});
        ASSERT_FALSE(file.has_value()) << text;
        EXPECT_EQ(file.error().code, ErrorCode::invalid_argument);
        EXPECT_FALSE(recognise(text, "x").has_value()) << text;
    }
}

TEST(Ofx, LinesEndInEveryWay) {
    for (const std::string& end : std::vector<std::string>{"\n", "\r\n", "\r"}) {
        const auto file = read("<OFX>" + end + "<STMTRS><CURDEF>USD" + end +
                               "<STMTTRN><DTPOSTED>20260105<TRNAMT>1<NAME>X</STMTTRN></OFX>");
        EXPECT_EQ(file.statements[0].entries.at(0).position.line, 3);
        EXPECT_EQ(file.statements[0].entries.at(0).position.column, 1);
    }
}

TEST(Ofx, DamageNeverBreaksTheLaws) {
    const std::string whole = bank(entry("20260105", "-1,234.50") + entry("20260106", "2") +
                                   entry("20260107", "3", "<NAME>&amp;<![CDATA[x]]><!-- c -->"));
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed);
        std::string text = whole;
        for (std::uint64_t i = 1 + random.below(6); i > 0; --i) {
            const auto at = static_cast<std::size_t>(random.below(text.size()));
            switch (random.below(4)) {
                case 0: text.erase(at, static_cast<std::size_t>(random.below(40))); break;
                case 1: text[at] = static_cast<char>(random.below(256)); break;
                case 2:
                    text.insert(at,
                                text.substr(static_cast<std::size_t>(random.below(at + 1)), 30));
                    break;
                default: text.insert(at, 1, '\0'); break;
            }
            text += ' ';
        }
        SCOPED_TRACE(seed);
        SourceText source(text);
        const auto file = read_ofx(source, {});
        if (file.has_value()) {
            check_laws(*file, source.text().size());
        }
    }
}

TEST(Ofx, HostileSizesAreLinearAndBounded) {
    std::string nested;
    for (int i = 0; i < 100'000; ++i) {
        nested += "<STMTRS><BANKTRANLIST>";
    }
    EXPECT_TRUE(read_statements("<OFX>" + nested, "x", {}).has_value());
    const auto large = read(bank(entry("20260105", "1", "<NAME>" + std::string(4'000'000, 'x'))));
    EXPECT_EQ(large.statements[0].rejected.size(), 1U);
    for (const char* piece : {"<!--", "<![CDATA[", "<A ", "</", "&", "<STMTTRN><NAME>&#"}) {
        std::string text = "<OFX><STMTTRN>";
        for (int i = 0; i < 200'000; ++i) {
            text += piece;
        }
        EXPECT_TRUE(read_statements(text, "x", {}).has_value()) << piece;
    }
}

/// Real-world files with known contents, where they are at hand; never part of the project.
std::optional<std::filesystem::path> fixtures() {
    const char* const shared = std::getenv("ATLAS_SHARED");
    for (const std::filesystem::path& root :
         {std::filesystem::path(shared == nullptr ? "../shared" : shared),
          std::filesystem::path("../../../shared")}) {
        const auto folder = root / "data/tx/import_fixtures/ofx/fixtures";
        if (std::filesystem::exists(folder)) {
            return folder;
        }
    }
    return std::nullopt;
}

struct Expected {
    const char* name;
    std::size_t statements;
    std::size_t entries;
    std::size_t rejected;
    const char* closing;
};

TEST(Ofx, RealFilesAreReadInFull) {
    const auto folder = fixtures();
    if (!folder.has_value()) {
        GTEST_SKIP() << "no fixtures (ATLAS_SHARED is not set): real OFX files were NOT read";
    }
    // Counted by eye in each file.
    for (const Expected& expected : std::vector<Expected>{
             {"bank_medium.ofx", 1, 3, 0, "382.34 CAD"},
             {"checking.ofx", 1, 3, 0, "100.99 USD"},
             {"multiple_accounts2.ofx", 2, 0, 0, "111.00 USD"},
             {"investment_medium.ofx", 1, 3, 0, ""},
             {"fidelity.ofx", 1, 3, 14, ""},
             {"vanguard.ofx", 1, 0, 1, ""},
             {"td_ameritrade.ofx", 1, 0, 0, ""},
             {"fail_nice/date_missing.ofx", 1, 0, 3, "0.00 USD"},
             {"fail_nice/decimal_error.ofx", 1, 0, 1, "0.00 CAD"},
             {"fail_nice/empty_balance.ofx", 1, 1, 0, ""},
         }) {
        std::ifstream stream(*folder / expected.name, std::ios::binary);
        std::stringstream bytes;
        bytes << stream.rdbuf();
        const StatementFile file = read(bytes.str());
        ASSERT_EQ(file.statements.size(), expected.statements) << expected.name;
        const Statement& first = file.statements[0];
        EXPECT_EQ(first.entries.size(), expected.entries) << expected.name;
        EXPECT_EQ(first.rejected.size(), expected.rejected) << expected.name;
        EXPECT_EQ(first.closing_balance.has_value() ? to_string(first.closing_balance->amount) : "",
                  expected.closing)
            << expected.name;
    }
}

TEST(Ofx, NoPrefixOfAFileTellsAnotherBalance) {
    const std::string whole =
        "<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM>"
        "<BANKTRANLIST>" +
        entry("20260314", "-3.50") +
        "</BANKTRANLIST><LEDGERBAL><BALAMT>1234.56<DTASOF>20260331"
        "</LEDGERBAL></STMTRS></OFX>";
    const auto complete = read(whole).statements[0].closing_balance;
    ASSERT_TRUE(complete.has_value());
    int told = 0;
    for (std::size_t size = 60; size < whole.size(); ++size) {
        const auto file = read_statements(whole.substr(0, size), "cut.ofx", {});
        if (!file.has_value() || !file->statements[0].closing_balance.has_value()) {
            continue;
        }
        ++told;
        const DatedBalance& balance = *file->statements[0].closing_balance;
        EXPECT_EQ(balance.amount, complete->amount) << size;
        EXPECT_TRUE(!balance.date.has_value() || balance.date == complete->date) << size;
    }
    EXPECT_GT(told, 10);
}

TEST(Ofx, AValueWithoutEndIsRefusedAtItsPlaceAndTheRestIsRead) {
    const auto file = [](std::size_t size, std::string_view amount = "-1.00") {
        return "OFXHEADER:100\n<OFX><STMTRS><CURDEF>USD\n<BANKTRANLIST>\n<STMTTRN><DTPOSTED>"
               "20260103"
               "<TRNAMT>" +
               std::string(amount) + "<FITID>1<NAME>a\n<MEMO>" + std::string(size, 'x') +
               "\n</STMTTRN>\n<STMTTRN><DTPOSTED>20260104<TRNAMT>-2.00<FITID>2<NAME>b</STMTTRN>"
               "</BANKTRANLIST></STMTRS></OFX>\n";
    };
    const auto at_limit = read_statements(file(kFieldBytesMax), "a.ofx", {});
    ASSERT_TRUE(at_limit.has_value());
    EXPECT_EQ(at_limit->statements[0].entries.size(), 2U);
    const auto over = read_statements(file(kFieldBytesMax + 1), "a.ofx", {});
    ASSERT_TRUE(over.has_value());
    ASSERT_EQ(over->statements[0].entries.size(), 1U);
    EXPECT_EQ(to_string(over->statements[0].entries[0].amount), "-2.00 USD");
    ASSERT_EQ(over->statements[0].rejected.size(), 1U);
    EXPECT_EQ(over->statements[0].rejected[0].position.line, 5);
    EXPECT_EQ(over->statements[0].rejected[0].position.column, 7);
    EXPECT_EQ(over->statements[0].rejected[0].reason,
              "a value of 65537 bytes; at most 65536 are read");
    const auto amount = read_statements(file(3, std::string(100'000, '1')), "a.ofx", {});
    ASSERT_TRUE(amount.has_value());
    EXPECT_EQ(amount->statements[0].rejected.size(), 1U);
    EXPECT_EQ(amount->statements[0].entries.size(), 1U);
}

TEST(Ofx, AStatementsOwnValuesAreCut) {
    const auto file = read_statements(
        "OFXHEADER:100\n<OFX><FI><ORG>" + std::string(200'000, 'o') +
            "</FI><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>" + std::string(200'000, '7') +
            "</BANKACCTFROM><BANKTRANLIST><STMTTRN><DTPOSTED>20260104<TRNAMT>-2.00<FITID>2<NAME>b"
            "</STMTTRN></BANKTRANLIST></STMTRS></OFX>\n",
        "a.ofx", {});
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->statements[0].entries.size(), 1U);
    EXPECT_LE(file->statements[0].account.number.size(), kTextBytesMax + 3);
    EXPECT_LE(file->statements[0].account.institution.size(), kTextBytesMax + 3);
}

}  // namespace
}  // namespace atlas::finance::statements
