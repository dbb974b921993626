// SPDX-License-Identifier: Apache-2.0
// One account's movements written down as every statement format would have them: what importing
// any two of them must give once. For tests only; the writers are as small as the formats allow.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/format.hpp"
#include "base/random.hpp"
#include "money/money.hpp"

namespace atlas::finance::ledger::formats_generator {

struct Movement {
    Date date;
    std::int64_t minor = 0;
    std::string payee;
    std::string purpose;
};

/// A month or two of a household: equal purchases on a day, round amounts, subscriptions.
inline std::vector<Movement> live(Random& random, int days) {
    static constexpr std::array<std::string_view, 6> kShops = {"Baeckerei Mueller", "Stadtwerke",
                                                               "Rewe Markt",        "Kino Central",
                                                               "Verein e.V.",       "Tankstelle"};
    std::vector<Movement> out;
    for (int day = 0; day < days; ++day) {
        const Date date = Date::from_days(20454 + day);  // From 2026-01-01.
        for (std::uint64_t i = random.below(4); i > 0; --i) {
            const auto shop = kShops[static_cast<std::size_t>(random.below(kShops.size()))];
            const std::int64_t minor =
                random.chance(0.4) ? -500 * random.between(1, 4) : -random.between(101, 9999);
            out.push_back({date, minor, std::string(shop), format("Einkauf {}", day)});
            if (random.chance(0.2)) {
                out.push_back(out.back());
            }
        }
        if (day % 30 == 2) {
            out.push_back({date, 215077, "Arbeitgeber GmbH", "Gehalt"});
        }
    }
    return out;
}

inline std::string decimal(std::int64_t minor, char mark) {
    const std::int64_t size = minor < 0 ? -minor : minor;
    return format("{}{}{}{:02}", minor < 0 ? "-" : "", size / 100, mark, size % 100);
}

inline std::string compact(Date date) {
    const Date::Parts p = date.parts();
    return format("{:04}{:02}{:02}", p.year, p.month, p.day);
}

inline std::string as_ofx1(const std::vector<Movement>& all) {
    std::string out =
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"
        "<CURDEF>EUR\n<BANKACCTFROM><BANKID>51210800<ACCTID>1245126199<ACCTTYPE>CHECKING"
        "</BANKACCTFROM><BANKTRANLIST>\n";
    for (std::size_t i = 0; i < all.size(); ++i) {
        out += format(
            "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{}<TRNAMT>{}<FITID>O{:06}<NAME>{}<MEMO>{}\n",
            compact(all[i].date), decimal(all[i].minor, '.'), i, all[i].payee, all[i].purpose);
    }
    return out + "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
}

inline std::string as_ofx2(const std::vector<Movement>& all) {
    std::string out =
        "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?><OFX><STMTRS><CURDEF>EUR"
        "</CURDEF><BANKACCTFROM><BANKID>51210800</BANKID><ACCTID>1245126199</ACCTID>"
        "</BANKACCTFROM><BANKTRANLIST>";
    for (const Movement& m : all) {
        out += format(
            "<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>{}120000</DTPOSTED><TRNAMT>{}"
            "</TRNAMT><NAME>{}</NAME><MEMO>{}</MEMO></STMTTRN>",
            compact(m.date), decimal(m.minor, '.'), m.payee, m.purpose);
    }
    return out + "</BANKTRANLIST></STMTRS></OFX>";
}

inline std::string as_csv(const std::vector<Movement>& all) {
    std::string out =
        "IBAN;DE75512108001245126199\n\nBuchungstag;Empfänger;Verwendungszweck;"
        "Betrag;Währung\n";
    for (auto m = all.rbegin(); m != all.rend(); ++m) {
        const Date::Parts p = m->date.parts();
        out += format("{:02}.{:02}.{:04};{};{};{};EUR\n", p.day, p.month, p.year, m->payee,
                      m->purpose, decimal(m->minor, ','));
    }
    return out;
}

inline std::string as_english_csv(const std::vector<Movement>& all) {
    std::string out = "Date,Description,Amount,Currency\n";
    for (const Movement& m : all) {
        out += format("{},{} {},{},EUR\n", to_string(m.date), m.payee, m.purpose,
                      decimal(m.minor, '.'));
    }
    return out;
}

inline std::string as_qif(const std::vector<Movement>& all) {
    std::string out = "!Type:Bank\n";
    for (const Movement& m : all) {
        const Date::Parts p = m.date.parts();
        out += format("D{}/{}'{:02}\nT{}\nP{}\nM{}\n^\n", p.month, p.day, p.year % 100,
                      decimal(m.minor, '.'), m.payee, m.purpose);
    }
    return out;
}

inline std::string as_mt940(const std::vector<Movement>& all) {
    std::string out;
    std::int64_t balance = 100'000'00;
    const auto printed = [&](std::string_view tag, Date date) {
        return format(":{}:{}{}EUR{}\n", tag, balance < 0 ? "D" : "C", compact(date).substr(2),
                      decimal(balance < 0 ? -balance : balance, ','));
    };
    // A message a week.
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end].date - all[i].date < 7) {
            ++end;
        }
        out += format(":20:ATLAS\n:25:51210800/1245126199\n:28C:{}/1\n", i + 1);
        out += printed("60F", all[i].date);
        for (; i < end; ++i) {
            const std::int64_t minor = all[i].minor;
            out += format(":61:{}{}{}{}NTRFNONREF//B{:07}\n:86:166?00UMSATZ?20SVWZ+{}?32{}\n",
                          compact(all[i].date).substr(2), compact(all[i].date).substr(4),
                          minor < 0 ? "D" : "C", decimal(minor < 0 ? -minor : minor, ','), i,
                          all[i].purpose, all[i].payee);
            balance += minor;
        }
        out += printed("62F", all[i - 1].date) + "-\n";
    }
    return out;
}

inline std::string as_camt(const std::vector<Movement>& all) {
    std::string out =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>"
        "<Id>1</Id><Acct><Id><IBAN>DE75512108001245126199</IBAN></Id><Ccy>EUR</Ccy></Acct>";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Movement& m = all[i];
        const bool out_of = m.minor < 0;
        const std::string_view party = out_of ? "Cdtr" : "Dbtr";
        out += format(
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts><Cd>BOOK</Cd>"
            "</Sts><BookgDt><Dt>{}</Dt></BookgDt><AcctSvcrRef>C-{:05}-X</AcctSvcrRef>"
            "<NtryDtls><TxDtls><RltdPties><{}><Pty><Nm>{}</Nm></Pty></{}></RltdPties>"
            "<RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n",
            decimal(out_of ? -m.minor : m.minor, '.'), out_of ? "DBIT" : "CRDT", to_string(m.date),
            i, party, m.payee, party, m.purpose);
    }
    return out + "</Stmt></BkToCstmrStmt></Document>";
}

struct Writer {
    std::string_view name;
    std::string (*write)(const std::vector<Movement>& all);
};
inline constexpr std::array<Writer, 7> kWriters = {{{"ofx1", as_ofx1},
                                                    {"ofx2", as_ofx2},
                                                    {"csv", as_csv},
                                                    {"english csv", as_english_csv},
                                                    {"qif", as_qif},
                                                    {"mt940", as_mt940},
                                                    {"camt", as_camt}}};

}  // namespace atlas::finance::ledger::formats_generator
