// SPDX-License-Identifier: Apache-2.0
// Goal: camt.052/.053/.054 of any version give each booking once, signed and dated right, and what
// cannot be used with its place. Method: one small document for each rule, seeded damage.
#include "finance/statements/camt.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "finance/statements/fuzz_laws.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

StatementFile read(const std::string& text) {
    const auto file = read_statements(text, "test.xml", {});
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    StatementFile none;
    none.statements.resize(1);
    return file.has_value() ? *file : none;
}

std::string document(const std::string& body, const std::string& version = "053.001.08") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt." +
           version + "\">\n<BkToCstmrStmt>\n" + body + "</BkToCstmrStmt></Document>\n";
}

std::string balance(const std::string& type, const std::string& amount, const std::string& day,
                    const std::string& side = "CRDT") {
    return "<Bal><Tp><CdOrPrtry><Cd>" + type + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">" + amount +
           "</Amt><CdtDbtInd>" + side + "</CdtDbtInd><Dt><Dt>" + day + "</Dt></Dt></Bal>\n";
}

std::string statement(const std::string& body, const std::string& id = "1") {
    return "<Stmt><Id>" + id +
           "</Id><Acct><Id><IBAN>DE75512108001245126199</IBAN></Id><Ccy>EUR</Ccy>"
           "<Svcr><FinInstnId><BIC>SOGEDEFF</BIC><Nm>My Bank</Nm></FinInstnId></Svcr></Acct>\n" +
           body + "</Stmt>\n";
}

std::string entry(const std::string& amount, const std::string& side, const std::string& more,
                  const std::string& dates =
                      "<BookgDt><Dt>2026-01-05</Dt></BookgDt>"
                      "<ValDt><Dt>2026-01-06</Dt></ValDt>") {
    return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + side + "</CdtDbtInd>" +
           dates + more + "</Ntry>\n";
}

StatementEntry only(const std::string& text) {
    StatementFile file = read(document(statement(text)));
    EXPECT_EQ(file.statements[0].entries.size(), 1U);
    return std::move(file.statements[0].entries.at(0));
}

/// The only refusal: "line:column why".
std::string refusal(const std::string& text) {
    const StatementFile file = read(document(statement(text)));
    const Statement& s = file.statements[0];
    if (s.rejected.size() != 1 || !s.entries.empty()) {
        return "entries " + std::to_string(s.entries.size());
    }
    return std::to_string(s.rejected[0].position.line) + ":" +
           std::to_string(s.rejected[0].position.column) + " " + s.rejected[0].reason;
}

constexpr const char* kParties =
    "<NtryDtls><TxDtls><Refs><AcctSvcrRef>REF-77</AcctSvcrRef><EndToEndId>E2E</EndToEndId></Refs>"
    "<RltdPties><Dbtr><Nm>Anna</Nm></Dbtr><Cdtr><Pty><Nm>Sportverein</Nm></Pty></Cdtr></RltdPties>"
    "<RmtInf><Ustrd>Beitrag</Ustrd><Ustrd>Januar &amp; Februar</Ustrd></RmtInf></TxDtls></NtryDtls>"
    "<AddtlNtryInf>SEPA-LASTSCHRIFT</AddtlNtryInf>";

TEST(Camt, ABookingHasDateAmountPartyAndPurpose) {
    const StatementEntry e =
        only(entry("12.30", "DBIT", std::string("<Sts>BOOK</Sts>") + kParties));
    EXPECT_EQ(to_string(e.amount), "-12.30 EUR");
    EXPECT_EQ(to_string(e.date) + " " + to_string(*e.posted), "2026-01-05 2026-01-06");
    EXPECT_EQ(e.payee + "|" + e.description + "|" + e.memo,
              "Sportverein|Sportverein|Beitrag Januar & Februar");
    EXPECT_EQ(e.bank_id + " " + e.kind, "REF-77 SEPA-LASTSCHRIFT");
    EXPECT_FALSE(e.pending);
    EXPECT_EQ(only(entry("1", "CRDT", kParties)).payee, "Anna");
    EXPECT_EQ(to_string(only(entry("1.50000", "CRDT", "")).amount), "1.50 EUR");
    EXPECT_EQ(only(entry("1", "CRDT",
                         "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT"
                         "</SubFmlyCd></Fmly></Domn></BkTxCd>"))
                  .description,
              "PMNT/RCDT/ESCT");
}

