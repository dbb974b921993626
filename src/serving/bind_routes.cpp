// SPDX-License-Identifier: Apache-2.0
#include "serving/bind_routes.hpp"

#include <utility>

#include "base/format.hpp"
#include "base/percent.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/codec/wire.hpp"
#include "contracts/file_text.hpp"
#include "contracts/lines.hpp"
#include "serving/problem.hpp"

namespace atlas::serving {
namespace {

using contracts::RouteInfo;

constexpr std::size_t kPartHeadBytesMax = 16 * 1024;  // Headers of one part of a form.

Method method_of(contracts::Method method) {
    switch (method) {
        case contracts::Method::get: return Method::get;
        case contracts::Method::post: return Method::post;
        case contracts::Method::put: return Method::put;
        case contracts::Method::patch: return Method::patch;
        case contracts::Method::del: return Method::delete_;
    }
    return Method::get;
}

Execution execution_of(contracts::Execution execution) {
    switch (execution) {
        case contracts::Execution::inline_: return Execution::inline_;
        case contracts::Execution::compute: return Execution::compute;
        case contracts::Execution::blocking: return Execution::blocking;
    }
    return Execution::blocking;
}

std::string_view name_of(contracts::Scope scope) {
    switch (scope) {
        case contracts::Scope::open: return "open";
        case contracts::Scope::read: return "read";
        case contracts::Scope::write: return "write";
        case contracts::Scope::owner: return "owner";
    }
    return "open";
}

/// A part of a larger file.
class PartView final : public ports::FileView {
public:
    PartView(std::shared_ptr<const ports::FileView> whole, std::string_view part)
        : whole_(std::move(whole)),
          part_(part) {}
    std::string_view bytes() const override { return part_; }
    void passed(std::size_t offset) const override {
        whole_->passed(static_cast<std::size_t>(part_.data() - whole_->bytes().data()) + offset);
    }

private:
    std::shared_ptr<const ports::FileView> whole_;  ///< Shared with the request.
    std::string_view part_;
};

/// What a handler is called with.
struct Call {
    std::shared_ptr<void> typed;
    std::shared_ptr<const ports::FileView> attachment;  ///< As CallContext::attachment.
};

/// Reads the typed request out of an HTTP one.
Result<Call> read_typed(const RouteInfo& route, const Request& request) {
    Call call;
    call.attachment = request.spilled_body();
    const std::string_view body =
        call.attachment != nullptr ? call.attachment->bytes() : request.body();
    std::vector<std::pair<std::string_view, std::string_view>> parameters;
    for (const contracts::Field& field : route.request->fields) {
        if (const std::string_view value = request.path_parameter(field.name); !value.empty()) {
            parameters.emplace_back(field.name, value);
        }
    }
    contracts::RequestView view{
        .path_parameters = parameters,
        .query = request.query(),
        .body = body,
        .header = [&](std::string_view name) { return request.header(name); }};
    const std::string_view content_type = request.header("Content-Type").value_or("");
    std::string uploaded_name;
    if (route.request_format == contracts::BodyFormat::bytes &&
        content_type.starts_with("multipart/form-data")) {
        ATLAS_TRY_ASSIGN(const UploadedFile file,
                         read_multipart_file(content_type, body, call.attachment.get()));
        uploaded_name = percent_encode(file.file_name);
        view.body = file.content;
        view.header = [&](std::string_view name) -> std::optional<std::string_view> {
            return name == "X-File-Name" ? std::string_view(uploaded_name) : request.header(name);
        };
    }
    if (call.attachment != nullptr) {
        call.attachment = std::make_shared<const PartView>(std::move(call.attachment), view.body);
        view.body = {};
    }
    call.typed = route.request->create();
    ATLAS_TRY(contracts::read_request(route, view, call.typed.get()));
    return call;
}

Result<ports::CallContext> admit(const RouteInfo& route, const Request& request,
                                 Authenticator& authenticator) {
    ports::CallContext context;
    if (route.scope != contracts::Scope::open) {
        ATLAS_TRY_ASSIGN(context, authenticator.authenticate(request));
        ATLAS_TRY(require_scope(context.granted, route.scope));
    }
    context.deadline = request.deadline();
    context.stop = request.stop_token();
    context.traceparent = request.traceparent();
    context.idempotency_key = request.header("Idempotency-Key").value_or("");
    constexpr std::size_t kKeyBytesMax = 255;
    if (context.idempotency_key.size() > kKeyBytesMax) {
        return invalid_argument({}, format("Idempotency-Key has {} bytes; at most {} accepted",
                                           context.idempotency_key.size(), kKeyBytesMax));
    }
    return context;
}

Response write_answer(const RouteInfo& route, const void* answer) {
    if (route.response_format == contracts::BodyFormat::ndjson) {
        Response response = json_response(static_cast<const contracts::Lines*>(answer)->text);
        response.content_type = "application/x-ndjson";
        return response;
    }
    if (route.response_format == contracts::BodyFormat::bytes) {
        const auto& file = *static_cast<const contracts::FileText*>(answer);
        Response response = json_response(file.text);
        response.content_type = file.content_type;
        response.headers.emplace_back("Content-Disposition",
                                      format("attachment; filename=\"{}\"", file.file_name));
        return response;
    }
    std::string json;
    contracts::write_json(*route.response, answer, json);
    return json_response(std::move(json));
}

void serve(const RouteInfo& route, ports::RoleClient& client, Authenticator& authenticator,
           const std::shared_ptr<const Request>& request, Responder responder) {
    const std::string request_id(request->request_id());
    auto context = admit(route, *request, authenticator);
    if (!context.has_value()) {
        responder.send(to_response(context.error(), request_id));
        return;
    }
    auto call = read_typed(route, *request);
    if (!call.has_value()) {
        responder.send(to_response(call.error(), request_id));
        return;
    }
    context->attachment = std::move(call->attachment);
    // std::function wants a copyable callable: the responder is shared by its copies alone.
    auto shared = std::make_shared<Responder>(std::move(responder));
    client.call(route, std::move(call->typed), *std::move(context),
                [&route, shared, request_id](Result<ports::AnyValue> answer) {
                    if (!answer.has_value()) {
                        shared->send(to_response(answer.error(), request_id));
                        return;
                    }
                    Response response = write_answer(route, answer->get());
                    response.status = route.status;
                    response.headers.emplace_back("Cache-Control", "no-store");
                    shared->send(std::move(response));
                });
}

/// Where to look, from which byte on, and the file it is where it is one.
struct Haystack {
    std::string_view bytes;
    std::size_t from = 0;
    const ports::FileView* file = nullptr;
};

/// As find(), a few megabytes at a time: what was searched is given back.
std::size_t find_in_pieces(const Haystack& in, std::string_view needle) {
    constexpr std::size_t kPieceBytes = std::size_t{4} << 20;
    for (std::size_t at = in.from; at < in.bytes.size(); at += kPieceBytes) {
        const std::size_t found = in.bytes.substr(at, kPieceBytes + needle.size() - 1).find(needle);
        if (found != std::string_view::npos) {
            return at + found;
        }
        if (in.file != nullptr) {
            in.file->passed(at);
        }
    }
    return std::string_view::npos;
}

/// The value of `name` in "form-data; name=\"x\"; filename=\"y\"", quotes removed.
std::optional<std::string_view> parameter_in(std::string_view header, std::string_view name) {
    const std::string wanted = format("{}=", name);
    std::size_t at = header.find(wanted);
    while (at != std::string_view::npos && at > 0 && header[at - 1] != ' ' &&
           header[at - 1] != ';') {
        at = header.find(wanted, at + 1);
    }
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view value = header.substr(at + wanted.size());
    if (value.starts_with('"')) {
        value.remove_prefix(1);
        return value.substr(0, value.find('"'));
    }
    return value.substr(0, value.find_first_of("; \r\n"));
}

}  // namespace

Result<void> bind_routes(Router& router, std::span<const RouteInfo* const> routes,
                         ports::RoleClient& client, Authenticator& authenticator) {
    for (const RouteInfo* route : routes) {
        ATLAS_TRY(router.add(
            {.method = method_of(route->method),
             .pattern = std::string(route->path),
             .execution = execution_of(route->execution),
             .body_bytes_max = route->body_bytes_max,
             .deadline_ms = static_cast<std::uint32_t>(route->deadline_ms),
             .handler =
                 [route, &client, &authenticator](std::shared_ptr<const Request> request,
                                                  Responder responder) {
                     serve(*route, client, authenticator, request, std::move(responder));
                 },
             .spilled_bytes_max = route->spilled_bytes_max,
             .admission = [route,
                           &authenticator](const Request& request) -> std::optional<Response> {
                 const auto context = admit(*route, request, authenticator);
                 return context.has_value()
                            ? std::nullopt
                            : std::optional(to_response(context.error(), request.request_id()));
             }}));
    }
    return {};
}

Result<void> require_scope(contracts::Scope granted, contracts::Scope needed) {
    if (granted < needed) {
        return fail(
            ErrorCode::permission_denied, {},
            format("this needs the right to {}; yours is {}", name_of(needed), name_of(granted)));
    }
    return {};
}

Result<UploadedFile> read_multipart_file(std::string_view content_type, std::string_view body,
                                         const ports::FileView* file) {
    const auto boundary = parameter_in(content_type, "boundary");
    if (!boundary.has_value() || boundary->empty() || boundary->size() > 70) {
        return invalid_argument({}, "multipart/form-data without a boundary of 1 to 70 bytes");
    }
    const std::string delimiter = format("--{}", *boundary);
    const std::string end = format("\r\n{}", delimiter);
    std::size_t at = find_in_pieces({body, 0, file}, delimiter);
    while (at != std::string_view::npos) {
        at += delimiter.size();
        const std::size_t head_end = body.substr(0, at + kPartHeadBytesMax).find("\r\n\r\n", at);
        if (head_end == std::string_view::npos) {
            break;
        }
        const std::size_t part_end = find_in_pieces({body, at, file}, end);
        if (part_end == std::string_view::npos || part_end < head_end) {
            break;
        }
        const std::string_view head = body.substr(at, head_end - at);
        if (const auto name = parameter_in(head, "filename"); name.has_value()) {
            const std::size_t from = head_end + 4;
            return UploadedFile{*name, body.substr(from, part_end - std::min(from, part_end))};
        }
        at = part_end + 2;
    }
    return invalid_argument({}, "no file in the multipart/form-data body");
}

}  // namespace atlas::serving
