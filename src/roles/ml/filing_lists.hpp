// SPDX-License-Identifier: Apache-2.0
// What a FilingBook holds of transactions: ids, and a few bytes more to have them in the order in
// which they are wanted. Texts and amounts stay in the ledger. Pure.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "finance/ledger/transaction.hpp"

namespace atlas::roles::ml {

/// Values, each once, ascending, in blocks of a few hundred one after another.
/// Cost: what the values take, and half as much again where they come in no order; a change looks
/// through the blocks by halves and moves half of one.
template <class T>
class SortedBlocks {
public:
    bool is_empty() const { return blocks_.empty(); }
    std::size_t size() const { return size_; }
    const T& front() const { return blocks_.front().front(); }
    /// False where it is there already.
    bool insert(const T& value) {
        if (blocks_.empty()) {
            blocks_.push_back({value});
            ++size_;
            return true;
        }
        std::size_t at = block_of(value);
        auto place = std::lower_bound(blocks_[at].begin(), blocks_[at].end(), value);
        if (place != blocks_[at].end() && *place == value) {
            return false;
        }
        ++size_;
        if (blocks_[at].size() == kBlockMax) {
            const auto behind = blocks_.begin() + static_cast<std::ptrdiff_t>(at) + 1;
            if (place == blocks_[at].end()) {
                blocks_.insert(behind, {value});  // What comes in its order fills its blocks.
                return true;
            }
            const auto middle = blocks_[at].begin() + kBlockMax / 2;
            std::vector<T> upper(middle, blocks_[at].end());
            blocks_[at].erase(middle, blocks_[at].end());
            blocks_.insert(behind, std::move(upper));
            at = block_of(value);
            place = std::lower_bound(blocks_[at].begin(), blocks_[at].end(), value);
        }
        blocks_[at].insert(place, value);
        return true;
    }
    /// False where it is not there.
    bool erase(const T& value) {
        if (blocks_.empty()) {
            return false;
        }
        const auto block = blocks_.begin() + static_cast<std::ptrdiff_t>(block_of(value));
        const auto place = std::lower_bound(block->begin(), block->end(), value);
        if (place == block->end() || *place != value) {
            return false;
        }
        block->erase(place);
        if (block->empty()) {
            blocks_.erase(block);
        }
        --size_;
        return true;
    }
    /// Takes out at most `count`, the last ones.
    std::vector<T> take_last(std::size_t count) {
        std::vector<T> taken;
        while (taken.size() < count && !blocks_.empty()) {
            taken.push_back(blocks_.back().back());
            blocks_.back().pop_back();
            if (blocks_.back().empty()) {
                blocks_.pop_back();
            }
            --size_;
        }
        std::ranges::reverse(taken);
        return taken;
    }
    /// At most `count`, the first ones.
    std::vector<T> first(std::size_t count) const {
        std::vector<T> found;
        for (const std::vector<T>& block : blocks_) {
            const std::size_t wanted = std::min(count - found.size(), block.size());
            found.insert(found.end(), block.begin(),
                         block.begin() + static_cast<std::ptrdiff_t>(wanted));
            if (found.size() == count) {
                break;
            }
        }
        return found;
    }
    /// Calls `use` with each block.
    template <class Use>
    void each_block(Use use) const {
        for (const std::vector<T>& block : blocks_) {
            use(block);
        }
    }

private:
    static constexpr std::size_t kBlockMax = 256;

    /// The block that has it or would: the last one that begins at or before it, or the first.
    std::size_t block_of(const T& value) const {
        const auto next = std::upper_bound(
            blocks_.begin(), blocks_.end(), value,
            [](const T& left, const std::vector<T>& right) { return left < right.front(); });
        return next == blocks_.begin() ? 0 : static_cast<std::size_t>(next - blocks_.begin()) - 1;
    }

    std::vector<std::vector<T>> blocks_;  ///< None is empty.
    std::size_t size_ = 0;
};

/// Where a transaction lies in the ledger, as far as it tells itself: files are mostly in the order
/// of their days, and rows are written in that of their lines. What is filed together is read and
/// written together, and lies together then.
struct Place {
    std::int32_t day = 0;  ///< Since 1970.
    std::uint32_t line = 0;
    TransactionId id{};

    friend auto operator<=>(const Place&, const Place&) = default;
};
Place place_of(const finance::ledger::Transaction& transaction);

/// Others that one question names: those that are answered with it.
inline constexpr std::size_t kOthersMax = 200;
/// … and all questions of one look at the queue together.
inline constexpr std::size_t kOthersOfAllMax = 1000;

/// A transaction that waits for an answer; ascending is most urgent first, put off ones last.
class Question {
public:
    /// Millionths: sums do not depend on the order of their parts.
    static constexpr double kUrgencyUnit = 1e6;

    Question() = default;
    /// Beyond 0 to 2,000 an urgency is the nearest of these.
    Question(TransactionId id, double urgency, bool is_put_off);

    const TransactionId& id() const { return id_; }
    bool is_put_off() const { return (rank_ & kPutOff) != 0; }
    /// The urgency in its unit.
    std::int64_t weight() const { return kPutOff - 1 - (rank_ & (kPutOff - 1)); }
    Question put_off() const {
        Question later = *this;
        later.rank_ |= kPutOff;
        return later;
    }

    friend auto operator<=>(const Question&, const Question&) = default;

private:
    static constexpr std::uint32_t kPutOff = std::uint32_t{1} << 31U;

    std::uint32_t rank_ = 0;
    TransactionId id_{};
};
static_assert(sizeof(Question) == 20, "millions of them are held, and kept as they lie");

/// The review queue: what belongs together is one question, and weighs what its parts weigh
/// together. Heaviest first, put off ones last; of each question the most urgent part is shown.
class QuestionQueue {
public:
    struct Shown {
        TransactionId id{};
        std::int64_t alike = 0;  ///< Others that belong to it.
        /// Them, most urgent first; at most kOthersMax, and fewer where the list is long.
        std::vector<TransactionId> others{};
    };

    QuestionQueue() = default;
    QuestionQueue(const QuestionQueue&) = delete;
    QuestionQueue& operator=(const QuestionQueue&) = delete;

    /// `together`: what is the same for all that one answer serves. A transaction is in it once.
    void insert(std::string_view together, const Question& question);
    /// As it was put in. What is not there changes nothing.
    void erase(std::string_view together, const Question& question);
    /// With all that belong to it. Returns whom. Cost: a pass over the queue.
    std::vector<TransactionId> put_off(TransactionId id);
    /// Transactions.
    std::size_t size() const { return size_; }
    /// Questions, those that belong together counted once.
    std::size_t question_count() const { return heads_.size(); }
    /// Cost: a few hundred ns each, whatever the queue's length.
    std::vector<Shown> first(std::size_t limit) const;
    /// The first `limit` transactions in the order of the questions.
    std::vector<TransactionId> first_ids(std::size_t limit) const;
    /// Calls `use` with each `together` that begins with `prefix`, and its questions; ascending.
    template <class Use>
    void each_group(std::string_view prefix, Use use) const {
        for (auto it = groups_.lower_bound(prefix);
             it != groups_.end() && it->first.starts_with(prefix); ++it) {
            use(it->first, it->second.questions);
        }
    }

private:
    struct Group {
        SortedBlocks<Question> questions;
        std::int64_t weight = 0;
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
    static Head head_of(const Group& group);

    std::map<std::string, Group, std::less<>> groups_;  ///< None is empty.
    std::map<Head, const Group*> heads_;                ///< The first of each group.
    std::size_t size_ = 0;
};

}  // namespace atlas::roles::ml
