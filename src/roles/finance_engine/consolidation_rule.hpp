// SPDX-License-Identifier: Apache-2.0
// The rule of thumb beside an exact comparison of offers: its sentences, which one holds, whether
// the two agree. And its recipe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/resources/refinance.hpp"
#include "finance/debt/refinance.hpp"
#include "learning/consolidation/consolidation.hpp"

namespace atlas::roles::finance_engine {

/// The tree inside the program, decoded once; nothing while no release key signed it. Stops the
/// program when its bytes are damaged: they are ours. Thread-safe.
const learning::consolidation::RuleTree* shipped_rule_tree();

/// The comparison, as the rule needs it. Borrowed.
struct Compared {
    const finance::debt::RefinanceRequest& request;
    const finance::debt::RefinanceAdvice& advice;
};
/// Adds the rules, and to each offer with a saving the one that holds. Changes nothing else.
void explain_by_rules(const learning::consolidation::RuleTree& model, std::string_view model_name,
                      const Compared& compared, contracts::RefinanceAnswer& answer);

struct TrainedConsolidation {
    std::string model_bin;
    std::string manifest_json;
};
/// Simulates, fits and measures. Errors: infeasible when the tree does not beat the baseline with
/// its whole interval: then there is nothing to ship.
Result<TrainedConsolidation> train_consolidation(std::uint64_t seed, std::string_view version);

}  // namespace atlas::roles::finance_engine
