// SPDX-License-Identifier: Apache-2.0
// Goal: what the session promises holds over real sockets, threads and TLS. Method: a server on
// port 0, raw sockets for what is broken, our client for what is right.
#include "serving/server.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>

#include "serving/http_client.hpp"
#include "serving/testing/certificates.hpp"
#include "serving/testing/framing_cases.hpp"
#include "serving/testing/raw_client.hpp"
#include "serving/testing/session_harness.hpp"

namespace atlas::serving {
namespace {

using namespace std::chrono_literals;
using testing::count_of;
using testing::Identity;
using testing::make_identity;
using testing::RawClient;
using testing::status_of;

constexpr std::string_view kGet = "GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n";

// A door that handlers wait at until the test opens it.
class Gate {
public:
    void open() {
        {
            const std::lock_guard lock(mutex_);
            is_open_ = true;
        }
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return is_open_; });
    }
    void until_waiting(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_open_ = false;
    int waiting_ = 0;
};

struct Fixture {
    explicit Fixture(ServerConfig config = testing::test_config()) {
        auto started = Server::start(std::move(config), router(), {metrics, log, clock, entropy});
        EXPECT_TRUE(started) << (started ? "" : to_string(started.error()));
        server = std::move(started).value();
    }
    ~Fixture() {
        gate.open();
        streams.with([](auto& list) { list.clear(); });
    }

    Router router() {
        Router made;
        const auto echo = [](const std::shared_ptr<const Request>& request, Responder to) {
            to.send(json_response(std::string(request->body())));
        };
        const auto slow = [this](const std::shared_ptr<const Request>& request, Responder to) {
            gate.wait();
            echo_path(request, std::move(to));
        };
        const auto add = [&](RouteSpec spec) { EXPECT_TRUE(made.add(std::move(spec))); };
        add({.pattern = "/echo", .handler = echo});
        add({.method = Method::post, .pattern = "/echo", .handler = echo});
        add({.method = Method::post,
             .pattern = "/compute",
             .execution = Execution::compute,
             .handler = echo});
        add({.method = Method::post,
             .pattern = "/blocking",
             .execution = Execution::blocking,
             .handler = echo});
        add({.pattern = "/slow/{n}", .execution = Execution::blocking, .handler = slow});
        add({.pattern = "/late",
             .execution = Execution::blocking,
             .deadline_ms = 50,
             .handler = slow});
        add({.pattern = "/who", .handler = [](const auto& request, Responder to) {
                 to.send(json_response(std::string(request->client_subject()) +
                                       (request->is_secure() ? " secure" : " plain")));
             }});
        add({.pattern = "/events", .handler = [this](const auto& request, Responder to) {
                 stop = request->stop_token();
                 streams.with([&](auto& list) { list.push_back(to.start_event_stream()); });
             }});
        return made;
    }
    static void echo_path(const std::shared_ptr<const Request>& request, Responder to) {
        to.send(json_response(std::string(request->path_parameter("n"))));
    }
    std::uint16_t port() const { return server->port(); }

