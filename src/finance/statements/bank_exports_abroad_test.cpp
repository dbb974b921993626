// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of bank_exports_test.cpp, for banks outside of Germany and for programs
// that a household moves from.
#include <algorithm>

#include "finance/statements/testing/bank_export.hpp"

namespace atlas::finance::statements {
namespace {

using bank_export::check;
using bank_export::kMarkedUtf8;

TEST(BankExportsAbroad, AmexPrintsPurchasesAsPositive) {
    check(R"csv(
Date,Description,Card Member,Account #,Amount
01/31/2024,UBER TRIP,A SMITH,-31005,23.10
01/30/2024,"WHOLE FOODS, AUSTIN",A SMITH,-31005,1045.00
01/28/2024,AUTOPAY PAYMENT - THANK YOU,A SMITH,-31005,-812.33
01/27/2024,NETFLIX.COM,B SMITH,-31013,15.49
01/26/2024,SHELL OIL,A SMITH,-31005,40.00
01/25/2024,TARGET,A SMITH,-31005,12.00
01/24/2024,CVS,A SMITH,-31005,9.00
)csv",
          "-31005 2024-01-31 -23.10 CHF UBER TRIP\n"
          "-31005 2024-01-30 -1045.00 CHF WHOLE FOODS, AUSTIN\n"
          "-31005 2024-01-28 812.33 CHF AUTOPAY PAYMENT - THANK YOU\n"
          "-31005 2024-01-26 -40.00 CHF SHELL OIL\n-31005 2024-01-25 -12.00 CHF TARGET\n"
          "-31005 2024-01-24 -9.00 CHF CVS\n-31013 2024-01-27 -15.49 CHF NETFLIX.COM\n");
    check(R"csv(
Datum,Beschreibung,Karteninhaber,Konto #,Betrag
31/01/2024,REWE SAGT DANKE,A MUSTER,-31005,"23,10"
30/01/2024,DB BAHN,A MUSTER,-31005,"1.045,00"
28/01/2024,ZAHLUNG ERHALTEN. BESTEN DANK,A MUSTER,-31005,"-812,33"
27/01/2024,NETFLIX,A MUSTER,-31005,"15,49"
26/01/2024,SHELL,A MUSTER,-31005,"40,00"
25/01/2024,DM,A MUSTER,-31005,"12,00"
24/01/2024,ALDI,A MUSTER,-31005,"9,00"
)csv",
          "-31005 2024-01-31 -23.10 CHF REWE SAGT DANKE\n-31005 2024-01-30 -1045.00 CHF DB BAHN\n"
          "-31005 2024-01-28 812.33 CHF ZAHLUNG ERHALTEN. BESTEN DANK\n"
          "-31005 2024-01-27 -15.49 CHF NETFLIX\n-31005 2024-01-26 -40.00 CHF SHELL\n"
          "-31005 2024-01-25 -12.00 CHF DM\n-31005 2024-01-24 -9.00 CHF ALDI\n");
}

TEST(BankExportsAbroad, MonzoHasBothAmountAndSplitColumns) {
    check(R"csv(
Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,\
Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_00009AB,03/01/2024,10:11:12,Card payment,Pret,🥐,Eating out,-3.50,GBP,-3.50,GBP,,1 High St,,\
PRET A MANGER LONDON,,-3.50,
tx_00009AC,04/01/2024,00:00:01,Faster payment,ACME LTD,,Income,"2,150.77",GBP,"2,150.77",GBP,\
salary #work,,,ACME LTD,,,"2,150.77"
tx_00009AD,05/02/2024,09:00:00,Card payment,Bistro,🍽,Eating out,-12.60,GBP,-14.90,EUR,,Paris,,\
BISTRO PARIS,,-12.60,
tx_00009AE,15/02/2024,09:00:00,Pot transfer,Savings,,Transfers,-100.00,GBP,-100.00,GBP,,,,\
Savings,,-100.00,
)csv",
          "- 2024-01-03 -3.50 GBP Pret PRET A MANGER LONDON\n"
          "- 2024-01-04 2150.77 GBP ACME LTD\n"
          "- 2024-02-05 -12.60 GBP Bistro BISTRO PARIS\n"
          "- 2024-02-15 -100.00 GBP Savings\n",
          kMarkedUtf8);
}

