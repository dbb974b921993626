// SPDX-License-Identifier: Apache-2.0
// Goal: every format is read whatever the file's size, to limits that are told by name. Method:
// heads of each format before an empty body; files of one more than a limit.
#include "finance/statements/recognise.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::string_view kCamt =
    "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">"
    "<BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"USD\">3.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>"
    "2024-01-31</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>\n";
constexpr std::string_view kMt940 =
    ":20:STARTUMS\r\n:25:37040044/532013000\r\n:28C:1/1\r\n:60F:C160101EUR0,00\r\n"
    ":61:1601020102D3,50NMSCNONREF\r\n:86:Coffee\r\n";
constexpr std::string_view kQif = "!Type:Bank\nD01/31/2024\nT-3.50\nPCoffee\n^\n";
constexpr std::string_view kCsv = "Date,Description,Amount\n2024-01-31,Coffee,-3.50\n";
constexpr std::string_view kOfx =
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD"
    "<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>"
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240131<TRNAMT>-3.50<FITID>1<NAME>Coffee</STMTTRN>"
    "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";

constexpr std::size_t kSomewhatLarge = std::size_t{12} << 20;

ReadOptions options() {
    return {.currency = money::Currency::parse("USD").value(), .mapping = {}};
}

std::string of_size(std::string_view head, std::size_t size) {
    std::string bytes(size, '\n');
    bytes.replace(0, head.size(), head);
    return bytes;
}

std::string wide(std::string_view text) {
    std::string bytes("\xFF\xFE", 2);
    for (const char c : text) {
        bytes += c;
        bytes += '\0';
    }
    return bytes;
}

TEST(Recognise, EveryFormatIsReadWhateverItsSize) {
    for (const std::string_view head : {kCamt, kMt940, kQif, kCsv, kOfx}) {
        for (const std::string& bytes :
             {std::string(head), wide(head), of_size(head, kSomewhatLarge)}) {
            const auto file = read_statements(bytes, "some", options());
            ASSERT_TRUE(file.has_value()) << to_string(file.error());
            ASSERT_EQ(file->statements.size(), 1U) << head;
            EXPECT_EQ(file->statements.front().entries.size(), 1U) << head;
        }
    }
}

TEST(Recognise, AFileAboveTheLimitIsRefusedByName) {
    const std::string bytes = of_size(kCsv, kInputBytesMax + 1);
    const auto file = read_statements(bytes, "big", options());
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, ErrorCode::too_large);
    EXPECT_EQ(file.error().place, "big");
}

/// Statements that do not follow on one another, one more than a file may have.
std::string many_statements(std::string_view head, std::string_view each, std::string_view tail) {
    std::string bytes(head);
    for (std::size_t i = 0; i <= kStatementsMax; ++i) {
        bytes += each;
    }
    return bytes + std::string(tail);
}

TEST(Recognise, AFileOfTooManyStatementsIsRefused) {
    const std::string camt =
        many_statements("<Document><BkToCstmrStmt>", "<Stmt/>", "</BkToCstmrStmt></Document>");
    const std::string mt940 = many_statements("", ":20:A\n:25:1\n:60F:C240101EUR1,00\n-\n", "");
    for (const std::string& bytes : {camt, mt940}) {
        const auto file = read_statements(bytes, "many", options());
        ASSERT_FALSE(file.has_value());
        EXPECT_EQ(to_string(file.error()), "the file holds more than 100000 statements (many)");
        EXPECT_EQ(file.error().code, ErrorCode::too_large);
    }
}

}  // namespace
}  // namespace atlas::finance::statements
