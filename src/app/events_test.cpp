// SPDX-License-Identifier: Apache-2.0
// Goal: events sent over HTTP are there when the answer is, once for a key however often it comes
// at the same time, to be paged and followed by their own household alone. Method: a server on port
// 0 before a house in a temporary folder; raw sockets for what comes at once and for the stream.
#include <gtest/gtest.h>

#include <set>

#include "app/testing/site.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/gateway/event_tail.hpp"
#include "roles/ml/features.hpp"
#include "serving/testing/raw_client.hpp"

namespace atlas::app {
namespace {

using serving::ClientRequest;
using serving::ClientResponse;
using serving::Method;
using serving::testing::RawClient;
using testing::must;
using testing::Site;

std::string line_of(const std::string& name) {
    return format(
        R"({{"type":"UserEvent","payload":{{"occurred_at":"2026-11-23T10:00:00Z","name":"{}"}}}})"
        "\n",
        name);
}

class EventsOverHttp : public ::testing::Test {
protected:
    /// A key of somebody who lives elsewhere.
    std::string add_neighbour() {
        House& house = site_.books.house();
        const ports::Household elsewhere{.id = house.ids().make<HouseholdId>(),
                                         .name = "Elsewhere",
                                         .base_currency = "USD",
                                         .time_zone = "UTC"};
        must(house.identity().add_household(elsewhere));
        const ports::User user{.id = house.ids().make<UserId>(),
                               .household = elsewhere.id,
                               .name = "neighbour",
                               .role = ports::UserRole::owner};
        must(house.identity().add_user(user));
        return site_.add_key(user.id, "theirs");
    }
    ClientResponse call(ClientRequest request, const std::string& key) {
        request.headers.emplace_back("Authorization", "Bearer " + key);
        return site_.call(std::move(request));
    }
    ClientResponse send(const std::string& body, const std::string& idempotency_key = {}) {
        ClientRequest request{.method = Method::post,
                              .target = "/api/v1/events",
                              .content_type = "application/x-ndjson",
                              .body = body};
        if (!idempotency_key.empty()) {
            request.headers.emplace_back("Idempotency-Key", idempotency_key);
        }
        return call(std::move(request), key_);
    }
    std::string page(const std::string& query = {}) {
        return call({.target = "/api/v1/events" + query}, key_).body;
    }
    std::string raw_post(const std::string& body, const std::string& idempotency_key) {
        return format(
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
            "Idempotency-Key: {}\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
            "{}\r\n\r\n{}",
            key_, idempotency_key, body.size(), body);
    }
    std::string raw_stream(const std::string& more) {
        return format(
            "GET /api/v1/events/stream{} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            "{}\r\n",
            more, key_);
    }

    static serving::ServerConfig two_threads() {
        serving::ServerConfig config = Site::small();
        config.compute_threads = 2;
        return config;
    }

