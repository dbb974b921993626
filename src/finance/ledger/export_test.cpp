// SPDX-License-Identifier: Apache-2.0
// Goal: what goes out as CSV or OFX comes back in, movement by movement; pages make the whole.
// Method: seeded ledgers with hostile texts through our own readers, entries by hand, and laws.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "finance/ledger/export_beancount.hpp"
#include "finance/ledger/export_csv.hpp"
#include "finance/ledger/export_hledger.hpp"
#include "finance/ledger/export_ofx.hpp"
#include "finance/ledger/testing/hledger_check.hpp"
#include "finance/statements/csv_own.hpp"
#include "finance/statements/recognise.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

using testing_ledger::LedgerSample;

/// A seeded ledger as the store gives it: by date, then id; with what statements add.
LedgerSample sorted_ledger(std::uint64_t seed) {
    LedgerSample sample = testing_ledger::sample_ledger(seed);
    Random random(seed + 77);
    for (std::size_t a = 0; a < sample.accounts.size(); ++a) {
        sample.accounts[a].name += " " + std::to_string(a);
    }
    static const std::array<const char*, 6> kFormulas = {"=1+1",     "+49 30", "-x",
                                                         "@SUM(A1)", "'=1",    "it's"};
    for (Transaction& t : sample.transactions) {
        if (random.chance(0.2)) {
            t.description = kFormulas[static_cast<std::size_t>(random.below(kFormulas.size()))];
        }
        if (random.chance(0.3)) {
            t.posted_date = t.date.plus_days(1);
        }
        if (random.chance(0.3)) {
            t.bank_id = "FIT-" + std::to_string(random.below(1'000'000));
        }
        if (random.chance(0.1) && !t.amount.is_zero()) {
            const std::int64_t minor = random.between(1, 99'999);
            t.original_amount = money::Money::from_minor(t.amount.is_negative() ? -minor : minor,
                                                         *money::Currency::parse("CHF"));
        }
    }
    std::ranges::sort(sample.transactions, {},
                      [](const Transaction& t) { return std::tuple(t.date, t.id); });
    return sample;
}

using Movement = std::tuple<Date, std::optional<Date>, std::string, std::string, std::string>;

/// Texts as every reader makes them.
std::string as_read(std::string_view text) {
    const std::string clean =
        statements::collapse_spaces(statements::to_utf8(text, statements::Encoding::utf8));
    return clean.empty() ? "(no description)" : clean;
}

statements::StatementFile read(const std::string& text) {
    auto file = statements::read_statements(text, "export", {});
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    return *std::move(file);
}

TEST(ExportCsv, ComesBackWithoutLoss) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const LedgerSample sample = sorted_ledger(seed);
        const std::string text = csv_header() + *csv_lines({.accounts = sample.accounts,
                                                            .transactions = sample.transactions});
        const auto file = read(text);
        std::map<std::string, std::vector<const Transaction*>> ours;
        for (const Transaction& t : sample.transactions) {
            const auto account = std::ranges::find(sample.accounts, t.account_id, &Account::id);
            ours[as_read(account->name)].push_back(&t);
        }
        ASSERT_EQ(file.statements.size(), ours.size()) << "seed " << seed;
        EXPECT_TRUE(file.csv->ambiguities.empty());
        for (const statements::Statement& statement : file.statements) {
            EXPECT_TRUE(statement.rejected.empty()) << "seed " << seed;
            EXPECT_TRUE(statement.account.number.empty()) << "a name is no number";
            const auto& own = ours[statement.account.name];
            ASSERT_EQ(statement.entries.size(), own.size())
                << "seed " << seed << " " << statement.account.name;
            for (std::size_t i = 0; i < own.size(); ++i) {
                const statements::StatementEntry& entry = statement.entries[i];
                EXPECT_EQ(entry.date, own[i]->date);
                EXPECT_EQ(entry.posted, own[i]->posted_date);
                EXPECT_EQ(to_string(entry.amount), to_string(own[i]->amount)) << "seed " << seed;
                EXPECT_EQ(entry.description, as_read(own[i]->description)) << "seed " << seed;
                EXPECT_EQ(entry.bank_id, own[i]->bank_id.value_or(""));
                EXPECT_EQ(entry.pending, own[i]->status == TransactionStatus::pending);
                ASSERT_EQ(entry.original.has_value(), own[i]->original_amount.has_value());
                if (entry.original.has_value()) {
                    EXPECT_EQ(to_string(*entry.original), to_string(*own[i]->original_amount));
                }
            }
        }
    }
}

