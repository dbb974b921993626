// SPDX-License-Identifier: Apache-2.0
// Goal: a difference to the bank's balance is given the reason that made it. Method: ledgers from a
// seed whose bank balances are right, one fault put in, the reason named must be that fault; the
// sums against a slow count; gaps by hand.
#include "finance/ledger/reconcile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/format.hpp"
#include "base/random.hpp"

namespace atlas::finance::ledger {
namespace {

const money::Currency kUsd = money::Currency::parse("USD").value();
const Date kStart = Date::create(2026, 1, 1).value();

money::Money usd(std::int64_t minor) {
    return money::Money::from_minor(minor, kUsd);
}

Transaction made(std::uint64_t number, Date date, std::int64_t minor, std::string text) {
    Transaction t{.id = {},
                  .account_id = {},
                  .date = date,
                  .posted_date = {},
                  .amount = usd(minor),
                  .original_amount = {},
                  .description = std::move(text),
                  .merchant = {},
                  .status = TransactionStatus::posted,
                  .splits = {{"other.unknown", usd(minor), {}, {}}},
                  .transfer_id = {},
                  .filed = {},
                  .source = {},
                  .bank_id = {},
                  .fingerprint = {},
                  .occurrence = 0,
                  .remarks = {}};
    t.id.uuid.bytes[15] = static_cast<std::byte>(number & 0xFFU);
    t.id.uuid.bytes[14] = static_cast<std::byte>(number >> 8U);
    t.source.import_id.uuid.bytes[0] = std::byte{1};
    return t;
}

/// Four months whose bank balances agree with the ledger.
struct Case {
    std::vector<Transaction> own;
    std::vector<Transaction> others;
    std::vector<BankBalance> balances;
    bool has_opening = true;

