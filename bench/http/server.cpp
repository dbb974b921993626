// SPDX-License-Identifier: Apache-2.0
// The Atlas side of bench/http: two small routes, as bench/http/peer.py has them for FastAPI. The
// figure is computed from a path parameter, or from a JSON body that is read and checked.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <simdjson.h>

#include "base/format.hpp"
#include "serving/problem.hpp"
#include "serving/server.hpp"

namespace {

using namespace atlas;
using namespace atlas::serving;

// A level payment's month count to text: enough work to be an answer, little enough to measure
// the server.
std::string answer_of(std::int64_t months, double amount) {
    return format("{{\"months\":{},\"total\":{:.2f}}}", months,
                  amount * static_cast<double>(months));
}

void by_path(const std::shared_ptr<const Request>& request, Responder responder) {
    const auto text = request->path_parameter("months");
    std::int64_t months = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || months > 100'000) {
            return responder.send(to_response(
                Error{ErrorCode::invalid_argument, "months is a number up to 100000", "months"}));
        }
        months = months * 10 + (c - '0');
    }
    responder.send(json_response(answer_of(months, 12.5)));
}

void by_body(const std::shared_ptr<const Request>& request, Responder responder) {
    thread_local simdjson::ondemand::parser parser;
    const auto body = request->body();
    simdjson::ondemand::document document;
    std::int64_t months = 0;
    double amount = 0;
    std::string_view name;
    const bool is_read =
        parser.iterate(body.data(), body.size(), body.size() + kBodyPadding).get(document) ==
            simdjson::SUCCESS &&
        document["name"].get(name) == simdjson::SUCCESS &&
        document["months"].get(months) == simdjson::SUCCESS &&
        document["amount"].get(amount) == simdjson::SUCCESS;
    if (!is_read || months < 0 || months > 100'000) {
        return responder.send(to_response(
            Error{ErrorCode::invalid_argument, "months is a number up to 100000", "/months"}));
    }
    responder.send(json_response(answer_of(months, amount)));
}

Result<void> serve(std::uint16_t port, std::size_t loops) {
    Router router;
    ATLAS_TRY(router.add({.pattern = "/payments/{months}", .handler = by_path}));
    ATLAS_TRY(router.add({.method = Method::post, .pattern = "/payments", .handler = by_body}));
    ATLAS_TRY(router.add(
        {.pattern = "/pooled/{months}", .execution = Execution::compute, .handler = by_path}));
    ServerConfig config;
    config.port = port;
    config.loops = loops;
    Metrics metrics;
    const int sink = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    FileAccessLog log(sink);  // The lines are made and written, only not kept.
    SystemClock clock;
    SystemEntropy entropy;
    ATLAS_TRY_ASSIGN(auto server,
                     Server::start(config, std::move(router), {metrics, log, clock, entropy}));
    std::printf("listening on %d\n", static_cast<int>(server->port()));
    std::fflush(stdout);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    int signal = 0;
    sigwait(&signals, &signal);
    server->drain(std::chrono::seconds(2));
    return {};
}

}  // namespace

int main(int count, char** values) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // Inherited by the loops.
    const auto port = static_cast<std::uint16_t>(count > 1 ? std::atoi(values[1]) : 0);
    const auto loops = static_cast<std::size_t>(count > 2 ? std::atoi(values[2]) : 0);
    const auto result = serve(port, loops);
    if (!result) {
        std::fprintf(stderr, "%s\n", to_string(result.error()).c_str());
        return 1;
    }
    return 0;
}
