// SPDX-License-Identifier: Apache-2.0
// "What would this rule have changed?" — a rule laid beside everything already filed, before
// anything is touched; and the same changes made, for applying a rule to the past.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "finance/rules/rule_set.hpp"

namespace atlas::finance::rules {

inline constexpr std::size_t kSampleMax = 20;

/// Name of an account for its id; what the keeper of accounts knows.
using AccountNames = std::function<std::string(AccountId)>;

struct DryRun {
    std::size_t matched = 0;                    ///< Transactions the conditions fit.
    std::size_t changed = 0;                    ///< Of these, those it would change.
    std::size_t already_so = 0;                 ///< Filed just as it would.
    std::size_t persons_choice = 0;             ///< Left as they are, because a person chose.
    std::size_t overruled = 0;                  ///< Left to a rule before it.
    std::vector<std::size_t> changed_sample{};  ///< Positions, at most kSampleMax.
    std::vector<std::size_t> persons_choice_sample{};  ///< Where the person filed otherwise.
    struct Overruled {
        std::size_t transaction = 0;
        std::size_t rule = 0;
    };
    std::vector<Overruled> overruled_sample{};
};

/// What the rule at `position` of `rules` does to `transactions`, with the others in force.
/// Cost: transactions × rules tests at worst.
DryRun dry_run(const RuleSet& rules, std::size_t position,
               std::span<const ledger::Transaction> transactions, const AccountNames& names);

/// Those of `transactions` that the rules would change, changed. Transfers between own accounts
/// keep their category.
std::vector<ledger::Transaction> apply_to_history(const RuleSet& rules,
                                                  std::span<const ledger::Transaction> transactions,
                                                  const AccountNames& names);

/// How rules see a stored transaction; `account_name` and `account_id` are borrowed.
RuleInput input_of(const ledger::Transaction& transaction, std::string_view account_name,
                   std::string_view account_id);

}  // namespace atlas::finance::rules