TEST(ExportCsv, NoCellIsCalculated) {
    EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
    EXPECT_EQ(csv_cell("+49"), "'+49");
    EXPECT_EQ(csv_cell("-x"), "'-x");
    EXPECT_EQ(csv_cell("@SUM(A1,B1)"), "\"'@SUM(A1,B1)\"");
    EXPECT_EQ(csv_cell("'=1"), "''=1");
    EXPECT_EQ(csv_cell("\t=x"), "'=x");
    EXPECT_EQ(csv_cell("it's"), "it's");
    EXPECT_EQ(csv_cell("'quoted'"), "'quoted'");
    EXPECT_EQ(csv_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
    EXPECT_EQ(csv_cell("two\nlines"), "two lines");
    EXPECT_EQ(statements::unguarded("'=1+1"), "=1+1");
    EXPECT_EQ(statements::unguarded("''=1"), "'=1");
    EXPECT_EQ(statements::unguarded("'quoted'"), "'quoted'");
}

TEST(ExportCsv, RefusesAForeignAccount) {
    const LedgerSample sample = sorted_ledger(1);
    EXPECT_FALSE(csv_lines({.accounts = {}, .transactions = sample.transactions}).has_value());
}

std::string ofx_of(const LedgerSample& sample) {
    std::string out = ofx_head(sample.transactions.back().date);
    for (const OfxSet set : {OfxSet::bank, OfxSet::card}) {
        out += ofx_open_set(set);
        for (const Account& account : sample.accounts) {
            if (ofx_set(account) != set) {
                continue;
            }
            std::vector<Transaction> own;
            std::vector<Transaction> pending;
            money::Money balance = money::Money::zero(account.currency);
            for (const Transaction& t : sample.transactions) {
                if (t.account_id == account.id) {
                    own.push_back(t);
                    balance += t.amount;
                    if (t.status == TransactionStatus::pending) {
                        pending.push_back(t);
                    }
                }
            }
            const OfxStatement statement{account, own.front().date, own.back().date, balance};
            out += ofx_open_statement(statement) + ofx_entries(own) + ofx_close_list() +
                   ofx_close_statement(statement, pending);
        }
        out += ofx_close_set(set);
    }
    return out + ofx_tail();
}

TEST(ExportOfx, ComesBackMovementByMovement) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const LedgerSample sample = sorted_ledger(seed);
        const auto file = read(ofx_of(sample));
        ASSERT_EQ(file.statements.size(), sample.accounts.size()) << "seed " << seed;
        std::multiset<Movement> ours;
        std::multiset<Movement> theirs;
        for (const Transaction& t : sample.transactions) {
            const bool booked = t.status == TransactionStatus::posted;
            ours.insert({t.date, booked ? t.posted_date : std::nullopt, to_string(t.amount),
                         as_read(t.description) == "(no description)"
                             ? (t.amount.is_negative() ? "DEBIT" : "CREDIT")
                             : as_read(t.description),
                         booked ? t.bank_id.value_or(to_string(t.id)) : "pending"});
        }
        for (const statements::Statement& statement : file.statements) {
            EXPECT_TRUE(statement.rejected.empty()) << "seed " << seed;
            money::Money sum = money::Money::zero(*statement.currency);
            for (const statements::StatementEntry& entry : statement.entries) {
                sum += entry.amount;
                theirs.insert({entry.date, entry.posted, to_string(entry.amount), entry.description,
                               entry.pending ? "pending" : entry.bank_id});
            }
            ASSERT_TRUE(statement.closing_balance.has_value());
            EXPECT_EQ(statement.closing_balance->amount, sum) << "seed " << seed;
        }
        EXPECT_EQ(ours, theirs) << "seed " << seed;
    }
}

