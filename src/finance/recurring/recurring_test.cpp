// SPDX-License-Identifier: Apache-2.0
// Goal: series are found with the cadence, amounts and dates they have, and nothing else is.
// Method: written cases with known calendars; the chain search against every subset; laws on seeded
// noise. How well it does on whole households is measured in sim/filing/recurring_test.cpp.
#include "finance/recurring/recurring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/recurring/chain.hpp"
#include "finance/recurring/signature.hpp"

namespace atlas::finance::recurring {
namespace {

using money::Money;

Date day(std::string_view text) {
    return Date::parse(text).value();
}

Money dollars(std::string_view text) {
    return Money::parse(text, money::Currency::parse("USD").value()).value();
}

/// Movements whose texts live as long as the test.
class Books {
public:
    void add(std::string_view date, std::string_view amount, std::string text) {
        add(day(date), dollars(amount), std::move(text));
    }
    void add(Date date, Money amount, std::string text, std::uint32_t account = 0) {
        texts_.push_back(std::make_unique<std::string>(std::move(text)));
        movements_.push_back(
            {.date = date, .amount = amount, .description = *texts_.back(), .account = account});
    }
    std::vector<Series> detect(std::string_view as_of) const {
        return recurring::detect(movements_, {day(as_of)});
    }
    const std::vector<Movement>& movements() const { return movements_; }

private:
    std::vector<std::unique_ptr<std::string>> texts_;
    std::vector<Movement> movements_;
};

TEST(RecurringCadence, CountsMonthsAcrossTheirLengths) {
    const auto gap = [](std::string_view from, std::string_view to, Cadence cadence) {
        return measure_gap(take_apart(day(from)), take_apart(day(to)), cadence);
    };
    const auto monthly = gap("2026-01-31", "2026-02-28", Cadence::monthly);
    ASSERT_TRUE(monthly.has_value());
    EXPECT_EQ(monthly->periods, 1);
    EXPECT_EQ(monthly->residual_days, 0);
    const auto last_to_last = gap("2026-02-28", "2026-03-31", Cadence::monthly);
    ASSERT_TRUE(last_to_last.has_value());
    EXPECT_EQ(last_to_last->residual_days, 0);
    const auto shifted = gap("2026-01-30", "2026-03-02", Cadence::monthly);
    ASSERT_TRUE(shifted.has_value());
    EXPECT_EQ(shifted->periods, 1);
    EXPECT_EQ(shifted->residual_days, 2);
    EXPECT_EQ(gap("2026-01-05", "2026-01-19", Cadence::biweekly)->residual_days, 0);
    EXPECT_EQ(gap("2026-01-15", "2026-01-31", Cadence::semi_monthly)->residual_days, 0);
    EXPECT_EQ(gap("2025-03-01", "2026-02-27", Cadence::yearly)->residual_days, -2);
    EXPECT_FALSE(gap("2026-01-05", "2026-01-15", Cadence::weekly).has_value() &&
                 gap("2026-01-05", "2026-01-15", Cadence::weekly)->residual_days > 2);
    EXPECT_FALSE(gap("2026-01-05", "2026-01-08", Cadence::monthly).has_value());
    EXPECT_FALSE(gap("2026-01-05", "2028-01-05", Cadence::monthly).has_value());
}

TEST(RecurringCadence, ChancesOfResidualsSumToOne) {
    for (const Cadence cadence : kCadences) {
        double sum = 0.0;
        for (int residual = -400; residual <= 400; ++residual) {
            sum += std::exp(log_chance_of_residual(cadence, residual));
        }
        EXPECT_NEAR(sum, 1.0, 1e-12) << name_of(cadence);
    }
}

TEST(RecurringSignature, DropsNumbersCodesAndWhatBanksPutInFront) {
    EXPECT_EQ(signature_text("NETFLIX.COM 866-579-7172 CA"), "netflix com ca");
    EXPECT_EQ(signature_text("Amazon Prime*2K3JX9A1B"), "amazon prime");
    EXPECT_EQ(signature_text("POS DEBIT VISA SQ *JOE'S CAFE 0042"), "joes cafe");
    EXPECT_EQ(signature_text("HLU*HULU 123456789012-U"), "hlu hulu");
    EXPECT_EQ(signature_text("7ELEVEN"), "7eleven");
    EXPECT_EQ(signature_text("1234 5678"), "");
    EXPECT_EQ(signature_text("зарплата за март"), "зарплата за март");
    EXPECT_EQ(signature_text(std::string(1'000'000, 'a')).size(), 24U);
}

TEST(RecurringSchedule, KeepsTheLastDayOfTheMonthBeforeWeekends) {
    Books books;
    // Pay on the last business day of each month of 2025.
    for (const char* date :
         {"2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30",
          "2025-07-31", "2025-08-29", "2025-09-30", "2025-10-31", "2025-11-28", "2025-12-31"}) {
        books.add(date, "3100.00", "ACME CORP PAYROLL");
    }
    const auto found = books.detect("2026-01-10");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].cadence, Cadence::monthly);
    EXPECT_EQ(found[0].kind, SeriesKind::salary);
    EXPECT_EQ(found[0].pattern, AmountPattern::fixed);
    ASSERT_TRUE(found[0].next.has_value());
    // 2026-01-31 is a Saturday.
    EXPECT_EQ(to_string(found[0].next->date), "2026-01-30");
    EXPECT_LE(found[0].next->earliest, found[0].next->date);
    EXPECT_LE(found[0].next->date, found[0].next->latest);
}

