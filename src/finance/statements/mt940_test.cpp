// SPDX-License-Identifier: Apache-2.0
// Goal: MT940 and MT942 as banks send them: each movement once, its place known, nothing guessed.
// Method: one small message for each rule, real-world files where they are at hand (their counts
// and sums checked beside an independent reader, see docs/proof/statements.md), seeded damage.
#include "finance/statements/mt940.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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
    const auto file = read_statements(text, "test.sta", options);
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    StatementFile none;
    none.statements.resize(1);
    return file.has_value() ? *file : none;
}

std::string message(const std::string& body, const std::string& open = "C260101EUR100,00",
                    const std::string& close = "C260131EUR90,00") {
    return ":20:X\n:25:12345678/0001020304\n:28C:1/1\n:60F:" + open + "\n" + body +
           ":62F:" + close + "\n-\n";
}

/// "date value-date amount" of the only movement, or "line:column why" of the only refusal.
std::string outcome(const std::string& field, const std::string& open = "C260101EUR100,00") {
    const StatementFile file = read(message(":61:" + field + "\n", open));
    const Statement& s = file.statements.front();
    if (s.entries.size() + s.rejected.size() != 1) {
        return "entries " + std::to_string(s.entries.size());
    }
    if (!s.entries.empty()) {
        const StatementEntry& e = s.entries[0];
        return to_string(e.date) + " " + (e.posted.has_value() ? to_string(*e.posted) : "-") + " " +
               to_string(e.amount) + (e.pending ? " pending" : "");
    }
    return std::to_string(s.rejected[0].position.line) + ":" +
           std::to_string(s.rejected[0].position.column) + " " + s.rejected[0].reason;
}

TEST(Mt940, EveryPartOfAStatementLineIsOptionalButDateMarkAndAmount) {
    const std::string both = "2026-01-05 2026-01-05 -12.30 EUR";
    for (const char* text :
         {"2601050105DR12,30NTRFNONREF//ABC123\nmore", "260105D12,3NTRFNONREF", "260105DR12,30",
          "260105    DR12,30NMSC", "2601050105D000000000012,30S051168790452",
          "2601050105DR\n12,30N062NONREF", "2601050105D12.30NTRF", " 2601050105D12,30NTRF"}) {
        EXPECT_EQ(outcome(text), both) << text;
    }
    EXPECT_EQ(outcome("2601050105C5,NTRF"), "2026-01-05 2026-01-05 5.00 EUR");
    EXPECT_EQ(outcome("2601050105RC5,NTRF"), "2026-01-05 2026-01-05 -5.00 EUR");
    EXPECT_EQ(outcome("2601050105RDR5,NTRF"), "2026-01-05 2026-01-05 5.00 EUR");
    EXPECT_EQ(outcome("2601050105RCN5,NTRF"), "2026-01-05 2026-01-05 -5.00 EUR");
    EXPECT_EQ(outcome("2601050105EDR5,NTRF"), "2026-01-05 2026-01-05 -5.00 EUR pending");
    EXPECT_EQ(outcome("2601050105EC5,NTRF"), "2026-01-05 2026-01-05 5.00 EUR pending");
}

TEST(Mt940, TheEntryDateTakesTheYearNearestToTheValueDate) {
    EXPECT_EQ(outcome("2512310102D1,"), "2026-01-02 2025-12-31 -1.00 EUR");
    EXPECT_EQ(outcome("2601021231D1,"), "2025-12-31 2026-01-02 -1.00 EUR");
    EXPECT_EQ(outcome("2402280229D1,"), "2024-02-29 2024-02-28 -1.00 EUR");
    EXPECT_EQ(outcome("9912310103D1,"), "2000-01-03 1999-12-31 -1.00 EUR");
    // Interest runs to a 30th of February; the entry's own date exists.
    EXPECT_EQ(outcome("1602300301D6,"), "2016-03-01 - -6.00 EUR");
    const auto file = read(message(":61:1602300301D6,\n", "C260101EUR100,00", "C260131EUR94,00"));
    ASSERT_EQ(file.statements[0].notes.size(), 1U);
    EXPECT_EQ(file.statements[0].notes[0].position.column, 5);
}

