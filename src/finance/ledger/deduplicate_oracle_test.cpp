// SPDX-License-Identifier: Apache-2.0
// Goal: the fast de-duplication finds as much as can be found. Method: small pairs of exports whose
// movements were re-dated and re-worded, and beside the staged choice an oracle that tries every
// way of pairing them and keeps the best by the documented order of evidence: first the same day
// and text, then the same day, then up to three days with the same text, then one day.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/random.hpp"
#include "finance/ledger/deduplicate.hpp"

namespace atlas::finance::ledger {
namespace {

using statements::StatementEntry;

const HouseholdId kHousehold = *HouseholdId::parse("00000000-0000-7000-8000-000000000001");
const AccountId kAccount = *AccountId::parse("00000000-0000-7000-8000-000000000002");

struct Movement {
    int day = 0;
    int amount = 0;  ///< Index of a price.
    int text = 0;    ///< Of two that have nothing in common.
};

StatementEntry entry(const Movement& m) {
    static const money::Currency usd = *money::Currency::parse("USD");
    static constexpr std::array<const char*, 2> kTexts = {"CORNER BAKERY", "SHELL OIL"};
    return {.date = Date::from_days(20000 + m.day),
            .posted = {},
            .initiated = {},
            .amount = money::Money::from_minor(-500 - 100 * m.amount, usd),
            .original = {},
            .description = kTexts[static_cast<std::size_t>(m.text)],
            .memo = {},
            .payee = {},
            .bank_id = {},
            .check_number = {},
            .kind = {},
            .pending = false,
            .position = {}};
}

struct Files {
    std::vector<Movement> first;
    std::vector<Movement> second;
};

/// A short life, told twice: the second time some days late or early, in other words, not all of
/// it, and with something new.
Files generate(std::uint64_t seed) {
    Random random(seed);
    Files files;
    for (std::uint64_t i = 1 + random.below(5); i > 0; --i) {
        const Movement m{.day = static_cast<int>(random.below(10)),
                         .amount = static_cast<int>(random.below(2)),
                         .text = static_cast<int>(random.below(2))};
        files.first.push_back(m);
        if (random.chance(0.85)) {
            Movement again = m;
            again.day += random.chance(0.5) ? static_cast<int>(random.between(-2, 2)) : 0;
            again.text = random.chance(0.2) ? 1 - m.text : m.text;
            files.second.push_back(again);
        }
    }
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        files.second.push_back({.day = static_cast<int>(random.below(10)),
                                .amount = static_cast<int>(random.below(2)),
                                .text = static_cast<int>(random.below(2))});
    }
    return files;
}

/// How many pairs of each kind of evidence, the strongest first; then fewer days apart.
using Found = std::array<int, 5>;

class Oracle {
public:
    explicit Oracle(const Files& files) : files_(files), used_(files.first.size(), false) {}

    Found best() {
        choose(0, {});
        return best_;
    }

private:
    static int kind(const Movement& known, const Movement& own) {
        const int days = std::abs(known.day - own.day);
        const bool alike = known.text == own.text;
        if (known.amount != own.amount) {
            return -1;
        }
        if (days == 0) {
            return alike ? 0 : 1;
        }
        return alike && days <= 3 ? 2 : days <= 1 ? 3 : -1;
    }

    void choose(std::size_t at, const Found& found) {
        if (at == files_.second.size()) {
            best_ = std::max(best_, found);
            return;
        }
        choose(at + 1, found);
        for (std::size_t k = 0; k < files_.first.size(); ++k) {
            const int how = used_[k] ? -1 : kind(files_.first[k], files_.second[at]);
            if (how >= 0) {
                Found more = found;
                ++more[static_cast<std::size_t>(how)];
                more[4] -= std::abs(files_.first[k].day - files_.second[at].day);
                used_[k] = true;
                choose(at + 1, more);
                used_[k] = false;
            }
        }
    }

    const Files& files_;
    std::vector<bool> used_;
    Found best_{0, 0, 0, 0, -1000};
};

std::vector<EntryDecision> decide(const std::vector<StatementEntry>& entries,
                                  std::vector<Transaction>& book) {
    auto decisions = deduplicate(
        {.household = kHousehold, .account = kAccount, .existing = book, .entries = entries});
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (decisions[i].verdict == EntryVerdict::added) {
            book.push_back(make_transaction(entries[i], decisions[i], kAccount, {}));
        }
    }
    return decisions;
}

int fast_pairs(const Files& files) {
    std::vector<Transaction> book;
    std::vector<StatementEntry> first;
    for (const Movement& m : files.first) {
        first.push_back(entry(m));
    }
    decide(first, book);
    // Both ends of the second file lie far outside, so that it covers every day of the first.
    std::vector<StatementEntry> second = {entry({.day = -60, .amount = 7, .text = 0})};
    for (const Movement& m : files.second) {
        second.push_back(entry(m));
    }
    second.push_back(entry({.day = 90, .amount = 8, .text = 0}));
    const auto decisions = decide(second, book);
    return static_cast<int>(std::ranges::count_if(
        decisions, [](const auto& each) { return each.verdict != EntryVerdict::added; }));
}

TEST(DeduplicateOracle, FindsAsManyAsEveryWayOfPairing) {
    constexpr std::uint64_t kSeeds = 4000;
    int fewer = 0;
    int more = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Files files = generate(seed);
        const Found best = Oracle(files).best();
        const int possible = best[0] + best[1] + best[2] + best[3];
        const int fast = fast_pairs(files);
        fewer += fast < possible ? 1 : 0;
        more += fast > possible ? 1 : 0;
        if (fast != possible && fewer + more <= 3) {
            std::printf("[ oracle   ] seed %llu: %d pairs, %d by trying all\n",
                        static_cast<unsigned long long>(seed), fast, possible);
            for (const auto* file : {&files.first, &files.second}) {
                for (const Movement& m : *file) {
                    std::printf(" %d/%d/%d", m.day, m.amount, m.text);
                }
                std::printf("\n");
            }
        }
    }
    std::printf("[ oracle   ] %llu seeds: fewer pairs in %d, more in %d\n",
                static_cast<unsigned long long>(kSeeds), fewer, more);
    EXPECT_EQ(fewer, 0);
    EXPECT_EQ(more, 0);
}

}  // namespace
}  // namespace atlas::finance::ledger
