// SPDX-License-Identifier: Apache-2.0
// Goal: the files are what a bank would send, and say exactly the truth. Method: read them back
// with parsers that share nothing with the writer (pugixml for OFX 2, line counting for the rest).
#include "sim/household/statements.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "base/format.hpp"
#include "base/sha256.hpp"

namespace atlas::sim::household {
namespace {

const Household& demo() {
    static const Household kDemo =
        generate({.seed = kDemoSeed, .last_day = Date::create(2026, 10, 31).value(), .months = 60})
            .value();
    return kDemo;
}

std::vector<StatementFile> files_of(StatementSpan span, int overlap_days = 0) {
    return write_statements(demo(), {.span = span, .overlap_days = overlap_days}).value();
}

const StatementFile& file_named(const std::vector<StatementFile>& files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &StatementFile::name);
    EXPECT_NE(found, files.end()) << name;
    return *found;
}

std::size_t count(std::string_view text, std::string_view needle) {
    std::size_t found = 0;
    for (std::size_t at = text.find(needle); at != std::string_view::npos;
         at = text.find(needle, at + needle.size())) {
        ++found;
    }
    return found;
}

std::vector<std::string> fields_of(std::string_view line, char separator) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == separator && !quoted) {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back().push_back(c);
        }
    }
    return fields;
}

std::vector<std::vector<std::string>> table_of(std::string_view text, char separator) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t at = text.find('\n') + 1; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        rows.push_back(fields_of(text.substr(at, end - at), separator));
        at = end + 1;
    }
    return rows;
}

TEST(Statements, TellEveryRowOnceWithoutOverlap) {
    for (const StatementSpan span : {StatementSpan::month, StatementSpan::quarter,
                                     StatementSpan::year, StatementSpan::whole}) {
        std::vector<int> told(demo().rows.size());
        std::set<std::string> names;
        for (const StatementFile& file : files_of(span)) {
            EXPECT_TRUE(names.insert(file.name).second) << file.name;
            EXPECT_EQ(file.repeated, 0U);
            for (const std::size_t row : file.rows) {
                ++told[row];
                EXPECT_EQ(demo().rows[row].account, file.account);
                EXPECT_GE(demo().rows[row].posted, file.first);
                EXPECT_LE(demo().rows[row].posted, file.last);
            }
        }
        for (std::size_t i = 0; i < told.size(); ++i) {
            EXPECT_EQ(told[i], demo().accounts[demo().rows[i].account].is_exported ? 1 : 0);
        }
    }
}

TEST(Statements, OverlapRepeatsExactlyTheRowsItSays) {
    std::map<std::size_t, std::set<std::size_t>> seen;
    std::size_t repeated = 0;
    for (const StatementFile& file : files_of(StatementSpan::quarter, 10)) {
        std::size_t again = 0;
        for (const std::size_t row : file.rows) {
            again += seen[file.account].insert(row).second ? 0U : 1U;
        }
        EXPECT_EQ(file.repeated, again) << file.name;
        repeated += again;
    }
    EXPECT_GT(repeated, 200U);
}

TEST(Statements, OfxTwoIsWellFormedAndSaysTheTruth) {
    const std::vector<StatementFile> files = files_of(StatementSpan::year);
    const StatementFile& file = file_named(files, "savings-2024.ofx");
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(file.bytes.c_str()));
    const pugi::xml_node statement =
        document.child("OFX").child("BANKMSGSRSV1").child("STMTTRNRS").child("STMTRS");
    EXPECT_STREQ(statement.child_value("CURDEF"), "USD");
    std::size_t next = 0;
    for (const pugi::xml_node entry : statement.child("BANKTRANLIST").children("STMTTRN")) {
        ASSERT_LT(next, file.rows.size());
        const TruthRow& row = demo().rows[file.rows[next++]];
        EXPECT_EQ(entry.child_value("TRNAMT"), money::to_decimal(row.amount));
        EXPECT_EQ(entry.child_value("NAME"), row.bank_description);
        EXPECT_EQ(entry.child_value("FITID"), row.bank_id);
    }
    EXPECT_EQ(next, file.rows.size());
    EXPECT_GT(next, 12U);
    EXPECT_EQ(statement.child("LEDGERBAL").child_value("BALAMT"),
              money::to_decimal(balance_on(demo(), file.account, file.last)));
    EXPECT_STREQ(statement.child("LEDGERBAL").child_value("DTASOF"), "20241231120000");
}

