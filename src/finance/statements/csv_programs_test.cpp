// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of bank_exports_test.cpp, for programs that keep books, and for what the
// exports of another sixty banks got wrong: sides, currencies, accounts and states of rows.
#include "finance/statements/csv_programs.hpp"

#include "finance/statements/testing/bank_export.hpp"

namespace atlas::finance::statements {
namespace {

using bank_export::check;

TEST(CsvPrograms, GnuCashBooksOneOfItsTwoSides) {
    const std::string head =
        "\nDate,Transaction ID,Number,Description,Notes,Commodity/Currency,Void Reason,Action,Memo,"
        "Full Account Name,Account Name,Amount With Sym,Amount Num.,Value With Sym,Value Num.,"
        "Reconcile,Reconcile Date,Rate/Price\n";
    const std::string wanted =
        "Assets:Checking 2026-01-05 -12.34 USD Kroger\nAssets:Checking 2026-01-13 1000.00 USD "
        "Acme\n";
    check(head +
              R"csv(2026-01-05,8f01,,Kroger,,CURRENCY::USD,,,,Assets:Checking,Checking,-$12.34,\
-12.34,-$12.34,-12.34,n,,1
2026-01-05,8f01,,Kroger,,CURRENCY::USD,,,,Expenses:Groceries,Groceries,$12.34,12.34,$12.34,\
12.34,n,,1
2026-01-13,8f02,,Acme,,CURRENCY::USD,,,,Income:Salary,Salary,"-$1,000.00","-1,000.00","-$1,\
000.00","-1,000.00",n,,1
2026-01-13,8f02,,Acme,,CURRENCY::USD,,,,Assets:Checking,Checking,"$1,000.00","1,000.00","$1,\
000.00","1,000.00",n,,1
)csv",
          wanted);
    // On several lines only the first says when and what; a transfer has an own account below it.
    check(head +
              R"csv(01/05/2026,8f01,,Kroger,,CURRENCY::USD,,,,Assets:Checking,Checking,-$12.34,\
-12.34,-$12.34,-12.34,n,,1
,,,,,,,,,Expenses:Groceries,Groceries,$12.34,12.34,$12.34,12.34,n,,1
01/13/2026,8f02,,Acme,,CURRENCY::USD,,,,Income:Salary,Salary,"-$1,000.00","-1,000.00","-$1,\
000.00","-1,000.00",n,,1
,,,,,,,,,Assets:Checking,Checking,"$1,000.00","1,000.00","$1,000.00","1,000.00",n,,1
)csv",
          wanted, Encoding::utf8, "USD");
    // Another commodity than the movement's: its amount is not in the column's currency.
    check(head +
              R"csv(2026-01-05,8f01,,Move,,CURRENCY::USD,,,,Assets:Checking,Checking,-$12.34,\
-12.34,-$12.34,-12.34,n,,1
2026-01-05,8f01,,Move,,CURRENCY::USD,,,,Assets:Giro,Giro,€11.00,11.00,$12.34,12.34,n,,1.12
)csv",
          "Assets:Checking 2026-01-05 -12.34 USD Move\nrefused 3\n");
}

TEST(CsvPrograms, AccountsThatAreCategoriesAreKnownByTheirRoot) {
    for (const char* name : {"Expenses:Food", "Income", "Equity:Opening Balances", "Erträge:Lohn",
                             "Dépenses:Loyer", "Imbalance-EUR"}) {
        EXPECT_TRUE(is_category_account(name)) << name;
    }
    for (const char* name :
         {"Assets:Income", "Aktiva:Giro", "Liabilities:Visa", "", "Imbalanced"}) {
        EXPECT_FALSE(is_category_account(name)) << name;
    }
}

