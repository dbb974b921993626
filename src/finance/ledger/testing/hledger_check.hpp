// SPDX-License-Identifier: Apache-2.0
// Seeded ledgers with hostile texts, and the comparison of our totals with the real hledger's.
// For tests only.
#pragma once

#include <gtest/gtest.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "finance/ledger/export_hledger.hpp"
#include "finance/ledger/journal.hpp"

namespace atlas::finance::ledger::testing_ledger {

struct LedgerSample {
    std::vector<Account> accounts;
    std::vector<Transaction> transactions;
};

template <class IdType>
IdType random_id(Random& random) {
    IdType id;
    for (std::byte& b : id.uuid.bytes) {
        b = static_cast<std::byte>(random.below(256));
    }
    return id;
}

inline std::string hostile_text(Random& random) {
    static const std::array<std::string, 12> kPieces = {
        "COFFEE",  "; tag:value", "(code)", "* !",        "\n2020-01-01 evil\n  a  1 USD\n",
        "| note",  "=2026-01-01", "  two",  "\t@@ 5 EUR", "\xFF\xFE",
        "Ünïcödé", "{\"a\":1}"};
    std::string out;
    for (std::uint64_t i = 1 + random.below(3); i > 0; --i) {
        out += kPieces[static_cast<std::size_t>(random.below(kPieces.size()))];
    }
    return out;
}

inline Transaction sample_transaction(const LedgerSample& sample, Random& random) {
    static const std::array<const char*, 7> kCategories = {
        "food.groceries", "income.wages", "other.unknown", "transfer.internal",
        "housing.rent",   "odd:one. x",   "bank.fees"};
    const Account& account =
        sample.accounts[static_cast<std::size_t>(random.below(sample.accounts.size()))];
    const auto money_of = [&](std::int64_t minor) {
        return money::Money::from_minor(minor, account.currency);
    };
    const std::int64_t first = random.between(-500000, 300000);
    const std::int64_t second = random.chance(0.2) ? random.between(-9999, 9999) : 0;
    const auto category = [&] {
        return kCategories[static_cast<std::size_t>(random.below(kCategories.size()))];
    };
    Transaction out{
        .id = random_id<TransactionId>(random),
        .account_id = account.id,
        .date = Date::from_days(static_cast<std::int32_t>(random.between(19000, 20500))),
        .posted_date = {},
        .amount = money_of(first + second),
        .original_amount = {},
        .description = hostile_text(random),
        .merchant = {},
        .status = random.chance(0.1) ? TransactionStatus::pending : TransactionStatus::posted,
        .splits = {{category(), money_of(first), {}, {}}},
        .transfer_id = {},
        .filed = {},
        .source = {},
        .bank_id = {},
        .fingerprint = {},
        .occurrence = 0};
    if (second != 0) {
        out.splits.push_back({category(), money_of(second), {}, {}});
    }
    return out;
}

inline void add_transfer(LedgerSample& sample, Random& random) {
    Transaction out = sample_transaction(sample, random);
    Transaction in = sample_transaction(sample, random);
    if (out.account_id == in.account_id) {
        return;
    }
    out.splits = {{"transfer.internal", out.amount, {}, {}}};
    in.amount = out.amount.currency() == in.amount.currency() ? -out.amount : in.amount;
    in.splits = {{"transfer.internal", in.amount, {}, {}}};
    in.date = random.chance(0.5) ? out.date : out.date.plus_days(2);
    out.transfer_id = in.transfer_id = random_id<TransferId>(random);
    sample.transactions.push_back(out);
    sample.transactions.push_back(in);
}

inline Transaction opening_of(const Account& account, Random& random) {
    const LedgerSample alone{{account}, {}};
    Transaction opening = sample_transaction(alone, random);
    opening.date = Date::from_days(18999);
    opening.splits = {{"equity.opening", opening.amount, {}, {}}};
    return opening;
}

inline LedgerSample sample_ledger(std::uint64_t seed) {
    Random random(seed);
    LedgerSample sample;
    static const std::array<const char*, 4> kCurrencies = {"USD", "EUR", "JPY", "KWD"};
    static const std::array<const char*, 5> kNames = {"Main", "Main", "Sa:v;  ings", "(odd)",
                                                      "Ü x"};
    for (std::uint64_t i = 2 + random.below(4); i > 0; --i) {
        sample.accounts.push_back(
            {.id = random_id<AccountId>(random),
             .name = kNames[static_cast<std::size_t>(random.below(kNames.size()))],
             .type = static_cast<AccountType>(random.below(7)),
             .currency = *money::Currency::parse(
                 kCurrencies[static_cast<std::size_t>(random.below(kCurrencies.size()))]),
             .institution = {},
             .number_masked = {},
             .number_hash = {},
             .opened = {},
             .closed = {}});
        sample.transactions.push_back(opening_of(sample.accounts.back(), random));
    }
    for (std::uint64_t i = random.below(120); i > 0; --i) {
        sample.transactions.push_back(sample_transaction(sample, random));
        if (random.chance(0.2)) {
            add_transfer(sample, random);
        }
    }
    return sample;
}

/// Totals of the household's accounts by type folder and currency, without journal names.
using FolderTotals = std::map<std::string, std::int64_t>;

inline FolderTotals own_account_totals(const LedgerSample& sample) {
    FolderTotals out;
    std::map<AccountId, const Account*> by_id;
    for (const Account& account : sample.accounts) {
        by_id[account.id] = &account;
    }
    const auto add = [&](AccountId id, money::Money amount) {
        out[journal_account(by_id[id]->type, "x") + std::string(amount.currency().code())] +=
            amount.minor();
    };
    for (const Transaction& transaction : sample.transactions) {
        add(transaction.account_id, transaction.amount);
    }
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
}

inline FolderTotals account_totals(const std::vector<JournalEntry>& entries) {
    FolderTotals out;
    for (const auto& [key, total] : journal_totals(entries)) {
        const auto& [account, currency] = key;
        const bool own = (account.starts_with("assets:") && account != "assets:in-transit") ||
                         account.starts_with("liabilities:");
        if (own && total != 0) {
            out[account.substr(0, account.find(':', account.find(':') + 1)) + ":x" +
                std::string(currency.code())] += static_cast<std::int64_t>(total);
        }
    }
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
}

inline std::string run(const std::string& command, int& status) {
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        status = -1;
        return out;
    }
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        out.append(buffer.data(), got);
    }
    status = pclose(pipe);
    return out;
}

