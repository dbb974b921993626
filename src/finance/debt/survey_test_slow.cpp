// SPDX-License-Identifier: Apache-2.0
// Goal: what `optimal` saves against each rule on 1,000 seeded households after the Survey of
// Consumer Finances; never worse than any of them. Method: all strategies on each household; the
// table of docs/proof/debt.md is printed. ATLAS_SOAK=slice: 40.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/survey_household.hpp"

namespace atlas::finance::debt {
namespace {

struct Rule {
    const char* name;
    Policy policy;
    Spending spending = Spending::whole_budget;
    std::vector<double> saved = {};   ///< Currency units.
    std::vector<double> months = {};  ///< Of the rule less those of optimal.
    int never = 0;                    ///< Does not end in 600 months, or does not fit.
};

double quantile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

TEST(SurveyHouseholds, OptimalIsNeverWorseThanARule) {
    const char* size = std::getenv("ATLAS_SOAK");
    const bool is_slice = size != nullptr && std::string_view(size) == "slice";
    const int households = is_slice ? 40 : 1'000;
    std::array rules{
        Rule{"minimum", [](const MonthView&, std::vector<Turn>& turns) { turns.clear(); },
             Spending::minimums_only},
        Rule{"avalanche", avalanche()},
        Rule{"snowball", snowball()},
        Rule{"hybrid", hybrid(kWeightUnit / 2)},
        Rule{"cash_flow_index", cash_flow_index()},
        Rule{"utilisation_first", utilisation_first()},
    };
    std::vector<double> gaps;
    int solved = 0;
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(households); ++seed) {
        SCOPED_TRACE(seed);
        const Problem problem = Problem::create(SurveyGenerator(seed).make()).value();
        const auto best = find_optimal(problem, Objective::cost, 40);
        if (!best.has_value()) {
            continue;
        }
        ++solved;
        gaps.push_back(best->gap);
        for (Rule& rule : rules) {
            const auto outcome = simulate(problem, rule.policy, rule.spending);
            if (!outcome.has_value()) {
                ++rule.never;
                continue;
            }
            if (rule.spending == Spending::whole_budget) {
                EXPECT_LE(best->outcome.cost(), outcome->cost()) << rule.name;
            }
            rule.saved.push_back(static_cast<double>(outcome->cost() - best->outcome.cost()) / 100);
            rule.months.push_back(outcome->months - best->outcome.months);
        }
    }
    std::printf("%d households of %d; gap median %.4f %%, 95th percentile %.4f %%\n", solved,
                households, 100 * quantile(gaps, 0.5), 100 * quantile(gaps, 0.95));
    std::printf(
        "against            saved: mean  median     95th      most | months | share > 1 | "
        "never ends\n");
    for (const Rule& rule : rules) {
        double sum = 0.0;
        double months = 0.0;
        for (std::size_t i = 0; i < rule.saved.size(); ++i) {
            sum += rule.saved[i];
            months += rule.months[i];
        }
        const auto count = static_cast<double>(rule.saved.size());
        const auto above =
            std::ranges::count_if(rule.saved, [](double saved) { return saved > 1.0; });
        std::printf("%-18s %12.2f %7.2f %8.2f %9.2f | %6.2f | %8.1f %% | %d\n", rule.name,
                    sum / count, quantile(rule.saved, 0.5), quantile(rule.saved, 0.95),
                    quantile(rule.saved, 1.0), months / count,
                    100.0 * static_cast<double>(above) / count, rule.never);
    }
    EXPECT_GT(solved, households * 9 / 10);
}

}  // namespace
}  // namespace atlas::finance::debt