TEST(Mt940, WhatMeansNothingIsRefusedAtItsPlace) {
    EXPECT_EQ(outcome("260230D1,"), "5:5 there is no day 260230");
    EXPECT_NE(outcome("26010D1,").find("5:5 \"26010D1,\" does not begin with a date"),
              std::string::npos);
    EXPECT_EQ(outcome("260105X1,"), "5:11 \"X1,\" says neither C (in) nor D (out)");
    EXPECT_EQ(outcome("260105D,50"), "5:12 \",50\" is not an amount");
    EXPECT_EQ(outcome("260105D-1,50"), "5:12 \"-1,50\" is not an amount");
    EXPECT_EQ(outcome("260105D"), "5:1 \"\" is not an amount");
    EXPECT_EQ(outcome("260105D1,234").substr(0, 5), "5:12 ");  // More decimals than the euro has.
    EXPECT_EQ(outcome("260105D1.234").substr(0, 5), "5:12 ");  // A group or decimals?
    EXPECT_EQ(outcome("260105D1,234", "C260101KWD0,"), "2026-01-05 2026-01-05 -1.234 KWD");
    EXPECT_EQ(outcome("260105D1234,00", "C260101JPY0,"), "2026-01-05 2026-01-05 -1234 JPY");
    EXPECT_NE(outcome("260105D1,", "C260101XQX0,").find("\"XQX\" is unknown"), std::string::npos);
    EXPECT_EQ(outcome("0203170320CM5000,00S051", "C020315DEM0,00"),
              "2002-03-20 2002-03-17 5000.00 DEM");
}

StatementEntry only(const std::string& body) {
    StatementFile file = read(message(body));
    EXPECT_EQ(file.statements[0].entries.size(), 1U);
    return std::move(file.statements[0].entries.at(0));
}

TEST(Mt940, GermanSubfieldsBecomePayeePurposeAndKind) {
    const StatementEntry e = only(
        ":61:2601050105DR12,30NDDTNONREF//4711-0815\n"
        ":86:105?00SEPA-LASTSCHRIFT?109201?20EREF+RE 2026/01?21MREF+M-77?22CR\n"
        "ED+DE98ZZZ09999999999?23SVWZ+Beitrag Januar Mitglie?24d 4711?30DE\n"
        "UTDEFF?31DE75512108001245126199?32Sportverein Beispielstad?33t e.V.?34992\n");
    EXPECT_EQ(e.payee, "Sportverein Beispielstadt e.V.");
    EXPECT_EQ(e.description, e.payee);
    EXPECT_EQ(e.memo, "Beitrag Januar Mitglied 4711");
    EXPECT_EQ(e.kind, "SEPA-LASTSCHRIFT");
    EXPECT_EQ(e.bank_id, "4711-0815");
    EXPECT_EQ((only(":61:260105D1,NMSC\n:86:020?00UMBUCHUNG?20ABCDEFGHIJKLMNOPQRSTUVWXYZ1?"
                    "2123\n")
                   .memo),
              "");
    EXPECT_EQ((only(":61:260105D1,NMSC\n:86:020?00UMBUCHUNG?20ABCDEFGHIJKLMNOPQRSTUVWXYZ1?"
                    "2123\n")
                   .description),
              "ABCDEFGHIJKLMNOPQRSTUVWXYZ123");
    EXPECT_EQ(only(":61:260105D1,NMSC\n:86: 020<00PRZELEW<20Za prad\n").description, "Za prad");
}

TEST(Mt940, OtherTextsAreReadToo) {
    const StatementEntry slashes = only(
        ":61:260105D1,NTRFEREF//X12345\n"
        ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J J\n"
        "ANSEN/REMI/Huur januari/EREF/NOTPROVIDED\n");
    EXPECT_EQ(slashes.payee, "J JANSEN");
    EXPECT_EQ(slashes.memo, "Huur januari");
    EXPECT_EQ(slashes.kind, "SEPA OVERBOEKING");
    const StatementEntry party = only(
        ":61:260105C1,NTRFNONREF\n:86:/CNTP/NL32INGB0000012345/INGBNL2A/ING "
        "BANK/AMSTERDAM/REMI/USTD//Rente/\n");
    EXPECT_EQ(party.payee, "ING BANK");
    EXPECT_EQ(party.memo, "Rente");
    const StatementEntry plain = only(":61:260105D1,NMSC\n:86:CARD PAYMENT\nBAKERY  12\n");
    EXPECT_EQ(plain.description, "CARD PAYMENT BAKERY 12");
    EXPECT_EQ(plain.memo, "");
    EXPECT_EQ(only(":61:260105D1,NMSC\n:86:999SCHECK\n").description, "SCHECK");
    EXPECT_EQ(only(":61:260105D1,NMSCREF77\n").description, "REF77");
    EXPECT_EQ(only(":61:260105D1,NMSCNONREF\nBehind\n").description, "Behind");
    EXPECT_EQ(only(":61:260105D1,NCHK4711\n").check_number, "4711");
    const StatementEntry old =
        only(":61:260105D1,NMSC\n:NS:01Wort\n02Zwei\n15Laden\n17LAST\n1812\n");
    EXPECT_EQ(old.payee + "|" + old.memo + "|" + old.kind, "Laden|Wort Zwei|LAST");
    EXPECT_EQ(to_string(*only(":61:260105D4,NTRF\n/OCMT/USD4,50//CHGS/EUR0,/\n").original),
              "-4.50 USD");
    EXPECT_FALSE(only(":61:260105D4,NTRF\n/OCMT/EUR4,50/\n").original.has_value());
    EXPECT_EQ(to_string(*only(":61:260105C4,NTRF\n:86:166?20SVWZ+X OAMT+CHF9,\n").original),
              "9.00 CHF");
}

