// SPDX-License-Identifier: Apache-2.0
// Goal: packing loses nothing, and a sink is given what Statement::entries would hold. Method:
// seeded entries with every field and the extremes of each; files of each format read both ways.
#include "finance/statements/packed_entry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::statements {
namespace {

std::string any_text(Random& random) {
    std::string out;
    for (std::uint64_t i = random.chance(0.3) ? 0 : random.below(200); i > 0; --i) {
        out += static_cast<char>(random.below(256));
    }
    return out;
}

Date any_date(Random& random) {
    return Date::from_days(static_cast<std::int32_t>(random.between(-700'000, 100'000)));
}

money::Money any_money(Random& random) {
    static constexpr std::array<const char*, 3> kCodes = {"USD", "JPY", "KWD"};
    const std::int64_t minor = random.chance(0.2)   ? INT64_MIN
                               : random.chance(0.2) ? INT64_MAX
                                                    : random.between(-1'000'000, 1'000'000);
    return money::Money::from_minor(
        minor,
        *money::Currency::parse(kCodes[static_cast<std::size_t>(random.below(kCodes.size()))]));
}

StatementEntry any_entry(Random& random) {
    StatementEntry entry{.date = any_date(random),
                         .posted = {},
                         .initiated = {},
                         .amount = any_money(random),
                         .original = {},
                         .description = any_text(random),
                         .memo = any_text(random),
                         .payee = any_text(random),
                         .bank_id = any_text(random),
                         .check_number = any_text(random),
                         .kind = any_text(random),
                         .pending = random.chance(0.5),
                         .position = {.line = random.between(1, 1'000'000'000),
                                      .column = random.between(1, 500),
                                      .offset = random.between(0, INT64_MAX / 2)},
                         .category = any_text(random)};
    if (random.chance(0.5)) {
        entry.posted = any_date(random);
        entry.original = any_money(random);
    }
    if (random.chance(0.5)) {
        entry.initiated = any_date(random);
        entry.bank_category = any_text(random);
        entry.tags = {any_text(random), any_text(random)};
        entry.splits = {{any_text(random), any_text(random), any_money(random)},
                        {any_text(random), any_text(random), any_money(random)}};
    }
    return entry;
}

TEST(PackedEntry, LosesNothing) {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        const std::vector<StatementEntry> entries = {any_entry(random), any_entry(random)};
        std::string bytes;
        Packer out(bytes);
        for (const StatementEntry& entry : entries) {
            pack(entry, out);
        }
        Unpacker in(bytes);
        for (const StatementEntry& entry : entries) {
            EXPECT_EQ(unpack_entry(in), entry) << "seed " << seed;
        }
    }
}

TEST(PackedEntry, NumbersAreShortWhereTheyAreSmall) {
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{63},
                                     std::int64_t{-64}, std::int64_t{64}, INT64_MAX, INT64_MIN}) {
        std::string bytes;
        Packer(bytes).number(value);
        EXPECT_EQ(Unpacker(bytes).number(), value);
        EXPECT_EQ(bytes.size() == 1, value >= -64 && value <= 63) << value;
    }
}

class Collected final : public EntrySink {
public:
    void take(std::size_t statement, StatementEntry entry) override {
        entries.resize(std::max(entries.size(), statement + 1));
        entries[statement].push_back(std::move(entry));
    }
    std::vector<std::vector<StatementEntry>> entries;
};

void expect_same(const std::string& bytes, const char* name) {
    const ReadOptions plain{.currency = *money::Currency::parse("USD"), .mapping = {}};
    const auto whole = read_statements(bytes, name, plain);
    ASSERT_TRUE(whole.has_value()) << name << ": " << to_string(whole.error());
    Collected sink;
    ReadOptions streamed = plain;
    streamed.sink = &sink;
    std::size_t told = 0;
    bool ascends = true;
    streamed.passed = [&](std::size_t offset) {
        ascends = ascends && offset <= bytes.size();
        told = std::max(told, offset);
    };
    const auto parts = read_statements(bytes, name, streamed);
    ASSERT_TRUE(parts.has_value()) << name;
    ASSERT_EQ(parts->statements.size(), whole->statements.size()) << name;
    sink.entries.resize(whole->statements.size());
    for (std::size_t s = 0; s < whole->statements.size(); ++s) {
        EXPECT_EQ(sink.entries[s], whole->statements[s].entries) << name;
        Statement bare = whole->statements[s];
        bare.entries.clear();
        EXPECT_EQ(parts->statements[s], bare) << name;
    }
    EXPECT_TRUE(ascends) << name;
    EXPECT_EQ(told > 0, bytes.size() > (std::size_t{8} << 20)) << name;
}

