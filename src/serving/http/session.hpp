// SPDX-License-Identifier: Apache-2.0
// One connection's conversation without its socket: bytes in, bytes out, and when to give up. The
// connection around it moves the bytes; tests and the fuzzer do that by hand. Everything here runs
// on the session's loop, except what says otherwise.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "serving/http/head_scanner.hpp"
#include "serving/http/kernel.hpp"
#include "serving/http/mailbox.hpp"
#include "serving/http/request_data.hpp"
#include "serving/http/request_reader.hpp"

namespace atlas::serving::http {

/// The connection, as far as its session needs it.
class Transport {
public:
    virtual ~Transport() = default;
    /// The session changed outside `received`: look at its output and wishes again.
    virtual void wake() = 0;
};

/// What an EventStream and its session know together. Thread-safe.
struct StreamState {
    std::uint64_t sequence = 0;
    std::size_t bytes_max = 0;
    std::atomic<std::size_t> waiting_bytes{0};
    std::atomic<bool> is_open{true};
};

struct Peer {
    std::string address;
    std::string subject;  ///< Of a verified client certificate.
    bool is_secure = false;
    bool is_local = false;  ///< Came through the local socket: no name to check in Host.
};

class Session final : public std::enable_shared_from_this<Session> {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Borrows all but the mailbox, which is shared by the loop and its sessions.
    Session(Kernel& kernel, Transport& transport, std::shared_ptr<Mailbox> mailbox, Peer peer);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Input
    bool wants_input() const;
    std::span<char> input_space();
    /// So many bytes are now in `input_space`.
    void received(std::size_t bytes);
    void input_ended();

    // Output
    /// What is to be sent next; stays where it is until `sent`.
    std::string_view output();
    void sent(std::size_t bytes);
    /// Nothing more will come: flush, say so to the peer, read the rest, close.
    bool wants_end() const { return state_ == State::ending; }
    void end_was_sent();
    /// Close at once.
    bool is_closed() const { return state_ == State::closed; }
    /// A handler is at work or a stream is open: tell if the peer goes away.
    bool watches_peer() const { return state_ == State::handling || state_ == State::streaming; }

    // Time
    TimePoint expires_at() const;
    void expire();

    // From outside
    void perform(Task& task);
    /// Closes an idle connection; a busy one ends after its answer.
    void drain();
    /// The socket failed or the server stops hard. The transport is not used after this.
    void abort();
    /// Any thread: the answer of an exchange, taken directly where its handler is running on this
    /// loop, else by the mailbox.
    void answer(std::uint64_t sequence, Response response);
    std::shared_ptr<StreamState> start_stream(std::uint64_t sequence, Response head);
    Mailbox& mailbox() { return *mailbox_; }

private:
    enum class State : std::uint8_t {
        head,
        body,
        handling,
        streaming,
        ending,     ///< Answered for the last time.
        lingering,  ///< Our end is sent; what still comes is thrown away.
        closed,
    };

    void process();
    bool step_head();
    bool step_body();
    bool step_chunks();
    bool begin_body();
    bool spill(bool is_last);
    void body_written();
    void send_continue();
    std::optional<Refusal> check_origin() const;
    bool route();
    bool dispatch();
    void start_next();

    void refuse(const Refusal& refusal);
    void refuse_large_body();
    void answer_problem(int status, std::string_view detail);
    void complete(const Response& response);
    void write(const Response& response, bool is_stream);
    void log(int status, std::size_t response_bytes) const;
    void open_stream(const Response& head, std::shared_ptr<StreamState> stream);
    void append_stream(std::string_view bytes);
    void close_stream();
    void end();
    void begin_exchange();
    bool output_is_full() const;
    TimePoint now() const { return kernel_.clock().steady_now(); }
    TimePoint after(std::uint32_t ms) const { return now() + std::chrono::milliseconds(ms); }
    RequestData& data() { return *request_->data_; }
    const RequestData& data() const { return *request_->data_; }

    Kernel& kernel_;
    Transport* transport_;
    std::shared_ptr<Mailbox> mailbox_;
    const Peer peer_;
    const std::size_t event_stream_bytes_max_;
    State state_ = State::head;
    bool is_processing_ = false;
    bool is_draining_ = false;
    bool must_close_ = false;  ///< After the answer at hand.
    bool input_has_ended_ = false;
    bool head_has_begun_ = false;
    bool is_head_read_ = false;  ///< The fields of `data()` can be trusted.
    bool needs_next_ = false;    ///< The request at hand is answered.

    std::shared_ptr<Request> request_;  ///< Shared with its handler.
    HeadScanner scanner_;
    std::optional<ChunkReader> chunks_;
    std::shared_ptr<BodySpill> spill_;  ///< Shared with the job that writes it.
    bool is_writing_body_ = false;      ///< Nothing is read meanwhile, and `spill_` not touched.
    RouteMatch match_;
    std::size_t body_bytes_max_ = 0;
    std::uint64_t sequence_ = 0;
    TimePoint started_at_;
    std::shared_ptr<StreamState> stream_;  ///< Shared with its EventStream.
    std::size_t stream_bytes_ = 0;         ///< All of its events, for the log.
    std::size_t lingered_bytes_ = 0;

    std::string pending_;  ///< Grows.
    std::string sending_;  ///< Stays in place while the socket reads it.
    std::size_t sent_bytes_ = 0;
    std::size_t pending_stream_bytes_ = 0;  ///< Events within `pending_`.
    std::size_t sending_stream_bytes_ = 0;  ///< Events within `sending_`.
    TimePoint expires_at_;
    TimePoint write_expires_at_ = TimePoint::max();
};

}  // namespace atlas::serving::http
