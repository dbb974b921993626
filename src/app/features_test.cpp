// SPDX-License-Identifier: Apache-2.0
// Goal: the house's features follow its ledger: after imports, corrections and undo, after a
// restart from the stored state, and as they were known before.
// Method: the sample household's statements imported through the front door; the vector of the
// running house against one replayed from the ledger's history; known_at before and after.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/demo.hpp"
#include "app/testing/books.hpp"

namespace atlas::app {
namespace {

using testing::Books;
using testing::must;

template <class Request, class Response>
Response call(House& house, const contracts::Route<Request, Response>& route, Request request) {
    ports::CallContext context = house.owner_context();
    context.deadline = Deadline::after(house.clock(), std::chrono::seconds(20));
    Response value;
    ports::call<Request, Response>(house.table(), route, std::move(request), context,
                                   [&](Result<std::shared_ptr<const Response>> answer) {
                                       ASSERT_TRUE(answer.has_value()) << to_string(answer.error());
                                       value = **answer;
                                   });
    return value;
}

contracts::FeaturesValue ask(House& house, const contracts::GetFeatures& request = {}) {
    return call(house, contracts::get_features, request);
}

double figure(const contracts::FeaturesValue& value, std::string_view name) {
    for (const auto& [key, number] : value.values) {
        if (key == name) {
            return number;
        }
    }
    ADD_FAILURE() << "there is no " << name;
    return 0;
}

TEST(HouseFeatures, FollowTheLedgerAndComeBackAfterARestart) {
    Books books;
    ASSERT_TRUE(must(add_demo_household(books.house(), sim::household::kDemoSeed)));
    must(books.house().start());
    const contracts::FeaturesValue now = ask(books.house());
    EXPECT_EQ(*now.up_to_date, true);
    EXPECT_EQ(*now.as_of_sequence,
              must(books.house().ledger().sequence(books.house().household())));
    EXPECT_GT(figure(now, "quality.transactions.365d"), 300);
    // The same from the ledger's history alone, by the same knowledge.
    const contracts::FeaturesValue replayed =
        ask(books.house(), {.as_of = now.as_of, .known_at = now.known_at});
    EXPECT_EQ(replayed.values, now.values);
    EXPECT_EQ(replayed.missing, now.missing);
    // Nothing was known before the import.
    const contracts::FeaturesValue before =
        ask(books.house(), {.as_of = Date::create(2026, 10, 31).value(), .known_at = Timestamp{0}});
    EXPECT_EQ(figure(before, "quality.transactions.365d"), 0);
    EXPECT_GT(before.missing.size(), 500U);

    books.close();
    books.open_and_start();
    const contracts::FeaturesValue again = ask(books.house());
    EXPECT_EQ(again.as_of_sequence, now.as_of_sequence);
    if (again.as_of == now.as_of) {  // Unless midnight passed.
        EXPECT_EQ(again.values, now.values);
    }

    // Five years of history: what transactions can give, they give.
    const contracts::FeatureQuality quality =
        call(books.house(), contracts::get_feature_quality, {.days = 30});
    EXPECT_LT(quality.missing_share, 0.01);
    EXPECT_EQ(quality.sequences_behind, 0);
    EXPECT_EQ(quality.items.size(), now.values.size());
    for (const auto& row : quality.items) {
        EXPECT_LE(row.lowest, row.mean + 1e-9 * std::abs(row.mean)) << row.name;
        EXPECT_GE(row.highest + 1e-9 * std::abs(row.highest), row.mean) << row.name;
    }
}

}  // namespace
}  // namespace atlas::app
