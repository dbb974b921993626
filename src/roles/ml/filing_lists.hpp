// SPDX-License-Identifier: Apache-2.0
// What a FilingBook holds of transactions: ids, sixteen bytes each, and the questions of the review
// queue in its order. Texts and amounts stay in the ledger. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.hpp"

namespace atlas::roles::ml {

/// Ids, each once, as a sorted array: changes are noted, and laid into it when they are many.
/// Cost: 16 bytes an id; a change about 0.1 µs, by and large.
class IdSet {
public:
    void insert(TransactionId id) { note(id, true); }
    void erase(TransactionId id) { note(id, false); }
    /// Ascending.
    const std::vector<TransactionId>& ids();
    /// Takes out at most `count` of them, the last ones, ascending.
    std::vector<TransactionId> take(std::size_t count);
    void assign(std::vector<TransactionId> ids);

private:
    void note(TransactionId id, bool is_in);
    void settle();

    std::vector<TransactionId> ids_;                     ///< Sorted.
    std::vector<std::pair<TransactionId, bool>> noted_;  ///< In the order they came.
};

/// The review queue: most urgent first, put off ones last; of a merchant the first alone is shown.
class QuestionQueue {
public:
    struct Question {
        bool is_put_off = false;
        double urgency = 0.0;
        TransactionId id{};

        friend bool operator<(const Question& left, const Question& right) {
            if (left.is_put_off != right.is_put_off) {
                return right.is_put_off;
            }
            return left.urgency != right.urgency ? left.urgency > right.urgency
                                                 : left.id < right.id;
        }
    };
    struct Shown {
        TransactionId id{};
        std::int64_t alike = 0;  ///< Others of the same merchant.
    };
    struct Kept {
        std::string merchant;
        Question question;
    };

    QuestionQueue() = default;
    QuestionQueue(const QuestionQueue&) = delete;
    QuestionQueue& operator=(const QuestionQueue&) = delete;

    /// `merchant`: empty where nobody is named; then it stands alone. Replaces the one of this id.
    void insert(std::string_view merchant, const Question& question);
    void erase(TransactionId id);
    void put_off(TransactionId id);
    std::size_t size() const { return places_.size(); }
    /// Cost: a few hundred ns each, whatever the queue's length.
    std::vector<Shown> first(std::size_t limit) const;
    /// All, by merchant and in their order.
    std::vector<Kept> all() const;

private:
    using Group = std::set<Question>;
    struct Place {
        Question question;
        Group* group = nullptr;  ///< Null: stands alone.
        const std::string* merchant = nullptr;
    };

    std::map<std::string, Group, std::less<>> groups_;
    std::map<Question, const Group*> heads_;  ///< The first of each group, and the lone ones.
    std::unordered_map<TransactionId, Place> places_;
};

}  // namespace atlas::roles::ml
