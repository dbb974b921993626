// SPDX-License-Identifier: Apache-2.0
// The handler's end of one exchange: exactly one answer, from any thread. A responder that is
// destroyed without one answers 500, so that no client waits for a forgotten request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serving/response.hpp"

namespace atlas::serving {

namespace http {
class Session;
struct StreamState;
}  // namespace http

/// One server-sent event (HTML living standard, 9.2). Line ends in `data` become several data
/// lines; in `id` and `event` they are removed.
struct Event {
    std::string event;
    std::string data;
    std::string id;
};

/// An open event stream. Move-only; destroying it ends the stream. All calls are thread-safe.
class EventStream {
public:
    EventStream(EventStream&&) noexcept = default;
    EventStream& operator=(EventStream&& other) noexcept;
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;
    ~EventStream();

    /// False when the client is gone, or was dropped because more than
    /// Limits::event_stream_bytes_max were waiting for it: nothing is sent any more.
    bool send(const Event& event);
    bool is_open() const;
    /// Bytes sent but not yet taken by the socket; 0 once it is closed.
    std::size_t waiting_bytes() const;
    void close();

private:
    friend class Responder;
    EventStream(std::shared_ptr<http::Session> session, std::shared_ptr<http::StreamState> state);
    std::shared_ptr<http::Session> session_;    ///< Shared with the loop.
    std::shared_ptr<http::StreamState> state_;  ///< Shared with the session.
};

class Responder {
public:
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&& other) noexcept;
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;
    ~Responder();

    /// Answers; a second call is a bug. Dropped quietly where the deadline has already answered
    /// or the client is gone.
    void send(Response response);
    /// Answers 200 text/event-stream and keeps it open.
    EventStream start_event_stream(std::vector<std::pair<std::string, std::string>> headers = {});

private:
    friend class http::Session;
    Responder(std::shared_ptr<http::Session> session, std::uint64_t sequence);
    void finish_unsent();

    std::shared_ptr<http::Session> session_;  ///< Shared with the loop; null once answered.
    std::uint64_t sequence_ = 0;
};

}  // namespace atlas::serving
