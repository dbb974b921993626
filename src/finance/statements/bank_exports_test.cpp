// SPDX-License-Identifier: Apache-2.0
// Goal: what banks of several countries give as CSV is read without a wrong amount, day or sign,
// and without a question that has one answer. Method: a file of each, written by us in the bank's
// layout with what annoys in it (preamble, footer, pending and void rows, columns of the other
// party's account, encodings of one byte), beside what a person reads in it.
#include "finance/statements/testing/bank_export.hpp"

namespace atlas::finance::statements {
namespace {

using bank_export::check;
using bank_export::kMarkedUtf8;

TEST(BankExports, N26HasTheOtherPartysAccountInAColumn) {
    check(R"csv(
"Date","Payee","Account number","Transaction type","Payment reference","Amount (EUR)",\
"Amount (Foreign Currency)","Type Foreign Currency","Exchange Rate"
"2024-01-05","Bäckerei Müller","DE02120300000000202051","MasterCard Payment","","-3.5","-3.5",\
"EUR","1.0"
"2024-01-12","ACME GmbH","DE02500105170137075030","Income","Gehalt, Januar","2150.77","","",""
"2024-01-13","Shop ""Zum Fass""","","MasterCard Payment","","-1012.00","-1100.01","USD","0.92"
)csv",
          "- 2024-01-05 -3.50 EUR Bäckerei Müller\n"
          "- 2024-01-12 2150.77 EUR ACME GmbH\n"
          "- 2024-01-13 -1012.00 EUR Shop \"Zum Fass\"\n");
    check(R"csv(
"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference",\
"Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
2024-03-04,2024-03-02,Rewe,,Presentment,,Hauptkonto,-12.50,12.50,EUR,1
2024-03-05,2024-03-05,Anna Beispiel,DE02120300000000202051,"Credit Transfer",Miete,Hauptkonto,\
800.00,,,
2024-03-06,2024-03-06,Rewe,,"Presentment Refund",,Gemeinsam,12.50,,,
)csv",
          "Hauptkonto 2024-03-04 -12.50 EUR Rewe\n"
          "Hauptkonto 2024-03-05 800.00 EUR Anna Beispiel\n"
          "Gemeinsam 2024-03-06 12.50 EUR Rewe\n");
}

TEST(BankExports, RevolutHasFeesPendingAndRevertedRows) {
    check(R"csv(
Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TOPUP,Current,2024-01-02 08:00:00,2024-01-02 08:00:05,Top-Up by *1234,100.00,0.00,GBP,COMPLETED,\
100.00
CARD_PAYMENT,Current,2024-01-03 23:59:59,2024-01-05 04:00:00,Tesco,-12.50,0.00,GBP,COMPLETED,87.50
EXCHANGE,Current,2024-01-06 10:00:00,2024-01-06 10:00:00,Exchanged to EUR,-20.00,0.10,GBP,\
COMPLETED,67.40
EXCHANGE,Current,2024-01-06 10:00:00,2024-01-06 10:00:00,Exchanged to EUR,23.20,0.00,EUR,\
COMPLETED,23.20
CARD_PAYMENT,Current,2024-01-07 10:00:00,,Hotel,-300.00,0.00,GBP,PENDING,
CARD_PAYMENT,Current,2024-01-07 11:00:00,2024-01-07 11:00:01,Hotel,-300.00,0.00,GBP,REVERTED,
)csv",
          "- 2024-01-02 100.00 GBP Top-Up by *1234\n- 2024-01-05 -12.50 GBP Tesco\n"
          "- 2024-01-06 -20.10 GBP Exchanged to EUR\n- 2024-01-07 -300.00 GBP pending Hotel\n"
          "refused 7\n- 2024-01-06 23.20 EUR Exchanged to EUR\n");
    check(R"csv(
Completed Date ; Description ; Paid Out (GBP) ; Paid In (GBP) ; Exchange Out; Exchange In;\
 Balance (GBP); Category; Notes
13 Jan 2024 ; To Anna ; 1,250.00 ;  ;  ;  ; 750.00; transfers; rent
2 Jan 2024 ; From Bob ;  ; 2,000.00 ;  ;  ; 2,000.00; general;
)csv",
          "- 2024-01-13 -1250.00 GBP To Anna\n- 2024-01-02 2000.00 GBP From Bob\n");
    check(R"csv(
Art,Produkt,Datum des Beginns,Datum des Abschlusses,Beschreibung,Betrag,Gebühr,Währung,Status,Saldo
Kartenzahlung,Aktuell,2024-01-03 10:00:00,2024-01-05 04:00:00,Rewe,-12.50,0.00,EUR,ABGESCHLOSSEN,\
87.50
Kartenzahlung,Aktuell,2024-01-07 10:00:00,,Hotel,-30.00,0.00,EUR,AUSSTEHEND,
Kartenzahlung,Aktuell,2024-01-07 10:00:00,,Hotel,-30.00,0.00,EUR,RÜCKGÄNGIG GEMACHT,
)csv",
          "- 2024-01-05 -12.50 EUR Rewe\n- 2024-01-07 -30.00 EUR pending Hotel\nrefused 4\n");
}

