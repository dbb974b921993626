// SPDX-License-Identifier: Apache-2.0
// A server that is ended while its followers read a ledger that came behind their backs, and what a
// household sees afterwards beside one whose server was left alone.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "contracts/codec/json.hpp"
#include "roles/ml/features.hpp"
#include "serving/http_client.hpp"
#include "tests/support/books.hpp"

namespace atlas::system_test {

/// All that a page shows of what followers made.
struct Seen {
    std::map<TransactionId, finance::ledger::Transaction> transactions;
    std::vector<double> features;
    std::string reviews;
    std::string totals;
    ports::Sequence sequence = 0;
};

/// Opens the house in `folder`, lets its followers come to rest, and looks.
inline Seen look_at_rest(const std::string& folder) {
    using app::testing::must;
    const auto opened = app::House::open(folder);
    EXPECT_TRUE(opened.has_value()) << to_string(opened.error());
    app::House& house = **opened;
    must(house.start());
    Seen seen;
    const HouseholdId home = house.household();
    const Deadline patience = Deadline::after(house.clock(), std::chrono::seconds(60));
    seen.sequence = must(house.ledger().sequence(home));
    EXPECT_TRUE(house.filer().wait_for(home, seen.sequence, patience));
    EXPECT_TRUE(house.features().wait_for(home, seen.sequence, patience));
    ports::TransactionQuery query;
    query.limit = ports::kTransactionsPageMax;
    do {
        auto page = must(house.ledger().transactions(home, query));
        for (auto& transaction : page.items) {
            const TransactionId id = transaction.id;
            seen.transactions.emplace(id, std::move(transaction));
        }
        query.cursor = page.next_cursor;
    } while (!query.cursor.empty());
    const auto vector = house.features().current(home, *Date::create(2026, 12, 31)).vector;
    seen.features.assign(vector.values.begin(), vector.values.end());
    ports::CallContext context = house.owner_context();
    context.deadline = patience;
    seen.reviews = contracts::encode(must(house.filer().list_reviews({}, context)));
    auto totals = must(house.engine().get_monthly_totals({}, context));
    while (!totals.up_to_date && !patience.has_passed(house.clock())) {
        totals = must(house.engine().get_monthly_totals({}, context));  // Waits a while itself.
    }
    EXPECT_TRUE(totals.up_to_date);
    seen.totals = contracts::encode(totals);
    return seen;
}

/// A year of shops, some known, some to be asked about.
inline void import_year(const Workplace& workplace, int rows) {
    constexpr std::array kShops{"TESCO STORES", "NETFLIX.COM",  "ZORBLAX EMPORIUM", "SHELL",
                                "LIDL",         "PAYROLL ACME", "QUUX TRADING",     "STARBUCKS"};
    Random random(20261123);
    std::vector<app::testing::OfxRow> told;
    for (int i = 0; i < rows; ++i) {
        const std::int64_t cents = random.between(100, 20'000);
        told.push_back({format("2026{:02}{:02}", 1 + i % 12, 1 + i / 12 % 28),
                        format("-{}.{:02}", cents / 100, cents % 100), format("F{}", i),
                        format("{} {}", kShops[random.below(kShops.size())], random.below(9'999))});
    }
    const std::string path =
        workplace.write("year.ofx", app::testing::ofx_text("77700123", told, "100.00", "20261231"));
    const Ended ended = run_atlas(workplace, {"import", "--data", workplace.data(), path});
    ASSERT_EQ(ended.exit_code, 0) << ended.errors;
}

inline int ready_status(std::uint16_t port) {
    serving::HttpClientConfig config;
    config.port = port;
    const auto client = app::testing::must(serving::HttpClient::create(config));
    serving::ClientRequest ready;
    ready.target = "/ready";
    const auto answer = client->call(ready);
    return answer.has_value() ? answer->status : 0;
}

struct CutPlan {
    std::uint64_t seed = 0;
    int rows = 0;
    int kills = 0;
    int stops = 0;
    int moment_ms_max = 1;  ///< After it listens.
};

/// Imports a year behind the followers' backs, ends the server by SIGKILL and SIGTERM at random
/// moments, and compares what is there in the end. Returns how often it was not ready yet.
inline int cut_catch_up(const CutPlan& plan) {
    SCOPED_TRACE(format("seed {}", plan.seed));
    const Workplace workplace;
    import_year(workplace, plan.rows);
    constexpr auto kWhole = std::filesystem::copy_options::recursive;
    const std::string alone = workplace.path("alone");
    const std::string unread = workplace.path("unread");
    std::filesystem::copy(workplace.data(), alone, kWhole);
    std::filesystem::copy(workplace.data(), unread, kWhole);
    const auto began = std::chrono::steady_clock::now();
    const Seen wanted = look_at_rest(alone);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    EXPECT_GT(wanted.sequence, plan.rows);
    // All moments together are half of what the reading takes: a fast machine is not done early.
    const std::int64_t latest =
        std::clamp<std::int64_t>(took.count() / (plan.kills + plan.stops), 1, plan.moment_ms_max);
    Random random(plan.seed);
    int in_time = 0;
    for (int i = 0; i < plan.kills + plan.stops; ++i) {
        Server server(workplace, {});
        EXPECT_NE(server.port(), 0) << server.program().output();
        const std::chrono::milliseconds moment(random.between(0, latest));
        EXPECT_FALSE(server.program().ends_within(moment));
        const bool is_reading = ready_status(server.port()) == 503;
        in_time += is_reading ? 1 : 0;
        if (i < plan.kills) {
            server.program().signal(SIGKILL);
            EXPECT_EQ(server.program().wait().exit_code, 128 + SIGKILL);
        } else {
            server.program().signal(SIGTERM);
            EXPECT_TRUE(server.program().ends_within(std::chrono::seconds(15))) << "cut " << i;
            EXPECT_EQ(server.program().wait().exit_code, 0) << "cut " << i;
        }
        if (!is_reading && i + 1 < plan.kills + plan.stops) {
            // All was read: the next ones begin again.
            std::filesystem::remove_all(workplace.data());
            std::filesystem::copy(unread, workplace.data(), kWhole);
        }
    }
    const Seen seen = look_at_rest(workplace.data());
    EXPECT_EQ(seen.sequence, wanted.sequence);
    EXPECT_EQ(seen.transactions, wanted.transactions);
    EXPECT_EQ(seen.features, wanted.features);
    EXPECT_EQ(seen.reviews, wanted.reviews);
    EXPECT_EQ(seen.totals, wanted.totals);
    return in_time;
}

}  // namespace atlas::system_test
