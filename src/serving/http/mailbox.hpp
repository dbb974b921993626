// SPDX-License-Identifier: Apache-2.0
// How other threads reach a loop: answers and stream pieces are left here, the bell wakes the
// loop once for all of them. A closed mailbox drops what comes: the loop is gone, and with it
// every connection.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/guarded.hpp"
#include "serving/response.hpp"

namespace atlas::serving::http {

class Session;
struct StreamState;

/// Something to be done to a session by its own loop.
struct Task {
    enum class Kind : std::uint8_t {
        answer,
        open_stream,
        append_stream,
        close_stream,
        drop_stream,
        body_written
    };
    Kind kind = Kind::answer;
    std::shared_ptr<Session> session{};  ///< Shared with the connection and its responders.
    std::uint64_t sequence = 0;
    Response response{};
    std::string bytes{};
    std::shared_ptr<StreamState> stream{};  ///< Of open_stream; shared with its EventStream.
};

class Mailbox {
public:
    /// `ring` is called with the first task after an empty box, from any thread, under the lock.
    explicit Mailbox(std::function<void()> ring) : ring_(std::move(ring)) {}

    void post(Task task) {
        state_.with([&](State& state) {
            if (state.is_closed) {
                return;
            }
            state.tasks.push_back(std::move(task));
            if (state.tasks.size() == 1) {
                ring_();
            }
        });
    }
    std::vector<Task> take() {
        return state_.with([](State& state) { return std::exchange(state.tasks, {}); });
    }
    void close() {
        // The tasks are destroyed outside the lock: a session's end may reach for the mailbox.
        const auto rest = state_.with([](State& state) {
            state.is_closed = true;
            return std::exchange(state.tasks, {});
        });
    }

private:
    struct State {
        std::vector<Task> tasks;
        bool is_closed = false;
    };
    std::function<void()> ring_;
    Guarded<State> state_;
};

}  // namespace atlas::serving::http
