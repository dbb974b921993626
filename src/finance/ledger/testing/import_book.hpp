// SPDX-License-Identifier: Apache-2.0
// A ledger that imports what a test gives it, as a role does with the decisions, and the count of
// what was wrongly merged and wrongly added over many generated pairs of exports.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

#include "finance/ledger/deduplicate.hpp"
#include "finance/ledger/export_generator.hpp"

namespace atlas::finance::ledger::testing {

inline const HouseholdId kHousehold = *HouseholdId::parse("00000000-0000-7000-8000-000000000001");
inline const AccountId kAccount = *AccountId::parse("00000000-0000-7000-8000-000000000002");

struct Book {
    std::vector<Transaction> transactions;
    std::vector<ToldPrint> told;

    std::vector<EntryDecision> import(const std::vector<statements::StatementEntry>& entries) {
        auto decisions = deduplicate({.household = kHousehold,
                                      .account = kAccount,
                                      .existing = transactions,
                                      .entries = entries,
                                      .told = told});
        EXPECT_EQ(decisions.size(), entries.size());
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            if (decisions[i].verdict == EntryVerdict::added) {
                transactions.push_back(make_transaction(entries[i], decisions[i], kAccount, {}));
            } else if (decisions[i].verdict == EntryVerdict::booked) {
                Transaction& at = transactions[*decisions[i].existing];
                at = book_pending(at, entries[i], decisions[i]);
            } else if (decisions[i].existing.has_value() &&
                       transactions[*decisions[i].existing].fingerprint !=
                           decisions[i].fingerprint) {
                told.push_back({*decisions[i].existing, decisions[i].fingerprint});
            }
        }
        return decisions;
    }
};

/// A pair is right when the second file's entry is merged exactly if the first file held the same
/// movement.
struct Tally {
    std::size_t merged_right = 0;
    std::size_t merged_wrong = 0;
    std::size_t missed = 0;
    std::size_t grown = 0;  ///< Transactions that importing the same file again added.

    double precision() const { return share(merged_right, merged_wrong); }
    double recall() const { return share(merged_right, missed); }

    void add(const Tally& other) {
        merged_right += other.merged_right;
        merged_wrong += other.merged_wrong;
        missed += other.missed;
        grown += other.grown;
    }

    static double share(std::size_t right, std::size_t wrong) {
        return static_cast<double>(right) / static_cast<double>(right + wrong);
    }
};

/// The lower end of the interval that holds a share in 95 of 100 such measurements.
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// 1927.
inline double wilson_low(std::size_t right, std::size_t wrong) {
    constexpr double kZ = 1.959963984540054;
    const auto count = static_cast<double>(right + wrong);
    const double share = Tally::share(right, wrong);
    const double middle = share + kZ * kZ / (2 * count);
    const double half = kZ * std::sqrt(share * (1 - share) / count + kZ * kZ / (4 * count * count));
    return (middle - half) / (1 + kZ * kZ / count);
}

inline Tally measure(ExportStyle style, std::uint64_t seed, int rounds) {
    Tally tally;
    Random random(seed);
    for (int round = 0; round < rounds; ++round) {
        const ExportPair pair = generate_exports(style, random);
        Book book;
        book.import(pair.first.entries);
        // The first file held each movement once; which transaction is which movement?
        const std::multiset<std::size_t> held(pair.first.truth.begin(), pair.first.truth.end());
        const auto decisions = book.import(pair.second.entries);
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            const bool merged = decisions[i].verdict != EntryVerdict::added;
            const bool known = held.contains(pair.second.truth[i]);
            tally.merged_right += merged && known ? 1U : 0U;
            tally.merged_wrong += merged && !known ? 1U : 0U;
            tally.missed += !merged && known ? 1U : 0U;
        }
        // Law: a third import of both files changes nothing, nor does a fourth.
        const std::size_t size = book.transactions.size();
        for (int again = 0; again < 2; ++again) {
            book.import(pair.second.entries);
            book.import(pair.first.entries);
        }
        tally.grown += book.transactions.size() - size;
    }
    return tally;
}

}  // namespace atlas::finance::ledger::testing