TEST(Camt, TheMerchantsCodeIsKeptElseTheBanks) {
    const std::string movement =
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>CCRD</Cd><SubFmlyCd>CWDL</SubFmlyCd></Fmly></Domn>"
        "</BkTxCd>";
    const auto card = [](const std::string& how) {
        return "<NtryDtls><TxDtls><CardTx><Tx><" + how + "><TxCtgy>5411</TxCtgy></" + how +
               "></Tx></CardTx></TxDtls></NtryDtls>";
    };
    EXPECT_EQ(only(entry("1", "DBIT", movement)).bank_category, "PMNT-CCRD-CWDL");
    EXPECT_EQ(only(entry("1", "DBIT", movement + card("Indv"))).bank_category, "5411");
    EXPECT_EQ(only(entry("1", "DBIT", card("Aggtd"))).bank_category, "5411");
    EXPECT_EQ(only(entry("1", "DBIT",
                         "<BkTxCd><Prtry><Cd>NTRF+166</Cd></Prtry></BkTxCd>"
                         "<NtryDtls><TxDtls>" +
                             movement + "</TxDtls></NtryDtls>"))
                  .bank_category,
              "PMNT-CCRD-CWDL");
    EXPECT_EQ(only(entry("1", "DBIT", "")).bank_category, "");
}

TEST(Camt, AReversalKeepsItsDirectionAndNamesTheOtherParty) {
    const StatementEntry back =
        only(entry("12.30", "CRDT", std::string("<RvslInd>true</RvslInd>") + kParties));
    EXPECT_EQ(to_string(back.amount), "12.30 EUR");
    EXPECT_EQ(back.payee, "Sportverein");
    EXPECT_EQ(only(entry("1", "DBIT", std::string("<RvslInd>1</RvslInd>") + kParties)).payee,
              "Anna");
    EXPECT_EQ(only(entry("1", "DBIT", std::string("<RvslInd>false</RvslInd>") + kParties)).payee,
              "Sportverein");
}

TEST(Camt, StatusOfEitherVersionDecidesWhatIsBooked) {
    EXPECT_TRUE(only(entry("1", "DBIT", "<Sts>PDNG</Sts>")).pending);
    EXPECT_TRUE(only(entry("1", "DBIT", "<Sts><Cd>PDNG</Cd></Sts>")).pending);
    EXPECT_TRUE(only(entry("1", "DBIT", "<Sts><Cd>FUTR</Cd></Sts>")).pending);
    EXPECT_FALSE(only(entry("1", "DBIT", "<Sts><Cd>BOOK</Cd></Sts>")).pending);
    EXPECT_FALSE(only(entry("1", "DBIT", "")).pending);
    EXPECT_NE(refusal(entry("1", "DBIT", "<Sts>INFO</Sts>")).find("for information only"),
              std::string::npos);
    EXPECT_NE(refusal(entry("1", "DBIT", "<Sts><Cd>WHAT</Cd></Sts>")).find("\"WHAT\" is unknown"),
              std::string::npos);
}

TEST(Camt, ABatchIsOneBookingWithItsPartsInTheMemo) {
    const std::string part =
        "<TxDtls><Amt "
        "Ccy=\"EUR\">5.00</Amt><RltdPties><Cdtr><Nm>A</Nm></Cdtr></RltdPties></TxDtls>";
    const StatementEntry e =
        only(entry("15.00", "DBIT",
                   "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch>" + part + part +
                       "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">5.00</Amt></TxAmt></AmtDtls>"
                       "<RmtInf><Ustrd>rent</Ustrd></RmtInf></TxDtls></NtryDtls>"
                       "<AddtlNtryInf>SAMMLER</AddtlNtryInf>"));
    EXPECT_EQ(to_string(e.amount), "-15.00 EUR");
    EXPECT_EQ(e.description, "SAMMLER");
    EXPECT_EQ(e.memo, "3 payments: A 5.00 EUR; A 5.00 EUR; rent 5.00 EUR");
}

