// SPDX-License-Identifier: Apache-2.0
// Goal: sets of ids and the queue of questions are what a plain set and a full sort say.
// Method: random changes from printed seeds, compared after each with the slow way.
#include "roles/ml/filing_lists.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/format.hpp"
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
        struct Heavy {
            QuestionQueue::Question first;
            std::int64_t weight = 0;
            std::int64_t alike = -1;
        };
        std::vector<Heavy> heavy;
        std::map<std::string, std::size_t> at;
        for (const auto& [question, together] : sorted) {
            const auto known = at.find(together);
            const bool is_new = together.empty() || known == at.end();
            if (is_new) {
                at[together] = heavy.size();
                heavy.push_back({question});
            }
            Heavy& one = is_new ? heavy.back() : heavy[known->second];
            one.weight += std::llround(question.urgency * 1e6);
            ++one.alike;
        }
        std::sort(heavy.begin(), heavy.end(), [](const Heavy& left, const Heavy& right) {
            const auto key = [](const Heavy& one) {
                return std::tuple(one.first.is_put_off, -one.weight, one.first.id);
            };
            return key(left) < key(right);
        });
        std::vector<std::pair<TransactionId, std::int64_t>> shown;
        for (std::size_t i = 0; i < std::min(limit, heavy.size()); ++i) {
            shown.emplace_back(heavy[i].first.id, heavy[i].alike);
        }
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
                std::set<TransactionId> together;
                for (auto& [other, kept] : slow.all) {
                    if (known != slow.all.end() &&
                        (other == id ||
                         (!kept.first.empty() && kept.first == known->second.first))) {
                        kept.second.is_put_off = true;
                        together.insert(other);
                    }
                }
                const std::vector<TransactionId> put_off = queue.put_off(id);
                ASSERT_EQ(std::set<TransactionId>(put_off.begin(), put_off.end()), together);
            } else {
                queue.erase(id);
                slow.all.erase(id);
            }
            const std::size_t limit = random.below(70);
            std::vector<std::pair<TransactionId, std::int64_t>> shown;
            for (const QuestionQueue::Shown& each : queue.first(limit)) {
                shown.emplace_back(each.id, each.alike);
                ASSERT_EQ(each.others.size(), static_cast<std::size_t>(each.alike));
            }
            ASSERT_EQ(queue.first(1000).size(), queue.question_count());
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

TEST(QuestionQueue, NamesOthersAsFarAsTheyMayBeAnsweredAtOnce) {
    QuestionQueue queue;
    for (std::uint64_t i = 0; i < 1500; ++i) {
        // Seven questions, the first of them with more than one answer serves.
        const std::uint64_t shop = i < 300 ? 0 : 1 + i % 6;
        const double urgency = shop == 0 ? 9.0 : 1.0 / static_cast<double>(shop);
        queue.insert(format("shop{}", shop), {false, urgency, id_of(i)});
    }
    const auto shown = queue.first(500);
    ASSERT_EQ(shown.size(), 7U);
    EXPECT_EQ(shown[0].alike, 299);
    std::size_t named = 0;
    std::set<TransactionId> all;
    for (const QuestionQueue::Shown& each : shown) {
        named += each.others.size();
        all.insert(each.id);
        all.insert(each.others.begin(), each.others.end());
    }
    EXPECT_EQ(shown[0].others.size(), kOthersMax);
    EXPECT_EQ(shown[4].others.size(), 199U);
    EXPECT_EQ(shown[5].others.size(), kOthersOfAllMax - kOthersMax - 4 * 199);
    EXPECT_TRUE(shown[6].others.empty());
    EXPECT_EQ(named, kOthersOfAllMax);
    EXPECT_EQ(all.size(), 7 + kOthersOfAllMax);  // Nobody twice, none its own other.
    const std::vector<TransactionId> first = queue.first_ids(310);
    ASSERT_EQ(first.size(), 310U);
    EXPECT_EQ(first[0], id_of(0));
    EXPECT_EQ(first[299], id_of(299));
    EXPECT_EQ(first[300], shown[1].id);
}

}  // namespace
}  // namespace atlas::roles::ml
