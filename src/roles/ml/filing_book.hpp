// SPDX-License-Identifier: Apache-2.0
// What filing knows of one household, folded from the events of its ledger in their order: its
// rules, categories, the memory its answers taught, which transactions wait and which are asked
// about. Of a transaction it holds the id at most; its text is in the ledger. Nothing else goes in,
// so a replay of the log gives the same book to the byte, and one saved goes on as if it had been
// folded. Pure: no store, no clock, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/little_endian.hpp"
#include "base/result.hpp"
#include "finance/ledger/account.hpp"
#include "finance/ledger/transaction.hpp"
#include "finance/rules/rule_set.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/evaluate.hpp"
#include "roles/ml/category_tree.hpp"
#include "roles/ml/filing_lists.hpp"

namespace atlas::roles::ml {

/// How a transaction would be filed now, and why.
struct Verdict {
    finance::ledger::Transaction after;  ///< With the category, tags, note and name it would get.
    learning::categorise::Filing filing;
};

/// Takes the next bytes of a book.
using BookSink = std::function<Result<void>(std::string_view)>;

class FilingBook {
public:
    /// Borrows the cascade. `taxonomy` is the text of taxonomy.tsv.
    FilingBook(const learning::categorise::Cascade& cascade, std::string_view taxonomy);

    std::int64_t sequence() const { return sequence_; }
    /// Folds the event numbered `sequence`. What was folded before changes nothing.
    /// Errors: conflict (a gap), data_loss (a payload that cannot be read).
    Result<void> apply(std::int64_t sequence, std::string_view type, std::string_view payload);
    /// As apply() of a TransactionChanged that the caller wrote itself and has at hand. `sequence`
    /// is the next one.
    void apply_change(std::int64_t sequence, const finance::ledger::Transaction& before,
                      const finance::ledger::Transaction& after);

    /// Cost: a few µs and the rules.
    Verdict judge(const finance::ledger::Transaction& transaction) const;
    /// Whether Atlas may file it: no person chose, it is no leg of a transfer, and it came without
    /// a category of its own.
    static bool is_open(const finance::ledger::Transaction& transaction);
    /// Open, and filed by memory or not at all: looked at again when memory changes.
    static bool is_unsure(const finance::ledger::Transaction& transaction);
    /// Nothing was sure enough, or only the parent was.
    bool is_question(const finance::ledger::Transaction& transaction) const;
    /// Filed by Atlas, and asked about all the same: chance, by its id.
    bool is_check(const finance::ledger::Transaction& transaction) const;
    /// Either: it stands in the queue.
    bool is_asked(const finance::ledger::Transaction& transaction) const {
        return is_question(transaction) || is_check(transaction);
    }

    /// Transactions to be filed or filed again.
    struct Waiting {
        std::vector<Place> places{};
        bool only_unsure = false;  ///< Those that are sure by now are left alone.

        std::vector<TransactionId> ids() const;
    };
    /// Whether a transaction that was taken out is still to be looked at.
    bool is_due(const finance::ledger::Transaction& transaction, const Waiting& taken) const {
        return taken.only_unsure ? is_unsure(transaction) || is_question(transaction)
                                 : is_open(transaction);
    }
    /// Takes out at most `count`, the latest of them, ascending. Until finish() they are saved as
    /// waiting.
    Waiting take_waiting(std::size_t count);
    void finish(const Waiting& taken);
    void give_back(const Waiting& taken);

    /// What is asked, in the order of the queue.
    std::vector<QuestionQueue::Shown> questions(std::size_t limit) const {
        return questions_.first(limit);
    }
    /// Transactions that wait for an answer.
    std::int64_t asked_count() const { return static_cast<std::int64_t>(questions_.size()); }
    /// Questions: what one answer serves is one.
    std::int64_t question_count() const {
        return static_cast<std::int64_t>(questions_.question_count());
    }
    /// Open ones that nobody has to be asked about.
    std::int64_t filed_count() const { return open_ - asked_count(); }
    /// Transactions of a merchant; the key is not empty.
    std::int64_t merchant_count(std::string_view key) const;
    /// Splits by category.
    const std::map<std::string, std::int64_t, std::less<>>& category_counts() const {
        return category_counts_;
    }
    /// Ids held: what a saved book grows with.
    std::int64_t held() const { return open_; }

