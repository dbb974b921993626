// SPDX-License-Identifier: Apache-2.0
// The smart avalanche: which ranking of debts to follow when the rates to come are not known, only
// drawn. Every candidate is simulated on every scenario, to the cent; the one with the least
// weighed mean and tail cost is followed, and what that caution costs on average is said.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "money/money.hpp"

namespace atlas::finance::debt {

inline constexpr std::size_t kScenariosMax = 1000;

/// By how much variable rates have moved a number of months from the start; in between the last
/// one holds.
struct RateMove {
    int month = 0;
    double change = 0.0;  ///< 0.01 is one percentage point.
};
using RateScenario = std::vector<RateMove>;

struct RobustRequest {
    PlanRequest plan;               ///< Its strategy and time limit are those of `optimal`.
    std::vector<bool> is_variable;  ///< By debt.
    std::vector<RateScenario> scenarios;
    double tail = 0.1;     ///< Share of the worst scenarios that the tail cost is the mean of.
    double caution = 0.5;  ///< Weight of the tail cost; the rest is the mean's.
};

struct RobustCandidate {
    std::string name;  ///< "avalanche", "optimal", "order:2,0,1".
    money::Money mean;
    money::Money tail;
    money::Money worst;
};

struct RobustChoice {
    std::vector<RobustCandidate> candidates;  ///< As weighed, best first.
    money::Money price;  ///< Mean cost above that of the candidate with the least mean.
    money::Money saved;  ///< Tail cost below that candidate's.
    std::size_t scenarios = 0;
};

/// Candidates: the rules that look at the rates as they come, the plan that is best if no rate
/// moves, and for each scenario the order of rates at its middle. Scenarios in which a candidate
/// cannot pay its minimums count as twice its dearest other one.
/// Errors: invalid_argument  as Problem::create, no or too many scenarios, months not ascending, a
///           tail or caution outside 0..1; infeasible when no candidate pays in any scenario.
/// Cost:   candidates × scenarios simulations, and one `optimal`.
Result<RobustChoice> choose_robust(const RobustRequest& request);

}  // namespace atlas::finance::debt