TEST(Statements, OfxOneHasItsHeaderAndOneEntryARow) {
    const std::vector<StatementFile> files = files_of(StatementSpan::year);
    for (const std::string_view name : {"checking-2023.ofx", "card_1-2023.ofx"}) {
        const StatementFile& file = file_named(files, name);
        EXPECT_TRUE(file.bytes.starts_with("OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n"));
        EXPECT_EQ(count(file.bytes, "<STMTTRN>"), file.rows.size());
        EXPECT_EQ(count(file.bytes, "</STMTTRN>"), file.rows.size());
        EXPECT_EQ(count(file.bytes, "</NAME>"), 0U);
        // SGML text must not hold a bare & or <.
        EXPECT_EQ(count(file.bytes, "&"), count(file.bytes, "&amp;") + count(file.bytes, "&lt;") +
                                              count(file.bytes, "&gt;"));
        const std::string balance =
            "<BALAMT>" + money::to_decimal(balance_on(demo(), file.account, file.last)) + "\n";
        EXPECT_EQ(count(file.bytes, balance), 1U);
        EXPECT_GT(count(file.bytes, "<DTUSER>"), 10U);
    }
    EXPECT_EQ(count(file_named(files, "card_1-2023.ofx").bytes, "<CREDITCARDMSGSRSV1>"), 1U);
    EXPECT_EQ(count(file_named(files, "card_1-2023.ofx").bytes, "<BANKID>"), 0U);
    EXPECT_EQ(count(file_named(files, "checking-2023.ofx").bytes, "<ACCTTYPE>CHECKING\n"), 1U);
}

TEST(Statements, EuropeanCsvKeepsARunningBalance) {
    const std::vector<StatementFile> files = files_of(StatementSpan::whole);
    const StatementFile& file = file_named(files, "euro.csv");
    const auto table = table_of(file.bytes, ';');
    ASSERT_EQ(table.size(), file.rows.size());
    const auto cents = [](std::string text) {
        std::erase_if(text, [](char c) { return c == '.' || c == ','; });
        return std::stoll(text);
    };
    std::int64_t balance = demo().accounts[file.account].opening.minor();
    for (std::size_t i = 0; i < table.size(); ++i) {
        ASSERT_EQ(table[i].size(), 6U);
        EXPECT_EQ(cents(table[i][3]), demo().rows[file.rows[i]].amount.minor());
        balance += cents(table[i][3]);
        EXPECT_EQ(cents(table[i][5]), balance);
        EXPECT_EQ(table[i][3][table[i][3].size() - 3], ',');
        EXPECT_EQ(table[i][0].size(), 10U);
        EXPECT_EQ(table[i][0][2], '.');
    }
    EXPECT_EQ(balance, demo().accounts[file.account].closing.minor());
    EXPECT_NE(file.bytes.find("\"1."), std::string::npos);  // Thousands have their point.
}

TEST(Statements, CardCsvHasDebitAndCreditColumns) {
    const std::vector<StatementFile> files = files_of(StatementSpan::year);
    const StatementFile& file = file_named(files, "card_2-2025.csv");
    const auto table = table_of(file.bytes, ',');
    ASSERT_EQ(table.size(), file.rows.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        ASSERT_EQ(table[i].size(), 6U);
        const TruthRow& row = demo().rows[file.rows[i]];
        EXPECT_EQ(table[i][0], to_string(row.date));
        EXPECT_EQ(table[i][1], to_string(row.posted));
        EXPECT_NE(table[i][4].empty(), table[i][5].empty());
        EXPECT_EQ(row.amount.is_negative() ? "-" + table[i][4] : table[i][5],
                  money::to_decimal(row.amount));
    }
}

TEST(Statements, MortgageCsvEndsAtWhatIsOwed) {
    const std::vector<StatementFile> files = files_of(StatementSpan::year);
    const StatementFile& file = file_named(files, "mortgage-2025.csv");
    const auto table = table_of(file.bytes, ',');
    ASSERT_EQ(table.size(), file.rows.size());
    EXPECT_EQ(table.back()[3], money::to_decimal(balance_on(demo(), file.account, file.last)));
    EXPECT_EQ(table.front()[0].substr(2, 1), "/");
}

TEST(Statements, RefuseAnOverlapOutOfRange) {
    for (const int days : {-1, kOverlapDaysMax + 1}) {
        const auto refused = write_statements(demo(), {.overlap_days = days});
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    }
}

}  // namespace
}  // namespace atlas::sim::household