    explicit Case(Random& random) {
        for (std::uint64_t i = 0; i < 80; ++i) {
            const Date day = kStart.plus_days(static_cast<std::int32_t>(random.below(120)));
            // No two amounts alike, so that a coincidence is no reason.
            const std::int64_t minor = -(10'000 + static_cast<std::int64_t>(i) * 1'237 +
                                         static_cast<std::int64_t>(random.below(1'000)));
            own.push_back(made(i, day, i % 9 == 0 ? -3 * minor : minor, format("SHOP {}", i)));
        }
        for (int month = 1; month <= 4; ++month) {
            const Date day = kStart.plus_months(month).plus_days(-1);
            std::int64_t sum = 0;
            for (const Transaction& t : own) {
                sum += t.date <= day ? t.amount.minor() : 0;
            }
            balances.push_back({day, usd(sum), "b.ofx"});
        }
    }
    /// A transaction well inside the third month.
    Transaction& victim() {
        const auto found = std::ranges::find_if(own, [&](const Transaction& t) {
            return t.date > balances[1].date.plus_days(8) &&
                   t.date < balances[2].date.plus_days(-8) && t.amount.minor() % 2 == 0;
        });
        EXPECT_NE(found, own.end());
        return *found;
    }
    std::vector<ReconciledBalance> run(std::span<const CoveredDays> covered = {}) const {
        return reconcile({.balances = balances,
                          .own = own,
                          .others = others,
                          .covered = covered,
                          .has_opening = has_opening})
            .value();
    }
};

TEST(Reconcile, AgreesWhereNothingIsWrong) {
    Random random(1);
    for (const ReconciledBalance& row : Case(random).run()) {
        EXPECT_TRUE(row.difference.is_zero());
        EXPECT_TRUE(row.causes.empty());
    }
    EXPECT_TRUE(reconcile({.balances = {}, .own = {}, .others = {}, .covered = {}})->empty());
}

/// Spoils a case in one way.
void spoil(Case& c, DifferenceCause fault) {
    Transaction& victim = c.victim();
    switch (fault) {
        case DifferenceCause::duplicate: {
            Transaction twin = victim;
            twin.id.uuid.bytes[0] = std::byte{9};
            twin.date = victim.date.plus_days(1);
            c.own.push_back(twin);
            break;
        }
        case DifferenceCause::extra_transaction:
            c.own.push_back(made(999, victim.date, -77'777, "SOMETHING ELSE"));
            break;
        case DifferenceCause::sign_flipped: victim.amount = -victim.amount; break;
        case DifferenceCause::pending_counted: victim.status = TransactionStatus::pending; break;
        case DifferenceCause::booked_other_day:
            victim.date = c.balances[2].date.plus_days(2);
            break;
        case DifferenceCause::missing_transfer_leg: {
            Transaction other = victim;
            other.amount = -victim.amount;
            other.date = victim.date.plus_days(2);
            other.id.uuid.bytes[0] = std::byte{8};
            c.others.push_back(other);
            std::erase_if(c.own, [id = victim.id](const Transaction& t) { return t.id == id; });
            break;
        }
        case DifferenceCause::missing_opening: {
            c.has_opening = false;
            for (BankBalance& balance : c.balances) {
                balance.amount += usd(123'456'789);
            }
            break;
        }
        case DifferenceCause::exchange_rate:
            victim.original_amount =
                money::Money::from_minor(-9'000, money::Currency::parse("EUR").value());
            victim.amount = usd(victim.amount.minor() * 103 / 100);
            break;
        case DifferenceCause::swapped_digits: {
            victim.source.import_id = {};
            victim.amount = usd(-51'390);
            for (std::size_t i = 2; i < c.balances.size(); ++i) {
                c.balances[i].amount = usd(0);
                for (const Transaction& t : c.own) {
                    c.balances[i].amount += t.date <= c.balances[i].date ? t.amount : usd(0);
                }
            }
            victim.amount = usd(-53'190);
            break;
        }
        case DifferenceCause::two_transactions:
            c.own.push_back(made(998, victim.date, -77'777, "ONE"));
            c.own.push_back(made(999, victim.date.plus_days(1), -55'111, "OTHER"));
            break;
        case DifferenceCause::gap_in_coverage:
        case DifferenceCause::unknown:
            c.balances[2].amount += usd(1);
            c.balances[3].amount += usd(1);
            break;
    }
}

TEST(Reconcile, NamesTheFaultThatWasPutIn) {
    constexpr auto kFaults =
        std::to_array({DifferenceCause::duplicate, DifferenceCause::extra_transaction,
                       DifferenceCause::sign_flipped, DifferenceCause::pending_counted,
                       DifferenceCause::booked_other_day, DifferenceCause::missing_transfer_leg,
                       DifferenceCause::missing_opening, DifferenceCause::exchange_rate,
                       DifferenceCause::swapped_digits, DifferenceCause::two_transactions,
                       DifferenceCause::unknown});
    constexpr std::uint64_t kSeeds = 40;
    for (const DifferenceCause fault : kFaults) {
        int named_first = 0;
        int named = 0;
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            Random random(seed);
            Case c(random);
            spoil(c, fault);
            const auto rows = c.run();
            const auto first = std::ranges::find_if(
                rows, [](const ReconciledBalance& row) { return !row.causes.empty(); });
            ASSERT_NE(first, rows.end()) << name_of(fault) << " seed " << seed;
            EXPECT_EQ(first - rows.begin(), fault == DifferenceCause::missing_opening ? 0 : 2)
                << name_of(fault) << " seed " << seed;
            named_first += first->causes.front().cause == fault ? 1 : 0;
            named += std::ranges::any_of(
                first->causes, [&](const LikelyCause& each) { return each.cause == fault; });
            EXPECT_FALSE(first->causes.front().text.empty());
        }
        RecordProperty(std::string(name_of(fault)), named_first);
        std::printf("%-22s first %2d, among the named %2d of %d\n", name_of(fault).data(),
                    named_first, named, static_cast<int>(kSeeds));
        EXPECT_GE(named_first, 38) << name_of(fault);
    }
}

TEST(Reconcile, LedgerBalancesAreCountedDayByDay) {
    Random random(20261122);
    Case c(random);
    c.own[3].status = TransactionStatus::pending;
    const auto rows = c.run();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::int64_t sum = 0;
        for (const Transaction& t : c.own) {
            if (t.status == TransactionStatus::posted && t.date <= rows[i].bank.date) {
                sum += t.amount.minor();
            }
        }
        EXPECT_EQ(rows[i].ledger, usd(sum));
        EXPECT_EQ(rows[i].difference, rows[i].bank.amount - rows[i].ledger);
        EXPECT_EQ(rows[i].change,
                  i == 0 ? rows[i].difference : rows[i].difference - rows[i - 1].difference);
    }
}

TEST(Reconcile, ASumBeyondTheRangeIsAnErrorNotAWrongFigure) {
    Random random(1);
    Case c(random);
    c.own = {made(1, kStart, INT64_MAX, "a"), made(2, kStart, INT64_MAX, "b")};
    EXPECT_EQ(
        reconcile({.balances = c.balances, .own = c.own, .others = {}, .covered = {}}).error().code,
        ErrorCode::invalid_argument);
}

TEST(CoverageGaps, AreTheDaysThatNoFileTells) {
    const auto days = [](std::int32_t from, std::int32_t to) {
        return CoveredDays{kStart.plus_days(from), kStart.plus_days(to)};
    };
    const std::vector<CoveredDays> covered = {days(40, 60), days(0, 30), days(10, 20), days(62, 70),
                                              days(100, 120)};
    EXPECT_EQ(coverage_gaps(covered), (std::vector{days(31, 39), days(71, 99)}));
    EXPECT_EQ(coverage_gaps(covered, 0), (std::vector{days(31, 39), days(61, 61), days(71, 99)}));
    EXPECT_TRUE(coverage_gaps({}).empty());
    EXPECT_TRUE(coverage_gaps(std::vector{days(0, 10), days(14, 20)}).empty()) << "a weekend";
    EXPECT_EQ(coverage_gaps(std::vector{days(0, 10), days(15, 20)}).size(), 1U);
}

/// The reasons for the change in the third month.
std::vector<LikelyCause> third(const Case& c) {
    return c.run()[2].causes;
}

bool names(const std::vector<LikelyCause>& causes, DifferenceCause cause) {
    return std::ranges::any_of(causes,
                               [&](const LikelyCause& each) { return each.cause == cause; });
}

TEST(Reconcile, LooksOnlyBetweenTheTwoBalances) {
    Random random(5);
    Case c(random);
    c.own.push_back(made(999, c.balances[1].date, -77'777, "ON THE DAY BEFORE"));
    for (BankBalance& balance : c.balances) {
        balance.amount += balance.date >= c.balances[1].date ? usd(-77'777) : usd(0);
    }
    c.balances[2].amount += usd(77'777);
    c.balances[3].amount += usd(77'777);
    EXPECT_FALSE(names(third(c), DifferenceCause::extra_transaction));
    c.own.back().date = c.balances[1].date.plus_days(1);
    c.balances[1].amount += usd(77'777);
    EXPECT_TRUE(names(third(c), DifferenceCause::extra_transaction));
}

TEST(Reconcile, IsNotMisledByWhatOnlyLooksAlike) {
    Random random(6);
    Case far(random);
    Transaction twin = far.victim();
    twin.id.uuid.bytes[0] = std::byte{9};
    twin.date = twin.date.plus_days(-60);
    const Transaction victim = far.victim();
    far.own.push_back(twin);  // The bank knows the early one; the late one is too many.
    for (BankBalance& balance : far.balances) {
        balance.amount += balance.date >= twin.date ? twin.amount : usd(0);
        balance.amount -= balance.date >= victim.date ? victim.amount : usd(0);
    }
    EXPECT_FALSE(names(third(far), DifferenceCause::duplicate)) << "two months apart";
    EXPECT_TRUE(names(third(far), DifferenceCause::extra_transaction));

    Case later(random);
    spoil(later, DifferenceCause::unknown);
    later.has_opening = false;
    EXPECT_FALSE(names(third(later), DifferenceCause::missing_opening)) << "not the first balance";

    Case paired(random);
    spoil(paired, DifferenceCause::missing_transfer_leg);
    paired.others[0].transfer_id = TransferId{paired.others[0].id.uuid};
    EXPECT_FALSE(names(third(paired), DifferenceCause::missing_transfer_leg)) << "it has its leg";

    Case pending(random);
    Transaction& waits = pending.victim();
    waits.status = TransactionStatus::pending;
    const TransactionId id = waits.id;
    Transaction other = made(997, waits.date, -4'242, "ANOTHER");
    other.status = TransactionStatus::pending;
    pending.own.push_back(other);
    ASSERT_TRUE(names(third(pending), DifferenceCause::pending_counted));
    EXPECT_EQ(third(pending)[0].transactions, std::vector{id});
}

TEST(Reconcile, AGapInCoverageIsNamed) {
    Random random(3);
    Case c(random);
    spoil(c, DifferenceCause::unknown);
    const std::vector<CoveredDays> covered = {
        {kStart, c.balances[1].date.plus_days(3)},
        {c.balances[1].date.plus_days(14), c.balances[3].date}};
    const auto rows = c.run(covered);
    ASSERT_EQ(rows[2].causes.size(), 1U);
    EXPECT_EQ(rows[2].causes[0].cause, DifferenceCause::gap_in_coverage);
}

}  // namespace
}  // namespace atlas::finance::ledger