TEST(BankExportsAbroad, WiseHasItsFeesInTheAmount) {
    check(R"csv(
"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance",\
"Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",\
Merchant,"Card Last Four Digits","Card Holder Full Name",Attachment,Note,"Total fees",\
"Exchange To Amount"
CARD-1,31-01-2024,-12.50,EUR,"Card transaction of 12.50 EUR issued by Rewe",,87.50,,,,,,,Rewe,\
1234,Max Muster,,,0.00,
TRANSFER-2,05-01-2024,-101.50,EUR,"Sent money to Anna",rent,100.00,EUR,GBP,0.8555,,Anna,12345678,\
,,,,,1.50,85.55
TRANSFER-3,02-01-2024,201.50,EUR,"Received money from ACME",salary,201.50,,,,ACME,,,,,,,,0.00,
)csv",
          "- 2024-01-31 -12.50 EUR Card transaction of 12.50 EUR issued by Rewe\n"
          "- 2024-01-05 -101.50 EUR Sent money to Anna\n"
          "- 2024-01-02 201.50 EUR Received money from ACME\n");
}

TEST(BankExportsAbroad, BarclaysHasItsAccountInEveryRow) {
    check(R"csv(
Number,Date,Account,Amount,Subcategory,Memo
 ,31/01/2024,20-00-00 12345678,-12.50,PAYMENT,TESCO STORES 2041       ON 30 JAN CLP
 ,05/01/2024,20-00-00 12345678,2150.77,FT,ACME LTD                SALARY BGC
100123,02/01/2024,20-00-00 12345678,-40,CHQ,100123
)csv",
          "20-00-00 12345678 2024-01-31 -12.50 CHF TESCO STORES 2041 ON 30 JAN CLP\n"
          "20-00-00 12345678 2024-01-05 2150.77 CHF ACME LTD SALARY BGC\n"
          "20-00-00 12345678 2024-01-02 -40.00 CHF 100123\n");
}

TEST(BankExportsAbroad, ChaseRowsHaveOneCommaMoreThanTheHeader) {
    check(R"csv(
Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,01/31/2024,"POS DEBIT                TRADER JOE'S #12",-45.10,MISC_DEBIT, ,,
CREDIT,01/30/2024,"ACME PAYROLL    PPD ID: 1234",2150.77,ACH_CREDIT,3100.67,,
CHECK,01/05/2024,"CHECK 101  ",-1200.00,CHECK_PAID,949.90,101,
DSLIP,01/02/2024,"REMOTE ONLINE DEPOSIT #          1",150.00,CHECK_DEPOSIT,2149.90,1,
)csv",
          "- 2024-01-31 -45.10 CHF POS DEBIT TRADER JOE'S #12\n"
          "- 2024-01-30 2150.77 CHF ACME PAYROLL PPD ID: 1234\n"
          "- 2024-01-05 -1200.00 CHF CHECK 101\n"
          "- 2024-01-02 150.00 CHF REMOTE ONLINE DEPOSIT # 1\n");
    check(
        R"csv(
Transaction Date,Post Date,Description,Category,Type,Amount,Memo
01/30/2024,01/31/2024,SQ *BLUE BOTTLE,Food & Drink,Sale,-6.25,
01/29/2024,01/29/2024,Payment Thank You-Mobile,,Payment,812.33,
01/12/2024,01/14/2024,AMZN Mktp US*1A2B3,Shopping,Return,25.00,
)csv",
        "- 2024-01-31 -6.25 CHF SQ *BLUE BOTTLE\n- 2024-01-29 812.33 CHF Payment Thank You-Mobile\n"
        "- 2024-01-14 25.00 CHF AMZN Mktp US*1A2B3\n");
}