TEST(RecurringSchedule, TellsTwiceAMonthFromEveryFortnight) {
    Books twice;
    Books fortnight;
    Date at = day("2025-01-03");
    for (int month = 0; month < 9; ++month) {
        const Date first = day("2025-01-01").plus_months(month);
        twice.add(adjust(first.plus_days(14), money::DayConvention::preceding,
                         money::Calendar::weekends_only),
                  dollars("1500.00"), "GLOBEX DIRECT DEP");
        twice.add(adjust(first.last_of_month(), money::DayConvention::preceding,
                         money::Calendar::weekends_only),
                  dollars("1500.00"), "GLOBEX DIRECT DEP");
    }
    for (int i = 0; i < 18; ++i, at = at.plus_days(14)) {
        fortnight.add(at, dollars("1500.00"), "GLOBEX DIRECT DEP");
    }
    const auto by_month = twice.detect("2025-10-01");
    ASSERT_EQ(by_month.size(), 1U);
    EXPECT_EQ(by_month[0].cadence, Cadence::semi_monthly);
    EXPECT_EQ(to_string(by_month[0].next->date), "2025-10-15");
    const auto by_week = fortnight.detect("2025-09-05");
    ASSERT_EQ(by_week.size(), 1U);
    EXPECT_EQ(by_week[0].cadence, Cadence::biweekly);
    EXPECT_EQ(to_string(by_week[0].next->date), "2025-09-12");
}

TEST(Recurring, FindsEachCadence) {
    for (const Cadence cadence : kCadences) {
        const CadenceTraits& traits = traits_of(cadence);
        Books books;
        Date at = day("2019-02-06");
        Date last = at;
        for (int i = 0; i < 8; ++i) {
            books.add(at, dollars("-25.00"), format("SOME CLUB {}", 1000 + i));
            last = at;
            if (cadence == Cadence::semi_monthly) {
                at = i % 2 == 0 ? at.plus_days(15) : at.plus_days(-15).plus_months(1);
            } else {
                at = traits.days > 0 ? at.plus_days(traits.days) : at.plus_months(traits.months);
            }
        }
        const auto found = books.detect(to_string(last));
        ASSERT_EQ(found.size(), 1U) << name_of(cadence);
        EXPECT_EQ(found[0].cadence, cadence) << name_of(found[0].cadence);
        EXPECT_EQ(found[0].members.size(), 8U);
        ASSERT_TRUE(found[0].next.has_value());
        EXPECT_LE(std::abs(found[0].next->date - at), 2) << name_of(cadence);
    }
}

TEST(Recurring, TellsAPriceChangeASkipAndAnEnd) {
    Books books;
    for (int month = 0; month < 12; ++month) {
        if (month == 5) {
            continue;
        }
        books.add(day("2025-01-10").plus_months(month), dollars(month < 8 ? "-9.99" : "-11.99"),
                  format("SPOTIFY USA P{:08}", month * 7919));
    }
    const auto active = books.detect("2025-12-20");
    ASSERT_EQ(active.size(), 1U);
    EXPECT_EQ(active[0].kind, SeriesKind::subscription);
    ASSERT_EQ(active[0].price_changes.size(), 1U);
    EXPECT_EQ(to_string(active[0].price_changes[0].date), "2025-09-10");
    EXPECT_EQ(active[0].price_changes[0].from, dollars("-9.99"));
    EXPECT_EQ(active[0].price_changes[0].to, dollars("-11.99"));
    EXPECT_EQ(active[0].usual, dollars("-11.99"));
    ASSERT_EQ(active[0].skipped.size(), 1U);
    EXPECT_EQ(to_string(active[0].skipped[0]), "2025-06-10");
    EXPECT_EQ(active[0].state, SeriesState::active);
    EXPECT_EQ(to_string(active[0].next->date), "2026-01-10");

    EXPECT_EQ(books.detect("2026-01-20")[0].state, SeriesState::late);
    const auto stopped = books.detect("2026-03-20");
    EXPECT_EQ(stopped[0].state, SeriesState::stopped);
    EXPECT_FALSE(stopped[0].next.has_value());
}