TEST(Camt, ForeignPurchasesAndChargesAreKept) {
    const std::string details =
        "<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"USD\">10.50</Amt></InstdAmt><TxAmt><Amt "
        "Ccy=\"EUR\">9</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>";
    const StatementEntry e = only(
        entry("9.50", "DBIT",
              "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">0.50</TtlChrgsAndTaxAmt></Chrgs>" + details));
    EXPECT_EQ(to_string(*e.original), "-10.50 USD");
    EXPECT_NE(e.description.find("charges 0.50 EUR"), std::string::npos);
    EXPECT_EQ(to_string(*only(entry("9", "CRDT",
                                    "<AmtDtls><CntrValAmt><Amt Ccy=\"CHF\">8</Amt></CntrValAmt>"
                                    "</AmtDtls>"))
                             .original),
              "8.00 CHF");
    EXPECT_FALSE(
        only(entry("9", "CRDT", "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">8</Amt></TxAmt></AmtDtls>"))
            .original.has_value());
}

TEST(Camt, DatesComeInSeveralForms) {
    const auto day = [](const std::string& dates) {
        return to_string(only(entry("1", "DBIT", "", dates)).date);
    };
    EXPECT_EQ(day("<BookgDt><DtTm>2026-01-05T23:59:59.000+13:00</DtTm></BookgDt>"), "2026-01-05");
    EXPECT_EQ(day("<BookgDt><Dt>2026-01-05+01:00</Dt></BookgDt>"), "2026-01-05");
    EXPECT_EQ(day("<ValDt><Dt>2026-01-07</Dt></ValDt>"), "2026-01-07");
    EXPECT_NE(refusal(entry("1", "DBIT", "", "")).find("5:1 no date"), std::string::npos);
    EXPECT_NE(refusal(entry("1", "DBIT", "", "<BookgDt><Dt>2026-02-30</Dt></BookgDt>"))
                  .find("the booking date cannot be read"),
              std::string::npos);
}

TEST(Camt, WhatMeansNothingIsRefusedAtItsPlace) {
    for (const char* amount : {"", "-1", "1,5", "1.234", "abc", "1e3", "99999999999999999999"}) {
        EXPECT_EQ(refusal(entry(amount, "DBIT", "")).substr(0, 4), "5:7 ") << amount;
    }
    EXPECT_NE(refusal(entry("1", "XXXX", "")).find("neither CRDT"), std::string::npos);
    EXPECT_NE(refusal("<Ntry><Amt Ccy=\"USD\">1</Amt><CdtDbtInd>DBIT</CdtDbtInd></Ntry>")
                  .find("the amount is in USD, the account in EUR"),
              std::string::npos);
}

TEST(Camt, AReasonIsNeverCutInsideACharacter) {
    // Found by the fuzzer: a currency of long letters, cut after 16 bytes.
    const std::string text = document(
        statement("<Ntry><Amt Ccy=\"x\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82"
                  "\xAC\xE2\x82\xAC\">1</Amt><CdtDbtInd>DBIT</CdtDbtInd></Ntry>"));
    SourceText source(text);
    const auto file = read_camt(source, {});
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->statements[0].rejected.size(), 1U);
    check_laws(*file, text.size());
}

TEST(Camt, BalancesAccountsAndChains) {
    const auto file = read(document(
        statement(balance("OPBD", "100.00", "2026-01-01") + balance("ITBD", "90.00", "2026-01-05") +
                      entry("10", "DBIT", ""),
                  "p1") +
        statement(balance("ITBD", "90.00", "2026-01-05") +
                      balance("CLBD", "5", "2026-01-06", "DBIT") +
                      balance("CLAV", "4", "2026-01-06") + entry("10", "DBIT", ""),
                  "p2") +
        statement(balance("PRCD", "7.00", "2026-01-06") + balance("CLBD", "7", "2026-01-06"),
                  "x")));
    ASSERT_EQ(file.statements.size(), 2U);
    const Statement& s = file.statements[0];
    EXPECT_EQ(s.entries.size(), 2U);
    EXPECT_EQ(to_string(s.opening_balance->amount), "100.00 EUR");
    EXPECT_EQ(to_string(s.closing_balance->amount), "-5.00 EUR");
    EXPECT_EQ(to_string(s.available_balance->amount), "4.00 EUR");
    EXPECT_EQ(to_string(*s.closing_balance->date), "2026-01-06");
    EXPECT_EQ(s.account.number + " " + s.account.institution, "DE75512108001245126199 My Bank");
    EXPECT_EQ(to_string(file.statements[1].opening_balance->amount), "7.00 EUR");
    const std::string level =
        statement(balance("OPBD", "5", "2026-01-01") + balance("CLBD", "5", "2026-01-02") +
                  entry("1", "DBIT", "") + entry("1", "CRDT", ""));
    EXPECT_EQ(read(document(level + level)).statements.size(), 2U);  // One statement, twice.
    const auto bad = read(document(statement(balance("CLBD", "x", "2026-01-06"))));
    EXPECT_EQ(bad.statements[0].notes.size(), 1U);
}

TEST(Camt, PrefixesVersionsAndReportsAreReadAlike) {
    const std::string body =
        statement(balance("CLBD", "1", "2026-01-06") + entry("12.30", "DBIT", kParties));
    const StatementFile plain = read(document(body));
    for (const char* version :
         {"053.001.02", "053.001.04", "053.001.06", "053.001.10", "053.001.13"}) {
        EXPECT_EQ(read(document(body, version)).statements, plain.statements) << version;
    }
    std::string prefixed;
    const std::string whole = document(body);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        prefixed += whole[i];
        const bool opens = whole[i] == '<' && whole[i + 1] != '?' && whole[i + 1] != '/';
        const bool closes = whole[i] == '/' && whole[i - 1] == '<';
        prefixed += opens || closes ? "ns9:" : "";
    }
    EXPECT_EQ(read(prefixed).statements[0].entries.at(0).memo, "Beitrag Januar & Februar");
    EXPECT_EQ(read("\xEF\xBB\xBF" + whole).statements[0].entries.size(), 1U);
    std::string report = whole;
    for (const auto& [from, to] : {std::pair("BkToCstmrStmt", "BkToCstmrAcctRpt"),
                                   std::pair("<Stmt>", "<Rpt>"), std::pair("</Stmt>", "</Rpt>")}) {
        for (std::size_t at = 0; (at = report.find(from, at)) != std::string::npos; ++at) {
            report.replace(at, std::string(from).size(), to);
        }
    }
    EXPECT_EQ(read(report).statements[0].entries.size(), 1U);
    std::string latin = whole;
    latin.replace(latin.find("UTF-8"), 5, "ISO-8859-1");
    latin.replace(latin.find("Sportverein"), 5, "Sp\xF6rt");
    EXPECT_EQ(read(latin).statements[0].entries.at(0).payee, "Sp\xC3\xB6rtverein");
}

TEST(Camt, EntitiesOfAFileAreNeverExpanded) {
    const std::string bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Document><BkToCstmrStmt><Stmt><Id>&b;&x;</Id>"
        "</Stmt></BkToCstmrStmt></Document>";
    const auto refused = read_statements(bomb, "x", {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().message.find("DOCTYPE"), std::string::npos);
    EXPECT_EQ(only(entry("1", "DBIT", "<AddtlNtryInf>&b;&x;</AddtlNtryInf>")).description,
              "&b;&x;");
    std::string deep = "<BkToCstmrStmt>";
    for (int i = 0; i < 300'000; ++i) {
        deep += "<Stmt>";
    }
    EXPECT_TRUE(read_statements(deep, "x", {}).has_value());
    EXPECT_FALSE(read_statements("<Document>BkToCstmrStmt</Document>", "x", {}).has_value());
}

TEST(Camt, ATornFileGivesItsWholeEntries) {
    const std::string whole = document(
        statement(entry("1", "DBIT", "") + entry("2", "DBIT", "") + entry("3", "DBIT", kParties)));
    const std::size_t third = whole.find("<Amt Ccy=\"EUR\">3");
    const auto file = read(whole.substr(0, third + 200));
    EXPECT_EQ(file.statements[0].entries.size(), 2U);
    ASSERT_EQ(file.statements[0].rejected.size(), 1U);
    EXPECT_EQ(file.statements[0].rejected[0].position.line, 7);
    EXPECT_EQ(file.problems.size(), 1U);
    const auto after = read(whole.substr(0, whole.find("</Stmt>")));
    EXPECT_EQ(after.statements[0].entries.size(), 3U);
    EXPECT_EQ(after.problems.size(), 1U);
}

TEST(Camt, NoDamageBreaksTheLaws) {
    const std::string whole = document(
        statement(balance("OPBD", "1", "2026-01-01") + balance("ITBD", "1", "2026-01-02") +
                  entry("1", "DBIT", kParties) + entry("2", "CRDT", "<Sts><Cd>PDNG</Cd></Sts>")));
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed);
        std::string text = whole;
        for (std::uint64_t hits = 1 + random.below(6); hits > 0; --hits) {
            const auto at = static_cast<std::size_t>(random.below(text.size()));
            switch (random.below(4)) {
                case 0: text.erase(at, static_cast<std::size_t>(random.below(30))); break;
                case 1: text[at] = static_cast<char>(random.below(256)); break;
                case 2: text.insert(at, text.substr(at / 2, 40)); break;
                default: text.insert(at, 1, '\0'); break;
            }
            text += ' ';
        }
        SCOPED_TRACE(seed);
        SourceText source(text);
        const auto file = read_camt(source, {});
        if (file.has_value()) {
            check_laws(*file, source.text().size());
        }
    }
}

}  // namespace
}  // namespace atlas::finance::statements