TEST(EntrySink, IsGivenWhatAStatementWouldHold) {
    expect_same(
        "Date,Account,Amount,Description,Balance\n2026-01-01,A1,-3.50,x,10.00\n"
        "2026-01-02,B2,4.00,y,4.00\nbad,A1,1,z,1\n2026-01-03,A1,-1.00,\"q\"\"r\",9.00\n",
        "x.csv");
    expect_same(
        "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1\n"
        "<BANKTRANLIST><STMTTRN><TRNAMT>-1,50<DTPOSTED>20260101<FITID>1<NAME>a</STMTTRN>"
        "<STMTTRN><TRNAMT>1,234<DTPOSTED>20260102<NAME>b</STMTTRN>"
        "<STMTTRN><TRNAMT>x<DTPOSTED>20260102<NAME>c</STMTTRN></BANKTRANLIST></STMTRS>"
        "<STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>2<BANKTRANLIST>"
        "<STMTTRN><TRNAMT>1.5<DTPOSTED>20260105<NAME>d</STMTTRN></BANKTRANLIST>"
        "<LEDGERBAL><BALAMT>1.50<DTASOF>20260106</STMTRS></OFX>",
        "x.ofx");
    expect_same("!Type:Bank\nD01/31/2026\nT-5.00\nPshop\n^\nD02/01/2026\nT7.00\n^\n", "x.qif");
    std::string large = "Date,Description,Amount\n";
    for (int i = 0; large.size() < (std::size_t{9} << 20); ++i) {
        large += format("2026-01-{:02},shop number {} of a very long street,-{}.50\n", i % 28 + 1,
                        i, i % 900 + 1);
    }
    expect_same(large, "large.csv");
}

TEST(EntrySink, IsGivenWhatCamtAndMt940AndFireflyHold) {
    const auto booking = [](std::string_view amount, std::string_view id) {
        return format(
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>"
            "2026-01-05</Dt></BookgDt><AcctSvcrRef>{}</AcctSvcrRef></Ntry>",
            amount, id);
    };
    const std::string head =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>";
    const std::string account =
        "<Acct><Id><IBAN>DE1</IBAN></Id><Ccy>EUR</Ccy></Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd>"
        "</CdOrPrtry></Tp><Amt "
        "Ccy=\"EUR\">9</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt>"
        "</Dt></Bal>";
    std::string camt = head + "<Stmt><Id>1</Id>" + account + booking("1.00", "A") +
                       booking("x", "B") + booking("2.00", "A") + "</Stmt><Stmt><Id>2</Id>" +
                       account + booking("3.00", "A") + "</Stmt></BkToCstmrStmt></Document>";
    expect_same(camt, "x.xml");
    std::string large = head + "<Stmt><Id>1</Id>" + account;
    for (int i = 0; large.size() < (std::size_t{9} << 20); ++i) {
        large += booking(format("{}.50", i % 900 + 1), format("ID{}", i));
    }
    expect_same(large + "</Stmt></BkToCstmrStmt></Document>", "large.xml");
    std::string mt940 = ":20:A\n:25:DE1\n:28C:1/1\n:60F:C260101EUR9,\n";
    for (int i = 0; mt940.size() < (std::size_t{9} << 20); ++i) {
        mt940 +=
            format(":61:260105D{},50NMSCNONREF//R{}\n:86:shop {}\n", i % 900 + 1, i % 70'000, i);
        if (i % 1'000 == 999) {
            mt940 += format(":62M:C260105EUR9,\n-\n:20:A\n:25:DE1\n:28C:1/{}\n:60M:C260105EUR9,\n",
                            i / 1'000 + 2);
        }
    }
    expect_same(mt940 + ":62F:C260105EUR9,\n-\n", "large.sta");
    expect_same(
        ":20:A\n:25:DE1\n:60F:C260101EUR9,\n:61:260105D1,50NMSC\n:61:x\n:62F:C260105EUR7,50\n-\n"
        ":61:260106D1,NMSC\n-\n:20:B\n:25:DE2\n:60F:C260101EUR1,\n:61:260105C1,NMSC\n",
        "x.sta");
}

// One booking of more than a part of the file that is read at once: it is there, the count with it.
TEST(EntrySink, ABookingOfManyTransactionsIsReadWithoutItsTail) {
    std::string camt =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>"
        "<Acct><Id><IBAN>DE1</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy=\"EUR\">7.00</Amt>"
        "<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-05</Dt></"
        "BookgDt><NtryDtls>";
    while (camt.size() < (std::size_t{10} << 20)) {
        camt +=
            "<TxDtls><RmtInf><Ustrd>one of very many payments in a batch</Ustrd></RmtInf></TxDtls>";
    }
    camt +=
        "</NtryDtls></Ntry><Ntry><Amt "
        "Ccy=\"EUR\">8.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>"
        "2026-01-06</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>";
    const auto file = read_statements(camt, "x.xml", {});
    ASSERT_TRUE(file.has_value()) << to_string(file.error());
    ASSERT_EQ(file->statements.size(), 1U);
    ASSERT_EQ(file->statements[0].entries.size(), 2U);
    EXPECT_EQ(to_string(file->statements[0].entries[0].amount), "-7.00 EUR");
    EXPECT_EQ(to_string(file->statements[0].entries[1].amount), "8.00 EUR");
    expect_same(camt, "x.xml");
}

TEST(EntrySink, DeepAndBrokenXmlIsRefusedAtItsPlace) {
    std::string deep = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">";
    for (int i = 0; i < 1'000'000; ++i) {
        deep += "<a>";
    }
    const auto refused = read_statements(deep, "x.xml", {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_FALSE(to_string(refused.error()).empty());
}

}  // namespace
}  // namespace atlas::finance::statements
