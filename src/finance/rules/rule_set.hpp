// SPDX-License-Identifier: Apache-2.0
// Rules in their order, ready to run: expressions compiled, texts folded. The first rule that files
// decides the category; tags add up; note and name come from the first that gives one. A person's
// own choice is never overruled.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "finance/ledger/transaction.hpp"
#include "finance/rules/rule.hpp"

namespace atlas::finance::rules {

/// What rules see of a transaction. Views are borrowed.
struct RuleInput {
    std::string_view description;
    std::string_view merchant{};
    std::string_view category{};
    money::Money amount;
    Date date;
    std::string_view account_name{};
    std::string_view account_id{};
};

/// What rules want done.
struct RuleOutcome {
    std::optional<std::size_t> filed_by;  ///< The rule whose category counts, by position.
    std::optional<std::size_t> noted_by;
    std::optional<std::size_t> renamed_by;
    std::vector<std::size_t> matched;  ///< All, in order.

    bool is_empty() const { return matched.empty(); }
};

class RuleSet {
public:
    /// Disabled rules are kept at their position and never match.
    /// Errors: those of check_rule, with /rules/N before the pointer; too_large above kRulesMax.
    static Result<RuleSet> create(std::vector<Rule> rules);
    RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;
    ~RuleSet();

    std::span<const Rule> rules() const;
    bool is_empty() const { return rules().empty(); }

    /// Thread-safe. Cost: about 0.2 µs and 20 ns a test; linear in the description.
    RuleOutcome run(const RuleInput& input) const;
    /// The first enabled rule that matches and files under a category, or nothing.
    std::optional<std::size_t> first_filing(const RuleInput& input) const;
    /// Whether the rule at `position` matches, enabled or not.
    bool matches(std::size_t position, const RuleInput& input) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

/// The transaction as the outcome wants it. Shares are rounded to the minor unit, the largest
/// remainders first, and sum to the amount. With a filing that a person chose or looked at, the
/// splits' categories stay.
ledger::Transaction apply(const RuleSet& rules, const RuleOutcome& outcome,
                          const ledger::Transaction& transaction);

/// Whether a person chose the category, or has approved it.
bool is_persons_choice(const ledger::Transaction& transaction);

}  // namespace atlas::finance::rules