TEST(CsvPrograms, HomeBankHasNoHeaderAndItsCategoryIsNoText) {
    check(R"csv(
2026-01-05;6;;Kroger;weekly;-12.34;Food:Groceries and more;milk
2026-01-13;4;;Acme;pay;1000.00;Salary;
2026-01-14;3;1001;Landlord;rent;-500.00;Housing:Rent;
)csv",
          "- 2026-01-05 -12.34 CHF Kroger\n- 2026-01-13 1000.00 CHF Acme\n"
          "- 2026-01-14 -500.00 CHF Landlord\n");
    using Rows = std::vector<std::vector<std::string>>;
    EXPECT_TRUE(homebank_columns(Rows{}).empty());
    EXPECT_TRUE(
        homebank_columns(Rows{{"2026-01-05", "600", "", "a", "b", "-1.00", "c", ""}}).empty());
    EXPECT_TRUE(
        homebank_columns(Rows{{"2026-01-05", "6", "", "a", "b", "-1.00", "7.50", ""}}).empty());
}

TEST(CsvPrograms, MoneyManagerSaysInAColumnWhichWayItWent) {
    check(R"csv(
Date,Account,Category,Subcategory,Note,EUR,Income/Expense,Description,Amount,Currency,Account
01/05/2026 12:30:00,Cash,Food,Eating out,Kroger,12.34,Exp.,lunch,12.34,EUR,12.34
01/13/2026 09:00:00,Bank,Salary,,Acme,1000.00,Income,,1000.00,EUR,1000.00
01/14/2026 09:00:00,Bank,Cash,,move,100.00,Transfer-Out,,100.00,EUR,100.00
)csv",
          "Cash 2026-01-05 -12.34 EUR lunch\nBank 2026-01-13 1000.00 EUR Acme\n"
          "Bank 2026-01-14 -100.00 EUR move\n");
}

TEST(CsvPrograms, TheCurrencyIsThatOfThePaymentAndTheAccountNoCard) {
    // Revolut for business.
    check(R"csv(
Date started (UTC),Date completed (UTC),ID,Type,State,Description,Card number,Orig currency,\
Orig amount,Payment currency,Amount,Total amount,Fee,Fee currency,Balance,Account
2026-01-05,2026-01-06,a1,CARD_PAYMENT,COMPLETED,Kroger,1234,USD,-13.00,EUR,-12.34,-12.34,0.00,EUR,\
987.66,Main
2026-01-13,2026-01-13,a2,TOPUP,COMPLETED,Acme,,EUR,1000.00,EUR,1000.00,999.80,0.20,EUR,1987.46,Main
)csv",
          "Main 2026-01-06 -12.34 EUR Kroger\nMain 2026-01-13 999.80 EUR Acme\n");
    // With names that nobody knows, two currencies are a question.
    check(R"csv(
Date,Text,qa,qb,Amount
2026-01-05,Kroger,USD,EUR,-12.34
2026-01-13,Acme,EUR,EUR,1000.00
)csv",
          "? columns\n- 2026-01-05 -12.34 USD Kroger\n- 2026-01-13 1000.00 EUR Acme\n");
}

TEST(CsvPrograms, OneSideWithoutTheOtherIsFoundOrAsked) {
    // ICICI of India: the deposits had a name that was not known, and were booked as nothing.
    check(R"csv(
S No.,Value Date,Transaction Date,Cheque Number,Transaction Remarks,Withdrawal Amount (INR ),\
Deposit Amount (INR ),Balance (INR )
1,05/01/2026,05/01/2026,-,UPI/SWIGGY,12.34,0.00,987.66
2,13/01/2026,13/01/2026,-,NEFT-ACME,0.00,1000.00,1987.66
)csv",
          "- 2026-01-05 -12.34 INR UPI/SWIGGY\n- 2026-01-13 1000.00 INR NEFT-ACME\n");
    check(R"csv(
Date,Text,Debit,Zugang
13/01/2026,Kroger,12.34,0.00
14/01/2026,Acme,0.00,1000.00
)csv",
          "? columns\n- 2026-01-13 -12.34 CHF Kroger\n- 2026-01-14 0.00 CHF Acme\n");
}

TEST(CsvPrograms, ACardIsKnownByWhatWasPaidBack) {
    // Nubank's.
    check(R"csv(
date,title,amount
2026-01-05,Mercado,12.34
2026-01-06,Uber,20.00
2026-01-10,Pagamento recebido,-100.00
)csv",
          "- 2026-01-05 -12.34 CHF Mercado\n- 2026-01-06 -20.00 CHF Uber\n"
          "- 2026-01-10 100.00 CHF Pagamento recebido\n");
}

