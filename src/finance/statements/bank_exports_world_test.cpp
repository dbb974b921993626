// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of bank_exports_test.cpp, for banks around the world: files without a
// header, whose columns only their figures tell apart, and names in languages not met before.
#include "finance/statements/column_facts.hpp"
#include "finance/statements/csv_money_columns.hpp"
#include "finance/statements/testing/bank_export.hpp"

namespace atlas::finance::statements {
namespace {

using bank_export::check;

TEST(BankExportsWorld, WithoutAHeaderTheBalanceTellsTheAmount) {
    // Commonwealth Bank of Australia, newest first.
    check(R"csv(
13/01/2026,"+1000.00","SALARY ACME","+1957.66"
08/01/2026,"-20.00","COLES 4567","+957.66"
07/01/2026,"-10.00","SHELL COLES EXPRESS","+977.66"
05/01/2026,"-12.34","WOOLWORTHS 1234 SYDNEY AU","+987.66"
)csv",
          "- 2026-01-13 1000.00 CHF SALARY ACME\n- 2026-01-08 -20.00 CHF COLES 4567\n"
          "- 2026-01-07 -10.00 CHF SHELL COLES EXPRESS\n"
          "- 2026-01-05 -12.34 CHF WOOLWORTHS 1234 SYDNEY AU\n");
    // TD Canada Trust: money out, money in, balance.
    check(R"csv(
01/05/2026,METRO 123,12.34,,987.66
01/07/2026,ESSO,10.00,,977.66
01/08/2026,LOBLAWS,20.00,,957.66
01/13/2026,PAYROLL ACME,,1000.00,1957.66
)csv",
          "- 2026-01-05 -12.34 CHF METRO 123\n- 2026-01-07 -10.00 CHF ESSO\n"
          "- 2026-01-08 -20.00 CHF LOBLAWS\n- 2026-01-13 1000.00 CHF PAYROLL ACME\n");
}

TEST(BankExportsWorld, CardsOfAmericaPrintPurchasesAsPositive) {
    // Discover, with too few rows to go by how many are negative.
    check(R"csv(
Trans. Date,Post Date,Description,Amount,Category
01/05/2026,01/16/2026,KROGER,12.34,Supermarkets
01/13/2026,01/13/2026,INTERNET PAYMENT - THANK YOU,-100.00,Payments and Credits
01/14/2026,01/14/2026,SHELL,30.00,Gasoline
)csv",
          "- 2026-01-16 -12.34 CHF KROGER\n- 2026-01-13 100.00 CHF INTERNET PAYMENT - THANK YOU\n"
          "- 2026-01-14 -30.00 CHF SHELL\n");
    // Apple Card says in a column which rows are purchases.
    check(R"csv(
Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD),Purchased By
01/05/2026,01/16/2026,KROGER 123,Kroger,Grocery,Purchase,12.34,John Doe
01/13/2026,01/13/2026,ACH DEPOSIT INTERNET TRANSFER,Ach Deposit,Payment,Payment,-100.00,John Doe
)csv",
          "- 2026-01-05 -12.34 USD KROGER 123\n"
          "- 2026-01-13 100.00 USD ACH DEPOSIT INTERNET TRANSFER\n");
}

TEST(BankExportsWorld, RbcNamesTheCurrencyInsteadOfTheAmount) {
    check(R"csv(
"Account Type","Account Number","Transaction Date","Cheque Number","Description 1",\
"Description 2","CAD$","USD$"
Chequing,01234-5678901,1/5/2026,,"METRO 123","",-12.34,,
Chequing,01234-5678901,1/13/2026,,"PAYROLL","ACME",1000.00,,
)csv",
          "01234-5678901 2026-01-05 -12.34 CAD METRO 123\n"
          "01234-5678901 2026-01-13 1000.00 CAD PAYROLL ACME\n");
}

TEST(BankExportsWorld, StarlingWritesCounterParty) {
    check(R"csv(
Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
05/01/2026,Tesco,TESCO 123,CONTACTLESS,-12.34,987.66,GROCERIES,
13/01/2026,Acme,SALARY,FASTER PAYMENT,1000.00,1987.66,INCOME,
)csv",
          "- 2026-01-05 -12.34 GBP Tesco\n- 2026-01-13 1000.00 GBP Acme\n");
}