/// hledger's lines `"account","USD","-12.30"` and ours, in the same form.
inline std::string our_lines(const std::vector<JournalEntry>& entries) {
    std::string out = "\"account\",\"commodity\",\"balance\"\n";
    for (const auto& [key, total] : journal_totals(entries)) {
        if (total != 0) {
            const auto amount =
                money::Money::from_minor(static_cast<std::int64_t>(total), key.second);
            out += "\"" + key.first + "\",\"" + std::string(key.second.code()) + "\",\"" +
                   to_decimal(amount) + "\"\n";
        }
    }
    return out;
}

inline std::string sorted_lines(const std::string& text) {
    std::multiset<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.insert(text.substr(at, end - at));
        at = end + 1;
    }
    std::string out;
    for (const std::string& line : lines) {
        out += line + "\n";
    }
    return out;
}

/// The cells of a CSV text in which every cell is quoted, row by row.
inline std::vector<std::vector<std::string>> quoted_rows(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1);
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && inside && i + 1 < text.size() && text[i + 1] == '"') {
            rows.back().back() += text[++i];
        } else if (c == '"') {
            inside = !inside;
            if (inside) {
                rows.back().emplace_back();
            }
        } else if (inside) {
            rows.back().back() += c;
        } else if (c == '\n') {
            rows.emplace_back();
        }
    }
    std::erase_if(rows, [](const auto& row) { return row.empty(); });
    return rows;
}

inline bool is_own(const std::string& account) {
    return account.starts_with("assets:") || account.starts_with("liabilities:");
}

/// "1.00 EUR, -5 JPY": currencies by code, those at zero left out; "0" for none.
inline std::string mixed_amount(const std::map<money::Currency, std::int64_t>& sums) {
    std::string out;
    for (const auto& [currency, minor] : sums) {
        if (minor != 0) {
            out += out.empty() ? "" : ", ";
            out += to_decimal(money::Money::from_minor(minor, currency)) + " " +
                   std::string(currency.code());
        }
    }
    return out.empty() ? "0" : out;
}

