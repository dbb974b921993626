// SPDX-License-Identifier: Apache-2.0
// Goal: CSV of many banks is read as its owner would read it, or asks. Method: small files in the
// shape of real exports, one rule each; explicit mappings; refusals at their place.
#include "finance/statements/csv.hpp"

#include <gtest/gtest.h>

#include "finance/statements/fuzz_laws.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

StatementFile read(const std::string& text, ReadOptions options = {}) {
    const auto file = read_statements(text, "test.csv", options);
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    StatementFile none;
    none.statements.resize(1);
    none.csv.emplace();
    return file.has_value() ? *file : none;
}

/// "2026-01-31 -1.50 EUR Shop | …": every entry of every statement.
std::string entries(const StatementFile& file) {
    std::string out;
    for (const Statement& statement : file.statements) {
        for (const StatementEntry& entry : statement.entries) {
            out += (out.empty() ? "" : " | ") + to_string(entry.date) + " " +
                   to_string(entry.amount) + " " + entry.description;
        }
    }
    return out;
}

std::string questions(const StatementFile& file) {
    std::string out;
    for (const CsvAmbiguity& each : file.csv->ambiguities) {
        out += (out.empty() ? "" : " ") + each.field;
    }
    return out;
}

const ReadOptions kDollars{.currency = *money::Currency::parse("USD"), .mapping = {}};
const ReadOptions kEuros{.currency = *money::Currency::parse("EUR"), .mapping = {}};

TEST(Csv, EnglishWithQuotesAndNewlines) {
    const auto file = read(
        "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"
        "01/02/2026,01/15/2026,\"SHOP \"\"X\"\", INC\",Food,Sale,-12.50,\n"
        "01/16/2026,01/17/2026,\"TWO\nLINES\",Food,Sale,\"-1,234.00\",note\n",
        kDollars);
    EXPECT_EQ(entries(file),
              "2026-01-15 -12.50 USD SHOP \"X\", INC | 2026-01-17 -1234.00 USD TWO LINES");
    EXPECT_EQ(questions(file), "");
    EXPECT_EQ(to_string(*file.statements[0].entries[0].initiated), "2026-01-02");
    EXPECT_EQ(file.statements[0].entries[1].position, (SourcePosition{3, 1, 123}));
    EXPECT_EQ(file.statements[0].entries[0].kind, "Sale");
}

TEST(Csv, AColumnOfMerchantCodesIsKept) {
    for (const std::string name : {"MCC", "Category code", "Merchant Category Code", "SIC"}) {
        const auto file = read("Date,Description,Amount," + name +
                                   "\n2026-01-15,Shop,-12.50,5411\n2026-01-16,Other,-1.00,\n",
                               kDollars);
        ASSERT_EQ(entries(file), "2026-01-15 -12.50 USD Shop | 2026-01-16 -1.00 USD Other") << name;
        EXPECT_EQ(file.statements[0].entries[0].bank_category, "5411") << name;
        EXPECT_EQ(file.statements[0].entries[1].bank_category, "") << name;
        EXPECT_EQ(questions(file), "") << name;
    }
}

TEST(Csv, GermanWithPreambleAndFooter) {
    const auto file = read(
        "\"Kontonummer:\";\"DE89 3704 0044 0532 0130 00\"\n\"Zeitraum:\";\"01.01.2026 - "
        "31.01.2026\"\n"
        "\n\"Buchungstag\";\"Wertstellung\";\"Auftraggeber / "
        "Beg\xFCnstigter\";\"Verwendungszweck\";"
        "\"Betrag (EUR)\"\n"
        "\"05.01.2026\";\"06.01.2026\";\"REWE M\xFCnchen\";\"Einkauf\";\"-1.012,50\"\n"
        "\"07.01.2026\";\"07.01.2026\";\"ACME GmbH\";\"Gehalt\";\"2.500,00\"\n"
        "\"Kontostand\";\"\";\"\";\"\";\"1.487,50\"\n");
    EXPECT_EQ(entries(file),
              "2026-01-05 -1012.50 EUR REWE München | 2026-01-07 2500.00 EUR ACME GmbH");
    EXPECT_EQ(questions(file), "");
    EXPECT_EQ(file.encoding, Encoding::windows_1252);
    EXPECT_EQ(file.statements[0].account.number, "DE89370400440532013000");
    EXPECT_EQ(file.statements[0].entries[0].memo, "Einkauf");
    EXPECT_EQ(to_string(*file.statements[0].entries[0].posted), "2026-01-06");
    EXPECT_EQ(file.statements[0].notes.size(), 1U);
    EXPECT_TRUE(file.statements[0].rejected.empty());
}