TEST(Mt940, AWrappedTimeOfDayIsNoTag) {
    const StatementEntry e = only(
        ":61:260105D1,NTRF\n:86:106?00KARTE?20SVWZ+LADEN 4711 BERLIN DE 2026-01-04T16\n"
        ":20:37 Folgenr. 007\n");
    EXPECT_EQ(e.description, "LADEN 4711 BERLIN DE 2026-01-04T16 :20:37 Folgenr. 007");
    const StatementEntry unknown = only(":61:260105D1,NTRF\n:86:T13\n:12:11\n");
    EXPECT_EQ(unknown.description, "T13 :12:11");
    const StatementEntry torn = only(":61:260105D1,NTRF\n:\n86:TORN\n");
    EXPECT_EQ(torn.description, "TORN");
}

TEST(Mt940, SheetsOfAStatementBecomeOneAndOthersStayApart) {
    const std::string one =
        ":20:A\n:25:ACC1\n:28C:1/1\n:60F:C260101EUR10,\n:61:260105D1,NMSC\n:62M:"
        "C260105EUR9,\n-\n";
    const std::string two =
        ":20:A\n:25:ACC1\n:28C:1/2\n:60M:C260105EUR9,\n:61:260105D1,NMSC\n:62F:"
        "C260106EUR8,\n:64:C260106EUR7,\n-\n";
    const std::string next =
        ":20:A\n:25:ACC1\n:28C:2/1\n:60F:C260106EUR8,\n:61:260105D1,NMSC\n:62F:"
        "C260107EUR7,\n-\n";
    const std::string other =
        ":20:A\n:25:ACC2\n:28C:1/1\n:60F:C260101EUR7,\n:62F:C260107EUR7,\n-\n";
    const auto file = read(one + two + next + other);
    ASSERT_EQ(file.statements.size(), 2U);
    const Statement& first = file.statements[0];
    EXPECT_EQ(first.entries.size(), 3U);
    EXPECT_EQ(to_string(first.opening_balance->amount), "10.00 EUR");
    EXPECT_EQ(to_string(first.closing_balance->amount), "7.00 EUR");
    EXPECT_EQ(to_string(*first.closing_balance->date), "2026-01-07");
    EXPECT_EQ(file.statements[1].account.number, "ACC2");
    // The same statement twice, and one with a gap before it, are not continuations.
    EXPECT_EQ(read(one + two + one + two).statements.size(), 2U);
    EXPECT_EQ(read(one + other + next).statements.size(), 3U);
    const std::string level =
        message(":61:260105D1,NMSC\n:61:260105C1,NMSC\n", "C260101EUR5,00", "C260105EUR5,00");
    EXPECT_EQ(read(level + level).statements.size(), 2U);
}

TEST(Mt940, AReferenceUsedTwiceIsNoId) {
    const auto file =
        read(message(":61:260105D1,NTRFNONREF//55555\n:61:260105D2,NTRFNONREF//55555\n"
                     ":61:260105D3,NTRFNONREF//66666\n:61:260105D3,NTRFNONREF//NONREF\n"));
    const auto& entries = file.statements[0].entries;
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].bank_id + entries[1].bank_id, "");
    EXPECT_EQ(entries[2].bank_id, "66666");
    EXPECT_EQ(entries[3].bank_id, "");
}

