// SPDX-License-Identifier: Apache-2.0
// Goal: a role behind HTTP answers as one in this process. Method: the one contract suite on both,
// the remote one through a real server on port 0 and on a socket file.
#include "adapters/role_client/http/role_client.hpp"

#include "ports/testing/role_client_contract.hpp"
#include "ports/testing/temporary_folder.hpp"
#include "serving/bind_routes.hpp"
#include "serving/handler_table.hpp"
#include "serving/server.hpp"

namespace atlas::adapters::role_client::http {
namespace {

class Local {
public:
    Local() { ports::testing::bind_test_role(table_, role_, clock_); }
    ports::RoleClient& client() { return table_; }
    ports::testing::TestRole& role() { return role_; }

protected:
    SystemClock clock_;
    ports::testing::TestRole role_;
    serving::HandlerTable table_;
};

class Nobody final : public serving::Authenticator {
    Result<ports::CallContext> authenticate(const serving::Request&) override {
        return fail(ErrorCode::unauthenticated, {}, "nobody is known here");
    }
};

class NoLog final : public serving::AccessLog {
    void record(const serving::AccessRecord&) override {}
};

class Remote : public Local {
public:
    Remote() : Remote(std::string()) {}
    ports::RoleClient& client() { return *client_; }

protected:
    explicit Remote(const std::string& socket) {
        serving::Router router;
        EXPECT_TRUE(serving::bind_routes(router, ports::testing::kTestRoutes, table_, nobody_));
        serving::ServerConfig config;
        config.loops = 1;
        config.blocking_threads = 2;
        config.local_socket = socket;
        auto server =
            serving::Server::start(config, std::move(router), {metrics_, log_, clock_, entropy_});
        EXPECT_TRUE(server) << (server ? "" : to_string(server.error()));
        server_ = std::move(server).value();
        HttpRoleClientOptions options;
        options.client.port = server_->port();
        if (!socket.empty()) {
            options.client.address = "unix:" + socket;
        }
        client_ = HttpRoleClient::create(std::move(options), clock_).value();
    }

private:
    Nobody nobody_;
    serving::Metrics metrics_;
    NoLog log_;
    SystemEntropy entropy_;
    std::unique_ptr<serving::Server> server_;
    std::unique_ptr<HttpRoleClient> client_;
};

struct Folder {
    ports::testing::TemporaryFolder folder_;
};
class OnASocketFile : private Folder, public Remote {
public:
    OnASocketFile() : Remote(folder_.file("role.sock")) {}
};

TEST(HttpRoleClient, SaysThatTheRoleIsNotThere) {
    const SystemClock clock;
    ports::testing::TemporaryFolder folder;
    HttpRoleClientOptions options;
    options.client.address = "unix:" + folder.file("nobody.sock");
    const auto client = HttpRoleClient::create(std::move(options), clock).value();
    const auto got = ports::testing::ask(*client, ports::testing::echo,
                                         {.name = "n", .note = {}, .count = 0, .text = ""});
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace atlas::adapters::role_client::http

namespace atlas::ports::testing {
namespace {

using namespace adapters::role_client::http;  // NOLINT: the suite wants its own namespace.
INSTANTIATE_TYPED_TEST_SUITE_P(InThisProcess, RoleClientContract, Local);
INSTANTIATE_TYPED_TEST_SUITE_P(OverHttp, RoleClientContract, Remote);
INSTANTIATE_TYPED_TEST_SUITE_P(OverASocketFile, RoleClientContract, OnASocketFile);

}  // namespace
}  // namespace atlas::ports::testing
