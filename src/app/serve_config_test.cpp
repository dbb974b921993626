// SPDX-License-Identifier: Apache-2.0
// Goal: a configuration says what is meant or is refused at its line, and TLS from files really
// serves. Method: files in a temporary folder, each refusal once, our client against a server.
#include "app/serve_config.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/testing/books.hpp"
#include "serving/http_client.hpp"
#include "serving/testing/certificates.hpp"
#include "serving/testing/session_harness.hpp"

namespace atlas::app {
namespace {

using testing::code_of;
using testing::must;

class ServeConfigTest : public ::testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_.file(name), std::ios::binary) << text;
        return folder_.file(name);
    }
    Error refusal(const std::string& text) const {
        const auto read = read_serve_config(write("atlas.toml", text));
        EXPECT_FALSE(read.has_value()) << text;
        return read.has_value() ? Error{} : read.error();
    }
    ports::testing::TemporaryFolder folder_;
};

TEST_F(ServeConfigTest, TakesTheFileOverTheDefaultsAndTheFlagsOverBoth) {
    ServeOptions options;
    options.config = write("atlas.toml",
                           "port = 9000\nlisten = \"0.0.0.0\"\nloops = 3\nconnections_max = 5\n"
                           "request_deadline_ms = 700\nidle_timeout_ms = 800\n"
                           "allowed_hosts = [\"home.example\"]\n"
                           "allowed_origins = [\"https://a.example:1\"]\n");
    options.listen = "127.0.0.2";
    const ServeConfig config = must(settle_serve_config(options));
    EXPECT_EQ(config.data, "atlas-data");
    const serving::ServerConfig server = must(to_server_config(config));
    EXPECT_EQ(server.port, 9000);
    EXPECT_EQ(server.listen, "127.0.0.2");
    EXPECT_EQ(server.loops, 3U);
    EXPECT_EQ(server.limits.connections_max, 5U);
    EXPECT_EQ(server.limits.request_deadline_ms, 700U);
    EXPECT_EQ(server.limits.idle_timeout_ms, 800U);
    EXPECT_EQ(server.allowed_hosts, std::vector<std::string>{"home.example"});
    EXPECT_EQ(server.allowed_origins, std::vector<std::string>{"https://a.example:1"});
    options.port = 0;
    options.data = "elsewhere";
    options.web = "pages";
    EXPECT_EQ(must(settle_serve_config(options)).port, 0);
    EXPECT_EQ(must(settle_serve_config(options)).data, "elsewhere");
    EXPECT_EQ(must(settle_serve_config(options)).web, "pages");
}

TEST_F(ServeConfigTest, RefusesAtTheLine) {
    const std::string path = folder_.file("atlas.toml");
    for (const char* text :
         {"port = 1\n\nprot = 2\n", "\n\nport = \"1\"\n", "\n\nport = 65536\n", "\n\nport = -1\n",
          "\n\nlisten = 1\n", "\n\nallowed_hosts = \"a\"\n", "\n\nallowed_hosts = [\"a\", 1]\n",
          "port = 1\n\nport = 2\n", "\n\nport = \n", "\n\n[limits]\nport = 1\n"}) {
        const Error error = refusal(text);
        EXPECT_EQ(error.code, ErrorCode::invalid_argument) << text;
        EXPECT_EQ(error.place, path + ":3") << text << to_string(error);
    }
    EXPECT_NE(refusal("prot = 2").message.find("\"prot\""), std::string::npos);
    EXPECT_EQ(code_of(read_serve_config(folder_.file("none.toml"))), ErrorCode::not_found);
}

TEST_F(ServeConfigTest, WantsWhatBelongsTogether) {
    const auto refused = [](auto&& set) {
        ServeOptions options;
        set(options);
        return code_of(settle_serve_config(options));
    };
    EXPECT_EQ(refused([](auto& o) { o.tls_cert = "a"; }), ErrorCode::invalid_argument);
    EXPECT_EQ(refused([](auto& o) { o.tls_key = "a"; }), ErrorCode::invalid_argument);
    EXPECT_EQ(refused([](auto& o) { o.tls_client_ca = "a"; }), ErrorCode::invalid_argument);
    ServeConfig config;
    config.tls_certificate_file = config.tls_key_file = folder_.file("none.pem");
    EXPECT_EQ(code_of(to_server_config(config)), ErrorCode::not_found);
}

TEST_F(ServeConfigTest, ShipsTheExampleThatTheProgramWrites) {
    const auto shipped =
        std::filesystem::path(__FILE__).parent_path() / ".." / ".." / "config" / "single.toml";
    std::ifstream file(shipped);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(text, example_serve_config()) << "write it anew: atlas config > config/single.toml";
    const auto read = must(read_serve_config(shipped.string()));
    EXPECT_EQ(read.port, ServeConfig{}.port);
    EXPECT_EQ(read.allowed_hosts, ServeConfig{}.allowed_hosts);
}

TEST_F(ServeConfigTest, ServesOverTlsAndKnowsItsClients) {
    namespace certificates = serving::testing;
    const auto authority = certificates::make_identity("Atlas test authority");
    const auto own = certificates::make_identity("server", &authority);
    const auto role = certificates::make_identity("ml", &authority);
    const auto health = [&](bool is_mutual, bool shows_certificate) {
        ServeOptions options;
        options.port = 0;
        options.tls_cert = write("cert.pem", own.certificate_pem());
        options.tls_key = write("key.pem", own.key_pem());
        if (is_mutual) {
            options.tls_client_ca = write("authorities.pem", authority.certificate_pem());
        }
        auto config = must(to_server_config(must(settle_serve_config(options))));
        config.loops = 1;
        serving::Router router;
        must(router.add({.pattern = "/health", .handler = [](auto, serving::Responder out) {
                             out.send(serving::json_response(R"({"status":"live"})"));
                         }}));
        serving::Metrics metrics;
        certificates::MemoryAccessLog log;
        const SystemClock clock;
        SystemEntropy entropy;
        const auto server =
            must(serving::Server::start(config, std::move(router), {metrics, log, clock, entropy}));
        serving::HttpClientConfig to_server;
        to_server.port = server->port();
        to_server.host = "localhost";
        to_server.server_authorities = authority.certificate_pem();
        if (shows_certificate) {
            to_server.identity = {role.certificate_pem(), role.key_pem(), ""};
        }
        return must(serving::HttpClient::create(to_server))->call({.target = "/health"});
    };
    EXPECT_EQ(must(health(false, false)).body, R"({"status":"live"})");
    EXPECT_EQ(must(health(true, true)).status, 200);
    EXPECT_FALSE(health(true, false).has_value());

    ServeConfig config;
    config.tls_certificate_file = write("cert.pem", own.certificate_pem());
    config.tls_key_file = write("key.pem", own.key_pem());
    config.tls_client_authorities_file = write("empty.pem", "");
    EXPECT_EQ(code_of(to_server_config(config)), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace atlas::app