TEST(Csv, FiveMoreLanguages) {
    EXPECT_EQ(entries(read("Date;Libellé;Débit euros;Crédit euros\n13/01/2026;CARTE FNAC;12,50;\n"
                           "14/01/2026;SALAIRE;;1 500,00\n",
                           kEuros)),
              "2026-01-13 -12.50 EUR CARTE FNAC | 2026-01-14 1500.00 EUR SALAIRE");
    EXPECT_EQ(entries(read("Fecha operación;Fecha valor;Concepto;Importe;Saldo\n"
                           "13/01/2026;13/01/2026;MERCADONA;-12,50;100,00\n",
                           kEuros)),
              "2026-01-13 -12.50 EUR MERCADONA");
    EXPECT_EQ(entries(read("Data contabile;Data valuta;Descrizione;Addebiti;Accrediti\n"
                           "13/01/2026;14/01/2026;ESSELUNGA;-12,50;\n14/01/2026;;STIPENDIO;;9,00\n",
                           kEuros)),
              "2026-01-13 -12.50 EUR ESSELUNGA | 2026-01-14 9.00 EUR STIPENDIO");
    EXPECT_EQ(
        entries(read("\"Datum\",\"Naam / Omschrijving\",\"Rekening\",\"Af Bij\",\"Bedrag (EUR)\"\n"
                     "\"20260113\",\"ALBERT HEIJN\",\"NL91ABNA0417164300\",\"Af\",\"12,50\"\n"
                     "\"20260114\",\"LOON\",\"NL91ABNA0417164300\",\"Bij\",\"1500,00\"\n")),
        "2026-01-13 -12.50 EUR ALBERT HEIJN | 2026-01-14 1500.00 EUR LOON");
    EXPECT_EQ(entries(read("Data Mov.;Data Valor;Descrição;Débito;Crédito;Saldo\n"
                           "13-01-2026;13-01-2026;PINGO DOCE;12,50;;100,00\n",
                           kEuros)),
              "2026-01-13 -12.50 EUR PINGO DOCE");
}

TEST(Csv, DelimitersBarTabAndSepLine) {
    const std::string wanted = "2026-01-13 -1.50 USD a";
    EXPECT_EQ(entries(read("Date|Description|Amount\n2026-01-13|a|-1.50\n", kDollars)), wanted);
    EXPECT_EQ(entries(read("Date\tDescription\tAmount\n2026-01-13\ta\t-1.50\n", kDollars)), wanted);
    EXPECT_EQ(entries(read("sep=;\nDate;Description;Amount\n2026-01-13;a;-1.50\n", kDollars)),
              wanted);
    EXPECT_EQ(entries(read("\xEF\xBB\xBF"
                           "Date,Description,Amount\r\n2026-01-13,a,-1.50\r\n",
                           kDollars)),
              wanted);
    EXPECT_EQ(entries(read("Date,Description,Amount\r2026-01-13,a,-1.50\r", kDollars)), wanted);
}

TEST(Csv, DateOrderIsProvenOrAsked) {
    const std::string head = "Date,Description,Amount\n";
    const auto open = read(head + "03/04/2026,a,-1.00\n05/06/2026,b,-2.00\n", kDollars);
    EXPECT_EQ(questions(open), "date_order");
    EXPECT_LT(open.csv->confidence, 1.0);
    const auto day_first = read(head + "03/04/2026,a,-1.00\n25/04/2026,b,-2.00\n", kDollars);
    EXPECT_EQ(questions(day_first), "");
    EXPECT_EQ(entries(day_first).substr(0, 10), "2026-04-03");
    const auto month_first = read(head + "03/04/2026,a,-1.00\n04/25/2026,b,-2.00\n", kDollars);
    EXPECT_EQ(entries(month_first).substr(0, 10), "2026-03-04");
    const auto pointed = read(head + "03.04.2026,a,-1.00\n", kDollars);
    EXPECT_EQ(questions(pointed), "") << "nobody writes months first with points";
    const auto sorted = read(head +
                                 "01/02/26,a,-1.00\n01/05/26,b,-2.00\n01/09/26,b,-2.00\n"
                                 "01/11/26,b,-2.00\n02/01/26,b,-2.00\n02/03/26,b,-3.00\n",
                             kDollars);
    EXPECT_EQ(questions(sorted), "") << "only month first is the file in order";
    EXPECT_EQ(sorted.csv->mapping.date_order, DateOrder::month_day_year);
    const auto names = read(head + "3 Jan 2026,a,-1.00\n4 März 2026,b,-2.00\n", kDollars);
    EXPECT_EQ(entries(names), "2026-01-03 -1.00 USD a | 2026-03-04 -2.00 USD b");
}

