// SPDX-License-Identifier: Apache-2.0
#include "serving/request.hpp"

#include <array>

#include "base/format.hpp"
#include "base/percent.hpp"
#include "serving/http/head_scanner.hpp"
#include "serving/http/request_data.hpp"
#include "serving/http/request_reader.hpp"

namespace atlas::serving {
namespace {

constexpr std::array<std::string_view, kMethodCount> kMethodNames{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

bool is_lower_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_all_zero(std::string_view text) {
    return text.find_first_not_of('0') == std::string_view::npos;
}

// version "-" trace-id "-" parent-id "-" flags (W3C Trace Context, 3.2), version 00 alone.
bool is_traceparent(std::string_view text) {
    return text.size() == 55 && text.substr(0, 3) == "00-" && text[35] == '-' && text[52] == '-' &&
           is_lower_hex(text.substr(3, 32)) && !is_all_zero(text.substr(3, 32)) &&
           is_lower_hex(text.substr(36, 16)) && !is_all_zero(text.substr(36, 16)) &&
           is_lower_hex(text.substr(53, 2));
}

}  // namespace

std::string_view name_of(Method method) {
    return kMethodNames[static_cast<std::size_t>(method)];
}

std::optional<Method> method_from(std::string_view token) {
    for (std::size_t i = 0; i < kMethodNames.size(); ++i) {
        if (kMethodNames[i] == token) {
            return static_cast<Method>(i);
        }
    }
    return std::nullopt;
}

Request::Request() : data_(std::make_unique<http::RequestData>()) {}
Request::~Request() = default;

Result<std::shared_ptr<const Request>> Request::parse(std::string_view bytes,
                                                      std::vector<PathParameter> parameters) {
    auto request = std::make_shared<Request>();
    http::RequestData& data = *request->data_;
    data.buffer.append(bytes);
    http::HeadScanner scanner;
    const Limits limits;
    auto refusal = scanner.scan(data.buffer.view(), limits);
    if (!refusal && scanner.head_bytes() == 0) {
        return invalid_argument("", "the head is not complete");
    }
    if (!refusal) {
        refusal = http::read_head(data, scanner.head_bytes());
    }
    const auto after_head = bytes.substr(data.head_bytes);
    if (!refusal && data.framing.is_chunked) {
        http::ChunkReader chunks;
        const auto progress = chunks.read(after_head, data, limits.body_bytes_max);
        refusal = progress.refusal;
        if (!refusal && !progress.is_complete) {
            return invalid_argument("", "the body is not complete");
        }
    } else if (!refusal) {
        if (after_head.size() < data.framing.content_length) {
            return invalid_argument("", "the body is not complete");
        }
        data.body_bytes = data.framing.content_length;
    }
    if (refusal) {
        return invalid_argument("", std::string(refusal->detail));
    }
    data.parameters = std::move(parameters);
    data.request_id = "0000000000000001";
    return std::shared_ptr<const Request>(std::move(request));
}

Method Request::method() const {
    return data_->method;
}
std::string_view Request::target() const {
    return data_->text(data_->target);
}

std::string_view Request::path() const {
    const auto text = target();
    return text.substr(0, text.find('?'));
}

std::string_view Request::query() const {
    const auto text = target();
    const auto mark = text.find('?');
    return mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
}

std::optional<std::string> Request::query_parameter(std::string_view name) const {
    auto rest = query();
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        const auto key = query_decode(pair.substr(0, equals));
        if (!key || *key != name) {
            continue;
        }
        auto decoded = query_decode(equals == std::string_view::npos ? std::string_view()
                                                                     : pair.substr(equals + 1));
        return decoded ? std::optional(std::move(decoded).value()) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
    return data_->field(name);
}

std::vector<Header> Request::headers() const {
    std::vector<Header> all;
    all.reserve(data_->fields.size());
    for (const http::Field& field : data_->fields) {
        all.push_back({data_->text(field.name), data_->text(field.value)});
    }
    return all;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const http::Field& field : data_->fields) {
        if (!http::equals_ignoring_case(data_->text(field.name), "cookie")) {
            continue;
        }
        auto rest = data_->text(field.value);
        while (!rest.empty()) {
            auto pair = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
            pair.remove_prefix(std::min(pair.size(), pair.find_first_not_of(' ')));
            if (pair.size() > name.size() && pair.substr(0, name.size()) == name &&
                pair[name.size()] == '=') {
                return pair.substr(name.size() + 1);
            }
        }
    }
    return std::nullopt;
}

std::string_view Request::body() const {
    return data_->body();
}

std::shared_ptr<const ports::FileView> Request::spilled_body() const {
    return data_->spilled;
}

std::string_view Request::path_parameter(std::string_view name) const {
    for (const PathParameter& parameter : data_->parameters) {
        if (parameter.name == name) {
            return parameter.value;
        }
    }
    return {};
}

std::string_view Request::remote_address() const {
    return data_->remote_address;
}
std::string_view Request::client_subject() const {
    return data_->client_subject;
}
bool Request::is_secure() const {
    return data_->is_secure;
}
std::string_view Request::request_id() const {
    return data_->request_id;
}

std::string Request::traceparent() const {
    const auto sent = data_->field("traceparent");
    if (sent && is_traceparent(*sent)) {
        return std::string(*sent);
    }
    return format("00-{0}{0}-{0}-00", data_->request_id);
}

Deadline Request::deadline() const {
    return data_->deadline;
}
std::stop_token Request::stop_token() const {
    return data_->stop.get_token();
}

}  // namespace atlas::serving
