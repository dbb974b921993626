// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas::system_test {
namespace {

constexpr std::chrono::seconds kPatience{60};

std::string program_path() {
    const char* given = std::getenv("ATLAS_PROGRAM");
    ATLAS_CHECK(given != nullptr);
    return given;
}

std::vector<std::string> with_program(std::vector<std::string> words) {
    words.insert(words.begin(), program_path());
    return words;
}

std::string next_name() {
    static std::atomic<int> count{0};
    return format("run-{}", count.fetch_add(1));
}

}  // namespace

Workplace::Workplace() {
    std::string pattern = (std::filesystem::temp_directory_path() / "atlas-system-XXXXXX").string();
    ATLAS_CHECK(::mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
}

Workplace::~Workplace() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
}

std::string Workplace::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Program::Program(const Workplace& workplace, std::vector<std::string> arguments) {
    const std::string name = next_name();
    output_path_ = workplace.path(name + ".out");
    errors_path_ = workplace.path(name + ".err");
    std::vector<char*> words;
    for (std::string& argument : arguments) {
        words.push_back(argument.data());
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output_path_.c_str(), kWrite, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, errors_path_.c_str(), kWrite, 0600);
    const int failed =
        ::posix_spawn(&process_, words.front(), &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ATLAS_CHECK(failed == 0);
    handle_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
    ATLAS_CHECK(handle_ >= 0);
}

Program::~Program() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    ::close(handle_);
}

void Program::signal(int number) const {
    if (process_ > 0) {
        ::kill(process_, number);
    }
}

bool Program::ends_within(std::chrono::microseconds patience) {
    pollfd ended{.fd = handle_, .events = POLLIN, .revents = 0};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
    const timespec limit{
        .tv_sec = seconds.count(),
        .tv_nsec =
            std::chrono::duration_cast<std::chrono::nanoseconds>(patience - seconds).count()};
    return ::ppoll(&ended, 1, &limit, nullptr) > 0;
}

Ended Program::wait() {
    if (!ends_within(kPatience)) {
        signal(SIGKILL);
    }
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), output(),
            read_file(errors_path_)};
}

Ended run_atlas(const Workplace& workplace, std::vector<std::string> words) {
    return Program(workplace, with_program(std::move(words))).wait();
}

Server::Server(const Workplace& workplace, std::vector<std::string> words)
    : program_(
          workplace, with_program([&] {
              words.insert(words.begin(), {"serve", "--port", "0", "--data", workplace.data()});
              return std::move(words);
          }())) {
    // The link is the last line; nothing tells when a file has grown but looking again.
    constexpr std::string_view kMark = "/login?token=";
    std::string said;
    for (int look = 0; look < 12'000; ++look) {
        said = program_.output();
        if (said.find(kMark) != std::string::npos && said.ends_with('\n')) {
            break;
        }
        if (program_.ends_within(std::chrono::milliseconds(5))) {
            break;
        }
    }
    const std::size_t mark = said.find(kMark);
    if (mark == std::string::npos) {
        return;  // Port 0: the test says so.
    }
    token_ = said.substr(mark + kMark.size());
    token_.pop_back();
    port_ = static_cast<std::uint16_t>(std::stoi(said.substr(said.rfind(':', mark) + 1)));
}

}  // namespace atlas::system_test
