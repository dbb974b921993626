// SPDX-License-Identifier: Apache-2.0
#include "adapters/role_client/http/role_client.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <stop_token>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/codec/wire.hpp"
#include "contracts/file_text.hpp"
#include "contracts/lines.hpp"

namespace atlas::adapters::role_client::http {

/// As much of RFC 9457 as an Error needs; whatever else stands there is left alone.
struct FieldProblem {
    std::string pointer;
    std::string detail;
    contracts::JsonMap<contracts::RawJson> unknown_fields;
};
struct Problem {
    std::string type;
    std::optional<std::string> title;
    std::optional<std::string> detail;
    std::optional<std::vector<FieldProblem>> errors;
    contracts::JsonMap<contracts::RawJson> unknown_fields;
};

}  // namespace atlas::adapters::role_client::http

namespace atlas::contracts {

template <>
struct Description<adapters::role_client::http::FieldProblem> {
    using T = adapters::role_client::http::FieldProblem;
    static constexpr std::string_view name = "FieldProblem";
    static constexpr std::string_view doc = "One thing wrong.";
    static constexpr auto fields =
        std::array{field<&T::pointer>("pointer", "Where."), field<&T::detail>("detail", "What.")};
};

template <>
struct Description<adapters::role_client::http::Problem> {
    using T = adapters::role_client::http::Problem;
    static constexpr std::string_view name = "Problem";
    static constexpr std::string_view doc = "RFC 9457.";
    static constexpr auto fields =
        std::array{field<&T::type>("type", "URN of the code."), field<&T::title>("title", "Short."),
                   field<&T::detail>("detail", "For a person."),
                   field<&T::errors>("errors", "Places in the request.")};
};

}  // namespace atlas::contracts

namespace atlas::adapters::role_client::http {
namespace {

serving::Method method_of(contracts::Method method) {
    switch (method) {
        case contracts::Method::get: return serving::Method::get;
        case contracts::Method::post: return serving::Method::post;
        case contracts::Method::put: return serving::Method::put;
        case contracts::Method::patch: return serving::Method::patch;
        case contracts::Method::del: return serving::Method::delete_;
    }
    return serving::Method::get;
}

ErrorCode code_of_status(int status) {
    switch (status) {
        case 400:
        case 422: return ErrorCode::invalid_argument;
        case 401: return ErrorCode::unauthenticated;
        case 403: return ErrorCode::permission_denied;
        case 404: return ErrorCode::not_found;
        case 409: return ErrorCode::conflict;
        case 413: return ErrorCode::too_large;
        case 429: return ErrorCode::throttled;
        case 503: return ErrorCode::unavailable;
        case 504: return ErrorCode::deadline_exceeded;
        case 507: return ErrorCode::no_space;
        default: return ErrorCode::internal;
    }
}

/// The code whose name ends the problem's type, "urn:atlas:problem:conflict".
std::optional<ErrorCode> code_of_type(std::string_view type) {
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        if (type == format("urn:atlas:problem:{}", name_of(code))) {
            return code;
        }
    }
    return std::nullopt;
}

/// A call under way. Whoever is first, the answer or the caller's stop, completes it.
class Pending {
public:
    explicit Pending(ports::AnyCompletion done) : done_(std::move(done)) {}

    void finish(Result<ports::AnyValue> answer) {
        if (!is_finished_.exchange(true)) {
            done_(std::move(answer));
        }
    }
    static void watch(const std::shared_ptr<Pending>& self, std::stop_token stop) {
        self->on_stop_.emplace(std::move(stop), [weak = std::weak_ptr(self)] {
            if (const auto pending = weak.lock()) {
                pending->finish(
                    fail(ErrorCode::deadline_exceeded, {}, "the caller has stopped waiting"));
            }
        });
    }

private:
    ports::AnyCompletion done_;
    std::atomic<bool> is_finished_ = false;
    std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

Result<ports::AnyValue> read_answer(const contracts::RouteInfo& route,
                                    const serving::ClientResponse& response) {
    if (response.status != route.status) {
        return Unexpected(error_of(response.status, response.body));
    }
    const std::shared_ptr<void> value = route.response->create();
    if (route.response_format == contracts::BodyFormat::ndjson) {
        static_cast<contracts::Lines*>(value.get())->text = response.body;
        return ports::AnyValue(value);
    }
    if (route.response_format == contracts::BodyFormat::bytes) {
        static_cast<contracts::FileText*>(value.get())->text = response.body;
        return ports::AnyValue(value);
    }
    const Result<void> read = contracts::read_json(response.body, *route.response, value.get());
    if (!read.has_value()) {
        return internal(format("{} answered what its contract does not know: {}", route.operation,
                               to_string(read.error())));
    }
    return ports::AnyValue(value);
}

}  // namespace

Error error_of(int status, std::string_view body) {
    Error error{code_of_status(status), format("the role answered {}", status), {}};
    const auto problem = contracts::decode<Problem>(body);
    if (!problem.has_value()) {
        return error;
    }
    error.code = code_of_type(problem->type).value_or(error.code);
    error.message = problem->detail.value_or(problem->title.value_or(error.message));
    if (problem->errors.has_value() && !problem->errors->empty()) {
        error.place = problem->errors->front().pointer;
        error.message = problem->errors->front().detail;
    }
    return error;
}

Result<std::unique_ptr<HttpRoleClient>> HttpRoleClient::create(HttpRoleClientOptions options,
                                                               const Clock& clock) {
    ATLAS_TRY_ASSIGN(auto client, serving::HttpClient::create(std::move(options.client)));
    return std::unique_ptr<HttpRoleClient>(
        new HttpRoleClient(std::move(client), std::move(options.api_key), clock));
}

void HttpRoleClient::call(const contracts::RouteInfo& route, ports::AnyValue request,
                          ports::CallContext context, ports::AnyCompletion done) {
    if (context.stop.stop_requested() || context.deadline.has_passed(clock_)) {
        done(fail(ErrorCode::deadline_exceeded, {}, "the caller has stopped waiting"));
        return;
    }
    contracts::RequestText text = contracts::write_request(route, request.get());
    serving::ClientRequest sent;
    sent.method = method_of(route.method);
    sent.target = std::move(text.target);
    sent.headers = std::move(text.headers);
    sent.content_type = std::string(text.content_type);
    sent.body = std::move(text.body);
    sent.body_file = std::move(context.attachment);
    if (!api_key_.empty()) {
        sent.headers.emplace_back("Authorization", "Bearer " + api_key_);
    }
    if (!context.idempotency_key.empty()) {
        sent.headers.emplace_back("Idempotency-Key", context.idempotency_key);
    }
    if (!context.traceparent.empty()) {
        sent.headers.emplace_back("traceparent", context.traceparent);
    }
    const auto own = std::chrono::milliseconds(route.deadline_ms);
    const auto left = context.deadline.at == Deadline{}.at
                          ? own
                          : std::chrono::duration_cast<std::chrono::milliseconds>(
                                context.deadline.at - clock_.steady_now());
    sent.timeout = std::min(own, left);
    // Shared by the stop token's callback and the answer's.
    const auto pending = std::make_shared<Pending>(std::move(done));
    Pending::watch(pending, std::move(context.stop));
    client_->send(std::move(sent), [&route, pending](Result<serving::ClientResponse> response) {
        pending->finish(response.has_value() ? read_answer(route, *response)
                                             : Unexpected(std::move(response).error()));
    });
}

}  // namespace atlas::adapters::role_client::http