TEST(BankExportsAbroad, BankOfAmericaBeginsWithSumsAndABalanceWithADate) {
    check(R"csv(
Description,,Summary Amt.
Beginning balance as of 01/01/2024,,"1,000.00"
Total credits,,"2,150.77"
Total debits,,"-57.60"
Ending balance as of 01/31/2024,,"3,093.17"

Date,Description,Amount,Running Bal.
01/01/2024,Beginning balance as of 01/01/2024,,"1,000.00"
01/05/2024,"TRADER JOE'S #12 01/04 PURCHASE","-57.60","942.40"
01/31/2024,"ACME DES:PAYROLL ID:1 ""X""","2,150.77","3,093.17"
)csv",
          "- 2024-01-05 -57.60 CHF TRADER JOE'S #12 01/04 PURCHASE\n"
          "- 2024-01-31 2150.77 CHF ACME DES:PAYROLL ID:1 \"X\"\n");
    check(R"csv(
Posted Date,Reference Number,Payee,Address,Amount
01/31/2024,24000774030000000000001,"WHOLEFDS 123","AUSTIN        TX ",-45.10
01/30/2024,24000774030000000000002,"PAYMENT - THANK YOU","",812.33
)csv",
          "- 2024-01-31 -45.10 CHF WHOLEFDS 123\n- 2024-01-30 812.33 CHF PAYMENT - THANK YOU\n");
}

TEST(BankExportsAbroad, WellsFargoHasNoHeader) {
    check(R"csv(
"01/31/2024","-12.50","*","","PURCHASE AUTHORIZED ON 01/30 TRADER JOE'S"
"01/30/2024","2150.77","*","","ACME PAYROLL 240130"
"01/12/2024","-1200.00","*","101","CHECK # 101"
)csv",
          "- 2024-01-31 -12.50 CHF PURCHASE AUTHORIZED ON 01/30 TRADER JOE'S\n"
          "- 2024-01-30 2150.77 CHF ACME PAYROLL 240130\n- 2024-01-12 -1200.00 CHF CHECK # 101\n");
}

TEST(BankExportsAbroad, ColumnsThatShareTheMovementsAreNoReasonToTakeTheBalance) {
    // As a file in an encoding that is not read, or without a header, would look: where the balance
    // follows it is answered, where it does not it is asked.
    for (const std::string_view balance : {"98766", "-98766"}) {
        std::string text = "\nxx,yy,zz,tt,vv\n2024/1/31,1001,,shop,";
        text += balance;
        text += "\n2024/2/13,,250001,wage,348767\n2024/2/14,77,,shop,348690\n";
        const auto file = read_statements(text.substr(1), "x.csv", {});
        ASSERT_TRUE(file.has_value());
        const auto& questions = file->csv->ambiguities;
        EXPECT_EQ(std::ranges::count(questions, "columns", &CsvAmbiguity::field),
                  balance.starts_with('-') ? 1 : 0);
        if (!balance.starts_with('-')) {
            const auto& entries = file->statements[0].entries;
            ASSERT_EQ(entries.size(), 3U);
            EXPECT_EQ(to_string(entries[0].amount), "-1001.00 USD");
            EXPECT_EQ(to_string(entries[1].amount), "250001.00 USD");
            EXPECT_EQ(to_string(file->statements[0].closing_balance->amount), "348690.00 USD");
        }
    }
}