TEST(BankExports, DkbHasABalanceAboveAndTheOtherPartysIban) {
    check(R"csv(
"Girokonto";"DE02120300000000202051"
""
"Kontostand vom 31.01.2024:";"1.234,56 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";\
"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"01.02.24";"01.02.24";"Vorgemerkt";"ISSUER";"Kiosk";"VISA Debit";"Ausgang";"";"-4,2";"";"";""
"31.01.24";"30.01.24";"Gebucht";"ISSUER";"REWE SAGT DANKE";"VISA Debit";"Ausgang";\
"DE96120300009005290904";"-1.012,5";"";"";"483"
"05.01.24";"05.01.24";"Gebucht";"ACME GmbH";"Max Muster";"Gehalt";"Eingang";\
"DE02500105170137075030";"2.150";"";"";""
)csv",
          "DE02120300000000202051 2024-02-01 -4.20 EUR pending Kiosk\n"
          "DE02120300000000202051 2024-01-31 -1012.50 EUR REWE SAGT DANKE\n"
          "DE02120300000000202051 2024-01-05 2150.00 EUR Max Muster\n",
          kMarkedUtf8);
    check(R"csv(
"Kontonummer:";"DE02120300000000202051 / Girokonto";

"Von:";"01.01.2024";
"Bis:";"31.01.2024";
"Kontostand vom 31.01.2024:";"1.234,56 EUR";

"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";\
"Kontonummer";"BLZ";"Betrag (EUR)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz";
"31.01.2024";"31.01.2024";"Lastschrift";"Stadtwerke Köln";"Abschlag; Vertrag 1";\
"DE96120300009005290904";"BYLADEM1001";"-85,00";"DE1";"M1";"";
"11.01.2024";"11.01.2024";"Gutschrift";"Anna";"Danke";"1234567";"12030000";"1.000,00";"";"";"";
)csv",
          "DE02120300000000202051 2024-01-31 -85.00 EUR Stadtwerke Köln\n"
          "DE02120300000000202051 2024-01-11 1000.00 EUR Anna\n",
          Encoding::windows_1252);
    check(R"csv(
"Kreditkarte:";"4998************ Kreditkarte";

"Von:";"01.01.2024";
"Bis:";"31.01.2024";
"Saldo:";"-112.5 EUR";
"Datum:";"31.01.2024";

"Umsatz abgerechnet und nicht im Saldo enthalten";"Wertstellung";"Belegdatum";"Beschreibung";\
"Betrag (EUR)";"Ursprünglicher Betrag";
"Ja";"31.01.2024";"29.01.2024";"AMAZON";"-12,50";"";
"Nein";"05.01.2024";"03.01.2024";"HOTEL ROMA";"-100,00";"-110,25 USD";
)csv",
          "- 2024-01-29 -12.50 EUR AMAZON\n- 2024-01-03 -100.00 EUR HOTEL ROMA\n",
          Encoding::windows_1252);
}

TEST(BankExports, IngDiBaHasTwelveLinesAboveAndTwoColumnsOfCurrency) {
    check(R"csv(
Umsatzanzeige;Datei erstellt am: 31.01.2024 10:11

IBAN;DE02 5001 0517 0137 0750 30
Kontoname;Girokonto
Bank;ING
Kunde;Max Muster
Zeitraum;01.01.2024 - 31.01.2024
Saldo;1.234,56;EUR

Sortierung;Datum absteigend

In der CSV-Datei finden Sie alle bereits gebuchten Umsätze. Die vorgemerkten Umsätze werden nicht\
 aufgenommen, auch wenn sie angezeigt werden.

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;\
Betrag;Währung
05.02.2024;05.02.2024;REWE;Lastschrift;NR 123;1.234,56;EUR;-12,50;EUR
04.01.2024;03.01.2024;Müller & Söhne;Gutschrift;Danke;1.247,06;EUR;1.000,00;EUR
)csv",
          "DE02500105170137075030 2024-02-05 -12.50 EUR REWE\n"
          "DE02500105170137075030 2024-01-04 1000.00 EUR Müller & Söhne\n",
          Encoding::windows_1252);
}

