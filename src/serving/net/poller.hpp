// SPDX-License-Identifier: Apache-2.0
// One thread's waiting: descriptors by epoll, tasks that other threads post, and a point in time.
// Everything runs on the thread inside `run`, except `post`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/guarded.hpp"
#include "base/result.hpp"
#include "serving/net/stream.hpp"

namespace atlas::serving::net {

/// Who is told about a descriptor.
class Watcher {
public:
    /// `events` as epoll's; 0 where `Poller::again` asked for it.
    virtual void ready(std::uint32_t events) = 0;

protected:
    ~Watcher() = default;
};

class Poller {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Errors: unavailable (no descriptor left).
    static Result<std::unique_ptr<Poller>> create();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    /// Edge-triggered: told once when input, room for output or the peer's end comes. Each socket
    /// costs one system call for its whole life.
    /// Errors: unavailable (the system's limit of watched descriptors).
    Result<void> watch(int descriptor, Watcher& watcher);
    /// Level-triggered: told as long as there is input. For listening sockets.
    Result<void> watch_input(int descriptor, Watcher& watcher);
    /// The watcher is not told again, also not of what this round had already found.
    void forget(int descriptor, const Watcher& watcher);
    /// `ready(0)` after this round, before any waiting: for whoever left work to let others in.
    void again(Watcher& watcher) { again_.push_back(&watcher); }

    /// Any thread. Posted before `run`, it happens within it; after it, never.
    void post(std::function<void()> task);

    /// Until `stop`. `due` is called in every round: it does what its time has come for and says
    /// when to be called at the latest. SIGPIPE is blocked for this thread.
    void run(const std::function<TimePoint()>& due);
    /// On the thread inside `run`: it returns after this round.
    void stop() { is_stopped_ = true; }

private:
    struct Posted {
        std::vector<std::function<void()>> tasks;
    };
    struct Found {
        Watcher* watcher = nullptr;
        std::uint32_t events = 0;
    };
    Poller(Descriptor epoll, Descriptor bell);
    Result<void> add(int descriptor, Watcher* watcher, std::uint32_t events);
    void wait(TimePoint until);
    void perform_posted();

    Descriptor epoll_;
    Descriptor bell_;
    Guarded<Posted> posted_;
    std::vector<Found> found_;     ///< Of this round; null where forgotten meanwhile.
    std::vector<Watcher*> again_;  ///< For the end of this round.
    std::vector<Watcher*> now_;    ///< Those of `again_` being served.
    bool has_rung_ = false;
    bool is_stopped_ = false;
};

}  // namespace atlas::serving::net
