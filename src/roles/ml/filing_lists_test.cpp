// SPDX-License-Identifier: Apache-2.0
// Goal: sets of ids and the queue of questions are what a plain set and a full sort say.
// Method: random changes from printed seeds, compared after each with the slow way.
#include "roles/ml/filing_lists.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.hpp"

namespace atlas::roles::ml {
namespace {

TransactionId id_of(std::uint64_t number) {
    Uuid uuid;
    for (int i = 0; i < 4; ++i) {
        uuid.bytes[static_cast<std::size_t>(15 - i)] = static_cast<std::byte>(number >> (8 * i));
    }
    return {uuid};
}

TEST(IdSet, IsASetWhateverTheOrderOfChanges) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random(seed);
        IdSet ids;
        std::set<TransactionId> slow;
        for (int step = 0; step < 4000; ++step) {
            const TransactionId id = id_of(random.below(700));
            if (random.chance(0.6)) {
                ids.insert(id);
                slow.insert(id);
            } else {
                ids.erase(id);
                slow.erase(id);
            }
            if (step % 97 == 0) {
                ASSERT_EQ(ids.ids(), (std::vector<TransactionId>{slow.begin(), slow.end()}))
                    << "seed " << seed << " step " << step;
            }
            if (step % 501 == 500) {
                const std::vector<TransactionId> taken = ids.take(10);
                ASSERT_EQ(taken.size(), std::min<std::size_t>(10, slow.size()));
                const auto first = std::prev(slow.end(), static_cast<std::ptrdiff_t>(taken.size()));
                ASSERT_EQ(taken, (std::vector<TransactionId>{first, slow.end()}));
                slow.erase(first, slow.end());
            }
        }
    }
}

TEST(IdSet, HoldsWhatItIsGivenOnce) {
    IdSet ids;
    ids.insert(id_of(9));
    ids.assign({id_of(3), id_of(1), id_of(3)});
    EXPECT_EQ(ids.ids(), (std::vector<TransactionId>{id_of(1), id_of(3)}));
    EXPECT_EQ(ids.take(5).size(), 2U);
    EXPECT_TRUE(ids.take(5).empty());
}

/// The queue as a full sort has it.
struct SlowQueue {
    std::map<TransactionId, std::pair<std::string, QuestionQueue::Question>> all;

    std::vector<std::pair<TransactionId, std::int64_t>> first(std::size_t limit) const {
        std::vector<std::pair<QuestionQueue::Question, std::string>> sorted;
        for (const auto& [id, kept] : all) {
            sorted.emplace_back(kept.second, kept.first);
        }
        std::sort(sorted.begin(), sorted.end(), [](const auto& left, const auto& right) {
            const auto key = [](const QuestionQueue::Question& question) {
                return std::tuple(question.is_put_off, -question.urgency, question.id);
            };
            return key(left.first) < key(right.first);
        });
        std::vector<std::pair<TransactionId, std::int64_t>> shown;
        std::map<std::string, std::size_t> at;
        for (const auto& [question, merchant] : sorted) {
            const auto known = at.find(merchant);
            if (!merchant.empty() && known != at.end()) {
                ++shown[known->second].second;
                continue;
            }
            at.emplace(merchant, shown.size());
            shown.emplace_back(question.id, 0);
        }
        shown.resize(std::min(limit, shown.size()));
        return shown;
    }
};

TEST(QuestionQueue, IsInTheOrderOfAFullSortAfterEveryChange) {
    const std::vector<std::string> merchants = {"", "tesco", "zorblax", "netflix", "shell"};
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random(seed);
        QuestionQueue queue;
        SlowQueue slow;
        for (int step = 0; step < 800; ++step) {
            const TransactionId id = id_of(random.below(60));
            const std::string& merchant = merchants[random.below(merchants.size())];
            // Few different urgencies, so that ties happen.
            const QuestionQueue::Question question{random.chance(0.1),
                                                   static_cast<double>(random.below(6)) / 4.0, id};
            const auto known = slow.all.find(id);
            if (random.chance(0.5)) {
                queue.insert(merchant, question);
                slow.all.insert_or_assign(id, std::pair(merchant, question));
            } else if (random.chance(0.3)) {
                queue.put_off(id);
                if (known != slow.all.end()) {
                    known->second.second.is_put_off = true;
                }
            } else {
                queue.erase(id);
                slow.all.erase(id);
            }
            const std::size_t limit = random.below(70);
            std::vector<std::pair<TransactionId, std::int64_t>> shown;
            for (const QuestionQueue::Shown& each : queue.first(limit)) {
                shown.emplace_back(each.id, each.alike);
            }
            ASSERT_EQ(shown, slow.first(limit)) << "seed " << seed << " step " << step;
            ASSERT_EQ(queue.size(), slow.all.size());
        }
        QuestionQueue again;
        for (const auto& [merchant, question] : queue.all()) {
            again.insert(merchant, question);
        }
        EXPECT_EQ(again.size(), queue.size());
        for (std::size_t i = 0; i < queue.first(100).size(); ++i) {
            EXPECT_EQ(again.first(100)[i].id, queue.first(100)[i].id);
            EXPECT_EQ(again.first(100)[i].alike, queue.first(100)[i].alike);
        }
    }
}

}  // namespace
}  // namespace atlas::roles::ml