TEST(BankExports, SparkasseSaysInItsInfoWhatIsPending) {
    check(R"csv(
"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";\
"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";\
"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";\
"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE02500105170137075030";"01.02.24";"01.02.24";"KARTENZAHLUNG";"Tanke";"";"";"";"";"";"";\
"SHELL 123";"DE96120300009005290904";"X";"-50,00";"EUR";"Umsatz vorgemerkt"
"DE02500105170137075030";"31.01.24";"31.01.24";"FOLGELASTSCHRIFT";"Strom";"DE1";"M1";"E1";"";"85,\
00";"";"Stadtwerke";"DE96120300009005290904";"X";"-85,00";"EUR";"Umsatz gebucht"
"DE02500105170137075030";"";"";"KARTENZAHLUNG";"ohne Tag";"";"";"";"";"";"";"X";"";"";"-1,00";\
"EUR";"Umsatz vorgemerkt"
)csv",
          "DE02500105170137075030 2024-02-01 -50.00 EUR pending SHELL 123\n"
          "DE02500105170137075030 2024-01-31 -85.00 EUR Stadtwerke\nrefused 4\n",
          Encoding::windows_1252);
}

TEST(BankExports, DeutscheBankAndComdirectEndWithTheirBalance) {
    check(R"csv(
Umsätze Girokonto;;;Kundennummer: 123 1234567
01.01.2024 - 31.01.2024
Letzter Kontostand;;;;1.000,00;EUR
Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;\
Kundenreferenz;Mandatsreferenz ;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;\
Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
05.01.2024;05.01.2024;"SEPA-Lastschrift";REWE;Einkauf;DE96120300009005290904;X;;;;;;;;;-12,50;;EUR
31.01.2024;31.01.2024;"SEPA-Überweisung";ACME;Gehalt;DE02500105170137075030;X;;;;;;;;;;2.150,77;EUR
Kontostand;31.01.2024;;;3.138,27;EUR
)csv",
          "- 2024-01-05 -12.50 EUR REWE\n- 2024-01-31 2150.77 EUR ACME\n", Encoding::windows_1252);
    check(R"csv(
;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"1.234,56 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Kartenverfügung";"Kiosk am Tor, Kartenzahlung";"-4,20";
"31.01.2024";"30.01.2024";"Lastschrift";"Auftraggeber: Stadtwerke Buchungstext: Strom";"-1.085,00";
"05.01.2024";"05.01.2024";"Übertrag";"Auftraggeber: Anna";"10,00";

"Alter Kontostand";"1.000,00 EUR";
)csv",
          "- 2024-01-31 -1085.00 EUR Auftraggeber: Stadtwerke Buchungstext: Strom\n- 2024-01-05 "
          "10.00 EUR Auftraggeber: Anna\nrefused 6\n",
          Encoding::windows_1252);
}

TEST(BankExports, AnIbanAboveMakesTheColumnTheOtherPartys) {
    // Every row has one, and there is no column of the other party's name.
    check(R"csv(
Konto:;DE02120300000000202051
Datum;Text;IBAN;Betrag
31.01.2024;Rewe;DE96120300009005290904;-12,50
30.01.2024;Rewe;DE96120300009005290904;-2,50
)csv",
          "DE02120300000000202051 2024-01-31 -12.50 CHF Rewe\n"
          "DE02120300000000202051 2024-01-30 -2.50 CHF Rewe\n");
    check(R"csv(
Datum;Text;IBAN;Betrag
31.01.2024;Rewe;DE96120300009005290904;-12,50
30.01.2024;Rewe;DE96120300009005290904;-2,50
)csv",
          "DE96120300009005290904 2024-01-31 -12.50 CHF Rewe\n"
          "DE96120300009005290904 2024-01-30 -2.50 CHF Rewe\n");
}

}  // namespace
}  // namespace atlas::finance::statements