TEST(CsvPrograms, StatesAndNamesOfBanksNotMetBefore) {
    check(R"csv(
Data;Operazione;Dettagli;Conto o carta;Contabilizzazione;Categoria ;Valuta;Importo
13/01/2026;Stipendio;ACME;Conto 1000/00001234;CONTABILIZZATO;Stipendi;EUR;1.000,00
14/01/2026;Amazon;Pagamento;Conto 1000/00001234;NON CONTABILIZZATO;Altro;EUR;-5,00
)csv",
          "- 2026-01-13 1000.00 EUR Stipendio\n- 2026-01-14 -5.00 EUR pending Amazon\n");
    check(R"csv(
"Dato";"Kategori";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"13.01.2026";"Løn";"ACME";"1.000,00";"1.987,66";"Udført";"Nej"
"14.01.2026";"Mad";"NETTO";"-5,00";"1.982,66";"Venter";"Nej"
)csv",
          "- 2026-01-13 1000.00 CHF ACME\n- 2026-01-14 -5.00 CHF pending NETTO\n",
          Encoding::windows_1252);
    // bunq: the other party's IBAN is no name. DBS: a code of a kind is no reference.
    check(R"csv(
"Date","Interest Date","Amount","Account","Counterparty","Name","Description"
"2026-01-13","2026-01-13","1,000.00","NL12BUNQ0123456789","NL91ABNA0417164300","Acme","Salaris"
"2026-01-14","2026-01-14","-12.00","NL12BUNQ0123456789","","Jumbo","Eten"
)csv",
          "NL12BUNQ0123456789 2026-01-13 1000.00 CHF Acme Salaris\n"
          "NL12BUNQ0123456789 2026-01-14 -12.00 CHF Jumbo Eten\n");
    const auto file = read_statements(
        "Transaction Date,Reference,Debit Amount,Credit Amount,Transaction Ref1\n"
        "13 Jan 2026,GRO,,1000.00,SALARY\n05 Jan 2026,POS,12.34,,NTUC\n",
        "dbs.csv", {.currency = *money::Currency::parse("SGD"), .mapping = {}});
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->statements[0].entries[0].bank_id, "");
    EXPECT_EQ(file->statements[0].entries[0].kind, "GRO");
}

TEST(CsvPrograms, LettersOfCentralEuropeAreKnownByMoreOfThem) {
    const std::string polish = R"csv(
#Data operacji;#Opis operacji;#Nadawca/Odbiorca;#Kwota;#Saldo po operacji;
2026-01-05;ZAKUP PRZY UŻYCIU KARTY;"  ";-12,34;987,66;
2026-01-13;PRZELEW ZEWNĘTRZNY;"ACME";1 000,00;1 987,66;
)csv";
    check(polish,
          "- 2026-01-05 -12.34 CHF ZAKUP PRZY UŻYCIU KARTY\n"
          "- 2026-01-13 1000.00 CHF PRZELEW ZEWNĘTRZNY\n",
          Encoding::windows_1250);
    check("\nDatum;Popis;Castka\n13.01.2026;čerpací stanice, šek;-1,50\n",
          "- 2026-01-13 -1.50 CHF čerpací stanice, šek\n", Encoding::windows_1250);
    for (const std::string text : {"dům a řízek", "příkaz dům"}) {
        check("\nDatum;Popis;Castka\n13.01.2026;" + text + ";-1,50\n",
              "- 2026-01-13 -1.50 CHF " + text + "\n", Encoding::windows_1250);
    }
    check("\nDátum;Leírás;Összeg\n2026.01.13;munkabér előleg;-1,50\n",
          "- 2026-01-13 -1.50 CHF munkabér előleg\n", Encoding::windows_1250);
    // A caron in a Western text, Portuguese and a price in pounds turn nothing.
    for (const std::string text :
         {"Škoda à Genève", "transações de crédito", "£5 café", "øre så átti"}) {
        check("\nDate,Description,Amount\n2026-01-13," + text + ",-1.50\n",
              "- 2026-01-13 -1.50 CHF " + text + "\n", Encoding::windows_1252);
    }
}

}  // namespace
}  // namespace atlas::finance::statements