    /// What an answered transaction teaches; nothing of one that nobody answered.
    std::optional<learning::categorise::LabelledRow> answered_row(
        const finance::ledger::Transaction& transaction) const;

    /// The whole book, piece by piece. Errors: those of the sink. Cost: linear in held().
    Result<void> save(const BookSink& sink) const;
    /// Errors: data_loss (not what save() wrote, or under another cascade's categories).
    static Result<std::unique_ptr<FilingBook>> load(const learning::categorise::Cascade& cascade,
                                                    std::string_view taxonomy,
                                                    std::string_view bytes);

    /// As shipped, or weighing evidence as was fitted to the household's own answers.
    const learning::categorise::Cascade& cascade() const {
        return own_ == nullptr ? *shipped_ : *own_;
    }

    const finance::rules::RuleSet& rules() const { return rules_; }
    const CategoryTree& categories() const { return categories_; }
    const learning::categorise::Memory& memory() const { return memory_; }
    const std::set<std::string, std::less<>>& rejected() const { return rejected_; }
    std::string account_name(AccountId account) const;
    std::map<AccountId, std::string> account_names() const;

private:
    struct AccountLook {
        std::string name;
        learning::categorise::AccountKind kind = learning::categorise::AccountKind::unknown;
    };
    struct Merchant {
        std::int64_t transactions = 0;
        SortedBlocks<TransactionId> unsure;  ///< Those that are no questions.
    };
    std::string key_of(const finance::ledger::Transaction& transaction) const;
    /// What is the same for all that one answer serves: merchant, direction and currency; where
    /// nobody is named, the account, the text and the very amount.
    static std::string together_of(const finance::ledger::Transaction& transaction,
                                   const std::string& key);
    /// The same for what is filed and asked about all the same: how it is filed belongs to it.
    static std::string checked_of(const finance::ledger::Transaction& transaction,
                                  const std::string& key);
    Question question_of(const finance::ledger::Transaction& transaction) const;
    void put(const finance::ledger::Transaction& transaction, const std::string& key);
    void take_out(const finance::ledger::Transaction& transaction, const std::string& key);
    void change(const finance::ledger::Transaction& before,
                const finance::ledger::Transaction& after);
    void skip(TransactionId id);
    void look_again();
    Result<void> read_lists(ByteReader& in);
    Result<void> read_rules(ByteReader& in);
    void learn_difference(const finance::ledger::Transaction* before,
                          const finance::ledger::Transaction* after);
    learning::categorise::CategoriseInput input_of(
        const finance::ledger::Transaction& transaction) const;
    Result<void> apply_decision(std::string_view type, std::string_view payload);
    Result<void> save_rule(std::string_view payload);
    Result<void> remove_rule(std::string_view payload);
    Result<void> take_fit(std::string_view payload);

    const learning::categorise::Cascade* shipped_;
    std::unique_ptr<learning::categorise::Cascade> own_;  ///< Null: as shipped.
    std::int64_t sequence_ = 0;
    std::map<std::string, Merchant, std::less<>> merchants_;
    std::map<std::string, std::int64_t, std::less<>> category_counts_;
    std::int64_t open_ = 0;
    QuestionQueue questions_;
    std::map<AccountId, AccountLook> accounts_;
    /// By Waiting::only_unsure.
    std::array<SortedBlocks<Place>, 2> waiting_;
    std::array<SortedBlocks<Place>, 2> taken_;
    std::set<std::string, std::less<>> waiting_merchants_;  ///< Not yet in waiting_.
    bool is_answered_ = false;  ///< A person answered: questions are looked at again.
    std::set<TransactionId> skipped_;
    std::set<std::string, std::less<>> rejected_;
    finance::rules::RuleSet rules_;
    CategoryTree categories_;
    learning::categorise::Memory memory_;
};

}  // namespace atlas::roles::ml
