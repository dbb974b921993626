// SPDX-License-Identifier: Apache-2.0
// Goal: the right lots, the right cost, and parts that add up. Method: printed examples (IRS
// Publication 550, 26 CFR 1.1012-1), the slow model that keeps every unit by itself, laws on
// random input with awkward fractions, and each refusal at its place.
#include "finance/lots/lots.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "finance/lots/testing/unit_model.hpp"

namespace atlas::finance::lots {
namespace {

using money::Money;
using money::Quantity;
using money::Rounding;
using money::UnitPrice;
using testing_lots::make_sample;
using testing_lots::Sample;

const money::Currency kUsd = *money::Currency::parse("USD");

Money usd(const char* amount) {
    return *Money::parse(amount, kUsd);
}
Date day(const char* text) {
    return *Date::parse(text);
}

struct Book {
    LotsRequest request{.currency = kUsd, .movements = {}};

    Movement& add(MovementKind kind, const char* date, const char* quantity) {
        const std::size_t index = request.movements.size();
        request.movements.push_back({.place = format("/transactions/{}", index),
                                     .id = format("m{}", index),
                                     .date = day(date),
                                     .kind = kind,
                                     .asset = "XYZ"});
        if (*quantity != '\0') {
            request.movements.back().quantity = *Quantity::parse(quantity);
        }
        return request.movements.back();
    }
    Movement& trade(MovementKind kind, const char* date, const char* quantity, const char* price) {
        Movement& movement = add(kind, date, quantity);
        movement.price = *UnitPrice::parse(price, kUsd);
        return movement;
    }
    Movement& buy(const char* date, const char* quantity, const char* price) {
        return trade(MovementKind::buy, date, quantity, price);
    }
    Movement& sell(const char* date, const char* quantity, const char* price) {
        return trade(MovementKind::sell, date, quantity, price);
    }
    LotBook run() const { return *calculate_lots(request); }
    void refuses(const std::string& place, ErrorCode code = ErrorCode::invalid_argument) const {
        const auto book = calculate_lots(request);
        ASSERT_FALSE(book.has_value()) << place;
        EXPECT_EQ(book.error().place, place) << book.error().message;
        EXPECT_EQ(book.error().code, code) << book.error().message;
        EXPECT_FALSE(book.error().message.empty());
    }
};

/// 26 CFR 1.1012-1(c)(1), the rule of first in first out, on three lots at rising and falling cost.
Book three_lots() {
    Book book;
    book.buy("2024-01-10", "100", "10.00");
    book.buy("2024-03-10", "100", "30.00");
    book.buy("2024-06-10", "100", "20.00");
    book.sell("2025-02-10", "150", "25.00");
    return book;
}

std::string taken(const Sale& sale) {
    std::string out;
    for (const TakenLot& lot : sale.lots) {
        out += format("{}:{}:{} ", lot.lot, to_decimal(lot.quantity), to_decimal(lot.basis));
    }
    return out;
}

TEST(Lots, EachMethodTakesItsLots) {
    Book book = three_lots();
    book.request.method = Method::fifo;
    EXPECT_EQ(taken(book.run().sales[0]), "m0:100:1000.00 m1:50:1500.00 ");
    book.request.method = Method::lifo;
    EXPECT_EQ(taken(book.run().sales[0]), "m2:100:2000.00 m1:50:1500.00 ");
    book.request.method = Method::hifo;
    EXPECT_EQ(taken(book.run().sales[0]), "m1:100:3000.00 m2:50:1000.00 ");
    book.request.method = Method::average;
    EXPECT_EQ(taken(book.run().sales[0]), "m0:100:2000.00 m1:50:1000.00 ");
    book.request.movements[3].chosen = {{"m2", *Quantity::parse("30")}, {"m0", {}}, {"m1", {}}};
    EXPECT_EQ(taken(book.run().sales[0]), "m2:30:600.00 m0:100:1000.00 m1:20:600.00 ");
}

TEST(Lots, ASaleMayOverrideTheMethod) {
    Book book = three_lots();
    book.request.method = Method::lifo;
    book.request.movements[3].method = Method::hifo;
    const LotBook answer = book.run();
    EXPECT_EQ(answer.sales[0].method, Method::hifo);
    EXPECT_EQ(taken(answer.sales[0]), "m1:100:3000.00 m2:50:1000.00 ");
}

TEST(Lots, GainIsByLotAndTerm) {
    const LotBook answer = three_lots().run();
    const Sale& sale = answer.sales[0];
    EXPECT_EQ(sale.proceeds, usd("3750.00"));
    EXPECT_EQ(sale.basis, usd("2500.00"));
    EXPECT_EQ(sale.gain, usd("1250.00"));
    EXPECT_EQ(sale.lots[0].gain, usd("1500.00"));  // 2024-01-10 to 2025-02-10.
    EXPECT_EQ(sale.lots[0].term, Term::long_term);
    EXPECT_EQ(sale.lots[1].gain, usd("-250.00"));
    EXPECT_EQ(sale.lots[1].term, Term::short_term);
    EXPECT_EQ(sale.long_term, usd("1500.00"));
    EXPECT_EQ(sale.short_term, usd("-250.00"));
    ASSERT_EQ(answer.left.size(), 2U);
    EXPECT_EQ(to_decimal(answer.left[0].quantity), "50");
    EXPECT_EQ(answer.left[0].basis, usd("1500.00"));
    EXPECT_EQ(answer.totals.acquired, usd("6000.00"));
    EXPECT_EQ(answer.totals.sold, usd("2500.00"));
    EXPECT_EQ(answer.totals.left, usd("3500.00"));
}

// Publication 550 (2023), "Example showing cost basis, average": 100 at 28.00 (2,800), 100 at
// 40.00 (4,000), 50 reinvested at 34.00 (1,700): average 34.00; 100 sold at 37.00.
TEST(Lots, AverageBasisAsPublication550ShowsIt) {
    Book book;
    book.request.method = Method::average;
    book.buy("2021-01-04", "100", "28.00");
    book.buy("2022-01-04", "100", "40.00");
    book.buy("2022-07-04", "50", "34.00");
    book.sell("2023-03-01", "100", "37.00");
    const LotBook answer = book.run();
    EXPECT_EQ(answer.sales[0].basis, usd("3400.00"));
    EXPECT_EQ(answer.sales[0].gain, usd("300.00"));
    EXPECT_EQ(answer.sales[0].lots[0].term, Term::long_term);
    EXPECT_EQ(answer.totals.left, usd("5100.00"));
    EXPECT_EQ(answer.left[0].basis, usd("3400.00"));
    EXPECT_EQ(answer.left[1].basis, usd("1700.00"));
}

TEST(Lots, FeesBelongToCostAndProceeds) {
    Book book;
    book.buy("2024-01-10", "10", "10.00").fee = usd("1.00");
    book.sell("2024-02-10", "3", "12.00").fee = usd("0.50");
    const LotBook answer = book.run();
    EXPECT_EQ(answer.sales[0].basis, usd("30.30"));
    EXPECT_EQ(answer.sales[0].proceeds, usd("35.50"));
    EXPECT_EQ(answer.sales[0].gain, usd("5.20"));
    EXPECT_EQ(answer.left[0].basis, usd("70.70"));
}

TEST(Lots, ThirdsOfACentAddUp) {
    Book book;
    Movement& buy = book.add(MovementKind::buy, "2024-01-10", "3");
    buy.amount = usd("10.00");
    for (const char* date : {"2024-02-01", "2024-02-02", "2024-02-03"}) {
        book.sell(date, "1", "4.00");
    }
    const LotBook answer = book.run();
    EXPECT_EQ(answer.sales[0].basis, usd("3.33"));
    EXPECT_EQ(answer.sales[1].basis, usd("3.34"));  // Half of 6.67, to even.
    EXPECT_EQ(answer.sales[2].basis, usd("3.33"));
    EXPECT_EQ(answer.totals.sold, usd("10.00"));
    EXPECT_TRUE(answer.left.empty());
    book.request.rounding = Rounding::ceiling;
    EXPECT_EQ(book.run().sales[0].basis, usd("3.34"));
}

TEST(Lots, ASplitChangesQuantitiesNeverTheCost) {
    Book book;
    book.buy("2024-01-10", "1.5", "90.00");
    Movement& split = book.add(MovementKind::split, "2024-02-10", "");
    split.new_units = 3;
    split.old_units = 2;
    book.sell("2024-03-10", "2.25", "100.00");
    const LotBook answer = book.run();
    EXPECT_EQ(answer.sales[0].basis, usd("135.00"));
    EXPECT_TRUE(answer.left.empty());
    book.request.movements.pop_back();
    EXPECT_EQ(to_decimal(book.run().left[0].quantity), "2.25");
    EXPECT_EQ(book.run().left[0].acquired, day("2024-01-10"));
}

TEST(Lots, ASplitHitsOneAccountOrAll) {
    Book book;
    book.buy("2024-01-10", "1", "9.00").account = "east";
    book.buy("2024-01-10", "1", "9.00").account = "west";
    Movement& split = book.add(MovementKind::split, "2024-02-10", "");
    split.new_units = 2;
    split.old_units = 1;
    EXPECT_EQ(to_decimal(book.run().left[0].quantity), "2");
    EXPECT_EQ(to_decimal(book.run().left[1].quantity), "2");
    book.request.movements[2].account = "west";
    EXPECT_EQ(to_decimal(book.run().left[0].quantity), "1");
    EXPECT_EQ(to_decimal(book.run().left[1].quantity), "2");
}

TEST(Lots, TheSumOfAReverseSplitIsRoundedOnce) {
    Book book;
    for (int i = 0; i < 3; ++i) {
        book.buy("2024-01-10", "1", "9.00");
    }
    Movement& split = book.add(MovementKind::split, "2024-02-10", "");
    split.new_units = 1;
    split.old_units = 3;
    const LotBook answer = book.run();
    EXPECT_EQ(to_decimal(answer.left[0].quantity), "0.333333333");
    EXPECT_EQ(to_decimal(answer.left[1].quantity), "0.333333334");
    EXPECT_EQ(to_decimal(answer.left[2].quantity), "0.333333333");
}

TEST(Lots, ATransferCarriesDateAndCost) {
    Book book;
    book.buy("2023-01-10", "10", "10.00").account = "east";
    Movement& move = book.add(MovementKind::transfer, "2024-02-10", "4");
    move.account = "east";
    move.to_account = "west";
    book.sell("2024-03-10", "4", "12.00").account = "west";
    const LotBook answer = book.run();
    EXPECT_EQ(answer.departures[0].basis, usd("40.00"));
    EXPECT_EQ(taken(answer.sales[0]), "m0:4:40.00 ");
    EXPECT_EQ(answer.sales[0].lots[0].term, Term::long_term);
    EXPECT_EQ(answer.totals.transferred_out, usd("0.00"));
    ASSERT_EQ(answer.left.size(), 1U);
    EXPECT_EQ(answer.left[0].account, "east");
}

TEST(Lots, ALotThatComesBackIsOneAgain) {
    Book book;
    book.buy("2023-01-10", "10", "10.00").account = "east";
    book.add(MovementKind::transfer, "2024-02-10", "4");
    book.request.movements.back().account = "east";
    book.request.movements.back().to_account = "west";
    book.add(MovementKind::transfer, "2024-02-11", "4");
    book.request.movements.back().account = "west";
    book.request.movements.back().to_account = "east";
    const LotBook answer = book.run();
    ASSERT_EQ(answer.left.size(), 1U);
    EXPECT_EQ(to_decimal(answer.left[0].quantity), "10");
    EXPECT_EQ(answer.left[0].basis, usd("100.00"));
}

TEST(Lots, WhatComesFromOutsideKeepsItsDate) {
    Book book;
    book.trade(MovementKind::transfer_in, "2024-02-10", "4", "7.00").acquired = day("2020-01-01");
    book.buy("2024-02-11", "4", "9.00");
    book.add(MovementKind::transfer_out, "2024-02-12", "1");
    const LotBook answer = book.run();
    EXPECT_EQ(answer.totals.transferred_out, usd("7.00"));
    EXPECT_EQ(answer.totals.acquired, usd("64.00"));
    EXPECT_EQ(answer.totals.left, usd("57.00"));
    EXPECT_EQ(answer.left[0].acquired, day("2020-01-01"));
}

TEST(Lots, LongTermIsMoreThanAYear) {
    const auto term = [](const char* from, const char* to) {
        return term_of(day(from), day(to), 12);
    };
    EXPECT_EQ(term("2024-01-15", "2025-01-15"), Term::short_term);
    EXPECT_EQ(term("2024-01-15", "2025-01-16"), Term::long_term);
    EXPECT_EQ(term("2024-02-29", "2025-02-28"), Term::short_term);
    EXPECT_EQ(term("2024-02-29", "2025-03-01"), Term::long_term);
    EXPECT_EQ(term("2024-02-28", "2025-02-28"), Term::short_term);
    EXPECT_EQ(term("2024-02-28", "2025-03-01"), Term::long_term);
    EXPECT_EQ(term("2023-02-28", "2024-02-29"), Term::short_term);  // Rev. Rul. 66-7.
    EXPECT_EQ(term("2023-02-28", "2024-03-01"), Term::long_term);
    EXPECT_EQ(term("2023-12-31", "2024-12-31"), Term::short_term);
    EXPECT_EQ(term("2023-12-31", "2025-01-01"), Term::long_term);
    EXPECT_EQ(term_of(day("2024-01-15"), day("2024-01-15"), 0), Term::short_term);
    EXPECT_EQ(term_of(day("2024-01-15"), day("2024-01-16"), 0), Term::long_term);
}

TEST(Lots, RefusesAtThePlace) {
    Book book = three_lots();
    book.request.movements[3].quantity = *Quantity::parse("300.000000001");
    book.refuses("/transactions/3/quantity");
    book = three_lots();
    book.request.movements[1].date = day("2024-01-09");
    book.refuses("/transactions/1/date");
    book = three_lots();
    book.request.movements[3].date = day("9001-01-01");
    book.refuses("/transactions/3/date");
    book = three_lots();
    book.request.movements[1].id = "m0";
    book.refuses("/transactions/1/id");
    book = three_lots();
    book.request.movements[0].amount = usd("1.00");
    book.refuses("/transactions/0/price");
    book.request.movements[0].price.reset();
    book.request.movements[0].amount.reset();
    book.refuses("/transactions/0/price");
    book.request.movements[0].amount = usd("-1.00");
    book.refuses("/transactions/0/amount");
    book = three_lots();
    book.request.movements[3].price = *UnitPrice::parse("-1", kUsd);
    book.refuses("/transactions/3/price");
    book = three_lots();
    book.request.movements[2].quantity = Quantity::zero();
    book.refuses("/transactions/2/quantity");
    book.request.movements[2].quantity.reset();
    book.refuses("/transactions/2/quantity");
    book = three_lots();
    book.request.movements[2].fee = usd("-0.01");
    book.refuses("/transactions/2/fee");
    book = three_lots();
    book.request.movements[2].acquired = day("2024-06-11");
    book.refuses("/transactions/2/acquired");
    book = three_lots();
    book.request.movements.resize(kMovementsMax + 1, book.request.movements[0]);
    book.refuses("", ErrorCode::too_large);
}

TEST(Lots, RefusesWrongChoices) {
    Book book = three_lots();
    const auto choose = [&](std::vector<LotChoice> chosen) {
        book.request.movements[3].chosen = std::move(chosen);
    };
    choose({{"m9", {}}});
    book.refuses("/transactions/3/lots/0/id");
    choose({{"m0", {}}, {"m0", {}}});
    book.refuses("/transactions/3/lots/1/id");
    choose({{"m0", *Quantity::parse("101")}});
    book.refuses("/transactions/3/lots/0/quantity");
    choose({{"m0", *Quantity::parse("0")}});
    book.refuses("/transactions/3/lots/0/quantity");
    choose({{"m0", *Quantity::parse("100")}, {"m1", *Quantity::parse("51")}});
    book.refuses("/transactions/3/lots/1/quantity");
    choose({{"m0", {}}});
    book.refuses("/transactions/3/lots");
    choose({{"m0", {}}, {"m1", {}}});
    book.request.movements[3].method = Method::fifo;
    book.refuses("/transactions/3/lots");
    choose({});
    book.request.movements[3].method = Method::specific;
    book.refuses("/transactions/3/lots");
}

TEST(Lots, RefusesWrongTransfersAndSplits) {
    Book book = three_lots();
    Movement& split = book.add(MovementKind::split, "2025-03-01", "");
    split.new_units = 1;
    book.refuses("/transactions/4/ratio");
    book.request.movements[4].old_units = kSplitUnitsMax + 1;
    book.refuses("/transactions/4/ratio");
    book.request.movements[4] = {.place = "/transactions/4",
                                 .id = "m4",
                                 .date = day("2025-03-01"),
                                 .kind = MovementKind::transfer,
                                 .asset = "XYZ",
                                 .quantity = *Quantity::parse("1")};
    book.refuses("/transactions/4/to_account");
    book.request.movements[4].to_account = "";
    book.refuses("/transactions/4/to_account");
    book.request.movements[4].to_account = "west";
    book.request.movements[4].kind = MovementKind::transfer_out;
    book.refuses("/transactions/4/to_account");
    Book dust;
    dust.buy("2024-01-01", "0.000000001", "1.00");
    Movement& reverse = dust.add(MovementKind::split, "2024-01-02", "");
    reverse.new_units = 1;
    reverse.old_units = 10;
    dust.refuses("/transactions/1/ratio");
}

TEST(Lots, RefusesWhatCannotBeCounted) {
    Book book;
    book.buy("2024-01-01", "9000000000", "1.00");
    book.buy("2024-01-01", "9000000000", "1.00");
    book.refuses("/transactions/1/quantity");
    book.request.movements[1].account = "west";
    EXPECT_TRUE(calculate_lots(book.request).has_value());
    book.request.movements[1].price = *UnitPrice::parse("9000000000", kUsd);
    book.refuses("/transactions/1/price");
    book.request.movements[1].price.reset();
    book.request.movements[1].amount = Money::from_minor(INT64_MAX, kUsd);
    book.refuses("/transactions/1");  // The total of both.
    book.request.movements[1].fee = usd("0.01");
    book.refuses("/transactions/1/fee");
    book.request.movements.resize(1);
    Movement& split = book.add(MovementKind::split, "2024-01-02", "");
    split.new_units = 2;
    split.old_units = 1;
    book.refuses("/transactions/1/ratio");
}

void expect_equal(const Sample& sample, const LotBook& book, std::uint64_t seed) {
    ASSERT_EQ(book.sales.size(), sample.model.sales.size()) << "seed " << seed;
    ASSERT_EQ(book.departures.size(), sample.model.departures.size()) << "seed " << seed;
    const auto compare = [&](const std::vector<TakenLot>& lots,
                             const testing_lots::SlowTake& slow) {
        std::map<std::string, std::int64_t> units;
        std::map<std::string, long double> cost;
        for (const TakenLot& lot : lots) {
            units[lot.lot] += lot.quantity.billionths() / 1'000'000'000;
            cost[lot.lot] += static_cast<long double>(lot.basis.minor());
        }
        EXPECT_EQ(units, slow.units) << "seed " << seed;
        EXPECT_EQ(cost, slow.cost) << "seed " << seed;
    };
    for (std::size_t s = 0; s < book.sales.size(); ++s) {
        compare(book.sales[s].lots, sample.model.sales[s]);
    }
    for (std::size_t d = 0; d < book.departures.size(); ++d) {
        compare(book.departures[d].lots, sample.model.departures[d]);
    }
    using Key = std::tuple<std::string, std::string, std::string, Date>;
    std::map<Key, std::pair<long double, long double>> ours;
    std::map<Key, std::pair<long double, long double>> slow;
    for (const Lot& lot : book.left) {
        ours[{lot.asset, lot.account, lot.id, lot.acquired}] = {
            static_cast<long double>(lot.quantity.billionths()) / 1e9L,
            static_cast<long double>(lot.basis.minor())};
    }
    for (const testing_lots::Unit& unit : sample.model.units) {
        auto& sum = slow[{unit.asset, unit.account, unit.lot, unit.acquired}];
        sum.first += 1;
        sum.second += unit.cost;
    }
    EXPECT_EQ(ours, slow) << "seed " << seed;
}

TEST(Lots, AgreesWithTheModelOfSingleUnits) {
    std::size_t sales = 0;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        const Sample sample = make_sample(seed, {});
        const auto book = calculate_lots(sample.request);
        ASSERT_TRUE(book.has_value()) << "seed " << seed << " " << to_string(book.error());
        expect_equal(sample, *book, seed);
        sales += book->sales.size();
        if (HasFailure()) {
            return;
        }
    }
    EXPECT_GT(sales, 10'000U);
}

TEST(Lots, AveragesAgreeWithTheModelToACentASale) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const Sample sample = make_sample(seed, {.averages = true, .has_accounts = seed % 2 == 0});
        const auto book = calculate_lots(sample.request);
        ASSERT_TRUE(book.has_value()) << "seed " << seed << " " << to_string(book.error());
        const long double slack = 1.0L + static_cast<long double>(book->sales.size());
        for (std::size_t s = 0; s < book->sales.size(); ++s) {
            std::map<std::string, std::int64_t> units;
            for (const TakenLot& lot : book->sales[s].lots) {
                units[lot.lot] += lot.quantity.billionths() / 1'000'000'000;
            }
            EXPECT_EQ(units, sample.model.sales[s].units) << "seed " << seed;
            long double cost = 0;
            for (const auto& [lot, part] : sample.model.sales[s].cost) {
                cost += part;
            }
            EXPECT_NEAR(static_cast<double>(book->sales[s].basis.minor()),
                        static_cast<double>(cost), static_cast<double>(slack))
                << "seed " << seed << " sale " << s;
        }
    }
}

