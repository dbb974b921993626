// SPDX-License-Identifier: Apache-2.0
// Goal: whatever two formats an account comes in, each movement is there once, also where the
// second file only overlaps the first. Method: the same seeded truth written in every format, each
// ordered pair of formats read by the real readers and de-duplicated, counted beside the truth.
#include <gtest/gtest.h>

#include <set>

#include "finance/ledger/account_match.hpp"
#include "finance/ledger/deduplicate.hpp"
#include "finance/ledger/formats_generator.hpp"
#include "finance/statements/recognise.hpp"

namespace atlas::finance::ledger {
namespace {

using formats_generator::kWriters;
using formats_generator::Movement;
using formats_generator::Writer;

const HouseholdId kHousehold{Uuid{{std::byte{1}}}};
const AccountId kAccount{Uuid{{std::byte{2}}}};

/// Adds what the file has and the ledger has not. Returns how many.
std::size_t import(std::vector<Transaction>& ledger, const std::string& text) {
    const statements::ReadOptions options{.currency = *money::Currency::parse("EUR"),
                                          .mapping = {}};
    const auto file = statements::read_statements(text, "x", options);
    EXPECT_TRUE(file.has_value()) << to_string(file.error());
    if (!file.has_value() || (file->csv.has_value() && !file->csv->ambiguities.empty())) {
        ADD_FAILURE() << "not read without a question";
        return 0;
    }
    std::size_t added = 0;
    for (const statements::Statement& statement : file->statements) {
        EXPECT_TRUE(statement.rejected.empty());
        const auto decisions = deduplicate({.household = kHousehold,
                                            .account = kAccount,
                                            .existing = ledger,
                                            .entries = statement.entries});
        std::vector<Transaction> fresh;
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            if (decisions[i].verdict == EntryVerdict::added) {
                fresh.push_back(make_transaction(statement.entries[i], decisions[i], kAccount, {}));
            }
        }
        added += fresh.size();
        ledger.insert(ledger.end(), fresh.begin(), fresh.end());
    }
    return added;
}

TEST(Formats, EveryPairOfFormatsGivesEachMovementOnce) {
    std::size_t movements = 0;
    std::size_t wrong = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Random random(seed);
        const std::vector<Movement> truth = formats_generator::live(random, 60);
        const std::vector<Movement> early(truth.begin(),
                                          truth.begin() + static_cast<long>(truth.size() * 2 / 3));
        for (const Writer& first : kWriters) {
            for (const Writer& second : kWriters) {
                std::vector<Transaction> ledger;
                const std::size_t whole = import(ledger, first.write(early));
                EXPECT_EQ(whole, early.size()) << first.name << " seed " << seed;
                import(ledger, second.write(truth));
                movements += truth.size();
                const std::size_t off = ledger.size() > truth.size() ? ledger.size() - truth.size()
                                                                     : truth.size() - ledger.size();
                wrong += off;
                EXPECT_LE(off, 1U) << first.name << " then " << second.name << " seed " << seed;
                std::int64_t sum = 0;
                for (const Transaction& t : ledger) {
                    sum += t.amount.minor();
                }
                for (const Movement& m : truth) {
                    sum -= m.minor;
                }
                EXPECT_TRUE(off > 0 || sum == 0) << first.name << " then " << second.name;
            }
        }
    }
    RecordProperty("movements", static_cast<int>(movements));
    RecordProperty("wrong", static_cast<int>(wrong));
    std::printf("formats: %zu movements, %zu wrong\n", movements, wrong);
    EXPECT_LE(static_cast<double>(wrong), 0.001 * static_cast<double>(movements));
}

TEST(Formats, FilesThatNameTheirAccountNameTheSameOne) {
    Random random(1);
    const std::vector<Movement> truth = formats_generator::live(random, 20);
    std::vector<Account> known;
    for (const Writer& writer : kWriters) {
        const auto file = statements::read_statements(
            writer.write(truth), "x", {.currency = *money::Currency::parse("EUR"), .mapping = {}});
        ASSERT_TRUE(file.has_value());
        const auto& hints = file->statements.front().account;
        if (hints.number.empty()) {
            continue;
        }
        const AccountMatch match = match_account(hints, "", known);
        EXPECT_EQ(match.existing.has_value(), !known.empty()) << writer.name;
        known.push_back({.id = kAccount,
                         .name = std::string(writer.name),
                         .type = AccountType::checking,
                         .currency = *money::Currency::parse("EUR"),
                         .institution = std::nullopt,
                         .number_masked = std::nullopt,
                         .number_hash = hash_number(hints),
                         .opened = std::nullopt,
                         .closed = std::nullopt});
    }
    EXPECT_EQ(known.size(), 5U);
}

}  // namespace
}  // namespace atlas::finance::ledger
