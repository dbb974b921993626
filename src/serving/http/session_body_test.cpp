// SPDX-License-Identifier: Apache-2.0
// Goal: a body too large to hold goes by the disk whole, once, within its limits, and leaves
// nothing. Method: a server on a disk in memory, spoken to by hand; thresholds of a few kilobytes.
#include <gtest/gtest.h>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "serving/server.hpp"
#include "serving/testing/held_disk.hpp"
#include "serving/testing/raw_client.hpp"
#include "serving/testing/session_harness.hpp"

namespace atlas::serving {
namespace {

using testing::HeldDisk;
using testing::RawClient;

constexpr std::size_t kThreshold = 4096;

/// /take answers "bytes hash" of its body and how it came; /take?no is refused before it comes.
class Place {
public:
    explicit Place(std::uint64_t capacity = UINT64_MAX, std::size_t at_once = 4) : disk(capacity) {
        Router router;
        EXPECT_TRUE(router.add(
            {.method = Method::post,
             .pattern = "/take",
             .execution = Execution::blocking,
             .body_bytes_max = 20'000,
             .handler =
                 [](const std::shared_ptr<const Request>& request, Responder to) {
                     const auto file = request->spilled_body();
                     const auto body = file != nullptr ? file->bytes() : request->body();
                     to.send(json_response(format("{} {} {}", body.size(), to_hex(sha256(body)),
                                                  file != nullptr ? "by disk" : "held")));
                 },
             .spilled_bytes_max = 300'000,
             .admission = [](const Request& request) -> std::optional<Response> {
                 return request.query() == "no" ? std::optional(Response{.status = 401})
                                                : std::nullopt;
             }}));
        auto config = testing::test_config();
        config.upload_folder = "/up";
        config.limits.spill_bytes_min = kThreshold;
        config.limits.spilled_bodies_max = at_once;
        config.limits.body_timeout_ms = 300;
        config.limits.linger_timeout_ms = 100;
        auto started = Server::start(config, std::move(router),
                                     {.metrics = metrics,
                                      .access_log = log,
                                      .clock = clock,
                                      .entropy = entropy,
                                      .disk = &disk});
        EXPECT_TRUE(started.has_value());
        server = *std::move(started);
    }

