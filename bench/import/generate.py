#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a seeded statement of COUNT movements, or of as many as fill BYTES: csv or ofx.

    generate.py csv|ofx COUNT[k|m] FILE [--bytes N]
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
        written += out.write("Date,Description,Amount\n" if kind == "csv" else OFX_HEAD)
        for i in range(count):
            day = FIRST + datetime.timedelta(days=i * DAYS // count)
            cents = draw.randint(-20000, 15000)
            total += cents
            shop = f"{draw.choice(SHOPS)} {draw.randint(1, 9999)}"
            amount = f"{cents / 100:.2f}"
            if kind == "csv":
                written += out.write(f"{day},{shop} card 1234 reference {i:010d},{amount}\n")
            else:
                written += out.write(
                    f"<STMTTRN><TRNTYPE>{'DEBIT' if cents < 0 else 'CREDIT'}<DTPOSTED>"
                    f"{day:%Y%m%d}120000<TRNAMT>{amount}<FITID>{day:%Y%m%d}{i:08d}<NAME>{shop}"
                    f"<MEMO>CARD 1234</STMTTRN>\n")
            if size_max is not None and written >= size_max:
                break
        if kind == "ofx":
            out.write(f"</BANKTRANLIST><LEDGERBAL><BALAMT>{total / 100:.2f}<DTASOF>20251231"
                      "</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n")


if __name__ == "__main__":
    main()
