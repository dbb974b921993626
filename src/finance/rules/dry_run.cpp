// SPDX-License-Identifier: Apache-2.0
#include "finance/rules/dry_run.hpp"

#include <algorithm>
#include <unordered_map>

namespace atlas::finance::rules {
namespace {

/// Asks for each account's name once.
class KnownNames {
public:
    explicit KnownNames(const AccountNames& names) : names_(names) {}
    struct Name {
        std::string name;
        std::string id;
    };
    const Name& of(AccountId account) {
        const auto [at, is_new] = known_.try_emplace(account);
        if (is_new) {
            at->second = {names_(account), to_string(account)};
        }
        return at->second;
    }

private:
    const AccountNames& names_;
    std::unordered_map<AccountId, Name> known_;
};

/// A leg of a transfer is what pairing found it to be.
ledger::Transaction changed_by(const RuleSet& rules, const RuleOutcome& outcome,
                               const ledger::Transaction& transaction) {
    RuleOutcome effective = outcome;
    if (transaction.transfer_id.has_value()) {
        effective.filed_by.reset();
    }
    return apply(rules, effective, transaction);
}

bool is_filed_alike(const ledger::Transaction& before, const ledger::Transaction& after) {
    return before.splits == after.splits && before.merchant == after.merchant;
}

}  // namespace

RuleInput input_of(const ledger::Transaction& transaction, std::string_view account_name,
                   std::string_view account_id) {
    return {.description = transaction.description,
            .merchant = transaction.merchant ? std::string_view(*transaction.merchant) : "",
            .category = transaction.splits.front().category,
            .amount = transaction.amount,
            .date = transaction.date,
            .account_name = account_name,
            .account_id = account_id};
}

DryRun dry_run(const RuleSet& rules, std::size_t position,
               std::span<const ledger::Transaction> transactions, const AccountNames& names) {
    DryRun result;
    KnownNames known(names);
    const auto sample = [](auto& list, auto item) {
        if (list.size() < kSampleMax) {
            list.push_back(item);
        }
    };
    const Rule& rule = rules.rules()[position];
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        const ledger::Transaction& before = transactions[i];
        const auto& name = known.of(before.account_id);
        const RuleInput input = input_of(before, name.name, name.id);
        if (!rules.matches(position, input)) {
            continue;
        }
        ++result.matched;
        const RuleOutcome outcome = rules.run(input);
        const bool files = !rule.then.file_under.empty();
        const ledger::Transaction after = changed_by(rules, outcome, before);
        if (files && is_persons_choice(before)) {
            const bool agrees =
                before.splits.size() == 1 && rule.then.file_under.size() == 1 &&
                before.splits.front().category == rule.then.file_under.front().category;
            ++(agrees ? result.already_so : result.persons_choice);
            if (!agrees) {
                sample(result.persons_choice_sample, i);
            }
        } else if (files && outcome.filed_by && *outcome.filed_by != position) {
            ++result.overruled;
            sample(result.overruled_sample, DryRun::Overruled{i, *outcome.filed_by});
        } else if (is_filed_alike(before, after)) {
            ++result.already_so;
        } else {
            ++result.changed;
            sample(result.changed_sample, i);
        }
    }
    return result;
}

std::vector<ledger::Transaction> apply_to_history(const RuleSet& rules,
                                                  std::span<const ledger::Transaction> transactions,
                                                  const AccountNames& names) {
    std::vector<ledger::Transaction> changed;
    KnownNames known(names);
    for (const ledger::Transaction& before : transactions) {
        const auto& name = known.of(before.account_id);
        const RuleOutcome outcome = rules.run(input_of(before, name.name, name.id));
        if (outcome.is_empty()) {
            continue;
        }
        ledger::Transaction after = changed_by(rules, outcome, before);
        if (!is_filed_alike(before, after)) {
            changed.push_back(std::move(after));
        }
    }
    return changed;
}

}  // namespace atlas::finance::rules