TEST(Mt940, EnvelopesLineEndsAndEncodingsDoNotMatter) {
    const std::string plain = message(
        ":61:2601050105D1,NMSC\n:86:B\xE4"
        "ckerei\n");
    std::string crlf;
    for (const char c : plain) {
        crlf += c == '\n' ? "\r\n" : std::string(1, c);
    }
    std::string cr = plain;
    std::ranges::replace(cr, '\n', '\r');
    for (const std::string& text :
         {plain, crlf, cr, "{1:F01XXXXDEFFAXXX0000000000}{2:I940XXXXN}{4:\n" + plain,
          "{1:F01}{2:}{4:" + plain, "\x01\n" + plain, "\n\n  \n" + plain + "\x03"}) {
        const auto file = read(text);
        ASSERT_EQ(file.statements.size(), 1U);
        const Statement& s = file.statements[0];
        ASSERT_EQ(s.entries.size(), 1U) << text;
        EXPECT_EQ(s.entries[0].description,
                  "B\xC3\xA4"
                  "ckerei");
        EXPECT_EQ(s.account.bank_id + " " + s.account.number, "12345678 0001020304");
        EXPECT_EQ(to_string(s.closing_balance->amount), "90.00 EUR");
    }
    const auto two = read("{1:F01}{2:}{4:\n" + plain.substr(0, plain.size() - 2) +
                          "-}{5:}{1:F01}{2:}{4:\n:20:Y\n:25:OTHER/EUR\n:28C:1\n:60F:C260101EUR0,\n"
                          ":62F:C260101EUR0,\n-}");
    EXPECT_EQ(two.statements.size(), 2U);
    EXPECT_EQ(two.statements[1].account.number, "OTHER");
}

TEST(Mt940, AnInterimReportAndAFragmentAreReadAsFarAsTheyGo) {
    const auto interim = read(
        ":20:A\n:25:ACC1\n:28C:1/1\n:34F:PLN0,\n:13D:2601051815+0100\n"
        ":61:2601050105C5,NTRF\n:90C:1PLN5,\n-\n");
    EXPECT_EQ(to_string(interim.statements[0].entries.at(0).amount), "5.00 PLN");
    const ReadOptions eur{.currency = *money::Currency::parse("EUR"), .mapping = {}};
    EXPECT_EQ(read(":61:260105D1,NMSC\n", eur).statements[0].entries.size(), 1U);
    EXPECT_EQ(read(":61:260105D1,NMSC\n").statements[0].rejected.size(), 1U);
    EXPECT_FALSE(read_statements(":20:A\n:28C:1\n-\n", "x", {}).has_value());
    EXPECT_FALSE(read_statements(":NS:\n", "x", {}).has_value());
    const auto with_one = [](const std::string& behind) {
        return message(":61:260105D1,NMSC\n" + behind, "C260101EUR100,00", "C260131EUR99,00");
    };
    const auto late = read(with_one("") + ":61:260106D2,NMSC\n");
    ASSERT_EQ(late.statements.size(), 1U);
    EXPECT_EQ(late.statements[0].entries.size(), 2U);
    EXPECT_EQ(late.statements[0].notes.size(), 1U);
    const auto balance = read(message("", "C260101EURabc"));
    EXPECT_EQ(balance.statements[0].notes.size(), 1U);
    const auto second = read(with_one(":25:999?00X\n"));
    EXPECT_EQ(second.statements[0].account.number, "0001020304");
    EXPECT_EQ(second.statements[0].notes.size(), 1U);
}

TEST(Mt940, NoDamageBreaksTheLaws) {
    const std::string whole =
        "{1:F01}{4:\n" + message(
                             ":61:2601050105DR12,30NTRFNONREF//ABC123\nmore\n:86:166?00A?20SVWZ+"
                             "B?32C\n:61:260106C1,NMSC\n:86:/TRTP/X/NAME/Y/REMI/Z\n");
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed);
        std::string text = whole;
        for (std::uint64_t hits = 1 + random.below(6); hits > 0; --hits) {
            const auto at = static_cast<std::size_t>(random.below(text.size()));
            switch (random.below(4)) {
                case 0: text.erase(at, static_cast<std::size_t>(random.below(30))); break;
                case 1: text[at] = static_cast<char>(random.below(256)); break;
                case 2: text.insert(at, text.substr(at / 2, 20)); break;
                default: text.insert(at, 1, '\n'); break;
            }
            text += ' ';
        }
        SCOPED_TRACE(seed);
        SourceText source(text);
        const auto file = read_mt940(source, {});
        if (file.has_value()) {
            check_laws(*file, source.text().size());
        }
    }
}

