// SPDX-License-Identifier: Apache-2.0
// A session without a socket, with a clock moved by hand: for tests and the fuzzer.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "serving/http/session.hpp"

namespace atlas::serving::testing {

/// Keeps the lines.
class MemoryAccessLog final : public AccessLog {
public:
    void record(const AccessRecord& record) override {
        lines_.with([&](std::string& lines) { lines += to_json_line(record); });
    }
    std::string lines() const {
        return lines_.with([](const std::string& lines) { return lines; });
    }

private:
    Guarded<std::string> lines_;
};

inline ServerConfig test_config() {
    ServerConfig config;
    config.loops = 1;
    config.compute_threads = 1;
    config.blocking_threads = 1;
    return config;
}

/// Everything a session stands on. Outlives its sessions.
struct KernelHarness {
    explicit KernelHarness(Router router, ServerConfig config = test_config())
        : kernel(std::move(config), std::move(router), {metrics, log, clock, entropy}) {}

    Metrics metrics;
    MemoryAccessLog log;
    ManualClock clock{Timestamp{1'790'000'000'000'000}};
    SeededEntropy entropy{7};
    http::Kernel kernel;
};

/// One connection. What the server says gathers in `said`.
class Conversation final : public http::Transport {
public:
    explicit Conversation(KernelHarness& harness)
        : harness_(harness),
          mailbox_(std::make_shared<http::Mailbox>([this] { rings_.fetch_add(1); })),
          session_(std::make_shared<http::Session>(harness.kernel, *this, mailbox_,
                                                   http::Peer{"192.0.2.7", "", false})) {}
    ~Conversation() override {
        session_->abort();
        mailbox_->close();
    }

    void wake() override { flush(); }

    /// What arrives while the session does not read waits, as it would in the socket.
    Conversation& hear(std::string_view bytes) {
        waiting_ += bytes;
        for (;;) {
            flush();
            if (waiting_.empty() || !session_->wants_input()) {
                return *this;
            }
            const auto space = session_->input_space();
            const auto count = std::min(space.size(), waiting_.size());
            std::memcpy(space.data(), waiting_.data(), count);
            waiting_.erase(0, count);
            session_->received(count);
        }
    }
    Conversation& hear_byte_by_byte(std::string_view bytes) {
        for (const char c : bytes) {
            hear({&c, 1});
        }
        return *this;
    }
    Conversation& hear_end() {
        if (!session_->is_closed()) {
            session_->input_ended();
            flush();
        }
        return *this;
    }
    /// Lets time pass, and the timer fire if something is due.
    Conversation& pass(std::chrono::milliseconds span) {
        harness_.clock.advance(span);
        if (!session_->is_closed() && harness_.clock.steady_now() >= session_->expires_at()) {
            session_->expire();
            flush();
        }
        return *this;
    }
    /// Takes what other threads have left in the mailbox.
    std::size_t perform_tasks() {
        auto tasks = mailbox_->take();
        for (http::Task& task : tasks) {
            task.session->perform(task);
        }
        hear({});
        return tasks.size();
    }
    void drain() {
        session_->drain();
        flush();
    }
    void stop_reading_answers() { sends_ = false; }
    void read_answers() {
        sends_ = true;
        hear({});
    }

    const std::string& said() const { return said_; }
    std::string take() { return std::exchange(said_, {}); }
    bool has_ended() const { return has_ended_ || session_->is_closed(); }
    bool is_closed() const { return session_->is_closed(); }
    http::Session& session() { return *session_; }
    int rings() const { return rings_.load(); }

private:
    void flush() {
        while (sends_ && !session_->is_closed() && !session_->output().empty()) {
            const auto bytes = session_->output();
            said_ += bytes;
            session_->sent(bytes.size());
        }
        if (session_->wants_end() && session_->output().empty()) {
            has_ended_ = true;
            session_->end_was_sent();
        }
    }

    KernelHarness& harness_;
    std::atomic<int> rings_{0};
    std::shared_ptr<http::Mailbox> mailbox_;
    std::shared_ptr<http::Session> session_;
    std::string waiting_;
    std::string said_;
    bool has_ended_ = false;
    bool sends_ = true;
};

/// Status of the first answer in `said`, 0 where there is none.
inline int status_of(std::string_view said) {
    if (said.size() < 12 || said.substr(0, 9) != "HTTP/1.1 ") {
        return 0;
    }
    return (said[9] - '0') * 100 + (said[10] - '0') * 10 + (said[11] - '0');
}

inline std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

}  // namespace atlas::serving::testing
