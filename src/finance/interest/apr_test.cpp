// SPDX-License-Identifier: Apache-2.0
// Goal: the APR of Regulation Z, exact to the two decimals it discloses. Method: the regulation's
// own examples; each loan run period by period at the rate found (the actuarial method's
// definition) down to a balance of zero; streams built at a known rate; every error.
#include "finance/interest/apr.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/random.hpp"
#include "finance/interest/amortise.hpp"

namespace atlas::finance::interest {
namespace {

using money::Money;

money::Currency usd() {
    return *money::Currency::parse("USD");
}

Money dollars(std::string_view text) {
    return *Money::parse(text, usd());
}

Money cents(std::int64_t minor) {
    return Money::from_minor(minor, usd());
}

/// `count` payments one unit-period apart.
struct Run {
    const char* amount;
    int count;
};

AprRequest loan(double per_year, const char* advance, AprFlow first, std::vector<Run> runs) {
    AprRequest request{per_year, {{0, 0, dollars(advance)}}, {}};
    for (const Run& run : runs) {
        for (int k = 0; k < run.count; ++k) {
            request.payments.push_back({first.whole++, first.fraction, dollars(run.amount)});
        }
    }
    return request;
}

AprFlow at(int whole, double fraction = 0) {
    return {whole, fraction, cents(0)};
}

double percent(const AprRequest& request) {
    const auto answer = apr(request);
    EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
    return answer ? std::round(answer->apr * 10'000) / 100 : -1;
}

TEST(Apr, AgreesWithTheExamplesOfAppendixJ) {
    // 12 CFR 1026, appendix J, (c)(1)(i), (iii), (v), (c)(2)(ii), (c)(3)(ii), (c)(4)(ii).
    EXPECT_EQ(percent(loan(12, "5000", at(1), {{"230", 24}})), 9.69);
    EXPECT_EQ(percent(loan(24, "5000", at(0, 6 / 15.0), {{"219.17", 24}})), 10.34);
    EXPECT_EQ(percent(loan(52, "500", at(4, 4 / 7.0), {{"17.60", 30}})), 14.96);
    EXPECT_EQ(percent(loan(13, "400", at(1, 5 / 28.0), {{"39.50", 1}, {"38.31", 11}})), 28.50);
    EXPECT_EQ(percent(loan(26, "200", at(0, 8 / 14.0), {{"9.50", 19}, {"30", 1}})), 12.22);
    EXPECT_EQ(percent(loan(6, "8000", at(0, 52 / 60.0), {{"449.36", 1}, {"465", 18}, {"200", 1}})),
              7.30);
}

std::filesystem::path shared_folder() {
    const char* given = std::getenv("ATLAS_SHARED");
    return given != nullptr ? given : "../shared";
}

/// "39.5x1+38.31x11" → payments.
std::vector<Run> read_runs(const std::string& text, std::vector<std::string>& keep) {
    std::vector<Run> runs;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, '+');) {
        const auto times = part.find('x');
        keep.push_back(part.substr(0, times));
        runs.push_back({nullptr, std::stoi(part.substr(times + 1))});
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].amount = keep[keep.size() - runs.size() + i].c_str();
    }
    return runs;
}

TEST(Apr, AgreesWithTheExamplesInTheSharedFolder) {
    const auto path = shared_folder() / "data/fin/tila_apr/regz_appendix_j_examples.csv";
    std::ifstream file(path);
    if (!file) {
        GTEST_SKIP() << path << " is not here (ATLAS_SHARED)";
    }
    std::string line;
    std::getline(file, line);
    int seen = 0;
    while (std::getline(file, line)) {
        // ref,amount,"terms, quoted",per year,whole,fraction,stream,published,recomputed
        const auto quote = line.find('"');
        const auto unquote = line.find('"', quote + 1);
        const std::string plain = line.substr(0, quote) + line.substr(unquote + 1);
        std::istringstream cells(plain);
        std::vector<std::string> cell;
        for (std::string text; std::getline(cells, text, ',');) {
            cell.push_back(text);
        }
        ASSERT_EQ(cell.size(), 9U) << line;
        std::vector<std::string> keep;
        keep.reserve(16);
        const auto request =
            loan(std::stod(cell[3]), cell[1].c_str(), at(std::stoi(cell[4]), std::stod(cell[5])),
                 read_runs(cell[6], keep));
        EXPECT_EQ(percent(request), std::stod(cell[7])) << line;
        EXPECT_NEAR(apr(request)->apr * 100, std::stod(cell[8]), 6e-5) << line;
        ++seen;
    }
    EXPECT_GE(seen, 6);
}

