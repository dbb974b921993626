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

using Ids = SortedBlocks<TransactionId>;

std::vector<TransactionId> all_of(const Ids& ids) {
    std::vector<TransactionId> all;
    ids.each_block([&](const std::vector<TransactionId>& block) {
        EXPECT_FALSE(block.empty());
        all.insert(all.end(), block.begin(), block.end());
    });
    return all;
}

TEST(SortedBlocks, AreASetWhateverTheOrderOfChanges) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random(seed);
        Ids ids;
        std::set<TransactionId> slow;
        // Growing to several blocks, then shrinking to none.
        for (int step = 0; step < 12'000; ++step) {
            const TransactionId id = id_of(random.below(2500));
            if (random.chance(step < 6000 ? 0.7 : 0.2)) {
                ASSERT_EQ(ids.insert(id), slow.insert(id).second);
            } else {
                ASSERT_EQ(ids.erase(id), slow.erase(id) == 1);
            }
            ASSERT_EQ(ids.size(), slow.size());
            ASSERT_EQ(ids.is_empty(), slow.empty());
            if (step % 97 == 0 && !slow.empty()) {
                const std::vector<TransactionId> sorted(slow.begin(), slow.end());
                ASSERT_EQ(all_of(ids), sorted) << "seed " << seed << " step " << step;
                ASSERT_EQ(ids.front(), sorted.front());
                const std::size_t few = std::min<std::size_t>(random.below(900), sorted.size());
                ASSERT_EQ(ids.first(few),
                          (std::vector<TransactionId>(
                              sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(few))));
                ASSERT_EQ(ids.first(10'000), sorted);
            }
            if (step % 501 == 500) {
                const std::vector<TransactionId> taken = ids.take_last(300);
                ASSERT_EQ(taken.size(), std::min<std::size_t>(300, slow.size()));
                const auto first = std::prev(slow.end(), static_cast<std::ptrdiff_t>(taken.size()));
                ASSERT_EQ(taken, (std::vector<TransactionId>{first, slow.end()}));
                slow.erase(first, slow.end());
            }
        }
    }
}

TEST(SortedBlocks, WhatComesInItsOrderFillsItsBlocks) {
    Ids ids;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        ids.insert(id_of(i));
    }
    std::size_t blocks = 0;
    ids.each_block([&](const auto&) { ++blocks; });
    EXPECT_EQ(blocks, 40U);  // Of 256.
}

TEST(Place, IsInTheOrderOfDaysThenOfLines) {
    finance::ledger::Transaction transaction{
        .id = id_of(7),
        .account_id = {},
        .date = Date::parse("1970-01-03").value(),
        .posted_date = std::nullopt,
        .amount = money::Money::from_minor(1, money::Currency::parse("EUR").value()),
        .original_amount = std::nullopt,
        .description = {},
        .merchant = std::nullopt,
        .status = finance::ledger::TransactionStatus::posted,
        .splits = {},
        .transfer_id = std::nullopt,
        .filed = {},
        .source = {{}, {}, 12, 1},
        .bank_id = std::nullopt,
        .fingerprint = {},
        .occurrence = 0};
    EXPECT_EQ(place_of(transaction), (Place{2, 12, id_of(7)}));
    transaction.source.line = std::int64_t{1} << 40;
    EXPECT_EQ(place_of(transaction).line, 0xFFFFFFFFU);
    transaction.source.line = -1;
    EXPECT_EQ(place_of(transaction).line, 0U);
    EXPECT_LT((Place{2, 12, id_of(7)}), (Place{2, 13, id_of(1)}));
    EXPECT_LT((Place{2, 13, id_of(7)}), (Place{3, 1, id_of(1)}));
}

TEST(Question, TheUrgentComesFirstAndWhatIsPutOffLast) {
    const Question one(id_of(1), 2.5, false);
    EXPECT_EQ(one.weight(), 2'500'000);
    EXPECT_FALSE(one.is_put_off());
    EXPECT_TRUE(one.put_off().is_put_off());
    EXPECT_EQ(one.put_off(), Question(id_of(1), 2.5, true));
    EXPECT_EQ(one.put_off().weight(), one.weight());
    EXPECT_LT(one, Question(id_of(0), 2.4, false));
    EXPECT_LT(one, Question(id_of(2), 2.5, false));
    EXPECT_LT(one, Question(id_of(0), 99.0, true));
    EXPECT_EQ(Question(id_of(1), -1.0, false).weight(), 0);
    EXPECT_EQ(Question(id_of(1), 1e300, true).weight(), 0x7FFFFFFF);
    EXPECT_TRUE(Question(id_of(1), 1e300, true).is_put_off());
}