TEST(BankExportsAbroad, RabobankAndIngOfTheNetherlands) {
    check(R"csv(
"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",\
"Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij",\
"Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie",\
"Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2",\
"Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"
"NL02RABO0123456789","EUR","RABONL2U","000000000000000101","2024-01-05","2024-01-05","-12,50",\
"+987,50","","Café Zoë","","","","bc","","","","","","Betaalautomaat 10:11"," pasnr. 001","","",\
"","",""
"NL02RABO0123456789","EUR","RABONL2U","000000000000000102","2024-01-31","2024-01-31","+2.150,77",\
"+3138,27","NL91ABNA0417164300","ACME BV","","","ABNANL2A","cb","","REF1","","","","Salaris","",\
"","","","",""
"NL44RABO0123456789","EUR","RABONL2U","000000000000000007","2024-01-31","2024-01-31","-100,00",\
"+0,00","NL02RABO0123456789","Eigen","","","","tb","","","","","","Sparen","","","","-110,00",\
"USD","1,1"
)csv",
          "NL02RABO0123456789 2024-01-05 -12.50 EUR Betaalautomaat 10:11 pasnr. 001\n"
          "NL02RABO0123456789 2024-01-31 2150.77 EUR Salaris\n"
          "NL44RABO0123456789 2024-01-31 -100.00 EUR Sparen\n",
          Encoding::windows_1252);
    check(R"csv(
"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";\
"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"
"20240131";"ALBERT HEIJN 1234";"NL20INGB0001234567";"";"BA";"Af";"12,50";"Betaalautomaat";\
"Pasvolgnr: 001";"1087,50";""
"20240105";"ACME BV";"NL20INGB0001234567";"NL91ABNA0417164300";"OV";"Bij";"1.100,00";\
"Overschrijving";"Salaris";"1100,00";"#werk"
)csv",
          "NL20INGB0001234567 2024-01-31 -12.50 EUR ALBERT HEIJN 1234\n"
          "NL20INGB0001234567 2024-01-05 1100.00 EUR ACME BV\n");
}

TEST(BankExportsAbroad, SwedbankInSwedenAndInTheBaltics) {
    check(R"csv(
* Transaktioner Period 2024-01-01 – 2024-01-31 Skapad 2024-02-01 10:11 CET
Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,\
Referens,Beskrivning,Belopp,Bokfört saldo
1,81059,1234567,"Privatkonto",SEK,2024-01-31,2024-01-30,2024-01-31,"ICA NÄRA","ICA NÄRA",-125.00,\
1234.56
2,81059,1234567,"Privatkonto",SEK,2024-01-25,2024-01-25,2024-01-25,"LÖN","LÖN",25000.00,1359.56
3,81059,1234567,"Privatkonto",SEK,2024-01-02,2024-01-02,2024-01-02,"Hyra","Hyra",-8000.00,-23640.44
)csv",
          "1234567 2024-01-31 -125.00 SEK ICA NÄRA\n1234567 2024-01-25 25000.00 SEK LÖN\n"
          "1234567 2024-01-02 -8000.00 SEK Hyra\n");
    check(R"csv(
"Client account";"Row type";"Date";"Beneficiary/Payer";"Details";"Amount";"Currency";\
"Debit/Credit";"Transfer reference";"Transaction type";"Reference number";"Document number";
"EE382200221020145685";"10";"01.01.2024";"";"Opening balance";"1000,00";"EUR";"K";"";"AS";"";"";
"EE382200221020145685";"20";"05.01.2024";"RIMI";"'05/01/2024 RIMI TALLINN";"12,50";"EUR";"D";\
"2024010500001";"K";"";"";
"EE382200221020145685";"20";"31.01.2024";"ACME OÜ";"Palk";"2150,77";"EUR";"K";"2024013100002";\
"MK";"";"7";
"EE382200221020145685";"82";"31.01.2024";"";"Turnover";"12,50";"EUR";"D";"";"K2";"";"";
"EE382200221020145685";"82";"31.01.2024";"";"Turnover";"2150,77";"EUR";"K";"";"K2";"";"";
"EE382200221020145685";"86";"31.01.2024";"";"closing balance";"3138,27";"EUR";"K";"";"LS";"";"";
)csv",
          "EE382200221020145685 2024-01-05 -12.50 EUR '05/01/2024 RIMI TALLINN\n"
          "EE382200221020145685 2024-01-31 2150.77 EUR Palk\n");
}

