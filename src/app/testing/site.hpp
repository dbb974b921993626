// SPDX-License-Identifier: Apache-2.0
// For tests: the public door of a house, on a free port of 127.0.0.1, as `atlas serve` opens it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "app/testing/books.hpp"
#include "base/guarded.hpp"
#include "ports/access_token.hpp"
#include "roles/gateway/gateway.hpp"
#include "serving/access_log.hpp"
#include "serving/http_client.hpp"
#include "serving/server.hpp"

namespace atlas::app::testing {

/// Borrows a house that was started; closes before it does.
class FrontDoor {
public:
    explicit FrontDoor(House& house, serving::ServerConfig config = small(),
                       ports::Disk* disk = nullptr)
        : house_(house),
          sessions(house.identity(), house.clock(), house.entropy()),
          updates(house.bus(), house.clock()),
          tail(house.bus(), house.clock()) {
        must(updates.start());
        auto router = must(roles::gateway::make_router(
            {.finance_engine = house.table(),
             .sessions = sessions,
             .updates = updates,
             .tail = tail,
             .metrics = metrics,
             .bus = house.bus(),
             .pages = nullptr,
             .version = "9.9.9",
             .not_ready = [this] { return trouble.with([](const auto& text) { return text; }); }}));
        server = must(serving::Server::start(config, std::move(router),
                                             {.metrics = metrics,
                                              .access_log = log,
                                              .clock = house.clock(),
                                              .entropy = house.entropy(),
                                              .disk = disk != nullptr ? disk : &house.disk()}));
        serving::HttpClientConfig to_server;
        to_server.port = server->port();
        client = must(serving::HttpClient::create(to_server));
    }

    static serving::ServerConfig small() {
        serving::ServerConfig config;
        config.loops = 1;
        config.compute_threads = 1;
        return config;
    }

    /// The owner's cookie, by a link of one use.
    std::string sign_in() {
        const std::string token = must(sessions.make_login_link(house_.owner()));
        const serving::ClientResponse answer = call({.target = "/login?token=" + token});
        EXPECT_EQ(answer.status, 303);
        EXPECT_EQ(answer.header("Location"), "/");
        const std::string cookie(answer.header("Set-Cookie"));
        return cookie.substr(0, cookie.find(';'));
    }
    /// An API key of an hour, for "Authorization: Bearer KEY".
    std::string add_key(UserId user, const std::string& id, bool write = true) {
        const std::string token =
            ports::make_access_token(ports::SecretKind::api_key, house_.entropy());
        must(house_.identity().add_secret(
            {.id = id,
             .kind = ports::SecretKind::api_key,
             .user = user,
             .write = write,
             .expires_at = {house_.clock().now().micros + 3'600'000'000},
             .label = "test"},
            token));
        return token;
    }

    serving::ClientResponse call(serving::ClientRequest request) {
        request.timeout = std::chrono::seconds(30);
        return must(client->call(std::move(request)));
    }
    serving::ClientResponse call_with(const std::string& cookie, serving::ClientRequest request) {
        request.headers.emplace_back("Cookie", cookie);
        return call(std::move(request));
    }

private:
    House& house_;

public:
    serving::Metrics metrics;
    serving::NullAccessLog log;
    Guarded<std::string> trouble;  ///< Why /ready says no; empty: it says yes.
    roles::gateway::Sessions sessions;
    roles::gateway::LiveUpdates updates;
    roles::gateway::EventTail tail;
    std::unique_ptr<serving::Server> server;
    std::unique_ptr<serving::HttpClient> client;
};

struct StartedBooks {
    Books books;
    StartedBooks() { must(books.house().start()); }
};

/// A house in a temporary folder with a door before it.
class Site : public StartedBooks, public FrontDoor {
public:
    explicit Site(serving::ServerConfig config = small(), ports::Disk* disk = nullptr)
        : FrontDoor(books.house(), config, disk) {}
};

}  // namespace atlas::app::testing