TEST(ExportHledger, PagesMakeTheWhole) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const LedgerSample sample = sorted_ledger(seed);
        const auto whole = *journal_entries({sample.accounts, sample.transactions});
        std::vector<JournalEntry> pages;
        const std::span<const Transaction> all(sample.transactions);
        const std::size_t step = 1 + seed % 7;
        for (std::size_t at = 0; at < all.size(); at += step) {
            const auto page = all.subspan(at, std::min(step, all.size() - at));
            std::vector<Transaction> elsewhere;
            for (std::size_t i = 0; i < all.size(); ++i) {
                const bool here = i >= at && i < at + page.size();
                const bool wanted = std::ranges::any_of(page, [&](const Transaction& t) {
                    return t.transfer_id.has_value() && t.transfer_id == all[i].transfer_id;
                });
                if (!here && wanted) {
                    elsewhere.push_back(all[i]);
                }
            }
            const auto entries = *journal_entries({sample.accounts, page, elsewhere});
            pages.insert(pages.end(), entries.begin(), entries.end());
        }
        EXPECT_EQ(pages, whole) << "seed " << seed << " pages of " << step;
    }
}

TEST(ExportBeancount, NamesAreAccountNamesThere) {
    EXPECT_EQ(beancount_account("expenses:food:groceries"), "Expenses:Food:Groceries");
    EXPECT_EQ(beancount_account("assets:bank:Every day account"), "Assets:Bank:Every-day-account");
    EXPECT_EQ(beancount_account("assets:in-transit"), "Assets:In-transit");
    EXPECT_EQ(beancount_account("equity:conversion"), "Equity:Conversion");
    EXPECT_EQ(beancount_account("equity"), "Equity:Other");
    EXPECT_EQ(beancount_account("assets:cash:1st"), "Assets:Cash:1st");
    // What falls together there is told apart by its hash.
    std::set<std::string> distinct;
    const std::array<const char*, 9> lossy = {
        "assets:bank:Every- day", "assets:bank:Every-day",  "assets:bank:every day",
        "assets:bank:Ünï",        "assets:bank:N",          "assets:bank:---",
        "assets:bank:Every day ", "assets:bank:Every, day", "assets:bank:Every day"};
    for (const char* name : lossy) {
        const std::string out = beancount_account(name);
        EXPECT_TRUE(distinct.insert(out).second) << out;
        for (const char c : out) {
            EXPECT_TRUE(c == ':' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z'))
                << out;
        }
    }
}

TEST(ExportBeancount, TextStaysInItsString) {
    JournalEntry entry{
        .date = *Date::parse("2026-01-05"),
        .status = TransactionStatus::pending,
        .code = "id",
        .description = "say \"hi\" \\ \n2020-01-01 open Assets:Evil",
        .postings = {{"equity", money::Money::zero(*money::Currency::parse("USD"))}}};
    EXPECT_EQ(beancount_entries(std::vector{entry}),
              "\n2026-01-05 ! \"say \\\"hi\\\" \\\\ 2020-01-01 open Assets:Evil\"\n"
              "  atlas-id: \"id\"\n  Equity:Other  0.00 USD\n");
}

TEST(Journal, AnExchangeTellsItsPrice) {
    const auto usd = *money::Currency::parse("USD");
    const auto eur = *money::Currency::parse("EUR");
    JournalEntry entry{.date = *Date::parse("2026-01-05"),
                       .status = TransactionStatus::posted,
                       .code = "id",
                       .description = "x",
                       .postings = {{"assets:bank:A", money::Money::from_minor(-3000, usd)},
                                    {"equity:conversion", money::Money::from_minor(3000, usd)},
                                    {"equity:conversion", money::Money::from_minor(-2700, eur)},
                                    {"assets:bank:B", money::Money::from_minor(2700, eur)}}};
    const auto price = implied_price(entry);
    ASSERT_TRUE(price.has_value());
    EXPECT_EQ(price->of, eur);
    EXPECT_EQ(to_decimal(price->price), "1.111111111");
    EXPECT_NE(hledger_entries(std::vector{entry}).find("P 2026-01-05 EUR 1.111111111 USD\n"),
              std::string::npos);
    entry.postings.erase(entry.postings.begin() + 1);
    EXPECT_FALSE(implied_price(entry).has_value());
}

}  // namespace
}  // namespace atlas::finance::ledger