TEST(BankExportsWorld, TheNordics) {
    check(R"csv(
Kirjauspäivä;Määrä;Maksaja;Maksunsaaja;Nimi;Otsikko;Viesti;Viitenumero;Saldo;Valuutta;
2026/01/05;-12,34;FI12 3456 7890 1234 56;;;K-MARKET;;;987,66;EUR;
2026/01/13;1000,00;;FI12 3456 7890 1234 56;ACME OY;Palkka;;;1987,66;EUR;
)csv",
          "- 2026-01-05 -12.34 EUR K-MARKET\n- 2026-01-13 1000.00 EUR Palkka\n");
    check(R"csv(
Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto;
05.01.2026;REMA 1000;05.01.2026;;-12,34;;12345678901;
13.01.2026;Lønn;13.01.2026;1000,00;;12345678901;;
)csv",
          "- 2026-01-05 -12.34 CHF REMA 1000\n- 2026-01-13 1000.00 CHF Lønn\n",
          Encoding::windows_1252);
}

TEST(BankExportsWorld, SwissBanks) {
    check(R"csv(
Datum von:;="01.01.2026"
Konto:;="CH9300762011623852957"
Währung:;="CHF"

Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
13.01.2026;GUTSCHRIFT ACME;1000;;13.01.2026;1987.66
05.01.2026;KAUF MIGROS;;-12.34;05.01.2026;

Disclaimer:
Dies ist kein durch PostFinance AG erstelltes Dokument.
)csv",
          "CH9300762011623852957 2026-01-13 1000.00 CHF GUTSCHRIFT ACME\n"
          "CH9300762011623852957 2026-01-05 -12.34 CHF KAUF MIGROS\n");
    check(R"csv(
IBAN:;CH65 0024 0240 1234 5601 X;
Bewertet in:;CHF;

Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;\
Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;
2026-01-13;09:00:00;2026-01-13;2026-01-13;CHF;;1000.00;;1987.66;9900013TI1;"ACME AG";\
"Lohn";"";;
2026-01-05;;2026-01-05;2026-01-05;CHF;-12.34;;;987.66;9900005TI2;"MIGROS";\
"Zahlung Debitkarte";"";;
)csv",
          "CH650024024012345601X 2026-01-13 1000.00 CHF ACME AG Lohn\n"
          "CH650024024012345601X 2026-01-05 -12.34 CHF MIGROS Zahlung Debitkarte\n");
}

TEST(BankExportsWorld, FioOfPragueHasNumbersThatAreNoAmounts) {
    check(R"csv(
accountId;"2000123456"
currency;"CZK"

"ID pohybu";"Datum";"Objem";"Měna";"Protiúčet";"Název protiúčtu";"Kód banky";"KS";"VS";\
"Uživatelská identifikace";"Zpráva pro příjemce";"Typ"
"26000001";"05.01.2026";"-12,34";"CZK";"";"";"";"";"";"Nákup: ALBERT";"";"Platba kartou"
"26000002";"13.01.2026";"1000,00";"CZK";"123456";"ACME";"0100";"";"";"";"mzda";"Příjem"
)csv",
          "- 2026-01-05 -12.34 CZK Nákup: ALBERT\n- 2026-01-13 1000.00 CZK ACME\n");
    // The same with names that nobody knows: the sums have a mark, the numbers none.
    check(R"csv(
qa;qb;qc;qd;qe
26000001;05.01.2026;Albert;0100;-12,34
26000002;13.01.2026;Acme;0300;1000,00
)csv",
          "- 2026-01-05 -12.34 CHF Albert\n- 2026-01-13 1000.00 CHF Acme\n");
}

TEST(BankExportsWorld, CurrenciesByTheirOwnSigns) {
    check(R"csv(
Tarih;Açıklama;Tutar;Bakiye
05.01.2026;MIGROS KADIKÖY;-12,34 TL;987,66 TL
13.01.2026;MAAŞ;1.000,00 TL;1.987,66 TL
)csv",
          "- 2026-01-05 -12.34 TRY MIGROS KADIKÖY\n- 2026-01-13 1000.00 TRY MAAŞ\n");
    check(R"csv(
data;lançamento;ag./origem;valor (R$);saldos (R$)
05/01/2026;PIX TRANSF MERCADO;;-12,34;
05/01/2026;SALDO DO DIA;;;987,66
13/01/2026;SALARIO;;1.000,00;
)csv",
          "- 2026-01-05 -12.34 BRL PIX TRANSF MERCADO\n- 2026-01-13 1000.00 BRL SALARIO\n");
}