TEST(BankExportsAbroad, TinkoffIsWrittenInCyrillicOfOneByte) {
    check(R"csv(
"Дата операции";"Дата платежа";"Номер карты";"Статус";"Сумма операции";"Валюта операции";\
"Сумма платежа";"Валюта платежа";"Кэшбэк";"Категория";"MCC";"Описание";"Бонусы (включая кэшбэк)";\
"Округление на инвесткопилку";"Сумма операции с округлением"
"31.01.2024 18:30:01";"02.02.2024";"*1234";"OK";"-1350,50";"RUB";"-1350,50";"RUB";"13,00";\
"Супермаркеты";"5411";"Пятёрочка";"13,00";"0,00";"1350,50"
"30.01.2024 10:00:00";"30.01.2024";"";"OK";"50000,00";"RUB";"50000,00";"RUB";"";"Пополнения";"";\
"Зарплата";"0,00";"0,00";"50000,00"
"29.01.2024 10:00:00";"";"*1234";"FAILED";"-10,00";"USD";"-900,00";"RUB";"";"Кафе";"5812";"Cafe";\
"0,00";"0,00";"10,00"
"28.01.2024 10:00:00";"29.01.2024";"*1234";"OK";"-10,00";"USD";"-905,10";"RUB";"";"Кафе";"5812";\
"Cafe";"0,00";"0,00";"10,00"
)csv",
          "- 2024-02-02 -1350.50 RUB Пятёрочка\n- 2024-01-30 50000.00 RUB Зарплата\n"
          "- 2024-01-29 -905.10 RUB Cafe\nrefused 4\n",
          Encoding::windows_1251);
}

TEST(BankExportsAbroad, PayPalHasItsFeeInNetAndAuthorisationsThatMoveNothing) {
    check(R"csv(
"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net",\
"From Email Address","To Email Address","Transaction ID","Item Title","Reference Txn ID","Balance"
"1/15/2024","10:11:12","PST","Bob","General Payment","Completed","USD","10.00","-0.59","9.41",\
"b@x.org","a@x.org","9AB","","","1,009.41"
"1/16/2024","10:11:12","PST","Shop","Express Checkout Payment","Completed","EUR","-1,012.00",\
"0.00","-1,012.00","a@x.org","s@x.org","9AC","Lamp","","-1,012.00"
"1/17/2024","10:11:12","PST","Hotel","General Authorization","Pending","USD","-300.00","0.00",\
"-300.00","a@x.org","h@x.org","9AD","","","1,009.41"
"1/18/2024","10:11:12","PST","Taxi","Express Checkout Payment","Denied","USD","-20.00","0.00",\
"-20.00","a@x.org","t@x.org","9AE","","","1,009.41"
)csv",
          "- 2024-01-15 9.41 USD Bob\n- 2024-01-17 -300.00 USD pending Hotel\nrefused 5\n"
          "- 2024-01-16 -1012.00 EUR Shop\n",
          kMarkedUtf8);
    check(R"csv(
"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto",\
"Absender E-Mail-Adresse","Empfänger E-Mail-Adresse","Transaktionscode","Artikelbezeichnung",\
"Zugehöriger Transaktionscode","Guthaben","Auswirkung auf Guthaben"
"15.01.2024","10:11:12","CET","Bob","Allgemeine Zahlung","Abgeschlossen","EUR","1.010,00","-20,\
59","989,41","b@x.org","a@x.org","9AB","","","989,41","Haben"
"16.01.2024","10:11:12","CET","Laden","Zahlung","Abgeschlossen","EUR","-12,50","0,00","-12,50",\
"a@x.org","s@x.org","9AC","Lampe","","976,91","Soll"
"17.01.2024","10:11:12","CET","Hotel","Autorisierung","Ausstehend","EUR","-300,00","0,00","-300,\
00","a@x.org","h@x.org","9AD","","","976,91","Soll"
)csv",
          "- 2024-01-15 989.41 EUR Bob\n- 2024-01-16 -12.50 EUR Laden\n"
          "- 2024-01-17 -300.00 EUR pending Hotel\n",
          kMarkedUtf8);
}

