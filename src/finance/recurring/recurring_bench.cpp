// SPDX-License-Identifier: Apache-2.0
// How fast recurring payments are found: 100,000 movements of 400 payees, of which 80 are series,
// and the hard case of one payee visited 100,000 times at one price.
#include <benchmark/benchmark.h>

#include <deque>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/recurring/recurring.hpp"

namespace atlas::finance::recurring {
namespace {

constexpr int kDays = 3650;

struct Books {
    std::deque<std::string> texts;
    std::vector<Movement> movements;
};

std::string name_of_shop(std::uint64_t shop) {
    return format("{}{} {}", static_cast<char>('A' + shop % 26),
                  static_cast<char>('A' + shop / 26 % 26), shop % 2 == 0 ? "MARKET" : "STORE");
}

Books household() {
    Random random(1);
    Books books;
    const auto currency = money::Currency::parse("USD").value();
    const Date start = Date::create(2015, 1, 1).value();
    const auto add = [&](Date date, std::int64_t minor, std::string text) {
        books.texts.push_back(std::move(text));
        books.movements.push_back({.date = date,
                                   .amount = money::Money::from_minor(minor, currency),
                                   .description = books.texts.back()});
    };
    for (std::uint64_t series = 0; series < 80; ++series) {
        for (int month = 0; month < 120; ++month) {
            add(start.plus_months(month).plus_days(static_cast<int>(series % 28 + random.below(3))),
                -static_cast<std::int64_t>(999 + series * 100),
                format("{} SUBSCRIPTION", name_of_shop(series + 400)));
        }
    }
    while (books.movements.size() < 100'000) {
        add(start.plus_days(static_cast<int>(random.below(kDays))), -random.between(200, 20'000),
            format("{} {:05}", name_of_shop(random.below(320)), random.below(100'000)));
    }
    return books;
}

Books one_coffee_shop() {
    Random random(2);
    Books books;
    const auto currency = money::Currency::parse("USD").value();
    books.texts.push_back("SQ *BLUE BOTTLE");
    for (int i = 0; i < 100'000; ++i) {
        books.movements.push_back(
            {.date =
                 Date::create(2015, 1, 1).value().plus_days(static_cast<int>(random.below(kDays))),
             .amount = money::Money::from_minor(-450, currency),
             .description = books.texts.back()});
    }
    return books;
}

void detect_100k(benchmark::State& state) {
    const Books books = state.range(0) == 0 ? household() : one_coffee_shop();
    const Date as_of = Date::create(2025, 1, 1).value();
    for (auto _ : state) {
        const auto found = detect(books.movements, {as_of});
        ATLAS_CHECK(found.size() == (state.range(0) == 0 ? 80U : 0U));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(books.movements.size()));
}
BENCHMARK(detect_100k)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::finance::recurring