/// The queue as a full sort has it.
struct SlowQueue {
    struct Urgent {
        bool is_put_off = false;
        double urgency = 0.0;
        TransactionId id{};
    };
    std::map<TransactionId, std::pair<std::string, Urgent>> all;

    std::vector<std::pair<TransactionId, std::int64_t>> first(std::size_t limit) const {
        std::vector<std::pair<Urgent, std::string>> sorted;
        for (const auto& [id, kept] : all) {
            sorted.emplace_back(kept.second, kept.first);
        }
        std::sort(sorted.begin(), sorted.end(), [](const auto& left, const auto& right) {
            const auto key = [](const Urgent& question) {
                return std::tuple(question.is_put_off, -question.urgency, question.id);
            };
            return key(left.first) < key(right.first);
        });
        struct Heavy {
            Urgent first;
            std::int64_t weight = 0;
            std::int64_t alike = -1;
        };
        std::vector<Heavy> heavy;
        std::map<std::string, std::size_t> at;
        for (const auto& [question, together] : sorted) {
            const auto known = at.find(together);
            const bool is_new = known == at.end();
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

Question as_kept(const SlowQueue::Urgent& question) {
    return {question.id, question.urgency, question.is_put_off};
}

TEST(QuestionQueue, IsInTheOrderOfAFullSortAfterEveryChange) {
    const std::vector<std::string> merchants = {"", "tesco", "tesco express", "netflix", "shell"};
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random(seed);
        QuestionQueue queue;
        SlowQueue slow;
        for (int step = 0; step < 800; ++step) {
            const TransactionId id = id_of(random.below(60));
            const std::string& merchant = merchants[random.below(merchants.size())];
            // Few different urgencies, so that ties happen.
            const SlowQueue::Urgent question{random.chance(0.1),
                                             static_cast<double>(random.below(6)) / 4.0, id};
            const auto known = slow.all.find(id);
            const auto erase = [&] {
                if (known != slow.all.end()) {
                    queue.erase(known->second.first, as_kept(known->second.second));
                } else {
                    queue.erase(merchant, as_kept(question));
                }
            };
            if (random.chance(0.5)) {
                erase();
                queue.insert(merchant, as_kept(question));
                slow.all.insert_or_assign(id, std::pair(merchant, question));
            } else if (random.chance(0.3)) {
                std::set<TransactionId> together;
                for (auto& [other, kept] : slow.all) {
                    if (known != slow.all.end() && kept.first == known->second.first) {
                        kept.second.is_put_off = true;
                        together.insert(other);
                    }
                }
                const std::vector<TransactionId> put_off = queue.put_off(id);
                ASSERT_EQ(std::set<TransactionId>(put_off.begin(), put_off.end()), together);
            } else {
                erase();
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
        queue.each_group({}, [&](const std::string& merchant, const auto& questions) {
            questions.each_block([&](const std::vector<Question>& block) {
                for (const Question& question : block) {
                    again.insert(merchant, question);
                }
            });
        });
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
        queue.insert(format("shop{}", shop), {id_of(i), urgency, false});
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

TEST(QuestionQueue, TellsTheGroupsThatBeginAlike) {
    QuestionQueue queue;
    std::uint64_t number = 0;
    for (const char* name : {"a", "shop+", "shop-", "shoq", "sho"}) {
        queue.insert(name, {id_of(++number), 1.0, false});
    }
    std::vector<std::string> told;
    queue.each_group("shop", [&](const std::string& together, const auto& questions) {
        told.push_back(together);
        EXPECT_EQ(questions.size(), 1U);
    });
    EXPECT_EQ(told, (std::vector<std::string>{"shop+", "shop-"}));
    // What was never put in, or with another urgency, is not there to be taken out.
    queue.erase("shop+", {id_of(2), 2.0, false});
    queue.erase("shop+", {id_of(3), 1.0, false});
    queue.erase("nobody", {id_of(2), 1.0, false});
    EXPECT_EQ(queue.size(), 5U);
    queue.insert("a", {id_of(1), 1.0, false});
    EXPECT_EQ(queue.size(), 5U);
    queue.erase("shop+", {id_of(2), 1.0, false});
    EXPECT_EQ(queue.question_count(), 4U);
}

}  // namespace
}  // namespace atlas::roles::ml
