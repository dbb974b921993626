// SPDX-License-Identifier: Apache-2.0
// OFX as the specifications 1.0.2 and 2.1.1 have it (Intuit, Microsoft, CheckFree 1997; OFX 2006).
#include "sim/household/statement_text.hpp"

#include <string_view>

#include "base/format.hpp"

namespace atlas::sim::household {
namespace {

using money::Money;

std::string compact(Date day) {
    const Date::Parts parts = day.parts();
    return format("{:04}{:02}{:02}", parts.year, parts.month, parts.day);
}

std::string american(Date day) {
    const Date::Parts parts = day.parts();
    return format("{:02}/{:02}/{:04}", parts.month, parts.day, parts.year);
}

std::string german(Date day) {
    const Date::Parts parts = day.parts();
    return format("{:02}.{:02}.{:04}", parts.day, parts.month, parts.year);
}

/// -1.234,56
std::string german(Money amount) {
    std::string digits = money::to_decimal(money::abs(amount));
    digits[digits.size() - 3] = ',';
    for (std::size_t at = digits.size() - 3; at > 3; at -= 3) {
        digits.insert(at - 3, ".");
    }
    return (amount.is_negative() ? "-" : "") + digits;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + "\"";
}

/// Writes elements in either syntax: SGML leaves the end of a leaf away, XML does not.
class OfxWriter {
public:
    explicit OfxWriter(bool is_xml) : is_xml_(is_xml) {}
    void open(std::string_view tag) { out_ += format("<{}>\n", tag); }
    void close(std::string_view tag) { out_ += format("</{}>\n", tag); }
    void leaf(std::string_view tag, std::string_view value) {
        out_ += format("<{}>{}", tag, escaped(value));
        out_ += is_xml_ ? format("</{}>\n", tag) : "\n";
    }
    void raw(std::string_view text) { out_ += text; }
    std::string take() { return std::move(out_); }

private:
    bool is_xml_;
    std::string out_;
};

std::string_view transaction_type(const TruthRow& row) {
    if (row.category == "income.wages") {
        return "DIRECTDEP";
    }
    if (row.category == "transfer.cash") {
        return "ATM";
    }
    if (row.category == "transfer.internal") {
        return "XFER";
    }
    if (row.category == "income.interest_dividends") {
        return "INT";
    }
    if (row.category == "bank.fees") {
        return "FEE";
    }
    return row.amount.is_negative() ? "DEBIT" : "CREDIT";
}

void write_header(OfxWriter& ofx, StatementDialect dialect, const StatementFile& file) {
    if (dialect == StatementDialect::ofx_xml_bank) {
        ofx.raw(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
            "<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" "
            "NEWFILEUID=\"NONE\"?>\n");
    } else {
        ofx.raw(
            "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\n"
            "CHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n");
    }
    ofx.open("OFX");
    ofx.open("SIGNONMSGSRSV1");
    ofx.open("SONRS");
    ofx.open("STATUS");
    ofx.leaf("CODE", "0");
    ofx.leaf("SEVERITY", "INFO");
    ofx.close("STATUS");
    ofx.leaf("DTSERVER", compact(file.last) + "120000");
    ofx.leaf("LANGUAGE", "ENG");
    ofx.close("SONRS");
    ofx.close("SIGNONMSGSRSV1");
}

void write_transaction(OfxWriter& ofx, const TruthRow& row) {
    ofx.open("STMTTRN");
    ofx.leaf("TRNTYPE", transaction_type(row));
    ofx.leaf("DTPOSTED", compact(row.posted) + "120000");
    if (row.date != row.posted) {
        ofx.leaf("DTUSER", compact(row.date) + "120000");
    }
    ofx.leaf("TRNAMT", money::to_decimal(row.amount));
    ofx.leaf("FITID", row.bank_id);
    ofx.leaf("NAME", row.bank_description);
    if (!row.memo.empty()) {
        ofx.leaf("MEMO", row.memo);
    }
    ofx.close("STMTTRN");
}

std::string write_ofx(const Household& household, const StatementFile& file,
                      const StatementBalances& balances) {
    const AccountTruth& account = household.accounts[file.account];
    const StatementDialect dialect = dialect_of(account);
    const bool is_card = dialect == StatementDialect::ofx_sgml_card;
    OfxWriter ofx(dialect == StatementDialect::ofx_xml_bank);
    write_header(ofx, dialect, file);
    const std::string_view set = is_card ? "CREDITCARDMSGSRSV1" : "BANKMSGSRSV1";
    const std::string_view wrapper = is_card ? "CCSTMTTRNRS" : "STMTTRNRS";
    const std::string_view statement = is_card ? "CCSTMTRS" : "STMTRS";
    const std::string_view from = is_card ? "CCACCTFROM" : "BANKACCTFROM";
    ofx.open(set);
    ofx.open(wrapper);
    ofx.leaf("TRNUID", "0");
    ofx.open("STATUS");
    ofx.leaf("CODE", "0");
    ofx.leaf("SEVERITY", "INFO");
    ofx.close("STATUS");
    ofx.open(statement);
    ofx.leaf("CURDEF", account.opening.currency().code());
    ofx.open(from);
    if (!is_card) {
        ofx.leaf("BANKID", account.bank_number);
    }
    ofx.leaf("ACCTID", account.number);
    if (!is_card) {
        ofx.leaf("ACCTTYPE", account.kind == AccountKind::savings ? "SAVINGS" : "CHECKING");
    }
    ofx.close(from);
    ofx.open("BANKTRANLIST");
    ofx.leaf("DTSTART", compact(file.first) + "120000");
    ofx.leaf("DTEND", compact(file.last) + "120000");
    for (const std::size_t row : file.rows) {
        write_transaction(ofx, household.rows[row]);
    }
    ofx.close("BANKTRANLIST");
    ofx.open("LEDGERBAL");
    ofx.leaf("BALAMT", money::to_decimal(balances.closing));
    ofx.leaf("DTASOF", compact(file.last) + "120000");
    ofx.close("LEDGERBAL");
    ofx.close(statement);
    ofx.close(wrapper);
    ofx.close(set);
    ofx.close("OFX");
    return ofx.take();
}

std::string write_card_csv(const Household& household, const StatementFile& file) {
    std::string out = "Transaction Date,Posted Date,Card No.,Description,Debit,Credit\n";
    const std::string& number = household.accounts[file.account].number;
    const std::string tail = number.substr(number.size() - 4);
    for (const std::size_t index : file.rows) {
        const TruthRow& row = household.rows[index];
        const std::string amount = money::to_decimal(money::abs(row.amount));
        out += format("{},{},{},{},{},{}\n", to_string(row.date), to_string(row.posted), tail,
                      quoted(row.bank_description), row.amount.is_negative() ? amount : "",
                      row.amount.is_negative() ? "" : amount);
    }
    return out;
}

std::string write_mortgage_csv(const Household& household, const StatementFile& file,
                               Money balance) {
    std::string out = "Date,Description,Amount,Balance\n";
    for (const std::size_t index : file.rows) {
        const TruthRow& row = household.rows[index];
        balance += row.amount;
        out += format("{},{},{},{}\n", american(row.posted), quoted(row.bank_description),
                      money::to_decimal(row.amount), money::to_decimal(balance));
    }
    return out;
}

std::string write_european_csv(const Household& household, const StatementFile& file,
                               Money balance) {
    std::string out =
        "\"Buchungstag\";\"Wertstellung\";\"Verwendungszweck\";\"Betrag\";\"Währung\";"
        "\"Saldo\"\r\n";
    for (const std::size_t index : file.rows) {
        const TruthRow& row = household.rows[index];
        balance += row.amount;
        out += format("{};{};{};{};{};{}\r\n", quoted(german(row.posted)), quoted(german(row.date)),
                      quoted(row.bank_description), quoted(german(row.amount)), quoted("EUR"),
                      quoted(german(balance)));
    }
    return out;
}

}  // namespace

StatementDialect dialect_of(const AccountTruth& account) {
    if (account.kind == AccountKind::mortgage) {
        return StatementDialect::csv_mortgage;
    }
    if (account.kind == AccountKind::savings) {
        return StatementDialect::ofx_xml_bank;
    }
    if (account.kind == AccountKind::credit_card) {
        return account.key == "card_1" ? StatementDialect::ofx_sgml_card
                                       : StatementDialect::csv_card;
    }
    return account.key == "euro" ? StatementDialect::csv_european : StatementDialect::ofx_sgml_bank;
}

bool is_ofx(StatementDialect dialect) {
    return dialect == StatementDialect::ofx_sgml_bank ||
           dialect == StatementDialect::ofx_sgml_card || dialect == StatementDialect::ofx_xml_bank;
}

std::string statement_text(const Household& household, const StatementFile& file,
                           const StatementBalances& balances) {
    switch (dialect_of(household.accounts[file.account])) {
        case StatementDialect::csv_card: return write_card_csv(household, file);
        case StatementDialect::csv_mortgage:
            return write_mortgage_csv(household, file, balances.opening);
        case StatementDialect::csv_european:
            return write_european_csv(household, file, balances.opening);
        default: return write_ofx(household, file, balances);
    }
}

}  // namespace atlas::sim::household