TEST(Csv, YearsOfTwoDigitsBelongToTheirCentury) {
    const auto file =
        read("Date,Description,Amount\n31/12/69,a,-1.00\n31/12/70,b,-1.00\n", kDollars);
    EXPECT_EQ(entries(file), "2069-12-31 -1.00 USD a | 1970-12-31 -1.00 USD b");
}

TEST(Csv, SignedAmountsNeedNoDirection) {
    const auto file = read(
        "Details,Date,Description,Amount\nDEBIT,2026-01-13,a,-10.00\n"
        "CREDIT,2026-01-14,b,5.00\n",
        kDollars);
    EXPECT_EQ(entries(file).find("-10.00"), 11U) << entries(file);
    const auto indicator = read(
        "Date,Description,Amount,Debit/Credit\n2026-01-13,a,-10.00,D\n"
        "2026-01-14,b,5.00,C\n",
        kDollars);
    EXPECT_EQ(entries(indicator), "2026-01-13 -10.00 USD a | 2026-01-14 5.00 USD b");
}

TEST(Csv, AnExplicitMappingWins) {
    const std::string text = "Date,Description,Amount\n03/04/2026,a,-1.00\n";
    auto mapping = read(text, kDollars).csv->mapping;
    mapping.date_order = DateOrder::month_day_year;
    mapping.sign = AmountSign::positive_is_out;
    const auto file = read(text, {.currency = {}, .mapping = mapping});
    EXPECT_EQ(entries(file), "2026-03-04 1.00 USD a");
    EXPECT_EQ(file.csv->confidence, 1.0);
    EXPECT_TRUE(file.csv->ambiguities.empty());
}

TEST(Csv, AMappingThatCannotWorkIsRefused) {
    const auto refused = [](CsvMapping mapping) {
        const auto file =
            read_statements("a,b\nc,d\n", "x.csv", {.currency = {}, .mapping = mapping});
        EXPECT_FALSE(file.has_value());
        return file.has_value() ? std::string() : file.error().message;
    };
    using enum ColumnRole;
    CsvMapping mapping;
    mapping.date_order = DateOrder::year_month_day;
    mapping.columns = {amount, memo};
    EXPECT_EQ(refused(mapping), "the mapping names no column as date");
    mapping.columns = {date, memo};
    EXPECT_EQ(refused(mapping), "the mapping names no column as amount, debit or credit");
    mapping.columns = {date, amount, amount};
    EXPECT_EQ(refused(mapping), "the mapping names two columns as amount");
    mapping.columns = {date, amount};
    mapping.date_order = DateOrder::unknown;
    EXPECT_EQ(refused(mapping), "the mapping does not say in which order dates are");
    EXPECT_FALSE(read_statements("x;y\na;b\n", "x", {}).has_value());
}

TEST(Csv, DecimalMarkIsProvenOrAsked) {
    const std::string head = "Date;Description;Amount\n";
    const auto open = read(head + "2026-01-03;a;-1.234\n2026-01-04;b;5\n", kDollars);
    EXPECT_EQ(questions(open), "decimal_mark");
    EXPECT_EQ(open.statements[0].rejected.size(), 1U);
    const auto told = read(head + "2026-01-03;a;-1.234\n2026-01-04;b;5,50\n", kDollars);
    EXPECT_EQ(entries(told), "2026-01-03 -1234.00 USD a | 2026-01-04 5.50 USD b");
}

