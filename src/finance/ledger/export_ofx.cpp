// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/export_ofx.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::size_t kNameCharactersMax = 32;
constexpr std::size_t kAccountIdMax = 22;

std::string escaped(std::string_view text) {
    const std::string clean =
        statements::collapse_spaces(statements::to_utf8(text, statements::Encoding::utf8));
    std::string out;
    for (const char c : clean) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string day(Date date) {
    std::string text = to_string(date);
    std::erase(text, '-');
    return text;
}

/// The first characters of a text, whole ones.
std::string_view beginning(std::string_view text) {
    std::size_t at = 0;
    std::size_t characters = 0;
    while (at < text.size()) {
        const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (starts && characters++ == kNameCharactersMax) {
            break;
        }
        ++at;
    }
    return text.substr(0, at);
}

std::string account_number(const Account& account) {
    std::string hex = to_string(account.id);
    std::erase(hex, '-');
    return hex.substr(hex.size() - kAccountIdMax);
}

std::string_view account_word(AccountType type) {
    switch (type) {
        case AccountType::savings: return "SAVINGS";
        case AccountType::loan: return "CREDITLINE";
        default: return "CHECKING";
    }
}

void append_texts(const Transaction& transaction, std::string& out) {
    const std::string text = statements::collapse_spaces(
        statements::to_utf8(transaction.description, statements::Encoding::utf8));
    const std::string_view name = beginning(text);
    if (!name.empty()) {
        out += "<NAME>" + escaped(name) + "</NAME>";
    }
    if (name.size() < text.size()) {
        out += "<MEMO>" + escaped(text) + "</MEMO>";
    }
}

std::string_view type_word(money::Money amount) {
    return amount.is_negative() ? "DEBIT" : "CREDIT";
}

}  // namespace

OfxSet ofx_set(const Account& account) {
    return account.type == AccountType::credit_card ? OfxSet::card : OfxSet::bank;
}

std::string ofx_head(std::optional<Date> as_of) {
    return format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
        "<?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" "
        "NEWFILEUID=\"NONE\"?>\n"
        "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
        "<DTSERVER>{}</DTSERVER><LANGUAGE>ENG</LANGUAGE><FI><ORG>Atlas</ORG><FID>0</FID></FI>"
        "</SONRS></SIGNONMSGSRSV1>\n",
        day(as_of.value_or(Date())));
}

std::string ofx_open_set(OfxSet set) {
    return set == OfxSet::card ? "<CREDITCARDMSGSRSV1>\n" : "<BANKMSGSRSV1>\n";
}

std::string ofx_close_set(OfxSet set) {
    return set == OfxSet::card ? "</CREDITCARDMSGSRSV1>\n" : "</BANKMSGSRSV1>\n";
}

std::string ofx_tail() {
    return "</OFX>\n";
}

std::string ofx_open_statement(const OfxStatement& statement) {
    const bool card = ofx_set(statement.account) == OfxSet::card;
    const std::string number = account_number(statement.account);
    std::string out = format(
        "<{}><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><{}>"
        "<CURDEF>{}</CURDEF>",
        card ? "CCSTMTTRNRS" : "STMTTRNRS", card ? "CCSTMTRS" : "STMTRS",
        statement.account.currency.code());
    out += card ? format("<CCACCTFROM><ACCTID>{}</ACCTID></CCACCTFROM>", number)
                : format(
                      "<BANKACCTFROM><BANKID>ATLAS</BANKID><ACCTID>{}</ACCTID><ACCTTYPE>{}"
                      "</ACCTTYPE></BANKACCTFROM>",
                      number, account_word(statement.account.type));
    out += format("\n<BANKTRANLIST><DTSTART>{}</DTSTART><DTEND>{}</DTEND>\n", day(statement.first),
                  day(statement.last));
    return out;
}

std::string ofx_close_list() {
    return "</BANKTRANLIST>";
}

std::string ofx_close_statement(const OfxStatement& statement,
                                std::span<const Transaction> pending) {
    const bool card = ofx_set(statement.account) == OfxSet::card;
    std::string out = format("<LEDGERBAL><BALAMT>{}</BALAMT><DTASOF>{}</DTASOF></LEDGERBAL>\n",
                             to_decimal(statement.balance), day(statement.last));
    if (!pending.empty()) {
        out += format("<BANKTRANLISTP><DTASOF>{}</DTASOF>\n", day(statement.last));
        for (const Transaction& transaction : pending) {
            out += format("<STMTTRNP><TRNTYPE>{}</TRNTYPE><DTTRAN>{}</DTTRAN><TRNAMT>{}</TRNAMT>",
                          type_word(transaction.amount), day(transaction.date),
                          to_decimal(transaction.amount));
            append_texts(transaction, out);
            out += "</STMTTRNP>\n";
        }
        out += "</BANKTRANLISTP>";
    }
    out += card ? "</CCSTMTRS></CCSTMTTRNRS>\n" : "</STMTRS></STMTTRNRS>\n";
    return out;
}

std::string ofx_entries(std::span<const Transaction> transactions) {
    std::string out;
    for (const Transaction& transaction : transactions) {
        if (transaction.status == TransactionStatus::pending) {
            continue;
        }
        out += format("<STMTTRN><TRNTYPE>{}</TRNTYPE><DTPOSTED>{}</DTPOSTED>",
                      type_word(transaction.amount), day(transaction.date));
        if (transaction.posted_date.has_value()) {
            out += format("<DTAVAIL>{}</DTAVAIL>", day(*transaction.posted_date));
        }
        out += format("<TRNAMT>{}</TRNAMT><FITID>{}</FITID>", to_decimal(transaction.amount),
                      escaped(transaction.bank_id.value_or(to_string(transaction.id))));
        append_texts(transaction, out);
        out += "</STMTTRN>\n";
    }
    return out;
}

}  // namespace atlas::finance::ledger