    HeldDisk disk;
    Metrics metrics;
    testing::MemoryAccessLog log;
    SystemClock clock;
    SeededEntropy entropy{7};
    std::unique_ptr<Server> server;
};

std::string text_of(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) {
        text += std::to_string(i) + ",";
    }
    text.resize(size);
    return text;
}

std::string head(std::string_view fields, std::string_view query = {}) {
    return format("POST /take{} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", query, fields);
}

std::string answer_of(const std::string& text, bool by_disk) {
    return format("{} {} {}", text.size(), to_hex(sha256(text)), by_disk ? "by disk" : "held");
}

TEST(SpilledBody, IsWholeAtEverySizeAroundTheThresholdAndTheNextRequestIsAnswered) {
    Place place;
    RawClient raw(place.server->port());
    for (const std::size_t size :
         {kThreshold - 1, kThreshold, kThreshold + 1, 2 * kThreshold, 2 * kThreshold + 1,
          std::size_t{100'000}, std::size_t{300'000}}) {
        const std::string text = text_of(size);
        raw.say(head(format("Content-Length: {}\r\n", size)) + text);
        const std::string wanted = answer_of(text, size > kThreshold);
        EXPECT_NE(raw.hear_until(wanted).find(wanted), std::string::npos) << size;
    }
    EXPECT_EQ(place.disk.opened(), 5);
    EXPECT_TRUE(place.disk.list("/up")->empty()) << "none has a name";
}

TEST(SpilledBody, ComesByChunksOfAnySizeAndWithPipelinedOnesBehindIt) {
    Place place;
    const std::string text = text_of(50'000);
    for (const std::size_t chunk :
         {std::size_t{1}, std::size_t{999}, std::size_t{4096}, std::size_t{50'000}}) {
        std::string sent = head("Transfer-Encoding: chunked\r\n");
        for (std::size_t at = 0; at < text.size(); at += chunk) {
            const std::string piece = text.substr(at, chunk);
            sent += format("{:x}\r\n{}\r\n", piece.size(), piece);
        }
        sent += "0\r\n\r\n" + head("Content-Length: 5\r\n") + "small";
        RawClient raw(place.server->port());
        raw.say(sent);
        const std::string heard = raw.hear_until(answer_of("small", false));
        EXPECT_NE(heard.find(answer_of(text, true)), std::string::npos) << chunk << heard;
        EXPECT_NE(heard.find(answer_of("small", false)), std::string::npos) << chunk;
    }
}

TEST(SpilledBody, IsAskedForOnceAndOnlyWhereItIsWanted) {
    Place place;
    const std::string text = text_of(100'000);
    RawClient raw(place.server->port());
    raw.say(head("Content-Length: 100000\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(raw.hear_until("100 Continue\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    raw.say(text);
    const std::string heard = raw.hear_until(answer_of(text, true));
    EXPECT_EQ(heard.find("100 Continue"), std::string::npos);
    EXPECT_NE(heard.find("HTTP/1.1 200"), std::string::npos) << heard;
    const int opened = place.disk.opened();
    RawClient refused(place.server->port());
    refused.say(head("Content-Length: 100000\r\nExpect: 100-continue\r\n", "?no"));
    EXPECT_TRUE(refused.hear_all().starts_with("HTTP/1.1 401"));
    EXPECT_EQ(place.disk.opened(), opened) << "nothing is made for nobody";
}

TEST(SpilledBody, AboveTheLimitIsRefusedWithTheLimit) {
    Place place;
    RawClient whole(place.server->port());
    whole.say(head("Content-Length: 300001\r\n"));
    const std::string heard = whole.hear_all();
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 413")) << heard;
    EXPECT_NE(heard.find("at most 300000 bytes"), std::string::npos);
    RawClient chunked(place.server->port());
    chunked.say(head("Transfer-Encoding: chunked\r\n"));
    chunked.say(format("{:x}\r\n{}\r\n", 200'000, text_of(200'000)));
    chunked.say(format("{:x}\r\n", 100'001));
    EXPECT_NE(chunked.hear_all().find("at most 300000 bytes"), std::string::npos);
}

TEST(SpilledBody, OnAFullDiskIsRefused) {
    Place place(50'000);
    for (const bool chunked : {false, true}) {
        const std::string text = text_of(100'000);
        RawClient raw(place.server->port());
        raw.say(chunked ? head("Transfer-Encoding: chunked\r\n") +
                              format("{:x}\r\n{}\r\n", text.size(), text)
                        : head("Content-Length: 100000\r\n") + text);
        const std::string heard = raw.hear_all();
        EXPECT_TRUE(heard.starts_with("HTTP/1.1 507")) << heard;
        EXPECT_EQ(heard.find("upload-"), std::string::npos);
    }
    EXPECT_TRUE(place.disk.list("/up")->empty());
}

TEST(SpilledBody, OneTooManyWaitsOutsideAndTakesThePlaceOfOneThatBreaksOff) {
    Place place(UINT64_MAX, 1);
    const std::string text = text_of(100'000);
    const std::string whole = head("Content-Length: 100000\r\n") + text;
    {
        RawClient first(place.server->port());
        first.say(head("Content-Length: 100000\r\nExpect: 100-continue\r\n"));
        first.hear_until("100 Continue\r\n\r\n");
        first.say(std::string_view(text).substr(0, 50'000));
        RawClient second(place.server->port());
        second.say(whole);
        const std::string heard = second.hear_all();
        EXPECT_TRUE(heard.starts_with("HTTP/1.1 503")) << heard;
        EXPECT_NE(heard.find("Retry-After: 1"), std::string::npos);
    }
    std::string heard;
    for (int tries = 0; tries < 1000 && heard.find("HTTP/1.1 200") == std::string::npos; ++tries) {
        RawClient again(place.server->port());
        again.say(whole);
        heard = again.hear_until("0000");
    }
    EXPECT_NE(heard.find("HTTP/1.1 200"), std::string::npos);
}

TEST(SpilledBody, ThatStopsComingIsGivenUp) {
    Place place;
    RawClient stopped(place.server->port());
    stopped.say(head("Content-Length: 100000\r\n") + text_of(50'000));
    EXPECT_TRUE(stopped.hear_all().starts_with("HTTP/1.1 408"));
}

}  // namespace
}  // namespace atlas::serving