    Metrics metrics;
    testing::MemoryAccessLog log;
    SystemClock clock;
    SystemEntropy entropy;
    Gate gate;
    std::stop_token stop;
    Guarded<std::vector<EventStream>> streams;
    std::unique_ptr<Server> server;
};

std::unique_ptr<HttpClient> client_of(std::uint16_t port, HttpClientConfig config = {}) {
    config.port = port;
    auto client = HttpClient::create(std::move(config));
    EXPECT_TRUE(client) << (client ? "" : to_string(client.error()));
    return std::move(client).value();
}

TEST(Server, RefusesEveryFramingCaseOverASocket) {
    Fixture fixture;
    for (const auto& item : testing::framing_cases()) {
        RawClient raw(fixture.port());
        raw.say(item.bytes);
        raw.say_end();
        const auto said = raw.hear_all();
        EXPECT_EQ(status_of(said), item.status) << item.name << "\n" << said;
        EXPECT_EQ(count_of(said, "HTTP/1.1 "), 1U) << item.name;
        EXPECT_TRUE(raw.is_closed()) << item.name;
    }
}

TEST(Server, AnswersFromEveryExecutionClass) {
    auto config = testing::test_config();
    config.loops = 2;
    Fixture fixture(std::move(config));
    const auto client = client_of(fixture.port());
    for (const char* path : {"/echo", "/compute", "/blocking"}) {
        for (const std::size_t size : {0UL, 10UL, 100'000UL, 1UL << 20UL}) {
            const std::string body(size, 'x');
            const auto response =
                client->call({.method = Method::post, .target = path, .body = body});
            ASSERT_TRUE(response) << to_string(response.error());
            EXPECT_EQ(response->status, 200);
            EXPECT_EQ(response->body, body);
        }
    }
    EXPECT_EQ(client->call({.target = "/nothing"})->status, 404);
    EXPECT_EQ(client->call({.target = "/nothing"})->header("content-type"),
              "application/problem+json");
}

TEST(Server, ManyClientsGetTheirOwnAnswers) {
    auto config = testing::test_config();
    config.loops = 2;
    config.compute_threads = 2;
    Fixture fixture(std::move(config));
    std::vector<std::jthread> threads;
    std::atomic<int> right{0};
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            const auto client = client_of(fixture.port());
            for (int i = 0; i < 100; ++i) {
                const auto body = std::to_string(t * 1000 + i);
                const auto response = client->call({.method = Method::post,
                                                    .target = i % 2 == 0 ? "/compute" : "/echo",
                                                    .body = body});
                right += response && response->body == body ? 1 : 0;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(right.load(), 400);
}

TEST(Server, PipelinesOverASocketInOrder) {
    Fixture fixture;
    RawClient raw(fixture.port());
    std::string asked;
    for (int i = 0; i < 50; ++i) {
        asked += "POST /" + std::string(i % 3 == 0 ? "compute" : "echo") +
                 " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n" +
                 std::to_string(100 + i);
    }
    raw.say(asked + "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const auto said = raw.hear_all();
    EXPECT_TRUE(raw.is_closed());
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = said.find("\r\n\r\n" + std::to_string(100 + i), at);
        ASSERT_NE(at, std::string::npos) << i << "\n" << said;
    }
    EXPECT_EQ(count_of(said, "HTTP/1.1 200"), 51U);
}

// The answers are more than the sockets between hold, so the server has to wait for the reader.
TEST(Server, ManyLargeAnswersReachAReaderThatTakesItsTime) {
    Fixture fixture;
    RawClient client(fixture.port(), 4096);
    const std::string large(900'000, 'w');
    constexpr int kCount = 12;
    std::thread writer([&] {
        for (int i = 0; i < kCount; ++i) {
            client.say("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n");
            client.say(large);
        }
        client.say_end();
    });
    const std::string heard = client.hear_all();
    writer.join();
    EXPECT_EQ(count_of(heard, "HTTP/1.1 200"), static_cast<std::size_t>(kCount));
    EXPECT_EQ(static_cast<std::size_t>(std::count(heard.begin(), heard.end(), 'w')),
              kCount * large.size());
}

TEST(Server, ASlowHeadIsCutOff) {
    auto config = testing::test_config();
    config.limits.header_timeout_ms = 100;
    config.limits.idle_timeout_ms = 100;
    Fixture fixture(std::move(config));
    RawClient slow(fixture.port());
    slow.say("GET /echo HTTP/1.1\r\nHost: ");
    EXPECT_EQ(status_of(slow.hear_all()), 408);
    EXPECT_TRUE(slow.is_closed());
    RawClient silent(fixture.port());
    EXPECT_EQ(silent.hear_all(), "");
    EXPECT_TRUE(silent.is_closed());
    RawClient idle(fixture.port());
    idle.say(kGet);
    EXPECT_EQ(status_of(idle.hear_all()), 200);
    EXPECT_TRUE(idle.is_closed());
}

TEST(Server, AFullQueueIs503WithRetryAfter) {
    auto config = testing::test_config();
    config.limits.blocking_queue_max = 2;
    Fixture fixture(std::move(config));
    const auto ask = [&](RawClient& raw, int n) {
        raw.say("GET /slow/" + std::to_string(n) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    };
    RawClient working(fixture.port());
    ask(working, 1);
    fixture.gate.until_waiting(1);
    RawClient second(fixture.port());
    RawClient third(fixture.port());
    RawClient fourth(fixture.port());
    ask(second, 2);
    ask(third, 3);
    // Both must be queued before the fourth asks: one loop, so an answer later proves it.
    for (RawClient* const raw : {&second, &third}) {
        raw->say("");
    }
    RawClient probe(fixture.port());
    probe.say(kGet);
    probe.hear_until("\r\n\r\n");
    probe.say(kGet);
    probe.hear_until("\r\n\r\n");
    ask(fourth, 4);
    const auto refused = fourth.hear_until("}");
    EXPECT_EQ(status_of(refused), 503);
    EXPECT_EQ(count_of(refused, "Retry-After: 1\r\n"), 1U);
    fixture.gate.open();
    EXPECT_EQ(status_of(working.hear_until("\r\n\r\n1")), 200);
    EXPECT_EQ(status_of(second.hear_until("\r\n\r\n2")), 200);
    EXPECT_EQ(status_of(third.hear_until("\r\n\r\n3")), 200);
    ask(fourth, 5);
    EXPECT_EQ(status_of(fourth.hear_until("\r\n\r\n5")), 200);
}

TEST(Server, AnswersInTimeWhenTheHandlerDoesNot) {
    Fixture fixture;
    RawClient raw(fixture.port());
    raw.say("GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(status_of(raw.hear_until("}")), 504);
    raw.say(kGet);
    EXPECT_EQ(status_of(raw.hear_until("\r\n\r\n")), 200) << "the connection lives on";
}

TEST(Server, DrainLetsTheWorkFinishAndCutsWhatDoesNot) {
    auto fixture = std::make_unique<Fixture>();
    RawClient idle(fixture->port());
    idle.say(kGet);
    idle.hear_until("\r\n\r\n");
    RawClient busy(fixture->port());
    busy.say("GET /slow/7 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    fixture->gate.until_waiting(1);
    std::jthread opener([&] {
        EXPECT_EQ(idle.hear_all(), "");  // Closed by the drain, which has therefore begun.
        fixture->gate.open();
    });
    EXPECT_TRUE(fixture->server->drain(10s));
    const auto said = busy.hear_all();
    EXPECT_EQ(status_of(said), 200);
    EXPECT_EQ(count_of(said, "Connection: close\r\n"), 1U);
    EXPECT_TRUE(busy.is_closed());
    EXPECT_FALSE(RawClient(fixture->port()).is_connected());

    Fixture stuck;
    RawClient never(stuck.port());
    never.say("GET /slow/8 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stuck.gate.until_waiting(1);
    EXPECT_FALSE(stuck.server->drain(50ms));
    never.hear_all();
    EXPECT_TRUE(never.is_closed());
}

TEST(Server, TooManyConnectionsAre503) {
    auto config = testing::test_config();
    config.limits.connections_max = 2;
    Fixture fixture(std::move(config));
    RawClient first(fixture.port());
    RawClient second(fixture.port());
    for (RawClient* const raw : {&first, &second}) {
        raw->say(kGet);
        EXPECT_EQ(status_of(raw->hear_until("\r\n\r\n")), 200);
    }
    RawClient third(fixture.port());
    EXPECT_EQ(status_of(third.hear_all()), 503);
}

TEST(Server, EventsReachTheClientAndASlowOneIsDropped) {
    auto config = testing::test_config();
    config.limits.event_stream_bytes_max = 64 * 1024;
    Fixture fixture(std::move(config));
    const auto send = [&](const Event& event) {
        return fixture.streams.with([&](auto& list) { return list.front().send(event); });
    };
    RawClient raw(fixture.port(), 4096);
    raw.say("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(status_of(raw.hear_until("\r\n\r\n")), 200);
    EXPECT_TRUE(send({.event = "total", .data = "{}", .id = "1"}));
    EXPECT_NE(raw.hear_until("\n\n").find("event: total\nid: 1\ndata: {}\n\n"), std::string::npos);
    // The client stops reading: the sockets fill, then the limit is reached.
    bool was_dropped = false;
    for (int i = 0; i < 5000 && !was_dropped; ++i) {
        was_dropped = !send({.event = {}, .data = std::string(32'000, 'x'), .id = {}});
    }
    EXPECT_TRUE(was_dropped);
    raw.hear_all();
    EXPECT_TRUE(raw.is_closed());
    EXPECT_NE(fixture.metrics.exposition().find("event_stream_bytes_max"), std::string::npos);
}

TEST(Server, TheStreamStopsWhenTheClientGoes) {
    Fixture fixture;
    {
        RawClient raw(fixture.port());
        raw.say("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        raw.hear_until("\r\n\r\n");
    }
    std::mutex mutex;
    std::condition_variable changed;
    bool has_stopped = false;
    const std::stop_callback told(fixture.stop, [&] {
        const std::lock_guard lock(mutex);
        has_stopped = true;
        changed.notify_all();
    });
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, 5s, [&] { return has_stopped; }));
}

TEST(Server, RefusesABadAddressAndATakenPort) {
    Fixture fixture;
    Metrics metrics;
    NullAccessLog log;
    auto config = testing::test_config();
    config.listen = "not an address";
    EXPECT_EQ(
        Server::start(config, {}, {metrics, log, fixture.clock, fixture.entropy}).error().code,
        ErrorCode::invalid_argument);
    config.listen = "127.0.0.1";
    config.tls.certificate_chain = "nonsense";
    EXPECT_EQ(
        Server::start(config, {}, {metrics, log, fixture.clock, fixture.entropy}).error().code,
        ErrorCode::invalid_argument);
    const int taken = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(taken, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(taken, 1), 0);
    ::getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size);
    config.tls = {};
    config.port = ntohs(address.sin_port);
    EXPECT_EQ(
        Server::start(config, {}, {metrics, log, fixture.clock, fixture.entropy}).error().code,
        ErrorCode::unavailable);
    ::close(taken);
}

struct TlsFixture {
    TlsFixture(bool is_mutual)
        : fixture([&] {
              auto config = testing::test_config();
              config.tls.certificate_chain = server.certificate_pem();
              config.tls.private_key = server.key_pem();
              config.tls.client_authorities = is_mutual ? authority.certificate_pem() : "";
              return config;
          }()) {}

    std::unique_ptr<HttpClient> client(const Identity* trusted, const Identity* own,
                                       std::string host = "localhost") {
        HttpClientConfig config;
        config.host = std::move(host);
        config.server_authorities = trusted->certificate_pem();
        if (own != nullptr) {
            config.identity = {own->certificate_pem(), own->key_pem(), ""};
        }
        return client_of(fixture.port(), std::move(config));
    }

    Identity authority = make_identity("Atlas test authority");
    Identity stranger = make_identity("Another authority");
    Identity server = make_identity("server", &authority);
    Identity role = make_identity("ml", &authority);
    Identity impostor = make_identity("ml", &stranger);
    Fixture fixture;
};

TEST(Server, SpeaksTls) {
    TlsFixture tls(false);
    const auto client = tls.client(&tls.authority, nullptr);
    for (int i = 0; i < 3; ++i) {
        const auto response = client->call({.target = "/who"});
        ASSERT_TRUE(response) << to_string(response.error());
        EXPECT_EQ(response->body, " secure");
        EXPECT_NE(response->header("strict-transport-security"), "");
    }
    const std::string large(1 << 20, 'y');
    EXPECT_EQ(client->call({.method = Method::post, .target = "/echo", .body = large})->body,
              large);
    EXPECT_EQ(tls.client(&tls.stranger, nullptr)->call({.target = "/who"}).error().code,
              ErrorCode::unavailable);
    EXPECT_EQ(
        tls.client(&tls.authority, nullptr, "elsewhere")->call({.target = "/who"}).error().code,
        ErrorCode::unavailable);
    RawClient plain(tls.fixture.port());
    plain.say(kGet);
    EXPECT_EQ(count_of(plain.hear_all(), "HTTP/1.1 200"), 0U);
    EXPECT_TRUE(plain.is_closed());
    EXPECT_TRUE(tls.fixture.server->drain(5s));
}

// A poller that told only of its own reading would stall here: both directions fill up, under TLS
// and beside other clients.
TEST(Server, LargeBodiesOverTlsDoNotKeepOthersOut) {
    TlsFixture tls(false);
    const auto client = tls.client(&tls.authority, nullptr);
    const std::string large(900'000, 'z');
    std::atomic<int> right = 0;
    constexpr int kCalls = 24;
    std::promise<void> all;
    for (int i = 0; i < kCalls; ++i) {
        const bool is_large = i % 3 == 0;
        client->send({.method = Method::post,
                      .target = "/compute",
                      .body = is_large ? large : std::to_string(i),
                      .timeout = 30s},
                     [&, is_large, i](Result<ClientResponse> answer) {
                         EXPECT_TRUE(answer) << to_string(answer.error());
                         EXPECT_EQ(answer->body, is_large ? large : std::to_string(i));
                         if (++right == kCalls) {
                             all.set_value();
                         }
                     });
    }
    all.get_future().wait();
    EXPECT_TRUE(tls.fixture.server->drain(5s));
}

TEST(Server, APeerThatVanishesUnderTlsEndsItsConnectionAlone) {
    TlsFixture tls(false);
    {
        HttpClientConfig small;
        small.body_bytes_max = 10;
        small.host = "localhost";
        small.server_authorities = tls.authority.certificate_pem();
        const auto hasty = client_of(tls.fixture.port(), small);
        // It closes in the midst of an answer: the server's write meets nobody.
        EXPECT_EQ(
            hasty
                ->call(
                    {.method = Method::post, .target = "/echo", .body = std::string(900'000, 'x')})
                .error()
                .code,
            ErrorCode::too_large);
    }
    EXPECT_EQ(tls.client(&tls.authority, nullptr)->call({.target = "/who"})->body, " secure");
    EXPECT_TRUE(tls.fixture.server->drain(5s));
}

TEST(Server, MutualTlsKnowsItsClients) {
    TlsFixture tls(true);
    const auto response = tls.client(&tls.authority, &tls.role)->call({.target = "/who"});
    ASSERT_TRUE(response) << to_string(response.error());
    EXPECT_EQ(response->body, "CN=ml secure");
    EXPECT_FALSE(tls.client(&tls.authority, nullptr)->call({.target = "/who"}));
    EXPECT_FALSE(tls.client(&tls.authority, &tls.impostor)->call({.target = "/who"}));
}

TEST(HttpClient, SaysWhatWentWrong) {
    Fixture fixture;
    const auto client = client_of(fixture.port());
    EXPECT_EQ(client->call({.target = "/slow/1", .timeout = 50ms}).error().code,
              ErrorCode::deadline_exceeded);
    EXPECT_EQ(client->call({.target = "/a b"}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(client->call({.target = "/echo", .headers = {{"A", "b\r\nC: d"}}}).error().code,
              ErrorCode::invalid_argument);
    HttpClientConfig small;
    small.body_bytes_max = 10;
    EXPECT_EQ(client_of(fixture.port(), small)
                  ->call({.method = Method::post, .target = "/echo", .body = std::string(11, 'x')})
                  .error()
                  .code,
              ErrorCode::too_large);
    HttpClientConfig none;
    none.queue_max = 0;
    EXPECT_EQ(client_of(fixture.port(), none)->call({.target = "/echo"}).error().code,
              ErrorCode::exhausted);
    const auto port = fixture.port();
    fixture.gate.open();
    EXPECT_TRUE(fixture.server->drain(5s));
    EXPECT_EQ(client_of(port)->call({.target = "/echo"}).error().code, ErrorCode::unavailable);
    HttpClientConfig bad;
    bad.address = "nowhere";
    EXPECT_EQ(HttpClient::create(bad).error().code, ErrorCode::invalid_argument);
}

TEST(HttpClient, EndsWhatIsUnderWayAndWhatWaitsWhenItGoes) {
    Fixture fixture;
    std::vector<ErrorCode> ended;
    {
        HttpClientConfig one_by_one;
        one_by_one.connections_max = 1;
        const auto client = client_of(fixture.port(), one_by_one);
        for (int i = 0; i < 3; ++i) {
            client->send({.target = "/slow/1"}, [&](Result<ClientResponse> answer) {
                ended.push_back(answer ? ErrorCode::internal : answer.error().code);
            });
        }
        fixture.gate.until_waiting(1);
    }
    EXPECT_EQ(ended, std::vector(3, ErrorCode::unavailable));
}

TEST(HttpClient, ReplacesAConnectionThatTheServerHasClosed) {
    auto config = testing::test_config();
    config.limits.idle_timeout_ms = 50;
    config.limits.linger_timeout_ms = 1;
    Fixture fixture(std::move(config));
    const auto client = client_of(fixture.port());
    EXPECT_EQ(client->call({.target = "/echo"})->status, 200);
    // A raw connection opened later and idle as long shows that the first is closed too.
    RawClient witness(fixture.port());
    witness.say(kGet);
    witness.hear_all();
    const auto again = client->call({.target = "/echo"});
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(again->status, 200);
}

}  // namespace
}  // namespace atlas::serving
