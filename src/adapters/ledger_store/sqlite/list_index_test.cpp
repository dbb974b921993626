// SPDX-License-Identifier: Apache-2.0
// Goal: a search marks exactly the texts that hold its words, when texts came in between too.
// Method: seeded pools of short strings over few letters, beside looking into each string by
// itself.
#include "adapters/ledger_store/sqlite/list_index.hpp"

#include <set>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

std::string random_text(Random& random, std::size_t size_max) {
    std::string text(random.below(size_max + 1), ' ');
    for (char& c : text) {
        c = "abc "[random.below(4)];
    }
    return text;
}

TEST(StringPool, MarksTheStringsThatHoldAWord) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Random random(seed);
        StringPool pool;
        std::vector<std::uint32_t> masks;
        std::vector<std::string> words{"", "a", "bc", std::string("a\0b", 3), "abcabc"};
        words.push_back(random_text(random, 4));
        for (int round = 0; round < 5; ++round) {
            const std::size_t first = masks.size();
            for (std::size_t i = random.below(200); i > 0; --i) {
                pool.number_of(random_text(random, random.chance(0.1) ? 40 : 6));
            }
            masks.resize(pool.size());
            for (std::size_t i = 0; i < words.size(); ++i) {
                pool.mark(words[i], std::uint32_t{1} << i, first, masks);
            }
            for (std::uint32_t number = 0; number < pool.size(); ++number) {
                std::uint32_t wanted = 0;
                for (std::size_t i = 0; i < words.size(); ++i) {
                    const bool is_in = pool.text(number).find(words[i]) != std::string_view::npos;
                    wanted |= is_in ? std::uint32_t{1} << i : 0U;
                }
                ASSERT_EQ(masks[number], wanted)
                    << "seed " << seed << ", \"" << pool.text(number) << "\"";
            }
        }
    }
}

ListedTransaction listed(int number, std::string text) {
    ListedTransaction listed;
    listed.text = std::move(text);
    listed.row.row = number;
    listed.row.day = number / 3;
    listed.row.id.uuid.bytes[0] = static_cast<std::byte>(number);
    listed.row.amount_minor = number;
    return listed;
}

std::vector<std::int64_t> rows_with(ListIndex& index, const std::string& words) {
    ports::TransactionQuery query;
    query.text = words;
    query.limit = 500;
    return index.find(query, std::nullopt).rows;
}

TEST(ListIndex, ASearchAgainSeesWhatCameInBetween) {
    ListIndex index;
    index.set_account({}, money::Currency::parse("USD").value());
    index.append(listed(1, "tesco express"));
    index.append(listed(2, "lidl"));
    index.settle();
    EXPECT_EQ(rows_with(index, "Tesco"), (std::vector<std::int64_t>{1}));
    index.change({listed(3, "a new tesco"), listed(4, "lidl")}, {});
    EXPECT_EQ(rows_with(index, "Tesco"), (std::vector<std::int64_t>{3, 1}));
    EXPECT_EQ(rows_with(index, "LIDL"), (std::vector<std::int64_t>{4, 2}));
    EXPECT_EQ(rows_with(index, "tesco new"), (std::vector<std::int64_t>{3}));
    // A text of one that stays; and an amount, which is no text.
    index.change({listed(2, "tesco petrol")}, {});
    EXPECT_EQ(rows_with(index, "tesco new"), (std::vector<std::int64_t>{3}));
    EXPECT_EQ(rows_with(index, "Tesco"), (std::vector<std::int64_t>{3, 2, 1}));
    EXPECT_EQ(rows_with(index, "tesco >0.02"), (std::vector<std::int64_t>{3}));
    EXPECT_EQ(rows_with(index, ">0.02 tesco"), (std::vector<std::int64_t>{3}));
    // An accent alone says nothing.
    EXPECT_EQ(rows_with(index, "\xCC\x81"), (std::vector<std::int64_t>{4, 3, 2, 1}));
    index.change({}, {3});
    EXPECT_EQ(rows_with(index, "tesco"), (std::vector<std::int64_t>{2, 1}));
}

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