TEST(Recurring, TellsAPriceChangeOfTheLastPayment) {
    Books books;
    for (int month = 0; month < 6; ++month) {
        books.add(day("2025-01-10").plus_months(month), dollars(month < 5 ? "-9.99" : "-11.99"),
                  "SPOTIFY USA");
    }
    const auto found = books.detect("2025-06-20");
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].price_changes.size(), 1U);
    EXPECT_EQ(to_string(found[0].price_changes[0].date), "2025-06-10");
    EXPECT_EQ(found[0].usual, dollars("-11.99"));
}

TEST(Recurring, CallsAHabitAtOnePriceNothing) {
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Random random(seed);
        Books books;
        for (int i = 0; i < 60; ++i) {
            books.add(day("2025-01-01").plus_days(static_cast<int>(random.below(360))),
                      dollars("-4.50"), "SQ *BLUE BOTTLE");
        }
        found += books.detect("2025-12-31").size();
    }
    EXPECT_LE(found, 4U);
}

TEST(Recurring, MakesNoSeriesOfTextsThatNameNobody) {
    for (const char* const text : {"(no description)", "", "  ", "***", "-- / --"}) {
        Books books;
        for (int month = 1; month <= 12; ++month) {
            books.add(Date::create(2025, month, 5).value(), dollars("-19.90"), text);
        }
        EXPECT_TRUE(books.detect("2025-12-31").empty()) << text;
    }
}

TEST(Recurring, NamesASeriesWithoutWordsByItsText) {
    const std::string far = std::string(kSignatureBytesMax - 1, '7') + "ж";
    for (const std::string& text : {std::string("POS 0412"), std::string("8812"), far}) {
        Books books;
        for (int month = 1; month <= 12; ++month) {
            books.add(Date::create(2025, month, 5).value(), dollars("-19.90"), text);
        }
        const auto found = books.detect("2025-12-31");
        ASSERT_EQ(found.size(), 1U) << text;
        EXPECT_EQ(found[0].name, text == far ? text.substr(0, kSignatureBytesMax - 1) : text);
    }
}

TEST(Recurring, CallsAMeteredBillVariableWithItsRange) {
    Books books;
    const char* amounts[] = {"-80.10", "-120.55", "-64.00", "-99.90", "-71.25", "-110.40"};
    for (int month = 0; month < 6; ++month) {
        books.add(day("2025-01-17").plus_months(month), dollars(amounts[month]),
                  "PORTLAND POWER & LIGHT BILL PAY");
    }
    const auto found = books.detect("2025-06-20");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].pattern, AmountPattern::variable);
    EXPECT_EQ(found[0].kind, SeriesKind::bill);
    EXPECT_EQ(found[0].low, dollars("-120.55"));
    EXPECT_EQ(found[0].high, dollars("-64.00"));
    EXPECT_TRUE(found[0].price_changes.empty());
}

TEST(Recurring, FindsASubscriptionAmongPurchasesAtTheSameShop) {
    Random random(5);
    Books books;
    for (int month = 0; month < 12; ++month) {
        books.add(day("2025-01-09").plus_months(month), dollars("-4.99"), "APPLE.COM/BILL");
    }
    for (int i = 0; i < 60; ++i) {
        books.add(
            day("2025-01-01").plus_days(static_cast<int>(random.below(360))),
            Money::from_minor(-random.between(100, 9000), money::Currency::parse("USD").value()),
            "APPLE.COM/BILL");
    }
    const auto found = books.detect("2025-12-31");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].members.size(), 12U);
    EXPECT_EQ(found[0].usual, dollars("-4.99"));
}

TEST(Recurring, KeepsTwoCardsWithOneTextApart) {
    Books books;
    Random random(11);
    for (int month = 0; month < 12; ++month) {
        for (const std::uint32_t card : {1U, 2U}) {
            books.add(day(card == 1 ? "2025-01-04" : "2025-01-06").plus_months(month),
                      Money::from_minor(random.between(20'000, 90'000),
                                        money::Currency::parse("USD").value()),
                      "AUTOMATIC PAYMENT - THANK YOU", card);
        }
    }
    const auto found = books.detect("2025-12-31");
    ASSERT_EQ(found.size(), 2U);
    for (const Series& series : found) {
        EXPECT_EQ(series.members.size(), 12U);
        EXPECT_EQ(series.kind, SeriesKind::transfer);
        EXPECT_EQ(books.movements()[series.members[0]].account,
                  books.movements()[series.members[11]].account);
    }
}

