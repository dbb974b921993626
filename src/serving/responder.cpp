// SPDX-License-Identifier: Apache-2.0
#include "serving/responder.hpp"

#include "base/check.hpp"
#include "serving/http/session.hpp"
#include "serving/problem.hpp"

namespace atlas::serving {
namespace {

bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

void append_line(std::string& out, std::string_view field, std::string_view value) {
    out.append(field).append(": ");
    for (const char c : value) {
        if (!is_line_end(c) && c != '\0') {
            out.push_back(c);
        }
    }
    out.push_back('\n');
}

// One "data:" line for each line of the data; CR, LF and CRLF all end one.
std::string to_text(const Event& event) {
    std::string out;
    if (!event.event.empty()) {
        append_line(out, "event", event.event);
    }
    if (!event.id.empty()) {
        append_line(out, "id", event.id);
    }
    std::string_view rest = event.data;
    for (;;) {
        const auto end = std::min(rest.size(), rest.find_first_of("\r\n"));
        append_line(out, "data", rest.substr(0, end));
        if (end == rest.size()) {
            break;
        }
        rest.remove_prefix(end + (rest.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out.push_back('\n');
    return out;
}

}  // namespace

Responder::Responder(std::shared_ptr<http::Session> session, std::uint64_t sequence)
    : session_(std::move(session)),
      sequence_(sequence) {}

Responder& Responder::operator=(Responder&& other) noexcept {
    finish_unsent();
    session_ = std::move(other.session_);
    sequence_ = other.sequence_;
    return *this;
}

Responder::~Responder() {
    finish_unsent();
}

void Responder::finish_unsent() {
    if (session_) {
        send(to_response(Problem{.status = 500, .detail = "The handler gave no answer."}));
    }
}

void Responder::send(Response response) {
    ATLAS_CHECK(session_ != nullptr);
    std::exchange(session_, nullptr)->answer(sequence_, std::move(response));
}

EventStream Responder::start_event_stream(
    std::vector<std::pair<std::string, std::string>> headers) {
    ATLAS_CHECK(session_ != nullptr);
    Response head;
    head.content_type = "text/event-stream";
    head.headers = std::move(headers);
    auto state = session_->start_stream(sequence_, std::move(head));
    return EventStream(std::exchange(session_, nullptr), std::move(state));
}

EventStream::EventStream(std::shared_ptr<http::Session> session,
                         std::shared_ptr<http::StreamState> state)
    : session_(std::move(session)),
      state_(std::move(state)) {}

EventStream& EventStream::operator=(EventStream&& other) noexcept {
    close();
    session_ = std::move(other.session_);
    state_ = std::move(other.state_);
    return *this;
}

EventStream::~EventStream() {
    close();
}

bool EventStream::is_open() const {
    return state_ && state_->is_open;
}

std::size_t EventStream::waiting_bytes() const {
    return is_open() ? state_->waiting_bytes.load(std::memory_order_relaxed) : 0;
}

bool EventStream::send(const Event& event) {
    if (!is_open()) {
        return false;
    }
    http::Task task{.session = session_, .sequence = state_->sequence, .bytes = to_text(event)};
    const auto size = task.bytes.size();
    const auto before = state_->waiting_bytes.fetch_add(size, std::memory_order_relaxed);
    if (before + size > state_->bytes_max) {
        if (state_->is_open.exchange(false)) {
            task.kind = http::Task::Kind::drop_stream;
            session_->mailbox().post(std::move(task));
        }
        return false;
    }
    task.kind = http::Task::Kind::append_stream;
    session_->mailbox().post(std::move(task));
    return true;
}

void EventStream::close() {
    if (is_open()) {
        session_->mailbox().post({.kind = http::Task::Kind::close_stream,
                                  .session = session_,
                                  .sequence = state_->sequence});
    }
    session_.reset();
    state_.reset();
}

}  // namespace atlas::serving