TEST(BankExportsWorld, HebrewKoreanJapaneseAndChinese) {
    check(R"csv(
תאריך,תיאור,זכות,חובה,יתרה
05/01/2026,שופרסל,,12.34,987.66
13/01/2026,משכורת,1000.00,,1987.66
)csv",
          "- 2026-01-05 -12.34 CHF שופרסל\n- 2026-01-13 1000.00 CHF משכורת\n");
    check(R"csv(
거래일시,적요,출금액,입금액,잔액
2026.01.05 12:00:00,이마트,"12,340.00",0,"987,660.00"
2026.01.13 09:00:00,급여,0,"1,000,000.00","1,987,660.00"
)csv",
          "- 2026-01-05 -12340.00 CHF 이마트\n- 2026-01-13 1000000.00 CHF 급여\n");
    check(R"csv(
"日付","摘要","摘要内容","支払い金額","預かり金額","差引残高"
"2026/1/5","カード","セブンイレブン","1,234.00","","98,766.00"
"2026/1/13","給料","カ)アクメ","","100,000.00","198,766.00"
)csv",
          "- 2026-01-05 -1234.00 CHF カード セブンイレブン\n"
          "- 2026-01-13 100000.00 CHF 給料 カ)アクメ\n");
    check(R"csv(
交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态
2026-01-05 12:30:00,餐饮美食,美团,外卖订单,支出,12.34,交易成功
2026-01-13 09:00:00,收入,公司,工资,收入,1000.00,交易成功
)csv",
          "- 2026-01-05 -12.34 CHF 外卖订单\n- 2026-01-13 1000.00 CHF 工资\n");
}

TEST(BankExportsWorld, CellsThatKeepTheirText) {
    check(R"csv(
Date,Description,Amount,Reference
="05/01/2026",="Shop ""A""",="-12.34",="0012"
="13/01/2026",Acme,="1000.00",="
)csv",
          "- 2026-01-05 -12.34 CHF Shop \"\"A\"\"\n- 2026-01-13 1000.00 CHF Acme\n");
}

TEST(BankExportsWorld, ProgramsThatAHouseholdMovesFrom) {
    // Monarch: an account's name with digits in it is no number.
    check(R"csv(
Date,Merchant,Category,Account,Original Statement,Notes,Amount,Tags
2026-01-05,Kroger,Groceries,Checking (...1234),KROGER #123,,-12.34,
2026-01-14,Netflix,Streaming,Visa (...9),NETFLIX.COM,,-15.49,
)csv",
          "Checking (...1234) 2026-01-05 -12.34 CHF Kroger\n"
          "Visa (...9) 2026-01-14 -15.49 CHF Netflix\n");
    // Copilot prints income as negative, and says in a column what is income.
    check(R"csv(
date,name,amount,status,category,type,account,note
2026-01-05,Kroger,12.34,posted,Groceries,regular,Checking,
2026-01-13,Acme,-1000.00,posted,,income,Checking,
)csv",
          "Checking 2026-01-05 -12.34 CHF Kroger\nChecking 2026-01-13 1000.00 CHF Acme\n");
    // Lunch Money and Toshl: currencies in small letters, money in and out by their own words.
    check(R"csv(
date,payee,amount,currency,category,account,notes,tags,status
2026-01-05,Kroger,-12.34,usd,Groceries,Checking,,,cleared
)csv",
          "Checking 2026-01-05 -12.34 USD Kroger\n");
    check(R"csv(
Date,Account,Category,Tags,Expense amount,Income amount,Currency,In main currency,\
Main currency,Description
1/5/26,Cash,Groceries,milk,12.34,0,EUR,12.34,EUR,Kroger
1/13/26,Cash,Salary,,0,"1,000.00",EUR,"1,000.00",EUR,pay
)csv",
          "Cash 2026-01-05 -12.34 EUR Kroger\nCash 2026-01-13 1000.00 EUR pay\n");
}

TEST(BankExportsWorld, AColumnOfNumbersIsNoParty) {
    // Nordea of Sweden: the recipient is an account, the text has another name.
    check(R"csv(
Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
2026/01/05;-12,34;1234 56 78901;;;ICA;987,66;SEK
2026/01/13;1000,00;;1234 56 78901;;Lön;1987,66;SEK
)csv",
          "- 2026-01-05 -12.34 SEK ICA\n- 2026-01-13 1000.00 SEK Lön\n");
}