TEST(Recurring, AThirdWordTellsPayeesApartOnceItIsThereThreeTimes) {
    // Paid to two people by the same first words, on days that do not fit one another.
    const auto found_with = [](int months, std::string_view third, std::string_view other) {
        Books books;
        for (int month = 1; month <= months; ++month) {
            books.add(Date::create(2025, month, 3).value(), dollars("-250.00"),
                      format("ONLINE TRANSFER {}", third));
            books.add(Date::create(2025, month, 17).value(), dollars("-40.00"),
                      format("ONLINE TRANSFER {}", other));
        }
        std::vector<std::string> names;
        for (const Series& series : books.detect("2025-12-31")) {
            names.push_back(format("{} {}", series.name, series.members.size()));
        }
        std::ranges::sort(names);
        return names;
    };
    EXPECT_EQ(found_with(12, "ANNA", "BERTA"),
              (std::vector<std::string>{"online transfer anna 12", "online transfer berta 12"}));
    // A third word that differs every time is noise: still one series.
    Books noisy;
    constexpr std::string_view kWords[] = {"alpha", "bravo", "carla", "delta", "echos", "fritz",
                                           "golfo", "hotel", "indio", "julia", "kilos", "limas"};
    for (int month = 1; month <= 12; ++month) {
        noisy.add(Date::create(2025, month, 3).value(), dollars("-250.00"),
                  format("ONLINE TRANSFER {}", kWords[month - 1]));
    }
    const auto found = noisy.detect("2025-12-31");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].members.size(), 12U);
}

TEST(Recurring, ASeriesMustBeMostOfWhatLooksLikeIt) {
    // Twelve in step; as many of the same amount between them make it a choice of convenience.
    const auto count_with = [](int between) {
        Books books;
        for (int month = 1; month <= 12; ++month) {
            books.add(Date::create(2025, month, 3).value(), dollars("-12.00"), "CORNER CAFE");
            for (int i = 0; i < between; ++i) {
                books.add(Date::create(2025, month, 8 + 7 * i + month % 5).value(),
                          dollars("-12.00"), "CORNER CAFE");
            }
        }
        std::size_t monthly = 0;
        for (const Series& series : books.detect("2025-12-31")) {
            monthly += series.cadence == Cadence::monthly ? 1U : 0U;
        }
        return monthly;
    };
    EXPECT_EQ(count_with(0), 1U);
    EXPECT_EQ(count_with(2), 0U);
}

TEST(Recurring, CallsIrregularVisitsNothing) {
    // False series per 100 shops visited at random: small, and this seed's figure is fixed.
    Random random(99);
    Books books;
    for (int shop = 0; shop < 200; ++shop) {
        const auto visits = random.between(3, 150);
        std::string name = "SHOP ";
        for (int i = 0; i < 6; ++i) {
            name.push_back(static_cast<char>('A' + random.below(26)));
        }
        for (std::int64_t i = 0; i < visits; ++i) {
            books.add(day("2023-01-01").plus_days(static_cast<int>(random.below(1000))),
                      Money::from_minor(-random.between(300, 15'000),
                                        money::Currency::parse("USD").value()),
                      name + " OK");
        }
    }
    EXPECT_LE(books.detect("2025-10-01").size(), 4U);
}

/// Every subset of the items, by the definition of a chain's evidence.
double best_by_all_subsets(const std::vector<Item>& items, Cadence cadence, double log_rate) {
    double best = 0.0;
    for (std::uint32_t set = 1; set < (1U << items.size()); ++set) {
        double evidence = 0.0;
        bool is_chain = true;
        const Item* previous = nullptr;
        for (std::size_t i = 0; i < items.size() && is_chain; ++i) {
            if ((set >> i & 1U) == 0) {
                continue;
            }
            if (previous != nullptr) {
                const auto step = step_evidence(*previous, items[i], cadence, log_rate);
                is_chain = step.has_value();
                evidence += step.value_or(0.0);
            }
            previous = &items[i];
        }
        best = is_chain ? std::max(best, evidence) : best;
    }
    return best;
}

TEST(RecurringChain, IsTheBestOfAllSubsets) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        std::vector<Item> items;
        const std::size_t count = 2 + random.below(11);
        for (std::size_t i = 0; i < count; ++i) {
            const bool is_regular = random.chance(0.6);
            const Date date =
                is_regular ? day("2025-01-12")
                                 .plus_months(static_cast<int>(random.below(9)))
                                 .plus_days(static_cast<int>(random.between(-2, 2)))
                           : day("2025-01-01").plus_days(static_cast<int>(random.below(270)));
            items.push_back({.day = take_apart(date),
                             .minor = is_regular ? 999 : random.between(500, 3000),
                             .account = static_cast<std::uint32_t>(random.below(2)),
                             .index = static_cast<std::uint32_t>(i)});
        }
        std::sort(items.begin(), items.end(),
                  [](const Item& a, const Item& b) { return a.day.days < b.day.days; });
        for (const Cadence cadence : kCadences) {
            const double log_rate = std::log(0.03);
            const Chain chain = best_chain(items, cadence, log_rate);
            EXPECT_NEAR(chain.evidence, best_by_all_subsets(items, cadence, log_rate), 1e-9)
                << "seed " << seed << " " << name_of(cadence);
            double sum = 0.0;
            for (std::size_t i = 1; i < chain.items.size(); ++i) {
                sum += step_evidence(items[chain.items[i - 1]], items[chain.items[i]], cadence,
                                     log_rate)
                           .value();
            }
            EXPECT_NEAR(sum, chain.evidence, 1e-9) << "seed " << seed;
        }
    }
}

