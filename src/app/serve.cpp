// SPDX-License-Identifier: Apache-2.0
// `atlas serve`: opens the house, starts the gateway, prints the link, waits for a signal, drains.
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>

#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/door.hpp"
#include "app/house.hpp"
#include "app/serve_config.hpp"
#include "base/format.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/gateway/gateway.hpp"
#include "roles/ml/features.hpp"
#include "serving/access_log.hpp"
#include "serving/server.hpp"

namespace atlas::app {
namespace {

constexpr std::chrono::seconds kDrainPatience{10};
/// A ledger of ordinary size is followed to its end before the first answer.
constexpr std::chrono::milliseconds kStartPatience{300};

/// Blocks the stop signals in this thread and all it starts, so that one sigwait sees them.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// DIR/web beside the program, where `make build` puts the pages.
std::string default_web_folder() {
    std::error_code code;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", code);
    return code ? "web" : (program.parent_path() / "web").string();
}

Result<std::shared_ptr<const serving::StaticFiles>> load_pages(const ServeConfig& config) {
    const std::string folder = config.web.empty() ? default_web_folder() : config.web;
    if (config.web.empty() && !std::filesystem::is_directory(folder)) {
        std::fprintf(stderr, "atlas: no pages at %s: serving the API alone\n", folder.c_str());
        return std::shared_ptr<const serving::StaticFiles>();
    }
    return serving::StaticFiles::load(
        {.directory = folder, .content_security_policy = std::string(roles::gateway::kPagePolicy)});
}

/// Appends to DIR/access.log; requests are not a person's business on the terminal.
class AccessLogFile {
public:
    static Result<AccessLogFile> open(const std::string& folder) {
        const std::string path = folder + "/access.log";
        const int descriptor =
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (descriptor < 0) {
            return unavailable(format("cannot write {}", path));
        }
        return AccessLogFile(descriptor);
    }
    AccessLogFile(AccessLogFile&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)) {}
    AccessLogFile& operator=(AccessLogFile&&) = delete;
    ~AccessLogFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    int descriptor() const { return descriptor_; }

private:
    explicit AccessLogFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// Where the command line comes in while we hold the folder; empty where the path is too long.
std::string local_socket_of(const std::string& data) {
    std::string path = (std::filesystem::absolute(data) / std::string(kSocketName)).string();
    if (path.size() > serving::kLocalSocketBytesMax) {
        std::fprintf(stderr,
                     "atlas: no %s: its path has %zu bytes and a socket's at most %zu; while Atlas "
                     "runs, other commands cannot use this folder\n",
                     path.c_str(), path.size(), serving::kLocalSocketBytesMax);
        path.clear();
    }
    return path;
}

std::string own_url(const ServeConfig& config, std::uint16_t port) {
    const bool everywhere = config.listen == "0.0.0.0" || config.listen == "::";
    const bool is_v6 = config.listen.find(':') != std::string::npos;
    const std::string host = is_v6 ? format("[{}]", config.listen) : config.listen;
    return format("{}://{}:{}", config.tls_certificate_file.empty() ? "http" : "https",
                  everywhere ? "127.0.0.1" : host, port);
}

Result<void> serve(const ServeOptions& options, const sigset_t& stop_signals) {
    if (options.roles != "all") {
        return fail(ErrorCode::unsupported, "--roles",
                    format("\"{}\": this build serves all roles in one process", options.roles));
    }
    ATLAS_TRY_ASSIGN(const ServeConfig settled, settle_serve_config(options));
    ATLAS_TRY_ASSIGN(serving::ServerConfig config, to_server_config(settled));
    ATLAS_TRY_ASSIGN(const auto house,
                     House::open(settled.data, {.event_bus = settled.event_bus,
                                                .feature_store = settled.feature_store}));
    if (options.demo) {
        std::fprintf(stderr, "atlas: preparing the sample household …\n");
        ATLAS_TRY(add_demo_household(*house, options.seed));
    }
    // A long history is read while the server answers; /ready says how far.
    ATLAS_TRY(house->start(Deadline::after(house->clock(), kStartPatience)));
    ATLAS_TRY_ASSIGN(const auto pages, load_pages(settled));
    ATLAS_TRY_ASSIGN(const AccessLogFile log_file, AccessLogFile::open(settled.data));

    serving::Metrics metrics;
    const auto counted = house->features().report_to(metrics);
    const auto ingested = house->ingest().report_to(metrics);
    const auto kept_up = house->upkeep().report_to(metrics);
    serving::FileAccessLog access_log(log_file.descriptor());
    roles::gateway::Sessions sessions(house->identity(), house->clock(), house->entropy());
    roles::gateway::LiveUpdates updates(house->bus(), house->clock());
    ATLAS_TRY(updates.start());
    roles::gateway::EventTail tail(house->bus(), house->clock());
    ATLAS_TRY_ASSIGN(auto router, roles::gateway::make_router(
                                      {.finance_engine = house->table(),
                                       .sessions = sessions,
                                       .updates = updates,
                                       .tail = tail,
                                       .metrics = metrics,
                                       .bus = house->bus(),
                                       .pages = pages,
                                       .version = version_text(),
                                       .not_ready = [&] { return house->not_ready(); }}));
    config.local_socket = local_socket_of(settled.data);
    config.upload_folder = settled.data;
    ATLAS_TRY_ASSIGN(const auto server, serving::Server::start(config, std::move(router),
                                                               {.metrics = metrics,
                                                                .access_log = access_log,
                                                                .clock = house->clock(),
                                                                .entropy = house->entropy(),
                                                                .disk = &house->disk()}));
    ATLAS_TRY_ASSIGN(const std::string token, sessions.make_login_link(house->owner()));
    std::printf(
        "Atlas is running. Open this link once; it signs this browser in:\n%s/login?token=%s\n",
        own_url(settled, server->port()).c_str(), token.c_str());
    std::fflush(stdout);

    int signal = 0;
    sigwait(&stop_signals, &signal);
    std::fprintf(stderr, "atlas: stopping …\n");
    server->drain(kDrainPatience);
    return {};
}

}  // namespace

int run_config() {
    std::fputs(example_serve_config().c_str(), stdout);
    return 0;
}

int run_serve(const ServeOptions& options) {
    const sigset_t stop_signals = block_stop_signals();
    const Result<void> served = serve(options, stop_signals);
    return served.has_value() ? 0 : report(served.error());
}

}  // namespace atlas::app