TEST(Csv, TooManyDecimalsAreRefusedAtTheirPlaceNotRounded) {
    const auto file =
        read("Date,Description,Amount\n2026-01-03,a,-1.50\n2026-01-04,b,-1.505\n", kDollars);
    EXPECT_EQ(entries(file), "2026-01-03 -1.50 USD a");
    ASSERT_EQ(file.statements[0].rejected.size(), 1U);
    EXPECT_EQ(file.statements[0].rejected[0].position.line, 3);
    EXPECT_EQ(file.statements[0].rejected[0].position.column, 14);
    const auto yen = read("Date,Description,Amount,Currency\n2026-01-03,a,-1.50,JPY\n");
    EXPECT_EQ(yen.statements[0].rejected.size(), 1U);
}

TEST(Csv, SignsOfCardsComeFromBalancesOrAreAsked) {
    const auto proven = read(
        "Date,Description,Amount,Balance\n2026-01-03,a,10.00,110.00\n"
        "2026-01-04,b,5.00,115.00\n2026-01-05,c,7.00,122.00\n"
        "2026-01-06,d,-20.00,102.00\n2026-01-07,e,1.00,103.00\n",
        kDollars);
    EXPECT_EQ(proven.csv->mapping.sign, AmountSign::positive_is_in);
    EXPECT_EQ(questions(proven), "");
    const auto card = read(
        "Date,Description,Amount\n2026-01-03,a,10.00\n2026-01-04,b,5.00\n"
        "2026-01-05,c,7.00\n2026-01-06,PAYMENT THANK YOU,-20.00\n"
        "2026-01-07,e,1.00\n2026-01-08,f,2.00\n",
        kDollars);
    EXPECT_EQ(questions(card), "");  // Only the card's side thanks for a payment.
    EXPECT_EQ(card.csv->mapping.sign, AmountSign::positive_is_out);
    const auto both = read(
        "Date,Description,Amount\n2026-01-03,PAYMENT RECEIVED,10.00\n2026-01-04,b,5.00\n"
        "2026-01-05,c,7.00\n2026-01-06,PAYMENT THANK YOU,-20.00\n"
        "2026-01-07,e,1.00\n2026-01-08,f,2.00\n",
        kDollars);
    EXPECT_EQ(questions(both), "sign");
    const auto perhaps = read(
        "Date,Description,Amount\n2026-01-03,a,10.00\n2026-01-04,b,5.00\n"
        "2026-01-05,c,7.00\n2026-01-06,AUTOPAY,-20.00\n"
        "2026-01-07,e,1.00\n2026-01-08,f,2.00\n",
        kDollars);
    EXPECT_EQ(questions(perhaps), "sign");
    EXPECT_EQ(perhaps.csv->mapping.sign, AmountSign::positive_is_out);
    const auto owed = read(
        "Date,Description,Amount,Balance\n2026-01-03,a,10.00,-10.00\n"
        "2026-01-04,b,5.00,-15.00\n2026-01-05,c,7.00,-22.00\n2026-01-06,d,8.00,-30.00\n",
        kDollars);
    EXPECT_EQ(owed.csv->mapping.sign, AmountSign::positive_is_out);
    EXPECT_EQ(questions(owed), "");
    EXPECT_EQ(to_string(owed.statements[0].entries[0].amount), "-10.00 USD");
}

TEST(Csv, DirectionsStatesFeesAndCurrencies) {
    const auto file = read(
        "Type,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "CARD,2026-01-01 10:00:00,2026-01-02 09:00:00,Shop,-10.00,0.50,EUR,COMPLETED,89.50\n"
        "CARD,2026-01-03 10:00:00,,Bar,-4.00,0.00,EUR,PENDING,\n"
        "CARD,2026-01-03 10:00:00,2026-01-03 10:00:00,Bad,-5.00,0.00,EUR,REVERTED,\n"
        "TOPUP,2026-01-04 10:00:00,2026-01-04 10:00:00,In,7.00,0.00,USD,COMPLETED,7.00\n");
    EXPECT_EQ(entries(file),
              "2026-01-02 -10.50 EUR Shop | 2026-01-03 -4.00 EUR Bar | 2026-01-04 7.00 USD In");
    ASSERT_EQ(file.statements.size(), 2U) << "one for each currency";
    EXPECT_TRUE(file.statements[0].entries[1].pending);
    EXPECT_FALSE(file.statements[0].entries[0].pending);
    EXPECT_EQ(file.statements[0].rejected.size(), 1U);
    const auto mint = read(
        "Date,Description,Amount,Transaction Type,Account Name\n"
        "1/13/2026,a,10.00,debit,Main\n1/14/2026,b,5.00,credit,Card\n",
        kDollars);
    EXPECT_EQ(entries(mint), "2026-01-13 -10.00 USD a | 2026-01-14 5.00 USD b");
    EXPECT_EQ(mint.statements.size(), 2U) << "one for each account";
    EXPECT_EQ(mint.statements[1].account.name, "Card");
}