TEST(Apr, OneAdvanceAndOnePaymentHaveOneUnitPeriod) {
    // The rate of the term times the terms in a year, by hand.
    EXPECT_NEAR(apr(loan(365.0 / 255, "1000", at(1), {{"1080", 1}}))->apr, 0.08 * 365 / 255, 1e-15);
    EXPECT_NEAR(apr(loan(2, "1000", at(1), {{"1044", 1}}))->apr, 0.088, 1e-15);
    EXPECT_NEAR(apr(loan(1, "1000", at(2), {{"1210", 1}}))->apr, 0.10, 1e-15);
    // 1 year and 219 of 365 days: (1 + i)(1 + 0.6 i) = 1.24 + … exact for i = 0.1.
    EXPECT_NEAR(apr(loan(1, "1000", at(1, 0.6), {{"1166", 1}}))->apr, 0.10, 1e-15);
    EXPECT_NEAR(apr(loan(365.0 / 14, "100", at(1), {{"115", 1}}))->apr, 0.15 * 365 / 14, 1e-13);
}

/// Value at time 0 of a flow, written out with no shared code: period by period, then the odd part.
long double discounted(const AprFlow& flow, long double rate) {
    long double value = static_cast<long double>(flow.amount.minor());
    for (int k = 0; k < flow.whole; ++k) {
        value /= 1 + rate;
    }
    return value / (1 + flow.fraction * rate);
}

