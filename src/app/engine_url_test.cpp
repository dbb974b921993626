// SPDX-License-Identifier: Apache-2.0
// Goal: an engine's URL means what it says or is refused, and no refusal shows a password. Method:
// each part once, each refusal once.
#include "app/engine_url.hpp"

#include <gtest/gtest.h>

#include "adapters/disk/posix/posix_disk.hpp"
#include "app/event_bus_url.hpp"
#include "app/feature_store_url.hpp"
#include "app/testing/books.hpp"
#include "ports/testing/plain_secrets.hpp"

namespace atlas::app {
namespace {

using testing::must;

TEST(EngineUrl, ReadsEachPart) {
    const EngineUrl url =
        must(parse_engine_url("redis://me:p%40ss:w@h-1.example:6379/home?a=1&b=yes"));
    EXPECT_EQ(url.scheme, "redis");
    EXPECT_EQ(url.user, "me");
    EXPECT_EQ(url.password, "p@ss:w");
    EXPECT_EQ(url.hosts, "h-1.example:6379");
    EXPECT_EQ(url.name, "home");
    EXPECT_EQ(must(number_option(url, "a", 7, 9)), 1);
    EXPECT_EQ(must(number_option(url, "c", 7, 9)), 7);
    EXPECT_TRUE(must(flag_option(url, "b", false)));
    EXPECT_TRUE(must(flag_option(url, "c", true)));
    EXPECT_FALSE(require_options(url, {"a"}).has_value());
    EXPECT_TRUE(require_options(url, {"a", "b"}).has_value());
    EXPECT_EQ(must(parse_engine_url("kafka://a:1,b:2")).hosts, "a:1,b:2");
    const HostPort place = must(parse_host_port("[::1]:6379"));
    EXPECT_EQ(place.host, "::1");
    EXPECT_EQ(place.port, 6379);
}

TEST(EngineUrl, RefusesWhatMeansNothing) {
    for (const char* text : {"kafka:host", "kafka://", "kafka:///x", "redis://%4@h:1",
                             "redis://%zz@h:1", "redis://h:1/A", "redis://h:1?a=1&a=2"}) {
        EXPECT_EQ(parse_engine_url(text).error().code, ErrorCode::invalid_argument) << text;
    }
    for (const char* text : {"host", ":1", "h:0", "h:65536", "h:1x", "h:"}) {
        EXPECT_EQ(parse_host_port(text).error().code, ErrorCode::invalid_argument) << text;
    }
    const EngineUrl url = must(parse_engine_url("redis://h:1?a=0&b=10&c=x&d=maybe"));
    for (const char* name : {"a", "b", "c"}) {
        EXPECT_FALSE(number_option(url, name, 1, 9).has_value()) << name;
    }
    EXPECT_FALSE(flag_option(url, "d", true).has_value());
}

TEST(EngineUrl, AnEngineIsRefusedWithoutShowingItsPassword) {
    const ports::testing::TemporaryFolder folder;
    adapters::disk::posix::PosixDisk disk;
    ports::testing::PlainSecrets secrets;
    const auto refusal = [&](const std::string& url) {
        const auto opened = open_event_bus(
            {.url = url, .folder = folder.path().string(), .disk = disk, .secrets = secrets});
        EXPECT_FALSE(opened.has_value()) << url;
        return opened.has_value() ? Error{} : opened.error();
    };
    for (const char* url : {"rediss://:secret@127.0.0.1:1", "redis://:secret@127.0.0.1:1",
                            "amqp://:secret@h:1", "redis://:secret@127.0.0.1:1?no_such=yes",
                            "kafka://me:secret@h:1", "redis://:secret@h"}) {
        EXPECT_EQ(to_string(refusal(url)).find("secret"), std::string::npos) << url;
    }
    EXPECT_EQ(refusal("redis://127.0.0.1:1").code, ErrorCode::unavailable);
    EXPECT_EQ(refusal("kafka://me:x@127.0.0.1:1").code, ErrorCode::unsupported);
    EXPECT_EQ(refusal("kafka://127.0.0.1:1?partitions=0").code, ErrorCode::invalid_argument);
    EXPECT_EQ(refusal("amqp://127.0.0.1:1").code, ErrorCode::invalid_argument);
    const auto features = open_feature_store(
        {.url = "mysql://me:secret@h/d", .path = folder.file("f.db"), .vfs = {}});
    ASSERT_FALSE(features.has_value());
    EXPECT_EQ(features.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(to_string(features.error()).find("secret"), std::string::npos);
}

}  // namespace
}  // namespace atlas::app
