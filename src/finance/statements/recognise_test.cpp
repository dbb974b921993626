// SPDX-License-Identifier: Apache-2.0
// Goal: a file too large for how its format is read is refused by name, before it is held; others
// of that size are not. Method: heads of each format before a body of the limit's size.
#include "finance/statements/recognise.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::string_view kCamt =
    "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">"
    "<BkToCstmrStmt><Stmt>";
constexpr std::string_view kMt940 =
    ":20:STARTUMS\r\n:25:37040044/532013000\r\n:28C:1/1\r\n:60F:C160101EUR0,00\r\n";
constexpr std::string_view kQif = "!Type:Bank\nD01/31/2024\nT-3.50\nPCoffee\n^\n";
constexpr std::string_view kCsv = "Date,Description,Amount\n2024-01-31,Coffee,-3.50\n";
constexpr std::string_view kOfx =
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD"
    "<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>"
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240131<TRNAMT>-3.50<FITID>1<NAME>Coffee</STMTTRN>"
    "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";

ReadOptions options() {
    return {.currency = money::Currency::parse("USD").value(), .mapping = {}};
}

std::string of_size(std::string_view head, std::size_t size) {
    std::string bytes(size, '\n');
    bytes.replace(0, head.size(), head);
    return bytes;
}

TEST(Recognise, WhatMustBeReadWholeHasALimitOfItsOwn) {
    for (const auto& [head, name] : {std::pair(kCamt, "camt"), {kMt940, "mt940"}, {kQif, "qif"}}) {
        const auto file = read_statements(of_size(head, kWholeInputBytesMax + 1), "big", options());
        ASSERT_FALSE(file.has_value()) << name;
        EXPECT_EQ(file.error().code, ErrorCode::too_large) << name;
        EXPECT_EQ(file.error().place, "big");
        EXPECT_EQ(file.error().message,
                  format("the file has 134217729 bytes; {} is read whole, so at most 134217728 are "
                         "accepted: download a shorter time at once, or CSV or OFX",
                         name));
    }
    std::string wide("\xFF\xFE", 2);
    for (const char c : kCsv) {
        wide += c;
        wide += '\0';
    }
    const auto file = read_statements(of_size(wide, kWholeInputBytesMax + 2), "big", options());
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, ErrorCode::too_large);
    EXPECT_NE(file.error().message.find("UTF-16 is read whole"), std::string::npos);
}

TEST(Recognise, WhatComesByWindowsIsTakenAboveIt) {
    for (const std::string_view head : {kCsv, kOfx}) {
        const auto file = read_statements(of_size(head, kWholeInputBytesMax + 1), "big", options());
        ASSERT_TRUE(file.has_value()) << to_string(file.error());
        ASSERT_EQ(file->statements.size(), 1U);
        EXPECT_EQ(file->statements.front().entries.size(), 1U);
    }
}

TEST(Recognise, ASmallOneIsReadWhateverItsFormat) {
    for (const std::string_view head : {kMt940, kQif, kCsv, kOfx}) {
        EXPECT_TRUE(read_statements(std::string(head), "small", options()).has_value()) << head;
    }
}

}  // namespace
}  // namespace atlas::finance::statements