    Site site_{two_threads()};
    std::shared_ptr<void> counted_ = site_.books.house().ingest().report_to(site_.metrics);
    std::string key_ = site_.add_key(site_.books.house().owner(), "own");
};

TEST_F(EventsOverHttp, StoresGoodLinesAndTellsBadOnes) {
    const ClientResponse answer = send(line_of("a") + "broken\n" + line_of("b"));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find(R"("accepted":2,"rejected":1)"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find(R"("line":2)"), std::string::npos) << answer.body;
    const std::string found = page();
    EXPECT_NE(found.find(R"("name":"a")"), std::string::npos) << found;
    EXPECT_NE(found.find(R"("name":"b")"), std::string::npos) << found;
    const ClientResponse refused = send("\n{\"type\":\"UserEvent\",\"payload\":{\"name\":1}}");
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_NE(refused.body.find(R"("pointer":"/payload/name")"), std::string::npos) << refused.body;
    EXPECT_NE(refused.body.find("line 2"), std::string::npos) << refused.body;
    EXPECT_EQ(send("").status, 400);
    std::string many;
    for (int i = 0; i < 10'001; ++i) {
        many += "{}\n";
    }
    EXPECT_EQ(send(many).status, 413);
    const std::string counted = site_.metrics.exposition();
    EXPECT_NE(counted.find("atlas_ingest_events_total 2"), std::string::npos) << counted;
}

TEST_F(EventsOverHttp, AHundredConcurrentSendsOfOneKeyAreOneEffectAndOneAnswer) {
    const std::string body = line_of("x") + line_of("y") + "bad\n";
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(std::make_unique<RawClient>(site_.server->port()));
        ASSERT_TRUE(clients.back()->is_connected());
    }
    for (const auto& client : clients) {
        client->say(raw_post(body, "once"));
    }
    std::set<std::string> bodies;
    for (const auto& client : clients) {
        const std::string heard = client->hear_until("]}");
        EXPECT_EQ(heard.find("HTTP/1.1 200"), 0U) << heard;
        bodies.insert(heard.substr(heard.find("\r\n\r\n")));
    }
    EXPECT_EQ(bodies.size(), 1U);
    const std::string found = page();
    EXPECT_NE(found.find(R"("next_offset":3)"), std::string::npos) << found;  // And their head.
    EXPECT_EQ(send(line_of("z"), "once").status, 409);
}

TEST_F(EventsOverHttp, SaysWhenToComeBackWhenTooMuchWaits) {
    // A house of its own that nobody writes for: what is sent stays in the queue.
    roles::finance_engine::EventIngest idle(
        {site_.books.house().bus(), site_.books.house().clock(), {.queued_requests_max = 1}});
    must(idle.recover());
    serving::HandlerTable table;
    idle.bind(table);
    serving::Router router;
    const std::array<const contracts::RouteInfo*, 1> routes{&contracts::ingest_events.info};
    must(serving::bind_routes(router, routes, table, site_.sessions));
    serving::ServerConfig config;
    config.loops = 1;
    config.compute_threads = 1;
    House& house = site_.books.house();
    auto server = must(serving::Server::start(config, std::move(router),
                                              {.metrics = site_.metrics,
                                               .access_log = site_.log,
                                               .clock = house.clock(),
                                               .entropy = house.entropy()}));
    RawClient first(server->port());
    first.say(raw_post(line_of("first"), "a"));
    RawClient second(server->port());
    // The second is refused once the first is in the queue; before that it is the one that waits.
    second.say(raw_post(line_of("second"), "b"));
    RawClient third(server->port());
    third.say(raw_post(line_of("third"), "c"));
    const std::string heard = third.hear_until("}");
    EXPECT_EQ(heard.find("HTTP/1.1 429"), 0U) << heard;
    EXPECT_NE(heard.find("Retry-After: 1"), std::string::npos) << heard;
    EXPECT_NE(heard.find("urn:atlas:problem:throttled"), std::string::npos) << heard;
    while (idle.write_group(0)) {}
    server.reset();
}

TEST_F(EventsOverHttp, ShowsEachHouseholdItsOwn) {
    const std::string theirs = add_neighbour();
    ASSERT_EQ(send(line_of("mine")).status, 200);
    ClientRequest request{.method = Method::post,
                          .target = "/api/v1/events",
                          .content_type = "application/json",
                          .body = line_of("theirs")};
    ASSERT_EQ(call(request, theirs).status, 200);
    const std::string mine = page();
    EXPECT_NE(mine.find("mine"), std::string::npos);
    EXPECT_EQ(mine.find("theirs"), std::string::npos) << mine;
    const std::string other = call({.target = "/api/v1/events"}, theirs).body;
    EXPECT_NE(other.find("theirs"), std::string::npos);
    EXPECT_EQ(other.find("mine"), std::string::npos) << other;
    // Nor on the stream.
    RawClient stream(site_.server->port());
    stream.say(raw_stream("?from=0") + "\r\n");
    const std::string heard = stream.hear_until("\"mine\"");
    EXPECT_EQ(heard.find("theirs"), std::string::npos) << heard;
}

TEST_F(EventsOverHttp, FollowsWhatComesAndGoesOnBehindTheLastOneSeen) {
    ASSERT_EQ(send(line_of("e0") + line_of("e1")).status, 200);
    RawClient stream(site_.server->port());
    stream.say(raw_stream("?from=0") + "\r\n");
    const std::string before = stream.hear_until("\"e1\"");
    EXPECT_NE(before.find("text/event-stream"), std::string::npos) << before;
    EXPECT_NE(before.find("id: 0"), std::string::npos) << before;
    ASSERT_EQ(send(line_of("e2")).status, 200);
    EXPECT_NE(stream.hear_until("\"e2\"").find("id: 2"), std::string::npos);

    RawClient again(site_.server->port());
    again.say(raw_stream("") + "Last-Event-ID: 1\r\n\r\n");
    const std::string rest = again.hear_until("\"e2\"");
    EXPECT_NE(rest.find("id: 2"), std::string::npos) << rest;
    EXPECT_EQ(rest.find("\"e1\""), std::string::npos) << rest;

    RawClient fresh(site_.server->port());
    fresh.say(raw_stream("") + "\r\n");
    EXPECT_NE(fresh.hear_until("\r\n\r\n").find("200"), std::string::npos);
    ASSERT_EQ(send(line_of("e3")).status, 200);
    const std::string news = fresh.hear_until("\"e3\"");
    EXPECT_EQ(news.find("\"e2\""), std::string::npos) << news;

    RawClient wrong(site_.server->port());
    wrong.say(raw_stream("") + "Last-Event-ID: abc\r\n\r\n");
    EXPECT_NE(wrong.hear_until("}").find("HTTP/1.1 422"), std::string::npos);
    RawClient ledger(site_.server->port());
    ledger.say(raw_stream("?topic=nowhere") + "\r\n");
    EXPECT_NE(ledger.hear_until("}").find("HTTP/1.1 422"), std::string::npos);
}

TEST_F(EventsOverHttp, ALargePayloadIsFetchedWhereTheStreamSays) {
    const auto line_with = [](std::string_view name, const std::string& data) {
        return format(
            R"({{"type":"UserEvent","payload":{{"occurred_at":"2026-11-23T10:00:00Z","name":"{}",)"
            R"("data":"{}"}}}})"
            "\n",
            name, data);
    };
    // The payloads' own bytes around the limit: the last that comes whole, the first that does not.
    const std::size_t around =
        line_with("whole", "").size() - std::string_view(R"({"type":"UserEvent","payload":})"
                                                         "\n")
                                            .size();
    const std::string fits(roles::gateway::kTailPayloadBytesMax - around, 'f');
    ASSERT_EQ(send(line_with("whole", fits)).status, 200);
    ASSERT_EQ(send(line_with("large", fits + "g")).status, 200);
    ASSERT_EQ(send(line_of("after")).status, 200);
    RawClient stream(site_.server->port());
    stream.say(raw_stream("?from=0") + "\r\n");
    const std::string heard = stream.hear_until("\"after\"");
    EXPECT_NE(heard.find(fits + '"'), std::string::npos) << "the one that fits came not whole";
    EXPECT_EQ(heard.find("fg\""), std::string::npos) << "the large one came after all";
    const std::string_view marker =
        R"("payload":null,"payload_at":"/api/v1/events?from=1&limit=1")";
    EXPECT_NE(heard.find(marker), std::string::npos);
    EXPECT_EQ(heard.find("payload_at"), heard.rfind("payload_at")) << "only the large one says so";
    const std::string fetched = page("?from=1&limit=1");
    EXPECT_NE(fetched.find(fits + "g\""), std::string::npos);
    EXPECT_EQ(fetched.find("payload_at"), std::string::npos);
    EXPECT_EQ(fetched.find("after"), std::string::npos);
}

TEST_F(EventsOverHttp, ALongHistoryComesWholeAtTheClientsPace) {
    std::string body;
    for (int i = 0; i < 4'000; ++i) {
        body += line_of(format("n{:05}{}", i, std::string(80, '.')));
    }
    ASSERT_EQ(send(body).status, 200);
    RawClient stream(site_.server->port());
    stream.say(raw_stream("?from=0") + "\r\n");
    const std::string heard = stream.hear_until("n03999.");
    std::size_t at = 0;
    for (int i = 0; i < 4'000; ++i) {
        at = heard.find(format("n{:05}", i), at);
        ASSERT_NE(at, std::string::npos) << i;
    }
}

}  // namespace
}  // namespace atlas::app
