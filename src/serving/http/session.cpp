// SPDX-License-Identifier: Apache-2.0
#include "serving/http/session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.hpp"
#include "serving/http/response_writer.hpp"
#include "serving/problem.hpp"

namespace atlas::serving::http {
namespace {

constexpr std::size_t kOutputBytesMax = 256 * 1024;   // Pipelined answers waiting to be sent.
constexpr std::size_t kOutputBytesKept = 16 * 1024;   // Capacity an idle connection keeps.
constexpr std::size_t kLingerBytesMax = 1024 * 1024;  // Thrown away after a refusal.

constexpr Refusal kOtherHost{421, "host_not_allowed", "This server does not answer for that host."};
constexpr Refusal kOtherOrigin{403, "origin_not_allowed", "Requests from that origin are refused."};
constexpr Refusal kHeadTimeout{408, "header_timeout_ms", "The head took too long."};
constexpr Refusal kBodyTimeout{408, "body_timeout_ms", "The body took too long."};

// The session whose inline handler is running on this thread.
thread_local const Session* running_session = nullptr;

std::string_view date_now(const Clock& clock) {
    thread_local std::int64_t second = -1;
    thread_local std::string text;
    const auto at = clock.now();
    if (at.micros / 1'000'000 != second) {
        second = at.micros / 1'000'000;
        text = http_date(at);
    }
    return text;
}

}  // namespace

Session::Session(Kernel& kernel, Transport& transport, std::shared_ptr<Mailbox> mailbox, Peer peer)
    : kernel_(kernel),
      transport_(&transport),
      mailbox_(std::move(mailbox)),
      peer_(std::move(peer)),
      event_stream_bytes_max_(kernel.limits().event_stream_bytes_max),
      request_(std::make_shared<Request>()),
      expires_at_(after(kernel.limits().header_timeout_ms)) {
    kernel_.connections.add(1);
}

// A responder may outlive the server: nothing of the kernel is touched here.
Session::~Session() {
    ATLAS_CHECK(state_ == State::closed);
}

bool Session::wants_input() const {
    if (input_has_ended_) {
        return false;
    }
    return state_ == State::lingering ||
           (((state_ == State::body && !is_writing_body_) || state_ == State::head) &&
            !output_is_full());
}

std::span<char> Session::input_space() {
    if (state_ == State::lingering) {
        thread_local std::array<char, 4096> thrown_away;
        return thrown_away;
    }
    return data().buffer.free_space();
}

void Session::received(std::size_t bytes) {
    if (state_ == State::lingering) {
        lingered_bytes_ += bytes;
        if (lingered_bytes_ > kLingerBytesMax) {
            abort();
        }
        return;
    }
    data().buffer.commit(bytes);
    process();
}

void Session::input_ended() {
    input_has_ended_ = true;
    switch (state_) {
        case State::head:
        case State::body:
            process();
            if (state_ == State::head || state_ == State::body) {
                end();
            }
            break;
        case State::streaming:
        case State::lingering: abort(); break;
        case State::handling:  // Half-closed: the answer may still be wanted.
        case State::ending:
        case State::closed: break;
    }
}

void Session::process() {
    if (is_processing_) {
        return;
    }
    is_processing_ = true;
    for (bool has_more = true; has_more;) {
        if (needs_next_) {
            start_next();
        }
        if (output_is_full()) {
            break;
        }
        switch (state_) {
            case State::head: has_more = step_head(); break;
            case State::body: has_more = step_body(); break;
            default: has_more = false;
        }
    }
    is_processing_ = false;
    if (is_draining_ && state_ == State::head && !head_has_begun_) {
        end();
    }
}

// Each step says whether there may be more to do with what has been received.
bool Session::step_head() {
    if (const auto refusal = scanner_.scan(data().buffer.view(), kernel_.limits())) {
        begin_exchange();
        refuse(*refusal);
        return true;
    }
    if (scanner_.head_bytes() == 0) {
        if (!head_has_begun_ && data().buffer.size() > 0) {
            head_has_begun_ = true;
            expires_at_ = after(kernel_.limits().header_timeout_ms);
        }
        return false;
    }
    begin_exchange();
    if (const auto refusal = read_head(data(), scanner_.head_bytes())) {
        refuse(*refusal);
        return true;
    }
    is_head_read_ = true;
    return route();
}

void Session::begin_exchange() {
    started_at_ = now();
    RequestData& request = data();
    kernel_.next_request_id(request.request_id);
    request.remote_address = peer_.address;
    request.client_subject = peer_.subject;
    request.is_secure = peer_.is_secure;
}

std::optional<Refusal> Session::check_origin() const {
    const auto host = data().text(data().host);
    if (!peer_.is_local && !kernel_.is_allowed_host(host)) {
        return kOtherHost;
    }
    const auto origin = data().field("origin");
    if (origin) {
        return kernel_.is_allowed_origin(*origin, host) ? std::nullopt
                                                        : std::optional(kOtherOrigin);
    }
    const bool is_safe = data().method == Method::get || data().method == Method::head ||
                         data().method == Method::options;
    if (!is_safe && data().field("sec-fetch-site").value_or("none") == "cross-site") {
        return kOtherOrigin;
    }
    return std::nullopt;
}

bool Session::route() {
    const RequestData& request = data();
    const Framing& framing = request.framing;
    // A body that nobody will read makes the rest of the connection unreadable.
    const bool has_body = framing.is_chunked || framing.content_length > 0;
    const auto answer_without_body = [&](int status, std::string_view detail) {
        must_close_ = must_close_ || has_body;
        answer_problem(status, detail);
        return true;
    };
    if (const auto refusal = check_origin()) {
        refuse(*refusal);
        return true;
    }
    match_ = kernel_.router().find(request.method, request_->path());
    if (request.method == Method::options && (match_.allowed != 0 || request_->target() == "*")) {
        must_close_ = must_close_ || has_body;
        Response response{.status = 204};
        const auto all = static_cast<std::uint8_t>((1U << kMethodCount) - 1);
        response.headers.emplace_back("Allow",
                                      allow_header(match_.allowed != 0 ? match_.allowed : all));
        complete(response);
        return true;
    }
    if (match_.is_malformed) {
        return answer_without_body(400, "The path has a broken percent escape.");
    }
    if (match_.route == nullptr && match_.allowed == 0) {
        return answer_without_body(404, "There is nothing at that path.");
    }
    if (match_.route == nullptr) {
        return answer_without_body(405, "That method is not for this path.");
    }
    return has_body ? begin_body() : dispatch();
}

bool Session::dispatch() {
    const RouteSpec& route = *match_.route;
    RequestData& request = data();
    request.parameters = std::move(match_.parameters);
    request.stop = std::stop_source();
    // Sending a large body takes as long as it takes: it has its own time.
    const auto from = request.spilled != nullptr ? now() : started_at_;
    expires_at_ = from + std::chrono::milliseconds(route.deadline_ms > 0
                                                       ? route.deadline_ms
                                                       : kernel_.limits().request_deadline_ms);
    request.deadline = Deadline{expires_at_};
    state_ = State::handling;
    Responder responder(shared_from_this(), ++sequence_);
    const Session* const outer = std::exchange(running_session, this);
    if (route.execution == Execution::inline_) {
        run_handler(route.handler, request_, std::move(responder));
    } else {
        Job job(HandlerJob{&route.handler, request_, std::move(responder)});
        WorkerPool& pool =
            route.execution == Execution::compute ? kernel_.compute() : kernel_.blocking();
        if (!pool.try_push(job)) {
            kernel_.count_refusal(route.execution == Execution::compute ? "compute_queue_max"
                                                                        : "blocking_queue_max");
            std::get<HandlerJob>(job).responder.send(to_response(
                Problem{.status = 503, .detail = "Too many requests are waiting already."}));
        }
    }
    running_session = outer;
    return state_ != State::handling;
}

void Session::start_next() {
    needs_next_ = false;
    must_close_ = false;
    head_has_begun_ = false;
    is_head_read_ = false;
    scanner_.reset();
    chunks_.reset();
    spill_.reset();
    match_ = {};
    // A copy's increment is acquire-release in libstdc++, so when it finds only our two counts,
    // whatever another thread did with the request happened before.
    const auto probe = request_;
    if (probe.use_count() == 2) {
        data().start_next();
        return;
    }
    auto fresh = std::make_shared<Request>();
    fresh->data_->buffer.append(data().buffer.view().substr(data().bytes_used()));
    request_ = std::move(fresh);
}

void Session::refuse(const Refusal& refusal) {
    kernel_.count_refusal(refusal.reason);
    must_close_ = true;
    answer_problem(refusal.status, refusal.detail);
}

void Session::answer_problem(int status, std::string_view detail) {
    Problem problem{.status = status, .detail = std::string(detail)};
    problem.instance = "urn:atlas:request:" + data().request_id;
    Response response = to_response(problem);
    if (status == 405) {
        response.headers.emplace_back("Allow", allow_header(match_.allowed));
    }
    complete(response);
}

void Session::complete(const Response& response) {
    must_close_ = must_close_ || !data().framing.keep_alive || is_draining_ || input_has_ended_;
    write(response, false);
    log(response.status, response.body_view().size());
    if (must_close_) {
        return end();
    }
    state_ = State::head;
    needs_next_ = true;
    expires_at_ = after(kernel_.limits().idle_timeout_ms);
}

void Session::write(const Response& response, bool is_stream) {
    if (output().empty()) {
        write_expires_at_ = after(kernel_.limits().write_timeout_ms);
    }
    append_response(pending_, response,
                    {.date = date_now(kernel_.clock()),
                     .request_id = data().request_id,
                     .keep_alive = !must_close_,
                     .is_http_1_0 = data().framing.is_http_1_0,
                     .is_head = is_head_read_ && data().method == Method::head,
                     .is_secure = peer_.is_secure,
                     .is_stream = is_stream});
}

void Session::log(int status, std::size_t response_bytes) const {
    const auto spent =
        std::chrono::duration_cast<std::chrono::microseconds>(now() - started_at_).count();
    const bool is_routed = match_.route != nullptr;
    kernel_.finish({.route_index = is_routed ? match_.route_index : kUnrouted,
                    .method = is_head_read_ ? name_of(data().method) : std::string_view("-"),
                    .request_id = data().request_id,
                    .remote_address = peer_.address,
                    .status = status,
                    .duration_micros = static_cast<std::uint64_t>(std::max<std::int64_t>(spent, 0)),
                    .request_bytes = data().body_bytes,
                    .response_bytes = response_bytes});
}

void Session::end() {
    state_ = State::ending;
    expires_at_ = after(kernel_.limits().write_timeout_ms);
}

void Session::end_was_sent() {
    if (input_has_ended_) {
        return abort();
    }
    state_ = State::lingering;
    expires_at_ = after(kernel_.limits().linger_timeout_ms);
}

bool Session::output_is_full() const {
    return pending_.size() + sending_.size() - sent_bytes_ > kOutputBytesMax;
}

std::string_view Session::output() {
    if (sending_.empty() && !pending_.empty()) {
        std::swap(sending_, pending_);
        sending_stream_bytes_ = std::exchange(pending_stream_bytes_, 0);
    }
    return std::string_view(sending_).substr(sent_bytes_);
}

void Session::sent(std::size_t bytes) {
    const bool was_full = output_is_full();
    sent_bytes_ += bytes;
    ATLAS_CHECK(sent_bytes_ <= sending_.size());
    if (sent_bytes_ == sending_.size()) {
        if (stream_) {
            stream_->waiting_bytes.fetch_sub(sending_stream_bytes_, std::memory_order_relaxed);
        }
        sending_stream_bytes_ = 0;
        sent_bytes_ = 0;
        sending_.clear();
        if (sending_.capacity() > kOutputBytesKept) {
            sending_.shrink_to_fit();
        }
    }
    write_expires_at_ = sending_.empty() && pending_.empty()
                            ? TimePoint::max()
                            : after(kernel_.limits().write_timeout_ms);
    if (was_full) {
        process();
    }
}

Session::TimePoint Session::expires_at() const {
    return std::min(expires_at_, write_expires_at_);
}

void Session::expire() {
    const auto at = now();
    if (at >= write_expires_at_) {
        kernel_.count_refusal("write_timeout_ms");
        return abort();
    }
    if (at < expires_at_) {
        return;
    }
    switch (state_) {
        case State::head:
            if (!head_has_begun_) {
                return end();
            }
            begin_exchange();
            return refuse(kHeadTimeout);
        case State::body: return refuse(kBodyTimeout);
        case State::handling:
            kernel_.count_refusal("request_deadline_ms");
            data().stop.request_stop();
            answer_problem(504, "The answer was not ready in time.");
            return process();
        case State::streaming:
            expires_at_ = after(kernel_.limits().heartbeat_ms);
            return append_stream(":\n\n");
        case State::ending:
        case State::lingering: return abort();
        case State::closed: return;
    }
}

void Session::perform(Task& task) {
    const bool is_current = task.sequence == sequence_;
    Transport* const transport = transport_;  // An abort below still has to reach the socket.
    switch (task.kind) {
        case Task::Kind::answer:
            if (is_current && state_ == State::handling) {
                complete(task.response);
            }
            break;
        case Task::Kind::open_stream:
            if (is_current && state_ == State::handling) {
                open_stream(task.response, std::move(task.stream));
            } else {
                task.stream->is_open = false;
            }
            break;
        case Task::Kind::append_stream:
            if (is_current && state_ == State::streaming) {
                pending_stream_bytes_ += task.bytes.size();
                append_stream(task.bytes);
            }
            break;
        case Task::Kind::close_stream:
            if (is_current && state_ == State::streaming) {
                close_stream();
            }
            break;
        case Task::Kind::body_written:
            is_writing_body_ = false;
            if (state_ == State::body) {
                body_written();
            }
            break;
        case Task::Kind::drop_stream:
            if (is_current && state_ == State::streaming) {
                kernel_.count_refusal("event_stream_bytes_max");
                abort();
            }
            break;
    }
    process();
    if (transport != nullptr) {
        transport->wake();
    }
}

void Session::open_stream(const Response& head, std::shared_ptr<StreamState> stream) {
    const bool is_chunked = !data().framing.is_http_1_0;
    must_close_ = must_close_ || !data().framing.keep_alive || !is_chunked || is_draining_;
    write(head, true);
    stream_ = std::move(stream);
    stream_bytes_ = 0;
    state_ = State::streaming;
    kernel_.event_streams.add(1);
    expires_at_ = after(kernel_.limits().heartbeat_ms);
    if (data().method == Method::head || is_draining_) {
        close_stream();
    }
}

void Session::append_stream(std::string_view bytes) {
    if (output().empty()) {
        write_expires_at_ = after(kernel_.limits().write_timeout_ms);
    }
    stream_bytes_ += bytes.size();
    if (data().framing.is_http_1_0) {
        pending_.append(bytes);
    } else {
        append_chunk(pending_, bytes);
    }
}

void Session::close_stream() {
    stream_->is_open = false;
    stream_.reset();
    kernel_.event_streams.add(-1);
    if (!data().framing.is_http_1_0 && data().method != Method::head) {
        pending_.append(kLastChunk);
    }
    log(200, stream_bytes_);
    if (must_close_ || is_draining_) {
        return end();
    }
    state_ = State::head;
    needs_next_ = true;
    expires_at_ = after(kernel_.limits().idle_timeout_ms);
}

void Session::drain() {
    is_draining_ = true;
    if (state_ == State::streaming) {
        close_stream();
    } else if (state_ == State::head && data().buffer.size() == 0) {
        end();
    }
}

void Session::abort() {
    if (state_ == State::closed) {
        return;
    }
    kernel_.connections.add(-1);
    if (state_ == State::handling || state_ == State::streaming) {
        data().stop.request_stop();
        log(499, stream_bytes_);
    }
    if (stream_) {
        stream_->is_open = false;
        stream_.reset();
        kernel_.event_streams.add(-1);
    }
    state_ = State::closed;
    transport_ = nullptr;
}

void Session::answer(std::uint64_t sequence, Response response) {
    if (running_session == this) {
        if (sequence == sequence_ && state_ == State::handling) {
            complete(response);
        }
        return;
    }
    mailbox_->post({.kind = Task::Kind::answer,
                    .session = shared_from_this(),
                    .sequence = sequence,
                    .response = std::move(response)});
}

std::shared_ptr<StreamState> Session::start_stream(std::uint64_t sequence, Response head) {
    auto stream = std::make_shared<StreamState>();
    stream->sequence = sequence;
    stream->bytes_max = event_stream_bytes_max_;
    mailbox_->post({.kind = Task::Kind::open_stream,
                    .session = shared_from_this(),
                    .sequence = sequence,
                    .response = std::move(head),
                    .stream = stream});
    return stream;
}

}  // namespace atlas::serving::http
