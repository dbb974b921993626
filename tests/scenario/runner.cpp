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

#include "base/format.hpp"
#include "tests/scenario/match.hpp"

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

/// A folder that goes away with everything in it.
class Workplace {
public:
    Workplace() {
        std::string pattern = (fs::temp_directory_path() / "atlas-scenario-XXXXXX").string();
        const char* made = ::mkdtemp(pattern.data());
        ATLAS_CHECK(made != nullptr);
        path_ = made;
        fs::create_directory(files());
    }
    ~Workplace() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    fs::path files() const { return path_ / "files"; }
    fs::path data() const { return path_ / "data"; }

private:
    fs::path path_;
};

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

std::string lines_mismatch(std::string_view expected, std::string_view actual) {
    const auto wanted = lines_of(expected);
    const auto found = lines_of(actual);
    if (wanted.size() != found.size()) {
        return format("{} lines came out, expected {}:\n{}", found.size(), wanted.size(), actual);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (const std::string problem = json_mismatch(wanted[i], found[i]); !problem.empty()) {
            return format("line {}: {}", i + 1, problem);
        }
    }
    return {};
}

std::string run_step(const Step& step, const Workplace& place, const fs::path& program) {
    if (!step.file_name.empty()) {
        write_file(place.files() / step.file_name, step.body);
        return {};
    }
    std::vector<std::string> arguments = step.arguments;
    if (step.needs_data) {
        arguments.insert(arguments.end(), {"--data", place.data().string()});
    }
    const auto outcome = run_program(program, arguments, place.files(), step.body);
    if (!outcome.has_value()) {
        return format("{}: {}", step.line, to_string(outcome.error()));
    }
    for (const Expectation& expectation : step.expectations) {
        if (const std::string problem = outcome_mismatch(expectation, *outcome); !problem.empty()) {
            return format("{}: {}", expectation.line, problem);
        }
    }
    return {};
}

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
    return Outcome{
        .exit_code = exit_code, .output = read_file(names[1]), .errors = read_file(names[2])};
}

std::string outcome_mismatch(const Expectation& expectation, const Outcome& outcome) {
    if (outcome.exit_code != expectation.exit_code) {
        return format("exit code {}, expected {}\n{}{}", outcome.exit_code, expectation.exit_code,
                      outcome.output.substr(0, 2000), outcome.errors.substr(0, 2000));
    }
    switch (expectation.check) {
        case Check::answer: return json_mismatch(expectation.body, outcome.output);
        case Check::lines: return lines_mismatch(expectation.body, outcome.output);
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
            return expectation.body.empty() ? "" : json_mismatch(expectation.body, outcome.output);
    }
    return {};
}

std::string run_case(const Case& scenario, std::string_view file_name, const fs::path& program) {
    const Workplace place;
    for (const Step& step : scenario.steps) {
        if (const std::string problem = run_step(step, place, program); !problem.empty()) {
            return format("{}:{}", file_name, problem);
        }
    }
    return {};
}

}  // namespace atlas::scenario
