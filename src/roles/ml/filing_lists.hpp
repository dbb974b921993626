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

/// Others that one question names: those that are answered with it.
inline constexpr std::size_t kOthersMax = 200;
/// … and all questions of one look at the queue together.
inline constexpr std::size_t kOthersOfAllMax = 1000;

/// The review queue: what belongs together is one question, and weighs what its parts weigh
/// together. Heaviest first, put off ones last; of each question the most urgent part is shown.
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
        std::int64_t alike = 0;  ///< Others that belong to it.
        /// Them, most urgent first; at most kOthersMax, and fewer where the list is long.
        std::vector<TransactionId> others{};
    };
    struct Kept {
        std::string together;
        Question question;
    };

    QuestionQueue() = default;
    QuestionQueue(const QuestionQueue&) = delete;
    QuestionQueue& operator=(const QuestionQueue&) = delete;

    /// `together`: what is the same for all that one answer serves; empty: it stands alone.
    /// Replaces the one of this id.
    void insert(std::string_view together, const Question& question);
    void erase(TransactionId id);
    /// With all that belong to it. Returns whom.
    std::vector<TransactionId> put_off(TransactionId id);
    /// Transactions.
    std::size_t size() const { return places_.size(); }
    /// Questions, those that belong together counted once.
    std::size_t question_count() const { return heads_.size(); }
    /// Cost: a few hundred ns each, whatever the queue's length.
    std::vector<Shown> first(std::size_t limit) const;
    /// The first `limit` transactions in the order of the questions.
    std::vector<TransactionId> first_ids(std::size_t limit) const;
    /// All, by what they belong to and in their order.
    std::vector<Kept> all() const;

private:
    /// Of an urgency in millionths: sums do not depend on the order of their parts.
    static std::int64_t weight_of(const Question& question);

    struct Group {
        std::set<Question> questions;
        std::int64_t weight = 0;
    };
    struct Place {
        Question question;
        Group* group = nullptr;  ///< Null: stands alone.
        const std::string* together = nullptr;
    };
    struct Head {
        bool is_put_off = false;
        std::int64_t weight = 0;
        TransactionId id{};

        friend bool operator<(const Head& left, const Head& right) {
            if (left.is_put_off != right.is_put_off) {
                return right.is_put_off;
            }
            return left.weight != right.weight ? left.weight > right.weight : left.id < right.id;
        }
    };
    static Head head_of(const Question& question);
    static Head head_of(const Group& group);

    std::map<std::string, Group, std::less<>> groups_;
    std::map<Head, const Group*> heads_;  ///< The first of each group, and the lone ones.
    std::unordered_map<TransactionId, Place> places_;
};

}  // namespace atlas::roles::ml