TEST(Recurring, HoldsItsLawsOnHostileBooks) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Random random(seed);
        Books books;
        const std::size_t count = random.below(400);
        for (std::size_t i = 0; i < count; ++i) {
            std::string text;
            const std::size_t size = random.below(40);
            for (std::size_t c = 0; c < size; ++c) {
                text.push_back(static_cast<char>(random.below(random.chance(0.1) ? 256 : 3) + 'a'));
            }
            const std::int64_t edge[] = {0, 1, -1, INT64_MAX, INT64_MIN, -999, 999};
            const auto currency =
                money::Currency::parse(random.chance(0.5) ? "USD" : "JPY").value();
            const Date date = random.chance(0.05)
                                  ? Date::create(9999, 12, 31)
                                        .value()
                                        .plus_days(-30 * static_cast<int>(random.below(4)))
                                  : Date::create(1899, 1, 1)
                                        .value()
                                        .plus_days(static_cast<int>(random.below(4000)));
            books.add(date, Money::from_minor(edge[random.below(7)], currency), text,
                      static_cast<std::uint32_t>(random.below(3)));
        }
        std::set<std::size_t> seen;
        for (const Series& series : books.detect("1908-06-01")) {
            EXPECT_GE(series.members.size(), traits_of(series.cadence).occurrences_min);
            EXPECT_LE(series.low, series.high);
            for (std::size_t i = 0; i < series.members.size(); ++i) {
                const Movement& member = books.movements()[series.members[i]];
                EXPECT_TRUE(seen.insert(series.members[i]).second) << "seed " << seed;
                EXPECT_EQ(member.amount.currency(), series.usual.currency());
                EXPECT_EQ(member.amount.is_negative(), series.usual.is_negative());
                EXPECT_TRUE(i == 0 || books.movements()[series.members[i - 1]].date < member.date);
            }
            EXPECT_EQ(series.next.has_value(), series.state != SeriesState::stopped);
        }
    }
}

TEST(Recurring, FindsTheSameWhateverTheOrderOfRows) {
    Random random(3);
    Books books;
    for (int month = 0; month < 14; ++month) {
        books.add(day("2025-01-28").plus_months(month), dollars("-15.49"), "NETFLIX.COM");
        books.add(day("2025-01-03").plus_months(month), dollars("-1200.00"), "PARKSIDE WEB PMTS");
    }
    std::vector<Movement> shuffled = books.movements();
    for (std::size_t i = shuffled.size(); i > 1; --i) {
        std::swap(shuffled[i - 1], shuffled[random.below(i)]);
    }
    const auto straight = books.detect("2026-03-01");
    const auto mixed = detect(shuffled, {day("2026-03-01")});
    ASSERT_EQ(straight.size(), 2U);
    ASSERT_EQ(mixed.size(), 2U);
    for (const Series& series : mixed) {
        const auto same = std::find_if(straight.begin(), straight.end(), [&](const Series& other) {
            return other.name == series.name;
        });
        ASSERT_NE(same, straight.end());
        EXPECT_EQ(same->next->date, series.next->date);
        EXPECT_DOUBLE_EQ(same->evidence, series.evidence);
    }
}

}  // namespace
}  // namespace atlas::finance::recurring