/// Each posting to an account of one's own, with what all of them have come to: date, code,
/// account, amount, total.
inline std::vector<std::vector<std::string>> our_register(
    const std::vector<JournalEntry>& entries) {
    std::vector<std::vector<std::string>> out;
    std::map<money::Currency, std::int64_t> running;
    for (const JournalEntry& entry : entries) {
        for (const Posting& posting : entry.postings) {
            if (is_own(posting.account)) {
                running[posting.amount.currency()] += posting.amount.minor();
                out.push_back({to_string(entry.date), entry.code, posting.account,
                               mixed_amount({{posting.amount.currency(), posting.amount.minor()}}),
                               mixed_amount(running)});
            }
        }
    }
    return out;
}

inline std::vector<std::vector<std::string>> their_register(const std::string& csv) {
    auto rows = quoted_rows(csv);
    std::vector<std::vector<std::string>> out;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        if (rows[r].size() == 7) {
            out.push_back({rows[r][1], rows[r][2], rows[r][4], rows[r][5], rows[r][6]});
        }
    }
    return out;
}

/// Income positive and spending positive, as an income statement prints them.
inline std::multiset<std::string> our_statement(const std::vector<JournalEntry>& entries) {
    std::multiset<std::string> out;
    for (const auto& [key, total] : journal_totals(entries)) {
        const bool income = key.first.starts_with("income:") || key.first == "income";
        const bool spent = key.first.starts_with("expenses:") || key.first == "expenses";
        const auto minor = static_cast<std::int64_t>(total);
        if ((income || spent) && minor != 0) {
            out.insert(key.first + " " + std::string(key.second.code()) + " " +
                       to_decimal(money::Money::from_minor(income ? -minor : minor, key.second)));
        }
    }
    return out;
}

inline std::multiset<std::string> their_statement(const std::string& csv) {
    std::multiset<std::string> out;
    for (const auto& row : quoted_rows(csv)) {
        const bool is_line = row.size() == 3 && !row[1].empty() && row[1] != "Commodity";
        // A currency of a line that comes to nothing is printed as 0.
        if (is_line && row[2].find_first_not_of("0.-") != std::string::npos) {
            out.insert(row[0] + " " + row[1] + " " + row[2]);
        }
    }
    return out;
}

enum class Depth : std::uint8_t { totals, reports, all };

inline void check_reports(std::uint64_t seed, const std::string& hledger,
                          const std::vector<JournalEntry>& entries) {
    int status = 0;
    const std::string own =
        run(hledger + " register --strict -O csv '^assets:' '^liabilities:' 2>&1", status);
    EXPECT_EQ(status, 0) << "seed " << seed << ": " << own;
    EXPECT_EQ(their_register(own), our_register(entries)) << "seed " << seed;
    const std::string earned =
        run(hledger + " incomestatement --strict --flat -N -O csv --layout bare 2>&1", status);
    EXPECT_EQ(status, 0) << "seed " << seed << ": " << earned;
    EXPECT_EQ(their_statement(earned), our_statement(entries)) << "seed " << seed;
}

inline void check_seed(std::uint64_t seed, const std::filesystem::path& folder, Depth depth) {
    const LedgerSample sample = sample_ledger(seed);
    const auto entries = journal_entries({sample.accounts, sample.transactions});
    ASSERT_TRUE(entries.has_value()) << "seed " << seed;
    const std::filesystem::path file = folder / "x.journal";
    std::ofstream(file, std::ios::binary) << export_hledger(*entries);
    const std::string hledger = "LC_ALL=C.UTF-8 hledger -f " + file.string();
    int status = 0;
    const std::string balances =
        run(hledger + " bal --strict --flat -N -O csv --layout bare 2>&1", status);
    EXPECT_EQ(status, 0) << "seed " << seed << ": " << balances;
    EXPECT_EQ(sorted_lines(balances), sorted_lines(our_lines(*entries))) << "seed " << seed;
    if (depth != Depth::totals) {
        check_reports(seed, hledger, *entries);
    }
    if (depth == Depth::all) {
        const std::string printed = run(hledger + " print 2>&1 | grep -c '^[0-9]'", status);
        EXPECT_EQ(printed, std::to_string(entries->size()) + "\n") << "seed " << seed;
    }
}

inline void check_seeds(std::uint64_t first, std::uint64_t count, Depth depth) {
    int status = 0;
    run("hledger --version 2>/dev/null", status);
    if (status != 0) {
        GTEST_SKIP() << "hledger is not installed: its totals were NOT compared";
    }
    std::string pattern =
        (std::filesystem::temp_directory_path() / "atlas-journal-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        check_seed(seed, pattern, depth);
    }
    std::filesystem::remove_all(pattern);
}

}  // namespace atlas::finance::ledger::testing_ledger
