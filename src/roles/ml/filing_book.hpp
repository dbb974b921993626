// SPDX-License-Identifier: Apache-2.0
// What filing knows of one household, folded from the events of its ledger in their order: its
// transactions, rules, categories, and the memory its answers taught. Nothing else goes in, so a
// replay of the log gives the same book to the byte. Pure: no store, no clock, no thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "finance/ledger/account.hpp"
#include "finance/ledger/transaction.hpp"
#include "finance/rules/rule_set.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/evaluate.hpp"
#include "roles/ml/category_tree.hpp"

namespace atlas::roles::ml {

/// How a transaction would be filed now, and why.
struct Verdict {
    finance::ledger::Transaction after;  ///< With the category, tags, note and name it would get.
    learning::categorise::Filing filing;
};

class FilingBook {
public:
    /// Borrows the cascade. `taxonomy` is the text of taxonomy.tsv.
    FilingBook(const learning::categorise::Cascade& cascade, std::string_view taxonomy);

    std::int64_t sequence() const { return sequence_; }
    /// Folds the event numbered `sequence`. What was folded before changes nothing.
    /// Errors: conflict (a gap), data_loss (a payload that cannot be read).
    Result<void> apply(std::int64_t sequence, std::string_view type, std::string_view payload);

    struct Entry {
        finance::ledger::Transaction transaction;
        std::string merchant_key;
    };
    const std::unordered_map<TransactionId, Entry>& entries() const { return entries_; }
    const Entry* find(TransactionId id) const;
    /// Of this merchant, in no order; the key is not empty.
    const std::vector<TransactionId>& of_merchant(const std::string& key) const;

    /// Cost: a few µs and the rules.
    Verdict judge(const Entry& entry) const;
    /// Whether Atlas may file it: no person chose, it is no leg of a transfer, and it came without
    /// a category of its own.
    static bool is_open(const finance::ledger::Transaction& transaction);

    /// Transactions to be filed or filed again since the last call.
    std::vector<TransactionId> take_waiting();
    void wait_again(std::span<const TransactionId> ids) { waiting_.insert(ids.begin(), ids.end()); }

    /// What was answered so far, by date: what filing can be fitted to.
    std::vector<learning::categorise::LabelledRow> answered_rows() const;
    /// As shipped, or weighing evidence as was fitted to the household's own answers.
    const learning::categorise::Cascade& cascade() const {
        return own_ == nullptr ? *shipped_ : *own_;
    }

    const finance::rules::RuleSet& rules() const { return rules_; }
    const CategoryTree& categories() const { return categories_; }
    const learning::categorise::Memory& memory() const { return memory_; }
    const std::set<std::string, std::less<>>& rejected() const { return rejected_; }
    bool is_skipped(TransactionId id) const { return skipped_.contains(id); }
    std::string account_name(AccountId account) const;

private:
    struct AccountLook {
        std::string name;
        learning::categorise::AccountKind kind = learning::categorise::AccountKind::unknown;
    };
    void put(finance::ledger::Transaction transaction);
    void take_out(TransactionId id);
    void learn_difference(const finance::ledger::Transaction* before,
                          const finance::ledger::Transaction* after);
    void wait_for_merchant(const std::string& key);
    learning::categorise::CategoriseInput input_of(
        const finance::ledger::Transaction& transaction) const;
    Result<void> apply_decision(std::string_view type, std::string_view payload);
    Result<void> save_rule(std::string_view payload);
    Result<void> remove_rule(std::string_view payload);
    Result<void> take_fit(std::string_view payload);

    const learning::categorise::Cascade* shipped_;
    std::unique_ptr<learning::categorise::Cascade> own_;  ///< Null: as shipped.
    std::int64_t sequence_ = 0;
    std::unordered_map<TransactionId, Entry> entries_;
    std::unordered_map<std::string, std::vector<TransactionId>> by_merchant_;
    std::unordered_map<AccountId, AccountLook> accounts_;
    std::set<TransactionId> waiting_;
    std::unordered_set<TransactionId> skipped_;
    std::set<std::string, std::less<>> rejected_;
    finance::rules::RuleSet rules_;
    CategoryTree categories_;
    learning::categorise::Memory memory_;
};

}  // namespace atlas::roles::ml