TEST(Csv, RowsThatCannotBeReadAreRefusedWithTheirLine) {
    const auto file = read(
        "Date,Description,Debit,Credit\n2026-01-03,a,1.00,\n2026-01-04,b,1.00,2.00\n"
        "2026-01-05,c,,\n2026-02-30,d,1.00,\n2026-01-06,e,x,\n,f,1.00,\n"
        "2026-01-07,g,h,1.00,\n\n2026-01-08,i,,3.00\n",
        kDollars);
    EXPECT_EQ(entries(file), "2026-01-03 -1.00 USD a | 2026-01-08 3.00 USD i");
    std::string lines;
    for (const Rejected& each : file.statements[0].rejected) {
        lines += std::to_string(each.position.line) + " ";
    }
    EXPECT_EQ(lines, "3 4 5 6 7 8 ");
}

TEST(Csv, AColumnThatContradictsItsNameIsAskedAbout) {
    const auto file = read(
        "Date,Description,Debit,Credit\n2026-01-03,a,xx,1.00\n"
        "2026-01-04,b,yy,2.00\n",
        kDollars);
    EXPECT_EQ(questions(file), "columns");
    const auto lone = read("Date,Description,Withdrawals\n2026-01-03,a,1.00\n", kDollars);
    EXPECT_EQ(entries(lone), "2026-01-03 -1.00 USD a") << "money out, whatever its sign";
}

TEST(Csv, HeaderlessFilesAreReadByTheirContent) {
    const auto file =
        read("01/31/2026,-12.50,*,,COFFEE SHOP SEATTLE\n02/01/2026,5.00,*,,REFUND\n", kDollars);
    EXPECT_EQ(entries(file),
              "2026-01-31 -12.50 USD COFFEE SHOP SEATTLE | 2026-02-01 5.00 USD REFUND");
    EXPECT_LT(file.csv->confidence, 1.0);
}

TEST(Csv, BalancesComeFromTheColumnWhicheverWayItRuns) {
    const auto up = read(
        "Date,Description,Amount,Balance\n2026-01-03,a,-1.00,9.00\n"
        "2026-01-04,b,5.00,14.00\n",
        kDollars);
    EXPECT_EQ(to_string(up.statements[0].opening_balance->amount), "10.00 USD");
    EXPECT_EQ(to_string(up.statements[0].closing_balance->amount), "14.00 USD");
    const auto down = read(
        "Date,Description,Amount,Balance\n2026-01-04,b,5.00,14.00\n"
        "2026-01-03,a,-1.00,9.00\n",
        kDollars);
    EXPECT_EQ(to_string(down.statements[0].opening_balance->amount), "10.00 USD");
    EXPECT_EQ(to_string(down.statements[0].closing_balance->amount), "14.00 USD");
}

TEST(Csv, FormulasAndMarkupStayText) {
    const auto file = read(
        "Date,Description,Amount\n2026-01-03,\"=HYPERLINK(\"\"http://x\"\")\",-1.00\n"
        "2026-01-04,<script>alert(1)</script>,-1.00\n",
        kDollars);
    EXPECT_EQ(file.statements[0].entries[0].description, "=HYPERLINK(\"http://x\")");
    EXPECT_EQ(file.statements[0].entries[1].description, "<script>alert(1)</script>");
}

TEST(Csv, WithoutACurrencyItAsks) {
    const auto file = read("Date,Description,Amount\n2026-01-03,a,-1.00\n");
    EXPECT_EQ(questions(file), "currency");
    EXPECT_EQ(questions(read("Date,Description,Amount\n2026-01-03,a,-£1.00\n")), "");
    EXPECT_EQ(questions(read("Date,Description,Amount in CHF\n2026-01-03,a,-1.00\n")), "");
}

