// SPDX-License-Identifier: Apache-2.0
// The body of a request: held in memory, or set aside in a file piece by piece where the route
// allows it and the body is large. A loop does not wait for the disk: while a piece is written the
// session reads nothing.
#include <algorithm>
#include <utility>

#include "base/format.hpp"
#include "serving/http/session.hpp"
#include "serving/problem.hpp"

namespace atlas::serving::http {

bool Session::begin_body() {
    const RouteSpec& route = *match_.route;
    const Framing& framing = data().framing;
    const bool may_spill = kernel_.can_spill() && route.spilled_bytes_max > 0;
    const auto held_max =
        route.body_bytes_max > 0 ? route.body_bytes_max : kernel_.limits().body_bytes_max;
    body_bytes_max_ = may_spill ? route.spilled_bytes_max : held_max;
    if (framing.content_length > body_bytes_max_) {
        refuse_large_body();
        return true;
    }
    state_ = State::body;
    expires_at_ = after(kernel_.limits().body_timeout_ms);
    if (may_spill && framing.content_length > kernel_.limits().spill_bytes_min) {
        // Who is told to continue has been admitted, and there is room.
        return spill(false);
    }
    send_continue();
    return true;
}

void Session::send_continue() {
    const RequestData& request = data();
    if (request.framing.expects_continue && request.buffer.size() == request.head_bytes &&
        !request.framing.is_http_1_0) {
        pending_.append("HTTP/1.1 100 Continue\r\n\r\n");
    }
}

void Session::refuse_large_body() {
    kernel_.count_refusal("body_bytes_max");
    must_close_ = true;
    answer_problem(
        413, format("The body is too large: at most {} bytes are accepted.", body_bytes_max_));
}

bool Session::step_body() {
    if (is_writing_body_) {
        return false;
    }
    RequestData& request = data();
    if (request.framing.is_chunked) {
        return step_chunks();
    }
    const auto received = request.spilled_bytes + request.buffer.size() - request.head_bytes;
    request.body_bytes = std::min<std::size_t>(received, request.framing.content_length);
    const bool is_complete = request.body_bytes == request.framing.content_length;
    if (spill_ == nullptr) {
        return is_complete && dispatch();
    }
    return (is_complete || request.held_bytes() >= kernel_.limits().spill_bytes_min) &&
           spill(is_complete);
}

bool Session::step_chunks() {
    RequestData& request = data();
    if (!chunks_) {
        chunks_.emplace();
    }
    const auto bytes = request.buffer.view().substr(request.head_bytes);
    const auto progress = chunks_->read(bytes, request, body_bytes_max_);
    if (progress.refusal) {
        if (progress.refusal->status == 413) {
            refuse_large_body();
        } else {
            refuse(*progress.refusal);
        }
        return true;
    }
    request.buffer.erase(request.head_bytes, progress.consumed);
    const bool spills =
        spill_ != nullptr || (kernel_.can_spill() && match_.route->spilled_bytes_max > 0 &&
                              request.held_bytes() > kernel_.limits().spill_bytes_min);
    if (!spills) {
        return progress.is_complete && dispatch();
    }
    return (progress.is_complete || request.held_bytes() >= kernel_.limits().spill_bytes_min) &&
           spill(progress.is_complete);
}

/// Hands over what is held of the body; says whether there may be more to do at once.
bool Session::spill(bool is_last) {
    RequestData& request = data();
    BodySpill::Step step;
    if (spill_ == nullptr) {
        spill_ = kernel_.start_spill(request.framing.content_length);
        if (spill_ == nullptr) {
            refuse({503, "spilled_bodies_max", "Too many large bodies are being taken already."});
            return true;
        }
        step.admission = &match_.route->admission;
        step.request = request_;
    }
    step.piece = request.body();
    step.is_last = is_last;
    if (request.framing.is_chunked) {
        request.chunked_body.clear();
    } else {
        request.buffer.erase(request.head_bytes, request.held_bytes());
    }
    request.spilled_bytes = request.body_bytes;
    spill_->prepare(std::move(step));
    Job job = [body = spill_, self = shared_from_this()] {
        body->write();
        self->mailbox().post({.kind = Task::Kind::body_written, .session = self});
    };
    if (!kernel_.blocking().try_push(job)) {
        refuse({503, "blocking_queue_max", "Too many requests are waiting already."});
        return true;
    }
    is_writing_body_ = true;
    return false;
}

void Session::body_written() {
    RequestData& request = data();
    if (spill_->refusal.has_value()) {
        must_close_ = true;
        return complete(*spill_->refusal);
    }
    if (spill_->error.has_value()) {
        kernel_.count_refusal("spill_failed");
        must_close_ = true;
        Error error = *spill_->error;
        error.place.clear();  // A path of ours is nobody else's business.
        return complete(to_response(error, request.request_id));
    }
    expires_at_ = after(kernel_.limits().body_timeout_ms);
    if (spill_->view == nullptr) {
        if (request.body_bytes == 0) {
            send_continue();
        }
        return;
    }
    request.spilled = std::move(spill_->view);
    spill_.reset();
    dispatch();
}

}  // namespace atlas::serving::http
