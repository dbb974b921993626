// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

#include "base/format.hpp"
#include "serving/http_client.hpp"
#include "tests/support/program.hpp"

namespace atlas::scenario {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// In the child: only calls that are safe after fork.
[[noreturn]] void become(char* const* arguments, const char* folder, const char* const* streams) {
    const int input = ::open(streams[0], O_RDONLY | O_CLOEXEC);
    const int output = ::open(streams[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const int errors = ::open(streams[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (input >= 0 && output >= 0 && errors >= 0 && ::chdir(folder) == 0 && ::dup2(input, 0) >= 0 &&
        ::dup2(output, 1) >= 0 && ::dup2(errors, 2) >= 0) {
        ::execv(arguments[0], arguments);
    }
    ::_exit(127);
}

/// Waits for `child` until the deadline; kills it then. False when it had to.
bool wait_until_deadline(pid_t child, int& status) {
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    bool in_time = true;
    if (handle >= 0) {
        pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
        in_time = ::poll(&ended, 1, kCommandDeadlineMs) > 0;
        ::close(handle);
    }
    if (!in_time) {
        ::kill(child, SIGKILL);
    }
    ::waitpid(child, &status, 0);
    return in_time;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::string lines_mismatch(std::string_view expected, std::string_view actual, Names& names) {
    const auto wanted = lines_of(expected);
    const auto found = lines_of(actual);
    if (wanted.size() != found.size()) {
        return format("{} lines came out, expected {}:\n{}", found.size(), wanted.size(), actual);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (const std::string problem = json_mismatch(wanted[i], found[i], names);
            !problem.empty()) {
            return format("line {}: {}", i + 1, problem);
        }
    }
    return {};
}

/// One case while it runs. The server starts with the first request and lives to the case's end;
/// commands beside it reach the ledger through its socket, as they would on anybody's machine.
class Run {
public:
    Run(const Case& scenario, const fs::path& program) : scenario_(scenario), program_(program) {
        fs::create_directory(files());
    }

    /// The empty string, or "LINE: what was different".
    std::string run() {
        for (const Step& step : scenario_.steps) {
            if (!step.file_name.empty()) {
                write_file(files() / step.file_name, step.body);
                continue;
            }
            const auto outcome = step.method.empty() ? command(step) : request(step);
            if (!outcome.has_value()) {
                return format("{}: {}", step.line, to_string(outcome.error()));
            }
            for (Expectation expectation : step.expectations) {
                expectation.body = with_names(expectation.body, names_);
                const std::string problem = outcome_mismatch(expectation, *outcome, names_);
                if (!problem.empty()) {
                    return format("{}: {}", expectation.line, problem);
                }
            }
        }
        return {};
    }

private:
    fs::path files() const { return place_.path("files"); }

    Result<Outcome> command(const Step& step) {
        std::vector<std::string> arguments = step.arguments;
        for (std::string& argument : arguments) {
            argument = with_names(argument, names_);
        }
        if (step.needs_data) {
            arguments.insert(arguments.end(), {"--data", place_.data()});
        }
        return run_program(program_, arguments, files(), with_names(step.body, names_));
    }

    Result<Outcome> request(const Step& step) {
        ATLAS_TRY(start_server());
        serving::ClientRequest request;
        request.method = *serving::method_from(step.method);
        request.target = with_names(step.target, names_);
        request.body = with_names(step.body, names_);
        request.content_type = request.body.empty() ? "" : "application/json";
        request.timeout = std::chrono::milliseconds(kCommandDeadlineMs);
        ATLAS_TRY_ASSIGN(serving::ClientResponse answer, client_->call(std::move(request)));
        const bool is_success = answer.status >= 200 && answer.status < 300;
        return Outcome{
            .code = is_success ? 0 : answer.status, .output = std::move(answer.body), .errors = {}};
    }

    Result<void> start_server() {
        if (client_ != nullptr) {
            return {};
        }
        server_ = std::make_unique<system_test::Server>(place_, std::vector<std::string>{});
        if (server_->port() == 0) {
            return unavailable("the server did not start");
        }
        serving::HttpClientConfig config;
        config.address = "unix:" + place_.data() + "/atlas.sock";
        ATLAS_TRY_ASSIGN(client_, serving::HttpClient::create(std::move(config)));
        return {};
    }

    const Case& scenario_;
    const fs::path& program_;
    const system_test::Workplace place_;
    Names names_;
    std::unique_ptr<system_test::Server> server_;
    std::unique_ptr<serving::HttpClient> client_;  ///< Ends before its server.
};

}  // namespace

Result<Outcome> run_program(const fs::path& program, std::span<const std::string> arguments,
                            const fs::path& folder, std::string_view input) {
    const fs::path streams = folder.parent_path();
    const std::string names[] = {(streams / "input").string(), (streams / "output").string(),
                                 (streams / "errors").string()};
    write_file(names[0], input);
    std::vector<std::string> words = {program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const std::string place = folder.string();
    const char* paths[] = {names[0].c_str(), names[1].c_str(), names[2].c_str()};

    const pid_t child = ::fork();
    if (child < 0) {
        return unavailable("cannot start another process");
    }
    if (child == 0) {
        become(pointers.data(), place.c_str(), paths);
    }
    int status = 0;
    if (!wait_until_deadline(child, status)) {
        return fail(ErrorCode::deadline_exceeded, {},
                    format("{} did not end within {} ms", program.string(), kCommandDeadlineMs));
    }
    const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (exit_code == 127) {
        return unavailable(format("cannot run {}", program.string()));
    }
    return Outcome{.code = exit_code, .output = read_file(names[1]), .errors = read_file(names[2])};
}

std::string outcome_mismatch(const Expectation& expectation, const Outcome& outcome, Names& names) {
    if (outcome.code != expectation.code) {
        return format("exit code or status {}, expected {}\n{}{}", outcome.code, expectation.code,
                      outcome.output.substr(0, 2000), outcome.errors.substr(0, 2000));
    }
    switch (expectation.check) {
        case Check::answer: return json_mismatch(expectation.body, outcome.output, names);
        case Check::lines: return lines_mismatch(expectation.body, outcome.output, names);
        case Check::text:
            return outcome.output == expectation.body
                       ? ""
                       : format("came out:\n{}\nexpected:\n{}", outcome.output, expectation.body);
        case Check::contains:
            for (const std::string_view line : lines_of(expectation.body)) {
                if (outcome.output.find(line) == std::string::npos) {
                    return format("\"{}\" is not in:\n{}", line, outcome.output.substr(0, 4000));
                }
            }
            return {};
        case Check::refused:
            return expectation.body.empty()
                       ? ""
                       : json_mismatch(expectation.body, outcome.output, names);
    }
    return {};
}

std::string run_case(const Case& scenario, std::string_view file_name, const fs::path& program) {
    const std::string problem = Run(scenario, program).run();
    return problem.empty() ? "" : format("{}:{}", file_name, problem);
}

}  // namespace atlas::scenario