TEST(Apr, RateFoundBalancesRandomStreams) {
    Random random(41);
    for (int round = 0; round < 1000; ++round) {
        AprRequest request{static_cast<double>(random.between(1, 366)), {}, {}};
        const int advances = random.chance(0.6) ? 1 : static_cast<int>(random.between(2, 5));
        for (int k = 0; k < advances; ++k) {
            request.advances.push_back({static_cast<int>(random.between(0, 6)) * (k > 0 ? 1 : 0),
                                        k > 0 ? random.uniform() : 0,
                                        cents(random.between(10'000, 10'000'000))});
        }
        const int payments = static_cast<int>(random.between(1, 120));
        long double lent = 0;
        for (const auto& advance : request.advances) {
            lent += static_cast<long double>(advance.amount.minor());
        }
        for (int k = 0; k < payments; ++k) {  // Skipped, irregular and graduated at once.
            const double share = (0.8 + random.uniform()) * (1 + 0.01 * k) / payments;
            request.payments.push_back(
                {static_cast<int>(random.between(7, 400)), random.uniform(),
                 cents(1 + static_cast<std::int64_t>(lent * static_cast<long double>(share)))});
        }
        const auto answer = apr(request);
        ASSERT_TRUE(answer.has_value()) << "seed 41, round " << round;
        long double balance = 0;
        for (const auto& flow : request.advances) {
            balance += discounted(flow, answer->unit_period_rate);
        }
        for (const auto& flow : request.payments) {
            balance -= discounted(flow, answer->unit_period_rate);
        }
        ASSERT_LT(std::fabs(balance), 1e-9L * lent) << "seed 41, round " << round;
        ASSERT_TRUE(answer->other_aprs.empty()) << "seed 41, round " << round;
        ASSERT_DOUBLE_EQ(answer->apr, answer->unit_period_rate * request.unit_periods_per_year);
    }
}

TEST(Apr, AdvancesAmongPaymentsAreBuiltAndFound) {
    // Construction credit at 1 % a month: the balance is carried forward, the last payment clears.
    Random random(42);
    for (int round = 0; round < 300; ++round) {
        const double rate = 0.001 + 0.02 * random.uniform();
        AprRequest request{12, {{0, 0, cents(random.between(1'000'000, 5'000'000))}}, {}};
        long double owed = static_cast<long double>(request.advances[0].amount.minor());
        const int months = static_cast<int>(random.between(6, 60));
        for (int month = 1; month < months; ++month) {
            owed *= 1 + static_cast<long double>(rate);
            if (month % 3 == 0 && month < months / 2) {
                request.advances.push_back({month, 0, cents(random.between(100'000, 900'000))});
                owed += static_cast<long double>(request.advances.back().amount.minor());
            } else if (random.chance(0.8)) {
                const auto paid = static_cast<std::int64_t>(owed / (months - month + 1));
                request.payments.push_back({month, 0, cents(paid)});
                owed -= static_cast<long double>(paid);
            }
        }
        owed *= 1 + static_cast<long double>(rate);
        request.payments.push_back({months, 0, cents(std::llround(owed))});
        const auto answer = apr(request);
        ASSERT_TRUE(answer.has_value()) << "seed 42, round " << round;
        ASSERT_NEAR(answer->apr, 12 * rate, 1e-5) << "seed 42, round " << round;
    }
}

TEST(Apr, OfAScheduleIsItsContractualRate) {
    Random random(43);
    for (int round = 0; round < 200; ++round) {
        const auto rate = *money::AnnualRate::from_billionths(random.between(0, 400'000'000));
        const int term = static_cast<int>(random.between(1, 360));
        const Money principal = cents(random.between(10'000'000, 100'000'000));
        const auto plan = amortise({principal, rate, term, cents(0), {}});
        AprRequest request{12, {{0, 0, principal}}, {}};
        for (const auto& row : plan.value().schedule) {
            request.payments.push_back({row.month, 0, row.payment});
        }
        ASSERT_NEAR(apr(request).value().apr, rate.as_double(), 1e-6) << "seed 43, " << round;
    }
}

TEST(Apr, NamesEveryRateThatBalances) {
    // +1000 −2150 +1155: 5 % and 10 % both balance, the lower one is the answer.
    AprRequest request{
        12, {{0, 0, dollars("1000")}, {2, 0, dollars("1155")}}, {{1, 0, dollars("2150")}}};
    const auto answer = apr(request);
    EXPECT_NEAR(answer.value().apr, 0.60, 1e-12);
    ASSERT_EQ(answer->other_aprs.size(), 1U);
    EXPECT_NEAR(answer->other_aprs[0], 1.20, 1e-12);
}

TEST(Apr, FreeAndSubsidisedCreditHaveNoPositiveRate) {
    EXPECT_NEAR(apr(loan(12, "1200", at(1), {{"100", 12}}))->apr, 0, 1e-15);
    const auto subsidised = apr(loan(12, "1200", at(1), {{"99", 12}}));
    EXPECT_LT(subsidised.value().apr, -0.001);
}

TEST(Apr, RefusesWrongInput) {
    const AprRequest good = loan(12, "1000", at(1), {{"100", 12}});
    ASSERT_TRUE(apr(good).has_value());
    const auto refused = [&](auto change) {
        AprRequest request = good;
        change(request);
        const auto answer = apr(request);
        return answer ? std::string("accepted") : answer.error().place;
    };
    EXPECT_EQ(refused([](AprRequest& r) { r.advances.clear(); }), "/advances");
    EXPECT_EQ(refused([](AprRequest& r) { r.payments.clear(); }), "/payments");
    EXPECT_EQ(refused([](AprRequest& r) { r.payments.resize(10'001, r.payments[0]); }),
              "/payments");
    EXPECT_EQ(refused([](AprRequest& r) { r.payments[3].amount = cents(0); }),
              "/payments/3/amount");
    EXPECT_EQ(refused([](AprRequest& r) { r.advances[0].amount = cents(-5); }),
              "/advances/0/amount");
    EXPECT_EQ(refused([](AprRequest& r) {
                  r.payments[2].amount = *Money::parse("1", *money::Currency::parse("EUR"));
              }),
              "/payments/2/amount");
    EXPECT_EQ(refused([](AprRequest& r) { r.payments[1].whole = -1; }), "/payments/1/whole");
    EXPECT_EQ(refused([](AprRequest& r) { r.payments[1].whole = 100'001; }), "/payments/1/whole");
    for (const double fraction : {-0.1, 1.0, std::nan("")}) {
        EXPECT_EQ(refused([&](AprRequest& r) { r.payments[1].fraction = fraction; }),
                  "/payments/1/fraction");
    }
    for (const double per_year : {0.0, -12.0, 367.0, std::nan("")}) {
        EXPECT_EQ(refused([&](AprRequest& r) { r.unit_periods_per_year = per_year; }),
                  "/periods_per_year");
    }
}

TEST(Apr, RefusesWhatNoRateBalances) {
    // Advance and payment at one moment leave flows of one sign only.
    const auto same_time = apr({12, {{0, 0, dollars("100")}}, {{0, 0, dollars("90")}}});
    EXPECT_EQ(same_time.error().code, ErrorCode::infeasible);
    // +1000 −1900 +1100 never comes to nothing.
    const auto never =
        apr({12, {{0, 0, dollars("1000")}, {2, 0, dollars("1100")}}, {{1, 0, dollars("1900")}}});
    EXPECT_EQ(never.error().code, ErrorCode::infeasible);
}

}  // namespace
}  // namespace atlas::finance::interest
