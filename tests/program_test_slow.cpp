// SPDX-License-Identifier: Apache-2.0
// Goal: no kill -9 among very many loses or halves an import, and who dawdles is closed while
// others are served. Method: as the fast slice, 1,000 times; ATLAS_SOAK=slice: 60.
#include <cstdlib>
#include <random>
#include <string_view>

#include <gtest/gtest.h>

#include "serving/http_client.hpp"
#include "serving/testing/raw_client.hpp"
#include "tests/support/kill_loop.hpp"

namespace atlas::system_test {
namespace {

const int kProgramIsSet = ::setenv("ATLAS_PROGRAM", ATLAS_PROGRAM, 0);

TEST(ProgramSoak, HoldsEachFileWholeOrNotAtAllHoweverOftenItIsKilled) {
    const char* size = std::getenv("ATLAS_SOAK");
    const int count = size != nullptr && std::string_view(size) == "slice" ? 60 : 1000;
    const std::uint64_t seed = std::random_device{}();
    const int in_time = kill_imports(seed, count);
    std::printf("seed %llu: %d of %d kills hit a running import\n",
                static_cast<unsigned long long>(seed), in_time, count);
    EXPECT_GE(in_time, count / 3);
}

TEST(ProgramSlow, ClosesWhoeverDawdlesAndServesTheOthersMeanwhile) {
    const Workplace workplace;
    Server server(workplace, {});
    ASSERT_NE(server.port(), 0) << server.program().output();
    std::vector<std::unique_ptr<serving::testing::RawClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<serving::testing::RawClient>(server.port()));
        slow.back()->say("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    }
    serving::HttpClientConfig config;
    config.port = server.port();
    const auto client = app::testing::must(serving::HttpClient::create(config));
    serving::ClientRequest health;
    health.target = "/health";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string said;
    while (said.empty() && std::chrono::steady_clock::now() < until) {
        EXPECT_EQ(app::testing::must(client->call(health)).status, 200);
        slow.front()->say("x");
        said = slow.front()->hear_all();  // At most five seconds of silence.
    }
    EXPECT_TRUE(slow.front()->is_closed());
    EXPECT_NE(said.find(" 408 "), std::string::npos) << said;
}

}  // namespace
}  // namespace atlas::system_test
