// SPDX-License-Identifier: Apache-2.0
#include "serving/problem.hpp"

#include "base/format.hpp"
#include "serving/http/json_text.hpp"

namespace atlas::serving {
namespace {

std::string_view title_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument: return "The request is wrong";
        case ErrorCode::unauthenticated: return "Nobody is signed in";
        case ErrorCode::permission_denied: return "Not allowed";
        case ErrorCode::not_found: return "Not found";
        case ErrorCode::conflict: return "The present state does not allow it";
        case ErrorCode::too_large: return "Too large";
        case ErrorCode::infeasible: return "No answer exists";
        case ErrorCode::exhausted: return "Too busy";
        case ErrorCode::throttled: return "Too many requests";
        case ErrorCode::no_space: return "The disk is full";
        case ErrorCode::unavailable: return "An engine is not available";
        case ErrorCode::deadline_exceeded: return "Out of time";
        case ErrorCode::data_loss: return "Stored data is damaged";
        case ErrorCode::unsupported: return "Not supported";
        case ErrorCode::internal: return "Internal error";
    }
    return "Internal error";
}

bool is_pointer(std::string_view place) {
    return !place.empty() && place.front() == '/';
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
    if (!value.empty()) {
        out.append(",\"").append(name).append("\":");
        http::append_json_string(out, value);
    }
}

}  // namespace

int http_status_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::invalid_argument: return is_pointer(error.place) ? 422 : 400;
        case ErrorCode::unauthenticated: return 401;
        case ErrorCode::permission_denied: return 403;
        case ErrorCode::not_found: return 404;
        case ErrorCode::conflict: return 409;
        case ErrorCode::too_large: return 413;
        case ErrorCode::infeasible: return 422;
        case ErrorCode::exhausted: return 503;
        case ErrorCode::throttled: return 429;
        case ErrorCode::no_space: return 507;
        case ErrorCode::unavailable: return 503;
        case ErrorCode::deadline_exceeded: return 504;
        case ErrorCode::data_loss: return 500;
        case ErrorCode::unsupported: return 501;
        case ErrorCode::internal: return 500;
    }
    return 500;
}

Problem problem_of(const Error& error, std::string_view request_id) {
    Problem problem;
    problem.status = http_status_of(error);
    problem.type = format("urn:atlas:problem:{}", name_of(error.code));
    problem.title = title_of(error.code);
    if (!request_id.empty()) {
        problem.instance = format("urn:atlas:request:{}", request_id);
    }
    if (error.code == ErrorCode::internal || error.code == ErrorCode::data_loss) {
        return problem;
    }
    if (is_pointer(error.place)) {
        problem.detail = error.message;
        problem.errors.push_back({error.place, error.message});
    } else {
        problem.detail = to_string(error);
    }
    return problem;
}

Response to_response(const Problem& problem) {
    Response response;
    response.status = problem.status;
    response.content_type = "application/problem+json";
    std::string& out = response.body;
    out.append("{\"type\":");
    http::append_json_string(out, problem.type);
    append_member(
        out, "title",
        problem.title.empty() ? reason_of(problem.status) : std::string_view(problem.title));
    out.append(format(",\"status\":{}", problem.status));
    append_member(out, "detail", problem.detail);
    append_member(out, "instance", problem.instance);
    if (!problem.errors.empty()) {
        out.append(",\"errors\":[");
        for (std::size_t i = 0; i < problem.errors.size(); ++i) {
            out.append(i == 0 ? "{\"pointer\":" : ",{\"pointer\":");
            http::append_json_string(out, problem.errors[i].pointer);
            append_member(out, "detail", problem.errors[i].detail);
            out.push_back('}');
        }
        out.push_back(']');
    }
    out.push_back('}');
    if (problem.status == 503 || problem.status == 429) {
        response.headers.emplace_back("Retry-After", "1");
    }
    return response;
}

Response to_response(const Error& error, std::string_view request_id) {
    return to_response(problem_of(error, request_id));
}

}  // namespace atlas::serving