TEST(BankExportsAbroad, YnabMintAndFireflyInEuro) {
    check(R"csv(
"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo",\
"Outflow","Inflow","Cleared"
"Giro","","31.01.2024","Rewe","Essen: Einkauf","Essen","Einkauf","","1.012,50€","0,00€","Cleared"
"Giro","","05.01.2024","Starting Balance","Inflow: Ready to Assign","Inflow","Ready to Assign",\
"","0,00€","500,00€","Reconciled"
"Sparen","","05.01.2024","Bank","","","","","0,00€","0,00€","Uncleared"
)csv",
          "Giro 2024-01-31 -1012.50 EUR Rewe\nGiro 2024-01-05 500.00 EUR Starting Balance\n"
          "Sparen 2024-01-05 0.00 EUR Bank\n",
          kMarkedUtf8);
    check(R"csv(
"Date","Description","Original Description","Amount","Transaction Type","Category",\
"Account Name","Labels","Notes"
"1/31/2024","Amazon","AMZN Mktp US*1A2B3","1,045.10","debit","Shopping","Visa","",""
"1/30/2024","Refund","AMZN Mktp US*1A2B3","5.00","credit","Shopping","Visa","",""
)csv",
          "Visa 2024-01-31 -1045.10 CHF Amazon AMZN Mktp US*1A2B3\n"
          "Visa 2024-01-30 5.00 CHF Refund AMZN Mktp US*1A2B3\n");
}

TEST(BankExportsAbroad, ASheetsDayNumbersAreDays) {
    check(R"csv(
Date,Value Date,Description,Amount,Balance
45322,45323,Tea,-2.50,97.50
45321.75,45322,Rent 2024,-1200,100
36526,36526,Old,45322,1300
)csv",
          "- 2024-01-31 -2.50 CHF Tea\n- 2024-01-30 -1200.00 CHF Rent 2024\n"
          "- 2000-01-01 45322.00 CHF Old\n");
    check("\nDate,Description,Amount\n25568,Before 1970,-1.00\n", "refused 2\n");
    check("\nDate,Description,Amount\n73051,After 2099,-1.00\n", "refused 2\n");
    // No name says that it is a date, or other numbers stand among them: nothing is guessed.
    check("\n45322,Tea,-2.50\n45321,Rent,-1200.00\n",
          "no column of the file holds dates (export.csv)");
    check("\nDate,Description,Amount\n45322,Tea,-2.50\n99999,Rent,-1.00\n12,X,-1.00\n",
          "refused 2\nrefused 3\nrefused 4\n");
}

TEST(BankExportsAbroad, DigitsOfOtherScriptsAreDigits) {
    check(R"csv(
التاريخ,الوصف,المبلغ,الرصيد
٣١/٠١/٢٠٢٤,قهوة,-٣٫٥٠,١٬٢٣٤٫٥٠
٢٠/٠١/٢٠٢٤,راتب,١٬٠٠٠٫٠٠,١٬٢٣٨٫٠٠
)csv",
          "- 2024-01-31 -3.50 CHF قهوة\n- 2024-01-20 1000.00 CHF راتب\n");
    check(R"csv(
日付,摘要,出金,入金,残高
2024年1月31日,コンビニ,"１，２３４",,98766
2024年2月1日,給与,,"250,000円",348766
)csv",
          "- 2024-01-31 -1234 JPY コンビニ\n- 2024-02-01 250000 JPY 給与\n", kMarkedUtf8);
    check("\nDate,Description,Amount\n31/01/२०२४,चाय,-२.५०\n30/01/2024,X,-๑๒.๐๐\n",
          "- 2024-01-31 -2.50 CHF चाय\n- 2024-01-30 -12.00 CHF X\n");
}

}  // namespace
}  // namespace atlas::finance::statements