TEST(Mt940, HostileSizesAreLinearAndBounded) {
    std::string many = message("");
    for (int i = 0; i < 300'000; ++i) {
        many += ":61:\n";
    }
    EXPECT_EQ(read(many).statements[0].rejected.size(), 300'000U);
    for (const char* piece : {":86:/", "?20", "EREF+", "/NAME/", "-\n", "{4:", ":\n", ":20:\n"}) {
        std::string text = ":20:A\n:25:B\n:60F:C260101EUR0,\n:61:260105D1,NMSC\n:86:166";
        for (int i = 0; i < 200'000; ++i) {
            text += piece;
        }
        const auto file = read_statements(text, "x", {});
        ASSERT_TRUE(file.has_value()) << piece;
        EXPECT_EQ(file->statements[0].entries.size(), 1U) << piece;
    }
}

struct Expected {
    const char* name;
    std::size_t statements;
    std::size_t entries;
    std::size_t rejected;
};

TEST(Mt940, RealFilesAreReadInFull) {
    const char* const shared = std::getenv("ATLAS_SHARED");
    std::filesystem::path folder;
    for (const std::filesystem::path& root :
         {std::filesystem::path(shared == nullptr ? "../shared" : shared),
          std::filesystem::path("../../../shared")}) {
        if (std::filesystem::exists(root / "data/tx/import_fixtures/mt940")) {
            folder = root / "data/tx/import_fixtures/mt940";
        }
    }
    if (folder.empty()) {
        GTEST_SKIP() << "no fixtures (ATLAS_SHARED is not set): real MT940 files were NOT read";
    }
    for (const Expected& expected : std::vector<Expected>{
             {"ASNB/mt940.txt", 1, 8, 0},
             {"betterplace/sepa_mt9401.sta", 20, 97, 0},
             {"betterplace/with_binary_character.sta", 2, 4, 0},
             {"citi/mt940.txt", 1, 5, 0},
             {"cmxl/mt940.sta", 3, 16, 0},
             {"mBank/mt940.sta", 1, 3, 0},
             {"mBank/mt942.sta", 1, 3, 0},
             {"self-provided/february_30.sta", 1, 1, 0},
             {"self-provided/multiline.sta", 1, 2, 0},
             {"self-provided/raiffeisen-cmi.sta", 1, 7, 0},
             {"self-provided/raphaelm.sta", 2, 9, 0},
             {"self-provided/sparkassen.sta", 1, 1, 0},
         }) {
        std::ifstream stream(folder / expected.name, std::ios::binary);
        std::stringstream bytes;
        bytes << stream.rdbuf();
        const StatementFile file =
            read(bytes.str(), {.currency = *money::Currency::parse("EUR"), .mapping = {}});
        std::size_t entries = 0;
        std::size_t rejected = 0;
        for (const Statement& statement : file.statements) {
            entries += statement.entries.size();
            rejected += statement.rejected.size();
        }
        EXPECT_EQ(file.statements.size(), expected.statements) << expected.name;
        EXPECT_EQ(entries, expected.entries) << expected.name;
        EXPECT_EQ(rejected, expected.rejected) << expected.name;
    }
}

// It stopped the program: two balances of different currencies were compared.
TEST(Mt940, ABalanceInAnotherCurrencyThanItsStatementIsLeftOut) {
    const std::string text =
        ":20:A\n:25:ACC\n:28C:1/1\n:60F:C260101EUR10,\n:61:260105D1,NMSC\n:62F:C260105USD9,\n-\n"
        ":20:A\n:25:ACC\n:28C:2/1\n:60F:C260106EUR9,\n:62F:C260106EUR9,\n-\n"
        ":20:A\n:25:ACC\n:28C:3/1\n:60F:C200000000000000\n:62F:C260107EUR9,\n-\n"
        ":20:A\n:25:ACC\n:28C:4/1\n:60F:C260108EUR9,\n:62F:C260108EUR9,\n-\n";
    const auto file =
        read_statements(text, "a.sta", {.currency = *money::Currency::parse("CHF"), .mapping = {}});
    ASSERT_TRUE(file.has_value()) << to_string(file.error());
    const Statement& first = file->statements.front();
    EXPECT_FALSE(first.closing_balance.has_value());
    ASSERT_EQ(first.notes.size(), 1U);
    EXPECT_EQ(first.notes[0].reason,
              "the balance :62F: is in USD, the statement in EUR; it is left out");
    for (const Statement& statement : file->statements) {
        for (const auto& balance : {statement.opening_balance, statement.closing_balance}) {
            EXPECT_TRUE(!balance.has_value() || balance->amount.currency() == statement.currency);
        }
        for (const StatementEntry& entry : statement.entries) {
            EXPECT_EQ(entry.amount.currency(), statement.currency);
        }
    }
}

}  // namespace
}  // namespace atlas::finance::statements