TEST(BankExportsWorld, OtpHasItsCurrencyInAColumnWithoutAName) {
    check(R"csv(
"1177300601234567";"T";-1234;"HUF";"20260105";"20260105";98766;"";"SPAR";"VASARLAS"
"1177300601234567";"J";100000;"HUF";"20260113";"20260113";198766;"";"ACME";"BER"
"1177300601234567";"T";-1000;"HUF";"20260114";"20260114";197766;"";"SPAR";"VASARLAS"
)csv",
          "- 2026-01-05 -1234.00 HUF VASARLAS\n- 2026-01-13 100000.00 HUF BER\n"
          "- 2026-01-14 -1000.00 HUF VASARLAS\n");
}

TEST(BankExportsWorld, ColumnsBehindTheTextWithoutANameAreMoreOfIt) {
    check(R"csv(
"Data operacji","Data waluty","Typ transakcji","Kwota","Waluta","Saldo po transakcji",\
"Opis transakcji","","",""
"2026-01-05","2026-01-05","Karta","-12.34","PLN","+987.66","Tytuł: 000123",\
"Lokalizacja: BIEDRONKA","",""
"2026-01-13","2026-01-13","Przelew","+1000.00","PLN","+1987.66","Nadawca: ACME","Tytuł: PENSJA",\
"",""
)csv",
          "- 2026-01-05 -12.34 PLN Tytuł: 000123 Lokalizacja: BIEDRONKA\n"
          "- 2026-01-13 1000.00 PLN Nadawca: ACME Tytuł: PENSJA\n");
}

TEST(BankExportsWorld, VenmoHasFourAmounts) {
    check(R"csv(
Account Statement - (@jdoe) ,,,,,,,,,,
,ID,Datetime,Type,Status,Note,From,To,Amount (total),Amount (tip),Amount (fee)
,3999,2026-01-05T12:00:00,Payment,Complete,pizza,John Doe,Jane Roe,- $12.34,,0
,4000,2026-01-13T12:00:00,Payment,Complete,rent,Jane Roe,John Doe,+ $50.00,,0
)csv",
          "- 2026-01-05 -12.34 CHF pizza\n- 2026-01-13 50.00 CHF rent\n");
}

TEST(ColumnFacts, CountWhatTheCellsCanBe) {
    ColumnFacts facts;
    for (const char* cell : {"-1.50", "(3)", "7", "2026-01-05", "Kroger", "usd", ""}) {
        facts.add(cell);
    }
    EXPECT_EQ(facts.filled, 6U);
    EXPECT_EQ(facts.amounts, 3U);
    EXPECT_EQ(facts.negatives, 2U);
    EXPECT_EQ(facts.marked, 1U);
    EXPECT_EQ(facts.dates, 1U);
    EXPECT_EQ(facts.currencies, 1U);
    EXPECT_EQ(facts.letters, 9U);
    EXPECT_TRUE(facts.fits(ColumnRole::amount)) << "half of them";
    EXPECT_FALSE(facts.fits(ColumnRole::date));
    EXPECT_FALSE(facts.mostly(facts.amounts));
}

TEST(ColumnsByBalance, AreFoundOnlyWhereOneArrangementFits) {
    using Rows = std::vector<std::vector<std::string>>;
    const std::size_t columns[] = {0, 1, 2};
    const Rows sides = {{"10.00", "", "90.00"}, {"", "5.00", "95.00"}, {"20.00", "", "75.00"}};
    const auto found = columns_by_balance(sides, columns);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->debit, 0U);
    EXPECT_EQ(found->credit, 1U);
    EXPECT_EQ(found->balance, 2U);
    EXPECT_FALSE(found->amount.has_value());
    // Two columns that both are the movement; one step only; none that follows; one candidate.
    const Rows twins = {{"-10", "-10", "90"}, {"-20", "-20", "70"}, {"-30", "-30", "40"}};
    EXPECT_FALSE(columns_by_balance(twins, columns).has_value());
    EXPECT_FALSE(columns_by_balance(Rows{{"-1", "9", ""}, {"-2", "7", ""}}, columns).has_value());
    EXPECT_FALSE(
        columns_by_balance(Rows{{"1", "2", "9"}, {"3", "4", "8"}, {"5", "6", "1"}}, columns)
            .has_value());
    EXPECT_FALSE(columns_by_balance(sides, std::span(columns).first(1)).has_value());
    // Commas are decimal marks where they can be nothing else.
    const Rows commas = {
        {"-1.234,50", "98.765,50"}, {"1.000,00", "99.765,50"}, {"-0,50", "99.765,00"}};
    EXPECT_EQ(columns_by_balance(commas, std::span(columns).first(2))->amount, 0U);
}

}  // namespace
}  // namespace atlas::finance::statements
