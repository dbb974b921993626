// SPDX-License-Identifier: Apache-2.0
// Goal: the house's features follow its ledger: after imports, corrections and undo, after a
// restart from the stored state, and as they were known before.
// Method: the sample household's statements imported through the front door; the vector of the
// running house against one replayed from the ledger's history; known_at before and after.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "app/demo.hpp"
#include "app/testing/books.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/ml/features.hpp"
#include "roles/optimiser/optimiser.hpp"

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

bool is_missing(const contracts::FeaturesValue& value, std::string_view name) {
    return std::ranges::find(value.missing, name) != value.missing.end();
}

/// Stored by ingest when this returns.
void send(House& house, const std::string& lines) {
    contracts::IngestEvents request;
    request.content = lines;
    std::promise<Result<contracts::EventsAccepted>> stored;
    house.ingest().submit(
        request, house.owner_context(),
        [&](Result<contracts::EventsAccepted> answer) { stored.set_value(std::move(answer)); });
    must(stored.get_future().get());
}

std::string rate_line(const std::string& name, const std::string& day, const std::string& value) {
    return format(
        R"({{"type":"RateObserved","payload":{{"occurred_at":"{}T16:00:00Z","kind":"interest",)"
        R"("name":"{}","value":"{}"}}}})"
        "\n",
        day, name, value);
}

TEST(HouseFeatures, DebtsAPersonGivesReachThem) {
    Books books;
    must(books.house().start());
    EXPECT_TRUE(is_missing(ask(books.house()), "debt.total"));
    contracts::DebtTermsValue terms;
    terms.name = "Anna";
    terms.balance = contracts::MoneyValue{"1200.00", "USD"};
    terms.apr = money::AnnualRate::parse("0.24").value();
    const auto first = must(books.house().optimiser().create_debt(terms, books.context()));
    terms.name = "Bank";
    terms.balance = contracts::MoneyValue{"300.00", "USD"};
    terms.apr = money::AnnualRate::parse("0.12").value();
    must(books.house().optimiser().create_debt(terms, books.context()));
    const contracts::FeaturesValue both = ask(books.house());
    EXPECT_EQ(*both.up_to_date, true);
    EXPECT_EQ(figure(both, "debt.total"), 1500);
    EXPECT_EQ(figure(both, "debt.open_count"), 2);
    EXPECT_NEAR(figure(both, "debt.highest_rate"), 0.24, 1e-12);
    EXPECT_NEAR(figure(both, "debt.weighted_rate"), (1200 * 0.24 + 300 * 0.12) / 1500, 1e-12);
    must(books.house().optimiser().delete_debt({first.id}, books.context()));
    const contracts::FeaturesValue one = ask(books.house());
    EXPECT_EQ(figure(one, "debt.total"), 300);
    EXPECT_EQ(ask(books.house(), {.as_of = one.as_of, .known_at = one.known_at}).values,
              one.values);
}

TEST(HouseFeatures, RatesSentInReachThemAndOutliveARestart) {
    Books books;
    must(books.house().start());
    const Date today = ask(books.house()).as_of;
    const std::string day = to_string(today.plus_days(-100));
    send(books.house(), rate_line("fed_funds", day, "0.0525") +
                            rate_line("mortgage", day, "0.065") +
                            rate_line("nobody_knows", day, "0.5"));
    send(books.house(), rate_line("fed_funds", to_string(today.plus_days(-1)), "0.05"));
    // The bus tells them when it comes to it.
    const auto wait_for_them = [&] {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        for (;;) {
            const auto value = ask(books.house());
            const bool has_come =
                !is_missing(value, "rate.policy") && figure(value, "rate.policy") == 0.05;
            if (has_come || std::chrono::steady_clock::now() > patience) {
                return;
            }
            std::this_thread::yield();
        }
    };
    wait_for_them();
    const contracts::FeaturesValue now = ask(books.house());
    EXPECT_EQ(figure(now, "rate.policy"), 0.05);
    EXPECT_NEAR(figure(now, "rate.policy_change.90d"), 0.05 - 0.0525, 1e-12);
    EXPECT_EQ(figure(now, "rate.mortgage"), 0.065);
    EXPECT_TRUE(is_missing(now, "rate.savings"));
    // As it was known before the last one came: the other is there, this one is not.
    const contracts::FeaturesValue replayed =
        ask(books.house(), {.as_of = now.as_of, .known_at = now.known_at});
    EXPECT_EQ(replayed.values, now.values);
    const contracts::FeaturesValue before =
        ask(books.house(), {.as_of = now.as_of, .known_at = Timestamp{now.known_at->micros - 1}});
    EXPECT_EQ(figure(before, "rate.policy"), 0.0525) << "a later fact in an earlier vector";
    books.close();
    books.open_and_start();
    wait_for_them();
    EXPECT_EQ(figure(ask(books.house()), "rate.policy"), 0.05);
}

TEST(HouseFeatures, WhatComesAgainIsFoundInTheLedger) {
    Books books;
    ASSERT_TRUE(must(add_demo_household(books.house(), sim::household::kDemoSeed)));
    must(books.house().start());
    const contracts::FeaturesValue now = ask(books.house());
    ASSERT_FALSE(is_missing(now, "recurring.count"));
    EXPECT_GE(figure(now, "recurring.count"), 3);
    EXPECT_GE(figure(now, "recurring.count"), figure(now, "recurring.subscriptions"));
    EXPECT_GT(figure(now, "recurring.monthly"), 0);
    // Not more than is spent, and what comes within a month is near a month's worth.
    EXPECT_LT(figure(now, "recurring.monthly"), figure(now, "spend.all.sum.90d") / 3 * 1.5);
    EXPECT_EQ(ask(books.house(), {.as_of = now.as_of, .known_at = now.known_at}).values,
              now.values);
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
