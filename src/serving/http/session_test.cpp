// SPDX-License-Identifier: Apache-2.0
// Goal: a connection's conversation is right byte for byte and in time. Method: sessions without
// sockets on a clock moved by hand; every framing case whole and byte by byte, with equal answers.
#include "serving/http/session.hpp"

#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>

#include "serving/testing/framing_cases.hpp"
#include "serving/testing/session_harness.hpp"

namespace atlas::serving {
namespace {

using namespace std::chrono_literals;
using testing::Conversation;
using testing::count_of;
using testing::KernelHarness;
using testing::status_of;

constexpr std::string_view kGet = "GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n";

// /echo answers the body; /later leaves its responder in `later`.
struct Routes {
    Guarded<std::vector<Responder>> later;
    std::stop_token stop;
    std::vector<std::string> seen;

    Router router() {
        Router made;
        const auto echo = [this](const std::shared_ptr<const Request>& request, Responder to) {
            seen.emplace_back(request->body());
            to.send(json_response(std::string(request->body())));
        };
        const auto wait = [this](const std::shared_ptr<const Request>& request, Responder to) {
            stop = request->stop_token();
            later.with([&](auto& list) { list.push_back(std::move(to)); });
        };
        EXPECT_TRUE(made.add({.pattern = "/echo", .handler = echo}));
        EXPECT_TRUE(made.add({.method = Method::post, .pattern = "/echo", .handler = echo}));
        EXPECT_TRUE(made.add({.pattern = "/later", .deadline_ms = 500, .handler = wait}));
        EXPECT_TRUE(made.add(
            {.method = Method::post, .pattern = "/small", .body_bytes_max = 4, .handler = echo}));
        EXPECT_TRUE(made.add({.pattern = "/silent", .handler = [](const auto&, Responder) {}}));
        EXPECT_TRUE(made.add({.pattern = "/throws", .handler = [](const auto&, Responder) {
                                  std::rethrow_exception(
                                      std::make_exception_ptr(std::runtime_error("a library's")));
                              }}));
        return made;
    }
    Responder take() {
        return later.with([](auto& list) {
            Responder first = std::move(list.front());
            list.erase(list.begin());
            return first;
        });
    }
};

class SessionTest : public ::testing::Test {
protected:
    Routes routes;
    KernelHarness harness{routes.router()};
    std::string ask(std::string_view bytes) { return Conversation(harness).hear(bytes).said(); }
};

TEST_F(SessionTest, RefusesEveryFramingCaseAndCloses) {
    for (const auto& item : testing::framing_cases()) {
        Conversation whole(harness);
        whole.hear(item.bytes);
        EXPECT_EQ(status_of(whole.said()), item.status) << item.name << "\n" << whole.said();
        EXPECT_TRUE(whole.has_ended()) << item.name;
        EXPECT_EQ(count_of(whole.said(), "HTTP/1.1 "), 1U) << item.name;
        EXPECT_NE(whole.said().find("Connection: close\r\n"), std::string::npos) << item.name;
        EXPECT_NE(whole.said().find("application/problem+json"), std::string::npos) << item.name;

        Conversation bytes(harness);
        bytes.hear_byte_by_byte(item.bytes);
        EXPECT_EQ(status_of(bytes.said()), item.status) << item.name << " byte by byte";
        EXPECT_TRUE(bytes.has_ended()) << item.name << " byte by byte";
    }
    EXPECT_TRUE(routes.seen.empty()) << "a refused request reached a handler";
}

TEST_F(SessionTest, AnswersWellFormedRequestsWholeAndByteByByte) {
    const std::string head = "POST /echo HTTP/1.1\r\nHost: localhost:8081\r\n";
    const std::vector<std::pair<std::string, std::string>> cases{
        {head + "Content-Length: 5\r\n\r\nhello", "hello"},
        {head + "content-length:5  \r\n\r\nhello", "hello"},
        {head + "Content-Length: 005\r\n\r\nhello", "hello"},
        {head + "Transfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello"},
        {head + "Transfer-Encoding: chunked\r\n\r\n5;a=b;c\r\nhello\r\n000\r\n\r\n", "hello"},
        {head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""},
        {head + "\r\n", ""},
        {head + "Origin: http://localhost:8081\r\nContent-Length: 2\r\n\r\nok", "ok"},
        {"POST http://localhost:8081/echo HTTP/1.1\r\nHost: LOCALHOST:8081\r\n"
         "Content-Length: 2\r\n\r\nok",
         "ok"},
        {"POST /echo HTTP/1.1\r\nHost: [::1]:1\r\nContent-Length: 2\r\n\r\nok", "ok"},
        {head + "X-A: \tvalue \xc3\xa9\r\nContent-Length: 2\r\n\r\nok", "ok"},
    };
    for (const auto& [bytes, body] : cases) {
        Conversation whole(harness);
        whole.hear(bytes);
        EXPECT_EQ(status_of(whole.said()), 200) << bytes << whole.said();
        EXPECT_EQ(routes.seen.back(), body);
        EXPECT_FALSE(whole.has_ended());
        Conversation slow(harness);
        slow.hear_byte_by_byte(bytes);
        EXPECT_EQ(status_of(slow.said()), 200) << bytes << slow.said();
        EXPECT_EQ(routes.seen.back(), body);
    }
}

TEST_F(SessionTest, LimitsAreExact) {
    const std::string host = "Host: localhost\r\n";
    const auto line = [&](std::size_t size) {
        return "GET /" + std::string(size - 14, 'a') + " HTTP/1.1\r\n" + host + "\r\n";
    };
    EXPECT_EQ(status_of(ask(line(8192))), 404);
    EXPECT_EQ(status_of(ask(line(8193))), 414);
    const auto headers = [&](std::size_t size) {  // All header lines with their ends.
        const std::string filler(size - host.size() - 7, 'a');
        return "GET /echo HTTP/1.1\r\n" + host + "X-A: " + filler + "\r\n\r\n";
    };
    EXPECT_EQ(status_of(ask(headers(16384))), 200);
    EXPECT_EQ(status_of(ask(headers(16385))), 431);
    std::string many = "GET /echo HTTP/1.1\r\n" + host;
    for (int i = 0; i < 99; ++i) {
        many += "X-A: 1\r\n";
    }
    EXPECT_EQ(status_of(ask(many + "\r\n")), 200);
    const std::string post = "POST /echo HTTP/1.1\r\n" + host;
    const std::string large(1 << 20, 'b');
    EXPECT_EQ(status_of(ask(post + "Content-Length: 1048576\r\n\r\n" + large)), 200);
    EXPECT_EQ(routes.seen.back().size(), large.size());
    EXPECT_EQ(status_of(ask(post + "Transfer-Encoding: chunked\r\n\r\n100000\r\n" + large +
                            "\r\n0\r\n\r\n")),
              200);
    EXPECT_EQ(status_of(ask(post + "Transfer-Encoding: chunked\r\n\r\n100000\r\n" + large +
                            "\r\n1\r\nx\r\n0\r\n\r\n")),
              413);
    const std::string small = "POST /small HTTP/1.1\r\n" + host + "Content-Length: ";
    EXPECT_EQ(status_of(ask(small + "4\r\n\r\nabcd")), 200);
    EXPECT_EQ(status_of(ask(small + "5\r\n\r\nabcde")), 413);
}

TEST_F(SessionTest, BodyHasReadablePadding) {
    for (const char* const coding : {"Content-Length: 2\r\n\r\n[]",
                                     "Transfer-Encoding: "
                                     "chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n"}) {
        const auto request =
            Request::parse(std::string("POST /echo HTTP/1.1\r\nHost: h\r\n") + coding);
        ASSERT_TRUE(request) << to_string(request.error());
        const auto body = (*request)->body();
        ASSERT_EQ(body, "[]");
        int sum = 0;  // ASan sees it where the padding is not ours.
        for (std::size_t i = 0; i < kBodyPadding; ++i) {
            sum += *(body.data() + body.size() + i) == 'x' ? 1 : 0;
        }
        EXPECT_EQ(sum, 0);
    }
}

TEST_F(SessionTest, PipelinedAnswersKeepTheirOrder) {
    std::string asked;
    std::string wanted;
    for (int i = 0; i < 500; ++i) {
        const auto body = "n" + std::to_string(i) + "!";
        asked += "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n" + body;
        wanted += body;
    }
    Conversation talk(harness);
    talk.hear(asked);
    std::string got;
    for (std::size_t at = 0; (at = talk.said().find("\r\n\r\n", at)) != std::string::npos;) {
        at += 4;
        got += talk.said().substr(at, talk.said().find('!', at) + 1 - at);
    }
    EXPECT_EQ(got, wanted);
    EXPECT_EQ(count_of(talk.said(), "HTTP/1.1 200 OK"), 500U);
}

TEST_F(SessionTest, APipelinedRequestWaitsForTheOneBefore) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n" + std::string(kGet));
    EXPECT_EQ(talk.said(), "");
    EXPECT_TRUE(routes.seen.empty());
    routes.take().send(json_response("\"first\""));
    EXPECT_EQ(talk.perform_tasks(), 1U);
    EXPECT_EQ(count_of(talk.said(), "HTTP/1.1 200 OK"), 2U);
    EXPECT_LT(talk.said().find("\"first\""), talk.said().rfind("HTTP/1.1 200"));
}

TEST_F(SessionTest, AnswersThatNobodyReadsHoldTheInputBack) {
    Conversation talk(harness);
    talk.stop_reading_answers();
    std::string asked;
    for (int i = 0; i < 2000; ++i) {
        asked += kGet;
    }
    talk.hear(asked);
    const auto handled = routes.seen.size();
    EXPECT_GT(handled, 100U);
    EXPECT_LT(handled, 1000U);
    talk.read_answers();
    EXPECT_EQ(routes.seen.size(), 2000U);
    EXPECT_EQ(count_of(talk.said(), "HTTP/1.1 200 OK"), 2000U);
}

TEST_F(SessionTest, WhatWasReceivedBeforeTheOutputFilledIsAnsweredAfter) {
    Conversation talk(harness);
    talk.stop_reading_answers();
    const std::string large(200'000, 'x');
    const auto post =
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n" + large;
    talk.hear(post + post + std::string(kGet));
    ASSERT_EQ(routes.seen.size(), 2U) << "the output is full, and all input has been received";
    talk.read_answers();
    EXPECT_EQ(routes.seen.size(), 3U);
    EXPECT_EQ(count_of(talk.said(), "HTTP/1.1 200 OK"), 3U);
}

TEST_F(SessionTest, AClientThatReadsNothingIsCut) {
    Conversation talk(harness);
    talk.stop_reading_answers();
    talk.hear(kGet).pass(29'999ms);
    EXPECT_FALSE(talk.is_closed());
    talk.pass(2ms);
    EXPECT_TRUE(talk.is_closed());
}

TEST_F(SessionTest, ASlowHeadGets408) {
    Conversation talk(harness);
    talk.pass(4s).hear("GET /echo HTTP/1.1\r\n").pass(5s).hear("Host: loc").pass(4999ms);
    EXPECT_EQ(talk.said(), "");
    talk.pass(1ms);
    EXPECT_EQ(status_of(talk.said()), 408);
    EXPECT_TRUE(talk.has_ended());
}

TEST_F(SessionTest, ASlowBodyGets408) {
    Conversation talk(harness);
    talk.hear("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
    talk.pass(29s).hear("x").pass(999ms);
    EXPECT_EQ(talk.said(), "");
    talk.pass(2ms);
    EXPECT_EQ(status_of(talk.said()), 408);
}

TEST_F(SessionTest, AnIdleConnectionIsClosedWithoutAWord) {
    Conversation never(harness);
    never.pass(9'999ms);
    EXPECT_FALSE(never.has_ended());
    never.pass(2ms);
    EXPECT_TRUE(never.has_ended());
    EXPECT_EQ(never.said(), "");
    Conversation once(harness);
    once.hear(kGet).take();
    once.pass(29'999ms);
    EXPECT_FALSE(once.has_ended());
    once.pass(2ms);
    EXPECT_TRUE(once.has_ended());
    EXPECT_EQ(once.said(), "");
}

TEST_F(SessionTest, LingersAfterARefusalButNotForEver) {
    Conversation talk(harness);
    talk.hear("BAD\n");
    EXPECT_TRUE(talk.has_ended());
    EXPECT_FALSE(talk.is_closed());
    talk.hear(std::string(1000, 'x')).pass(999ms);
    EXPECT_FALSE(talk.is_closed());
    talk.pass(1ms);
    EXPECT_TRUE(talk.is_closed());
    Conversation flood(harness);
    flood.hear("BAD\n").hear(std::string(1'100'000, 'x'));
    EXPECT_TRUE(flood.is_closed());
}

TEST_F(SessionTest, TheKernelAnswers504AtTheDeadlineAndDropsTheLateAnswer) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n").pass(499ms);
    EXPECT_EQ(talk.said(), "");
    EXPECT_FALSE(routes.stop.stop_requested());
    talk.pass(1ms);
    EXPECT_EQ(status_of(talk.take()), 504);
    EXPECT_TRUE(routes.stop.stop_requested());
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    routes.take().send(json_response("\"late\""));
    talk.perform_tasks();
    EXPECT_EQ(talk.said(), "") << "an answer went to the wrong request";
    routes.take().send(json_response("\"right\""));
    talk.perform_tasks();
    EXPECT_NE(talk.said().find("\"right\""), std::string::npos);
}

TEST_F(SessionTest, AForgottenOrFailedRequestIsA500) {
    EXPECT_EQ(status_of(ask("GET /silent HTTP/1.1\r\nHost: localhost\r\n\r\n")), 500);
    EXPECT_EQ(status_of(ask("GET /throws HTTP/1.1\r\nHost: localhost\r\n\r\n")), 500);
}

TEST_F(SessionTest, ContinueIsSaidOnceAndOnlyWhereTheBodyIsWanted) {
    const std::string head =
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ";
    Conversation talk(harness);
    EXPECT_EQ(talk.hear(head + "2\r\n\r\n").take(), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(status_of(talk.hear("ok").said()), 200);
    EXPECT_EQ(count_of(ask(head + "2\r\n\r\nok"), "100 Continue"), 0U);
    EXPECT_EQ(status_of(ask(head + "2000000\r\n\r\n")), 413);
}

TEST_F(SessionTest, KeepsAliveAsTheVersionsSay) {
    const auto ends = [&](const std::string& first, const std::string& more) {
        Conversation talk(harness);
        talk.hear("GET /echo " + first + "\r\nHost: localhost\r\n" + more + "\r\n");
        EXPECT_EQ(status_of(talk.said()), 200);
        const bool says_close = count_of(talk.said(), "Connection: close\r\n") == 1;
        EXPECT_EQ(says_close, talk.has_ended());
        return talk.has_ended();
    };
    EXPECT_FALSE(ends("HTTP/1.1", ""));
    EXPECT_TRUE(ends("HTTP/1.1", "Connection: close\r\n"));
    EXPECT_TRUE(ends("HTTP/1.1", "Connection: x, Close\r\n"));
    EXPECT_TRUE(ends("HTTP/1.0", ""));
    EXPECT_FALSE(ends("HTTP/1.0", "Connection: keep-alive\r\n"));
}

TEST_F(SessionTest, HeadAndOptionsAndWrongMethods) {
    const auto head = ask("HEAD /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(status_of(head), 200);
    EXPECT_EQ(head.substr(head.size() - 4), "\r\n\r\n");
    const auto options = ask("OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(status_of(options), 204);
    EXPECT_NE(options.find("Allow: GET, HEAD, POST, OPTIONS\r\n"), std::string::npos);
    EXPECT_EQ(count_of(options, "Content-Length"), 0U);
    EXPECT_EQ(status_of(ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n")), 204);
    const auto wrong = ask("DELETE /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(status_of(wrong), 405);
    EXPECT_NE(wrong.find("Allow: GET, HEAD, POST, OPTIONS\r\n"), std::string::npos);
    EXPECT_EQ(status_of(ask("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")), 404);
    EXPECT_EQ(status_of(ask("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")), 404);
}

TEST_F(SessionTest, AnUnreadBodyEndsTheConnection) {
    Conversation talk(harness);
    talk.hear("POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\n" +
              std::string(kGet));
    EXPECT_EQ(status_of(talk.said()), 404);
    EXPECT_EQ(count_of(talk.said(), "HTTP/1.1 "), 1U) << "the body was read as a request";
    EXPECT_TRUE(talk.has_ended());
}

TEST_F(SessionTest, SecurityHeadersAreOnEveryAnswer) {
    for (const std::string_view bytes : {kGet, std::string_view("BAD\n")}) {
        const auto said = ask(bytes);
        for (const char* name :
             {"X-Content-Type-Options: nosniff",
              "Content-Security-Policy: ", "X-Frame-Options: DENY", "Referrer-Policy: no-referrer",
              "Cross-Origin-Opener-Policy: same-origin",
              "X-Request-Id: ", "Cache-Control: no-store", "Date: Mon, 21 Sep 2026 "}) {
            EXPECT_EQ(count_of(said, std::string("\r\n") + name), 1U) << name << "\n" << said;
        }
    }
}

TEST_F(SessionTest, TheLogHasThePatternAndNeverTheQuery) {
    ask("GET /echo?amount=12.30&token=s3cret HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ask("GET /s3cret HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto lines = harness.log.lines();
    EXPECT_EQ(count_of(lines, "\n"), 2U);
    EXPECT_EQ(count_of(lines, "\"route\":\"/echo\""), 1U);
    EXPECT_EQ(count_of(lines, "\"route\":\"-\",\"status\":404"), 1U);
    EXPECT_EQ(count_of(lines, "12.30"), 0U);
    EXPECT_EQ(count_of(lines, "s3cret"), 0U);
}

TEST_F(SessionTest, DrainingClosesIdleAndFinishesBusy) {
    Conversation idle(harness);
    idle.hear(kGet).take();
    idle.drain();
    EXPECT_TRUE(idle.has_ended());
    Conversation busy(harness);
    busy.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n").drain();
    EXPECT_FALSE(busy.has_ended());
    routes.take().send(json_response("1"));
    busy.perform_tasks();
    EXPECT_EQ(status_of(busy.said()), 200);
    EXPECT_NE(busy.said().find("Connection: close"), std::string::npos);
    EXPECT_TRUE(busy.has_ended());
}

TEST_F(SessionTest, EventsAreChunkedAndASlowClientIsDropped) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    auto stream = routes.take().start_event_stream({{"X-A", "1"}});
    EXPECT_TRUE(stream.send({.event = "to\ntal", .data = "a\nb", .id = "7"}));
    talk.perform_tasks();
    const auto said = talk.take();
    EXPECT_NE(said.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_NE(said.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    const std::string event = "event: total\nid: 7\ndata: a\ndata: b\n\n";
    EXPECT_NE(said.find("\r\n\r\n24\r\n" + event + "\r\n"), std::string::npos) << said;
    talk.pass(15s);
    EXPECT_EQ(talk.take(), "3\r\n:\n\n\r\n");
    for (int i = 0; i < 10; ++i) {  // Read in time, any amount may pass.
        EXPECT_TRUE(stream.send({.event = {}, .data = std::string(200'000, 'x'), .id = {}}));
        talk.perform_tasks();
    }
    talk.stop_reading_answers();
    EXPECT_TRUE(stream.send({.event = {}, .data = std::string(200'000, 'x'), .id = {}}));
    talk.perform_tasks();
    EXPECT_FALSE(stream.send({.event = {}, .data = std::string(100'000, 'x'), .id = {}}));
    EXPECT_FALSE(stream.is_open());
    talk.perform_tasks();
    EXPECT_TRUE(talk.is_closed());
    EXPECT_TRUE(routes.stop.stop_requested());
    EXPECT_NE(harness.metrics.exposition().find(
                  "atlas_http_refusals_total{reason=\"event_stream_bytes_max\"} 1"),
              std::string::npos);
}

TEST_F(SessionTest, AClosedStreamLetsTheNextRequestIn) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    { const auto stream = routes.take().start_event_stream(); }
    talk.perform_tasks();
    EXPECT_EQ(talk.said().substr(talk.said().size() - 5), "0\r\n\r\n");
    talk.take();
    EXPECT_EQ(status_of(talk.hear(kGet).said()), 200);
}

TEST_F(SessionTest, AStreamEndsWhenTheClientGoes) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    auto stream = routes.take().start_event_stream();
    talk.perform_tasks();
    EXPECT_EQ(harness.kernel.event_streams.value(), 1);
    talk.hear_end();
    EXPECT_FALSE(stream.send({.event = {}, .data = "x", .id = {}}));
    EXPECT_TRUE(routes.stop.stop_requested());
    EXPECT_EQ(harness.kernel.event_streams.value(), 0);
}

TEST_F(SessionTest, AHalfClosedClientStillGetsItsAnswer) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n").hear_end();
    routes.take().send(json_response("1"));
    talk.perform_tasks();
    EXPECT_EQ(status_of(talk.said()), 200);
    EXPECT_TRUE(talk.is_closed());
}

TEST_F(SessionTest, AnswersCannotBeSplitByAHeader) {
    Conversation talk(harness);
    talk.hear("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    Response response = json_response("{}");
    response.headers = {{"X-Bad", "1\r\nX-Evil: 2"},
                        {"X Bad", "1"},
                        {"Content-Length", "999"},
                        {"X-Good", "1"},
                        {"cache-control", "max-age=1"}};
    routes.take().send(std::move(response));
    talk.perform_tasks();
    EXPECT_EQ(count_of(talk.said(), "X-Evil"), 0U);
    EXPECT_EQ(count_of(talk.said(), "X Bad"), 0U);
    EXPECT_EQ(count_of(talk.said(), "999"), 0U);
    EXPECT_EQ(count_of(talk.said(), "X-Good: 1\r\n"), 1U);
    EXPECT_EQ(count_of(talk.said(), "no-store"), 0U);
}

TEST_F(SessionTest, NoConnectionIsCountedTwice) {
    {
        Conversation one(harness);
        Conversation two(harness);
        two.hear("BAD\n").hear_end();
        EXPECT_EQ(harness.kernel.connections.value(), 1);
    }
    EXPECT_EQ(harness.kernel.connections.value(), 0);
}

}  // namespace
}  // namespace atlas::serving
