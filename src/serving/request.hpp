// SPDX-License-Identifier: Apache-2.0
// One HTTP request, framed and checked. A Request owns the bytes that its views show, so it may
// be carried to another thread and kept for as long as its shared_ptr is held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "ports/file_view.hpp"

namespace atlas::serving {

/// The methods a route can have. Anything else is answered 501 before routing.
enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options };
inline constexpr std::size_t kMethodCount = 7;

/// "GET", "HEAD", …
std::string_view name_of(Method method);
/// Nothing where the token is no method of ours. Methods are case-sensitive (RFC 9110, 9.1).
std::optional<Method> method_from(std::string_view token);

/// Bytes that may be read, not used, beyond the end of a body: simdjson's padding.
inline constexpr std::size_t kBodyPadding = 64;

struct Header {
    std::string_view name;
    std::string_view value;
};

struct PathParameter {
    std::string_view name;  ///< Of the route, which outlives every request.
    std::string value;      ///< Percent-decoded.
};

namespace http {
struct RequestData;
class Session;
}  // namespace http

/// What remote_address() says of a request that came through ServerConfig::local_socket.
inline constexpr std::string_view kLocalAddress = "local";

class Request {
public:
    /// Reads a whole request from text, as the kernel would: for tests of handlers.
    /// Errors: invalid_argument with the kernel's reason.
    static Result<std::shared_ptr<const Request>> parse(std::string_view bytes,
                                                        std::vector<PathParameter> parameters = {});

    Request();
    ~Request();
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    Method method() const;
    /// As the client sent it, in origin form: "/a%20b?x=1".
    std::string_view target() const;
    /// The target's part before '?', still percent-encoded.
    std::string_view path() const;
    /// The target's part after '?', or empty.
    std::string_view query() const;
    /// First value of that name, decoded ('+' is a space); nothing where absent or malformed.
    std::optional<std::string> query_parameter(std::string_view name) const;
    /// First field of that name, letter case ignored, without surrounding space.
    std::optional<std::string_view> header(std::string_view name) const;
    std::vector<Header> headers() const;
    std::optional<std::string_view> cookie(std::string_view name) const;
    /// The whole body. kBodyPadding bytes beyond its end may be read. Empty where it was spilled.
    std::string_view body() const;
    /// The whole body where it was too large to hold (RouteSpec::spilled_bytes_max), else null.
    /// Without padding. Shared with whoever reads on after the request.
    std::shared_ptr<const ports::FileView> spilled_body() const;
    /// Value of {name} in the route's pattern, decoded; empty where the pattern has no such name.
    std::string_view path_parameter(std::string_view name) const;
    /// The peer's address without port.
    /// In digits; kLocalAddress when it came through the local socket.
    std::string_view remote_address() const;
    /// Subject of the verified client certificate (mutual TLS), or empty.
    std::string_view client_subject() const;
    bool is_secure() const;
    /// 16 hexadecimal digits, made by the kernel, also sent back as X-Request-Id.
    std::string_view request_id() const;
    /// The caller's W3C traceparent where it is well-formed, else one made from the request id.
    std::string traceparent() const;
    /// When the kernel answers 504 in the handler's stead.
    Deadline deadline() const;
    /// Stopped at the deadline, when the client is gone, and when the server stops hard.
    std::stop_token stop_token() const;

private:
    friend class http::Session;
    std::unique_ptr<http::RequestData> data_;
};

}  // namespace atlas::serving