TEST(Csv, AnOpenQuoteSwallowsNothing) {
    const auto file =
        read("Date,Description,Amount\n2026-01-03,\"a,-1.00\n2026-01-04,b,-2.00\n", kDollars);
    EXPECT_EQ(file.statements[0].entries.size() + file.statements[0].rejected.size(), 2U)
        << entries(file);
    EXPECT_EQ(entries(file).find("b") != std::string::npos, true);
}

TEST(Csv, HostileSizesAreLinearAndBounded) {
    for (const char* piece : {"\"", "\"\"", ",", "\",", "\"a", "\n\"", "1,", "a\n"}) {
        std::string text = "Date,Description,Amount\n2026-01-03,a,-1.00\n";
        for (int i = 0; i < 200'000; ++i) {
            text += piece;
        }
        SourceText source(text);
        const auto file = read_csv(source, kDollars);
        if (file.has_value()) {
            check_laws(*file, text.size());
        }
    }
}

TEST(Csv, ARowTheFileEndsInIsRefused) {
    const auto read_text = [](const std::string& text) {
        SourceText source(text);
        return read_csv(source, kDollars).value();
    };
    const std::string head = "Date,Description,Amount\n2026-03-01,COFFEE,-3.50\n";
    const auto cut = read_text(head + "2026-03-02,\"LUNCH,-9");
    EXPECT_EQ(cut.statements[0].entries.size(), 1U);
    ASSERT_EQ(cut.statements[0].rejected.size(), 1U);
    EXPECT_EQ(cut.statements[0].rejected[0].position.line, 3);
    EXPECT_EQ(cut.statements[0].rejected[0].reason, "the file ends inside this row");
    EXPECT_EQ(read_text(head + "2026-03-02,LUNCH,-9").statements[0].entries.size(), 2U)
        << "the last line need not end";
    EXPECT_EQ(read_text(head + "2026-03-02,\"LUNCH\",\"-9\"").statements[0].entries.size(), 2U);
}

TEST(Csv, ACellWithoutEndIsRefusedAtItsPlaceAndTheRestIsRead) {
    const std::string head = "Date,Description,Amount\n2026-01-03,a,-1.50\n";
    const std::string tail = "2026-01-05,c,-2.50\n";
    const auto at_limit =
        read(head + "2026-01-04," + std::string(kFieldBytesMax, 'x') + ",-1.00\n" + tail, kDollars);
    EXPECT_EQ(at_limit.statements[0].entries.size(), 3U);
    const auto over = read(
        head + "2026-01-04," + std::string(kFieldBytesMax + 1, 'x') + ",-1.00\n" + tail, kDollars);
    EXPECT_EQ(entries(over), "2026-01-03 -1.50 USD a | 2026-01-05 -2.50 USD c");
    ASSERT_EQ(over.statements[0].rejected.size(), 1U);
    EXPECT_EQ(over.statements[0].rejected[0].position.line, 3);
    EXPECT_EQ(over.statements[0].rejected[0].position.column, 12);
    EXPECT_EQ(over.statements[0].rejected[0].reason,
              "a cell of 65537 bytes; at most 65536 are read");
}

TEST(Csv, AFileWithAnAccountInEveryRowIsRefusedAtTheFirstTooMany) {
    const auto with = [](std::size_t accounts) {
        std::string text = "Date,Description,Amount,Account\n";
        for (std::size_t i = 0; i < accounts; ++i) {
            text += "2026-01-03,a,-1.50,Pot " + std::to_string(i) + "\n";
        }
        return read_statements(text, "pots.csv", kDollars);
    };
    const auto most = with(kCsvAccountsMax);
    ASSERT_TRUE(most.has_value());
    EXPECT_EQ(most->statements.size(), kCsvAccountsMax);
    const auto more = with(kCsvAccountsMax + 1);
    ASSERT_FALSE(more.has_value());
    EXPECT_EQ(more.error().code, ErrorCode::too_large);
    EXPECT_EQ(more.error().place, "pots.csv");
    EXPECT_EQ(more.error().message,
              "1002:1 names another account, and at most 1000 are read from one file: is its "
              "column of accounts one?");
}

}  // namespace
}  // namespace atlas::finance::statements
