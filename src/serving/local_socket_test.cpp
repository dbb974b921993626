// SPDX-License-Identifier: Apache-2.0
// Goal: a server answers at its socket file as at its port, to its own user alone, and leaves
// nothing behind. Method: our client over both, the file's mode, files left by others.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/format.hpp"
#include "ports/testing/temporary_folder.hpp"
#include "serving/http_client.hpp"
#include "serving/testing/session_harness.hpp"

namespace atlas::serving {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class LocalSocket : public ::testing::Test {
protected:
    std::string path() const { return folder_.file("atlas.sock"); }

    Result<std::unique_ptr<Server>> start(const std::string& socket, std::uint16_t port = 0) {
        Router router;
        const auto who = [](const std::shared_ptr<const Request>& request, Responder to) {
            to.send(json_response(format("{} {} {}", request->remote_address(),
                                         request->is_secure() ? "secure" : "plain",
                                         request->body().size())));
        };
        EXPECT_TRUE(router.add({.pattern = "/who", .handler = who}));
        EXPECT_TRUE(router.add({.method = Method::post, .pattern = "/who", .handler = who}));
        ServerConfig config = testing::test_config();
        config.port = port;
        config.local_socket = socket;
        return Server::start(std::move(config), std::move(router),
                             {metrics_, log_, clock_, entropy_});
    }
    static std::unique_ptr<HttpClient> client_at(const std::string& address, std::uint16_t port = 0,
                                                 std::string host = {}) {
        HttpClientConfig config;
        config.address = address;
        config.port = port;
        config.host = std::move(host);
        auto client = HttpClient::create(std::move(config));
        EXPECT_TRUE(client) << (client ? "" : to_string(client.error()));
        return std::move(client).value();
    }

    ports::testing::TemporaryFolder folder_;
    Metrics metrics_;
    testing::MemoryAccessLog log_;
    SystemClock clock_;
    SystemEntropy entropy_;
};

TEST_F(LocalSocket, AnswersBesideThePortAndSaysWhichItWas) {
    const auto server = start(path());
    ASSERT_TRUE(server) << to_string(server.error());
    const auto local = client_at("unix:" + path());
    const auto remote = client_at("127.0.0.1", (*server)->port());
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(local->call({.target = "/who"})->body, "local plain 0");
        EXPECT_EQ(remote->call({.target = "/who"})->body, "127.0.0.1 plain 0");
    }
    const std::string large(900'000, 'x');
    EXPECT_EQ(local->call({.method = Method::post, .target = "/who", .body = large})->body,
              "local plain 900000");
}

TEST_F(LocalSocket, LooksAtHostOnThePortAlone) {
    const auto server = start(path());
    ASSERT_TRUE(server);
    EXPECT_EQ(client_at("unix:" + path(), 0, "evil.example")->call({.target = "/who"})->status,
              200);
    EXPECT_EQ(
        client_at("127.0.0.1", (*server)->port(), "evil.example")->call({.target = "/who"})->status,
        421);
}

TEST_F(LocalSocket, KeepsOthersOutAndIsRemovedAtTheEnd) {
    {
        const auto server = start(path());
        ASSERT_TRUE(server);
        struct stat status {};
        ASSERT_EQ(::stat(path().c_str(), &status), 0);
        EXPECT_TRUE(S_ISSOCK(status.st_mode));
        EXPECT_EQ(status.st_mode & 0777U, 0600U);
        EXPECT_TRUE((*server)->drain(5s));
        EXPECT_FALSE(fs::exists(path()));
    }
    {
        const auto server = start(path());
        ASSERT_TRUE(server);
    }
    EXPECT_FALSE(fs::exists(path()));  // Also when it was stopped hard.
    const auto gone = client_at("unix:" + path())->call({.target = "/who"});
    EXPECT_EQ(gone.error().code, ErrorCode::unavailable);
}

TEST_F(LocalSocket, ReplacesTheFileOfADeadServerAndNoOther) {
    // What a killed server leaves: a bound file that nobody listens on.
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(left);
    ASSERT_TRUE(fs::exists(path()));
    const auto server = start(path());
    ASSERT_TRUE(server) << to_string(server.error());
    EXPECT_EQ(client_at("unix:" + path())->call({.target = "/who"})->status, 200);

    const auto second = start(path());
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_EQ(client_at("unix:" + path())->call({.target = "/who"})->status, 200);

    const std::string letter = folder_.file("letter");
    std::ofstream(letter) << "keep me";
    EXPECT_EQ(start(letter).error().code, ErrorCode::conflict);
    EXPECT_EQ(fs::file_size(letter), 7U);
}

TEST_F(LocalSocket, RefusesAPathThatIsTooLong) {
    const std::string base = folder_.path().string() + "/";
    const std::string longest = base + std::string(kLocalSocketBytesMax - base.size(), 's');
    {
        const auto server = start(longest);
        ASSERT_TRUE(server) << to_string(server.error());
        EXPECT_EQ(client_at("unix:" + longest)->call({.target = "/who"})->status, 200);
    }
    EXPECT_EQ(start(longest + "s").error().code, ErrorCode::invalid_argument);
    HttpClientConfig config;
    config.address = "unix:" + longest + "s";
    EXPECT_EQ(HttpClient::create(config).error().code, ErrorCode::invalid_argument);
    config.address = "unix:";
    EXPECT_EQ(HttpClient::create(config).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(start(base + "no/such/folder").error().code, ErrorCode::unavailable);
}

TEST_F(LocalSocket, LeavesNoFileWhereTheServerCannotStart) {
    const auto first = start(path());
    ASSERT_TRUE(first);
    const std::string other = folder_.file("other.sock");
    EXPECT_EQ(start(other, (*first)->port()).error().code, ErrorCode::unavailable);
    EXPECT_FALSE(fs::exists(other));
}

}  // namespace
}  // namespace atlas::serving
