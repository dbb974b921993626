// SPDX-License-Identifier: Apache-2.0
// The figures of docs/proof/debt.md: speed of one simulation and of all rules; gap, time and saving
// of `optimal` on the published generator's instances (counters of BM_Optimal).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "finance/debt/optimal.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/testing/paper_household.hpp"
#include "finance/debt/testing/random_household.hpp"
#include "finance/debt/what_if.hpp"

namespace atlas::finance::debt {
namespace {

/// Twelve debts that the budget repays in some 357 months.
PlanRequest long_request(Compounding compounding) {
    PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                        .monthly_budget = testing::cents(724'500),
                        .debts = {}};
    for (int i = 0; i < 12; ++i) {
        request.debts.push_back({.id = std::to_string(i),
                                 .balance = testing::cents(10'000'000 + i),
                                 .apr = testing::basis_points(600 + i),
                                 .compounding = compounding,
                                 .minimum = {.fixed = testing::cents(0), .term_months = 360}});
    }
    return request;
}

Problem long_problem(Compounding compounding) {
    return Problem::create(long_request(compounding)).value();
}

void BM_Simulate(benchmark::State& state) {
    const Problem problem = long_problem(static_cast<Compounding>(state.range(0)));
    std::int64_t months = 0;
    for (auto _ : state) {
        const auto outcome = simulate(problem, avalanche(), Spending::whole_budget);
        months = outcome->loan_months;
        benchmark::DoNotOptimize(outcome->interest);
    }
    state.counters["loan_months"] = static_cast<double>(months);
}
BENCHMARK(BM_Simulate)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void BM_AllRules(benchmark::State& state) {
    const Problem problem = long_problem(Compounding::daily);
    for (auto _ : state) {
        for (const Policy& rule : {avalanche(), snowball(), hybrid(kWeightUnit / 2),
                                   cash_flow_index(), utilisation_first()}) {
            benchmark::DoNotOptimize(simulate(problem, rule, Spending::whole_budget)->interest);
        }
    }
}
BENCHMARK(BM_AllRules)->Unit(benchmark::kMicrosecond);

/// The same debts; half of them have a percentage in the minimum, and a fee.
void BM_OptimalLong(benchmark::State& state) {
    Problem problem = long_problem(Compounding::monthly);
    for (std::size_t i = 0; i < problem.loans.size(); i += 2) {
        problem.loans[i].minimum_percent = 2'000'000;
        problem.loans[i].fee_monthly = 200;
    }
    double gap = 0.0;
    double months = 0.0;
    for (auto _ : state) {
        const auto plan = find_optimal(problem, Objective::cost, 1000);
        gap = plan->gap;
        months = plan->outcome.months;
    }
    state.counters["gap"] = gap;
    state.counters["months"] = months;
}
BENCHMARK(BM_OptimalLong)->Iterations(1)->Unit(benchmark::kMillisecond);

/// One what-if of a slider (0) or all slopes (1) on the best plan of 12 published debts (0) or of
/// 12 that take 357 months (1).
void BM_WhatIf(benchmark::State& state) {
    PlanRequest request = state.range(1) == 0 ? testing::HouseholdGenerator(3).published(12)
                                              : long_request(Compounding::daily);
    request.strategy = Strategy::optimal;
    request.time_limit_ms = 50;
    const WhatIf what_if = WhatIf::create(request).value();
    for (auto _ : state) {
        if (state.range(0) == 0) {
            benchmark::DoNotOptimize(
                what_if.apply(MoreEachMonth{testing::cents(5'000)}).value().months);
        } else {
            benchmark::DoNotOptimize(what_if.slopes().value().per_month);
        }
    }
}
BENCHMARK(BM_WhatIf)->ArgsProduct({{0, 1}, {0, 1}})->Unit(benchmark::kMicrosecond);

/// Arguments: debts, instances, most that the budget is above the minimums, percent. Seeds are
/// 1, 2, 3, …
void BM_Optimal(benchmark::State& state) {
    std::vector<double> gaps;
    std::vector<double> savings;
    std::vector<double> milliseconds;
    std::vector<double> months;
    int refused = 0;
    for (auto _ : state) {
        for (std::uint64_t seed = 1; gaps.size() < static_cast<std::size_t>(state.range(1));
             ++seed) {
            testing::HouseholdGenerator generator(seed);
            const PlanRequest request = generator.published(static_cast<int>(state.range(0)),
                                                            static_cast<int>(state.range(2)));
            const Problem problem = Problem::create(request).value();
            const auto begin = std::chrono::steady_clock::now();
            const auto plan = find_optimal(problem, Objective::cost, 1000);
            const std::chrono::duration<double, std::milli> time =
                std::chrono::steady_clock::now() - begin;
            if (!plan.has_value()) {
                ++refused;
                continue;
            }
            gaps.push_back(plan->gap);
            months.push_back(plan->outcome.months);
            milliseconds.push_back(time.count());
            const double rule = static_cast<double>(plan->best_rule_cost);
            savings.push_back(rule == 0.0 ? 0.0
                                          : 1.0 - static_cast<double>(plan->outcome.cost()) / rule);
            if (std::getenv("ATLAS_BENCH_ROWS") != nullptr) {
                std::printf("seed %d months %d cost %ld gap %.5f saving %.5f ms %.1f\n",
                            static_cast<int>(seed), plan->outcome.months, plan->outcome.cost(),
                            plan->gap, savings.back(), time.count());
            }
        }
    }
    std::ranges::sort(gaps);
    std::ranges::sort(savings);
    std::ranges::sort(months);
    std::ranges::sort(milliseconds);
    const auto quantile = [](const std::vector<double>& sorted, double share) {
        return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    };
    const auto within = std::ranges::count_if(gaps, [](double gap) { return gap <= 0.01; });
    state.counters["within_1pc"] = static_cast<double>(within) / static_cast<double>(gaps.size());
    state.counters["gap_median"] = quantile(gaps, 0.5);
    state.counters["gap_p95"] = quantile(gaps, 0.95);
    state.counters["gap_max"] = gaps.back();
    double sum = 0.0;
    for (const double saving : savings) {
        sum += saving;
    }
    state.counters["saving_mean"] = sum / static_cast<double>(savings.size());
    state.counters["saving_max"] = savings.back();
    state.counters["ms_median"] = quantile(milliseconds, 0.5);
    state.counters["ms_max"] = milliseconds.back();
    state.counters["months_median"] = quantile(months, 0.5);
    state.counters["months_max"] = months.back();
    state.counters["refused"] = refused;
}
BENCHMARK(BM_Optimal)
    ->Args({4, 200, 60})
    ->Args({12, 200, 60})
    ->Args({12, 100, 3})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

/// The other objectives on the same instances. Arguments: objective (1 date, 2 strain, 3 a mix
/// of 50.00 a month and 2.00 a percentage point), debts, instances.
void BM_OptimalOther(benchmark::State& state) {
    const Goal goal{
        .objective = static_cast<Objective>(state.range(0)), .month = 5'000, .strain = 200};
    std::vector<double> gaps;
    std::vector<double> milliseconds;
    int proven = 0;
    int months_over_max = 0;
    for (auto _ : state) {
        for (std::uint64_t seed = 1; gaps.size() < static_cast<std::size_t>(state.range(2));
             ++seed) {
            const PlanRequest request =
                testing::HouseholdGenerator(seed).published(static_cast<int>(state.range(1)));
            const Problem problem = Problem::create(request).value();
            const auto begin = std::chrono::steady_clock::now();
            const auto plan = find_optimal(problem, goal, 1000);
            const std::chrono::duration<double, std::milli> time =
                std::chrono::steady_clock::now() - begin;
            if (!plan.has_value()) {
                continue;
            }
            gaps.push_back(plan->gap);
            milliseconds.push_back(time.count());
            proven += plan->is_proven ? 1 : 0;
            months_over_max = std::max(
                months_over_max,
                plan->months_bound.has_value() ? plan->outcome.months - *plan->months_bound : 0);
        }
    }
    std::ranges::sort(gaps);
    std::ranges::sort(milliseconds);
    const auto count = static_cast<double>(gaps.size());
    const auto within = std::ranges::count_if(gaps, [](double gap) { return gap <= 0.01; });
    state.counters["proven"] = proven / count;
    state.counters["within_1pc"] = static_cast<double>(within) / count;
    state.counters["gap_median"] = gaps[gaps.size() / 2];
    state.counters["gap_p95"] = gaps[gaps.size() * 95 / 100];
    state.counters["gap_max"] = gaps.back();
    state.counters["months_over_max"] = months_over_max;
    state.counters["ms_median"] = milliseconds[milliseconds.size() / 2];
    state.counters["ms_max"] = milliseconds.back();
}
BENCHMARK(BM_OptimalOther)
    ->Args({1, 12, 100})
    ->Args({2, 12, 100})
    ->Args({3, 12, 100})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

double quantile_of(std::vector<double> values, double share) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

double mean_of(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

std::int64_t owed_at_first(const Problem& problem) {
    std::int64_t owed = 0;
    for (const Loan& loan : problem.loans) {
        owed += loan.balance;
    }
    return owed;
}

/// Of everything paid, as the paper counts it.
double saved_over(const Problem& problem, const Policy& rule, const OptimalPlan& plan) {
    const auto outcome = simulate(problem, rule, Spending::whole_budget);
    return static_cast<double>(outcome->cost() - plan.outcome.cost()) /
           static_cast<double>(outcome->cost() + owed_at_first(problem));
}

/// The paper's four sizes. Arguments: debts, longest term in months, instances.
void BM_OptimalPaper(benchmark::State& state) {
    std::vector<double> gaps;
    std::vector<double> gaps_paid;  // Of everything paid.
    std::vector<double> over_avalanche;
    std::vector<double> over_snowball;
    std::vector<double> seconds;
    int refused = 0;
    for (auto _ : state) {
        for (std::uint64_t seed = 1; gaps.size() < static_cast<std::size_t>(state.range(2));
             ++seed) {
            const PlanRequest request = testing::PaperGenerator(seed).make(
                {static_cast<int>(state.range(0)), static_cast<int>(state.range(1))});
            const Problem problem = Problem::create(request).value();
            const std::clock_t begin = std::clock();
            const auto plan = find_optimal(problem, Objective::cost, 1000);
            if (!plan.has_value()) {
                ++refused;
                continue;
            }
            seconds.push_back(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
            gaps.push_back(plan->gap);
            gaps_paid.push_back(static_cast<double>(plan->outcome.cost() - *plan->cost_bound) /
                                static_cast<double>(plan->outcome.cost() + owed_at_first(problem)));
            over_avalanche.push_back(saved_over(problem, avalanche(), *plan));
            over_snowball.push_back(saved_over(problem, snowball(), *plan));
        }
    }
    const auto within = std::ranges::count_if(gaps, [](double gap) { return gap <= 0.01; });
    state.counters["within_1pc"] = static_cast<double>(within) / static_cast<double>(gaps.size());
    state.counters["gap_median"] = quantile_of(gaps, 0.5);
    state.counters["gap_max"] = quantile_of(gaps, 1.0);
    const auto within_paid =
        std::ranges::count_if(gaps_paid, [](double gap) { return gap <= 0.01; });
    state.counters["paid_within_1pc"] =
        static_cast<double>(within_paid) / static_cast<double>(gaps.size());
    state.counters["paid_gap_mean"] = mean_of(gaps_paid);
    state.counters["paid_gap_max"] = quantile_of(gaps_paid, 1.0);
    state.counters["avalanche_mean"] = mean_of(over_avalanche);
    state.counters["avalanche_max"] = quantile_of(over_avalanche, 1.0);
    state.counters["snowball_mean"] = mean_of(over_snowball);
    state.counters["snowball_max"] = quantile_of(over_snowball, 1.0);
    state.counters["cpu_max"] = quantile_of(seconds, 1.0);
    state.counters["refused"] = refused;
}
BENCHMARK(BM_OptimalPaper)
    ->Args({4, 120, 100})
    ->Args({8, 120, 100})
    ->Args({8, 240, 100})
    ->Args({12, 300, 100})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

/// The longest that twelve debts keep the processor, over both generators, half and half.
/// Arguments: objective, instances.
void BM_OptimalWorst(benchmark::State& state) {
    const Goal goal{
        .objective = static_cast<Objective>(state.range(0)), .month = 5'000, .strain = 200};
    const Goal cost{};
    std::vector<double> seconds;
    double months = 0;
    for (auto _ : state) {
        for (std::uint64_t seed = 1; seconds.size() < static_cast<std::size_t>(state.range(1));
             ++seed) {
            const PlanRequest request = seed % 2 == 0
                                            ? testing::HouseholdGenerator(seed).published(12, 30)
                                            : testing::PaperGenerator(seed).make({12, 360});
            const Problem problem = Problem::create(request).value();
            const std::clock_t begin = std::clock();
            const auto plan =
                find_optimal(problem, goal.objective == Objective::mix ? goal : cost, 1000);
            seconds.push_back(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
            months = plan.has_value() ? std::max(months, 1.0 * plan->outcome.months) : months;
        }
    }
    state.counters["cpu_median"] = quantile_of(seconds, 0.5);
    state.counters["cpu_p99"] = quantile_of(seconds, 0.99);
    state.counters["cpu_max"] = quantile_of(seconds, 1.0);
    state.counters["months_max"] = months;
}
BENCHMARK(BM_OptimalWorst)
    ->Args({0, 300})
    ->Args({3, 300})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::finance::debt
