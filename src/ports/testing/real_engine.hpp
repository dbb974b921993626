// SPDX-License-Identifier: Apache-2.0
// For tests: a real engine, installed by tools/engines/NAME and started by it on a free port of
// 127.0.0.1; ended with the object. Where it is not installed, url() is empty and it says so aloud.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/format.hpp"

namespace atlas::ports::testing {

/// ThreadSanitizer does not know the C11 threads that Debian's librdkafka is built with, and dies
/// in the first of them: nothing that makes a handle can run under it.
#if defined(__SANITIZE_THREAD__)
inline constexpr bool kCanRunKafka = false;
#else
inline constexpr bool kCanRunKafka = true;
#endif

/// A port that nobody listens on now.
inline int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

class RealEngine {
public:
    /// `name`: of the script in tools/engines. `settings`: NAME=VALUE for it, or empty.
    explicit RealEngine(std::string name, std::string settings = {})
        : name_(std::move(name)),
          settings_(std::move(settings)),
          instance_(format("test-{}-{}", ::getpid(), ++count_)) {
        tool_ = name_ == "kafka" && !kCanRunKafka ? std::string() : find_tool();
        if (!tool_.empty()) {
            url_ = run(format("start {} {}", free_port(), instance_));
        }
        if (url_.empty()) {
            std::printf("SKIPPED ALOUD: no %s here; tools/engines/%s install\n", name_.c_str(),
                        name_.c_str());
        }
    }
    RealEngine(const RealEngine&) = delete;
    RealEngine& operator=(const RealEngine&) = delete;
    ~RealEngine() {
        if (!tool_.empty()) {
            run(format("stop {}", instance_));
        }
    }

    /// Empty: not installed here.
    const std::string& url() const { return url_; }
    bool is_here() const { return !url_.empty(); }
    /// kill -9; returns when it is gone.
    void kill() { run(format("kill {}", instance_)); }
    /// The same engine on the same files and port; false where it did not come.
    bool start_again() { return run(format("again {}", instance_)) == url_; }

private:
    /// The repository's tool, from wherever the tests run; empty where it is not installed.
    std::string find_tool() const {
        for (auto at = std::filesystem::current_path();; at = at.parent_path()) {
            if (std::filesystem::exists(at / "tools/engines" / name_)) {
                return std::filesystem::exists(at / "build/engines" / (name_ + ".ready"))
                           ? (at / "tools/engines" / name_).string()
                           : std::string();
            }
            if (at == at.root_path()) {
                return {};
            }
        }
    }
    /// The first line it prints.
    std::string run(const std::string& verb) const {
        const std::string command = format("{} '{}' {}", settings_, tool_, verb);
        FILE* pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) {
            return {};
        }
        std::string text;
        std::array<char, 512> line{};
        while (std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr) {
            text += line.data();
        }
        return ::pclose(pipe) == 0 ? text.substr(0, text.find('\n')) : std::string();
    }

    static inline int count_ = 0;
    const std::string name_;
    const std::string settings_;
    const std::string instance_;
    std::string tool_;
    std::string url_;
};

}  // namespace atlas::ports::testing