/// Awkward figures: nine decimals everywhere, and fees, so that everything is rounded.
LotsRequest awkward(std::uint64_t seed) {
    Random random(seed);
    Sample sample = make_sample(seed, {.averages = seed % 2 == 0});
    sample.request.rounding = static_cast<Rounding>(random.below(5));
    for (Movement& m : sample.request.movements) {
        if (seed % 2 == 1) {
            m.chosen.clear();  // With other prices other lots are left to choose from.
        }
        if (m.price.has_value()) {
            m.price = UnitPrice::from_billionths(random.between(0, 99'999'999'999), kUsd);
        }
        if (m.amount.has_value() || m.price.has_value()) {
            m.fee = Money::from_minor(random.between(0, 999), kUsd);
        }
    }
    return sample.request;
}

TEST(Lots, TotalsAddUpHoweverAwkwardTheFigures) {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        const LotsRequest request = awkward(seed);
        const auto book = calculate_lots(request);
        ASSERT_TRUE(book.has_value()) << "seed " << seed << " " << to_string(book.error());
        const LotTotals& totals = book->totals;
        EXPECT_EQ(totals.acquired, totals.sold + totals.left + totals.transferred_out)
            << "seed " << seed;
        EXPECT_EQ(totals.gain, totals.proceeds - totals.sold) << "seed " << seed;
        EXPECT_EQ(totals.gain, totals.short_term + totals.long_term) << "seed " << seed;
        Money left = usd("0");
        for (const Lot& lot : book->left) {
            left += lot.basis;
            EXPECT_FALSE(lot.basis.is_negative()) << "seed " << seed;
            EXPECT_GT(lot.quantity.billionths(), 0) << "seed " << seed;
        }
        EXPECT_EQ(left, totals.left) << "seed " << seed;
        for (const Sale& sale : book->sales) {
            const Movement& m = request.movements[sale.movement];
            Money proceeds = usd("0");
            Quantity quantity = Quantity::zero();
            for (const TakenLot& lot : sale.lots) {
                proceeds += lot.proceeds;
                quantity += lot.quantity;
                EXPECT_EQ(lot.gain, lot.proceeds - lot.basis) << "seed " << seed;
            }
            EXPECT_EQ(proceeds, sale.proceeds) << "seed " << seed;
            EXPECT_EQ(quantity, *m.quantity) << "seed " << seed;
            EXPECT_EQ(sale.proceeds, *value_of(*m.quantity, *m.price, request.rounding) - *m.fee)
                << "seed " << seed;
        }
    }
}

TEST(Lots, HifoNeverGainsMoreThanAnotherChoiceOnTheFirstSale) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        LotsRequest request = awkward(2 * seed + 1);
        std::size_t first = 0;
        while (first < request.movements.size() &&
               request.movements[first].kind != MovementKind::sell) {
            const MovementKind kind = request.movements[first].kind;
            if (kind == MovementKind::transfer || kind == MovementKind::transfer_out) {
                break;
            }
            ++first;
        }
        if (first == request.movements.size() ||
            request.movements[first].kind != MovementKind::sell) {
            continue;
        }
        request.movements.resize(first + 1);
        request.movements[first].chosen.clear();
        request.rounding = Rounding::half_to_even;
        std::map<Method, Money> gains;
        for (const Method method : {Method::fifo, Method::lifo, Method::hifo, Method::average}) {
            request.movements[first].method = method;
            gains.emplace(method, calculate_lots(request)->sales.front().gain);
        }
        for (const auto& [method, gain] : gains) {
            // A part of a lot rounds by half a cent either way.
            EXPECT_LE(gains.at(Method::hifo).minor(), gain.minor() + 1)
                << "seed " << seed << " " << name_of(method);
        }
    }
}

}  // namespace
}  // namespace atlas::finance::lots
