// SPDX-License-Identifier: Apache-2.0
// Whole ledgers out and in again. For tests only.
#pragma once

#include <algorithm>
#include <string>

#include "app/testing/books.hpp"
#include "contracts/ledger_document.hpp"
#include "finance/ledger/testing/hledger_check.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::app::testing {

inline std::string exported(Books& books, contracts::ExportFormat format) {
    std::string text;
    contracts::GetExportPiece next{.format = format, .cursor = {}};
    do {
        const auto piece = must(books.engine().get_export_piece(next, books.context()));
        text += piece.text;
        next.cursor = piece.next_cursor;
    } while (next.cursor.has_value());
    return text;
}

/// A seeded ledger with hostile texts and everything a transaction can have, as a document.
inline contracts::LedgerDocument random_document(std::uint64_t seed) {
    namespace random_ledger = finance::ledger::testing_ledger;
    auto sample = random_ledger::sample_ledger(seed);
    Random random(seed + 99);
    contracts::LedgerDocument document;
    document.format = "atlas-ledger";
    document.version = 1;
    const auto import_id = random_ledger::random_id<ImportId>(random);
    document.imports.push_back({import_id, "committed", "a \"b\".csv", "csv", "", "{}", "{}",
                                Timestamp{1'700'000'000'000'000}, 7});
    for (std::size_t a = 0; a < sample.accounts.size(); ++a) {
        sample.accounts[a].name += " " + std::to_string(a);
        if (random.chance(0.5)) {
            sample.accounts[a].number_masked = "…1234";
            sample.accounts[a].number_hash = std::string(64, 'a' + static_cast<char>(a));
            sample.accounts[a].institution = "Bank & <Sons>";
        }
        document.accounts.push_back(contracts::to_document(sample.accounts[a]));
    }
    for (auto& transaction : sample.transactions) {
        transaction.description = finance::statements::collapse_spaces(finance::statements::to_utf8(
            transaction.description, finance::statements::Encoding::utf8));
        transaction.source = {import_id, "a \"b\".csv", random.between(1, 99), 1};
        transaction.fingerprint = "f" + std::to_string(random.below(5));
        transaction.occurrence = random.between(0, 3);
        transaction.filed = {finance::ledger::FilingSource::model,
                             static_cast<double>(random.below(1000)) / 999.0, random.chance(0.5)};
        transaction.splits.front().tags = {"a", "ü, \"b\""};
        transaction.splits.front().note = "note\nof two lines";
        if (random.chance(0.3)) {
            transaction.remarks = {.title = "T", .merchant = "M", .note = "N", .refund_of = {}};
            transaction.bank_id = "FIT\\" + std::to_string(random.below(1'000'000));
            transaction.merchant = "Merchant";
            transaction.posted_date = transaction.date.plus_days(1);
            transaction.original_amount =
                money::Money::from_minor(-5, *money::Currency::parse("JPY"));
        }
        document.transactions.push_back(contracts::to_document(transaction));
    }
    std::ranges::sort(document.accounts, {}, &contracts::LedgerAccount::id);
    std::ranges::sort(document.transactions, {}, [](const contracts::LedgerTransaction& t) {
        return std::tuple(t.date, t.id);
    });
    return document;
}

/// What goes in comes out byte for byte, and again out of the ledger that this went into.
inline void check_round_trip(std::uint64_t seed) {
    Books first;
    first.import({.name = "x.json", .bytes = contracts::encode(random_document(seed))});
    const std::string out = exported(first, contracts::ExportFormat::json);
    EXPECT_EQ(contracts::encode(must(contracts::decode<contracts::LedgerDocument>(out))),
              contracts::encode(random_document(seed)))
        << "seed " << seed;
    Books second;
    second.import({.name = "x.json", .bytes = out});
    EXPECT_EQ(exported(second, contracts::ExportFormat::json), out) << "seed " << seed;
    EXPECT_EQ(difference(first.snapshot(), second.snapshot()), "") << "seed " << seed;
    EXPECT_EQ(first.transactions(), second.transactions()) << "seed " << seed;
}

}  // namespace atlas::app::testing
