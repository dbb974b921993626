#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a seeded statement of COUNT movements, or of as many as fill BYTES.

    generate.py csv|ofx|camt|mt940|qif COUNT[k|m] FILE [--bytes N]
"""
import datetime
import random
import sys

SHOPS = ["TESCO STORES", "AMAZON MKTPL", "SHELL BERLIN", "REWE MARKT", "NETFLIX.COM", "STARBUCKS",
         "DB VERTRIEB", "LIDL", "PAYROLL ACME", "UBER TRIP"]
FIRST = datetime.date(2016, 1, 1)
DAYS = 3650
OFX_HEAD = ("OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\n"
            "CHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
            "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>123"
            "<ACCTID>99887766<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n")

CAMT_HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n'
             '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
             "<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id>"
             "<IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>\n")
HEADS = {"csv": "Date,Description,Amount\n", "ofx": OFX_HEAD, "camt": CAMT_HEAD,
         "mt940": ":20:STARTUMS\n:25:37040044/532013000\n:28C:1/1\n:60F:C160101EUR0,00\n",
         "qif": "!Type:Bank\n"}


def row_of(kind, i, day, cents, shop):
    amount = f"{cents / 100:.2f}"
    plain = f"{abs(cents) / 100:.2f}"
    if kind == "csv":
        return f"{day},{shop} card 1234 reference {i:010d},{amount}\n"
    if kind == "ofx":
        return (f"<STMTTRN><TRNTYPE>{'DEBIT' if cents < 0 else 'CREDIT'}<DTPOSTED>"
                f"{day:%Y%m%d}120000<TRNAMT>{amount}<FITID>{day:%Y%m%d}{i:08d}<NAME>{shop}"
                f"<MEMO>CARD 1234</STMTTRN>\n")
    if kind == "camt":
        return (f'<Ntry><Amt Ccy="EUR">{plain}</Amt><CdtDbtInd>{"DBIT" if cents < 0 else "CRDT"}'
                f"</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>"
                f"{day}</Dt></ValDt><AcctSvcrRef>R{i:010d}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf>"
                f"<Ustrd>{shop} card 1234</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n")
    if kind == "mt940":
        mark = "D" if cents < 0 else "C"
        return (f":61:{day:%y%m%d}{day:%m%d}{mark}{plain.replace('.', ',')}NMSCNONREF//R{i:010d}\n"
                f":86:005?00CARD?20{shop}?21card 1234\n")
    return f"D{day:%m/%d/%Y}\nT{amount}\nP{shop}\nMcard 1234 reference {i:010d}\n^\n"


def number(text):
    scale = {"k": 1_000, "m": 1_000_000}.get(text[-1].lower())
    return int(text[:-1]) * scale if scale else int(text)


def main():
    kind, count, path = sys.argv[1], number(sys.argv[2]), sys.argv[3]
    size_max = int(sys.argv[5]) if len(sys.argv) > 5 else None
    draw = random.Random(20261123)
    total = 0
    written = 0
    with open(path, "w", encoding="ascii", buffering=1 << 20) as out:
        written += out.write(HEADS[kind])
        for i in range(count):
            day = FIRST + datetime.timedelta(days=i * DAYS // count)
            cents = draw.randint(-20000, 15000)
            total += cents
            shop = f"{draw.choice(SHOPS)} {draw.randint(1, 9999)}"
            written += out.write(row_of(kind, i, day, cents, shop))
            if size_max is not None and written >= size_max:
                break
        if kind == "ofx":
            out.write(f"</BANKTRANLIST><LEDGERBAL><BALAMT>{total / 100:.2f}<DTASOF>20251231"
                      "</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n")
        elif kind == "camt":
            out.write("</Stmt></BkToCstmrStmt></Document>\n")
        elif kind == "mt940":
            out.write(f":62F:{'D' if total < 0 else 'C'}251231EUR{abs(total) / 100:.2f}\n-\n"
                      .replace(".", ","))


if __name__ == "__main__":
    main()
